/* Generators of block-level content: blocks, wrappers and whatever holds
 * them.  Each is a small frame on the tape's stack of generators, so the
 * main flow is made as far as pages need it and no further. */
#include "layout/lay.h"
#include "layout/lay_restart.h"

#include "base/arena.h"
#include "base/diag.h"

#include <limits.h>

int
lay_int_max(int a, int b)
{
    return a > b ? a : b;
}

int
lay_int_min(int a, int b)
{
    return a < b ? a : b;
}

/* ---- boxes ------------------------------------------------------------ */

struct area_edge
lay_edge_from_border(const struct fo_border *b)
{
    struct area_edge e = {0};
    if (b->style == FO_BS_NONE || b->style == FO_BS_HIDDEN)
        return e;
    e.style = b->style;
    e.color = b->color;
    e.width = e.space = b->width;
    return e;
}

void
lay_box_edges(struct lay_box *b)
{
    const struct fo_style *s = b->style;
    b->before = b->border[FO_BEFORE].space + b->padding[FO_BEFORE];
    b->after = b->border[FO_AFTER].space + b->padding[FO_AFTER];
    b->again_pad_before = s->padding[FO_BEFORE].retain ? b->padding[FO_BEFORE]
                                                       : 0;
    b->again_pad_after = s->padding[FO_AFTER].retain ? b->padding[FO_AFTER] : 0;
    b->again_before = b->again_pad_before +
        (s->border[FO_BEFORE].retain ? b->border[FO_BEFORE].space : 0);
    b->again_after = b->again_pad_after +
        (s->border[FO_AFTER].retain ? b->border[FO_AFTER].space : 0);
}

/* An indent is inherited as a sum; its percentages count from the box on which
 * each part was specified, so only the node's own part is measured here. */
static int
indent_of(const struct lay_ctx *c, const struct fo_node *node, bool end)
{
    struct fo_len own = end ? node->style->end_indent
                            : node->style->start_indent;
    const struct fo_node *up = node->parent;
    if (!up || !up->style)
        return fo_len_mpt(own, c->parent_ipd);
    struct fo_len base = end ? up->style->end_indent : up->style->start_indent;
    if (base.pct == 0 && base.abs != c->indent[end])
        return fo_len_mpt(own, c->parent_ipd);
    own.abs -= base.abs;
    own.pct -= base.pct;
    int of = node->style->margin_inherit ? c->outer_ipd : c->parent_ipd;
    return c->indent[end] + fo_len_mpt(own, of);
}

/* relative-position moves the areas, not what stands around them. */
static int
relative_shift(
    const struct fo_style *s, enum fo_offset near, enum fo_offset far, int base)
{
    if (!s->offset[near].is_auto)
        return fo_len_mpt(s->offset[near], base);
    return -fo_len_mpt(s->offset[far], base);
}

struct lay_box *
lay_box_new(struct lay_ctx *c, const struct fo_node *node)
{
    const struct fo_style *s = node->style;
    struct lay_box *b = ARENA_NEW(c->arena, struct lay_box);
    b->node = node;
    b->style = s;
    b->kind = AREA_BLOCK;
    b->start_indent = indent_of(c, node, false);
    b->end_indent = indent_of(c, node, true);
    b->ipd = c->ref_ipd - b->start_indent - b->end_indent;
    if (b->ipd < 0) { /* overconstrained, XSL 1.1 §5.3.4: the end gives way */
        b->end_indent += b->ipd;
        b->ipd = 0;
    }
    for (int i = 0; i < 4; i++) {
        b->border[i] = lay_edge_from_border(&s->border[i]);
        b->padding[i] = fo_len_mpt(s->padding[i].len, c->parent_ipd);
    }
    lay_box_edges(b);
    if (s->relative_position == FO_V_RELATIVE) {
        b->x_shift = relative_shift(s, FO_LEFT, FO_RIGHT, c->parent_ipd);
        b->y_shift = relative_shift(
            s, FO_TOP, FO_BOTTOM, lay_int_max(0, c->ref_bpd));
    }
    return b;
}

