/* The painter on hand-made areas: pixels, bytes that repeat, text that comes
 * back.  What a PDF looks like to readers is checked by tests/paint. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "layout/area.h"
#include "layout/area_dump.h"
#include "paint/paint.h"
#include "paint/paint_deflate.h"
#include "text/text.h"
#include "unit.h"
#include <cairo.h>
#include <dlfcn.h>
#include <stdlib.h>

static struct arena *arena;
static struct diags diags;

/* ---- a page by hand --------------------------------------------------- */

static struct area *
add(struct area *parent, enum area_kind kind, int x, int y, int ipd, int bpd)
{
    struct area *a = ARENA_NEW(arena, struct area);

    a->kind = kind;
    a->x = x;
    a->y = y;
    a->ipd = ipd;
    a->bpd = bpd;
    a->parent = parent;
    if (parent && parent->last)
        parent->last->next = a;
    else if (parent)
        parent->first = a;
    if (parent)
        parent->last = a;
    return a;
}

static struct area_page *
new_page(struct area **body)
{
    struct area_page *p = ARENA_NEW(arena, struct area_page);
    struct area *a;

    p->number = 1;
    p->number_text = "1";
    p->width = p->height = 100000;
    p->regions = add(NULL, AREA_REGION_VIEWPORT, 0, 0, 100000, 100000);
    a = add(p->regions, AREA_REGION, 0, 0, 100000, 100000);
    a = add(a, AREA_MAIN, 0, 0, 100000, 100000);
    a = add(a, AREA_SPAN, 0, 0, 100000, 100000);
    *body = add(a, AREA_FLOW, 0, 0, 100000, 100000);
    return p;
}

static void
border(struct area *a, int width, int space, uint32_t color,
    enum fo_border_style style)
{
    a->border = arena_array(arena, 4, sizeof *a->border);
    for (int i = 0; i < 4; i++)
        a->border[i] = (struct area_edge){style, color, width, space};
}

/* ---- painting it ------------------------------------------------------ */

struct file {
    struct buf bytes;
    size_t at;
};

static enum status
take(void *self, int page, const void *bytes, int n)
{
    struct file *f = self;

    (void)page;
    buf_add(&f->bytes, bytes, (size_t)n);
    return STATUS_OK;
}

static void
paint(struct file *f, enum paint_format format, const struct area_page *page)
{
    struct arena *own = arena_new();
    struct fo_tree tree = {0};
    struct paint_options o = {
        .format = format, .dpi = 72, .tagged = true, .write = take, .self = f};
    struct area_sink *s;

    buf_init(&f->bytes);
    f->at = 0;
    diags_init(&diags, arena);
    s = paint_cairo_sink(own, &o, &diags);
    CHECK(s->begin(s->self, &tree) == STATUS_OK);
    CHECK(s->page(s->self, page) == STATUS_OK);
    CHECK(s->finish(s->self, NULL, 0) == STATUS_OK);
    arena_free(own);
}

