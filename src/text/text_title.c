/* Titles of official papers: few lines, words whole, the lines together a
 * trapezoid or a diamond (GB/T 9704-2012, 7.3.1).
 *
 * Chinese writes no word boundaries and we carry no dictionary; a few signs
 * do: 关于, the end of an agency's name, the kind of paper at the end, what
 * stands in 《》 or “”, strings that come twice, and that most words have two
 * characters.  Each place gets a price, the shape of the lines has its own,
 * and all ways to break are tried with a bound.  Titles are short; one that
 * is not is set like other text. */
#include "text/text_par.h"

#include <stdlib.h>

#define OPPS_MAX 160
#define LINES_MAX 6
#define TRIES_MAX 60000

/* Prices.  A line more than needed costs less than a line that runs from the
 * agency's name into 关于. */
enum {
    PRICE_NEVER = 10000,
    PRICE_SHORT_END = 2000, /* a first or last line of two characters */
    PRICE_HOURGLASS = 800,
    PRICE_RUN_ON = 500, /* 关于 inside a line */
    PRICE_LINE = 400,
    PRICE_BLOCK = 300, /* three lines of one length */
    PRICE_AFTER_OF = 150, /* 的|通知 */
    PRICE_ODD = 110,
    PRICE_EVEN = 60,
    PRICE_GOOD = 10
};

struct title {
    const struct text_work *w;
    int from, to;
    int n; /* lines wanted */
    int about; /* opportunity before 关于, -1: none */
    double average; /* [mpt] of n lines */
    int price[OPPS_MAX];
    int ends[LINES_MAX];
    int best_ends[LINES_MAX];
    double best;
    int tries;
};

struct shape { /* of the lines so far */
    double last; /* [mpt] */
    bool fell, even;
};

/* ---- places ------------------------------------------------------------ */

static uint32_t
cp_at(const struct text_work *w, int i)
{
    return i >= 0 && i < w->par->n_cells ? w->par->cells[i].cp : 0;
}

static bool
is_one_of(uint32_t cp, const uint32_t *set)
{
    for (; *set != 0; set++)
        if (*set == cp)
            return true;
    return false;
}

static bool
is_about(const struct text_work *w, int i)
{
    return cp_at(w, i) == 0x5173 && cp_at(w, i + 1) == 0x4E8E;
}

/* 局厅部委会室府院署 ends an agency's name, before 关于 or another's. */
static bool
ends_agency(const struct text_work *w, int i)
{
    static const uint32_t ends[] = {0x5C40, 0x5385, 0x90E8, 0x59D4, 0x4F1A,
        0x5BA4, 0x5E9C, 0x9662, 0x7F72, 0};

    return is_one_of(cp_at(w, i), ends);
}

/* A kind of paper: 通知 公告 公示 通报 意见 决定 决议 命令 报告 请示 批复 纪要
 * 方案 办法 规定 细则 议案, whose two characters stay together. */
static bool
is_paper_kind(const struct text_work *w, int i)
{
    static const uint32_t kinds[][2] = {
        {0x901A, 0x77E5},
        {0x516C, 0x544A},
        {0x516C, 0x793A},
        {0x901A, 0x62A5},
        {0x610F, 0x89C1},
        {0x51B3, 0x5B9A},
        {0x51B3, 0x8BAE},
        {0x547D, 0x4EE4},
        {0x62A5, 0x544A},
        {0x8BF7, 0x793A},
        {0x6279, 0x590D},
        {0x7EAA, 0x8981},
        {0x65B9, 0x6848},
        {0x529E, 0x6CD5},
        {0x89C4, 0x5B9A},
        {0x7EC6, 0x5219},
        {0x8BAE, 0x6848},
    };

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (cp_at(w, i) == kinds[k][0] && cp_at(w, i + 1) == kinds[k][1])
            return true;
    return false;
}

static bool
is_han_at(const struct text_work *w, int i)
{
    return i >= 0 && i < w->par->n_cells &&
        w->par->cells[i].class == TEXT_CLASS_HAN;
}

/* How long a string of ideographs from I comes again somewhere in the title,
 * four at least. */
static int
repeats(const struct text_work *w, int from, int to, int i)
{
    int most = 0;

    for (int k = from; k < to; k++) {
        int n = 0;
        while (k != i && k + n < to && i + n < to && is_han_at(w, i + n) &&
            cp_at(w, i + n) == cp_at(w, k + n))
            n++;
        most = n > most ? n : most;
    }
    return most >= 4 ? most : 0;
}

/* Marks which cells lie inside a string that comes twice (2) or end it (1). */
static void
find_repeats(const struct text_work *w, int from, int to, unsigned char *mark)
{
    for (int i = from; i < to;) {
        int n = repeats(w, from, to, i);
        for (int k = 0; k < n; k++)
            mark[i - from + k] = k < n - 1 ? 2 : 1;
        i += n > 0 ? n : 1;
    }
}

/* The price of breaking before cell I, with D ideographs since the last sure
 * boundary. */
static int
price_at(const struct text_work *w, int i, int depth, int run, int repeated)
{
    static const uint32_t never_start[] = {
        0x7684, 0x4E86, 0x548C, 0x4E0E, 0x53CA, 0x7B49, 0}; /* 的了和与及等 */
    static const uint32_t never_end[] = {
        0x548C, 0x4E0E, 0x53CA, 0x5BF9, 0x5728, 0};
    uint32_t before = cp_at(w, i - 1), at = cp_at(w, i);

    if (depth > 0 || is_one_of(at, never_start) ||
        is_one_of(before, never_end) || is_paper_kind(w, i - 1) ||
        is_about(w, i - 1) || repeated == 2)
        return PRICE_NEVER;
    if (is_about(w, i) || before == 0x3001 || before == 0xFF0C || before == ' ')
        return 0;
    if (is_about(w, i - 2))
        return PRICE_AFTER_OF * 2;
    if (repeated == 1 || ends_agency(w, i - 1))
        return PRICE_GOOD;
    if (before == 0x7684)
        return PRICE_AFTER_OF;
    if (!is_han_at(w, i) || !is_han_at(w, i - 1))
        return PRICE_EVEN / 2;
    return run % 2 == 0 ? PRICE_EVEN : PRICE_ODD;
}

