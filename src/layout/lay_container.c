/* Block-containers: in the flow (a reference area that breaks like a block,
 * or one of fixed or turned extent that does not), and absolute ones for
 * seals, red rules and address windows. */
#include "layout/lay.h"
#include "layout/lay_ref.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/length.h"

#define AUTO (-1)

struct container {
    struct lay_box *box;
    struct lay_tape *tape;
    int ipd, bpd; /* [mpt] the viewport's content */
    int in_ipd, in_bpd; /* [mpt] the reference area's, turned */
    int content; /* [mpt] height of the content */
    double shrink; /* what its spaces give so that it fits */
    short orientation;
    bool absolute, fixed;
    int left,
        top; /* [mpt] absolute: border rectangle in its container, see has_* */
    bool from_right, from_bottom;
    int right, bottom;
};

static int
size_or_auto(const struct fo_range *r, int base)
{
    if (r->opt.is_auto || (r->opt.pct != 0 && base < 0))
        return AUTO;
    return lay_int_max(0, fo_len_mpt(r->opt, lay_int_max(base, 0)));
}

static int
offset_of(enum fo_value display, int room, int size)
{
    if (size >= room)
        return 0;
    if (display == FO_V_CENTER)
        return (room - size) / 2;
    return display == FO_V_AFTER ? room - size : 0;
}

/* An absolute box hangs on the area in which it stands but is placed in the
 * nearest container's reference area, a fixed one on the sheet. */
static void
place_absolute(
    const struct container *k, struct area *a, const struct lay_emit *e)
{
    const struct area *at = e->absolute;
    int w = k->fixed || !at ? e->page->width : at->ipd;
    int h = k->fixed || !at || !at->bpd ? e->page->height : at->bpd;
    a->asked_x = a->x = k->from_right ? w - k->right - area_border_ipd(a)
                                      : k->left;
    a->asked_y = a->y = k->from_bottom ? h - k->bottom - area_border_bpd(a)
                                       : k->top;
    if (k->fixed)
        return;
    for (const struct area *up = a->parent; up && up != at; up = up->parent) {
        a->x -= up->x + up->padding[FO_START] + area_border(up, FO_START);
        a->y -= up->y + up->padding[FO_BEFORE] + area_border(up, FO_BEFORE);
    }
}

/* The viewport, the turned reference area in it, and the content. */
static void
emit_container(const struct lay_piece *p, struct lay_emit *e)
{
    const struct container *k = p->data;
    const struct lay_box *b = k->box;
    const struct fo_style *s = b->style;
    struct area *outer = e->area;
    struct area *a = lay_emit_area(e, AREA_BLOCK_VIEWPORT, b->node);
    a->border = arena_array(e->arena, 4, sizeof *a->border);
    for (int i = 0; i < 4; i++) {
        a->border[i] = b->border[i];
        a->padding[i] = b->padding[i];
    }
    a->is_viewport = true;
    a->clip = s->overflow == FO_V_HIDDEN ||
        s->overflow == FO_V_ERROR_IF_OVERFLOW;
    a->orientation = k->orientation;
    a->out_of_flow = k->absolute;
    a->fixed = k->fixed;
    a->ipd = k->ipd;
    a->bpd = k->bpd;
    a->start_indent = b->start_indent;
    a->end_indent = b->end_indent;
    a->space[FO_START] = b->start_indent - a->padding[FO_START] -
        area_border(a, FO_START);
    a->space[FO_END] = b->end_indent - a->padding[FO_END] -
        area_border(a, FO_END);
    if (k->absolute) {
        place_absolute(k, a, e);
    } else {
        a->x = b->start_indent - e->left - a->padding[FO_START] -
            area_border(a, FO_START) + b->x_shift;
        a->y = e->y + b->y_shift;
    }
    lay_emit_object(e, a, b->node, true, true);
    lay_emit_background(e, a, b->node);
    e->area = a;
    struct area *in = lay_emit_area(e, AREA_BLOCK, NULL);
    in->style = s;
    in->is_reference = true;
    in->ipd = k->in_ipd;
    in->bpd = k->in_bpd;
    in->id = a->id;
    struct lay_emit inner = *e;
    inner.area = inner.absolute = in;
    inner.left = 0;
    inner.shrink = k->shrink;
    inner.y = offset_of(s->display_align, k->in_bpd, k->content);
    lay_emit_tape(k->tape, (struct lay_pos){0}, (struct lay_pos){MPT_MAX, NULL},
        true, true, &inner);
    e->area = outer;
}

static void
read_offsets(struct lay_ctx *c, struct container *k, const struct fo_style *s)
{
    int w = c->ref_ipd, h = c->ref_bpd > 0 ? c->ref_bpd : 0;
    k->left = fo_len_mpt(s->offset[FO_LEFT], w);
    k->top = fo_len_mpt(s->offset[FO_TOP], h);
    k->right = fo_len_mpt(s->offset[FO_RIGHT], w);
    k->bottom = fo_len_mpt(s->offset[FO_BOTTOM], h);
    k->from_right = s->offset[FO_LEFT].is_auto && !s->offset[FO_RIGHT].is_auto;
    k->from_bottom = s->offset[FO_TOP].is_auto && !s->offset[FO_BOTTOM].is_auto;
}

