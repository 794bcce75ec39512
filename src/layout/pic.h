/* A picture or drawing as layout needs it: how large it is by itself.  The
 * bytes stay as they are; the painter decodes.  Formats: PNG, JPEG, and SVG
 * drawings in the small subset of our own (pic_svg.c).  Whatever the file
 * says is checked before it is believed: bytes, pixels, depth and number of
 * shapes have limits, and a file that meets one is no picture. */
#ifndef LAYOUT_PIC_H
#define LAYOUT_PIC_H

#include "fo/fo.h"

struct arena;
struct diags;

#define PIC_BYTES_MAX 20000000   /* [B] of a file */
#define PIC_PIXELS_MAX 100000000 /* [px] width x height */
#define PIC_DPI 72               /* of a picture that does not say, as the peer has it */

/* PIC_OTHER: a format whose size we know but which nobody here decodes; it was
 * reported, and its place stays empty. */
enum pic_format { PIC_PNG, PIC_JPEG, PIC_SVG, PIC_OTHER };

struct pic {
    const char *name;      /* for messages: the source, shortened */
    enum pic_format format;
    int width, height;     /* [mpt] intrinsic: pixels at the file's resolution */
    int px_width, px_height; /* PIC_SVG: 0 */
    const unsigned char *bytes; /* the file; for PIC_SVG unused */
    int n_bytes;
    const struct drawing *drawing; /* PIC_SVG */
};

/* A drawing: shapes in order, in user units of viewBox, ready to paint. */
enum drawing_op { DRAW_MOVE, DRAW_LINE, DRAW_CURVE, DRAW_CLOSE };
struct drawing_seg { enum drawing_op op; double x[3], y[3]; }; /* CURVE: two controls and the end */
struct drawing_shape {
    struct drawing_shape *next;
    struct drawing_seg *segs;
    int n_segs;
    double m[6];          /* transform to viewBox units: a b c d e f */
    uint32_t fill;        /* 0xAARRGGBB, alpha 0: none (opacity multiplied in) */
    uint32_t stroke;
    double stroke_width;  /* user units of the shape */
    bool even_odd;
};
struct drawing {
    double x, y, w, h;    /* viewBox */
    struct drawing_shape *first, *last;
};

/* SRC as in external-graphic (url(...), a path relative to BASE_DIR, or a
 * data: URI).  NULL: reported to D at W.  Loaded once per job (see cache). */
struct pic_cache;
struct pic_cache *pic_cache_new(struct arena *a, const char *base_dir);
const struct pic *pic_load(struct pic_cache *c, const char *src, struct diags *d, const struct where *w);
const struct pic *pic_from_foreign(struct pic_cache *c, const struct fo_foreign *f, struct diags *d, const struct where *w);

/* Reads the header of a picture in memory; fills all of OUT but name.  NULL,
 * or what is wrong with it.  Public for the fuzzer. */
const char *pic_probe(struct pic *out, const unsigned char *bytes, int n);

#endif
