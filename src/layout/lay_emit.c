/* Emitting: a stretch of a tape becomes areas.  The walk mirrors lay_cut.c:
 * the same edges, the same resolution of spaces, so heights agree. */
#include "layout/lay.h"
#include "layout/lay_ref.h"
#include "layout/lay_space.h"

#include "base/arena.h"
#include "base/length.h"

/* What is saved while areas of an inner box are made. */
struct frame {
    struct frame *up;
    struct lay_box *box;
    struct area *area; /* of the box: where its children go */
    struct area *outer; /* what its parent holds: a viewport, else = area */
    struct area *parent; /* e->area before */
    struct area *absolute;
    int y;
    int left;
};

struct emitter {
    struct lay_emit *e;
    struct lay_tape *tape;
    struct frame *top;
    int to; /* index where the stretch ends */
    bool to_inside; /* it ends inside the COMP there */
    bool at_top, at_end;
    struct lay_run run; /* resolved spaces that wait for their items */
    int run_next; /* the next of them */
    int run_left; /* items that wait; those beyond run.n have no space */
    struct area *closed; /* last area closed, a space-after belongs to it */
};

struct area *
lay_emit_area(
    struct lay_emit *e, enum area_kind kind, const struct fo_node *node)
{
    struct area *a = ARENA_NEW(e->arena, struct area);
    a->kind = kind;
    a->node = node;
    a->style = node ? node->style : NULL;
    a->is_first = a->is_last = true;
    a->parent = e->area;
    if (!e->area)
        return a;
    if (e->area->last)
        e->area->last->next = a;
    else
        e->area->first = a;
    e->area->last = a;
    return a;
}

void
lay_emit_object(struct lay_emit *e, struct area *a, const struct fo_node *node,
    bool first, bool last)
{
    const struct fo_style *s = node->style;
    a->is_first = first;
    a->is_last = last;
    a->background = s->background_color;
    a->artifact = e->repeated || s->sb_artifact == FO_V_TRUE;
    a->relative = s->relative_position == FO_V_RELATIVE;
    a->seal = s->sb_seal;
    if (!e->repeated)
        a->id = s->id;
    if (s->id && !e->repeated)
        lay_ref_seen(e->lay, e->page, s->id, a);
}

/* ---- boxes ------------------------------------------------------------ */

static bool
has_edge(const struct area_edge *b)
{
    for (int i = 0; i < 4; i++)
        if (b[i].width || b[i].space)
            return true;
    return false;
}

/* What is left of an edge at a break: SUM in all, PAD of it padding. */
static void
cut_edge(struct area *a, enum fo_side side, int sum, int pad)
{
    a->padding[side] = pad;
    if (a->border && sum == pad)
        a->border[side] = (struct area_edge){0};
}

/* Border and padding of one fragment: whole at the box's own ends, else what
 * conditionality leaves. */
static void
set_edges(
    struct emitter *m, struct area *a, const struct lay_box *b, bool first)
{
    for (int i = 0; i < 4; i++)
        a->padding[i] = b->padding[i];
    if (has_edge(b->border)) {
        a->border = arena_array(m->e->arena, 4, sizeof *a->border);
        for (int i = 0; i < 4; i++)
            a->border[i] = b->border[i];
    }
    if (!first)
        cut_edge(a, FO_BEFORE, b->again_before, b->again_pad_before);
}

