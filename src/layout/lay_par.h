/* Inside src/layout: a paragraph between its inline content and its lines. */
#ifndef LAYOUT_LAY_PAR_H
#define LAYOUT_LAY_PAR_H

#include "layout/lay.h"

#define LAY_PAR_MARKERS 16

/* Text between block-level objects, or one such object inside inlines: a
 * block in an inline stands on a line of its own (XSL 1.1 §4.7.2). */
struct lay_segment {
    struct lay_segment *next;
    struct text_par *text;         /* NULL: a block */
    const struct text_lines *lines;
    const struct fo_node *block;   /* block-level object */
    const struct inl *up;          /* inlines around it */
    bool any;                      /* something that makes a line */
};

struct lay_par {
    const struct fo_node *block;   /* whose line properties rule */
    int ipd;                       /* [mpt] measure */
    struct lay_segment *first, *last;
    bool any_mark;                 /* ids: an anchor even without lines */
    int n;                         /* lines in all, blocks count one */
    const struct fo_node *markers[LAY_PAR_MARKERS]; /* fo:marker inside inlines */
    int n_markers;
};

/* Fills P with the inline content FIRST..END (lay_inline.c). */
void lay_inline_fill(struct lay_ctx *c, struct lay_par *p, const struct fo_node *first, const struct fo_node *end);

struct lay_segment *lay_par_segment(struct lay_ctx *c, struct lay_par *p);

/* N's content on one endless line (a leader's pattern, a title). */
const struct text_lines *lay_par_single(struct lay_ctx *c, const struct fo_node *n);

#endif
