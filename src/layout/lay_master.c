/* Page masters: which one a page takes (XSL 1.1 §6.4), and where its regions
 * lie. */
#include "layout/lay_master.h"

#include "base/diag.h"
#include "base/length.h"

#include <limits.h>
#include <string.h>

#define A4_WIDTH 595276 /* [mpt] 210 mm */
#define A4_HEIGHT 841890 /* [mpt] 297 mm */

/* ---- choice ----------------------------------------------------------- */

static const struct fo_node *
child_of_kind(const struct fo_node *n, enum fo_kind k)
{
    for (n = n ? n->first : NULL; n; n = n->next)
        if (n->kind == k)
            return n;
    return NULL;
}

static const struct fo_node *
master_set(const struct lay *l)
{
    return child_of_kind(l->tree->root, FO_LAYOUT_MASTER_SET);
}

static const struct fo_node *
master_by_name(struct lay *l, const char *name, bool sequences)
{
    const struct fo_node *set = master_set(l);
    for (const struct fo_node *n = set ? set->first : NULL; n && name;
         n = n->next) {
        bool fits = n->kind == FO_SIMPLE_PAGE_MASTER ||
            (sequences && n->kind == FO_PAGE_SEQUENCE_MASTER);
        if (fits && n->style->master_name &&
            !strcmp(n->style->master_name, name))
            return n;
    }
    return NULL;
}

enum status
lay_masters_begin(
    struct lay *l, struct lay_masters *m, const struct fo_node *seq)
{
    memset(m, 0, sizeof *m);
    m->master = master_by_name(l, seq->style->master_reference, true);
    if (!m->master || !child_of_kind(master_set(l), FO_SIMPLE_PAGE_MASTER)) {
        struct where w = fo_where(l->tree, seq);
        const char *name = seq->style->master_reference;
        diag_add(l->diags, DIAG_FO_NO_MASTER, &w, name ? name : "",
            "the page-sequence was left out");
        return STATUS_BAD_INPUT;
    }
    if (m->master->kind == FO_PAGE_SEQUENCE_MASTER)
        m->sub = m->master->first;
    return STATUS_OK;
}

static int
most_pages(const struct fo_node *sub)
{
    if (sub->kind == FO_SINGLE_PAGE_MASTER_REFERENCE)
        return 1;
    return sub->style->maximum_repeats < 0 ? INT_MAX
                                           : sub->style->maximum_repeats;
}

static bool
condition_holds(const struct fo_style *s, const struct lay_page_kind *k)
{
    switch (s->page_position) {
    case FO_V_FIRST:
        if (!k->first)
            return false;
        break;
    case FO_V_LAST:
        if (!k->last)
            return false;
        break;
    case FO_V_REST:
        if (k->first || k->last)
            return false;
        break;
    case FO_V_ONLY:
        if (!k->first || !k->last)
            return false;
        break;
    default:
        break;
    }
    if ((s->odd_or_even == FO_V_ODD && !k->odd) ||
        (s->odd_or_even == FO_V_EVEN && k->odd))
        return false;
    if ((s->blank_or_not_blank == FO_V_BLANK && !k->blank) ||
        (s->blank_or_not_blank == FO_V_NOT_BLANK && k->blank))
        return false;
    return true;
}

static const char *
name_from_sub(const struct fo_node *sub, const struct lay_page_kind *k)
{
    if (sub->kind != FO_REPEATABLE_PAGE_MASTER_ALTERNATIVES)
        return sub->style->master_reference;
    for (const struct fo_node *c = sub->first; c; c = c->next)
        if (condition_holds(c->style, k))
            return c->style->master_reference;
    return NULL;
}

/* The specifier and master for the page: used-up specifiers are passed, the
 * last of them goes on for ever. */
static const struct fo_node *
find(struct lay *l, const struct lay_masters *m, const struct lay_page_kind *k,
    const struct fo_node **sub)
{
    int used = m->used;
    *sub = m->sub;
    for (const struct fo_node *s = m->sub; s; s = s->next, used = 0) {
        bool spent = used >= most_pages(s);
        if (spent && s->next)
            continue;
        const char *name = name_from_sub(s, k);
        const struct fo_node *found = master_by_name(l, name, false);
        *sub = s;
        if (found)
            return found;
        struct where w = fo_where(l->tree, s);
        if (name)
            diag_add(l->diags, DIAG_FO_NO_MASTER, &w, name,
                "the next one that fits is used");
    }
    return NULL;
}

