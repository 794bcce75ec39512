/* Inside src/layout: a paragraph between its inline content and its lines. */
#ifndef LAYOUT_LAY_PAR_H
#define LAYOUT_LAY_PAR_H

#include "layout/lay.h"

#define LAY_PAR_MARKERS 16

struct lay_par {
    struct text_par *text;
    const struct fo_node *block;   /* whose line properties rule */
    int ipd;                       /* [mpt] measure */
    bool any;                      /* something that makes a line */
    bool any_mark;                 /* ids only: an anchor, no line */
    const struct text_lines *lines;
    const struct fo_node *markers[LAY_PAR_MARKERS]; /* fo:marker inside inlines */
    int n_markers;
};

/* Fills P with the inline content FIRST..END (lay_inline.c). */
void lay_inline_fill(struct lay_ctx *c, struct lay_par *p, const struct fo_node *first, const struct fo_node *end);

/* N's content on one endless line (a leader's pattern, a title). */
const struct text_lines *lay_par_single(struct lay_ctx *c, const struct fo_node *n);

#endif
