/* Lines of Latin paragraphs, broken where Apache FOP breaks them.
 *
 * D. Knuth and M. Plass, "Breaking Paragraphs into Lines", with the habits of
 * FOP's line layout so that its documents keep their lines: word spaces
 * stretch by a half and shrink by a third; ragged lines have three default
 * spaces of stretch at each ragged end; three rounds with growing patience,
 * the last of which takes the least bad too long or too short line and goes
 * on from there.  A word wider than the measure sticks out. */
#include "text/text_par.h"

#include <math.h>
#include <stdlib.h>

#define RAGGED (3 * 3336) /* [mpt] stretch of a ragged end */
#define RATIO_INFINITE 1000 /* a line without anything to stretch */
#define ACTIVE_MAX 512 /* starts kept; only lines without width have more */
#define FITNESS_DEMERIT 50 /* lines of very different looseness in a row */

enum { NONE = -1 };

struct node { /* a break, reached in the best way for its fitness */
    int opp;
    int prev;
    int fitness; /* 0 very tight ... 3 very loose */
    double ratio;
    double demerits;
};

struct best { /* of one fitness, at the place looked at */
    double demerits;
    double ratio;
    int prev;
};

struct knuth {
    const struct text_work *w;
    int from, to;
    double patience; /* the largest ratio that is accepted */
    bool force;
    struct node *nodes; /* all ever made; chains run through prev */
    int n_nodes, cap_nodes;
    int *active; /* nodes a line may start at */
    int n_active, cap_active;
    int deactivated; /* last good start given up at this place */
    int too_long, too_short;
};

static int
add_node(struct knuth *k, struct node n)
{
    if (k->n_nodes == k->cap_nodes) {
        k->cap_nodes = k->cap_nodes * 2 + 64;
        k->nodes = realloc(k->nodes, (size_t)k->cap_nodes * sizeof *k->nodes);
        if (k->nodes == NULL)
            abort();
    }
    k->nodes[k->n_nodes] = n;
    return k->n_nodes++;
}

static void
activate(struct knuth *k, int node)
{
    if (k->n_active == k->cap_active) {
        k->cap_active = k->cap_active * 2 + 32;
        k->active = realloc(
            k->active, (size_t)k->cap_active * sizeof *k->active);
        if (k->active == NULL)
            abort();
    }
    k->active[k->n_active++] = node;
}

/* ---- one line ---------------------------------------------------------- */

static double
stretch_of(const struct knuth *k, int to, const struct text_sum *s)
{
    const struct text_setting *set = k->w->set;
    double inner = (double)s->leader;

    if (set->align == TEXT_JUSTIFY || set->align_last == TEXT_JUSTIFY)
        inner += (double)s->word;
    if (to == k->to && set->align_last != TEXT_JUSTIFY &&
        set->align != TEXT_CENTER)
        return inner + k->w->width; /* what fills the last line */
    if (set->align == TEXT_JUSTIFY || set->align_last == TEXT_JUSTIFY)
        return inner;
    return inner + (set->align == TEXT_CENTER ? 2 * RAGGED : RAGGED);
}

/* How far the line's springs must go: 1 all their stretch, -1 all their
 * shrink. */
static double
ratio_of(const struct knuth *k, int from, int to)
{
    struct text_sum s;
    double room, spring;

    text_sum_line(k->w, from, to, &s);
    room = text_work_measure(k->w, from, to) - (double)s.width;
    if (fabs(room) < 1)
        return 0;
    spring = room > 0 ? stretch_of(k, to, &s) : (double)text_sum_squeeze(&s);
    if (spring <= 0)
        return room > 0 ? RATIO_INFINITE : -RATIO_INFINITE;
    return room / spring;
}

static int
fitness_of(double r)
{
    return r < -0.5 ? 0 : r <= 0.5 ? 1 : r <= 1 ? 2 : 3;
}

static double
demerits_of(const struct knuth *k, const struct node *start, int to, double r)
{
    double f = fabs(r), sum;

    f = 1 + 100 * f * f * f + k->w->opps[to].penalty;
    sum = f * f + start->demerits;
    if (abs(fitness_of(r) - start->fitness) > 1)
        sum += FITNESS_DEMERIT;
    return sum;
}

/* ---- one place --------------------------------------------------------- */

/* Lines that nobody would set, kept for the round that must find something. */
static void
keep_forced(struct knuth *k, int start, int to, double r, double demerits)
{
    struct node n = {to, start, fitness_of(r), r, demerits};

    if (r <= -1) {
        if (k->too_long == NONE || demerits < k->nodes[k->too_long].demerits)
            k->too_long = add_node(k, n);
    } else if (k->too_short == NONE ||
        demerits <= k->nodes[k->too_short].demerits) {
        k->too_short = add_node(k, n);
    }
}

static void
give_up(struct knuth *k, int node)
{
    const struct node *n = &k->nodes[node];

    if (k->deactivated == NONE || n->opp > k->nodes[k->deactivated].opp ||
        (n->opp == k->nodes[k->deactivated].opp &&
            n->demerits < k->nodes[k->deactivated].demerits))
        k->deactivated = node;
}

