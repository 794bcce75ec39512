/* Cutting: from a place on a tape, how far a page or column reaches.
 *
 * One walk adds up heights with spaces at their optimum, minimum and maximum.
 * At each BREAK the page is closed for the sake of argument: what is open
 * pays for its edges, trailing spaces are resolved as at a page's end.  Of
 * the breaks met before the height runs out the weakest keep wins; then, if
 * spaces can fill the page, the one that strains them least; then the latest.
 * Last, when what stood side by side was taken whole but no good break came
 * after it, a place inside it is looked for. */
#include "layout/lay.h"
#include "layout/lay_note.h"
#include "base/length.h"
#include "layout/lay_space.h"

#include <math.h>
#include <stddef.h>

/* Heights with all spaces at their optimum, minimum, maximum [mpt]. */
struct sum {
    int opt, min, max;
};

/* A COMP that was taken whole, as the walk stood before it. */
struct taken {
    int index;
    struct lay_comp *comp;
    const struct lay_comp_pos *from;
    struct sum sum;
    int closing;
    bool top;
    struct lay_note_sum notes;
};
#define TAKEN_MAX 16
#define CALMER_MAX 64

struct cutter {
    struct lay *lay;
    struct lay_tape *tape;
    const struct lay_room *room;
    struct arena *arena;
    struct lay_cut *best; /* the answer so far; best->strength < 0: none */
    bool have;
    double strain; /* of the best page's spaces, 0..1; above: too few */
    struct sum sum; /* placed so far, without the pending run */
    struct taken taken[TAKEN_MAX]; /* a ring */
    int n_taken;
    int closing; /* [mpt] what a break here costs the open boxes */
    bool top; /* only edges of no height and spaces so far */
    int from; /* index where the stretch begins */
    struct lay_run run; /* spaces not yet resolved */
    struct lay_note_sum notes;
    bool anchored; /* nothing was placed since the last note's anchor */
    bool too_high; /* something did not fit but was placed */
    bool placed; /* something of some height */
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

static void
add(struct cutter *c, int height)
{
    c->sum.opt = mpt_clamp((long long)c->sum.opt + height);
    c->sum.min = mpt_clamp((long long)c->sum.min + height);
    c->sum.max = mpt_clamp((long long)c->sum.max + height);
}

static void
add_space(struct sum *sum, const struct lay_space *s)
{
    sum->opt += s->opt;
    sum->min += s->min;
    sum->max = mpt_clamp((long long)sum->max + s->max);
}

/* The boxes around the start are opened again. */
static void
reopen(struct cutter *c, const struct lay_box *b)
{
    for (; b; b = b->parent) {
        int cost = reopen_cost(b);
        add(c, cost);
        c->closing += close_cost(b);
        if (cost)
            c->top = false;
    }
}

static void
settle_run(struct cutter *c, bool end)
{
    struct lay_space s = lay_run_resolve(&c->run, c->top, end);
    add_space(&c->sum, &s);
    c->run.n = 0;
}

/* Heights if the page ended here. */
static struct sum
sum_at_end(const struct cutter *c)
{
    struct lay_run r;
    struct sum sum = c->sum;
    r.n = c->run.n;
    for (int i = 0; i < r.n; i++)
        r.v[i] = c->run.v[i];
    struct lay_space s = lay_run_resolve(&r, c->top, true);
    add_space(&sum, &s);
    sum.opt += c->closing;
    sum.min += c->closing;
    sum.max = mpt_clamp((long long)sum.max + c->closing);
    return sum;
}

/* What footnotes take if the page ended here. */
static int
notes_here(const struct cutter *c)
{
    return c->anchored ? lay_note_least(&c->notes) : lay_note_all(&c->notes);
}

static bool
is_allowed(const struct cutter *c, int strength)
{
    return strength < FO_KEEP_ALWAYS || c->room->must;
}

/* How much of what they can give or take the spaces must, to fill the page. */
static double
strain_of(const struct cutter *c, const struct sum *s)
{
    int diff = c->room->height - notes_here(c) - s->opt;
    int give = diff < 0 ? s->opt - s->min : s->max - s->opt;
    if (diff == 0)
        return 0;
    return give > 0 ? (diff < 0 ? -diff : diff) / (double)give : HUGE_VAL;
}

/* Spaces that can fill the page decide, else the later place is better. */
static bool
is_worse(const struct cutter *c, struct lay_pos end, double strain)
{
    if (c->strain <= 1)
        return strain > c->strain;
    return end.sub && c->best->end.sub && end.index == c->best->end.index &&
        strain > 1;
}

/* A place where the page may end. */
static void
consider(struct cutter *c, struct lay_pos end, const struct sum *s,
    int strength, enum lay_force force)
{
    int notes = notes_here(c);
    bool fits = (long long)s->min + notes <= c->room->height;
    double strain = strain_of(c, s);
    if ((!fits && !c->too_high) || !is_allowed(c, strength))
        return;
    if (c->have && strength > c->best->strength)
        return;
    if (c->have && strength == c->best->strength && !force &&
        is_worse(c, end, strain))
        return;
    c->have = true;
    c->strain = strain;
    *c->best = (struct lay_cut){
        .end = end,
        .height = s->opt,
        .least = s->min,
        .most = s->max,
        .strength = strength,
        .force = force,
        .overflow = !fits,
    };
}

static int
strength_of(const struct cutter *c, const struct lay_item *it)
{
    if (it->u.brk.force)
        return 0;
    return c->room->page ? lay_int_max(it->u.brk.column, it->u.brk.page)
                         : it->u.brk.column;
}

/* True when the walk ends at this break. */
static bool
at_break(struct cutter *c, int i, const struct lay_item *it)
{
    if (it->u.brk.force && !c->placed && c->room->at_top)
        return false; /* nothing stands on this page yet: it is the new page */
    struct sum s = sum_at_end(c);
    struct lay_pos end = {i + 1, NULL};
    consider(c, end, &s, strength_of(c, it), it->u.brk.force);
    return it->u.brk.force != LAY_FORCE_NONE ||
        (c->have && (c->too_high || c->room->earliest));
}

/* Room for content of HEIGHT?  When not and nothing else can be done, it is
 * placed all the same and the walk ends at the next break. */
static bool
take(struct cutter *c, int height)
{
    long long need = (long long)c->sum.min + height + c->closing +
        notes_here(c);
    if (need > c->room->height) {
        if (c->have || !c->room->must)
            return false;
        c->too_high = true; /* and so is what no break parts from it */
    }
    add(c, height);
    c->top = false;
    c->placed = true;
    return true;
}

static bool
at_piece(struct cutter *c, const struct lay_piece *p)
{
    if (p->height == 0 && !p->notes)
        return true; /* anchors and empty blocks settle nothing */
    settle_run(c, false);
    c->anchored = c->room->note_room && p->notes;
    if (c->anchored)
        lay_note_add(&c->notes, p->notes);
    return take(c, p->height);
}

/* What is left for content when spaces count as in PLACED. */
static int
left(const struct cutter *c, int placed)
{
    return mpt_clamp(
        (long long)c->room->height - placed - c->closing - notes_here(c));
}

static void
fit(struct cutter *c, const struct taken *t, int height, bool must, bool inside,
    struct lay_cut *part)
{
    struct lay_room room = *c->room;
    room.height = height;
    room.must = must;
    room.at_top = t->top;
    room.first = t->index == c->from;
    room.inside = inside;
    room.note_room = NULL;
    *part = (struct lay_cut){0};
    t->comp->ops->fit(c->lay, t->comp, t->from, &room, c->arena, part);
}

/* The page may end where PART says. */
static void
consider_part(
    struct cutter *c, const struct taken *t, const struct lay_cut *part)
{
    struct lay_pos end = {t->index, part->end.sub};
    struct sum s = t->sum;
    if (part->overflow)
        c->too_high = true;
    s.opt += part->height + t->closing;
    s.min += part->height + t->closing;
    s.max = mpt_clamp((long long)s.max + part->height + t->closing);
    consider(c, end, &s, part->force ? 0 : part->strength, part->force);
}

static void
take_whole(struct cutter *c, const struct taken *t, int height)
{
    c->taken[c->n_taken++ % TAKEN_MAX] = *t;
    add(c, height);
    c->top = false;
    c->placed = true;
}

/* A place higher up strains the spaces less, when they were at less than
 * their optimum. */
static void
try_calmer(struct cutter *c, const struct taken *t, int height)
{
    int calm = left(c, c->sum.opt);
    for (int tries = 0; tries < CALMER_MAX && height > calm; tries++) {
        struct lay_cut part;
        fit(c, t, lay_int_max(calm, height - 1), false, false, &part);
        if (part.nothing || part.done || part.force || part.height >= height)
            return;
        consider_part(c, t, &part);
        height = part.height;
    }
}

/* Side-by-side content: whole when it fits, else the walk ends inside it. */
static bool
at_comp(struct cutter *c, int i, struct lay_comp *comp,
    const struct lay_comp_pos *from)
{
    settle_run(c, false);
    c->anchored = false;
    struct taken t = {.index = i,
        .comp = comp,
        .from = from,
        .sum = c->sum,
        .closing = c->closing,
        .top = c->top,
        .notes = c->notes};
    int room = left(c, c->sum.min);
    struct lay_cut part;
    if (!from && !comp->forces && !c->room->earliest && comp->height <= room) {
        if (c->room->note_room)
            lay_note_add(&c->notes, comp->notes);
        c->anchored = c->room->note_room && comp->notes;
        if (comp->height + notes_here(c) - lay_note_all(&t.notes) <= room) {
            take_whole(c, &t, comp->height);
            return true;
        }
        c->anchored = false;
        c->notes = t.notes;
    }
    fit(c, &t, room, c->room->must && !c->have, false, &part);
    if (part.nothing)
        return false;
    if (part.done) {
        if (part.overflow)
            c->too_high = true;
        take_whole(c, &t, part.height);
        if (c->room->note_room && !from)
            lay_note_add(&c->notes, comp->notes);
        return true;
    }
    consider_part(c, &t, &part);
    if (!part.force && !part.overflow)
        try_calmer(c, &t, part.height);
    return false;
}

/* No good break came behind the COMPs that were taken whole: looks for one
 * inside the later of them. */
static void
look_inside(struct cutter *c)
{
    for (int k = c->n_taken - 1; k >= 0 && k >= c->n_taken - TAKEN_MAX; k--) {
        const struct taken *t = &c->taken[k % TAKEN_MAX];
        struct lay_cut part;
        if (c->have && t->index < c->best->end.index)
            return;
        c->notes = t->notes;
        c->closing = t->closing;
        fit(c, t, left(c, t->sum.min), false, true, &part);
        if (part.nothing || part.done ||
            (c->have && part.strength > c->best->strength))
            continue;
        c->strain = HUGE_VAL;
        consider_part(c, t, &part);
        if (c->have && c->best->strength == 0)
            return;
    }
}

static void
at_open(struct cutter *c, const struct lay_box *b)
{
    if (b->before || b->reference)
        settle_run(c, false);
    if (b->before || b->reference)
        c->top = b->reference ? true : false;
    add(c, b->before);
    c->closing += close_cost(b);
}

static void
at_close(struct cutter *c, const struct lay_box *b)
{
    if (b->after || b->reference) {
        settle_run(c, b->reference);
        c->top = false;
    }
    add(c, b->after);
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
        c->sum.opt = lay_snap(c->sum.opt, it->u.pitch);
        c->sum.min = lay_snap(c->sum.min, it->u.pitch);
        c->sum.max = lay_snap(c->sum.max, it->u.pitch);
        return true;
    }
    return true;
}

