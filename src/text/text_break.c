/* Where a line may end, and what every line would measure.
 *
 * Unicode's rules come with the cells; Chinese setting adds its own on top:
 * the prohibition tables (text_class.c), numbers with their units, document
 * numbers, addresses of the net.  Each opportunity carries the sum of all
 * widths up to it, once as a line's end and once as the next line's start,
 * so that the measure of any line is one subtraction. */
#include "text/text_par.h"

#include <stdlib.h>
#include <string.h>

/* Instead of a penalty.  The last two are for pieces that no line can hold:
 * first where only markup or a picture joins, then against the rules. */
enum { FORBIDDEN = -1, LAST_RESORT = -2, AGAINST_RULES = -3 };

#define AGAINST_PENALTY 100000
#define APART 150 /* a number and what counts with it on two lines */

enum { NET_NONE, NET_URL, NET_MAIL };

/* ---- what stands where ------------------------------------------------- */

static uint32_t
cp_at(const struct text_work *w, int i)
{
    return i >= 0 && i < w->par->n_cells ? w->par->cells[i].cp : 0;
}

static bool
is_digit_at(const struct text_work *w, int i)
{
    uint32_t cp = cp_at(w, i);

    return cp >= '0' && cp <= '9';
}

/* ---- numbers ----------------------------------------------------------- */

bool
text_is_group_space(const struct text_work *w, int t, int u)
{
    return is_digit_at(w, t) && is_digit_at(w, u) && is_digit_at(w, u + 1) &&
        is_digit_at(w, u + 2) && !is_digit_at(w, u + 3);
}

/* A unit after a number and one space: 25 kg. */
static bool
is_unit(const struct text_work *w, int u)
{
    static const char units[][4] = {
        "kg",
        "g",
        "mg",
        "t",
        "km",
        "m",
        "cm",
        "mm",
        "nm",
        "ha",
        "L",
        "mL",
        "h",
        "min",
        "s",
        "ms",
        "V",
        "kV",
        "A",
        "mA",
        "W",
        "kW",
        "MW",
        "GW",
        "Hz",
        "kHz",
        "MHz",
        "GHz",
        "Pa",
        "kPa",
        "MPa",
        "GPa",
        "K",
        "J",
        "kJ",
        "N",
        "kN",
        "mol",
        "dB",
        "B",
        "KB",
        "MB",
        "GB",
        "TB",
        "kWh",
        "MeV",
    };

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        int n = 0;
        while (n < 4 && units[i][n] != '\0' &&
            cp_at(w, u + n) == (unsigned char)units[i][n])
            n++;
        if ((n == 4 || units[i][n] == '\0') &&
            (u + n >= w->par->n_cells ||
                w->par->cells[u + n].class != TEXT_CLASS_ALPHA))
            return true;
    }
    return false;
}

/* 〔2026〕12号 stays whole: is T its 〕, or T, U its last digit and 号? */
static bool
in_document_number(const struct text_work *w, int t, int u)
{
    int i = t;

    if (is_digit_at(w, t) && cp_at(w, u) == 0x53F7)
        while (i >= 0 && t - i < 8 && is_digit_at(w, i))
            i--;
    else if (!is_digit_at(w, u) && cp_at(w, u) != 0x7B2C)
        return false;
    if (cp_at(w, i) == 0x7B2C)
        i--;
    if (cp_at(w, i) != 0x3015)
        return false;
    return is_digit_at(w, i - 1) && is_digit_at(w, i - 4) &&
        cp_at(w, i - 5) == 0x3014;
}

