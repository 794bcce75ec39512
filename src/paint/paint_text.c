/* Text, its decorations, leaders.
 *
 * A PDF must give back the text.  Each cluster of glyphs goes to Cairo with
 * its source bytes.  Readers of PDF take the cell of a glyph to be as wide as
 * the font says and start a new word, or line, where cells overlap: that is
 * so at every trimmed punctuation mark.  There the two glyphs are made one
 * cluster, which Cairo writes as a span with its own text, and the overlap
 * lies inside it.  Readers that know no such spans still see each glyph with
 * its character. */
#include "base/length.h"
#include "paint/paint_in.h"
#include "text/text.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define OVERLAP 80 /* [1/1000 em] more than this and readers split words */

struct run { /* what Cairo wants of a piece */
    cairo_glyph_t *glyphs;
    cairo_text_cluster_t *clusters;
    int n_clusters;
    bool ordered; /* clusters follow the text */
};

/* Where glyph I starts, from glyph I - 1's own start [mpt]. */
static int
step(const struct text_piece *t, int i)
{
    return t->glyphs[i - 1].advance + t->glyphs[i].x_offset -
        t->glyphs[i - 1].x_offset;
}

/* Do the cells of glyph I and of the one before it overlap? */
static bool
overlaps(struct painter *p, const struct text_piece *t, int i)
{
    long long size = t->style->size;
    int cell;

    if (step(t, i) >= size)
        return false; /* no cell of ours is wider than an em */
    cell = paint_font_advance(p->fonts, t->face, t->glyphs[i - 1].id);
    return cell >= 0 && cell * size / 1000 - step(t, i) > OVERLAP * size / 1000;
}

static void
place_glyphs(const struct text_piece *t, struct place at, struct run *r)
{
    int pen = at.x;

    for (int i = 0; i < t->n_glyphs; i++) {
        r->glyphs[i] = (cairo_glyph_t){t->glyphs[i].id,
            PT(pen + t->glyphs[i].x_offset), PT(at.y - t->glyphs[i].y_offset)};
        pen = mpt_clamp((long long)pen + t->glyphs[i].advance);
    }
}

static void
make_clusters(struct painter *p, const struct text_piece *t, struct run *r)
{
    cairo_text_cluster_t *c = NULL;
    int byte = 0; /* of the text, up to the cluster's end */

    r->ordered = true;
    for (int i = 0; i < t->n_glyphs; i++) {
        int from = i ? t->glyphs[i].byte : 0;

        if (from < byte || from > t->n_utf8)
            r->ordered = false;
        if (c)
            c->num_bytes += from - byte;
        if (!c || (from != byte && !overlaps(p, t, i))) {
            c = &r->clusters[r->n_clusters++];
            *c = (cairo_text_cluster_t){0, 0};
        }
        c->num_glyphs++;
        byte = from;
    }
    if (c)
        c->num_bytes += t->n_utf8 - byte;
}

/* Of glyphs that share a cluster Cairo is told one by one what they show:
 * each its own character, or the next one of the cluster. */
static void
tell_shared(struct painter *p, const struct text_piece *t, const struct run *r)
{
    int glyph = 0, byte = 0;

    for (int i = 0; i < r->n_clusters; i++) {
        int end = byte + r->clusters[i].num_bytes;

        for (int k = 0; k < r->clusters[i].num_glyphs; k++, glyph++) {
            bool own = k == 0 ||
                t->glyphs[glyph].byte != t->glyphs[glyph - 1].byte;

            if (own)
                byte = t->glyphs[glyph].byte;
            if (r->clusters[i].num_glyphs > 1 && byte < end)
                byte = paint_font_say(p->fonts, t, glyph, byte);
        }
        byte = end;
    }
}

static bool
select_font(struct painter *p, const struct text_piece *t)
{
    cairo_font_face_t *face = paint_font_face(p->fonts, t);

    if (!face)
        return false;
    cairo_set_font_face(p->cr, face);
    cairo_set_font_size(p->cr, PT(t->style->size));
    return true;
}

