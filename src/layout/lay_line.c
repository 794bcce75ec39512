/* Lines: how high a set line is, and its areas. */
#include "layout/lay_inline.h"
#include "layout/lay_ref.h"

#include "base/arena.h"
#include "base/length.h"

#include <string.h>

/* ---- measuring -------------------------------------------------------- */

/* The nominal line is the block's own font; content that stands higher or
 * lower moves its edges, what is aligned to the edges comes last. */
void
lay_line_measure(struct lay_ctx *c, struct lay_line *l)
{
    const struct fo_style *s = l->block->style;
    const struct lay_font *f = lay_font_of(c->lay, l->block);
    int nominal = f->metrics.ascent + f->metrics.descent;
    l->lead = f->metrics.ascent;
    l->follow = f->metrics.descent;
    int tallest = 0;
    for (const struct text_piece *p = l->text->first; p; p = p->next) {
        const struct inl *i = p->tag;
        if (!i || p->kind == TEXT_OPEN || p->kind == TEXT_CLOSE ||
            p->kind == TEXT_MARK)
            continue;
        if (i->align == FO_V_BEFORE_EDGE || i->align == FO_V_AFTER_EDGE) {
            tallest = lay_int_max(tallest, i->ascent + i->descent);
            continue;
        }
        int shift = s->line_height_shift_ignored ? 0 : i->shift;
        l->lead = lay_int_max(l->lead, i->ascent + shift);
        l->follow = lay_int_max(l->follow, i->descent - shift);
    }
    if (tallest > l->lead + l->follow)
        l->follow = tallest - l->lead;
    int height = s->line_height;
    if (s->line_stacking_strategy ==
        FO_V_FONT_HEIGHT) { /* fixed pitch, whatever stands in it */
        l->before = (height - nominal) / 2 - (l->lead - f->metrics.ascent);
        l->after = height - l->before - l->lead - l->follow;
    } else {
        l->before = (height - nominal) / 2;
        l->after = height - nominal - l->before;
    }
    if (c->grid_pitch > 0)
        lay_line_to_grid(c, l);
}

/* On the grid a line takes as many pitches as its content needs.  A character
 * of the grid's size stands at the very top of its pitch; a larger line, a
 * title, is centred on the frames of the lines it takes. */
void
lay_line_to_grid(const struct lay_ctx *c, struct lay_line *l)
{
    int pitch = c->grid_pitch;
    int content = l->lead + l->follow;
    int frame = c->grid_size;
    int lines = 1;
    while (lines * pitch < content && lines < 1000)
        lines++;
    l->before = (frame + (lines - 1) * pitch - content) / 2;
    l->after = lines * pitch - l->before - content;
}

/* ---- areas ------------------------------------------------------------ */

/* Inlines open while a line's areas are made. */
struct open {
    struct open *up;
    struct area *area;
    int left; /* [mpt] content edge, from the line's start edge */
    int top; /* [mpt] content edge, from the line's content top */
};

struct builder {
    struct lay_emit *e;
    const struct lay_line *l;
    struct area *line;
    struct open *top;
};

static struct area *
inline_area(struct builder *b, enum area_kind kind, const struct inl *i)
{
    struct lay_emit *e = b->e;
    struct area *outer = e->area;
    e->area = b->top->area;
    struct area *a = lay_emit_area(e, kind, i ? i->node : NULL);
    e->area = outer;
    a->artifact = e->repeated;
    return a;
}

/* Upper edge of something of ASCENT and DESCENT, from the content top. */
static int
top_of(const struct builder *b, const struct inl *i)
{
    if (i->align == FO_V_BEFORE_EDGE)
        return 0;
    if (i->align == FO_V_AFTER_EDGE)
        return b->l->lead + b->l->follow - i->ascent - i->descent;
    return b->l->lead - i->ascent - i->shift;
}

static void
place(struct builder *b, struct area *a, int x, int y)
{
    a->x = x - b->top->left;
    a->y = y - b->top->top;
    a->offset = a->y;
}