/* Places that are allowed but better avoided. */
static int
number_penalty(const struct text_work *w, int t, int u)
{
    static const uint32_t counters[] = {
        /* 年 月 日 元 万 亿 项 号 */
        0x5E74,
        0x6708,
        0x65E5,
        0x5143,
        0x4E07,
        0x4EBF,
        0x9879,
        0x53F7,
    };
    uint32_t a = cp_at(w, t), b = cp_at(w, u);

    if (is_digit_at(w, t))
        for (size_t i = 0; i < sizeof counters / sizeof *counters; i++)
            if (b == counters[i])
                return APART;
    if (a == 0x7B2C && is_digit_at(w, u)) /* 第3 */
        return APART;
    if ((a == 0x4E07 || a == 0x4EBF) && b == 0x5143) /* 万元 */
        return APART;
    if (b == 0x3014 && is_digit_at(w, u + 1)) /* 国发〔2026〕 */
        return APART;
    if (w->par->cells[t].class == TEXT_CLASS_DASH1 && is_digit_at(w, t - 1) &&
        is_digit_at(w, u)) /* 20～30 */
        return APART;
    if (a == '.' && is_digit_at(w, t - 1)) /* 1.总则 */
        return 200;
    return 0;
}

/* ---- addresses of the net ---------------------------------------------- */

static bool
is_net_char(uint32_t cp)
{
    return cp > ' ' && cp < 0x7F && cp != '<' && cp != '>' && cp != '"';
}

static bool
spells(const struct text_work *w, int i, const char *s)
{
    while (*s != '\0' && cp_at(w, i) == (unsigned char)*s)
        i++, s++;
    return *s == '\0';
}

static unsigned char
net_kind(const struct text_work *w, int from, int to)
{
    if (spells(w, from, "www."))
        return NET_URL;
    for (int i = from; i < to; i++) {
        if (spells(w, i, "://"))
            return NET_URL;
        if (cp_at(w, i) == '@' && i > from && i + 1 < to)
            return NET_MAIL;
    }
    return NET_NONE;
}

/* Runs of ASCII without space that are URLs or mail addresses. */
static void
find_net(struct text_work *w)
{
    int n = w->par->n_cells;

    for (int i = 0; i < n; i++) {
        int from = i;
        while (i < n && is_net_char(w->par->cells[i].cp))
            i++;
        unsigned char kind = i - from > 4 ? net_kind(w, from, i) : NET_NONE;
        if (kind == NET_NONE)
            continue;
        if (w->net == NULL)
            w->net = calloc((size_t)n + 1, 1);
        if (w->net == NULL)
            abort();
        memset(w->net + from, kind, (size_t)(i - from));
    }
}

/* A URL breaks after / and before ? & # . only; an address after @ and
 * before a dot. */
static int
net_penalty(const struct text_work *w, int t, int u)
{
    uint32_t a = cp_at(w, t), b = cp_at(w, u);
    bool inside = u + 1 < w->par->n_cells && w->net[u + 1] != NET_NONE;

    if (w->net[t] == NET_MAIL)
        return a == '@' ? 50 : b == '.' && inside ? 100 : FORBIDDEN;
    if (a == '/' && b != '/' && cp_at(w, t - 1) != '/')
        return 20;
    if (inside && (b == '?' || b == '&' || b == '#'))
        return 20;
    if (inside && b == '.' && !spells(w, t - 2, "www"))
        return 100;
    return LAST_RESORT;
}

/* ---- one boundary ------------------------------------------------------ */

struct boundary {
    int t, u; /* the contents before and behind */
    int spaces; /* dropped spaces between */
    unsigned after; /* TEXT_AFTER_... of all between */
};

/* A narrow connector or solidus breaks by Unicode's rules, like a letter. */
static bool
breaks_as_cjk(const struct text_cell *c)
{
    bool narrow = (c->class == TEXT_CLASS_HYPHEN ||
                      c->class == TEXT_CLASS_SLASH) &&
        c->halves == 0;

    return text_class_is_cjk(c->class) && !narrow;
}

static bool
stays_joined(const struct text_cell *a, const struct text_cell *b)
{
    if (a->class != b->class)
        return false;
    return a->class == TEXT_CLASS_DASH2 || a->class == TEXT_CLASS_ELLIPSIS ||
        (a->class == TEXT_CLASS_STOP && a->halves == 1);
}