static void
open_box(struct emitter *m, struct lay_box *b, int space_before)
{
    struct lay_emit *e = m->e;
    struct frame *f = ARENA_NEW(e->arena, struct frame);
    bool first = !b->started || e->repeated;
    f->up = m->top;
    f->box = b;
    f->parent = e->area;
    f->absolute = e->absolute;
    f->left = e->left;

    struct area *a = lay_emit_area(e, b->kind, b->node);
    f->outer = a;
    a->space[FO_BEFORE] = space_before;
    set_edges(m, a, b, first);
    a->start_indent = b->start_indent;
    a->end_indent = b->end_indent;
    a->space[FO_START] = b->start_indent - a->padding[FO_START] -
        area_border(a, FO_START);
    a->space[FO_END] = b->end_indent - a->padding[FO_END] -
        area_border(a, FO_END);
    a->ipd = b->ipd;
    a->x = b->start_indent - e->left - a->padding[FO_START] -
        area_border(a, FO_START) + b->x_shift;
    a->y = e->y + b->y_shift;
    f->y = e->y; /* where the border rectangle begins */
    a->is_reference = b->reference && b->kind == AREA_BLOCK;
    if (b->node)
        lay_emit_object(e, a, b->node, first, false);
    e->area = a;
    if (b->kind == AREA_BLOCK_VIEWPORT) {
        a->is_viewport = true;
        a->clip = b->style->overflow == FO_V_HIDDEN ||
            b->style->overflow == FO_V_ERROR_IF_OVERFLOW;
        struct area *in = lay_emit_area(e, AREA_BLOCK, NULL);
        in->ipd = b->ipd;
        in->is_reference = true;
        in->style = a->style;
        in->id = a->id;
        e->area = in;
        e->absolute = in;
    }
    f->area = e->area;
    e->y = 0;
    e->left = b->reference ? 0 : b->start_indent;
    m->top = f;
    for (const struct lay_markers *k = b->markers;
         k && b->started && !e->repeated; k = k->next)
        lay_ref_marker(e->lay, e->page, k->marker, a);
    b->started = b->started || !e->repeated;
    if (b->opened)
        b->opened(b, a, e);
}

static void
close_box(struct emitter *m, bool last)
{
    struct lay_emit *e = m->e;
    struct frame *f = m->top;
    struct lay_box *b = f->box;
    struct area *a = f->outer;
    if (!last)
        cut_edge(a, FO_AFTER, b->again_after, b->again_pad_after);
    a->is_last = last;
    if (f->area != a)
        f->area->bpd = e->y;
    a->bpd = e->y;
    if (b->bpd > a->bpd && last && b->node && a->is_first)
        a->bpd = b->bpd;
    if (b->node)
        lay_emit_background(e, a, b->node);
    if (last && b->markers && !e->repeated)
        lay_ref_marker_end(e->lay, a);
    if (b->closed)
        b->closed(b, a, e);
    e->y = mpt_clamp((long long)f->y + area_border_bpd(a));
    e->area = f->parent;
    e->left = f->left;
    e->absolute = f->absolute;
    m->closed = a;
    m->top = f->up;
}

/* ---- spaces ----------------------------------------------------------- */

/* What ends a run of spaces. */
static bool
is_fence(const struct lay_item *it)
{
    switch (it->kind) {
    case LAY_OPEN:
        return it->u.box->before || it->u.box->reference;
    case LAY_CLOSE:
        return it->u.box->after || it->u.box->reference;
    case LAY_BOX:
        return it->u.piece->height || it->u.piece->notes;
    case LAY_COMP:
    case LAY_SNAP:
        return true;
    case LAY_SPACE:
    case LAY_BREAK:
    case LAY_MARKER:
        return false;
    }
    return false;
}

/* Gathers and resolves the run that begins at item I. */
static void
gather_run(struct emitter *m, int i)
{
    struct lay_item *it = NULL;
    m->run.n = 0;
    for (; i < m->to && (it = lay_tape_at(m->tape, i)); i++) {
        if (is_fence(it))
            break;
        if (it->kind == LAY_SPACE) {
            lay_run_add(&m->run, &it->u.space);
            m->run_left++;
        }
    }
    bool end = m->at_end && (i >= m->to || !it);
    if (it && i < m->to && it->kind == LAY_CLOSE && it->u.box->reference)
        end = true;
    lay_run_resolve(&m->run, m->at_top, end);
    m->run_next = 0;
}

static int
value_of(const struct emitter *m, const struct lay_space *s)
{
    double shrink = m->e->shrink;
    return s->opt -
        mpt_from_double(
            (shrink < 0 ? s->max - s->opt : s->opt - s->min) * shrink);
}

/* The resolved value of the space at item I; e->y moves by it. */
static int
take_space(struct emitter *m, int i, const struct lay_space *s)
{
    if (m->run_left == 0)
        gather_run(m, i);
    if (m->run_left == 0)
        return 0;
    m->run_left--;
    int v = m->run_next < m->run.n ? value_of(m, &m->run.v[m->run_next++]) : 0;
    m->e->y = mpt_clamp((long long)m->e->y + v);
    if (s->after && m->closed)
        m->closed->space[FO_AFTER] = v;
    return s->after ? 0 : v;
}

/* ---- the walk --------------------------------------------------------- */