void
paint_piece(struct painter *p, const struct text_piece *t, struct place at)
{
    struct run r = {0};
    size_t n = (size_t)t->n_glyphs;
    char *block;

    if (n == 0 || t->style->size <= 0 || !select_font(p, t))
        return;
    block = malloc(n * (sizeof *r.glyphs + sizeof *r.clusters));
    if (!block)
        abort();
    r.glyphs = (cairo_glyph_t *)block;
    r.clusters = (cairo_text_cluster_t *)(block + n * sizeof *r.glyphs);
    place_glyphs(t, at, &r);
    if (p->o.format == PAINT_PDF && t->utf8)
        make_clusters(p, t, &r);
    if (r.ordered)
        tell_shared(p, t, &r);
    if (r.ordered)
        cairo_show_text_glyphs(p->cr, t->utf8, t->n_utf8, r.glyphs, t->n_glyphs,
            r.clusters, r.n_clusters, 0);
    else
        cairo_show_glyphs(p->cr, r.glyphs, t->n_glyphs);
    free(block);
}

/* ---- decorations ------------------------------------------------------ */

static void
decorate(struct painter *p, const struct area *a, struct place at)
{
    const struct text_style *s = a->piece->style;
    struct text_metrics m = text_font_metrics(s->font, s->size);
    unsigned deco = a->style->text_decoration;
    int baseline = at.y + a->baseline;
    const struct {
        unsigned bit;
        int y;
    } rows[3] = {{FO_DECO_UNDERLINE, baseline + m.underline},
        {FO_DECO_OVERLINE, baseline - m.ascent + m.underline_thick / 2},
        {FO_DECO_THROUGH, baseline - m.strike}};

    for (int i = 0; i < 3; i++) {
        uint32_t color = a->style->decoration_color[i];
        struct paint_line l = {PT(at.x), PT(rows[i].y), PT(at.x + a->ipd),
            PT(rows[i].y), PT(m.underline_thick), FO_BS_SOLID,
            color >> 24 ? color : a->style->color, false};

        if (deco & rows[i].bit)
            paint_line(p, &l);
    }
}

void
paint_text(struct painter *p, const struct area *a, struct place at)
{
    const struct text_piece *t = a->piece;

    if (!t || !t->face || !t->style || !a->style)
        return;
    paint_set_color(p, a->style->color);
    paint_piece(p, t, (struct place){at.x, at.y + a->baseline});
    if (a->style->text_decoration && t->style->font)
        decorate(p, a, at);
}

/* ---- leaders ---------------------------------------------------------- */

static enum fo_border_style
rule_style(enum fo_value v)
{
    static const struct {
        enum fo_value v;
        enum fo_border_style s;
    } rows[] = {{FO_V_NONE, FO_BS_NONE}, {FO_V_DOTTED, FO_BS_DOTTED},
        {FO_V_DASHED, FO_BS_DASHED}, {FO_V_DOUBLE, FO_BS_DOUBLE},
        {FO_V_GROOVE, FO_BS_GROOVE}, {FO_V_RIDGE, FO_BS_RIDGE}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].v == v)
            return rows[i].s;
    return FO_BS_SOLID;
}

#define DOTS_MAX 5000 /* of one leader: more than any sheet is wide */

/* Round dots on the baseline, at whole multiples of their distance from the
 * page's edge, so that those of one line stand under those of another.  They
 * never overlap. */
static void
dots(struct painter *p, const struct area *a, struct place at)
{
    int size = a->style ? a->style->font_size : 10000;
    int unit = a->pattern_width > 0 ? a->pattern_width : size * 278 / 1000;
    int baseline = at.y + (a->baseline ? a->baseline : a->bpd);
    int radius = size / 18;
    int first, end = at.x + a->ipd;

    if (unit < 2 * radius)
        unit = 2 * radius;
    if (unit <= 0)
        return;
    first = (at.x + unit - 1) / unit * unit;
    for (int n = 0, x = first; n < DOTS_MAX && x + unit <= end;
         n++, x += unit) {
        cairo_new_sub_path(p->cr);
        cairo_arc(p->cr, PT(x + unit / 2), PT(baseline - radius), PT(radius), 0,
            2 * M_PI);
    }
    cairo_fill(p->cr);
}

void
paint_leader(struct painter *p, const struct area *a, struct place at)
{
    uint32_t color = a->style ? a->style->color : 0xff000000;
    int thick = a->rule_thickness;
    struct paint_line l = {PT(at.x), PT(at.y + thick / 2), PT(at.x + a->ipd),
        PT(at.y + thick / 2), PT(thick), rule_style(a->rule_style), color,
        false};

    if (a->leader_pattern == FO_V_RULE) {
        paint_line(p, &l);
    } else if (a->leader_pattern == FO_V_DOTS) {
        paint_set_color(p, color);
        dots(p, a, at);
    }
}