static void
add_best(struct knuth *k, const struct best best[4], int to)
{
    double least = INFINITY;

    for (int i = 0; i < 4; i++)
        if (best[i].demerits < least)
            least = best[i].demerits;
    if (k->n_active > ACTIVE_MAX && to != k->to)
        return;
    for (int i = 0; i < 4; i++)
        if (best[i].demerits < INFINITY &&
            best[i].demerits <= least + FITNESS_DEMERIT)
            activate(k,
                add_node(k,
                    (struct node){
                        to, best[i].prev, i, best[i].ratio, best[i].demerits}));
}

static void
consider(struct knuth *k, int to)
{
    struct best best[4];
    bool forced = to == k->to;
    int kept = 0;

    for (int i = 0; i < 4; i++)
        best[i] = (struct best){INFINITY, 0, NONE};
    k->deactivated = k->too_long = NONE;
    for (int i = 0; i < k->n_active; i++) {
        int start = k->active[i];
        if (k->nodes[start].opp == to) {
            k->active[kept++] = start;
            continue;
        }
        double r = ratio_of(k, k->nodes[start].opp, to);
        double demerits = demerits_of(k, &k->nodes[start], to, r);
        struct best *b = &best[fitness_of(r)];
        if (r < -1 || forced)
            give_up(k, start);
        else
            k->active[kept++] = start;
        if (r >= -1 && r <= k->patience && demerits < b->demerits) {
            *b = (struct best){demerits, r, start};
            k->too_short = NONE;
        }
        if (k->force && (r <= -1 || r > k->patience))
            keep_forced(k, start, to, r, demerits);
    }
    k->n_active = kept;
    add_best(k, best, to);
}

/* ---- one round --------------------------------------------------------- */

/* No line can be made: go on from the least bad one.  Answers the node. */
static int
recover(struct knuth *k, int last)
{
    if (k->deactivated != NONE && k->deactivated != last) {
        if (k->nodes[k->deactivated].ratio > 0)
            k->too_short = k->deactivated;
        else
            k->too_long = k->deactivated;
    }
    if (k->too_short != NONE &&
        k->nodes[k->too_short].opp != k->nodes[last].opp)
        last = k->too_short;
    else if (k->too_long != NONE)
        last = k->too_long;
    k->nodes[last].demerits = 0;
    k->n_active = 0;
    activate(k, last);
    k->too_short = k->too_long = NONE;
    return last;
}

/* Answers the node of the whole paragraph, or NONE. */
static int
round_of(struct knuth *k, double patience, bool force)
{
    int last;

    k->patience = patience;
    k->force = force;
    k->n_nodes = k->n_active = 0;
    k->deactivated = k->too_long = k->too_short = NONE;
    last = add_node(k, (struct node){k->from, NONE, 1, 0, 0});
    activate(k, last);
    for (int i = k->from + 1; i <= k->to; i++) {
        if (k->w->opps[i].kind == TEXT_OPP_EMERGENCY)
            continue;
        consider(k, i);
        if (k->n_active > 0)
            continue;
        if (!force)
            return NONE;
        int node = recover(k, last);
        if (node == last)
            return NONE; /* cannot be, but would never end */
        last = node;
        i = k->nodes[last].opp;
    }
    int end = NONE;
    for (int i = 0; i < k->n_active; i++)
        if (k->nodes[k->active[i]].opp == k->to &&
            (end == NONE ||
                k->nodes[k->active[i]].demerits < k->nodes[end].demerits))
            end = k->active[i];
    return end;
}

static void
spans_of(struct text_work *w, struct knuth *k, int end)
{
    int lines = 0, first = w->n_spans;

    for (int n = end; k->nodes[n].prev != NONE; n = k->nodes[n].prev)
        lines++;
    for (int i = 0; i < lines; i++)
        text_work_span(w, k->from, k->to); /* room; filled from behind */
    w->n_spans = first + lines;
    for (int n = end, i = lines - 1; i >= 0; n = k->nodes[n].prev, i--) {
        w->n_spans = first + i;
        text_work_span(w, k->nodes[k->nodes[n].prev].opp, k->nodes[n].opp);
    }
    w->n_spans = first + lines;
}

static bool
may_hyphenate(const struct text_work *w)
{
    for (int i = 0; i < w->par->n_items; i++)
        if (w->par->items[i].kind == TEXT_RUN)
            return w->par->items[i].style.hyphenate;
    return false;
}

void
text_fit_latin(struct text_work *w, int from, int to)
{
    struct knuth k = {.w = w, .from = from, .to = to};
    int end = round_of(&k, 1, false);

    if (end == NONE)
        end = round_of(&k, may_hyphenate(w) ? 1 : 5, false);
    if (end == NONE)
        end = round_of(&k, 20, true);
    if (end == NONE)
        text_fit_first(w, from, to);
    else
        spans_of(w, &k, end);
    free(k.nodes);
    free(k.active);
}