static void
emit_again(struct emitter *m, struct lay_box *b)
{
    if (!b)
        return;
    emit_again(m, b->parent);
    open_box(m, b, 0);
    if (b->table && b->table->header_again)
        b->table->emit_header(b->table, m->e);
    if (b->again_before || (b->table && b->table->header_again))
        m->at_top = false;
}

static void
emit_piece(struct emitter *m, const struct lay_piece *p)
{
    struct lay_emit *e = m->e;
    p->emit(p, e);
    e->y = mpt_clamp((long long)e->y + p->height);
    if (e->notes && p->notes)
        lay_emit_notes(e, p->notes);
    if (p->height || p->notes)
        m->at_top = false;
}

/* Heights count from the column's top: the grid is measured there. */
static void
snap(struct emitter *m, int pitch)
{
    int y = m->e->y;
    for (const struct frame *f = m->top; f; f = f->up)
        y += f->y + f->outer->padding[FO_BEFORE] +
            area_border(f->outer, FO_BEFORE);
    m->e->y += lay_snap(y, pitch) - y;
}

/* Side-by-side content.  It is told whether the stretch begins with it and
 * whether it is cut right behind it (the item before m->to is a BREAK). */
static void
emit_comp(struct emitter *m, int i, struct lay_comp *comp, struct lay_pos from,
    const struct lay_comp_pos *to)
{
    struct lay_item *next = i + 2 == m->to && !m->to_inside
        ? lay_tape_at(m->tape, i + 1)
        : NULL;
    m->e->comp_first = i == from.index;
    m->e->comp_last = to || (next && next->kind == LAY_BREAK);
    comp->ops->emit(comp, i == from.index ? from.sub : NULL, to, m->e);
    m->at_top = false;
}

static int
emit_item(struct emitter *m, int i, struct lay_item *it, int space,
    struct lay_pos from)
{
    struct lay_box *b = it->u.box;
    switch (it->kind) {
    case LAY_OPEN:
        if (b->before || b->reference)
            m->at_top = b->reference;
        open_box(m, b, space);
        return 0;
    case LAY_CLOSE:
        if (b->after || b->reference)
            m->at_top = false;
        close_box(m, true);
        return 0;
    case LAY_SPACE: {
        int v = take_space(m, i, &it->u.space);
        return v ? v : space;
    }
    case LAY_BOX:
        emit_piece(m, it->u.piece);
        return it->u.piece->height ? 0 : space;
    case LAY_COMP:
        emit_comp(m, i, it->u.comp, from, NULL);
        return 0;
    case LAY_MARKER:
        if (!m->e->repeated)
            lay_ref_marker(m->e->lay, m->e->page, it->u.marker,
                m->top ? m->top->outer : m->e->area);
        return space;
    case LAY_SNAP:
        snap(m, it->u.pitch);
        return 0;
    case LAY_BREAK:
        return space;
    }
    return space;
}

void
lay_emit_tape(struct lay_tape *t, struct lay_pos from, struct lay_pos to,
    bool at_top, bool at_end, struct lay_emit *e)
{
    struct emitter m = {.e = e, .tape = t, .at_top = at_top, .at_end = at_end};
    /* A break lies before to.index, or inside the COMP at it. */
    m.to = to.index;
    m.to_inside = to.sub != NULL;
    struct lay_item *it = lay_tape_at(t, from.index);
    const struct lay_markers *own = e->repeated ? NULL : lay_tape_markers(t);
    for (const struct lay_markers *k = own; k && (from.index > 0 || from.sub);
         k = k->next)
        lay_ref_marker(e->lay, e->page, k->marker, e->area);
    if (it)
        emit_again(&m, it->in);

    int space = 0; /* resolved space-before that waits for its box */
    int i = from.index;
    for (; i < m.to && (it = lay_tape_at(t, i)); i++)
        space = emit_item(&m, i, it, space, from);

    if (to.sub && (it = lay_tape_at(t, to.index))) {
        emit_comp(&m, to.index, it->u.comp, from, to.sub);
    }
    while (m.top) {
        struct lay_box *b = m.top->box;
        if (b->table && b->table->footer_again)
            b->table->emit_footer(b->table, e);
        close_box(&m, false);
    }
    if (own && !to.sub && !lay_tape_at(t, to.index))
        lay_ref_marker_end(e->lay, e->area);
}
