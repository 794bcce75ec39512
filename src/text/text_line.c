/* From chosen lines to pieces: squeeze or stretch in CLREQ's order, then
 * placed glyphs.
 *
 * Everything is integers: what is handed out to n places is handed out by
 * running totals, so the shares differ by one millipoint at most and a
 * justified line ends exactly at its measure. */
#include "text/text_par.h"

#include "base/arena.h"
#include "base/length.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct place { /* a cell on its line */
    int width; /* [mpt] without the gap */
    int gap; /* [mpt] behind it */
    int trim; /* [mpt] taken of its blank */
    bool drop; /* a space at the line's edge, a break */
};

struct setter {
    struct text_work *w;
    struct arena *arena;
    struct place *places; /* by cell of the paragraph */
    struct text_lines *lines;
    int *open; /* items of the inlines that are open, outermost first */
    int n_open;
};

/* A line being set: cells A to B, contents FIRST to LAST (-1: none). */
struct frame {
    const struct text_span *span;
    struct text_line *line;
    int a, b;
    int first, last;
    enum text_align align;
    bool columns; /* set on the grid's columns */
    int64_t width; /* [mpt] as set so far */
};

static bool
is_content(const struct text_cell *c)
{
    return c->class != TEXT_CLASS_EDGE && c->class != TEXT_CLASS_INVISIBLE &&
        c->class != TEXT_CLASS_SPACE && c->class != TEXT_CLASS_BREAK;
}

/* ---- natural widths ---------------------------------------------------- */

/* A soft hyphen that belongs to no word is content: it parts the spaces.  It
 * may lie in the cell of the space before it. */
static void
find_content(const struct text_par *p, struct frame *f)
{
    bool alone = true; /* behind a space or the line's start */
    f->first = f->last = -1;
    for (int i = f->a; i < f->b; i++) {
        const struct text_cell *c = &p->cells[i];
        bool shy = c->after & TEXT_AFTER_SHY;
        bool space = c->class == TEXT_CLASS_SPACE;
        bool content = is_content(c) || (shy && (alone || space));
        alone = space || (shy && alone);
        if (!content)
            continue;
        if (f->first < 0)
            f->first = i;
        f->last = i;
    }
}

static void
trim_at_edges(struct setter *s, const struct frame *f)
{
    const struct text_setting *set = s->w->set;
    const struct text_cell *cells = s->w->par->cells;

    if (f->first < 0 || set->latin)
        return;
    const struct text_cell *u = &cells[f->first], *t = &cells[f->last];
    struct place *pu = &s->places[f->first], *pt = &s->places[f->last];
    if (u->class == TEXT_CLASS_OPEN) {
        int trim = set->trim_line_start    ? u->blank
            : s->w->slots[f->first].paired ? 0
                                           : pu->trim;
        pu->width += pu->trim - trim;
        pu->trim = trim;
    }
    if (text_class_is_closing(t->class) && set->punct != TEXT_UNTRIMMED) {
        pt->width -= t->blank - pt->trim;
        pt->trim = t->blank;
    }
}

/* A line on the columns: every mark whole, every em the grid's advance. */
static void
place_on_columns(struct setter *s, const struct frame *f, int i)
{
    const struct text_cell *c = &s->w->par->cells[i];
    int grid = s->w->set->grid;

    if (!f->columns || c->halves == 0)
        return;
    s->places[i].width = grid * c->halves / 2;
    s->places[i].gap = 0;
    s->places[i].trim = 0;
}