/* Already past the height, even at the least: nothing further can be a
 * better place, unless nothing was found yet. */
static bool
is_full(const struct cutter *c)
{
    return c->have && !c->too_high &&
        (long long)c->sum.min + c->closing > c->room->height;
}

/* A page that ends less strained is better than the very end squeezed in,
 * even if it costs one more (the peer's demerits: (1 + 100 r^3)^2). */
static bool
strains_too_much(const struct cutter *c, const struct sum *s)
{
    if (s->opt <= c->room->height || !c->have || c->strain > 1 ||
        c->best->strength > 0)
        return false;
    double end = 1 + 100 * pow(strain_of(c, s), 3),
           early = 1 + 100 * pow(c->strain, 3);
    return end * end > early * early + 1;
}

void
lay_cut_tape(struct lay *l, struct lay_tape *t, struct lay_pos from,
    const struct lay_room *room, struct arena *a, struct lay_cut *out)
{
    struct cutter c = {
        .lay = l, .tape = t, .room = room, .arena = a, .best = out};
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
        struct sum s = sum_at_end(&c);
        bool fits = (long long)s.min + notes_here(&c) <= room->height;
        if ((fits && !strains_too_much(&c, &s)) || c.too_high) {
            *out = (struct lay_cut){.end = {i, NULL},
                .height = s.opt,
                .least = s.min,
                .most = s.max,
                .done = true,
                .overflow = !fits};
            return;
        }
    }
    if (it && !c.too_high && !(c.have && c.best->force))
        look_inside(&c);
    if (!c.have)
        out->nothing = true;
}

/* Heights of the whole tape, uncut. */
static struct sum
sum_of_all(struct lay *l, struct lay_tape *t, bool keep_ends)
{
    struct cutter c = {.lay = l, .tape = t};
    struct lay_room room = {
        .height = MPT_MAX, .must = true, .at_top = !keep_ends};
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
    return c.sum;
}

int
lay_tape_height(struct lay *l, struct lay_tape *t, bool keep_ends)
{
    return sum_of_all(l, t, keep_ends).opt;
}

int
lay_tape_least(struct lay *l, struct lay_tape *t)
{
    return sum_of_all(l, t, false).min;
}