static void
inline_edges(struct builder *b, struct area *a, const struct fo_style *s,
    bool start, bool end)
{
    struct area_edge *edge = arena_array(b->e->arena, 4, sizeof *edge);
    bool any = false;
    for (int i = 0; i < 4; i++) {
        if ((i == FO_START && !start) || (i == FO_END && !end))
            continue;
        a->padding[i] = fo_len_mpt(s->padding[i].len, b->l->ipd);
        edge[i] = lay_edge_from_border(&s->border[i]);
        any |= edge[i].width > 0;
    }
    if (any)
        a->border = edge;
}

static const char *
uri_text(struct arena *a, const char *s)
{
    while (*s == ' ')
        s++;
    if (strncmp(s, "url(", 4))
        return s;
    s += 4;
    while (*s == ' ' || *s == '\'' || *s == '"')
        s++;
    size_t n = strlen(s);
    while (n && strchr(" '\")", s[n - 1]))
        n--;
    return arena_strndup(a, s, n);
}

static void
set_link(struct builder *b, struct area *a, const struct fo_node *n)
{
    if (n->kind != FO_BASIC_LINK)
        return;
    if (n->style->internal_destination && *n->style->internal_destination)
        a->link_id = n->style->internal_destination;
    else if (n->style->external_destination && *n->style->external_destination)
        a->link_uri = uri_text(b->e->arena, n->style->external_destination);
}

static void
open_inline(struct builder *b, const struct text_piece *p, const struct inl *i)
{
    struct area *a = inline_area(b, AREA_INLINE_PARENT, i);
    const struct fo_style *s = i->node->style;
    inline_edges(b, a, s, !p->continues && !i->again, true);
    a->background = s->background_color;
    a->is_first = !p->continues && !i->again;
    a->is_last = false;
    a->bpd = i->ascent + i->descent;
    a->baseline = i->ascent;
    a->space[FO_START] = p->continues ? 0 : i->space_start;
    set_link(b, a, i->node);
    if (s->id && !b->e->repeated) {
        a->id = s->id;
        lay_ref_seen(b->e->lay, b->e->page, s->id, a);
    }
    int edge_before = a->padding[FO_BEFORE] + area_border(a, FO_BEFORE);
    int edge_start = a->padding[FO_START] + area_border(a, FO_START);
    int y = top_of(b, i) - edge_before;
    int x = p->x + a->space[FO_START];
    place(b, a, x, y);
    struct open *o = ARENA_NEW(b->e->arena, struct open);
    o->up = b->top;
    o->area = a;
    o->left = x + edge_start;
    o->top = y + edge_before;
    b->top = o;
}

static void
close_inline(struct builder *b, int x, bool last, const struct inl *i)
{
    struct open *o = b->top;
    if (!o->up)
        return;
    struct area *a = o->area;
    a->ipd = x - o->left;
    lay_emit_background(b->e, a, a->node);
    a->is_last = last;
    if (last) {
        a->space[FO_END] = i->space_end;
    } else {
        if (a->border)
            a->border[FO_END] = (struct area_edge){0};
        a->padding[FO_END] = 0;
    }
    b->top = o->up;
}

static void
text_area(struct builder *b, const struct text_piece *p, const struct inl *i)
{
    struct area *a = inline_area(b, AREA_TEXT, i);
    a->piece = p;
    a->ipd = p->width;
    a->bpd = i->ascent + i->descent;
    a->baseline = i->ascent;
    a->text = i->kind == INL_NUMBER ? i->text : NULL;
    if (i->kind == INL_NUMBER) {
        a->background = i->node->style->background_color;
        lay_emit_background(b->e, a, i->node);
        if (i->node->kind == FO_PAGE_NUMBER)
            lay_ref_node(b->e->lay, b->e->page, i->node);
        if (i->id && !b->e->repeated) {
            a->id = i->id;
            lay_ref_seen(b->e->lay, b->e->page, i->id, a);
        }
    } else if (i->node->kind == FO_CHARACTER) {
        a->background = i->node->style->background_color;
        lay_emit_background(b->e, a, i->node);
    }
    place(b, a, p->x, top_of(b, i));
}