/* Is the cell the end of a word for sure, so that counting by twos begins
 * again behind it?  进一步 is the one word of three that titles love. */
static bool
ends_word(const struct text_work *w, int i, int repeated)
{
    static const uint32_t single[] = {
        0x7684, 0x7B49, 0x548C, 0x4E0E, 0x53CA, 0};

    return !is_han_at(w, i) || is_one_of(cp_at(w, i), single) ||
        repeated == 1 || is_about(w, i - 1) ||
        (cp_at(w, i) == 0x6B65 && cp_at(w, i - 2) == 0x8FDB);
}

static void
price_all(struct title *t)
{
    const struct text_work *w = t->w;
    int a = w->opps[t->from].cell, b = w->opps[t->to].cell;
    unsigned char *mark = calloc((size_t)(b - a) + 1, 1);
    int depth = 0, run = 0, o = t->from + 1;

    if (mark == NULL)
        abort();
    find_repeats(w, a, b, mark);
    t->about = -1;
    for (int i = a + 1; i < b && o < t->to; i++) {
        enum text_class class = w->par->cells[i - 1].class;
        depth += class == TEXT_CLASS_OPEN;
        depth -= class == TEXT_CLASS_CLOSE && depth > 0;
        run = ends_word(w, i - 1, mark[i - 1 - a]) ? 0 : run + 1;
        if (w->opps[o].cell != i)
            continue;
        t->price[o - t->from] = w->opps[o].penalty +
            (w->opps[o].kind == TEXT_OPP_EMERGENCY
                    ? PRICE_NEVER
                    : price_at(w, i, depth, run, mark[i - 1 - a]));
        if (t->about < 0 && is_about(w, i))
            t->about = o;
        o++;
    }
    free(mark);
}

/* ---- shapes ------------------------------------------------------------ */

static double
line_width(const struct title *t, int from, int to)
{
    struct text_sum s;

    text_sum_line(t->w, from, to, &s);
    return (double)s.width;
}

static double
line_price(
    const struct title *t, int line, int from, int to, struct shape *shape)
{
    double width = line_width(t, from, to), em = t->w->em;
    double off = (width - t->average) / t->average, price = 100 * off * off;

    if (to != t->to)
        price += t->price[to - t->from];
    if ((line == 0 || to == t->to) && width < 2.6 * em)
        price += PRICE_SHORT_END;
    if (t->about > from && t->about < to)
        price += PRICE_RUN_ON;
    if (line > 0 && width > shape->last + em / 2) {
        price += shape->fell ? PRICE_HOURGLASS : 0;
        shape->even = false;
    } else if (line > 0 && width < shape->last - em / 2) {
        shape->fell = true;
        shape->even = false;
    } else if (line > 0) {
        price += shape->even ? PRICE_BLOCK : 0;
        shape->even = true;
    }
    shape->last = width;
    return price;
}

/* Tries all ways to set the rest from opportunity FROM in the lines left. */
static void
try_lines(struct title *t, int line, int from, double price, struct shape shape)
{
    int left = t->n - line;

    for (int to = left == 1 ? t->to : from + 1; to <= t->to; to++) {
        struct shape next = shape;
        if (++t->tries > TRIES_MAX ||
            line_width(t, from, to) >
                text_work_measure(t->w, from, to) + TEXT_SLACK)
            return;
        if (left > 1 &&
            (to == t->to ||
                line_width(t, to, t->to) > (double)(left - 1) * t->w->width))
            continue; /* what is left would not fit */
        double sum = price + line_price(t, line, from, to, &next);
        if (sum >= t->best)
            continue;
        t->ends[line] = to;
        if (left > 1) {
            try_lines(t, line + 1, to, sum, next);
            continue;
        }
        t->best = sum;
        for (int i = 0; i < t->n; i++)
            t->best_ends[i] = t->ends[i];
    }
}

/* The price of the best way in N lines; its ends stay in T. */
static double
try_count(struct title *t, int n)
{
    struct shape none = {0, false, false};

    t->n = n;
    t->average = line_width(t, t->from, t->to) / n;
    if (t->average < 1)
        t->average = 1;
    t->best = 1e9;
    try_lines(t, 0, t->from, 0, none);
    return t->best;
}

bool
text_fit_title(struct text_work *w, int from, int to)
{
    struct title now = {.w = w, .from = from, .to = to}, best;
    double least = 1e9;
    int found = 0;

    if (to - from >= OPPS_MAX)
        return false;
    price_all(&now);
    best = now;
    for (int n = 1; n <= LINES_MAX && found < 2; n++) {
        double price = try_count(&now, n) + PRICE_LINE * found;
        if (now.best >= 1e9)
            continue;
        found += n == 1 ? 2
                        : 1; /* one line is enough; else one more is tried */
        if (price < least) {
            least = price;
            best = now;
        }
    }
    if (found == 0 || now.tries > TRIES_MAX)
        return false;
    for (int i = 0, start = from; i < best.n; i++) {
        text_work_span(w, start, best.best_ends[i]);
        start = best.best_ends[i];
    }
    return true;
}
