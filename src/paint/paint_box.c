/* Background and borders of an area.  AT is the corner of its border
 * rectangle; a collapsed border runs along the rectangle's edge, half of it
 * outside, any other lies inside. */
#include "paint/paint_in.h"
#include <string.h>

struct box { /* [pt] */
    double x0, y0, x1, y1; /* border rectangle */
    double w[4]; /* border widths, enum fo_side */
};

static struct box
box_of(const struct area *a, struct place at)
{
    struct box b = {PT(at.x), PT(at.y), PT(at.x + area_border_ipd(a)),
        PT(at.y + area_border_bpd(a)), {0}};

    for (int side = 0; a->border && side < 4; side++)
        if (a->border[side].style > FO_BS_HIDDEN)
            b.w[side] = PT(a->border[side].width);
    return b;
}

/* ---- background ------------------------------------------------------- */

static void
background(struct painter *p, const struct area *a, struct place at)
{
    int left = area_border(a, FO_START), top = area_border(a, FO_BEFORE);
    double r[4] = {PT(at.x + left), PT(at.y + top),
        PT(a->ipd + a->padding[FO_START] + a->padding[FO_END]),
        PT(a->bpd + a->padding[FO_BEFORE] + a->padding[FO_AFTER])};

    if (a->background >> 24 && r[2] > 0 && r[3] > 0) {
        paint_set_color(p, a->background);
        cairo_rectangle(p->cr, r[0], r[1], r[2], r[3]);
        cairo_fill(p->cr);
    }
    if (a->background_pic)
        paint_background(p, a, r);
}

/* ---- borders ---------------------------------------------------------- */

static bool
is_collapsed(const struct area_edge *e)
{
    return e->collapsed || e->space != e->width;
}

static bool
all_alike(const struct area_edge *e)
{
    for (int side = 1; side < 4; side++)
        if (e[side].style != e[0].style || e[side].color != e[0].color ||
            e[side].width != e[0].width)
            return false;
    return e[0].style == FO_BS_SOLID;
}

static void
frame(struct painter *p, const struct box *b, uint32_t color)
{
    double half = b->w[0] / 2;

    paint_set_color(p, color);
    cairo_set_line_width(p->cr, b->w[0]);
    cairo_rectangle(p->cr, b->x0 + half, b->y0 + half, b->x1 - b->x0 - b->w[0],
        b->y1 - b->y0 - b->w[0]);
    cairo_stroke(p->cr);
}

/* The corners of a side's trapezoid: two outer, two inner. */
static void
side_path(struct painter *p, const struct box *b, enum fo_side side)
{
    double xi0 = b->x0 + b->w[FO_START], xi1 = b->x1 - b->w[FO_END];
    double yi0 = b->y0 + b->w[FO_BEFORE], yi1 = b->y1 - b->w[FO_AFTER];
    double corner[4][4] = {[FO_BEFORE] = {b->x0, b->x1, xi1, xi0},
        [FO_AFTER] = {b->x0, b->x1, xi1, xi0},
        [FO_START] = {b->y0, b->y1, yi1, yi0},
        [FO_END] = {b->y0, b->y1, yi1, yi0}};
    double outer[4] = {b->y0, b->y1, b->x0, b->x1};
    double inner[4] = {yi0, yi1, xi0, xi1};
    bool upright = side == FO_START || side == FO_END;

    for (int i = 0; i < 4; i++) {
        double along = corner[side][i];
        double across = i < 2 ? outer[side] : inner[side];

        cairo_line_to(
            p->cr, upright ? across : along, upright ? along : across);
    }
    cairo_close_path(p->cr);
}

static struct paint_line
side_line(
    const struct area *a, const struct box *b, enum fo_side side, double inset)
{
    const struct area_edge *e = &a->border[side];
    struct paint_line l = {b->x0, b->y0, b->x1, b->y1, b->w[side], e->style,
        e->color, side == FO_BEFORE || side == FO_START};

    switch (side) {
    case FO_BEFORE:
        l.y0 = l.y1 = b->y0 + inset;
        break;
    case FO_AFTER:
        l.y0 = l.y1 = b->y1 - inset;
        break;
    case FO_START:
        l.x0 = l.x1 = b->x0 + inset;
        break;
    default:
        l.x0 = l.x1 = b->x1 - inset;
        break;
    }
    if (e->style == FO_BS_INSET || e->style == FO_BS_OUTSET)
        l.sunk = l.sunk == (e->style == FO_BS_INSET);
    return l;
}

/* A line along the side, cut to the side's trapezoid where another side of a
 * border meets it. */
static void
side(struct painter *p, const struct area *a, const struct box *b,
    enum fo_side s)
{
    struct paint_line l = side_line(a, b, s, b->w[s] / 2);

    if (a->border[s].style == FO_BS_SOLID) {
        paint_set_color(p, a->border[s].color);
        side_path(p, b, s);
        cairo_fill(p->cr);
        return;
    }
    cairo_save(p->cr);
    side_path(p, b, s);
    cairo_clip(p->cr);
    paint_line(p, &l);
    cairo_restore(p->cr);
    paint_forget_color(p);
}

static void
borders(struct painter *p, const struct area *a, const struct box *b)
{
    bool collapsed = false;

    for (int s = 0; s < 4; s++) {
        struct paint_line l;

        if (!is_collapsed(&a->border[s]) || b->w[s] == 0)
            continue;
        collapsed = true;
        l = side_line(a, b, s, 0);
        paint_rules_add(p, &l);
    }
    if (!collapsed && b->w[0] > 0 && all_alike(a->border)) {
        frame(p, b, a->border[0].color);
        return;
    }
    for (int s = 0; s < 4; s++)
        if (!is_collapsed(&a->border[s]) && b->w[s] > 0)
            side(p, a, b, s);
}

void
paint_box(struct painter *p, const struct area *a, struct place at)
{
    struct box b;

    if (a->background >> 24 || a->background_pic)
        background(p, a, at);
    if (!a->border)
        return;
    b = box_of(a, at);
    borders(p, a, &b);
}
