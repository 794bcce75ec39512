/* Lines of all border styles, and the collapsed borders of a table.
 *
 * In a collapsed table each line belongs to two cells and both would paint
 * it.  So the cells only hand their lines in; when the table is done they are
 * sorted, equal neighbours on one line are joined, and each is painted once.
 * Where lines meet the thinner one is drawn out to the far edge of the
 * thicker, and thicker ones are painted later: corners close. */
#include "paint/paint_in.h"
#include <math.h>
#include <stdlib.h>

struct paint_rules {
    struct paint_rules *around;
    struct paint_line *lines;
    int n, cap;
};

/* ---- one line --------------------------------------------------------- */

static uint32_t
shade(uint32_t color, bool dark)
{
    uint32_t out = color & 0xff000000;

    for (int shift = 0; shift < 24; shift += 8) {
        unsigned c = color >> shift & 255;

        c = dark ? c * 2 / 3 : c + (255 - c) / 2;
        out |= (uint32_t)c << shift;
    }
    return out;
}

/* On a raster an upright line is put on whole pixels, at least one wide. */
static void
snap(struct painter *p, double *middle, double *width)
{
    double scale = p->o.dpi / 72.0, w, lower;

    if (p->o.format != PAINT_PNG)
        return;
    w = fmax(1, floor(*width * scale + 0.5));
    lower = floor(*middle * scale - w / 2 + 0.5);
    *middle = (lower + w / 2) / scale;
    *width = w / scale;
}

static void
stroke(struct painter *p, const struct paint_line *l, double middle_off,
    double width, uint32_t color)
{
    bool upright = l->x0 == l->x1;
    double middle = (upright ? l->x0 : l->y0) + middle_off;

    snap(p, &middle, &width);
    paint_set_color(p, color);
    cairo_set_line_width(p->cr, width);
    cairo_move_to(p->cr, upright ? middle : l->x0, upright ? l->y0 : middle);
    cairo_line_to(p->cr, upright ? middle : l->x1, upright ? l->y1 : middle);
    cairo_stroke(p->cr);
}

/* A whole number of dashes with half a dash at either end; dots are round
 * and stand at both ends. */
static void
broken(struct painter *p, const struct paint_line *l)
{
    bool dots = l->style == FO_BS_DOTTED;
    double length = hypot(l->x1 - l->x0, l->y1 - l->y0);
    double unit = l->width * (dots ? 2 : 4);
    double room = dots ? length - l->width : length;
    double n = fmax(1, floor(room / unit + 0.5));
    double dash[2] = {dots ? 0 : room / n / 2, dots ? room / n : room / n / 2};
    struct paint_line inner = *l;

    if (room <= 0) {
        stroke(p, l, 0, l->width, l->color);
        return;
    }
    cairo_save(p->cr);
    if (dots) {
        bool upright = l->x0 == l->x1;

        cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
        *(upright ? &inner.y0 : &inner.x0) += l->width / 2;
        *(upright ? &inner.y1 : &inner.x1) -= l->width / 2 - 0.001;
    }
    cairo_set_dash(p->cr, dash, 2, dots ? 0 : dash[0] / 2);
    stroke(p, &inner, 0, l->width, l->color);
    cairo_restore(p->cr);
    paint_forget_color(p);
}

void
paint_line(struct painter *p, const struct paint_line *l)
{
    double w = l->width;
    bool first_dark;

    if (w <= 0 || (l->color >> 24) == 0)
        return;
    switch (l->style) {
    case FO_BS_NONE:
    case FO_BS_HIDDEN:
        return;
    case FO_BS_DOTTED:
    case FO_BS_DASHED:
        broken(p, l);
        return;
    case FO_BS_DOUBLE:
        stroke(p, l, -w / 3, w / 3, l->color);
        stroke(p, l, w / 3, w / 3, l->color);
        return;
    case FO_BS_GROOVE:
    case FO_BS_RIDGE:
        first_dark = l->style == FO_BS_GROOVE;
        stroke(p, l, -w / 4, w / 2, shade(l->color, first_dark));
        stroke(p, l, w / 4, w / 2, shade(l->color, !first_dark));
        return;
    case FO_BS_INSET:
    case FO_BS_OUTSET:
        stroke(p, l, 0, w, shade(l->color, l->sunk));
        return;
    default:
        stroke(p, l, 0, w, l->color);
    }
}

/* ---- the lines of a table --------------------------------------------- */

struct paint_rules *
paint_rules_begin(struct painter *p)
{
    struct paint_rules *around = p->rules, *r = calloc(1, sizeof *r);

    if (!r)
        abort();
    r->around = around;
    p->rules = r;
    return around;
}