static void
place_natural(struct setter *s, struct frame *f)
{
    const struct text_par *p = s->w->par;

    for (int i = f->a; i < f->b; i++) {
        const struct text_slot *slot = &s->w->slots[i];
        struct place *at = &s->places[i];
        bool inside = i >= f->first && i < f->last;
        memset(at, 0, sizeof *at);
        at->width = slot->width;
        at->gap = inside ? slot->gap : 0;
        at->trim = slot->trim;
        at->drop = p->cells[i].class == TEXT_CLASS_BREAK ||
            (text_cell_is_space(&p->cells[i]) && !inside && i != f->last);
        if (at->drop)
            at->width = at->gap = 0;
        place_on_columns(s, f, i);
    }
    if (!f->columns)
        trim_at_edges(s, f);
    if (s->w->opps[f->span->to].kind == TEXT_OPP_HYPHEN && f->last >= 0)
        s->places[f->last].gap = text_letter_spacing(s->w, f->last);
    f->width = 0;
    for (int i = f->a; i < f->b; i++)
        f->width += s->places[i].width + s->places[i].gap;
}

/* ---- handing out ------------------------------------------------------- */

enum target { CELL, GAP }; /* the cell's own width, or the gap behind it */

enum spring { /* what is squeezed is a text_step; what is stretched: */
    STRETCH_LEADER = TEXT_STEPS,
    STRETCH_WORD, /* to 1/2 em */
    STRETCH_MIXED, /* to 1/3 em, on a grid 1/2 */
    STRETCH_HAN, /* without limit, all equally */
    STRETCH_SPACE /* without Han gaps: spaces and Han-Latin gaps, no limit */
};

static bool
is_leader(const struct setter *s, int i)
{
    return s->w->par->items[s->w->par->cells[i].item].kind == TEXT_LEADER;
}

static int64_t
squeeze_weight(const struct setter *s, const struct frame *f, int i,
    enum target target, int step)
{
    const struct text_slot *slot = &s->w->slots[i];
    const struct text_cell *c = &s->w->par->cells[i];
    enum text_punct punct = s->w->set->punct;
    bool inside = i >= f->first && i < f->last;

    if (target == GAP)
        return step == TEXT_STEP_MIXED && inside ? slot->gap_squeeze : 0;
    if (slot->step != step)
        return 0;
    if (!text_class_has_blank(c->class))
        return inside || is_leader(s, i) ? slot->squeeze : 0;
    if (punct == TEXT_HANGMO || punct == TEXT_UNTRIMMED)
        return 0;
    return c->blank - s->places[i].trim;
}

static int64_t
stretch_weight(const struct setter *s, const struct frame *f, int i,
    enum target target, int spring)
{
    const struct text_slot *slot = &s->w->slots[i];
    bool inside = i >= f->first && i < f->last;

    if (spring == STRETCH_LEADER)
        return target == CELL && is_leader(s, i) ? slot->stretch : 0;
    if (!inside || (target == CELL) != slot->own_gap)
        return 0;
    switch (spring) {
    case STRETCH_WORD:
        return slot->gap_kind == TEXT_GAP_WORD ? slot->stretch : 0;
    case STRETCH_MIXED:
        return slot->gap_kind == TEXT_GAP_MIXED ? slot->stretch : 0;
    case STRETCH_HAN:
        return slot->gap_kind == TEXT_GAP_HAN;
    }
    if (s->w->set->latin)
        return target == CELL ? slot->stretch : 0;
    return target == CELL || slot->gap_kind == TEXT_GAP_MIXED;
}

static int64_t
weight_of(const struct setter *s, const struct frame *f, int i,
    enum target target, int spring)
{
    return spring < TEXT_STEPS ? squeeze_weight(s, f, i, target, spring)
                               : stretch_weight(s, f, i, target, spring);
}

static int64_t
weight_of_line(const struct setter *s, const struct frame *f, int spring)
{
    int64_t total = 0;

    for (int i = f->a; i < f->b; i++)
        total += weight_of(s, f, i, CELL, spring) +
            weight_of(s, f, i, GAP, spring);
    return total;
}

static void
give(struct setter *s, int i, enum target target, int part)
{
    struct place *at = &s->places[i];

    if (target == GAP) {
        at->gap += part;
        return;
    }
    at->width += part;
    if (text_class_has_blank(s->w->par->cells[i].class))
        at->trim -= part;
}