/* Between two given offsets an absolute box without a size fills the room. */
static void
size_absolute(struct lay_ctx *c, struct container *k, const struct fo_style *s)
{
    const struct lay_box *b = k->box;
    int w = k->fixed && c->page ? c->page->width : c->ref_ipd;
    if (k->ipd == AUTO) {
        k->ipd = w - k->left - (s->offset[FO_RIGHT].is_auto ? 0 : k->right) -
            b->start_indent - b->end_indent;
        k->ipd = lay_int_max(0, k->ipd);
    }
    if (k->bpd == AUTO && !s->offset[FO_TOP].is_auto &&
        !s->offset[FO_BOTTOM].is_auto && c->ref_bpd > 0)
        k->bpd = lay_int_max(
            0, c->ref_bpd - k->top - k->bottom - b->before - b->after);
}

/* Content a little too high for a fixed box: its spaces give way. */
static void
shrink_to_fit(struct lay_ctx *c, struct container *k)
{
    if (k->content <= k->in_bpd)
        return;
    int give = k->content - lay_tape_least(c->lay, k->tape);
    int over = lay_int_min(k->content - k->in_bpd, give);
    if (give <= 0)
        return;
    k->shrink = (double)over / give;
    k->content -= over;
}

static void
fill_container(
    struct lay_ctx *c, struct container *k, const struct fo_node *node)
{
    /* Width and height are those of the turned area; the viewport around it
     * has them the other way round. */
    bool turned = k->orientation % 180 != 0;
    struct lay_ctx in = *c;
    in.together = (struct fo_keep){0};
    in.grid_pitch = in.grid_advance = 0;
    k->in_ipd = k->ipd;
    if (k->in_ipd == AUTO) /* turned: as long as the page is high */
        k->in_ipd = c->ref_bpd > 0 ? c->ref_bpd : c->ref_ipd;
    k->tape = lay_subtape(&in, node, k->in_ipd, k->bpd > 0 ? k->bpd : -1);
    k->content = lay_tape_height(c->lay, k->tape, false);
    k->in_bpd = k->bpd != AUTO ? k->bpd : k->content;
    k->ipd = turned ? k->in_bpd : k->in_ipd;
    k->bpd = turned ? k->in_ipd : k->in_bpd;
    shrink_to_fit(c, k);
}

static void
warn_overflow(
    struct lay_ctx *c, const struct container *k, const struct fo_node *node)
{
    int over = k->content - k->in_bpd;
    if (over <= 10 || node->style->overflow == FO_V_HIDDEN)
        return;
    char mpt[24];
    struct where w = fo_where(c->lay->tree, node);
    diag_add(c->lay->diags, DIAG_PAGE_OVERFLOW, &w, mpt_print(mpt, over),
        "block-container",
        node->style->overflow == FO_V_ERROR_IF_OVERFLOW ? "it was cut off"
                                                        : "it sticks out");
}

/* A container that is one piece: absolute, turned, or of fixed height. */
static void
gen_piece(struct lay_ctx *c, const struct fo_node *node, struct lay_box *box,
    int ipd, int bpd)
{
    const struct fo_style *s = node->style;
    struct container *k = ARENA_NEW(c->arena, struct container);
    k->box = box;
    k->orientation = (short)(s->reference_orientation % 360);
    k->fixed = s->absolute_position == FO_V_FIXED;
    k->absolute = k->fixed || s->absolute_position == FO_V_ABSOLUTE;
    k->ipd = ipd;
    k->bpd = bpd;
    if (k->absolute) {
        read_offsets(c, k, s);
        size_absolute(c, k, s);
    } else if (k->ipd == AUTO && k->orientation % 180 == 0) {
        k->ipd = box->ipd;
    }
    fill_container(c, k, node);
    warn_overflow(c, k, node);
    struct lay_piece *p = ARENA_NEW(c->arena, struct lay_piece);
    p->node = node;
    p->data = k;
    p->emit = emit_container;
    p->height = k->absolute ? 0 : k->bpd + box->before + box->after;
    if (k->absolute) {
        lay_tape_piece(c->tape, p);
        return;
    }
    struct lay_space before = lay_space_before(c, node);
    struct lay_space after = lay_space_after(c, node);
    lay_tape_space(c->tape, &before);
    lay_tape_piece(c->tape, p);
    lay_tape_space(c->tape, &after);
}

/* min-height, when the content is lower than that; else AUTO. */
static int
least_height(struct lay_ctx *c, const struct fo_node *node,
    const struct lay_box *box, int ipd)
{
    const struct fo_len *min = &node->style->bpd.min;
    int least = min->is_auto || (min->pct != 0 && c->ref_bpd < 0)
        ? 0
        : fo_len_mpt(*min, lay_int_max(0, c->ref_bpd));
    if (least <= 0)
        return AUTO;
    struct lay_tape *t = lay_subtape(c, node, ipd == AUTO ? box->ipd : ipd, -1);
    return lay_tape_height(c->lay, t, false) < least ? least : AUTO;
}

void
lay_gen_container(struct lay_ctx *c, const struct fo_node *node)
{
    const struct fo_style *s = node->style;
    bool absolute = s->absolute_position == FO_V_FIXED ||
        s->absolute_position == FO_V_ABSOLUTE;
    struct lay_box *box = lay_box_new(c, node);
    int ipd = size_or_auto(&s->ipd, c->parent_ipd);
    int bpd = size_or_auto(&s->bpd, c->ref_bpd);
    if (bpd == AUTO && !absolute)
        bpd = least_height(c, node, box, ipd);
    if (absolute || bpd != AUTO || s->reference_orientation % 360) {
        gen_piece(c, node, box, ipd, bpd);
        return;
    }
    if (ipd != AUTO) {
        box->end_indent += box->ipd - ipd;
        box->ipd = ipd;
    }
    box->kind = AREA_BLOCK_VIEWPORT;
    box->reference = true;
    lay_gen_in_box(c, node, box);
}