static void
picture_area(struct builder *b, const struct text_piece *p, const struct inl *i)
{
    const struct lay_graphic *g = i->graphic;
    struct area *a = inline_area(b, AREA_VIEWPORT, i);
    inline_edges(b, a, i->node->style, true, true);
    a->is_viewport = true;
    a->ipd = g->ipd;
    a->bpd = g->bpd;
    a->space[FO_START] = i->space_start;
    a->space[FO_END] = i->space_end;
    a->clip = i->node->style->overflow == FO_V_HIDDEN ||
        i->node->style->overflow == FO_V_ERROR_IF_OVERFLOW;
    a->content_x = g->x;
    a->content_y = g->y;
    a->content_w = g->w;
    a->content_h = g->h;
    a->image = g->pic;
    place(b, a, p->x + i->space_start, top_of(b, i));
    struct area *outer = b->e->area;
    lay_emit_object(b->e, a, i->node, true, true);
    b->e->area = a;
    bool drawing = i->node->kind == FO_INSTREAM_FOREIGN_OBJECT;
    struct area *in = lay_emit_area(
        b->e, drawing ? AREA_FOREIGN : AREA_IMAGE, i->node);
    in->image = g->pic;
    in->x = g->x;
    in->y = g->y;
    in->ipd = g->w;
    in->bpd = g->h;
    b->e->area = outer;
}

#define PATTERNS_MAX 2000 /* in one leader: more than any sheet is wide */

/* A leader's pattern, set again and again from its end backwards so that the
 * patterns of several lines stand in one column. */
static void
fill_leader(struct builder *b, struct area *leader, const struct text_piece *p,
    const struct inl *i)
{
    const struct text_line *pat = i->fill ? i->fill->first : NULL;
    int step = pat ? pat->width : 0;
    int unit = fo_len_mpt(i->node->style->leader_pattern_width, b->l->ipd);
    if (step < unit)
        step = unit;
    if (!pat || step < 100)
        return;
    struct open o = {
        .up = b->top, .area = leader, .left = p->x, .top = top_of(b, i)};
    b->top = &o;
    int end = p->x + p->width;
    for (int n = 0, x = p->x + p->width % step;
         n < PATTERNS_MAX && x + step <= end; n++, x += step)
        for (const struct text_piece *q = pat->first; q; q = q->next)
            if (q->kind == TEXT_RUN) {
                const struct inl *t = q->tag;
                struct area *a = inline_area(b, AREA_TEXT, t);
                a->piece = q;
                a->ipd = q->width;
                a->bpd = t->ascent + t->descent;
                a->baseline = t->ascent;
                a->artifact = true;
                place(b, a, x + q->x, top_of(b, i) + i->ascent - t->ascent);
            }
    b->top = o.up;
}

static void
leader_area(struct builder *b, const struct text_piece *p, const struct inl *i)
{
    const struct fo_style *s = i->node->style;
    struct area *a = inline_area(b, AREA_LEADER, i);
    a->ipd = p->width;
    a->bpd = s->leader_pattern == FO_V_RULE ? s->rule_thickness
                                            : i->ascent + i->descent;
    a->baseline = i->ascent;
    a->rule_style = s->rule_style;
    a->rule_thickness = s->rule_thickness;
    a->leader_pattern = s->leader_pattern;
    a->pattern_width = fo_len_mpt(s->leader_pattern_width, b->l->ipd);
    a->piece = p;
    a->artifact = true;
    place(b, a, p->x, top_of(b, i));
    if (s->leader_pattern == FO_V_USE_CONTENT)
        fill_leader(b, a, p, i);
}

static void
mark_area(struct builder *b, const struct text_piece *p, const struct inl *i)
{
    if (i->kind != INL_ID || b->e->repeated)
        return;
    struct area *a = inline_area(b, AREA_INLINE, i);
    a->id = i->id;
    place(b, a, p->x, 0);
    lay_ref_seen(b->e->lay, b->e->page, i->id, a);
}