/* Hands AMOUNT (negative: takes it) out to all springs of a kind by weight. */
static void
hand_out(struct setter *s, struct frame *f, int spring, int64_t amount)
{
    int64_t total = weight_of_line(s, f, spring), sum = 0, given = 0;

    if (total <= 0 || amount == 0)
        return;
    for (int i = f->a; i < f->b; i++) {
        for (int target = CELL; target <= GAP; target++) {
            int64_t one = weight_of(s, f, i, (enum target)target, spring);
            if (one == 0)
                continue;
            sum += one;
            int64_t upto = sum == total ? amount
                                        : (int64_t)floor((double)amount *
                                              ((double)sum / (double)total));
            give(s, i, (enum target)target, (int)(upto - given));
            given = upto;
        }
    }
    f->width += amount;
}

static void
squeeze(struct setter *s, struct frame *f, int64_t need)
{
    for (int step = 0; step < TEXT_STEPS && need > 0; step++) {
        int64_t most = weight_of_line(s, f, step);
        int64_t take = need < most ? need : most;
        hand_out(s, f, step, -take);
        need -= take;
    }
}

static void
stretch(struct setter *s, struct frame *f, int64_t room)
{
    for (int spring = STRETCH_LEADER; spring <= STRETCH_MIXED && room > 0;
         spring++) {
        int64_t most = weight_of_line(s, f, spring);
        int64_t put = room < most ? room : most;
        if (s->w->set->latin && spring != STRETCH_LEADER)
            continue;
        hand_out(s, f, spring, put);
        room -= put;
    }
    if (room > 0 && weight_of_line(s, f, STRETCH_HAN) > 0)
        hand_out(s, f, STRETCH_HAN, room);
    else if (room > 0)
        hand_out(s, f, STRETCH_SPACE, room);
}

/* ---- one line ---------------------------------------------------------- */

/* On the columns stand lines of nothing but full-width characters that fill
 * the measure, and last lines. */
static bool
is_on_columns(const struct text_work *w, const struct frame *f)
{
    struct text_sum sum;
    int64_t columns;

    text_sum_line(w, f->span->from, f->span->to, &sum);
    columns = text_sum_columns(w, &sum);
    if (columns < 0 || columns > f->span->measure + TEXT_SLACK)
        return false;
    return f->align != TEXT_JUSTIFY ||
        columns > f->span->measure - w->set->grid;
}

static void
adjust(struct setter *s, struct frame *f)
{
    int64_t room = f->span->measure - f->width;

    if (f->columns)
        return;
    if (room < -TEXT_SLACK)
        squeeze(s, f, -room);
    else if (room > 0 && f->align == TEXT_JUSTIFY)
        stretch(s, f, room);
}

static void
align(const struct setter *s, struct frame *f)
{
    int64_t room = f->span->measure - f->width;
    int hang = s->w->opps[f->span->to].hang;
    int64_t shift = 0;

    if (room < -TEXT_SLACK && room + hang < 0)
        f->line->overflow = (int)-room;
    if (room < 0 && !s->w->set->latin)
        room = 0;
    if (f->align == TEXT_END)
        shift = room;
    else if (f->align == TEXT_CENTER)
        shift = room / 2;
    f->line->shift = (int)shift;
    f->line->indent = f->span->indent;
    f->line->width = mpt_clamp(f->width);
}

/* ---- pieces ------------------------------------------------------------ */

static struct text_piece *
add_piece(
    struct setter *s, struct frame *f, const struct text_item *it, int64_t x)
{
    struct text_piece *p = ARENA_NEW(s->arena, struct text_piece);
    struct text_line *l = f->line;

    p->kind = it->kind;
    p->tag = it->tag;
    p->x = (int)x;
    if (it->kind == TEXT_RUN || it->kind == TEXT_LEADER)
        p->style = &it->style;
    if (l->last == NULL)
        l->first = p;
    else
        l->last->next = p;
    l->last = p;
    l->n_pieces++;
    return p;
}

