/* Inside src/job: where a painter's bytes go.  One file, or for pictures one
 * a page: OUT when there is one page, OUT-01, OUT-02 ... when there are more.
 * What fails leaves none of them, and no page of an earlier round. */
#ifndef JOB_JOB_OUT_H
#define JOB_JOB_OUT_H

#include "base/buf.h"
#include "base/file.h"
#include <stdbool.h>

struct job_out {
    const char *path;  /* as given */
    bool paged;        /* a file a page */
    int page;          /* page being written, 0: the whole */
    int done[2];       /* first and last page whose file stands, 0: none */
    bool kept;         /* committed: they stay */
    bool open;         /* file is being written */
    struct file_out file;
    struct buf first;  /* the first page, until we know its name; and standard
                          output, until we know it is wanted */
    int error;         /* errno of the first failure */
};

void job_out_init(struct job_out *o, const char *path, bool paged);
enum status job_out_write(void *self, int page, const void *bytes, int n);
enum status job_out_commit(struct job_out *o); /* errno says why not */
void job_out_abort(struct job_out *o); /* also behind commit: frees */

#endif