void
paint_rules_add(struct painter *p, const struct paint_line *l)
{
    struct paint_rules *r = p->rules;

    if (!r) {
        paint_line(p, l);
        return;
    }
    if (r->n == r->cap) {
        r->cap = r->cap ? r->cap * 2 : 64;
        r->lines = realloc(r->lines, (size_t)r->cap * sizeof *r->lines);
        if (!r->lines)
            abort();
    }
    r->lines[r->n++] = *l;
}

static bool
is_upright(const struct paint_line *l)
{
    return l->x0 == l->x1;
}

static int
by_number(double a, double b)
{
    return (a > b) - (a < b);
}

/* Lying lines first, then by the line they are on, look, and start. */
static int
by_line(const void *va, const void *vb)
{
    const struct paint_line *a = va, *b = vb;
    bool up = is_upright(a);
    int d = (int)up - (int)is_upright(b);

    if (!d)
        d = up ? by_number(a->x0, b->x0) : by_number(a->y0, b->y0);
    if (!d)
        d = by_number(a->width, b->width);
    if (!d)
        d = (int)a->style - (int)b->style;
    if (!d)
        d = (a->color > b->color) - (a->color < b->color);
    if (!d)
        d = up ? by_number(a->y0, b->y0) : by_number(a->x0, b->x0);
    return d;
}

static bool
goes_on(const struct paint_line *a, const struct paint_line *b)
{
    double end = is_upright(a) ? a->y1 : a->x1;
    double begin = is_upright(a) ? b->y0 : b->x0;

    return is_upright(a) == is_upright(b) && a->width == b->width &&
        a->style == b->style && a->color == b->color &&
        (is_upright(a) ? a->x0 == b->x0 : a->y0 == b->y0) &&
        begin <= end + 0.0005;
}

static int
joined(struct paint_line *l, int n)
{
    int kept = 0;

    for (int i = 1; i < n; i++) {
        struct paint_line *last = &l[kept];

        if (goes_on(last, &l[i])) {
            last->x1 = fmax(last->x1, l[i].x1);
            last->y1 = fmax(last->y1, l[i].y1);
        } else {
            l[++kept] = l[i];
        }
    }
    return n ? kept + 1 : 0;
}

static bool
between(double v, double low, double high)
{
    return v >= low - 0.0005 && v <= high + 0.0005;
}

static double
place_of(const struct paint_line *l)
{
    return is_upright(l) ? l->x0 : l->y0;
}

/* Half the width of the widest of ACROSS, sorted lines of one direction, that
 * runs through the point (x, y). */
static double
crossing(const struct paint_line *across, int n, double x, double y)
{
    bool up = n && is_upright(across);
    double at = up ? x : y, along = up ? y : x, widest = 0;
    int low = 0, high = n;

    while (low < high) {
        int mid = (low + high) / 2;

        if (place_of(&across[mid]) < at - 0.0005)
            low = mid + 1;
        else
            high = mid;
    }
    for (int i = low; i < n && place_of(&across[i]) <= at + 0.0005; i++)
        if (between(along, up ? across[i].y0 : across[i].x0,
                up ? across[i].y1 : across[i].x1))
            widest = fmax(widest, across[i].width / 2);
    return widest;
}

static int
by_width(const void *va, const void *vb)
{
    const struct paint_line *a = va, *b = vb;
    int d = by_number(a->width, b->width);

    return d ? d : by_line(va, vb);
}

static void
close_corners(struct paint_line *lines, int n, struct paint_line *out)
{
    int lying = 0;

    while (lying < n && !is_upright(&lines[lying]))
        lying++;
    for (int i = 0; i < n; i++) {
        const struct paint_line *l = &lines[i];
        const struct paint_line *across = i < lying ? lines + lying : lines;
        int m = i < lying ? n - lying : lying;
        double begin = crossing(across, m, l->x0, l->y0);
        double end = crossing(across, m, l->x1, l->y1);

        out[i] = *l;
        *(is_upright(l) ? &out[i].y0 : &out[i].x0) -= begin;
        *(is_upright(l) ? &out[i].y1 : &out[i].x1) += end;
    }
}

void
paint_rules_end(struct painter *p, struct paint_rules *around)
{
    struct paint_rules *r = p->rules;
    struct paint_line *out;
    int n;

    p->rules = around;
    if (r->n) {
        qsort(r->lines, (size_t)r->n, sizeof *r->lines, by_line);
        n = joined(r->lines, r->n);
        out = malloc((size_t)n * sizeof *out);
        if (!out)
            abort();
        close_corners(r->lines, n, out);
        qsort(out, (size_t)n, sizeof *out, by_width);
        for (int i = 0; i < n; i++)
            paint_line(p, &out[i]);
        free(out);
    }
    free(r->lines);
    free(r);
}