/* Does cell I go on in the piece that ends with cell I - 1? */
static bool
joins(const struct setter *s, const struct text_piece *piece, int i)
{
    const struct text_cell *c = &s->w->par->cells[i], *b = c - 1;

    return piece != NULL && b->item == c->item && !s->places[i - 1].drop &&
        b->byte + b->n_bytes == c->byte &&
        (c->face == piece->face || c->face == NULL || piece->face == NULL);
}

static void
put_glyphs(
    struct setter *s, struct text_piece *piece, struct text_glyph *out, int i)
{
    const struct text_cell *c = &s->w->par->cells[i];
    const struct place *at = &s->places[i];
    const struct text_raw_glyph *raw = &s->w->par->glyphs[c->glyph];
    int lost = c->blank > 0 ? (int)((int64_t)c->lean * at->trim / c->blank) : 0;
    int byte = piece->n_glyphs == 0 ? 0 : piece->n_utf8;

    for (int k = 0; k < c->n_glyphs; k++) {
        out[k].id = raw[k].id;
        out[k].advance = raw[k].advance;
        out[k].x_offset = raw[k].x - lost;
        out[k].y_offset = raw[k].y;
        out[k].byte = byte;
    }
    if (c->n_glyphs > 0)
        out[c->n_glyphs - 1].advance += at->width + at->gap - c->width;
    piece->n_glyphs += c->n_glyphs;
    piece->n_utf8 += c->n_bytes;
    piece->width = mpt_clamp((int64_t)piece->width + at->width + at->gap);
    if (piece->face == NULL)
        piece->face = c->face;
}

static void
put_object(struct setter *s, struct frame *f, int i, int64_t x)
{
    const struct text_cell *c = &s->w->par->cells[i];
    const struct text_item *it = &s->w->par->items[c->item];
    struct text_piece *piece = add_piece(s, f, it, x);

    piece->width = s->places[i].width;
    if (it->kind == TEXT_OPEN)
        s->open[s->n_open++] = c->item;
    if (it->kind == TEXT_CLOSE && s->n_open > 0)
        s->n_open--;
}

/* The hyphen of a soft one goes with the last run; closing edges and marks
 * behind it move on. */
static void
put_hyphen(struct setter *s, struct frame *f, struct text_glyph **out)
{
    const struct text_cell *c = &s->w->par->cells[f->last < 0 ? f->a : f->last];
    struct text_piece *run = NULL;
    struct text_glyph *g = *out;

    if (s->w->opps[f->span->to].kind != TEXT_OPP_HYPHEN)
        return;
    for (struct text_piece *p = f->line->first; p != NULL; p = p->next)
        if (p->kind == TEXT_RUN)
            run = p;
    if (run == NULL)
        return;
    g->id = text_shape_hyphen(c, &g->advance);
    g->x_offset = g->y_offset = 0;
    g->byte = run->n_glyphs > 0 ? g[-1].byte : 0; /* of the last cluster */
    run->n_glyphs++;
    run->width += g->advance;
    run->hyphenated = true;
    for (struct text_piece *p = run->next; p != NULL; p = p->next)
        p->x += g->advance;
    f->width += g->advance;
    ++*out;
}

static int
count_glyphs(const struct setter *s, const struct frame *f)
{
    int n = 1; /* a hyphen */

    for (int i = f->a; i < f->b; i++)
        if (!s->places[i].drop)
            n += s->w->par->cells[i].n_glyphs;
    return n;
}

/* Inlines that the line before left open are opened again, without width. */
static void
reopen(struct setter *s, struct frame *f, int64_t x)
{
    for (int i = 0; i < s->n_open; i++)
        add_piece(s, f, &s->w->par->items[s->open[i]], x)->continues = true;
}

