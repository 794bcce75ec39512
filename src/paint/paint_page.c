/* Pages in, a file out: the walk over the areas of each page. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/length.h"
#include "paint/paint_in.h"
#include "paint/paint_svg.h"
#include "paint/paint_zlib.h"
#include "layout/pic.h"
#include "text/text.h"
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <stdlib.h>

#define PIXELS_MAX 30000 /* on a side: Cairo's own limit is 32767 */

/* ---- colours ---------------------------------------------------------- */

void
paint_set_color(struct painter *p, uint32_t argb)
{
    if (p->color_known && p->color == argb)
        return;
    p->color = argb;
    p->color_known = true;
    if (argb >> 24 == 255)
        cairo_set_source_rgb(p->cr, (argb >> 16 & 255) / 255.0,
            (argb >> 8 & 255) / 255.0, (argb & 255) / 255.0);
    else
        cairo_set_source_rgba(p->cr, (argb >> 16 & 255) / 255.0,
            (argb >> 8 & 255) / 255.0, (argb & 255) / 255.0,
            (argb >> 24) / 255.0);
}

void
paint_forget_color(struct painter *p)
{
    p->color_known = false;
}

/* ---- areas ------------------------------------------------------------ */

static void
picture(struct painter *p, const struct area *a, struct place at)
{
    const struct area *port = a->parent;
    const struct pic *pic = a->image ? a->image : port ? port->image : NULL;
    double r[4];

    if (!pic || !port)
        return;
    r[0] = PT(at.x + port->content_x);
    r[1] = PT(at.y + port->content_y);
    r[2] = PT(port->content_w);
    r[3] = PT(port->content_h);
    paint_image(p, pic, r);
}

/* What the area itself shows, without its children. */
static void
own_marks(struct painter *p, const struct area *a, struct place at)
{
    if (a->style &&
        (a->style->visibility == FO_V_HIDDEN ||
            a->style->visibility == FO_V_COLLAPSE))
        return;
    if (a->border || a->background >> 24 || a->background_pic)
        paint_box(p, a, at);
    if (a->kind == AREA_TEXT)
        paint_text(p, a, at);
    else if (a->kind == AREA_LEADER && !a->first)
        paint_leader(p, a, at);
}

static bool
is_turned(const struct area_matrix *m)
{
    return m->a != 1 || m->b != 0;
}

static void
clip_content(struct painter *p, const struct area *a, struct place content)
{
    cairo_rectangle(
        p->cr, PT(content.x), PT(content.y), PT(a->ipd), PT(a->bpd));
    cairo_clip(p->cr);
}

/* The children, in the turned or clipped space that the area makes. */
static void
content(struct painter *p, const struct area *a, struct place at)
{
    struct area_matrix m = area_turn(a);
    struct place inside = {
        at.x + area_border(a, FO_START) + a->padding[FO_START],
        at.y + area_border(a, FO_BEFORE) + a->padding[FO_BEFORE]};

    if (!a->clip && !is_turned(&m)) {
        paint_areas(p, a, inside);
        return;
    }
    cairo_save(p->cr);
    if (a->clip)
        clip_content(p, a, inside);
    if (is_turned(&m)) {
        cairo_matrix_t turn;

        cairo_matrix_init(
            &turn, m.a, m.b, m.c, m.d, PT(at.x + m.e), PT(at.y + m.f));
        cairo_transform(p->cr, &turn);
        inside = (struct place){0, 0};
    }
    paint_areas(p, a, inside);
    cairo_restore(p->cr);
    paint_forget_color(p);
}

static bool
is_table(const struct area *a)
{
    return a->kind == AREA_BLOCK && a->node && a->node->kind == FO_TABLE;
}

static void
paint_area(struct painter *p, const struct area *a, struct place at)
{
    struct paint_rules *around = NULL;
    int opened;

    if (a->kind == AREA_IMAGE || a->kind == AREA_FOREIGN) {
        picture(p, a, at);
        return;
    }
    at.x = mpt_clamp((long long)at.x + a->x);
    at.y = mpt_clamp((long long)at.y + a->y);
    p->artifact += a->artifact;
    opened = paint_tag_begin(p, a, at);
    own_marks(p, a, at);
    if (a->first) {
        if (is_table(a))
            around = paint_rules_begin(p);
        content(p, a, at);
        if (is_table(a))
            paint_rules_end(p, around);
    }
    paint_tag_end(p, a, opened);
    p->artifact -= a->artifact;
}

/* A fixed area counts from the page's corner, however deep it stands. */
static void
paint_fixed(struct painter *p, const struct area *a)
{
    cairo_save(p->cr);
    cairo_set_matrix(p->cr, &p->base);
    paint_area(p, a, (struct place){0, 0});
    cairo_restore(p->cr);
    paint_forget_color(p);
}

