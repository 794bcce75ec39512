/* The body of a page: sections of equal span, their columns, and footnotes
 * at the foot. */
#include "layout/lay_page.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/length.h"

#include <string.h>

/* ---- sections --------------------------------------------------------- */

/* Whether what begins at POS spans all columns. */
static bool
spans_all(struct lay_tape *t, struct lay_pos pos)
{
    struct lay_item *it;
    for (int i = pos.index; (it = lay_tape_at(t, i)); i++) {
        const struct lay_box *b = it->kind == LAY_OPEN ? it->u.box : it->in;
        while (b && b->parent)
            b = b->parent;
        if (b)
            return b->node && b->node->style->span == FO_V_ALL;
        if (it->kind == LAY_BOX || it->kind == LAY_COMP)
            return false;
    }
    return false;
}

struct section {
    int columns, ipd, gap;
};

static struct section
section_at(const struct lay_sequence *q, struct lay_pos pos)
{
    const struct lay_master *m = &q->master;
    if (m->columns == 1 || spans_all(q->tape, pos))
        return (struct section){1, m->region[REGION_BODY].ipd, 0};
    return (struct section){m->columns, m->column_ipd, m->gap};
}

/* ---- footnotes -------------------------------------------------------- */

static int
separator_height(struct lay_sequence *q, const struct area_page *page,
    struct arena *a, struct lay_tape **t)
{
    *t = NULL;
    if (!q->separator)
        return 0;
    *t = lay_static_tape(
        q, q->separator, page, a, q->master.region[REGION_BODY].ipd, -1);
    return lay_tape_height(q->lay, *t, false);
}

void
lay_emit_notes(struct lay_emit *e, struct lay_note *n)
{
    for (; n; n = n->next) {
        struct lay_pending *p = ARENA_NEW(e->notes->arena, struct lay_pending);
        p->tape = n->tape;
        p->height = n->height;
        p->flow = e->notes->flow;
        p->anchor = e->notes->anchor;
        if (e->notes->last)
            e->notes->last->next = p;
        else
            e->notes->first = p;
        e->notes->last = p;
    }
}

static int
waiting_height(const struct lay_notes *n)
{
    int h = 0;
    for (const struct lay_pending *p = n->first; p; p = p->next)
        h = mpt_clamp((long long)h + p->height);
    return h;
}

/* Sets what fits of the waiting notes into HEIGHT; the rest goes on waiting.
 * Answers the height used, separator not counted. */
static int
set_notes(struct lay_sequence *q, struct lay_emit *e, struct area *foot,
    int height, bool must)
{
    struct lay_emit in = *e;
    in.area = foot;
    in.left = 0;
    in.notes = NULL;
    in.shrink = 0;
    in.y = foot->bpd;
    int start = in.y;
    while (q->notes.first) {
        struct lay_pending *p = q->notes.first;
        struct lay_room room = {.height = height - (in.y - start),
            .must = must,
            .at_top = true,
            .page = true};
        struct lay_cut cut;
        lay_cut_tape(q->lay, p->tape, p->from, &room, q->notes.arena, &cut);
        if (cut.nothing)
            break;
        lay_emit_tape(p->tape, p->from, cut.end, true, true, &in);
        must = false;
        if (!cut.done) {
            p->from = cut.end;
            p->height = lay_int_max(0, p->height - cut.height);
            break;
        }
        q->notes.first = p->next;
        if (!p->next)
            q->notes.last = NULL;
    }
    foot->bpd = in.y;
    return in.y - start;
}

/* ---- columns ---------------------------------------------------------- */

struct column_cut {
    struct lay_pos from;
    struct lay_cut cut;
};

/* Cuts N columns of HEIGHT from POS.  Answers how many were begun. */
static int
cut_columns(struct lay_sequence *q, struct lay_pos pos, int n, int height,
    bool must, struct lay_note_room *notes, struct column_cut *out)
{
    int i = 0;
    while (i < n) {
        struct lay_room room = {
            .height = height,
            .page = i == n - 1,
            .must = must,
            .at_top = true,
            .note_room = n == 1 ? notes : NULL,
        };
        out[i].from = pos;
        lay_cut_tape(q->lay, q->tape, pos, &room, q->pos_arena[0], &out[i].cut);
        if (out[i].cut.nothing)
            break;
        pos = out[i].cut.end;
        const struct lay_cut *c = &out[i++].cut;
        if (c->done || c->force == LAY_FORCE_SPAN ||
            c->force > LAY_FORCE_COLUMN)
            break;
        must = true;
    }
    return i;
}