static int
chinese_penalty(const struct text_work *w, const struct boundary *b)
{
    const struct text_cell *t = &w->par->cells[b->t], *u = &w->par->cells[b->u];
    enum text_prohibit level = w->set->prohibit;
    bool cjk = breaks_as_cjk(t) || breaks_as_cjk(u);
    int no = cjk ? LAST_RESORT : FORBIDDEN;

    if (b->after & TEXT_AFTER_JOINER)
        return FORBIDDEN;
    if (b->after & (TEXT_AFTER_ZWSP | TEXT_AFTER_SHY))
        return 0;
    if (w->net != NULL && b->spaces == 0 && w->net[b->t] != NET_NONE &&
        w->net[b->u] != NET_NONE)
        return net_penalty(w, b->t, b->u);
    if (text_class_no_end(t->class, level) ||
        text_class_no_start(u->class, level) || stays_joined(t, u))
        return cjk ? AGAINST_RULES : FORBIDDEN;
    if (b->spaces == 1 && is_digit_at(w, b->t) &&
        (text_is_group_space(w, b->t, b->u) || is_unit(w, b->u)))
        return FORBIDDEN;
    if (b->spaces > 0)
        return b->after & TEXT_AFTER_ATTR || cjk ? 0 : FORBIDDEN;

    if (t->class == TEXT_CLASS_FIXED || u->class == TEXT_CLASS_FIXED)
        return no;
    if (t->class == TEXT_CLASS_NOBREAK_SPACE ||
        u->class == TEXT_CLASS_NOBREAK_SPACE || u->class == TEXT_CLASS_IDSPACE)
        return FORBIDDEN;
    if (in_document_number(w, b->t, b->u))
        return no;
    if (cjk && u->class == TEXT_CLASS_SIGN && is_digit_at(w, b->u + 1))
        return 0; /* -5, +5, $5 begin a number */
    if (breaks_as_cjk(t) &&
        (breaks_as_cjk(u) || u->class == TEXT_CLASS_ALPHA ||
            u->class == TEXT_CLASS_DIGIT))
        return number_penalty(w, b->t, b->u);
    if (b->after & TEXT_AFTER_ATTR)
        return number_penalty(w, b->t, b->u);
    return no;
}

static int
penalty_of(const struct text_work *w, const struct boundary *b)
{
    const struct text_cell *t = &w->par->cells[b->t], *u = &w->par->cells[b->u];
    const struct text_style *ts = &w->par->items[t->item].style;
    const struct text_style *us = &w->par->items[u->item].style;
    int penalty;

    if (ts->no_wrap && us->no_wrap)
        return FORBIDDEN;
    if (!w->set->latin)
        penalty = chinese_penalty(w, b);
    else if ((t->class == TEXT_CLASS_BOX || u->class == TEXT_CLASS_BOX) &&
        b->spaces == 0 && !(b->after & TEXT_AFTER_ZWSP))
        penalty = FORBIDDEN; /* pictures break only at spaces */
    else if (b->after & (TEXT_AFTER_ATTR | TEXT_AFTER_ZWSP | TEXT_AFTER_SHY))
        penalty = b->spaces == 0 && !(b->after & TEXT_AFTER_ZWSP); /* FOP's 1 */
    else
        penalty = FORBIDDEN;
    if (ts->keep && us->keep &&
        w->par->items[t->item].scope == w->par->items[u->item].scope)
        return penalty < 0 ? penalty : LAST_RESORT;
    return penalty;
}

/* ---- sums -------------------------------------------------------------- */

static void
add_cell(const struct text_work *w, int i, struct text_sum *s)
{
    const struct text_cell *c = &w->par->cells[i];
    const struct text_slot *slot = &w->slots[i];
    int grid = w->set->grid;

    s->width += slot->width;
    s->squeeze[slot->step] += slot->squeeze;
    if (slot->own_gap && slot->gap_kind == TEXT_GAP_WORD)
        s->word += slot->stretch;
    else if (slot->own_gap)
        s->mixed += slot->stretch;
    else if (w->par->items[c->item].kind == TEXT_LEADER)
        s->leader += slot->stretch;
    s->han += text_class_is_cjk(c->class) && !text_class_has_blank(c->class);
    s->latin += !text_class_is_cjk(c->class) && c->face != NULL &&
        c->class != TEXT_CLASS_SPACE;
    if (grid > 0) {
        bool fits = c->full && c->size <= grid * 6 / 5 &&
            c->size >= grid * 4 / 5;
        s->odd += !fits && !(c->class == TEXT_CLASS_EDGE && c->width == 0);
        s->halves += c->halves;
    }
}