const struct fo_node *
lay_masters_choose(
    struct lay *l, struct lay_masters *m, const struct lay_page_kind *kind)
{
    if (!m->sub && m->master->kind == FO_SIMPLE_PAGE_MASTER)
        return m->master;
    const struct fo_node *sub;
    const struct fo_node *found = find(l, m, kind, &sub);
    struct lay_page_kind other = *kind;
    other.last = false; /* no alternative for a last page: the usual one */
    if (!found && kind->last)
        found = find(l, m, &other, &sub);
    if (found)
        return found;
    struct where w = fo_where(l->tree, m->master);
    const char *name = m->master->style->master_name;
    diag_add(l->diags, DIAG_FO_NO_MASTER, &w, name ? name : "",
        "no alternative fits this page, the first page master is used");
    return child_of_kind(master_set(l), FO_SIMPLE_PAGE_MASTER);
}

void
lay_masters_next(
    struct lay *l, struct lay_masters *m, const struct lay_page_kind *kind)
{
    const struct fo_node *sub;
    if (!m->sub)
        return;
    find(l, m, kind, &sub);
    m->used = sub == m->sub ? m->used + 1 : 1;
    m->sub = sub;
}

/* ---- geometry --------------------------------------------------------- */

struct rect {
    int x, y, w, h;
};

/* R, unturned inside the page-reference-area ON of the sheet, as it lies on
 * the sheet when the area's content is turned by TURN. */
static struct rect
turned(struct rect r, int turn, struct rect on)
{
    switch (turn) {
    case 90:
        return (struct rect){on.x + r.y, on.y + on.h - r.x - r.w, r.h, r.w};
    case 180:
        return (struct rect){
            on.x + on.w - r.x - r.w, on.y + on.h - r.y - r.h, r.w, r.h};
    case 270:
        return (struct rect){on.x + on.w - r.y - r.h, on.y + r.x, r.h, r.w};
    default:
        return (struct rect){on.x + r.x, on.y + r.y, r.w, r.h};
    }
}

static int
extent(const struct fo_node *n, int base)
{
    return n ? fo_len_mpt(n->style->extent, base) : 0;
}

struct page_box {
    struct rect on; /* the page-reference-area on the sheet */
    int w, h; /* its extent, turned: what regions see */
    int full_w, full_h; /* the sheet's, turned: base of extents in percent */
    int turn;
};

/* R without the margins; percentages count from the side they lie along. */
static struct rect
inside_margins(const struct fo_style *s, struct rect r, int base_w, int base_h)
{
    int top = fo_len_mpt(s->margin[0], base_h);
    int right = fo_len_mpt(s->margin[1], base_w);
    int bottom = fo_len_mpt(s->margin[2], base_h);
    int left = fo_len_mpt(s->margin[3], base_w);
    return (struct rect){
        r.x + left, r.y + top, r.w - left - right, r.h - top - bottom};
}

static int
edge(const struct fo_style *s, enum fo_side side, int base)
{
    const struct fo_border *b = &s->border[side];
    bool none = b->style == FO_BS_NONE || b->style == FO_BS_HIDDEN;
    return (none ? 0 : b->width) + fo_len_mpt(s->padding[side].len, base);
}

static void
set_region(struct lay_region *out, const struct fo_node *n, struct rect r,
    const struct page_box *p)
{
    const struct fo_style *s = n->style;
    r.w = lay_int_max(0, r.w);
    r.h = lay_int_max(0, r.h);
    out->node = n;
    out->name = s->region_name;
    /* The property is inherited: a region with its master's own value is
     * turned with the page, not once more. */
    int own = s->reference_orientation % 360;
    if (own == p->turn)
        own = 0;
    out->orientation = (short)((p->turn + own) % 360);
    struct rect on = turned(r, p->turn, p->on);
    out->x = on.x;
    out->y = on.y;
    out->w = on.w;
    out->h = on.h;
    int w = r.w - edge(s, FO_START, r.w) - edge(s, FO_END, r.w);
    int h = r.h - edge(s, FO_BEFORE, r.w) - edge(s, FO_AFTER, r.w);
    bool swap = own % 180 != 0;
    out->ipd = lay_int_max(0, swap ? h : w);
    out->bpd = lay_int_max(0, swap ? w : h);
}

