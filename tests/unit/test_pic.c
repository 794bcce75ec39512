/* Pictures: what heads say, data: URIs, and the small SVG. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "layout/pic.h"
#include "unit.h"
#include <math.h>
#include <stdlib.h>

static struct arena *arena;
static struct diags diags;

static const struct pic *
load(const char *src)
{
    struct where w = {"test", 1, 1};

    diags_init(&diags, arena);
    return pic_load(pic_cache_new(arena, "./"), src, &diags, &w);
}

static void
put32(unsigned char *s, unsigned v)
{
    for (int i = 0; i < 4; i++)
        s[i] = (unsigned char)(v >> (24 - 8 * i));
}

/* A PNG head of WIDTH x HEIGHT with a pHYs chunk of PPM and a data chunk. */
static int
png(unsigned char *s, unsigned width, unsigned height, unsigned ppm)
{
    memset(s, 0, 100);
    memcpy(s, "\x89PNG\r\n\x1a\n", 8);
    put32(s + 8, 13);
    memcpy(s + 12, "IHDR", 4);
    put32(s + 16, width);
    put32(s + 20, height);
    put32(s + 33, 9);
    memcpy(s + 37, "pHYs", 4);
    put32(s + 41, ppm);
    put32(s + 45, ppm);
    s[49] = 1;
    memcpy(s + 58, "IDAT", 4);
    return 70;
}

static void
test_png(void)
{
    unsigned char s[100];
    struct pic p = {0};
    int n = png(s, 300, 150, 11811);

    CHECK(pic_probe(&p, s, n) == NULL);
    CHECK_INT(p.px_width, 300);
    CHECK_INT(p.width / 10, 7200); /* 300 px at 300 dpi: 72 pt */
    CHECK_INT(p.height / 10, 3600);
    s[49] = 0; /* the unit is unknown: 72 dpi */
    CHECK(pic_probe(&p, s, n) == NULL);
    CHECK_INT(p.width, 300000);
    CHECK(pic_probe(&p, s, 40) != NULL);
    n = png(s, 40000, 40000, 0);
    CHECK(pic_probe(&p, s, n) != NULL);
    n = png(s, 0, 10, 0);
    CHECK(pic_probe(&p, s, n) != NULL);
    for (int i = 0; i < n; i++) {
        unsigned char *exact = malloc((size_t)i + 1);

        memcpy(exact, s, (size_t)i);
        (void)pic_probe(&p, exact, i);
        free(exact);
    }
}

static void
test_jpeg(void)
{
    static const unsigned char jpeg[] =
        "\xff\xd8\xff\xe0\0\x10"
        "JFIF\0\1\2\1\0\x60\0\x60\0\0"
        "\xff\xc0\0\x11\x08\0\x20\0\x40\3\1\x22\0\2\x11\1\3\x11\1\xff\xd9";
    unsigned char s[sizeof jpeg];
    struct pic p = {0};

    memcpy(s, jpeg, sizeof jpeg);
    CHECK(pic_probe(&p, s, (int)sizeof jpeg - 1) == NULL);
    CHECK_INT(p.format, PIC_JPEG);
    CHECK_INT(p.px_width, 64);
    CHECK_INT(p.px_height, 32);
    CHECK_INT(p.width, 64 * 72000 / 96);
    s[13] = 2; /* dots per centimetre: the density says 96 x 2.54 dpi */
    CHECK(pic_probe(&p, s, (int)sizeof jpeg - 1) == NULL);
    CHECK_INT(p.width, (int)floor(64 * 72000 / (96 * 2.54) + 0.5));
    CHECK(pic_probe(&p, s, (int)sizeof jpeg - 2) != NULL); /* cut off */
    s[21] = 0xc3; /* lossless */
    CHECK(pic_probe(&p, s, (int)sizeof jpeg - 1) != NULL);
}

static void
test_sources(void)
{
    const struct pic *p;

    p = load("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "
             "width='20' height='10'/%3E");
    CHECK(p != NULL);
    CHECK_INT(p ? p->width : 0, 20000);
    CHECK_INT(p ? p->height : 0, 10000);
    p = load(
        "url('data:;base64,PHN2ZyB3aWR0aD0iMWluIiBoZWlnaHQ9IjJpbiIvPg==')");
    CHECK_INT(p ? p->width : 0, 72000);
    CHECK(load("no/such/file.png") == NULL);
    CHECK_INT(diags.per_code[DIAG_IMAGE], 1);
    CHECK(load("http://example.org/a.png") == NULL);
    CHECK(load("data:text/plain,abc") == NULL);
    CHECK(load("data:") == NULL);
    CHECK(load("url()") == NULL);
    CHECK(load("/") == NULL);
}

