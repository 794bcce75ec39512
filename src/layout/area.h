/* The area tree: what layout hands over, a page at a time, to whoever paints
 * or dumps it.  Plain structs, finished, then const.  A page and all of it
 * lives in the page's own arena and is gone when the sink returns.
 *
 * Geometry.  x, y place the area's border rectangle (its upper left corner)
 * in the content rectangle of its parent; ipd, bpd measure its content;
 * border and padding lie between the two.  x runs right, y runs down.  A
 * reference area with an orientation turns its content: see area_turn.
 *
 * Beyond geometry the tree carries all that a painter of tagged, readable
 * PDF needs: the source text of each cluster, roles, links, destinations,
 * what is decoration, where seals go. */
#ifndef LAYOUT_AREA_H
#define LAYOUT_AREA_H

#include "base/status.h"
#include "fo/fo.h"
#include "text/text.h"
#include <stdbool.h>
#include <stdint.h>

enum area_kind {
    AREA_REGION_VIEWPORT,
    AREA_REGION,      /* region: which */
    AREA_MAIN,        /* main-reference-area of region-body */
    AREA_SPAN,        /* span-reference-area; columns */
    AREA_FLOW,        /* one column */
    AREA_FOOTNOTES,   /* the notes at the foot of region-body, separator first */
    AREA_BLOCK,       /* block, table, row, cell, list ... by node */
    AREA_BLOCK_VIEWPORT, /* fo:block-container: the viewport, a AREA_BLOCK is in it */
    AREA_LINE,
    AREA_TEXT,        /* one piece of text_line */
    AREA_INLINE_PARENT,
    AREA_INLINE_BLOCK_PARENT, /* a block inside an inline */
    AREA_INLINE,      /* zero-size carrier of an id */
    AREA_VIEWPORT,    /* of a picture or drawing; child: AREA_IMAGE or AREA_FOREIGN */
    AREA_IMAGE,
    AREA_FOREIGN,
    AREA_LEADER,
    AREA_SPACE,       /* inline space */
    AREA_KINDS
};

enum area_region { REGION_BODY, REGION_BEFORE, REGION_AFTER, REGION_START, REGION_END };

struct area_edge { /* one side, as painted */
    enum fo_border_style style;
    uint32_t color; /* 0xAARRGGBB */
    int width;      /* [mpt] of the line painted */
    int space;      /* [mpt] that it takes in layout: width, or half of it (collapsed) */
    bool collapsed; /* shared with the neighbour: half of the line lies in it */
    bool closing;   /* closes a collapsed cell that the page's end cuts: painted, of no extent */
    bool rim;       /* collapsed, and at the table's edge on this page */
};

struct area {
    struct area *next, *first, *last, *parent;
    enum area_kind kind;
    int x, y;       /* [mpt] border rectangle in the parent's content rectangle */
    int ipd, bpd;   /* [mpt] content rectangle */
    const struct fo_node *node;   /* NULL for areas that no object asked for */
    const struct fo_style *style; /* NULL likewise */
    struct area_edge *border; /* [4] enum fo_side, NULL: none */
    int padding[4];           /* [mpt] */
    int space[4];             /* [mpt] resolved space-before/-after/-start/-end */
    int start_indent, end_indent; /* [mpt] */
    uint32_t background;      /* 0xAARRGGBB, alpha 0: none */
    const struct pic *background_pic; /* NULL: none; repeated as the style says */
    int background_x, background_y; /* [mpt] its first place in the padding rectangle */
    const char *id;           /* set on the first area of an object only */
    bool is_first, is_last;   /* area of its object */
    bool is_reference, is_viewport;
    bool clip;                /* content beyond the content rectangle is not shown */
    bool artifact;            /* decoration: rules, running heads, page numbers, repeated headers */
    bool out_of_flow;         /* absolute or fixed block-container */
    int asked_x, asked_y;     /* [mpt] out of flow: place in the container it is placed in */
    bool fixed;               /* placed in page coordinates: x, y from the page's corner */
    bool relative;            /* relative-position="relative" */
    short orientation;        /* 0 90 180 270: of the content of reference areas */
    short columns;            /* AREA_SPAN; column count */
    int row;                  /* table-cell: from 0 in the whole table */
    short column;             /* table-cell: from 0 in the whole table */
    short row_span, column_span;
    int gap;                  /* [mpt] AREA_SPAN: column gap */
    enum area_region region;  /* AREA_REGION_VIEWPORT, AREA_REGION */
    const char *region_name;

    /* AREA_LINE and inline areas */
    int baseline;   /* [mpt] of AREA_LINE, AREA_TEXT: from its top to its baseline */
    int offset;     /* [mpt] of inline areas: block-progression offset in the parent */
    const struct text_line *line;
    const struct text_piece *piece; /* AREA_TEXT */
    const char *text;   /* AREA_TEXT made by us (page number): NULL otherwise */
    int rule_thickness; /* [mpt] AREA_LEADER */
    enum fo_value rule_style, leader_pattern;
    int pattern_width;  /* [mpt] dots */

    /* pictures: the content's rectangle in the viewport */
    int content_x, content_y, content_w, content_h; /* [mpt] */
    const struct pic *image; /* layout/pic.h; NULL when broken */

    /* links: internal_page filled by the last round */
    const char *link_uri;
    const char *link_id;

    /* block-container sb:seal: the holder's name for the place */
    const char *seal;
};

/* ---- pages ------------------------------------------------------------ */

struct area_page {
    int index;                /* from 0 in the whole document */
    int number;               /* folio */
    const char *number_text;  /* formatted */
    int width, height;        /* [mpt] of the sheet */
    const char *master_name;
    bool blank;               /* a page that only force-page-count made */
    bool first_of_sequence;
    const struct fo_node *sequence;
    struct area *regions;     /* chain of AREA_REGION_VIEWPORT: before after start end body order as painted */
    bool draft;               /* watermark 草稿 */
};

/* Where an id came to stand.  Complete after the last page. */
struct area_target {
    const char *id;
    int page;  /* index */
    int x, y;  /* [mpt] from the sheet's upper left corner */
    const char *number_text; /* of its first page */
    const char *last_number_text; /* of its last page */
    int last_page;
};

/* Whoever takes pages.  begin, page for each in order, finish once; after a
 * status other than OK nothing more is called.  begin may come again before
 * finish (page numbers moved and the pages are made once more): it starts
 * over and drops what was taken so far. */
struct area_sink {
    void *self;
    enum status (*begin)(void *self, const struct fo_tree *t);
    enum status (*sequence)(void *self, const struct fo_node *seq, const struct area *title); /* before its first page; may be NULL */
    enum status (*page)(void *self, const struct area_page *p);
    enum status (*finish)(void *self, const struct area_target *targets, int n);
};

/* ---- helpers for painters and the dump -------------------------------- */

/* Border width counted in layout, on a side [mpt]. */
int area_border(const struct area *a, enum fo_side side);
/* ipd/bpd with border and padding, and (alloc) with spaces too [mpt]. */
int area_border_ipd(const struct area *a);
int area_border_bpd(const struct area *a);
/* The 2 x 3 matrix that takes content coordinates of A into the coordinates
 * of A's border rectangle, millipoints: (a b c d e f), integers but for e, f. */
struct area_matrix { int a, b, c, d, e, f; };
struct area_matrix area_turn(const struct area *a);

#endif
