/* Whole files in, whole files out: a file that we write appears under its
 * name only when it is complete. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/status.h"
#include <stddef.h>

struct buf;

/* Reads PATH ("-": standard input) up to LIMIT bytes (0: none) into B.
 * STATUS_SYSTEM: cannot be read (errno says why); STATUS_LIMIT: longer. */
MUST_CHECK enum status file_read(const char *path, size_t limit, struct buf *b);

/* A file being written beside its place.  file_commit renames it into place;
 * file_abort (or the process's end) leaves nothing behind.  "-" is stdout. */
struct file_out {
    char *path; /* final name */
    char *temp; /* name while being written, NULL for stdout */
    int fd;
    int error; /* first errno met, sticky; 0: none */
};
MUST_CHECK enum status file_create(struct file_out *f, const char *path);
void file_write(struct file_out *f, const void *bytes, size_t n);
MUST_CHECK enum status file_commit(struct file_out *f);
void file_abort(struct file_out *f);

#endif