static const struct drawing *
drawing(const char *inside)
{
    struct buf b;
    const struct pic *p;

    buf_init(&b);
    buf_printf(&b, "data:,<svg viewBox=\"0 0 10 10\">%s</svg>", inside);
    p = load(b.data);
    buf_clear(&b);
    return p ? p->drawing : NULL;
}

static void
test_shapes(void)
{
    const struct drawing *d = drawing(
        "<g transform='translate(1 2) scale(2)' fill='%23f00' opacity='.5'>"
        "<rect width='3' height='4'/></g><circle r='1' stroke='blue'/>"
        "<line x2='5' stroke='rgb(1,2,3)' stroke-width='2'/>"
        "<polygon points='0,0 1,0 1,1'/>");
    const struct drawing_shape *s = d ? d->first : NULL;

    CHECK(d != NULL && d->w == 10);
    if (!s)
        return;
    CHECK_INT(s->n_segs, 5);
    CHECK(s->m[0] == 2 && s->m[4] == 1 && s->m[5] == 2);
    CHECK_INT(s->fill, 0x80ff0000);
    CHECK_INT(s->stroke, 0);
    s = s->next;
    CHECK_INT(s ? s->n_segs : 0, 6);
    CHECK_INT(s ? s->stroke : 0, 0xff0000ff);
    s = s ? s->next : NULL;
    CHECK_INT(s ? s->stroke : 0, 0xff010203);
    CHECK(s && s->stroke_width == 2);
    s = s ? s->next : NULL;
    CHECK_INT(s ? s->segs[3].op : 0, DRAW_CLOSE);
    CHECK_INT(diags.count[DIAG_WARNING], 0);
}

static void
test_paths(void)
{
    const struct drawing *d = drawing(
        "<path d='M1,1h2v3l-1-1z m5 5 c1 0 1 1 0 1s0 1 1 1Q3 3 4 4t1 1"
        "A2 2 0 013 3'/>");
    const struct drawing_shape *s = d ? d->first : NULL;
    const struct drawing_seg *g;

    CHECK(s != NULL);
    if (!s)
        return;
    g = s->segs;
    CHECK(g[1].x[0] == 3 && g[1].y[0] == 1);
    CHECK(g[2].y[0] == 4);
    CHECK(g[3].x[0] == 2 && g[3].y[0] == 3);
    CHECK_INT(g[4].op, DRAW_CLOSE);
    CHECK(g[5].op == DRAW_MOVE && g[5].x[0] == 6 && g[5].y[0] == 6);
    CHECK(g[6].op == DRAW_CURVE && g[6].x[2] == 6 && g[6].y[2] == 7);
    CHECK(g[s->n_segs - 1].x[2] == 3 && g[s->n_segs - 1].y[2] == 3);
    CHECK_INT(diags.count[DIAG_WARNING], 0);

    d = drawing(
        "<path d='M0 0 L 5 5 X 3'/><path d='L1 1'/><path d='M 1e99 0'/>");
    CHECK_INT(d && d->first ? d->first->n_segs : 0, 2);
    CHECK_INT(diags.per_code[DIAG_DRAWING], 3);
}

static void
test_not_ours(void)
{
    CHECK(drawing(
              "<text>a</text><rect style='fill:red' width='1' height='1'/>") !=
        NULL);
    CHECK_INT(diags.per_code[DIAG_DRAWING], 2);
    CHECK(load("data:,<html/>") == NULL);
    CHECK(load("data:,<!DOCTYPE svg><svg/>") == NULL);
    CHECK(load("data:,<svg viewBox='0 0 0 0'/>") == NULL);
    CHECK(load("data:,<svg") == NULL);
}

int
main(void)
{
    arena = arena_new();
    test_png();
    test_jpeg();
    test_sources();
    test_shapes();
    test_paths();
    test_not_ours();
    arena_free(arena);
    return unit_done();
}
