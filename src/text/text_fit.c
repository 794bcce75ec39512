/* Choosing the lines of Chinese text.
 *
 * Justified paragraphs are fitted as a whole (Knuth and Plass): for every
 * place where a line may end, the best line that ends there and the best way
 * to get to its start.  A line's badness follows CLREQ: squeezing marks is
 * nearly free, stretching costs by the cube, so that a line is squeezed
 * before it is stretched, yet not at any price for its neighbours.  Only
 * starts that give a line between "fully squeezed" and "far too loose" are
 * looked at, which is a handful for each end: the work is linear.
 *
 * Other paragraphs take the longest line that fits when squeezed, and look
 * back only to save the last line from a single character. */
#include "text/text_par.h"

#include <stdlib.h>

#define INFEASIBLE -1.0
#define RATIO_BAD 4.5 /* of comfort: from here on badness grows slowly */
#define HAN_STRETCH 0.08 /* [em] a Han gap may take in comfort */
#define ORPHAN 1e9 /* demerits of a single character's last line */
#define STARTS_MAX 96 /* of a line's end looked at, ... */
#define STARTS_LOOSE 24 /* ... when lines have become loose */
#define MISMATCH 3000.0 /* demerits of a tight line beside a loose one */

enum { TIGHT = -1, DECENT, LOOSE };

struct node { /* the best way to end a line at an opportunity */
    double cost;
    int prev;
    signed char colour; /* TIGHT ... LOOSE */
};

/* ---- one line ---------------------------------------------------------- */

static double
squeeze_badness(
    const struct text_sum *s, int64_t need, int hang, signed char *colour)
{
    int64_t all = text_sum_squeeze(s),
            gentle = all - s->squeeze[TEXT_STEP_STOP];
    double r, extra = 0;

    if (need > all + hang + TEXT_SLACK)
        return INFEASIBLE;
    *colour = TIGHT;
    if (need > all)
        return all > 0 ? 60 : 40; /* hangs */
    r = (double)need / (double)all;
    if (r < 0.5)
        *colour = DECENT;
    if (need > gentle)
        extra += 20;
    if (need > gentle - s->squeeze[TEXT_STEP_MIXED])
        extra += 10;
    return 30 * r * r + extra;
}

static double
stretch_badness(const struct text_work *w, const struct text_sum *s,
    int64_t room, signed char *colour)
{
    double ease = (double)(s->leader + s->word + s->mixed) +
        s->han_gaps * HAN_STRETCH * w->em;
    double r = ease > 0 ? (double)room / ease : 100;

    *colour = r > 1 ? LOOSE : DECENT;
    if (r > RATIO_BAD) /* the cube would drown everything else */
        return 100 * RATIO_BAD * RATIO_BAD * RATIO_BAD + 500 * (r - RATIO_BAD);
    return 100 * r * r * r;
}

static bool
is_last_natural(const struct text_work *w, int to)
{
    return w->opps[to].kind == TEXT_OPP_FORCED &&
        w->set->align_last != TEXT_JUSTIFY;
}

/* How badly the line FROM-TO sits in its measure; INFEASIBLE: too long. */
static double
badness(const struct text_work *w, int from, int to, const struct text_sum *s,
    signed char *colour)
{
    int measure = text_work_measure(w, from, to);
    int64_t columns = text_sum_columns(w, s);
    int64_t room = measure - s->width;
    bool natural = is_last_natural(w, to);

    *colour = DECENT;
    if (columns >= 0 && columns <= measure + TEXT_SLACK &&
        (natural || columns > measure - w->set->grid))
        return 0;
    if (room < -TEXT_SLACK)
        return squeeze_badness(s, -room, w->opps[to].hang, colour);
    if (natural || room <= TEXT_SLACK)
        return 0;
    return stretch_badness(w, s, room, colour);
}

/* Less than two ideographs on the last line (a letter counts half). */
static bool
is_orphan(const struct text_work *w, const struct text_sum *s)
{
    return s->han * 2 + s->latin < 4 && w->width >= 4 * w->em;
}

/* ---- the whole paragraph ----------------------------------------------- */

static double
line_cost(const struct text_work *w, const struct node *nodes, int first,
    int from, int to, signed char *colour)
{
    struct text_sum s;
    double cost, b;

    text_sum_line(w, from, to, &s);
    b = badness(w, from, to, &s, colour);
    if (b < 0)
        return INFEASIBLE;
    b += 1 + w->opps[to].penalty +
        (w->opps[to].kind == TEXT_OPP_EMERGENCY ? 300 : 0);
    cost = b * b;
    if (abs(nodes[from - first].colour - *colour) > 1)
        cost += MISMATCH;
    if (w->opps[to].kind == TEXT_OPP_FORCED && from != first &&
        is_orphan(w, &s))
        cost += s.han > 0 ? ORPHAN : ORPHAN / 1000;
    return cost;
}