static bool
ends_section(const struct lay_cut *c)
{
    return c->done || c->force == LAY_FORCE_SPAN;
}

/* Columns of equal height: the least height at which all the section's
 * content still goes into N columns. */
static int
balance(struct lay_sequence *q, struct lay_pos pos, int n, int height,
    struct column_cut *cuts)
{
    int low = 0, high = height;
    while (high - low > 100) {
        int mid = low + (high - low) / 2;
        int k = cut_columns(q, pos, n, mid, true, NULL, cuts);
        bool over = k == 0;
        for (int i = 0; i < k; i++)
            over |= cuts[i].cut.overflow;
        if (k && !over && ends_section(&cuts[k - 1].cut))
            high = mid;
        else
            low = mid;
    }
    return high;
}

/* How the spaces on a page answer to its height: they give what is too much
 * and, when the page is full, take what is left; the last page is not full. */
static double
shrink_of(const struct lay_cut *c, int height)
{
    int over = c->height - height;
    int give = c->height - c->least, take = c->most - c->height;
    if (over > 0 && give > 0)
        return over >= give ? 1 : (double)over / give;
    if (over < 0 && take > 0 && !c->done && !c->force)
        return -over >= take ? -1 : (double)over / take;
    return 0;
}

static int
emit_column(struct lay_sequence *q, struct lay_emit *e, struct area *span,
    int x, int ipd, const struct column_cut *k, int height)
{
    struct lay_emit in = *e;
    in.area = span;
    struct area *flow = lay_emit_area(&in, AREA_FLOW, q->flow);
    flow->x = x;
    flow->ipd = ipd;
    flow->is_reference = true;
    in.area = in.absolute = flow;
    flow->bpd =
        height; /* absolute boxes measure from here; its own is set below */
    in.y = 0;
    in.left = 0;
    in.shrink = shrink_of(&k->cut, height);
    lay_emit_tape(q->tape, k->from, k->cut.end, true, true, &in);
    flow->bpd = in.y;
    return in.y;
}

/* ---- the body --------------------------------------------------------- */

static bool
wants_balance(const struct lay_sequence *q, const struct lay_cut *last)
{
    return last->force == LAY_FORCE_SPAN ||
        (last->done &&
            q->master.region[REGION_BODY].node->style->fox_balance_columns);
}

/* One section; answers false when the page is full. */
static bool
fill_section(struct lay_sequence *q, struct lay_emit *e, struct area *main,
    int room, bool first, struct lay_note_room *notes, enum lay_force *force)
{
    struct section s = section_at(q, q->pos);
    struct column_cut cuts[LAY_COLUMNS_MAX];
    int k = cut_columns(q, q->pos, s.columns, room, first, notes, cuts);
    if (!k)
        return false;
    int height = room;
    if (s.columns > 1 && wants_balance(q, &cuts[k - 1].cut)) {
        height = balance(q, q->pos, s.columns, room, cuts);
        k = cut_columns(q, q->pos, s.columns, height, true, NULL, cuts);
    }
    struct lay_emit in = *e;
    in.area = main;
    struct area *span = lay_emit_area(&in, AREA_SPAN, NULL);
    span->y = main->bpd;
    span->ipd = q->master.region[REGION_BODY].ipd;
    span->columns = (short)s.columns;
    span->gap = s.gap;
    span->is_reference = true;
    for (int i = 0; i < s.columns; i++) {
        int x = i * (s.ipd + s.gap);
        if (i < k) {
            int h = emit_column(q, e, span, x, s.ipd, &cuts[i], height);
            span->bpd = lay_int_max(span->bpd, h);
        } else {
            in.area = span;
            struct area *flow = lay_emit_area(&in, AREA_FLOW, q->flow);
            flow->x = x;
            flow->ipd = s.ipd;
            flow->is_reference = true;
        }
    }
    main->bpd = mpt_clamp((long long)main->bpd + span->bpd);
    const struct lay_cut *last = &cuts[k - 1].cut;
    if (last->overflow && k == s.columns)
        lay_warn_body(q, last->height - room);
    q->pos = last->end;
    q->done = last->done;
    *force = last->force;
    return !last->done && last->force == LAY_FORCE_SPAN;
}

