/* Pictures.  A JPEG goes into a PDF or SVG as it is; everything else is
 * decoded.  Each picture is one Cairo surface for the whole document, which
 * is how Cairo knows to write it once. */
#include "base/diag.h"
#include "layout/pic.h"
#include "paint/paint_in.h"
#include "base/arena.h"
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jpeglib.h>

struct loaded {
    struct loaded *next;
    const struct pic *pic;
    cairo_surface_t *surface; /* NULL: broken, reported */
};

struct paint_pics {
    struct loaded *first;
};

/* ---- decoding --------------------------------------------------------- */

struct source {
    const struct pic *pic;
    size_t at;
};

static cairo_status_t
read_png(void *closure, unsigned char *data, unsigned n)
{
    struct source *s = closure;

    if (n > (size_t)s->pic->n_bytes - s->at)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, s->pic->bytes + s->at, n);
    s->at += n;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
decode_png(const struct pic *pic)
{
    struct source s = {pic, 0};

    return cairo_image_surface_create_from_png_stream(read_png, &s);
}

struct jpeg_guard {
    struct jpeg_error_mgr mgr; /* first: libjpeg knows only this */
    jmp_buf back;
};

static void
jpeg_fault(j_common_ptr c)
{
    longjmp(((struct jpeg_guard *)c->err)->back, 1);
}

static void
jpeg_silent(j_common_ptr c)
{
    (void)c;
}

/* One row of 1, 3 or 4 components to Cairo's pixels.  Adobe's CMYK is stored
 * upside down, which is what the product wants. */
static void
jpeg_row(const unsigned char *in, uint32_t *out, int width, int components)
{
    for (int x = 0; x < width; x++, in += components) {
        unsigned r = in[0], g = in[components > 2],
                 b = in[components > 2 ? 2 : 0];

        if (components == 4) {
            r = r * in[3] / 255;
            g = g * in[3] / 255;
            b = b * in[3] / 255;
        }
        out[x] = 0xff000000u | r << 16 | g << 8 | b;
    }
}

static bool
decode_rows(struct jpeg_decompress_struct *c, cairo_surface_t *surface)
{
    unsigned char *data = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    unsigned row = c->output_width * (unsigned)c->output_components;
    JSAMPARRAY line = (*c->mem->alloc_sarray)(
        (j_common_ptr)c, JPOOL_IMAGE, row, 1);

    if (!data ||
        (int)c->output_width != cairo_image_surface_get_width(surface) ||
        (int)c->output_height != cairo_image_surface_get_height(surface))
        return false;
    while (c->output_scanline < c->output_height) {
        unsigned y = c->output_scanline;

        jpeg_read_scanlines(c, line, 1);
        jpeg_row(line[0],
            (uint32_t *)(void *)(data + (size_t)y * (size_t)stride),
            (int)c->output_width, c->output_components);
    }
    return true;
}

static bool
decode_jpeg(const struct pic *pic, cairo_surface_t *surface)
{
    struct jpeg_decompress_struct c;
    struct jpeg_guard guard;
    volatile bool good = false;

    c.err = jpeg_std_error(&guard.mgr);
    guard.mgr.error_exit = jpeg_fault;
    guard.mgr.output_message = jpeg_silent;
    if (setjmp(guard.back)) {
        jpeg_destroy_decompress(&c);
        return false;
    }
    jpeg_create_decompress(&c);
    jpeg_mem_src(&c, pic->bytes, (unsigned long)pic->n_bytes);
    if (jpeg_read_header(&c, TRUE) == JPEG_HEADER_OK) {
        if (c.num_components == 4)
            c.out_color_space = JCS_CMYK;
        else if (c.num_components == 3)
            c.out_color_space = JCS_RGB;
        jpeg_start_decompress(&c);
        good = decode_rows(&c, surface);
        if (good)
            jpeg_finish_decompress(&c);
    }
    jpeg_destroy_decompress(&c);
    return good;
}

/* The surface of a JPEG that goes out as it is has pixels that nobody reads:
 * fresh zero pages that are never touched. */