static void
put_pieces(struct setter *s, struct frame *f)
{
    const struct text_par *p = s->w->par;
    struct text_glyph *glyphs = arena_array(
        s->arena, (size_t)count_glyphs(s, f), sizeof *glyphs);
    struct text_piece *run = NULL;
    int64_t x = (int64_t)f->line->indent + f->line->shift;

    reopen(s, f, x);
    for (int i = f->a; i < f->b; i++) {
        const struct text_cell *c = &p->cells[i];
        const struct text_item *it = &p->items[c->item];
        if (s->places[i].drop)
            continue;
        if (it->kind != TEXT_RUN) {
            put_object(s, f, i, x);
            run = NULL;
        } else {
            if (!joins(s, run, i)) {
                run = add_piece(s, f, it, x);
                run->face = c->face;
                run->glyphs = glyphs;
                run->utf8 = it->utf8 + c->byte;
            }
            put_glyphs(s, run, glyphs, i);
            glyphs += c->n_glyphs;
        }
        x += s->places[i].width + s->places[i].gap;
    }
    put_hyphen(s, f, &glyphs);
}

static void
set_line(struct setter *s, const struct text_span *span)
{
    struct text_work *w = s->w;
    struct frame f = {.span = span};

    f.a = w->opps[span->from].cell;
    f.b = w->opps[span->to].cell;
    f.align = span->last ? w->set->align_last : w->set->align;
    f.line = ARENA_NEW(s->arena, struct text_line);
    f.line->last_of_par = span->last;
    f.line->forced = span->last && f.b > f.a &&
        w->par->cells[f.b - 1].class == TEXT_CLASS_BREAK;
    find_content(w->par, &f);
    f.columns = is_on_columns(w, &f);
    place_natural(s, &f);
    if (w->opps[span->to].kind == TEXT_OPP_HYPHEN && f.last >= 0) {
        int hyphen;
        text_shape_hyphen(&w->par->cells[f.last], &hyphen);
        f.width += hyphen; /* so that the line leaves room for it */
        adjust(s, &f);
        align(s, &f);
        f.width -= hyphen;
    } else {
        adjust(s, &f);
        align(s, &f);
    }
    put_pieces(s, &f);

    if (s->lines->last == NULL)
        s->lines->first = f.line;
    else
        s->lines->last->next = f.line;
    s->lines->last = f.line;
    s->lines->n++;
}

/* ---- the paragraph ----------------------------------------------------- */

static int
clamp(int64_t v)
{
    return (int)(v < 0 ? 0 : v > 1000000000 ? 1000000000 : v);
}

/* Narrowest and widest sensible measure: the longest piece between two
 * places, and the longest line without any. */
static void
find_extremes(const struct text_work *w, struct text_lines *l)
{
    int64_t min = 0, max = 0;
    int forced = 0, from = 0;

    for (int to = 1; to < w->n_opps; to++) {
        struct text_sum s;
        if (w->opps[to].kind == TEXT_OPP_EMERGENCY)
            continue;
        text_sum_line(w, from, to, &s);
        s.width += from == 0 ? w->set->first_indent : 0;
        if (s.width > min)
            min = s.width;
        from = to;
        if (w->opps[to].kind != TEXT_OPP_FORCED)
            continue;
        text_sum_line(w, forced, to, &s);
        s.width += (forced == 0 ? w->set->first_indent : 0) +
            w->set->last_end_indent;
        if (s.width > max)
            max = s.width;
        forced = to;
    }
    l->min_width = clamp(min);
    l->max_width = clamp(max);
}

const struct text_lines *
text_line_all(struct text_work *w)
{
    struct setter s = {.w = w, .arena = w->par->arena};

    s.lines = ARENA_NEW(s.arena, struct text_lines);
    s.places = malloc(((size_t)w->par->n_cells + 1) * sizeof *s.places);
    s.open = malloc(((size_t)w->par->n_items + 1) * sizeof *s.open);
    if (s.places == NULL || s.open == NULL)
        abort();
    for (int i = 0; i < w->n_spans; i++)
        set_line(&s, &w->spans[i]);
    find_extremes(w, s.lines);
    free(s.places);
    free(s.open);
    return s.lines;
}