static int64_t
least_width(const struct text_work *w, int from, int to)
{
    struct text_sum s;
    int64_t columns;

    text_sum_line(w, from, to, &s);
    columns = text_sum_columns(w, &s);
    int64_t least = s.width - text_sum_squeeze(&s) - w->opps[to].hang;
    return columns >= 0 && columns < least ? columns : least;
}

/* The best line that ends at TO.  *LO is the first start that is not known to
 * be too far away; it only grows. */
static void
find_best(
    const struct text_work *w, struct node *nodes, int first, int to, int *lo)
{
    struct node *n = &nodes[to - first];
    int slack = w->em; /* a line's edges may win or lose so much */
    int seen = 0, loose = 0;

    while (*lo < to - 1 &&
        least_width(w, *lo, to) >
            (int64_t)text_work_measure(w, *lo, to) + slack)
        ++*lo;

    n->prev = -1;
    for (int from = *lo; from < to; from++) {
        signed char colour;
        double cost = line_cost(w, nodes, first, from, to, &colour);
        if (cost < 0)
            continue;
        double total = nodes[from - first].cost + cost;
        if (n->prev < 0 || total < n->cost)
            *n = (struct node){total, from, colour};
        seen++;
        loose += colour == LOOSE && cost > 4e6;
        if (loose > 4 || (loose > 0 && seen > STARTS_LOOSE))
            break; /* every later start is looser; a few for their own sake */
        if (seen > STARTS_MAX)
            break; /* characters without width, or nearly */
    }
    if (n->prev < 0) /* nothing fits: the shortest that sticks out */
        *n = (struct node){nodes[to - 1 - first].cost + 1e12, to - 1, DECENT};
}

void
text_fit_justified(struct text_work *w, int from, int to)
{
    int n = to - from + 1, lo = from, lines = 0;
    struct node *nodes = calloc((size_t)n, sizeof *nodes);

    if (nodes == NULL)
        abort();
    for (int i = from + 1; i <= to; i++)
        find_best(w, nodes, from, i, &lo);

    /* the chain runs backwards: turn it round in place */
    int *ends = malloc((size_t)n * sizeof *ends);
    if (ends == NULL)
        abort();
    for (int i = to; i > from; i = nodes[i - from].prev)
        ends[lines++] = i;
    for (int start = from; lines > 0; start = ends[lines])
        text_work_span(w, start, ends[--lines]);
    free(ends);
    free(nodes);
}

/* ---- first fit --------------------------------------------------------- */

/* The end of the line that starts at FROM: the last that fits, or a better
 * place up to two em before it. */
static int
first_fit(const struct text_work *w, int from, int to)
{
    int best = -1, measure = 0;
    double best_cost = 0;

    for (int i = from + 1; i <= to; i++) {
        struct text_sum s;
        signed char colour;
        text_sum_line(w, from, i, &s);
        measure = text_work_measure(w, from, i);
        if (least_width(w, from, i) > (int64_t)measure + w->em)
            break;
        int64_t columns = text_sum_columns(w, &s);
        int64_t room = measure - (columns >= 0 ? columns : s.width);
        if (room < -TEXT_SLACK &&
            squeeze_badness(&s, s.width - measure, w->opps[i].hang, &colour) <
                0)
            continue;
        if (i == to)
            return to;
        double cost = 30.0 * (double)(measure - s.width) / w->em +
            w->opps[i].penalty +
            (w->opps[i].kind == TEXT_OPP_EMERGENCY ? 100 : 0);
        if (best < 0 || cost <= best_cost) {
            best = i;
            best_cost = cost;
        }
    }
    return best < 0 ? from + 1 : best;
}

static bool
fits(const struct text_work *w, int from, int to)
{
    return least_width(w, from, to) <=
        (int64_t)text_work_measure(w, from, to) + TEXT_SLACK;
}

/* A last line of one character takes another one down from the line above. */
static void
save_orphan(struct text_work *w, int first_span, int to)
{
    struct text_span *above, *last;
    struct text_sum s;

    if (w->n_spans - first_span < 2)
        return;
    last = &w->spans[w->n_spans - 1];
    above = last - 1;
    text_sum_line(w, last->from, to, &s);
    if (s.han == 0 || !is_orphan(w, &s))
        return;
    for (int i = above->to - 1; i > above->from && above->to - i < 8; i--) {
        text_sum_line(w, i, to, &s);
        if (!fits(w, i, to))
            return;
        if (is_orphan(w, &s) || w->opps[i].kind == TEXT_OPP_EMERGENCY)
            continue;
        above->to = last->from = i;
        return;
    }
}

void
text_fit_first(struct text_work *w, int from, int to)
{
    int first_span = w->n_spans;

    for (int start = from; start < to;) {
        int end = first_fit(w, start, to);
        text_work_span(w, start, end);
        start = end;
    }
    save_orphan(w, first_span, to);
}