static void
add_gap(const struct text_work *w, int i, struct text_sum *s)
{
    const struct text_slot *slot = &w->slots[i];

    s->width += slot->gap;
    s->squeeze[TEXT_STEP_MIXED] += slot->gap_squeeze;
    if (!slot->own_gap && slot->gap_kind == TEXT_GAP_MIXED)
        s->mixed += slot->stretch;
    s->han_gaps += slot->gap_kind == TEXT_GAP_HAN;
}

/* A closing mark at the line end takes half an em, GB/T 15834 5.1.10. */
static void
end_with(const struct text_work *w, int t, struct text_sum *s)
{
    const struct text_cell *c = &w->par->cells[t];
    const struct text_slot *slot = &w->slots[t];

    if (!text_class_is_closing(c->class) || w->set->punct == TEXT_UNTRIMMED ||
        w->set->latin)
        return;
    s->width -= c->blank - slot->trim;
    s->squeeze[slot->step] -= slot->squeeze;
}

/* An opening mark at the line start has its blank back that it lost to what
 * stood before it, or loses it where the setting says so. */
static void
start_with(const struct text_work *w, int u, struct text_sum *s)
{
    const struct text_cell *c = &w->par->cells[u];
    const struct text_slot *slot = &w->slots[u];

    if (c->class != TEXT_CLASS_OPEN || w->set->latin)
        return;
    if (w->set->trim_line_start) {
        s->width += c->blank - slot->trim;
        s->squeeze[slot->step] += slot->squeeze;
    } else if (slot->paired) {
        s->width -= slot->trim;
        s->squeeze[slot->step] -= slot->trim;
    }
}

/* ， 、 。 may hang, never when two marks meet; a blank U+3000 always may. */
static int
hang_of(const struct text_work *w, int t)
{
    const struct text_cell *c = &w->par->cells[t];
    bool may = c->cp == 0xFF0C || c->cp == 0x3001 || c->cp == 0x3002;

    if (c->class == TEXT_CLASS_IDSPACE)
        return w->slots[t].width;
    if (!w->set->hang || !may || w->set->latin)
        return 0;
    if (t > 0 && text_class_has_blank(w->par->cells[t - 1].class))
        return 0;
    return w->slots[t].width - (c->blank - w->slots[t].trim);
}

/* ---- the walk ---------------------------------------------------------- */

struct walk {
    struct text_work *w;
    struct text_sum sum; /* of all cells and gaps before the one looked at */
    struct text_sum end; /* up to the last content, no gap behind it */
    int t; /* last content of this line, -1: none */
    int open_opp; /* its start is not yet settled, -1: none */
};

static struct text_opp *
add_opp(struct text_work *w, int cell, int kind)
{
    if (w->n_opps == w->cap_opps) {
        w->cap_opps = w->cap_opps * 2 + 64;
        w->opps = realloc(w->opps, (size_t)w->cap_opps * sizeof *w->opps);
        if (w->opps == NULL)
            abort();
    }
    struct text_opp *o = &w->opps[w->n_opps++];
    memset(o, 0, sizeof *o);
    o->cell = cell;
    o->kind = (unsigned char)kind;
    return o;
}

/* The widths of edges among the cells FROM to TO. */
static int64_t
edges(const struct text_work *w, int from, int to)
{
    int64_t sum = 0;

    for (int i = from; i < to; i++)
        if (w->par->cells[i].class == TEXT_CLASS_EDGE)
            sum += w->par->cells[i].width;
    return sum;
}

