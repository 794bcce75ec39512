/* Inside src/layout: inline content on its way through the line composer.
 * Every piece that goes in carries an `inl`; it comes back on the pieces of
 * the lines and says what area to make. */
#ifndef LAYOUT_LAY_INLINE_H
#define LAYOUT_LAY_INLINE_H

#include "layout/lay.h"

enum inl_kind {
    INL_TEXT,     /* characters of an FO_TEXT or fo:character */
    INL_NUMBER,   /* page-number and the two citations: text of ours */
    INL_PARENT,   /* an inline, basic-link ... around others */
    INL_PICTURE,  /* external-graphic, instream-foreign-object */
    INL_LEADER,
    INL_NOTE,     /* anchor of a footnote */
    INL_ID        /* anchor of an id */
};

struct inl {
    enum inl_kind kind;
    const struct fo_node *node;
    const struct inl *up;  /* the inline around it, NULL: the block */
    int ascent, descent;   /* [mpt] above and below its own baseline */
    int shift;             /* [mpt] its baseline above the line's */
    enum fo_value align;   /* BEFORE_EDGE, AFTER_EDGE: to the line's edge; else by shift */
    bool again;            /* goes on behind a block: no start edge */
    const char *text;      /* INL_NUMBER */
    struct lay_graphic *graphic; /* INL_PICTURE */
    struct lay_note *note;
    const char *id;
    int edge_start, edge_end;  /* [mpt] INL_PARENT: border + padding */
    int space_start, space_end; /* [mpt] */
    const struct text_lines *fill; /* INL_LEADER use-content: one line of it */
};

struct lay_font { /* a style as the composer wants it */
    struct text_style text;
    struct text_metrics metrics;
};
const struct lay_font *lay_font_of(struct lay *l, const struct fo_node *n);

/* Sizes of a picture's viewport and of the picture in it. */
struct lay_graphic {
    const struct pic *pic;      /* NULL: broken */
    int ipd, bpd;               /* [mpt] viewport's content */
    int x, y, w, h;             /* [mpt] picture in it */
    struct lay_box *box;        /* edges */
};
struct lay_graphic *lay_graphic_new(struct lay_ctx *c, const struct fo_node *node);

/* A set line and all that its areas need. */
struct lay_line {
    const struct text_line *text;
    const struct fo_node *block;
    int lead, follow;      /* [mpt] above and below the baseline */
    int before, after;     /* [mpt] half-leading */
    int ipd;               /* [mpt] of the block */
};
/* A block inside inlines UP, as a line of its own. */
struct lay_piece *lay_line_block(struct lay_ctx *c, const struct fo_node *line_block, const struct fo_node *block,
                                 const struct inl *up, int ipd);
void lay_line_emit(const struct lay_piece *p, struct lay_emit *e);
void lay_line_measure(struct lay_ctx *c, struct lay_line *l);
void lay_line_to_grid(const struct lay_ctx *c, struct lay_line *l);

#endif