/* On a page with a grid every space is a whole number of its lines. */
static int
on_grid(const struct lay_ctx *c, int mpt)
{
    if (c->grid_pitch <= 0 || mpt <= 0)
        return mpt;
    return (mpt + c->grid_pitch / 2) / c->grid_pitch * c->grid_pitch;
}

static struct lay_space
space_of(const struct lay_ctx *c, const struct fo_node *node,
    const struct fo_space *s, bool after)
{
    int base = node->style->margin_inherit ? c->outer_ipd : c->parent_ipd;
    struct lay_space v = {
        .min = on_grid(c, fo_len_mpt(s->min, base)),
        .opt = on_grid(c, fo_len_mpt(s->opt, base)),
        .max = on_grid(c, fo_len_mpt(s->max, base)),
        .prec = s->force ? INT_MAX : s->prec,
        .retain = s->retain,
        .after = after,
    };
    return v;
}

struct lay_space
lay_space_before(const struct lay_ctx *c, const struct fo_node *node)
{
    return space_of(c, node, &node->style->space_before, false);
}

struct lay_space
lay_space_after(const struct lay_ctx *c, const struct fo_node *node)
{
    return space_of(c, node, &node->style->space_after, true);
}

/* ---- keeps and breaks between siblings -------------------------------- */

#define PROPAGATE_MAX                                                          \
    64 /* levels that a keep or break climbs out of first and last children */

/* Keeps and breaks of first and last children act on their parents' edges:
 * these objects let them through. */
static bool
passes_on(enum fo_kind k)
{
    switch (k) {
    case FO_FLOW:
    case FO_STATIC_CONTENT:
    case FO_BLOCK:
    case FO_WRAPPER:
    case FO_INLINE:
    case FO_BLOCK_CONTAINER:
    case FO_TABLE:
    case FO_TABLE_BODY:
    case FO_TABLE_ROW:
    case FO_TABLE_CELL:
    case FO_LIST_BLOCK:
    case FO_LIST_ITEM:
    case FO_LIST_ITEM_LABEL:
    case FO_LIST_ITEM_BODY:
        return true;
    default:
        return false;
    }
}

/* Whether children stand side by side, so that each of them is a first and a
 * last one. */
static bool
is_row(enum fo_kind k)
{
    return k == FO_TABLE_ROW || k == FO_LIST_ITEM;
}

/* Out of flow: takes part in no keep or break. */
static bool
is_aside(const struct fo_node *n)
{
    return n->kind == FO_MARKER || n->kind == FO_TABLE_COLUMN ||
        (n->kind == FO_BLOCK_CONTAINER &&
            (n->style->absolute_position == FO_V_ABSOLUTE ||
                n->style->absolute_position == FO_V_FIXED));
}

static const struct fo_node *
edge_child(const struct fo_node *n, bool first)
{
    const struct fo_node *k = first ? n->first : n->last;
    if (n->kind == FO_TABLE) { /* the body decides for the table */
        while (k && k->kind != FO_TABLE_BODY)
            k = first ? k->next : k->prev;
        return k;
    }
    while (k && is_aside(k))
        k = first ? k->next : k->prev;
    return k;
}

static struct fo_keep
keep_max(struct fo_keep a, struct fo_keep b)
{
    a.line = lay_int_max(a.line, b.line);
    a.column = lay_int_max(a.column, b.column);
    a.page = lay_int_max(a.page, b.page);
    return a;
}

#define ROWS_BACK                                                              \
    32 /* rows above the last in which spanning cells are looked for */

/* The Ith cell of an earlier row that spans into the last row of BODY, and so
 * ends where the body ends. */
static const struct fo_node *
cell_into_last_row(const struct fo_node *body, int i)
{
    const struct fo_node *row = body->last;
    for (int up = 1; row && row->prev && up < ROWS_BACK; up++) {
        row = row->prev;
        for (const struct fo_node *n = row->first; n; n = n->next)
            if (n->kind == FO_TABLE_CELL && n->style->rows_spanned > up &&
                i-- == 0)
                return n;
    }
    return NULL;
}