/* The line that starts at the last opportunity begins, without its leading
 * spaces, at content U (or ends empty there). */
static void
settle_start(struct walk *k, int u, bool content)
{
    struct text_opp *o;

    if (k->open_opp < 0)
        return;
    o = &k->w->opps[k->open_opp];
    o->start = k->sum;
    o->start.width -= edges(k->w, o->cell, u);
    if (content)
        start_with(k->w, u, &o->start);
    k->open_opp = -1;
}

/* Between content T and content U: the cell before which a break would come,
 * behind closing edges and marks, before opening edges. */
static int
break_place(const struct text_work *w, int t, int u, struct boundary *b)
{
    const struct text_par *p = w->par;
    int place = -1;

    for (int i = t + 1; i < u; i++) {
        enum text_kind kind = p->items[p->cells[i].item].kind;
        b->after |= p->cells[i].after & (unsigned)~TEXT_AFTER_ATTR;
        if (text_cell_is_space(&p->cells[i])) {
            b->spaces++;
            b->after |= p->cells[i].after;
        }
        if (kind == TEXT_OPEN && place < 0)
            place = i;
    }
    return place < 0 ? u : place;
}

static void
open_boundary(struct walk *k, int u)
{
    struct text_work *w = k->w;
    struct boundary b = {k->t, u, 0, w->par->cells[k->t].after};
    int place = break_place(w, k->t, u, &b);

    int penalty = penalty_of(w, &b);
    if (penalty == FORBIDDEN)
        return;

    struct text_opp *o = add_opp(
        w, place, penalty < 0 ? TEXT_OPP_EMERGENCY : TEXT_OPP_SOFT);
    o->penalty = penalty >= 0      ? penalty
        : penalty == AGAINST_RULES ? AGAINST_PENALTY
                                   : 0;
    o->end = k->end;
    o->end.width += edges(w, k->t + 1, place);
    end_with(w, k->t, &o->end);
    o->hang = hang_of(w, k->t);
    if ((b.after & TEXT_AFTER_SHY) && b.spaces == 0) {
        int hyphen;
        text_shape_hyphen(&w->par->cells[k->t], &hyphen);
        o->end.width += hyphen + text_letter_spacing(w, k->t);
        o->kind = TEXT_OPP_HYPHEN;
        o->penalty = w->set->latin ? 1 : 50;
    }
    k->open_opp = w->n_opps - 1;
}

static void
force_break(struct walk *k, int cell, int next)
{
    struct text_opp *o;

    settle_start(k, cell, false);
    o = add_opp(k->w, next, TEXT_OPP_FORCED);
    o->end = k->end;
    if (k->t >= 0) {
        o->end.width += edges(k->w, k->t + 1, cell);
        end_with(k->w, k->t, &o->end);
        o->hang = hang_of(k->w, k->t);
    } else {
        /* an empty line: only edges stand in it */
        int begin = k->w->opps[k->w->n_opps - 2].cell;
        o->end = k->w->opps[k->w->n_opps - 2].start;
        o->end.width += edges(k->w, begin, cell);
    }
    k->open_opp = k->w->n_opps - 1;
    k->t = -1;
}

static void
walk_content(struct walk *k, int i)
{
    if (k->t >= 0)
        open_boundary(k, i);
    settle_start(k, i, true);
    add_cell(k->w, i, &k->sum);
    k->end = k->sum;
    add_gap(k->w, i, &k->sum);
    k->t = i;
}

static int64_t
least_width(const struct text_work *w, int from, int to)
{
    struct text_sum s;

    text_sum_line(w, from, to, &s);
    return s.width - text_sum_squeeze(&s) - w->opps[to].hang;
}

/* Emergency places are only for pieces that no line holds otherwise. */
static void
drop_emergencies(struct text_work *w)
{
    int kept = 0, from = 0;

    while (from < w->n_opps) {
        int to = from + 1;
        w->opps[kept] = w->opps[from];
        while (to < w->n_opps && w->opps[to].kind == TEXT_OPP_EMERGENCY)
            to++;
        kept++;
        if (to < w->n_opps && to > from + 1 &&
            least_width(w, from, to) > (int64_t)w->width + TEXT_SLACK)
            for (int i = from + 1; i < to; i++)
                w->opps[kept++] = w->opps[i];
        from = to;
    }
    w->n_opps = kept;
}

