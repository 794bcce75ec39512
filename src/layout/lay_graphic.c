/* Pictures: the viewport's size, the picture's size in it (XSL 1.1 §7.15). */
#include "layout/lay_inline.h"
#include "layout/pic.h"

#include "base/arena.h"
#include "base/diag.h"

#include <string.h>

#define AUTO (-1)

/* A viewport dimension, AUTO when the picture decides. */
static int
viewport_size(const struct fo_range *r, int base)
{
    if (r->opt.is_auto || (r->opt.pct != 0 && base < 0))
        return AUTO;
    return lay_int_max(0, fo_len_mpt(r->opt, lay_int_max(0, base)));
}

/* A content dimension: a length, part of the intrinsic size, or fitted. */
static int
content_size(struct fo_len len, enum fo_value fit, int intrinsic, int viewport)
{
    switch (fit) {
    case FO_V_SCALE_TO_FIT:
        return viewport;
    case FO_V_SCALE_DOWN_TO_FIT:
        return viewport != AUTO && intrinsic > viewport ? viewport : AUTO;
    case FO_V_SCALE_UP_TO_FIT:
        return viewport != AUTO && intrinsic < viewport ? viewport : AUTO;
    default:
        return len.is_auto ? AUTO : lay_int_max(0, fo_len_mpt(len, intrinsic));
    }
}

static int
scaled(int v, int to, int from)
{
    return from > 0 ? (int)((long long)v * to / from) : to;
}

/* Uniform scaling: what is open follows, of two wishes the smaller rules. */
static void
keep_ratio(int *w, int *h, int iw, int ih, bool uniform)
{
    if (*w == AUTO && *h == AUTO) {
        *w = iw;
        *h = ih;
    } else if (*w == AUTO) {
        *w = uniform ? scaled(iw, *h, ih) : iw;
    } else if (*h == AUTO) {
        *h = uniform ? scaled(ih, *w, iw) : ih;
    } else if (uniform && iw > 0 && ih > 0) {
        if ((long long)*w * ih < (long long)*h * iw)
            *h = scaled(ih, *w, iw);
        else
            *w = scaled(iw, *h, ih);
    }
}

static int
aligned(enum fo_value v, int room, int size)
{
    switch (v) {
    case FO_V_CENTER:
        return (room - size) / 2;
    case FO_V_END:
    case FO_V_AFTER:
        return room - size;
    default:
        return 0;
    }
}

static const struct pic *
load(struct lay_ctx *c, const struct fo_node *n)
{
    const struct layout_job *job = c->lay->job;
    struct where w = fo_where(c->lay->tree, n);
    if (n->kind == FO_INSTREAM_FOREIGN_OBJECT)
        return n->foreign
            ? pic_from_foreign(job->pics, n->foreign, c->lay->diags, &w)
            : NULL;
    if (!n->style->src || !*n->style->src)
        return NULL;
    return pic_load(job->pics, n->style->src, c->lay->diags, &w);
}

/* A maximum makes a viewport of a picture that is larger. */
static int
limited(int size, const struct fo_range *r, int base, int intrinsic)
{
    if (size != AUTO || r->max.is_auto || (r->max.pct != 0 && base < 0))
        return size;
    int max = fo_len_mpt(r->max, base);
    return max > 0 && intrinsic > max ? max : AUTO;
}

/* A picture that cannot be had keeps the place that its sizes give it. */
struct lay_graphic *
lay_graphic_new(struct lay_ctx *c, const struct fo_node *node)
{
    const struct fo_style *s = node->style;
    const struct pic *pic = load(c, node);
    int iw = pic ? pic->width : 0, ih = pic ? pic->height : 0;
    int ipd = limited(
        viewport_size(&s->ipd, c->parent_ipd), &s->ipd, c->parent_ipd, iw);
    int bpd = limited(
        viewport_size(&s->bpd, c->ref_bpd), &s->bpd, c->ref_bpd, ih);
    int max_w = s->max_width.is_auto ? AUTO
                                     : fo_len_mpt(s->max_width, c->parent_ipd);
    int w = content_size(s->content_width, s->content_width_fit, iw, ipd);
    int h = content_size(s->content_height, s->content_height_fit, ih, bpd);
    if (!pic && ipd == AUTO && bpd == AUTO && w == AUTO && h == AUTO)
        return NULL;
    if (w == AUTO && h == AUTO && max_w > 0 && iw > max_w)
        w = max_w;
    keep_ratio(&w, &h, iw, ih, s->scaling != FO_V_NON_UNIFORM);
    struct lay_graphic *g = ARENA_NEW(c->arena, struct lay_graphic);
    g->pic = pic;
    g->box = lay_box_new(c, node);
    g->w = w;
    g->h = h;
    g->ipd = ipd == AUTO ? w : ipd;
    g->bpd = bpd == AUTO ? h : bpd;
    g->x = aligned(s->text_align, g->ipd, w);
    g->y = aligned(s->display_align, g->bpd, h);
    return g;
}

/* Where a background picture first stands: a percentage puts that point of
 * the picture on that point of the box. */
static int
background_place(struct fo_len len, int room, int size)
{
    return len.abs + (int)(len.pct * (float)(room - size));
}

void
lay_emit_background(
    struct lay_emit *e, struct area *a, const struct fo_node *node)
{
    const struct fo_style *s = node->style;
    if (!s->background_image || !*s->background_image ||
        !strcmp(s->background_image, "none"))
        return;
    struct where at = fo_where(e->lay->tree, node);
    const struct pic *pic = pic_load(
        e->lay->job->pics, s->background_image, e->lay->diags, &at);
    if (!pic)
        return;
    int w = a->ipd + a->padding[FO_START] + a->padding[FO_END];
    int h = a->bpd + a->padding[FO_BEFORE] + a->padding[FO_AFTER];
    a->background_pic = pic;
    a->background_x = background_place(
        s->background_position[0], w, pic->width);
    a->background_y = background_place(
        s->background_position[1], h, pic->height);
}
