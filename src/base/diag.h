/* The one voice for what is wrong with the user's input.  Any stage adds;
 * the command prints.  All codes with their levels and texts stand in
 * diag.def; a message says what was done instead.  Owner: the job. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/where.h"
#include <stdbool.h>

struct arena;
struct buf;

enum diag_level { DIAG_ADVICE, DIAG_WARNING, DIAG_ERROR };

enum diag_code {
#define DIAG(id, code, level, text) DIAG_##id,
#include "base/diag.def"
#undef DIAG
    DIAG_CODES
};

struct diag {
    struct diag *next;
    enum diag_code code;
    enum diag_level level;
    struct where where;
    const char *text; /* the message, complete */
};

struct diags {
    struct arena *arena; /* holds list and texts */
    struct diag *first;
    struct diag *last;
    int count[3];   /* by level */
    int kept;       /* how many are in the list; the rest are only counted */
    int keep;       /* keep at most so many (default 200 of one code) */
    int per_code[DIAG_CODES];
};

void diags_init(struct diags *d, struct arena *a);

/* The text is the code's format in diag.def filled with the arguments.
 * The same code with the same text at the same place is added once. */
void diag_add(struct diags *d, enum diag_code code, const struct where *w, ...);

const char *diag_code_name(enum diag_code code);   /* "fo-unknown-object" */
const char *diag_level_name(enum diag_level level); /* "error" */
bool diags_have_errors(const struct diags *d);

/* "file:line:col: warning: text [code]\n" for each, then how many were not shown */
void diags_print_short(const struct diags *d, struct buf *out);

#endif
