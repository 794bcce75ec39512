/* Inside src/layout: resolution of a run of adjacent spaces (XSL 1.1 §4.3). */
#ifndef LAYOUT_LAY_SPACE_H
#define LAYOUT_LAY_SPACE_H

#include "layout/lay.h"

#define LAY_RUN_MAX 96 /* spaces that can meet at one place */

struct lay_run {
    struct lay_space v[LAY_RUN_MAX];
    int n;
};

void lay_run_add(struct lay_run *r, const struct lay_space *s);

/* Resolves in place: what is suppressed becomes zero.  START: the run begins
 * a reference area, END: it ends one; conditional spaces vanish there.  The
 * sum is answered (its opt and min count). */
struct lay_space lay_run_resolve(struct lay_run *r, bool start, bool end);

/* Y moved down to the next line of a grid of PITCH; a hair below one stays. */
int lay_snap(int y, int pitch);

#endif