static bool
has_edge(const struct text_par *p)
{
    for (int i = 0; i < p->n_cells; i++)
        if (p->cells[i].class == TEXT_CLASS_EDGE)
            return true;
    return false;
}

void
text_break_opps(struct text_work *w)
{
    const struct text_par *p = w->par;
    struct walk k = {.w = w, .t = -1, .open_opp = 0};

    find_net(w);
    add_opp(w, 0, TEXT_OPP_FORCED);
    for (int i = 0; i < p->n_cells; i++) {
        switch (p->cells[i].class) {
        case TEXT_CLASS_EDGE:
        case TEXT_CLASS_INVISIBLE:
            add_cell(w, i, &k.sum);
            break;
        case TEXT_CLASS_SPACE:
            add_cell(w, i, &k.sum);
            add_gap(w, i, &k.sum);
            break;
        case TEXT_CLASS_BREAK:
            force_break(&k, i, i + 1);
            break;
        default:
            walk_content(&k, i);
        }
    }
    /* a break at the very end closes the last line, it opens no new one;
     * a paragraph of nothing but edges has one line, of spaces none */
    if (k.t >= 0 || (w->n_opps == 1 && has_edge(p)) ||
        edges(w, w->opps[w->n_opps - 1].cell, p->n_cells) != 0)
        force_break(&k, p->n_cells, p->n_cells);
    else
        w->opps[w->n_opps - 1].cell = p->n_cells;
    drop_emergencies(w);
}

/* ---- asking ------------------------------------------------------------ */

void
text_sum_line(const struct text_work *w, int from, int to, struct text_sum *out)
{
    const struct text_sum *a = &w->opps[from].start, *b = &w->opps[to].end;

    out->width = b->width - a->width;
    for (int i = 0; i < TEXT_STEPS; i++)
        out->squeeze[i] = b->squeeze[i] - a->squeeze[i];
    out->word = b->word - a->word;
    out->mixed = b->mixed - a->mixed;
    out->leader = b->leader - a->leader;
    out->han_gaps = b->han_gaps - a->han_gaps;
    out->han = b->han - a->han;
    out->latin = b->latin - a->latin;
    out->odd = b->odd - a->odd;
    out->halves = b->halves - a->halves;
}

int64_t
text_sum_squeeze(const struct text_sum *s)
{
    int64_t sum = 0;

    for (int i = 0; i < TEXT_STEPS; i++)
        sum += s->squeeze[i];
    return sum;
}

int64_t
text_sum_columns(const struct text_work *w, const struct text_sum *s)
{
    if (w->set->grid <= 0 || s->odd > 0 || s->halves % 2 != 0 || s->halves == 0)
        return -1;
    return (int64_t)s->halves / 2 * w->set->grid;
}

int
text_work_measure(const struct text_work *w, int from, int to)
{
    int64_t m = w->width;

    if (from == 0)
        m -= w->set->first_indent;
    if (w->opps[to].kind == TEXT_OPP_FORCED)
        m -= w->set->last_end_indent;
    return m < 0 ? 0 : (int)(m > 2000000000 ? 2000000000 : m);
}

void
text_work_span(struct text_work *w, int from, int to)
{
    if (w->n_spans == w->cap_spans) {
        w->cap_spans = w->cap_spans * 2 + 16;
        w->spans = realloc(w->spans, (size_t)w->cap_spans * sizeof *w->spans);
        if (w->spans == NULL)
            abort();
    }
    struct text_span *s = &w->spans[w->n_spans++];
    s->from = from;
    s->to = to;
    s->measure = text_work_measure(w, from, to);
    s->indent = from == 0 ? w->set->first_indent : 0;
    s->last = w->opps[to].kind == TEXT_OPP_FORCED;
}
