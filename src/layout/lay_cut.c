/* Cutting: from a place on a tape, how far a page or column reaches.
 *
 * One walk adds up heights with spaces at their optimum and at their minimum.
 * At each BREAK the page is closed for the sake of argument: what is open
 * pays for its edges, trailing spaces are resolved as at a page's end.  The
 * best break met before the height runs out is the answer. */
#include "layout/lay.h"
#include "layout/lay_note.h"
#include "base/length.h"
#include "layout/lay_space.h"

#include <limits.h>
#include <stddef.h>

struct cutter {
    struct lay *lay;
    struct lay_tape *tape;
    const struct lay_room *room;
    struct arena *arena;
    struct lay_cut *best; /* the answer so far; best->strength < 0: none */
    bool have;
    int opt, min;         /* [mpt] placed so far, without the pending run */
    int closing;          /* [mpt] what a break here costs the open boxes */
    bool top;             /* only edges of no height and spaces so far */
    int from;             /* index where the stretch begins */
    struct lay_run run;   /* spaces not yet resolved */
    struct lay_note_sum notes;
    bool too_high;        /* something did not fit but was placed */
};

static int
reopen_cost(const struct lay_box *b)
{
    return b->again_before + (b->table ? b->table->header_again : 0);
}

static int
close_cost(const struct lay_box *b)
{
    return b->again_after + (b->table ? b->table->footer_again : 0);
}

/* The boxes around the start are opened again. */
static void
reopen(struct cutter *c, const struct lay_box *b)
{
    for (; b; b = b->parent) {
        int cost = reopen_cost(b);
        c->opt += cost;
        c->min += cost;
        c->closing += close_cost(b);
        if (cost)
            c->top = false;
    }
}

static void
settle_run(struct cutter *c, bool end)
{
    struct lay_space s = lay_run_resolve(&c->run, c->top, end);
    c->opt += s.opt;
    c->min += s.min;
    c->run.n = 0;
}

/* Heights if the page ended here. */
static void
height_at_end(const struct cutter *c, int *opt, int *min)
{
    struct lay_run r;
    r.n = c->run.n;
    for (int i = 0; i < r.n; i++)
        r.v[i] = c->run.v[i];
    struct lay_space s = lay_run_resolve(&r, c->top, true);
    *opt = c->opt + s.opt + c->closing;
    *min = c->min + s.min + c->closing;
}

static bool
is_allowed(const struct cutter *c, int strength)
{
    return strength < FO_KEEP_ALWAYS || c->room->must;
}

/* A place where the page may end.  The weakest keep wins, then the latest. */
static void
consider(struct cutter *c, struct lay_pos end, int opt, int min, int strength, enum lay_force force)
{
    int notes = lay_note_least(&c->notes);
    bool fits = (long long)min + notes <= c->room->height;
    if (!fits && !c->too_high)
        return;
    if (!is_allowed(c, strength))
        return;
    if (c->have && strength > c->best->strength)
        return;
    c->have = true;
    c->best->end = end;
    c->best->height = opt;
    c->best->least = min;
    c->best->strength = strength;
    c->best->force = force;
    c->best->overflow = !fits;
    c->best->done = false;
}

static int
strength_of(const struct cutter *c, const struct lay_item *it)
{
    if (it->u.brk.force)
        return 0;
    return c->room->page ? lay_int_max(it->u.brk.column, it->u.brk.page) : it->u.brk.column;
}

/* True when the walk ends at this break. */
static bool
at_break(struct cutter *c, int i, const struct lay_item *it)
{
    int opt, min;
    height_at_end(c, &opt, &min);
    struct lay_pos end = {i + 1, NULL};
    consider(c, end, opt, min, strength_of(c, it), it->u.brk.force);
    return it->u.brk.force != LAY_FORCE_NONE || (c->too_high && c->have);
}

/* Room for content of HEIGHT?  When not and nothing else can be done, it is
 * placed all the same and the walk ends at the next break. */
static bool
take(struct cutter *c, int height)
{
    long long need = (long long)c->min + height + c->closing + lay_note_least(&c->notes);
    if (need > c->room->height) {
        if (c->have || !c->room->must || c->too_high)
            return false;
        c->too_high = true;
    }
    c->opt = mpt_clamp((long long)c->opt + height);
    c->min = mpt_clamp((long long)c->min + height);
    c->top = false;
    return true;
}

static bool
at_piece(struct cutter *c, const struct lay_piece *p)
{
    if (p->height == 0 && !p->notes)
        return true; /* anchors and empty blocks settle nothing */
    settle_run(c, false);
    if (c->room->note_room)
        lay_note_add(c->lay, &c->notes, p->notes);
    return take(c, p->height);
}

