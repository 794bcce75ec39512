/* What each cell gives up or gets beside its neighbours, for one setting:
 * halves of adjacent marks, Han-Latin gaps, what may be squeezed, what may be
 * stretched.  Model: CLREQ "Punctuation Adjustment Space" and "Line
 * Adjustment"; a mark is half an em of body and half an em of glue.
 *
 * Edges of inlines without width and marks are looked through, so that
 * trimming survives markup. */
#include "text/text_par.h"

#include <stddef.h>

bool
text_cell_is_space(const struct text_cell *c)
{
    return c->class == TEXT_CLASS_SPACE;
}

static const struct text_style *
style_of(const struct text_work *w, const struct text_cell *c)
{
    return &w->par->items[c->item].style;
}

int
text_letter_spacing(const struct text_work *w, int cell)
{
    const struct text_cell *c = &w->par->cells[cell];

    return c->face != NULL ? style_of(w, c)->letter_spacing : 0;
}

/* ---- one cell ---------------------------------------------------------- */

static enum text_step
step_of(enum text_class c)
{
    switch (c) {
    case TEXT_CLASS_COMMA:
        return TEXT_STEP_COMMA;
    case TEXT_CLASS_STOP:
        return TEXT_STEP_STOP;
    default:
        return TEXT_STEP_BRACKET;
    }
}

/* The styles: 开明 keeps sentence ends at one em, 半角 nothing; 行末半角 and
 * untrimmed keep everything and squeeze nothing inside the line. */
static int
style_trim(enum text_punct punct, const struct text_cell *c)
{
    if (punct == TEXT_BANJIAO)
        return c->blank;
    if (punct == TEXT_KAIMING && c->class != TEXT_CLASS_STOP)
        return c->blank;
    return 0;
}

static void
slot_of_mark(
    const struct text_work *w, const struct text_cell *c, struct text_slot *s)
{
    enum text_punct punct = w->set->punct;

    s->trim = style_trim(punct, c);
    s->width -= s->trim;
    if (punct != TEXT_HANGMO && punct != TEXT_UNTRIMMED)
        s->squeeze = c->blank - s->trim;
    s->step = (unsigned char)step_of(c->class);
}

static void
slot_of_space(
    const struct text_work *w, const struct text_cell *c, struct text_slot *s)
{
    int least = c->size / 4, most = c->size / 2;

    s->width += style_of(w, c)->word_spacing;
    s->step = TEXT_STEP_WORD;
    s->gap_kind = TEXT_GAP_WORD;
    s->own_gap = true;
    if (w->set
            ->latin) { /* as FOP: by a third, only where both edges are flush */
        s->squeeze = w->set->align == TEXT_JUSTIFY ? c->width / 3 : 0;
        s->stretch = c->width / 2;
        return;
    }
    s->squeeze = s->width > least ? s->width - least : 0;
    s->stretch = s->width < most ? most - s->width : 0;
}

static void
slot_of_leader(
    const struct text_work *w, const struct text_item *it, struct text_slot *s)
{
    s->step = TEXT_STEP_LEADER;
    if (w->set->latin && w->set->align != TEXT_JUSTIFY &&
        w->set->align_last != TEXT_JUSTIFY)
        return; /* as FOP: rigid in ragged text */
    s->squeeze = it->width > it->min ? it->width - it->min : 0;
    s->stretch = it->max > it->width ? it->max - it->width : 0;
}

static void
slot_of_cell(
    const struct text_work *w, const struct text_cell *c, struct text_slot *s)
{
    const struct text_item *it = &w->par->items[c->item];
    int grid = w->set->grid;

    s->width = c->width;
    /* in the grid full-width characters keep its pitch in mixed lines too */
    if (grid > 0 && c->halves > 0 && grid > c->size * 5 / 6 &&
        grid < c->size * 7 / 6)
        s->width += (grid - c->size) * c->halves / 2;
    if (text_class_has_blank(c->class))
        slot_of_mark(w, c, s);
    else if (text_cell_is_space(c) || c->class == TEXT_CLASS_NOBREAK_SPACE)
        slot_of_space(w, c, s);
    else if (it->kind == TEXT_LEADER)
        slot_of_leader(w, it, s);
}

/* ---- two neighbours ---------------------------------------------------- */

static void
trim(struct text_slot *s, const struct text_cell *c)
{
    int rest = c->blank - s->trim;

    s->width -= rest;
    s->trim = c->blank;
    s->squeeze = 0;
}

/* Adjacent marks, CSS Text 4 "fullwidth-collapsing" and CLREQ: between two of
 * them stands half an em at most.  Where the blanks of both face each other,
 * the opening mark loses its own, across sizes the smaller glyph. */
static void
trim_pair(const struct text_work *w, int t, int u)
{
    const struct text_cell *a = &w->par->cells[t], *b = &w->par->cells[u];
    bool closing = text_class_is_closing(a->class) && a->blank > 0;
    bool opening = b->class == TEXT_CLASS_OPEN;

    if (w->set->punct == TEXT_HANGMO || w->set->punct == TEXT_UNTRIMMED)
        return;
    if (closing &&
        (text_class_is_closing(b->class) || b->class == TEXT_CLASS_MID ||
            b->class == TEXT_CLASS_IDSPACE)) {
        trim(&w->slots[t], a);
    } else if (closing && opening && a->size < b->size) {
        trim(&w->slots[t], a);
    } else if (opening &&
        (closing || a->class == TEXT_CLASS_OPEN || a->class == TEXT_CLASS_MID ||
            a->class == TEXT_CLASS_IDSPACE)) {
        bool already = w->slots[u].trim == b->blank;
        trim(&w->slots[u], b);
        w->slots[u].paired = !already;
    }
}