static cairo_status_t
give(void *self, unsigned char *data, unsigned n)
{
    struct file *f = self;

    if (n > f->bytes.len - f->at)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(data, f->bytes.data + f->at, n);
    f->at += n;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
raster(const struct area_page *page)
{
    struct file f;
    cairo_surface_t *s;

    paint(&f, PAINT_PNG, page);
    s = cairo_image_surface_create_from_png_stream(give, &f);
    buf_clear(&f.bytes);
    return s;
}

static unsigned
pixel(cairo_surface_t *s, int x, int y)
{
    const unsigned char *row = cairo_image_surface_get_data(s) +
        (size_t)y * (size_t)cairo_image_surface_get_stride(s);

    return ((const uint32_t *)(const void *)row)[x] & 0xffffff;
}

/* ---- tests ------------------------------------------------------------ */

static void
test_boxes(void)
{
    struct area *body, *a;
    struct area_page *page = new_page(&body);
    cairo_surface_t *s;

    a = add(body, AREA_BLOCK, 10000, 10000, 30000, 20000);
    a->background = 0xffff0000;
    border(a, 5000, 5000, 0xff0000ff, FO_BS_SOLID);
    s = raster(page);
    CHECK_INT(cairo_image_surface_get_width(s), 100);
    CHECK_INT(pixel(s, 5, 5), 0xffffff);
    CHECK_INT(pixel(s, 10, 10), 0x0000ff);
    CHECK_INT(pixel(s, 14, 14), 0x0000ff);
    CHECK_INT(pixel(s, 15, 15), 0xff0000);
    CHECK_INT(pixel(s, 44, 34), 0xff0000);
    CHECK_INT(pixel(s, 45, 34), 0x0000ff);
    CHECK_INT(pixel(s, 50, 34), 0xffffff);
    cairo_surface_destroy(s);
}

/* Two cells side by side: the line between them lies on the grid line, and
 * the outer corners are closed. */
static void
test_collapsed(void)
{
    struct fo_node table = {.kind = FO_TABLE};
    struct area *body, *t, *a;
    struct area_page *page = new_page(&body);
    cairo_surface_t *s;

    t = add(body, AREA_BLOCK, 10000, 10000, 40000, 20000);
    t->node = &table;
    for (int i = 0; i < 2; i++) {
        a = add(t, AREA_BLOCK, 20000 * i, 0, 18000, 18000);
        border(a, 2000, 1000, 0xff000000, FO_BS_SOLID);
    }
    s = raster(page);
    CHECK_INT(pixel(s, 9, 9), 0);
    CHECK_INT(pixel(s, 8, 9), 0xffffff);
    CHECK_INT(pixel(s, 50, 30), 0);
    CHECK_INT(pixel(s, 51, 20), 0xffffff);
    CHECK_INT(pixel(s, 29, 20), 0);
    CHECK_INT(pixel(s, 30, 20), 0);
    CHECK_INT(pixel(s, 28, 20), 0xffffff);
    CHECK_INT(pixel(s, 31, 20), 0xffffff);
    cairo_surface_destroy(s);
}

/* Turned by 90: what runs right in the content runs up on the page. */
static void
test_turned(void)
{
    struct area *body, *port, *a;
    struct area_page *page = new_page(&body);
    cairo_surface_t *s;

    port = add(body, AREA_BLOCK_VIEWPORT, 10000, 10000, 20000, 40000);
    port->orientation = 90;
    port->clip = true;
    a = add(port, AREA_BLOCK, 0, 0, 40000, 20000);
    a = add(a, AREA_BLOCK, 0, 0, 5000, 50000);
    a->background = 0xff00ff00;
    s = raster(page);
    CHECK_INT(pixel(s, 10, 49), 0x00ff00);
    CHECK_INT(pixel(s, 29, 46), 0x00ff00);
    CHECK_INT(pixel(s, 30, 46), 0xffffff); /* clipped */
    CHECK_INT(pixel(s, 15, 40), 0xffffff);
    cairo_surface_destroy(s);
}

static void
test_repeats(void)
{
    static const enum paint_format formats[] = {
        PAINT_PDF, PAINT_SVG, PAINT_PNG};
    struct area *body, *a;
    struct area_page *page = new_page(&body);

    a = add(body, AREA_BLOCK, 10000, 10000, 30000, 20000);
    a->background = 0x80ff0000;
    a->id = "x'y";
    border(a, 3000, 3000, 0xff0000ff, FO_BS_DOTTED);
    for (int i = 0; i < 3; i++) {
        struct file one, two;

        paint(&one, formats[i], page);
        paint(&two, formats[i], page);
        CHECK(one.bytes.len > 100);
        CHECK(one.bytes.len == two.bytes.len &&
            !memcmp(one.bytes.data, two.bytes.data, one.bytes.len));
        buf_clear(&one.bytes);
        buf_clear(&two.bytes);
    }
    CHECK_INT(diags.count[DIAG_ERROR], 0);
}

static void
test_styles(void)
{
    struct area *body, *a;
    struct area_page *page = new_page(&body);
    struct file f;

    for (int i = 0; i <= FO_BS_OUTSET; i++) {
        a = add(body, AREA_BLOCK, 2000, 9000 * i, 30000, 4000);
        border(a, 2000, 2000, 0xff336699, (enum fo_border_style)i);
        a->border[1].color = 0xff000000;
        a = add(body, AREA_BLOCK, 50000, 9000 * i, 30000, 4000);
        border(a, 2000, 1000, 0xff336699, (enum fo_border_style)i);
    }
    a = add(body, AREA_BLOCK, 0, 0, 0, 0); /* nothing inside its border */
    border(a, 1000, 1000, 0xff000000, FO_BS_DASHED);
    paint(&f, PAINT_PDF, page);
    CHECK_INT(diags.count[DIAG_ERROR], 0);
    buf_clear(&f.bytes);
}

/* zlib judges; it is in the process because Cairo needs it. */
static void
test_deflate(void)
{
    int (*inflate_all)(
        unsigned char *, unsigned long *, const unsigned char *, unsigned long);

    *(void **)&inflate_all = dlsym(RTLD_DEFAULT, "uncompress");
    CHECK(inflate_all != NULL);
    if (!inflate_all)
        return;
    for (int n = 0; n < 70000; n = n * 3 + 1) {
        unsigned char *in = malloc((size_t)n + 1),
                      *back = malloc((size_t)n + 1);
        unsigned long len = (unsigned long)n;
        struct buf out;
        unsigned seed = 1;

        for (int i = 0; i < n; i++) {
            seed = seed * 1103515245 + 12345;
            in[i] = (unsigned char)(i % 1000 < 500 ? seed >> 16
                                                   : (unsigned)i / 7);
        }
        buf_init(&out);
        paint_deflate(&out, in, (size_t)n);
        CHECK(inflate_all(back, &len, (unsigned char *)out.data, out.len) == 0);
        CHECK(len == (unsigned long)n && !memcmp(in, back, (size_t)n));
        buf_clear(&out);
        free(in);
        free(back);
    }
}

static void
test_dump(void)
{
    struct area *body, *a;
    struct area_page *page = new_page(&body);
    struct fo_tree tree = {0};
    struct buf out;
    struct area_sink *s;

    a = add(body, AREA_BLOCK, 0, 0, 90000, 20000);
    a->background = 0xffff0000;
    a->id = "a&b";
    a->link_id = "a&b";
    border(a, 5000, 5000, 0xff0000ff, FO_BS_SOLID);
    buf_init(&out);
    s = area_dump_sink(arena, &out);
    CHECK(s->begin(s->self, &tree) == STATUS_OK);
    CHECK(s->page(s->self, page) == STATUS_OK);
    CHECK(s->finish(s->self, &(struct area_target){.id = "a&b", .page = 0},
              1) == STATUS_OK);
    CHECK(strstr(out.data,
              "<block ipd=\"90000\" bpd=\"20000\" ipda=\"100000\" "
              "bpda=\"30000\" bap=\"5000 5000 5000 5000\" "
              "internal-link=\"(P1,a&amp;b)\" prod-id=\"a&amp;b\" "
              "background=\"color=#ff0000\" bkg-color=\"#ff0000\" "
              "border-before=\"(solid,#0000ff,5000)\"") != NULL);
    CHECK(strstr(out.data,
              "bounds=\"0 0 100000 100000\" key=\"P1\" nr=\"1\" "
              "formatted-nr=\"1\"") != NULL);
    buf_clear(&out);
}

int
main(void)
{
    arena = arena_new();
    test_boxes();
    test_collapsed();
    test_turned();
    test_repeats();
    test_styles();
    test_deflate();
    test_dump();
    arena_free(arena);
    return unit_done();
}