static void
piece_area(struct builder *b, const struct text_piece *p)
{
    const struct inl *i = p->tag;
    if (!i)
        return;
    switch (p->kind) {
    case TEXT_OPEN:
        open_inline(b, p, i);
        break;
    case TEXT_CLOSE:
        close_inline(b, p->x + (p->continues ? p->width : 0), !p->continues, i);
        break;
    case TEXT_RUN:
        text_area(b, p, i);
        break;
    case TEXT_BOX:
        picture_area(b, p, i);
        break;
    case TEXT_LEADER:
        leader_area(b, p, i);
        break;
    case TEXT_MARK:
        mark_area(b, p, i);
        break;
    case TEXT_BREAK:
        break;
    }
}

void
lay_line_emit(const struct lay_piece *piece, struct lay_emit *e)
{
    const struct lay_line *l = piece->data;
    struct area *a = lay_emit_area(e, AREA_LINE, l->block);
    a->line = l->text;
    a->y = e->y + l->before;
    a->ipd = l->ipd;
    a->bpd = l->lead + l->follow;
    a->baseline = l->lead;
    a->space[FO_BEFORE] = l->before;
    a->space[FO_AFTER] = l->after;
    a->artifact = e->repeated;

    struct open root = {.area = a};
    struct builder b = {.e = e, .l = l, .line = a, .top = &root};
    int end = 0;
    bool any = false;
    for (const struct text_piece *p = l->text->first; p; p = p->next) {
        if (!any) {
            a->start_indent = p->x;
            any = true;
        }
        piece_area(&b, p);
        end = p->x + p->width;
    }
    while (b.top->up)
        close_inline(&b, end, false, NULL);
    if (any)
        a->end_indent = l->ipd - end;
}

/* ---- blocks inside inlines -------------------------------------------- */

struct inner {
    struct lay_tape *tape;
    const struct fo_node *line_block;
    const struct inl *up;
    int ipd, bpd; /* [mpt] */
};

/* The inlines around, outermost first; the innermost holds the block. */
static struct area *
parents(struct lay_emit *e, const struct inl *i, const struct inner *in,
    bool innermost)
{
    if (i->up)
        e->area = parents(e, i->up, in, false);
    struct area *a = lay_emit_area(
        e, innermost ? AREA_INLINE_BLOCK_PARENT : AREA_INLINE_PARENT, i->node);
    a->background = i->node->style->background_color;
    a->ipd = in->ipd;
    a->bpd = in->bpd;
    a->artifact = e->repeated;
    return a;
}

static void
emit_inner(const struct lay_piece *p, struct lay_emit *e)
{
    const struct inner *in = p->data;
    struct lay_emit inner = *e;
    if (!in->up) { /* no inline around it: a block among blocks */
        lay_emit_tape(in->tape, (struct lay_pos){0},
            (struct lay_pos){MPT_MAX, NULL}, true, true, &inner);
        return;
    }
    struct area *line = lay_emit_area(e, AREA_LINE, in->line_block);
    line->y = e->y;
    line->ipd = in->ipd;
    line->bpd = line->baseline = in->bpd;
    inner.area = line;
    inner.area = parents(&inner, in->up, in, true);
    inner.y = 0;
    inner.left = 0;
    lay_emit_tape(in->tape, (struct lay_pos){0},
        (struct lay_pos){MPT_MAX, NULL}, true, true, &inner);
}

struct lay_piece *
lay_line_block(struct lay_ctx *c, const struct fo_node *line_block,
    const struct fo_node *block, const struct inl *up, int ipd)
{
    struct inner *in = ARENA_NEW(c->arena, struct inner);
    struct lay_ctx ctx = *c;
    struct lay_tape *t = lay_tape_new(c->arena);
    ctx.tape = t;
    if (up)
        ctx.ref_ipd = ctx.parent_ipd = ipd;
    if (c->lay->depth < LAY_DEPTH_MAX) {
        c->lay->depth++;
        lay_gen_node(&ctx, block);
        lay_tape_finish(t);
        c->lay->depth--;
    }
    in->tape = t;
    in->line_block = line_block;
    in->up = up;
    in->ipd = ipd;
    in->bpd = lay_tape_height(c->lay, t, false);
    struct lay_piece *p = ARENA_NEW(c->arena, struct lay_piece);
    p->height = in->bpd;
    p->node = block;
    p->data = in;
    p->emit = emit_inner;
    return p;
}