static cairo_surface_t *
load_jpeg(struct painter *p, const struct pic *pic)
{
    cairo_surface_t *s = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, pic->px_width, pic->px_height);

    if (p->o.format == PAINT_PNG) {
        cairo_surface_flush(s);
        if (!decode_jpeg(pic, s)) {
            cairo_surface_destroy(s);
            return NULL;
        }
        cairo_surface_mark_dirty(s);
        return s;
    }
    cairo_surface_set_mime_data(s, CAIRO_MIME_TYPE_JPEG, pic->bytes,
        (unsigned long)pic->n_bytes, NULL, NULL);
    return s;
}

/* ---- one surface a picture -------------------------------------------- */

struct paint_pics *
paint_pics_new(struct painter *p)
{
    return ARENA_NEW(p->arena, struct paint_pics);
}

void
paint_pics_free(struct paint_pics *pics)
{
    for (struct loaded *l = pics->first; l; l = l->next) {
        if (l->surface)
            cairo_surface_destroy(l->surface);
        l->surface = NULL;
    }
    pics->first = NULL;
}

static cairo_surface_t *
surface_of(struct painter *p, const struct pic *pic)
{
    struct loaded *l;

    for (l = p->pics->first; l; l = l->next)
        if (l->pic == pic)
            return l->surface;
    l = ARENA_NEW(p->arena, struct loaded);
    l->pic = pic;
    l->next = p->pics->first;
    p->pics->first = l;
    l->surface = pic->format == PIC_JPEG ? load_jpeg(p, pic) : decode_png(pic);
    if (l->surface && cairo_surface_status(l->surface)) {
        cairo_surface_destroy(l->surface);
        l->surface = NULL;
    }
    if (!l->surface)
        diag_add(p->diags, DIAG_IMAGE, &(struct where){0},
            pic->name ? pic->name : "", "the file is damaged");
    return l->surface;
}

/* Without interpolation in files that have their own resolution: PDF/A does
 * not allow it, and a scanned seal should not be blurred. */
void
paint_image(struct painter *p, const struct pic *pic, const double r[4])
{
    cairo_surface_t *s;
    double w, h;

    if (r[2] <= 0 || r[3] <= 0 || pic->format == PIC_OTHER)
        return;
    if (pic->format == PIC_SVG) {
        paint_drawing(p, pic->drawing, r);
        return;
    }
    s = surface_of(p, pic);
    if (!s)
        return;
    w = cairo_image_surface_get_width(s);
    h = cairo_image_surface_get_height(s);
    if (w <= 0 || h <= 0)
        return;
    cairo_save(p->cr);
    cairo_translate(p->cr, r[0], r[1]);
    cairo_scale(p->cr, r[2] / w, r[3] / h);
    cairo_set_source_surface(p->cr, s, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(p->cr),
        p->o.format == PAINT_PNG ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
    cairo_rectangle(p->cr, 0, 0, w, h);
    cairo_fill(p->cr);
    cairo_restore(p->cr);
    paint_forget_color(p);
}

/* ---- background pictures ---------------------------------------------- */

/* First tile at or before the low edge. */
static double
first_tile(double start, double low, double step, bool repeat)
{
    if (repeat)
        while (start > low)
            start -= step;
    return start;
}

void
paint_background(struct painter *p, const struct area *a, const double r[4])
{
    const struct pic *pic = a->background_pic;
    double w = PT(pic->width), h = PT(pic->height);
    enum fo_value how = a->style ? a->style->background_repeat : FO_V_REPEAT;
    bool across = how != FO_V_NO_REPEAT && how != FO_V_REPEAT_Y;
    bool down = how != FO_V_NO_REPEAT && how != FO_V_REPEAT_X;
    double x0, y0;

    if (w < 0.5 || h < 0.5 || r[2] <= 0 || r[3] <= 0)
        return;
    x0 = first_tile(r[0] + PT(a->background_x), r[0], w, across);
    y0 = first_tile(r[1] + PT(a->background_y), r[1], h, down);
    cairo_save(p->cr);
    cairo_rectangle(p->cr, r[0], r[1], r[2], r[3]);
    cairo_clip(p->cr);
    for (double y = y0; y < r[1] + r[3]; y += h) {
        for (double x = x0; x < r[0] + r[2]; x += w) {
            paint_image(p, pic, (double[4]){x, y, w, h});
            if (!across)
                break;
        }
        if (!down)
            break;
    }
    cairo_restore(p->cr);
    paint_forget_color(p);
}