/* Side-by-side content: whole when it fits, else the walk ends inside it. */
static bool
at_comp(struct cutter *c, int i, struct lay_comp *comp, const struct lay_comp_pos *from)
{
    settle_run(c, false);
    long long left = (long long)c->room->height - c->min - c->closing - lay_note_least(&c->notes);
    if (!from && !comp->forces && comp->height <= left) {
        struct lay_note_sum before = c->notes;
        if (c->room->note_room)
            lay_note_add(c->lay, &c->notes, comp->notes);
        if (comp->height + lay_note_least(&c->notes) - lay_note_least(&before) <= left)
            return take(c, comp->height);
        c->notes = before;
    }
    struct lay_room room = *c->room;
    room.height = mpt_clamp(left);
    room.must = c->room->must && !c->have;
    room.at_top = c->top;
    room.first = i == c->from;
    room.note_room = NULL;
    struct lay_cut part = {0};
    comp->ops->fit(c->lay, comp, from, &room, c->arena, &part);
    if (part.nothing)
        return false;
    if (part.done) {
        if (part.overflow)
            c->too_high = true;
        c->opt = mpt_clamp((long long)c->opt + part.height);
        c->min = mpt_clamp((long long)c->min + part.height);
        c->top = false;
        if (c->room->note_room && !from)
            lay_note_add(c->lay, &c->notes, comp->notes);
        return true;
    }
    struct lay_pos end = {i, part.end.sub};
    if (part.overflow)
        c->too_high = true;
    consider(c, end, c->opt + part.height + c->closing, c->min + part.height + c->closing,
             part.force ? 0 : part.strength, part.force);
    return false;
}

static void
at_open(struct cutter *c, const struct lay_box *b)
{
    if (b->before || b->reference)
        settle_run(c, false);
    if (b->before || b->reference)
        c->top = b->reference ? true : false;
    c->opt += b->before;
    c->min += b->before;
    c->closing += close_cost(b);
}

static void
at_close(struct cutter *c, const struct lay_box *b)
{
    if (b->after || b->reference) {
        settle_run(c, b->reference);
        c->top = false;
    }
    c->opt += b->after;
    c->min += b->after;
    c->closing -= close_cost(b);
}

static bool
step(struct cutter *c, int i, const struct lay_item *it, struct lay_pos from)
{
    switch (it->kind) {
    case LAY_OPEN:
        at_open(c, it->u.box);
        return true;
    case LAY_CLOSE:
        at_close(c, it->u.box);
        return true;
    case LAY_SPACE:
        lay_run_add(&c->run, &it->u.space);
        return true;
    case LAY_BOX:
        return at_piece(c, it->u.piece);
    case LAY_COMP:
        return at_comp(c, i, it->u.comp, i == from.index ? from.sub : NULL);
    case LAY_BREAK:
        return !at_break(c, i, it);
    case LAY_MARKER:
        return true;
    case LAY_SNAP:
        settle_run(c, false);
        c->opt = lay_snap(c->opt, it->u.pitch);
        c->min = lay_snap(c->min, it->u.pitch);
        return true;
    }
    return true;
}

/* Already past the height, even at the least: nothing further can be a
 * better place, unless nothing was found yet. */
static bool
is_full(const struct cutter *c)
{
    return c->have && !c->too_high && (long long)c->min + c->closing > c->room->height;
}

void
lay_cut_tape(struct lay *l, struct lay_tape *t, struct lay_pos from,
             const struct lay_room *room, struct arena *a, struct lay_cut *out)
{
    struct cutter c = {.lay = l, .tape = t, .room = room, .arena = a, .best = out};
    *out = (struct lay_cut){0};
    c.from = from.index;
    c.top = room->at_top;
    if (room->note_room)
        lay_note_begin(&c.notes, room->note_room);
    struct lay_item *it = lay_tape_at(t, from.index);
    if (it)
        reopen(&c, it->in);

    int i = from.index;
    for (; it; it = lay_tape_at(t, ++i))
        if (!step(&c, i, it, from) || is_full(&c))
            break;

    if (!it) {
        int opt, min;
        height_at_end(&c, &opt, &min);
        bool fits = (long long)min + lay_note_least(&c.notes) <= room->height;
        if (fits || c.too_high) {
            *out = (struct lay_cut){.end = {i, NULL}, .height = opt, .least = min,
                                    .done = true, .overflow = !fits};
            return;
        }
    }
    if (!c.have)
        out->nothing = true;
}

int
lay_tape_height(struct lay *l, struct lay_tape *t, bool keep_ends)
{
    struct cutter c = {.lay = l, .tape = t};
    struct lay_room room = {.height = MPT_MAX, .must = true, .at_top = !keep_ends};
    struct lay_cut out = {0};
    c.room = &room;
    c.best = &out;
    c.top = room.at_top;
    struct lay_item *it;
    for (int i = 0; (it = lay_tape_at(t, i)); i++) {
        if (it->kind == LAY_BREAK)
            continue;
        if (it->kind == LAY_COMP) {
            settle_run(&c, false);
            take(&c, it->u.comp->height);
            continue;
        }
        step(&c, i, it, (struct lay_pos){0});
    }
    settle_run(&c, !keep_ends);
    return c.opt;
}