static struct fo_keep
keep_at_edge(const struct fo_node *n, bool first, int depth)
{
    struct fo_keep k = {0};
    if (!n || n->kind == FO_TEXT || depth > PROPAGATE_MAX)
        return k;
    k = first ? n->style->keep_with_previous : n->style->keep_with_next;
    if (!passes_on(n->kind))
        return fo_is_block_level(n) ? k : (struct fo_keep){0};
    const struct fo_node *child = edge_child(n, first);
    if (n->kind == FO_TABLE_BODY && !first)
        for (int i = 0; (child = cell_into_last_row(n, i)); i++)
            k = keep_max(k, keep_at_edge(child, first, depth + 1));
    child = edge_child(n, first);
    if (!is_row(n->kind))
        return keep_max(k, keep_at_edge(child, first, depth + 1));
    for (child = n->first; child; child = child->next)
        k = keep_max(k, keep_at_edge(child, first, depth + 1));
    return k;
}

struct fo_keep
lay_keep_between(
    struct lay_ctx *c, const struct fo_node *a, const struct fo_node *b)
{
    struct fo_keep k = c->together;
    k = keep_max(k, keep_at_edge(a, false, 0));
    return keep_max(k, keep_at_edge(b, true, 0));
}

enum lay_force
lay_force_max(enum lay_force a, enum lay_force b)
{
    return a > b ? a : b;
}

enum lay_force
lay_force_from_value(enum fo_value v)
{
    switch (v) {
    case FO_V_COLUMN:
        return LAY_FORCE_COLUMN;
    case FO_V_PAGE:
        return LAY_FORCE_PAGE;
    case FO_V_EVEN_PAGE:
        return LAY_FORCE_EVEN;
    case FO_V_ODD_PAGE:
        return LAY_FORCE_ODD;
    default:
        return LAY_FORCE_NONE;
    }
}

static enum lay_force
force_at_edge(const struct fo_node *n, bool first, int depth)
{
    if (!n || n->kind == FO_TEXT || depth > PROPAGATE_MAX)
        return LAY_FORCE_NONE;
    enum lay_force f = lay_force_from_value(
        first ? n->style->break_before : n->style->break_after);
    if (!passes_on(n->kind))
        return fo_is_block_level(n) ? f : LAY_FORCE_NONE;
    if (!is_row(n->kind))
        return lay_force_max(
            f, force_at_edge(edge_child(n, first), first, depth + 1));
    for (const struct fo_node *k = n->first; k; k = k->next)
        f = lay_force_max(f, force_at_edge(k, first, depth + 1));
    return f;
}

enum lay_force
lay_force_before(const struct fo_node *n)
{
    return force_at_edge(n, true, 0);
}

enum lay_force
lay_force_after(const struct fo_node *n)
{
    return force_at_edge(n, false, 0);
}

/* ---- the generator of children ---------------------------------------- */

struct frame {
    struct lay_ctx c;
    const struct fo_node *node;
    const struct fo_node *child; /* next to be generated */
    const struct fo_node *prev; /* last that made something, NULL: none yet */
    bool box; /* a box is open that has to be closed */
    bool in_line; /* begins in the middle of a paragraph, see lay_restart.c */
    struct lay_space after;
};

static bool
spans_all(const struct fo_node *n)
{
    return n->kind != FO_TEXT && n->style->span == FO_V_ALL;
}

static void
between(struct frame *f, const struct fo_node *next)
{
    if (!f->prev)
        return;
    struct fo_keep k = lay_keep_between(&f->c, f->prev, next);
    enum lay_force force = lay_force_max(
        lay_force_after(f->prev), lay_force_before(next));
    if (f->node->kind == FO_FLOW && spans_all(f->prev) != spans_all(next))
        force = lay_force_max(force, LAY_FORCE_SPAN);
    lay_tape_break(f->c.tape, k.column, k.page, force);
}

