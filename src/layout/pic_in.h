/* Inside src/layout/pic*.c only. */
#ifndef LAYOUT_PIC_IN_H
#define LAYOUT_PIC_IN_H

#include "layout/pic.h"

#define PIC_SVG_DEPTH 64       /* groups inside each other */
#define PIC_SVG_SHAPES 100000
#define PIC_SVG_SEGS 1000000   /* of all shapes */
#define PIC_SVG_NUMBER 1e7     /* a coordinate beyond this is a mistake */

/* The elements of a drawing's file; NULL: reported to D. */
const struct fo_foreign *pic_svg_parse(struct arena *a, const char *name,
                                       const char *bytes, int n,
                                       struct diags *d);

/* Fills PIC from the element <svg>; NULL, or what is wrong.  What is not of
 * our subset is reported to D, at places in FILE, and left out. */
const char *pic_svg_make(struct arena *a, struct pic *pic,
                         const struct fo_foreign *svg, struct diags *d,
                         const char *file);

/* ---- paths ---- */

struct pic_path { /* a growing row of segments in an arena */
    struct arena *arena;
    struct drawing_seg *segs;
    int n, cap;
    int room; /* segments that may still be added */
    struct drawing_seg lost; /* where those beyond go */
};

void pic_path_move(struct pic_path *p, double x, double y);
void pic_path_line(struct pic_path *p, double x, double y);
void pic_path_curve(struct pic_path *p, const double c[6]);
void pic_path_close(struct pic_path *p);
void pic_path_ellipse(struct pic_path *p, double cx, double cy, double rx, double ry);

/* The data of <path d>; false: it has a fault, what lies before it counts. */
bool pic_path_data(struct pic_path *p, const char *d);

/* A number as SVG writes it; moves *S behind it and what separates it from
 * the next.  False: there is none. */
bool pic_number(const char **s, double *out);

#endif