static void
paint_child(struct painter *p, const struct area *c, struct place at)
{
    if (c->fixed)
        paint_fixed(p, c);
    else
        paint_area(p, c, at);
}

static bool
is_cell(const struct area *a)
{
    return a->node && a->node->kind == FO_TABLE_CELL && a->kind == AREA_BLOCK;
}

/* Does A come before B when a table is read row by row?  Repeated headers and
 * footers stay where they are. */
static bool
reads_before(const struct area *a, const struct area *b)
{
    if (a->artifact != b->artifact)
        return false;
    return a->row < b->row || (a->row == b->row && a->column < b->column);
}

/* The cells of a table in reading order: layout gives a cell that spans rows
 * with the last of them. */
static int
cells_in_order(const struct area *table, const struct area **cells)
{
    int n = 0;

    for (const struct area *c = table->first; c; c = c->next) {
        int i = n++;

        if (!is_cell(c)) {
            n--;
            continue;
        }
        for (; i > 0 && reads_before(c, cells[i - 1]); i--)
            cells[i] = cells[i - 1];
        cells[i] = c;
    }
    return n;
}

/* Backgrounds and whatever else lies in the table first, then its cells. */
static void
paint_table(struct painter *p, const struct area *table, struct place at)
{
    const struct area **cells;
    int n = 0, row = -1;

    for (const struct area *c = table->first; c; c = c->next) {
        n++;
        if (!is_cell(c))
            paint_child(p, c, at);
    }
    cells = calloc((size_t)n + 1, sizeof *cells);
    if (!cells)
        abort();
    n = cells_in_order(table, cells);
    for (int i = 0; i < n; i++) {
        paint_tag_row(p, cells[i], &row);
        paint_child(p, cells[i], at);
    }
    paint_tag_row(p, NULL, &row);
    free(cells);
}

void
paint_areas(struct painter *p, const struct area *a, struct place at)
{
    if (p->depth >= PAINT_DEPTH_MAX)
        return;
    p->depth++;
    if (is_table(a))
        paint_table(p, a, at);
    else
        for (const struct area *c = a->first; c; c = c->next)
            paint_child(p, c, at);
    p->depth--;
}

/* ---- the draft mark --------------------------------------------------- */

static void
mark_path(struct painter *p, const struct text_line *l)
{
    cairo_glyph_t g;

    for (const struct text_piece *t = l->first; t; t = t->next) {
        int x = t->x;
        cairo_font_face_t *face;

        if (t->kind != TEXT_RUN || !t->face ||
            !(face = paint_font_face(p->fonts, t)))
            continue;
        cairo_set_font_face(p->cr, face);
        cairo_set_font_size(p->cr, PT(t->style->size));
        for (int i = 0; i < t->n_glyphs; i++) {
            g = (cairo_glyph_t){t->glyphs[i].id, PT(x), 0};
            cairo_glyph_path(p->cr, &g, 1);
            x += t->glyphs[i].advance;
        }
    }
}

/* Across the page from its lower left, as outlines: it is no text. */
static void
draft_mark(struct painter *p, const struct area_page *page)
{
    const struct text_line *l = p->o.draft_mark;
    double w = PT(page->width), h = PT(page->height), scale;

    if (!page->draft || !l || l->width <= 0)
        return;
    scale = hypot(w, h) * 0.6 / PT(l->width);
    cairo_save(p->cr);
    cairo_translate(p->cr, w / 2, h / 2);
    cairo_rotate(p->cr, -atan2(h, w));
    cairo_scale(p->cr, scale, scale);
    cairo_translate(p->cr, -PT(l->width) / 2, PT(l->width) * 0.19);
    paint_fonts_outlines(p->fonts, true);
    mark_path(p, l);
    paint_fonts_outlines(p->fonts, p->o.format != PAINT_PDF);
    paint_set_color(p, 0x30808080);
    cairo_fill(p->cr);
    cairo_restore(p->cr);
    paint_forget_color(p);
}

/* ---- surfaces --------------------------------------------------------- */

static bool
wanted(const struct painter *p, const struct area_page *page)
{
    int n = page->index + 1;

    return (!p->o.first_page || n >= p->o.first_page) &&
        (!p->o.last_page || n <= p->o.last_page);
}

static void
new_context(struct painter *p)
{
    p->cr = cairo_create(p->surface);
    cairo_set_font_options(p->cr, paint_font_options(p->fonts));
    paint_forget_color(p);
}

static void
drop(struct painter *p)
{
    if (p->cr)
        cairo_destroy(p->cr);
    if (p->surface) {
        cairo_surface_finish(p->surface);
        paint_check(p, cairo_surface_status(p->surface));
        cairo_surface_destroy(p->surface);
    }
    p->cr = NULL;
    p->surface = NULL;
}

