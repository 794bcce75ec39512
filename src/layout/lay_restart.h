/* Inside src/layout: a place in the flow where generation can begin anew. */
#ifndef LAYOUT_LAY_RESTART_H
#define LAYOUT_LAY_RESTART_H

#include "layout/lay.h"

#define LAY_RESUME_MAX 64 /* levels */

struct lay_resume {
    const struct fo_node *path[LAY_RESUME_MAX]; /* from the flow's child down to the target */
    int n;
    const struct fo_node *target;
    int byte;          /* of the target's text, where the line begins */
    bool inside_line;  /* the target is inline content */
};

/* The place that POS of T stands for; false when it is none. */
bool lay_restart_find(struct lay_tape *t, struct lay_pos pos, const struct fo_node *flow, struct lay_resume *r);

/* Generators of C->tape for all that follows the place; answers the position
 * on the new tape from which to go on. */
struct lay_pos lay_restart_generate(struct lay_ctx *c, const struct fo_node *flow, const struct lay_resume *r);

#endif