/* Ideographs that ask for a gap beside Latin; circled numbers, full-width
 * letters and the like do not. */
static bool
wants_gap(const struct text_cell *c)
{
    return (c->class == TEXT_CLASS_HAN || c->class == TEXT_CLASS_NOSTART) &&
        c->cp >= 0x2E80 && (c->cp < 0xFF00 || c->cp > 0xFFEF);
}

static bool
is_latin(const struct text_cell *c)
{
    return c->class == TEXT_CLASS_ALPHA || c->class == TEXT_CLASS_DIGIT ||
        c->class == TEXT_CLASS_SIGN;
}

/* 公文 keep 2026年1月 and 第3号 close. */
static bool
is_close_in_date(const struct text_cell *han, const struct text_cell *latin)
{
    static const uint32_t close[] = {0x5E74, 0x6708, 0x65E5, 0x7B2C, 0x53F7};

    if (latin->class != TEXT_CLASS_DIGIT)
        return false;
    for (int i = 0; i < 5; i++)
        if (han->cp == close[i])
            return true;
    return false;
}

/* The Han-Latin gap between two cells [mpt], 0 for none. */
static int
mixed_gap(const struct text_work *w, const struct text_cell *a,
    const struct text_cell *b, int *em)
{
    const struct text_cell *han = wants_gap(a) ? a : b;
    const struct text_cell *latin = han == a ? b : a;

    if (w->set->autospace <= 0 || !wants_gap(han) || !is_latin(latin))
        return 0;
    if (w->set->close_dates && is_close_in_date(han, latin))
        return 0;
    *em = han->size;
    return (int)((int64_t)han->size * w->set->autospace / 1000);
}

static int
mixed_stretch(const struct text_work *w, int gap, int em)
{
    int most = w->set->grid > 0 ? em / 2 : em / 3;

    return most > gap ? most - gap : 0;
}

/* May justification open this place?  Not at connectors, nor inside rows of
 * dashes, dots and stacked marks. */
static bool
is_han_gap(const struct text_cell *a, const struct text_cell *b)
{
    if (!text_class_is_cjk(a->class) || !text_class_is_cjk(b->class))
        return false;
    if (a->class >= TEXT_CLASS_HYPHEN && a->class <= TEXT_CLASS_DASH1)
        return false;
    if (b->class >= TEXT_CLASS_HYPHEN && b->class <= TEXT_CLASS_DASH1)
        return false;
    if (a->class == b->class &&
        (a->class == TEXT_CLASS_DASH2 || a->class == TEXT_CLASS_ELLIPSIS))
        return false;
    return !(a->class == TEXT_CLASS_STOP && a->halves == 1 &&
        b->class == TEXT_CLASS_STOP);
}

static void
gap_between(const struct text_work *w, int t, int u)
{
    const struct text_cell *a = &w->par->cells[t], *b = &w->par->cells[u];
    struct text_slot *s = &w->slots[t];
    int em = 0, gap = mixed_gap(w, a, b, &em);

    if (gap > 0) {
        s->gap_kind = TEXT_GAP_MIXED;
        s->gap += gap;
        s->gap_squeeze = gap - gap / 2;
        s->stretch = mixed_stretch(w, gap, em);
    } else if (is_han_gap(a, b)) {
        s->gap_kind = TEXT_GAP_HAN;
    }
}

/* A source space between Han and Latin is the gap, not one more. */
static void
space_as_gap(const struct text_work *w, int t, int space, int u)
{
    struct text_slot *s = &w->slots[space];
    int em = 0;
    int gap = mixed_gap(w, &w->par->cells[t], &w->par->cells[u], &em);

    if (gap <= 0)
        return;
    s->width = gap;
    s->squeeze = gap - gap / 2;
    s->stretch = mixed_stretch(w, gap, em);
    s->step = TEXT_STEP_MIXED;
    s->gap_kind = TEXT_GAP_MIXED;
}

/* The space in 3 500 is a quarter em (GB/T 15835) and stays so: a
 * number is not pulled apart to fill a line. */
static void
space_in_number(const struct text_work *w, int space)
{
    struct text_slot *s = &w->slots[space];

    s->width = w->par->cells[space].size / 4;
    s->squeeze = s->stretch = 0;
}

/* ---- the paragraph ----------------------------------------------------- */

void
text_break_slots(struct text_work *w)
{
    const struct text_par *p = w->par;
    int t = -1, before = -1; /* the neighbour, and the one before it */

    for (int i = 0; i < p->n_cells; i++) {
        const struct text_cell *c = &p->cells[i];
        slot_of_cell(w, c, &w->slots[i]);

        if (c->class == TEXT_CLASS_INVISIBLE)
            continue;
        if (c->class == TEXT_CLASS_EDGE) {
            if (c->width != 0)
                t = before = -1;
            continue;
        }
        if (c->class == TEXT_CLASS_BREAK) {
            t = before = -1;
            continue;
        }
        w->slots[i].gap = text_letter_spacing(w, i);
        if (t >= 0 && !w->set->latin) {
            trim_pair(w, t, i);
            gap_between(w, t, i);
            if (before >= 0 && text_cell_is_space(&p->cells[t]))
                space_as_gap(w, before, t, i);
            if (before >= 0 && text_cell_is_space(&p->cells[t]) &&
                text_is_group_space(w, before, i))
                space_in_number(w, t);
        }
        before = t;
        t = i;
    }
}