/* A wrapper that holds blocks among text belongs to the paragraph around. */
static bool
stands_in_line(const struct fo_node *n)
{
    if (n->kind != FO_WRAPPER || !fo_is_block_level(n))
        return !fo_is_block_level(n);
    for (const struct fo_node *k = n->first; k; k = k->next)
        if (!fo_is_block_level(k) && k->kind != FO_MARKER)
            return true;
    return false;
}

static const struct fo_node *
inline_run_end(const struct fo_node *n)
{
    while (n && stands_in_line(n) && n->kind != FO_MARKER)
        n = n->next;
    return n;
}

static void
paragraph(struct frame *f, const struct fo_node *end)
{
    f->c.skip = f->in_line;
    struct lay_par *p = lay_par_new(
        &f->c, f->node, f->child, end, f->c.parent_ipd);
    f->c.skip = f->in_line = false;
    if (lay_par_is_empty(p))
        return;
    between(f, f->child);
    lay_par_write(&f->c, p);
    f->prev = f->child;
}

static bool
step(void *data)
{
    struct frame *f = data;
    f->c.arena = lay_tape_arena(f->c.tape);
    const struct fo_node *n = f->child;
    if (!n) {
        if (f->box) {
            lay_tape_close(f->c.tape);
            lay_tape_space(f->c.tape, &f->after);
        }
        return false;
    }
    if (n->kind == FO_MARKER) {
        lay_tape_add_marker(f->c.tape, n);
        f->child = n->next;
        return true;
    }
    if (f->node->kind == FO_FLOW)
        f->c.ref_ipd = f->c.parent_ipd = spans_all(n) ? f->c.full_ipd
                                                      : f->c.column_ipd;
    if (!stands_in_line(n)) {
        if (!is_aside(n)) {
            between(f, n);
            f->prev = n;
        }
        f->child = n->next;
        lay_gen_node(&f->c, n);
        return true;
    }
    const struct fo_node *end = inline_run_end(n);
    paragraph(f, end);
    f->child = end;
    return true;
}

static struct frame *
frame_push(struct lay_ctx *c, const struct fo_node *node, struct arena *a)
{
    struct frame *f = ARENA_NEW(a, struct frame);
    f->c = *c;
    f->node = node;
    f->child = node->first;
    lay_tape_generate(c->tape, step, f);
    return f;
}

void
lay_gen_children(struct lay_ctx *c, const struct fo_node *node)
{
    frame_push(c, node, lay_tape_keep(c->tape));
}

void
lay_ctx_enter(struct lay_ctx *c, const struct lay_box *box)
{
    c->outer_ipd = c->parent_ipd;
    c->parent_ipd = box->ipd;
    c->indent[0] = box->start_indent;
    c->indent[1] = box->end_indent;
    if (box->reference) {
        c->ref_ipd = box->ipd;
        c->ref_bpd = -1; /* as high as its content */
    }
}

/* Opens BOX with the space before it and generates NODE's children in it. */
void
lay_gen_in_box(
    struct lay_ctx *c, const struct fo_node *node, struct lay_box *box)
{
    struct lay_space before = lay_space_before(c, node);
    lay_tape_space(c->tape, &before);
    lay_tape_open(c->tape, box);
    struct frame *f = frame_push(c, node, c->arena);
    f->box = true;
    f->after = lay_space_after(c, node);
    f->c.together = keep_max(c->together, node->style->keep_together);
    lay_ctx_enter(&f->c, box);
}

/* A wrapper has no area: its children stand where it stands. */
static void
gen_wrapper(struct lay_ctx *c, const struct fo_node *node)
{
    if (node->style->id)
        lay_tape_anchor(c, node);
    frame_push(c, node,
        lay_tape_keep(c->tape)); /* no box of its own keeps its chunk */
}