/* A page is shown only when the next comes, so that finish may still put
 * destinations on the last one. */
static void
open_pdf(struct painter *p, const struct area_page *page)
{
    double w = PT(page->width), h = PT(page->height);

    if (!p->surface) {
        p->surface = cairo_pdf_surface_create_for_stream(
            paint_out_write, p, w, h);
        cairo_pdf_surface_restrict_to_version(
            p->surface, CAIRO_PDF_VERSION_1_5);
        paint_tags_start(p);
        new_context(p);
    } else {
        cairo_show_page(p->cr);
        paint_fonts_next_page(p->fonts);
        cairo_pdf_surface_set_size(p->surface, w, h);
    }
    paint_tags_page(p, page);
    paint_forget_color(p);
}

static void
open_svg(struct painter *p, const struct area_page *page)
{
    p->file_page = page->index + 1;
    p->surface = cairo_svg_surface_create_for_stream(
        paint_svg_write, p, PT(page->width), PT(page->height));
    cairo_svg_surface_set_document_unit(p->surface, CAIRO_SVG_UNIT_PT);
    new_context(p);
}

static void
open_png(struct painter *p, const struct area_page *page)
{
    double scale = p->o.dpi / 72.0;
    double w = ceil(PT(page->width) * scale - 0.01);
    double h = ceil(PT(page->height) * scale - 0.01);

    p->file_page = page->index + 1;
    if (w > PIXELS_MAX || h > PIXELS_MAX || w < 1 || h < 1) {
        diag_add(p->diags, DIAG_INTERNAL, &(struct where){0},
            "the page has too many pixels at this resolution");
        paint_fail(p, fail(STATUS_LIMIT));
        return;
    }
    p->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)w, (int)h);
    new_context(p);
    cairo_scale(p->cr, scale, scale);
    paint_set_color(p, 0xffffffff);
    cairo_paint(p->cr);
}

static void
close_page(struct painter *p)
{
    if (p->o.format == PAINT_PDF)
        return;
    if (p->o.format == PAINT_PNG) {
        cairo_surface_flush(p->surface);
        paint_check(p,
            cairo_surface_write_to_png_stream(p->surface, paint_out_write, p));
    }
    drop(p);
    if (p->o.format == PAINT_SVG)
        paint_svg_rename(&p->out);
    paint_out_end(p);
}

/* ---- the sink --------------------------------------------------------- */

static enum status
on_begin(void *self, const struct fo_tree *t)
{
    struct painter *p = self;

    p->tree = t;
    return p->status;
}

static enum status
on_page(void *self, const struct area_page *page)
{
    static void (*const open[])(struct painter *, const struct area_page *) = {
        [PAINT_PDF] = open_pdf, [PAINT_PNG] = open_png, [PAINT_SVG] = open_svg};
    struct painter *p = self;

    if (p->status != STATUS_OK || !wanted(p, page))
        return p->status;
    open[p->o.format](p, page);
    if (p->status != STATUS_OK)
        return p->status;
    cairo_get_matrix(p->cr, &p->base);
    for (const struct area *r = page->regions; r; r = r->next)
        paint_area(p, r, (struct place){0, 0});
    draft_mark(p, page);
    paint_check(p, cairo_status(p->cr));
    close_page(p);
    return p->status;
}

static enum status
on_finish(void *self, const struct area_target *targets, int n)
{
    struct painter *p = self;

    if (p->o.format == PAINT_PDF && p->surface) {
        paint_tags_finish(p, targets, n);
        cairo_show_page(p->cr);
        paint_check(p, cairo_status(p->cr));
        drop(p);
        paint_out_end(p);
    }
    return p->status;
}

/* Also for a painter that was abandoned midway: nothing more is written. */
static void
release(void *self)
{
    struct painter *p = self;

    paint_fail(p, STATUS_SYSTEM);
    drop(p);
    paint_pics_free(p->pics);
    if (p->fonts != p->o.fonts)
        paint_fonts_free(p->fonts);
    buf_clear(&p->out);
}

struct area_sink *
paint_cairo_sink(
    struct arena *a, const struct paint_options *o, struct diags *d)
{
    struct painter *p = ARENA_NEW(a, struct painter);

    paint_zlib_use();
    p->arena = a;
    p->diags = d;
    p->o = *o;
    if (!p->o.dpi)
        p->o.dpi = 150;
    p->fonts = o->fonts ? o->fonts : paint_fonts_new();
    paint_fonts_begin(p->fonts);
    paint_fonts_outlines(p->fonts, o->format != PAINT_PDF);
    p->pics = paint_pics_new(p);
    p->sink = (struct area_sink){p, on_begin, NULL, on_page, on_finish};
    arena_defer(a, release, p);
    return &p->sink;
}