static void
measure_sides(const struct fo_node *const n[5], const struct page_box *p,
    struct lay_master *out)
{
    int before = extent(n[REGION_BEFORE], p->full_h),
        after = extent(n[REGION_AFTER], p->full_h);
    int start = extent(n[REGION_START], p->full_w),
        end = extent(n[REGION_END], p->full_w);
    bool full_before = n[REGION_BEFORE] &&
        n[REGION_BEFORE]->style->precedence == FO_V_TRUE;
    bool full_after = n[REGION_AFTER] &&
        n[REGION_AFTER]->style->precedence == FO_V_TRUE;
    int top = full_before ? before : 0, bottom = full_after ? after : 0;
    struct rect r[5] = {
        [REGION_BEFORE] = {full_before ? 0 : start, 0,
            p->w - (full_before ? 0 : start + end), before},
        [REGION_AFTER] = {full_after ? 0 : start, p->h - after,
            p->w - (full_after ? 0 : start + end), after},
        [REGION_START] = {0, top, start, p->h - top - bottom},
        [REGION_END] = {p->w - end, top, end, p->h - top - bottom},
    };
    for (int i = REGION_BEFORE; i <= REGION_END; i++)
        if (n[i])
            set_region(&out->region[i], n[i], r[i], p);
}

/* LINES lines and COLUMNS characters fill the block exactly: the first frame
 * at its upper left, the last at its lower right corner. */
static void
measure_grid(struct lay_master *m, int size)
{
    const struct fo_style *s = m->region[REGION_BODY].node->style;
    if (s->sb_grid_lines > 1 && size > 0)
        m->grid_pitch = (m->region[REGION_BODY].bpd - size) /
            (s->sb_grid_lines - 1);
    if (s->sb_grid_columns > 0)
        m->grid_advance = m->column_ipd / s->sb_grid_columns;
    m->grid_size = size;
    if (m->grid_pitch < size)
        m->grid_pitch = 0;
}

void
lay_master_measure(struct lay *l, const struct fo_node *simple, int size,
    struct lay_master *out)
{
    static const enum fo_kind kinds[5] = {FO_REGION_BODY, FO_REGION_BEFORE,
        FO_REGION_AFTER, FO_REGION_START, FO_REGION_END};
    const struct fo_style *s = simple->style;
    const struct fo_node *n[5];
    memset(out, 0, sizeof *out);
    out->node = simple;
    out->name = s->master_name;
    out->width = s->page_width.is_auto
        ? A4_WIDTH
        : lay_int_max(1, fo_len_mpt(s->page_width, A4_WIDTH));
    out->height = s->page_height.is_auto
        ? A4_HEIGHT
        : lay_int_max(1, fo_len_mpt(s->page_height, A4_HEIGHT));
    for (int i = 0; i < 5; i++)
        n[i] = child_of_kind(simple, kinds[i]);

    struct page_box p = {.turn = s->reference_orientation % 360};
    p.full_w = p.turn % 180 ? out->height : out->width;
    p.full_h = p.turn % 180 ? out->width : out->height;
    p.on = inside_margins(s, (struct rect){0, 0, out->width, out->height},
        out->width, out->height);
    p.w = p.turn % 180 ? p.on.h : p.on.w;
    p.h = p.turn % 180 ? p.on.w : p.on.h;
    measure_sides(n, &p, out);

    struct rect body = {0, 0, p.w, p.h};
    if (n[REGION_BODY])
        body = inside_margins(n[REGION_BODY]->style, body, p.full_w, p.full_h);
    if (!n[REGION_BODY])
        n[REGION_BODY] =
            simple; /* reported by the reader; the page itself serves */
    if (body.w <= 0 || body.h <= 0) {
        struct where w = fo_where(l->tree, n[REGION_BODY]);
        diag_add(l->diags, DIAG_PAGE_TOO_SMALL, &w,
            "the margins are larger than the page");
    }
    set_region(&out->region[REGION_BODY], n[REGION_BODY], body, &p);
    const struct fo_style *b = n[REGION_BODY]->style;
    out->columns = lay_int_max(
        1, lay_int_min(b->column_count, LAY_COLUMNS_MAX));
    if (b->column_count > LAY_COLUMNS_MAX) {
        struct where w = fo_where(l->tree, n[REGION_BODY]);
        diag_add(
            l->diags, DIAG_MEASURE, &w, "more than 100 columns", "100 are set");
    }
    out->gap = out->columns > 1
        ? fo_len_mpt(b->column_gap, out->region[REGION_BODY].ipd)
        : 0;
    long long gaps = (out->columns - 1) * (long long)out->gap;
    out->column_ipd = lay_int_max(
        0, mpt_clamp((out->region[REGION_BODY].ipd - gaps) / out->columns));
    measure_grid(out, size);
}
