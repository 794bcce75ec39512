/* The only place that knows the order of the stages: FO in, pages out.  Used
 * by the commands; a service may use it too, one job after the other.
 *
 * A file appears under its name only when it is complete and good; what is
 * wrong with the input is said on standard error, one line each. */
#ifndef JOB_JOB_H
#define JOB_JOB_H

#include <stdbool.h>

/* What a process loads once: fonts found, faces opened. */
struct job_env;
struct job_env *job_env_new(void);
void job_env_free(struct job_env *e);

enum job_format { JOB_PDF, JOB_PNG, JOB_SVG, JOB_AREA };

/* Exit codes, the same for all commands (worst of several files wins). */
enum job_exit {
    JOB_OK = 0,
    JOB_FINDINGS = 1,   /* made, but with errors reported */
    JOB_USAGE = 2,
    JOB_UNRENDERED = 3, /* limit, missing glyph, internal, cannot write */
    JOB_UNREADABLE = 4  /* no file, not XML, DOCTYPE, not FO */
};

struct job_fo {
    const char *input;  /* "-": standard input */
    const char *output; /* "-": standard output; pages of PNG/SVG get numbers */
    enum job_format format;
    int dpi;            /* PNG; 0: 150 */
    int first_page, last_page; /* 0: all */
    int page_limit;     /* 0: 5,000 */
    int input_limit;    /* [MB]; 0: 256 */
    bool draft;         /* watermark, and missing glyphs do not stop it */
    bool untagged;      /* PDF without structure, links, bookmarks */
    bool timing;        /* say where the time went */
    int repeat;         /* do it so often, each timed; 0: once */
};

enum job_exit job_fo(struct job_env *e, const struct job_fo *o);

#endif
