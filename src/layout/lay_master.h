/* Inside src/layout: page masters, their choice and their geometry. */
#ifndef LAYOUT_LAY_MASTER_H
#define LAYOUT_LAY_MASTER_H

#include "layout/lay.h"

#define LAY_COLUMNS_MAX 100 /* of a page */

/* A region of a page, in the page's own (unturned) coordinates. */
struct lay_region {
    const struct fo_node *node; /* NULL: the master has none */
    const char *name;
    int x, y, w, h;             /* [mpt] border rectangle on the sheet */
    int ipd, bpd;               /* [mpt] content, turned by orientation */
    short orientation;
};

struct lay_master {
    const struct fo_node *node;
    const char *name;
    int width, height;          /* [mpt] sheet */
    struct lay_region region[5]; /* enum area_region */
    int columns, gap;           /* of region-body */
    int column_ipd;
    int grid_pitch, grid_advance, grid_size; /* [mpt] 0: no grid */
};

struct lay_masters {   /* the walk over a page-sequence's masters */
    const struct fo_node *master;   /* simple-page-master, or page-sequence-master */
    const struct fo_node *sub;      /* specifier in use */
    int used;                       /* pages that it has given */
};

struct lay_page_kind { /* what a page is, for conditions */
    bool odd, first, last, blank;
};

/* Starts the walk for SEQ; STATUS_BAD_INPUT: there is no such master. */
MUST_CHECK enum status lay_masters_begin(struct lay *l, struct lay_masters *m, const struct fo_node *seq);
/* The simple-page-master for a page of KIND; NULL never.  The walk moves on
 * only by lay_masters_next. */
const struct fo_node *lay_masters_choose(struct lay *l, struct lay_masters *m, const struct lay_page_kind *kind);
void lay_masters_next(struct lay *l, struct lay_masters *m, const struct lay_page_kind *kind);

/* Geometry; SIZE is the flow's font size (for the grid). */
void lay_master_measure(struct lay *l, const struct fo_node *simple, int size, struct lay_master *out);

#endif
