/* Drawings, as vectors.  The viewBox fills the rectangle; layout has kept or
 * bent its proportions as the document asked. */
#include "layout/pic.h"
#include "paint/paint_in.h"

static void
trace(cairo_t *cr, const struct drawing_shape *s)
{
    for (int i = 0; i < s->n_segs; i++) {
        const struct drawing_seg *g = &s->segs[i];

        switch (g->op) {
        case DRAW_MOVE:
            cairo_move_to(cr, g->x[0], g->y[0]);
            break;
        case DRAW_LINE:
            cairo_line_to(cr, g->x[0], g->y[0]);
            break;
        case DRAW_CURVE:
            cairo_curve_to(
                cr, g->x[0], g->y[0], g->x[1], g->y[1], g->x[2], g->y[2]);
            break;
        case DRAW_CLOSE:
            cairo_close_path(cr);
            break;
        }
    }
}

static void
shape(struct painter *p, const struct drawing_shape *s)
{
    cairo_matrix_t m;

    cairo_matrix_init(&m, s->m[0], s->m[1], s->m[2], s->m[3], s->m[4], s->m[5]);
    if (m.xx * m.yy - m.xy * m.yx == 0)
        return;
    cairo_save(p->cr);
    cairo_transform(p->cr, &m);
    trace(p->cr, s);
    cairo_set_fill_rule(p->cr,
        s->even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
    if (s->fill >> 24) {
        paint_set_color(p, s->fill);
        cairo_fill_preserve(p->cr);
    }
    if (s->stroke >> 24 && s->stroke_width > 0) {
        paint_set_color(p, s->stroke);
        cairo_set_line_width(p->cr, s->stroke_width);
        cairo_set_miter_limit(p->cr, 4); /* SVG's default; Cairo's is 10 */
        cairo_stroke_preserve(p->cr);
    }
    cairo_new_path(p->cr);
    cairo_restore(p->cr);
    paint_forget_color(p);
}

void
paint_drawing(struct painter *p, const struct drawing *d, const double r[4])
{
    if (!d || d->w <= 0 || d->h <= 0 || r[2] <= 0 || r[3] <= 0)
        return;
    cairo_save(p->cr);
    cairo_rectangle(p->cr, r[0], r[1], r[2], r[3]);
    cairo_clip(p->cr);
    cairo_translate(p->cr, r[0], r[1]);
    cairo_scale(p->cr, r[2] / d->w, r[3] / d->h);
    cairo_translate(p->cr, -d->x, -d->y);
    for (const struct drawing_shape *s = d->first; s; s = s->next)
        shape(p, s);
    cairo_restore(p->cr);
    paint_forget_color(p);
}
