/* Inside src/layout: a page-sequence on its way through pages. */
#ifndef LAYOUT_LAY_PAGE_H
#define LAYOUT_LAY_PAGE_H

#include "layout/lay_master.h"
#include "layout/lay_note.h"

/* Notes on a page: those left over from earlier ones, then those met. */
struct lay_notes {
    struct lay_pending {
        struct lay_pending *next;
        struct lay_tape *tape; /* lies in the memory of FLOW from item ANCHOR on */
        struct lay_pos from;
        int height;            /* [mpt] left */
        const struct lay_tape *flow;
        int anchor;
    } *first, *last;
    struct arena *arena;
    const struct lay_tape *flow; /* where those met now come from: the tape, */
    int anchor;                  /* and the item with which the page begins */
};

struct lay_sequence {
    struct lay *lay;
    const struct fo_node *node;   /* page-sequence */
    const struct fo_node *flow;
    struct lay_masters masters;
    struct lay_master master;     /* of the page in hand */
    struct arena *arena;          /* as long as the sequence */
    struct lay_ctx ctx;           /* of the flow */
    struct lay_tape *tape;
    struct lay_pos pos;           /* where the next page begins */
    bool done;                    /* the flow has been laid out */
    struct lay_notes notes;       /* waiting */
    const struct fo_node *separator; /* xsl-footnote-separator, NULL */
    int number;                   /* folio of the next page */
    int count;                    /* pages made */
    int unmapped;                 /* pages in a row whose body is not the flow's */
    bool tail;                    /* all fits, but not on the master for last pages */
    struct arena *pos_arena[2];   /* positions: of this page and of the last */
};

/* Fills region-body of PAGE (lay_body.c); the sequence moves on. */
void lay_body_fill(struct lay_sequence *q, struct area_page *page, struct lay_emit *e,
                   struct area *region, enum lay_force *force);
void lay_warn_body(struct lay_sequence *q, int over);
/* Whether all that is left fits on one page of the master in hand. */
bool lay_body_is_last(struct lay_sequence *q);

/* Regions and their static content (lay_static.c). */
struct area *lay_region_area(struct lay_emit *e, const struct lay_region *r, enum area_region which);
void lay_static_fill(struct lay_sequence *q, struct lay_emit *e, struct area *region,
                     const struct lay_region *r, enum area_region which);
const struct fo_node *lay_static_find(const struct fo_node *seq, const char *flow_name);
/* Content of a static-content as a tape of its own, for PAGE. */
struct lay_tape *lay_static_tape(struct lay_sequence *q, const struct fo_node *content, const struct area_page *page,
                                 struct arena *a, int ipd, int bpd);

#endif
