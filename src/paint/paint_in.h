/* Inside src/paint only: what the parts of Cairo's painter share.
 *
 * The walk carries the place of each area as whole millipoints and gives
 * Cairo absolute coordinates in points; the matrix changes only where content
 * is turned.  So nothing is rounded twice, and Cairo need not look up its
 * fonts again for every area. */
#ifndef PAINT_PAINT_IN_H
#define PAINT_PAINT_IN_H

#include "base/buf.h"
#include "layout/area.h"
#include "paint/paint.h"
#include <cairo.h>

struct paint_rules;
struct paint_tags;
struct paint_pics;
struct text_face;

struct place { /* [mpt] in the coordinates of the innermost turned area */
    int x, y;
};

struct painter {
    struct area_sink sink;
    struct arena *arena;
    struct diags *diags;
    struct paint_options o;
    struct paint_fonts *fonts;
    const struct fo_tree *tree;
    cairo_surface_t *surface; /* of the file (PDF) or of the page */
    cairo_t *cr;
    cairo_matrix_t base;      /* of the page, before any turning */
    bool page_open;           /* PDF: painted, but not yet shown */
    int file_page;            /* from 1: the page whose file is written; 0: PDF */
    enum status status;       /* first failure of writing, sticky */
    struct buf out;           /* bytes on their way to o.write */
    struct paint_rules *rules; /* collapsed borders of the innermost table; may be NULL */
    struct paint_tags *tags;  /* NULL: not tagged */
    struct paint_pics *pics;
    int artifact;             /* > 0: inside decoration */
    uint32_t color;           /* last source set */
    bool color_known;
    int depth;
};

#define PT(mpt) ((mpt) / 1000.0)
#define PAINT_DEPTH_MAX 1000 /* nested areas; layout's own limit is lower */

/* paint_page.c */
void paint_set_color(struct painter *p, uint32_t argb);
void paint_forget_color(struct painter *p); /* someone else set a source */
void paint_areas(struct painter *p, const struct area *a, struct place at); /* the children of A */

/* paint_out.c: bytes out, in pieces of some size */
cairo_status_t paint_out_write(void *painter, const unsigned char *bytes, unsigned n);
void paint_out_end(struct painter *p); /* the file is complete */
void paint_fail(struct painter *p, enum status st);
void paint_check(struct painter *p, cairo_status_t st); /* Cairo's own failures */

/* paint_box.c: AT is the corner of the border rectangle */
void paint_box(struct painter *p, const struct area *a, struct place at);

/* paint_rule.c */
struct paint_line { /* horizontal or vertical, by its middle */
    double x0, y0, x1, y1; /* [pt] */
    double width;          /* [pt] */
    enum fo_border_style style;
    uint32_t color;
    bool sunk;             /* inset and groove: the light falls from the upper left */
};
void paint_line(struct painter *p, const struct paint_line *l);
struct paint_rules *paint_rules_begin(struct painter *p); /* answers those around, to be given back */
void paint_rules_end(struct painter *p, struct paint_rules *around);
void paint_rules_add(struct painter *p, const struct paint_line *l);

/* paint_text.c */
void paint_text(struct painter *p, const struct area *a, struct place at);
void paint_piece(struct painter *p, const struct text_piece *t, struct place baseline);
void paint_leader(struct painter *p, const struct area *a, struct place at);

/* paint_font.c */
void paint_fonts_begin(struct paint_fonts *f); /* a document begins: nothing is in use */
void paint_fonts_outlines(struct paint_fonts *f, bool wanted); /* must the faces asked for from now on have outlines? */
void paint_fonts_next_page(struct paint_fonts *f); /* Cairo has written the page */
cairo_font_face_t *paint_font_face(struct paint_fonts *f, const struct text_piece *t); /* its glyphs are then in use; NULL: cannot be opened */
int paint_font_say(struct paint_fonts *f, const struct text_piece *t, int i, int byte); /* glyph I shows the character at BYTE; answers the byte behind it */
int paint_font_advance(struct paint_fonts *f, const struct text_face *t, unsigned glyph); /* [1/1000 em], -1: unknown */
cairo_font_options_t *paint_font_options(struct paint_fonts *f);

/* paint_image.c, paint_draw.c: into the rectangle x y w h [pt] */
struct paint_pics *paint_pics_new(struct painter *p);
void paint_pics_free(struct paint_pics *pics);
struct pic;
void paint_image(struct painter *p, const struct pic *pic, const double r[4]);
void paint_background(struct painter *p, const struct area *a, const double r[4]);
struct drawing;
void paint_drawing(struct painter *p, const struct drawing *d, const double r[4]);

/* paint_tag.c; all of them do nothing when the painter does not tag */
void paint_tags_start(struct painter *p);
void paint_tags_page(struct painter *p, const struct area_page *page);
int paint_tag_begin(struct painter *p, const struct area *a, struct place at); /* how many were opened */
void paint_tag_end(struct painter *p, const struct area *a, int opened);
void paint_tag_row(struct painter *p, const struct area *cell, int *row); /* cells of one row lie under one TR; cell NULL: end */
void paint_tags_finish(struct painter *p, const struct area_target *targets, int n);

#endif