void
lay_warn_body(struct lay_sequence *q, int over)
{
    char mpt[24];
    struct lay_item *it = lay_tape_at(q->tape, q->pos.index);
    const struct fo_node *n = it && it->in && it->in->node ? it->in->node
                                                           : q->flow;
    struct where w = fo_where(q->lay->tree, n);
    if (over > 10)
        diag_add(q->lay->diags, DIAG_PAGE_OVERFLOW, &w, mpt_print(mpt, over),
            "page", "it sticks out at the foot");
}

/* Notes take room from the text: in one column the cut itself counts them;
 * in several, the text is set again with less room until both fit. */
void
lay_body_fill(struct lay_sequence *q, struct area_page *page,
    struct lay_emit *e, struct area *region, enum lay_force *force)
{
    struct lay_emit in = *e;
    in.area = region;
    in.notes = &q->notes;
    struct area *main = lay_emit_area(&in, AREA_MAIN, NULL);
    main->is_reference = true;
    main->ipd = region->ipd;
    struct area *foot = lay_emit_area(&in, AREA_FOOTNOTES, NULL);
    foot->ipd = region->ipd;
    foot->is_reference = true;

    struct lay_tape *separator;
    int height = region->bpd;
    if (q->master.grid_pitch > 0) /* the last line needs its frame only */
        height += q->master.grid_pitch - q->master.grid_size;
    struct lay_note_room notes = {
        .separator = separator_height(q, page, e->arena, &separator)};
    notes.waiting = lay_int_min(
        waiting_height(&q->notes), lay_int_max(0, height - notes.separator));
    *force = LAY_FORCE_NONE;
    if (!q->done) {
        bool first = true;
        while (fill_section(
            q, &in, main, height - main->bpd, first, &notes, force))
            first = false;
    }
    if (q->notes.first) {
        if (separator) {
            struct lay_emit se = *e;
            se.area = foot;
            se.left = 0;
            se.y = 0;
            se.notes = NULL;
            lay_emit_tape(separator, (struct lay_pos){0},
                (struct lay_pos){MPT_MAX, NULL}, true, true, &se);
            foot->bpd = se.y;
        }
        bool alone = !main->first;
        set_notes(q, e, foot, region->bpd - main->bpd - foot->bpd,
            alone || main->bpd + foot->bpd <= region->bpd);
        foot->y = lay_int_max(main->bpd, region->bpd - foot->bpd);
    } else {
        foot->y = region->bpd;
    }
    enum fo_value align = q->master.region[REGION_BODY]
                              .node->style->display_align;
    int room = foot->y - main->bpd;
    if (room > 0 && align == FO_V_CENTER)
        main->y = room / 2;
    else if (room > 0 && align == FO_V_AFTER)
        main->y = room;
}

bool
lay_body_is_last(struct lay_sequence *q)
{
    struct lay_note_room notes = {.waiting = waiting_height(&q->notes)};
    int height = q->master.region[REGION_BODY].bpd;
    if (q->master.grid_pitch > 0)
        height += q->master.grid_pitch - q->master.grid_size;
    struct lay_pos pos = q->pos;
    int used = 0;
    for (;;) {
        struct section s = section_at(q, pos);
        struct column_cut cuts[LAY_COLUMNS_MAX];
        int k = cut_columns(
            q, pos, s.columns, height - used, used == 0, &notes, cuts);
        if (!k)
            return false;
        const struct lay_cut *c = &cuts[k - 1].cut;
        if (c->done)
            return true;
        if (c->force != LAY_FORCE_SPAN)
            return false;
        for (int i = 0; i < k; i++)
            used = lay_int_max(used, cuts[i].cut.height);
        pos = c->end;
    }
}