void
lay_gen_node(struct lay_ctx *c, const struct fo_node *node)
{
    switch (node->kind) {
    case FO_BLOCK:
        lay_gen_in_box(c, node, lay_box_new(c, node));
        break;
    case FO_WRAPPER:
        gen_wrapper(c, node);
        break;
    case FO_TABLE:
        lay_gen_table(c, node);
        break;
    case FO_LIST_BLOCK:
        lay_gen_list(c, node);
        break;
    case FO_BLOCK_CONTAINER:
        lay_gen_container(c, node);
        break;
    default:
        break;
    }
}

struct lay_tape *
lay_subtape(struct lay_ctx *c, const struct fo_node *node, int ipd, int bpd)
{
    struct lay_ctx in = *c;
    in.tape = lay_tape_new(c->arena);
    in.ref_ipd = in.parent_ipd = ipd;
    in.ref_bpd = bpd;
    in.indent[0] = fo_len_mpt(node->style->start_indent, c->parent_ipd);
    in.indent[1] = fo_len_mpt(node->style->end_indent, c->parent_ipd);
    if (c->lay->depth >= LAY_DEPTH_MAX) {
        struct where w = fo_where(c->lay->tree, node);
        diag_add(c->lay->diags, DIAG_FO_DEPTH, &w, LAY_DEPTH_MAX);
        return in.tape;
    }
    c->lay->depth++;
    frame_push(&in, node, c->arena);
    lay_tape_finish(in.tape);
    c->lay->depth--;
    return in.tape;
}

/* ---- beginning in the middle ------------------------------------------ */

/* The frame of an ancestor on the way to the place: its box goes on. */
static struct frame *
frame_again(struct frame *outer, const struct fo_node *node)
{
    struct lay_ctx *c = &outer->c;
    struct lay_box *box = NULL;
    if (node->kind != FO_WRAPPER) {
        box = lay_box_new(c, node);
        box->started = true;
        lay_tape_open(c->tape, box);
    }
    outer->prev = node;
    outer->child = node->next;
    struct frame *f = frame_push(c, node, lay_tape_keep(c->tape));
    if (box) {
        f->box = true;
        f->after = lay_space_after(c, node);
        f->c.together = keep_max(c->together, node->style->keep_together);
        lay_ctx_enter(&f->c, box);
    }
    return f;
}

static const struct fo_node *
inline_run_start(const struct fo_node *n)
{
    while (n->prev && !fo_is_block_level(n->prev) && n->prev->kind != FO_MARKER)
        n = n->prev;
    return n;
}

struct lay_pos
lay_restart_generate(
    struct lay_ctx *c, const struct fo_node *flow, const struct lay_resume *r)
{
    struct frame *f = frame_push(c, flow, c->arena);
    f->c.resume = r;
    f->c.ref_ipd = f->c.parent_ipd = spans_all(r->path[0]) ? c->full_ipd
                                                           : c->column_ipd;
    int items = 0;
    for (int i = 0; i < r->n; i++) {
        const struct fo_node *k = r->path[i];
        if (k == r->target && !r->inside_line) {
            f->child = k;
            break;
        }
        if (!fo_is_block_level(k)) {
            f->child = inline_run_start(k);
            f->in_line = true;
            break;
        }
        items += k->kind != FO_WRAPPER;
        f = frame_again(f, k);
    }
    return (struct lay_pos){items, NULL};
}

/* ---- markers and anchors ---------------------------------------------------------- */

static void
emit_anchor(const struct lay_piece *p, struct lay_emit *e)
{
    if (e->repeated)
        return;
    struct area *a = lay_emit_area(e, AREA_INLINE, p->node);
    a->y = e->y;
    lay_emit_object(e, a, p->node, true, true);
    a->background = 0;
}

void
lay_tape_anchor(struct lay_ctx *c, const struct fo_node *node)
{
    struct lay_piece *p = ARENA_NEW(c->arena, struct lay_piece);
    p->node = node;
    p->emit = emit_anchor;
    lay_tape_piece(c->tape, p);
}
