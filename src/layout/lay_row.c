/* Cutting a row group.
 *
 * Rows are stacked until the page is full.  A page may then end
 *   - between two rows, where cells that span both are cut, or
 *   - inside a row, where every cell of that row is cut: each at the last
 *     place of its own that still fits.
 * Cells that begin in the row must all have begun; of those that go on from
 * an earlier page at least one must get further, so that there is progress.
 * Of all such places the one with the weakest keep wins, then the latest.
 *
 * Cutting and painting both take the heights of rows from tbl_page_rows. */
#include "layout/lay_table.h"

#include "base/arena.h"
#include "base/length.h"

#include <string.h>

/* ---- edges of cells --------------------------------------------------- */

static int
widest(const struct tbl_group *g, const struct tbl_cell *c, int row,
    bool before, enum tbl_which w)
{
    int max = 0;
    const struct tbl_edges *e = g->edges + (size_t)row * (size_t)g->n_columns +
        c->col;
    for (int i = 0; i < c->cols; i++)
        max = lay_int_max(
            max, before ? e[i].before[w].width : e[i].after[w].width);
    return max;
}

static int
border_at(const struct tbl_group *g, const struct tbl_cell *c, int row,
    enum tbl_which w, enum fo_side side)
{
    if (!g->t)
        return 0;
    if (!g->t->separate)
        return widest(g, c, row, side == FO_BEFORE, w) / 2;
    if (w == TBL_CUT && !c->node->style->border[side].retain)
        return 0;
    return c->border[side] + g->t->sep_b;
}

/* [mpt] border, half the border separation or half the collapsed line, above
 * cell C where ROW is the first of its rows on the page. */
int
tbl_border_before(const struct tbl_group *g, const struct tbl_cell *c, int row,
    enum tbl_which w)
{
    return border_at(g, c, row, w, FO_BEFORE);
}

int
tbl_border_after(const struct tbl_group *g, const struct tbl_cell *c, int row,
    enum tbl_which w)
{
    return border_at(g, c, row, w, FO_AFTER);
}

static int
before(const struct tbl_group *g, const struct tbl_cell *c, int row,
    enum tbl_which w)
{
    return tbl_border_before(g, c, row, w) + c->pad[w == TBL_CUT][FO_BEFORE];
}

static int
after(const struct tbl_group *g, const struct tbl_cell *c, int row,
    enum tbl_which w)
{
    return tbl_border_after(g, c, row, w) + c->pad[w == TBL_CUT][FO_AFTER];
}

/* ---- one page's part of a group --------------------------------------- */

struct tbl_cell *
tbl_cell_at(const struct tbl_group *g, int row, int col)
{
    int i = g->at[(size_t)row * (size_t)g->n_columns + (size_t)col];
    return i ? &g->cells[i - 1] : NULL;
}

static int
last_row(const struct tbl_cell *c)
{
    return c->row + c->rows - 1;
}

/* Where C goes on from an earlier page; NULL: it begins here. */
const struct tbl_spot *
tbl_spot_from(const struct lay_comp_pos *from, const struct tbl_cell *c)
{
    if (!from || c->row > from->row || (c->row == from->row && !from->inside))
        return NULL;
    return &from->spots[c->col];
}

/* Where C goes on on the next page; NULL: it ends here. */
const struct tbl_spot *
tbl_spot_to(const struct lay_comp_pos *to, const struct tbl_cell *c)
{
    if (!to || last_row(c) < to->row)
        return NULL;
    return &to->spots[c->col];
}

enum tbl_which
tbl_which_before(const struct tbl_page *p, const struct tbl_cell *c)
{
    if (tbl_spot_from(p->from, c))
        return TBL_CUT;
    return p->page_first && c->row <= p->first ? TBL_PAGE : TBL_NORMAL;
}

enum tbl_which
tbl_which_after(const struct tbl_page *p, const struct tbl_cell *c)
{
    if (tbl_spot_to(p->to, c))
        return TBL_CUT;
    return p->page_last && last_row(c) >= p->last ? TBL_PAGE : TBL_NORMAL;
}

/* Height of a tape from a place to its end. */
static int
rest_of(
    struct lay *l, const struct tbl_cell *c, struct lay_pos at, struct arena *a)
{
    struct lay_room room = {.height = MPT_MAX, .must = true, .at_top = true};
    long long sum = 0;
    for (;;) {
        struct lay_cut cut;
        lay_cut_tape(l, c->tape, at, &room, a, &cut);
        sum += cut.height;
        if (cut.done || cut.nothing ||
            (cut.end.index == at.index && !cut.end.sub))
            return mpt_clamp(sum);
        at = cut.end;
    }
}

/* [mpt] content of C from SPOT to its end, the explicit height's remainder
 * with it. */
static int
content_left(struct lay *l, const struct tbl_cell *c,
    const struct tbl_spot *spot, struct arena *a)
{
    if (!spot)
        return c->content + c->filler;
    if (spot->label)
        return c->label_height;
    if (spot->done)
        return 0;
    return rest_of(l, c, spot->at, a) + c->filler;
}

/* [mpt] what of that is content, and not explicit height. */
int
tbl_part_content(struct lay *l, const struct tbl_page *p,
    const struct tbl_cell *c, struct arena *a)
{
    const struct tbl_spot *from = tbl_spot_from(p->from, c),
                          *to = tbl_spot_to(p->to, c);
    if (to)
        return to->content;
    int h = content_left(l, c, from, a);
    return from && from->done ? h : h - c->filler;
}

int
tbl_part_height(struct lay *l, const struct tbl_page *p,
    const struct tbl_cell *c, struct arena *a)
{
    const struct tbl_spot *to = tbl_spot_to(p->to, c);
    return to ? to->part : content_left(l, c, tbl_spot_from(p->from, c), a);
}

/* [mpt] of C's part from the top of its first row on this page. */
static int
cell_height(struct lay *l, const struct tbl_group *g, const struct tbl_page *p,
    const struct tbl_cell *c, int row, struct arena *a)
{
    int start = lay_int_max(c->row, p->first) - c->row;
    return before(g, c, c->row + start, tbl_which_before(p, c)) +
        tbl_part_height(l, p, c, a) + after(g, c, row, tbl_which_after(p, c));
}

static int
row_height(struct lay *l, const struct tbl_group *g, const struct tbl_page *p,
    int row, struct arena *a)
{
    int h = 0;
    const int *y = p->y - p->first;
    for (int i = 0; i < g->n_columns; i++) {
        const struct tbl_cell *c = tbl_cell_at(g, row, i);
        if (!c || c->col != i || (row < p->last && last_row(c) > row))
            continue;
        int top = y[lay_int_max(c->row, p->first)];
        h = lay_int_max(h,
            mpt_clamp(
                (long long)top + cell_height(l, g, p, c, row, a) - y[row]));
    }
    return h;
}

/* Fills p->y; from, to, first, last and the flags are given. */
void
tbl_page_rows(struct lay *l, const struct tbl_group *g, struct tbl_page *p,
    struct arena *a)
{
    p->y = arena_array(a, (size_t)(p->last - p->first) + 2, sizeof *p->y);
    int *y = p->y - p->first;
    for (int r = p->first; r <= p->last; r++)
        y[r + 1] = mpt_clamp((long long)y[r] + row_height(l, g, p, r, a));
}

/* ---- cutting ---------------------------------------------------------- */

struct cutter {
    struct lay *lay;
    const struct tbl_group *g;
    const struct lay_comp_pos *from;
    const struct lay_room *room;
    struct arena *arena;
    struct tbl_page page; /* as if the group went on to its end */
    int height; /* [mpt] there is */
};

/* One way to end the page. */
struct attempt {
    bool possible;
    int row; /* the last row on the page */
    bool inside; /* it is cut, else the page ends behind it */
    struct lay_comp_pos *to;
    int strength;
    enum lay_force force;
    int height;
    bool progress; /* a cell that goes on got further */
};

static int
strength(const struct cutter *c, const struct fo_keep *k)
{
    return c->room->page ? lay_int_max(k->column, k->page) : k->column;
}

/* An explicit height belongs to the first part as far as it goes; what it
 * adds behind the content stays with the last line. */
static int
part_of(const struct tbl_cell *cell, const struct lay_cut *cut, int used)
{
    return cut->done ? cut->height + cell->filler
                     : lay_int_max(cut->height, cell->least - used);
}

/* Cuts the content of CELL to ROOM [mpt]; S is where it goes on. */
static bool
cut_content(struct cutter *c, const struct tbl_cell *cell,
    const struct tbl_spot *from, int room, bool must, struct tbl_spot *s,
    struct lay_cut *cut)
{
    struct lay_room r = {
        .height = room, .page = c->room->page, .must = must, .at_top = true};
    struct lay_pos at = from ? from->at : (struct lay_pos){0};
    int used = from ? from->used : 0;
    for (int tries = 0; tries < 8; tries++) {
        lay_cut_tape(c->lay, cell->tape, at, &r, c->arena, cut);
        if (cut->nothing)
            return false;
        int part = part_of(cell, cut, used);
        if (part <= room || must) {
            s->at = cut->end;
            s->done = cut->done;
            s->used = mpt_clamp((long long)used + cut->height);
            s->part = part;
            s->content = cut->height;
            return true;
        }
        r.height = lay_int_min(cut->done ? cut->height
                                         : room - (cut->height - cut->least),
                       r.height) -
            1;
        if (!cut->done && cut->height <= room)
            return false;
    }
    return false;
}

/* What goes on of a cell that has no more content, or whose label stands. */
static bool
cut_finished(const struct tbl_cell *cell, const struct tbl_spot *from,
    struct tbl_spot *s)
{
    *s = *from;
    s->part = s->content = from->label ? cell->label_height : 0;
    s->label = cell->label != NULL;
    return true;
}

static struct lay_pos pos_copy(
    struct lay_tape *t, struct lay_pos at, struct arena *a);

/* Places live as long as the page they end; one that is handed on is copied. */
static const struct lay_comp_pos *
comp_pos_copy(
    const struct tbl_group *g, const struct lay_comp_pos *from, struct arena *a)
{
    size_t size = sizeof *from + (size_t)g->n_columns * sizeof *from->spots;
    struct lay_comp_pos *to = arena_alloc(a, size);
    memcpy(to, from, size);
    for (int i = 0; i < g->n_cells; i++) {
        const struct tbl_cell *c = &g->cells[i];
        if (tbl_spot_from(from, c) && last_row(c) >= from->row)
            to->spots[c->col].at = pos_copy(c->tape, from->spots[c->col].at, a);
    }
    return to;
}

static struct lay_pos
pos_copy(struct lay_tape *t, struct lay_pos at, struct arena *a)
{
    struct lay_item *it = at.sub ? lay_tape_at(t, at.index) : NULL;
    if (it && it->kind == LAY_COMP && it->u.comp->ops->fit == tbl_fit)
        at.sub = comp_pos_copy(it->u.comp->data, at.sub, a);
    return at;
}

static int
top_of(const struct cutter *c, const struct tbl_cell *cell)
{
    return c->page.y[lay_int_max(cell->row, c->page.first) - c->page.first];
}

/* Cuts CELL, active in ROW, where the page ends at HEIGHT.  False: it cannot
 * be cut there. */
static bool
cut_cell(struct cutter *c, struct attempt *t, const struct tbl_cell *cell,
    int height, bool must)
{
    const struct tbl_spot *from = tbl_spot_from(c->from, cell);
    struct tbl_spot *s = &t->to->spots[cell->col];
    int first = lay_int_max(cell->row, c->page.first);
    int edges = before(c->g, cell, first, tbl_which_before(&c->page, cell)) +
        after(c->g, cell, t->row, TBL_CUT);
    if (from && from->done)
        return cut_finished(cell, from, s);

    struct lay_cut cut;
    int room = height - top_of(c, cell) - edges;
    if (!cut_content(c, cell, from, room, must, s, &cut)) {
        if (!from)
            return false;
        *s = *from; /* it waits for the next page */
        s->at = pos_copy(cell->tape, from->at, c->arena);
        s->part = s->content = 0;
        return true;
    }
    if (from)
        t->progress = true;
    s->label = s->done && cell->label != NULL;
    t->strength = lay_int_max(t->strength, cut.force ? 0 : cut.strength);
    if (cut.force > t->force)
        t->force = cut.force;
    return true;
}

/* A forced break in a cell ends the page at that height for all cells. */
static int
forced_height(struct cutter *c, const struct attempt *t, int height)
{
    int least = height;
    for (int i = 0; i < c->g->n_columns; i++) {
        const struct tbl_cell *cell = tbl_cell_at(c->g, t->row, i);
        if (!cell || cell->col != i || !cell->forces)
            continue;
        const struct tbl_spot *from = tbl_spot_from(c->from, cell);
        if (from && from->done)
            continue;
        struct lay_room r = {.height = MPT_MAX,
            .page = c->room->page,
            .must = true,
            .at_top = true};
        struct lay_cut cut;
        lay_cut_tape(c->lay, cell->tape, from ? from->at : (struct lay_pos){0},
            &r, c->arena, &cut);
        if (!cut.force)
            continue;
        int part = lay_int_max(
            cut.height, cell->least - (from ? from->used : 0));
        int end = top_of(c, cell) + part + after(c->g, cell, t->row, TBL_CUT) +
            before(c->g, cell, lay_int_max(cell->row, c->page.first),
                tbl_which_before(&c->page, cell));
        least = lay_int_min(least, end);
    }
    return least;
}

/* [mpt] where every cell that begins in the row, or, when none does, at
 * least one cell has got a first piece. */
static int
first_step(struct cutter *c, struct attempt *t)
{
    int all = 0, least = MPT_MAX;
    for (int i = 0; i < c->g->n_columns; i++) {
        const struct tbl_cell *cell = tbl_cell_at(c->g, t->row, i);
        if (!cell || cell->col != i)
            continue;
        const struct tbl_spot *from = tbl_spot_from(c->from, cell);
        if (from && from->done)
            continue;
        struct lay_room r = {.height = MPT_MAX,
            .page = c->room->page,
            .earliest = true,
            .at_top = true};
        struct lay_cut cut;
        lay_cut_tape(c->lay, cell->tape, from ? from->at : (struct lay_pos){0},
            &r, c->arena, &cut);
        int first = lay_int_max(cell->row, c->page.first);
        int end = top_of(c, cell) + part_of(cell, &cut, from ? from->used : 0) +
            after(c->g, cell, t->row, TBL_CUT) +
            before(c->g, cell, first, tbl_which_before(&c->page, cell));
        if (from)
            least = lay_int_min(least, end);
        else
            all = lay_int_max(all, end);
    }
    return all ? all : least;
}

static struct lay_comp_pos *
pos_new(struct cutter *c)
{
    size_t n = (size_t)c->g->n_columns;
    return arena_alloc(
        c->arena, sizeof(struct lay_comp_pos) + n * sizeof(struct tbl_spot));
}

/* Heights of the rows as they come out when the page ends as T says. */
static void
measure(struct cutter *c, struct attempt *t)
{
    struct tbl_page p = c->page;
    p.to = t->to;
    p.last = t->row;
    p.page_last = true;
    tbl_page_rows(c->lay, c->g, &p, c->arena);
    t->height = p.y[p.last - p.first + 1];
}

/* Near its ends a table may forbid breaks (fox:widow-content-limit). */
static bool
is_guarded(const struct cutter *c, const struct attempt *t)
{
    int placed = mpt_clamp(
        (long long)t->height + (c->from ? c->from->placed : 0));
    t->to->placed = placed;
    return placed < c->g->guard_start ||
        c->g->comp.height - placed < c->g->guard_end;
}

/* A cell whose content ends here may have to be kept with what follows. */
static int
keep_of_finished(const struct cutter *c, const struct tbl_cell *cell)
{
    struct lay_ctx none = {0};
    struct fo_keep k = lay_keep_between(&none, cell->node, NULL);
    return strength(c, &k);
}

/* Whether all cells that end in the row end on this page: no cut at all. */
static bool
is_row_done(const struct cutter *c, const struct attempt *t)
{
    for (int i = 0; i < c->g->n_columns; i++) {
        const struct tbl_cell *cell = tbl_cell_at(c->g, t->row, i);
        if (cell && cell->col == i && last_row(cell) == t->row &&
            !t->to->spots[i].done)
            return false;
    }
    return true;
}

/* The page ends at HEIGHT inside row t->row, or behind it. */
static void
try_cut(struct cutter *c, struct attempt *t, int height, bool must)
{
    t->possible = t->progress = false;
    t->force = LAY_FORCE_NONE;
    t->strength = 0;
    t->to = pos_new(c);
    t->to->row = t->inside ? t->row : t->row + 1;
    t->to->inside = t->inside;
    bool begins = false; /* a cell that begins on this page */
    for (int i = 0; i < c->g->n_columns; i++) {
        const struct tbl_cell *cell = tbl_cell_at(c->g, t->row, i);
        if (!cell || cell->col != i)
            continue;
        begins |= !tbl_spot_from(c->from, cell);
        if (!t->inside && last_row(cell) <= t->row)
            continue;
        if (!cut_cell(c, t, cell, height, must))
            return;
        if (t->to->spots[cell->col].done)
            t->strength = lay_int_max(t->strength, keep_of_finished(c, cell));
    }
    if (t->inside && !begins && !t->progress && t->row == c->page.first)
        return; /* nothing would have been placed */
    t->possible = true;
    const struct tbl_row *row = &c->g->rows[t->row];
    int keep = strength(c, t->inside ? &row->together : &row->with_next);
    t->strength = lay_int_max(t->strength, keep);
    if (!t->inside && row->force_next > t->force)
        t->force = row->force_next;
    if (t->force)
        t->strength = 0;
    measure(c, t);
    if (!t->force && is_guarded(c, t))
        t->strength = FO_KEEP_ALWAYS;
}

static bool
is_allowed(const struct cutter *c, const struct attempt *t, bool must)
{
    return t->possible && (t->strength < FO_KEEP_ALWAYS || must) &&
        t->height <= c->height;
}

/* ---- the walk over the rows ------------------------------------------- */

static int
row_end(const struct cutter *c, int row)
{
    return c->page.y[row - c->page.first + 1];
}

/* The page ends behind ROW.  Cells that span on take what the row leaves
 * them; when no row could follow on this page (FULL), all there is, but not
 * more than the row's explicit height allows. */
static void
try_behind(struct cutter *c, struct attempt *t, int row, bool full, bool must)
{
    const struct tbl_row *r = &c->g->rows[row];
    int end = row_end(c, row), most = c->height;
    if (r->most >= 0)
        most = lay_int_min(
            most, lay_int_max(end, c->page.y[row - c->page.first] + r->most));
    *t = (struct attempt){.row = row};
    if (!full)
        try_cut(c, t, lay_int_min(end, most), must);
    if (!t->possible)
        try_cut(c, t, most, must);
}

/* The page ends inside ROW, at HEIGHT or, when that would leave nothing of
 * the row, above it. */
static void
try_inside(struct cutter *c, struct attempt *t, int row, int height, bool must)
{
    for (int tries = 0; tries < 8; tries++) {
        *t = (struct attempt){.row = row, .inside = true};
        try_cut(c, t, height, must);
        if (!t->possible || !is_row_done(c, t))
            return;
        height = lay_int_min(t->height, height) - 1;
    }
    t->possible = false;
}

/* All that the row's own cells have is on the page: it ends behind the row,
 * when there is room for their after-edges. */
static void
end_behind(struct cutter *c, struct attempt *t)
{
    struct attempt behind = *t;
    if (t->row + 1 >= c->g->n_rows)
        return;
    behind.inside = false;
    behind.to = (struct lay_comp_pos *)comp_pos_copy(c->g, t->to, c->arena);
    behind.to->row++;
    behind.to->inside = false;
    measure(c, &behind);
    if (behind.height <= c->height)
        *t = behind;
}

/* A forced break in a cell that lies in ROW (spanning cells: not below it). */
static bool
forced_inside(struct cutter *c, int row, struct attempt *t)
{
    if (!c->g->forces)
        return false;
    struct attempt try = {.row = row, .inside = true};
    int height = forced_height(c, &try, MPT_MAX);
    if (height >= MPT_MAX || height > c->height)
        return false;
    if (row < c->g->n_rows - 1 && height > row_end(c, row))
        return false;
    try_cut(c, &try, height, false);
    if (!try.possible)
        try_cut(c, &try, lay_int_min(first_step(c, &try), c->height), false);
    if (!try.possible || !try.force)
        return false;
    *t = try;
    if (is_row_done(c, &try))
        end_behind(c, t);
    return true;
}

/* The first row at which the page has to end: it is too high, a forced break
 * lies in or behind it, or it is the last.  T is set when it is forced. */
static int
walk_rows(struct cutter *c, struct attempt *forced)
{
    for (int r = c->page.first; r < c->g->n_rows; r++) {
        if (forced_inside(c, r, forced))
            return r;
        if (row_end(c, r) > c->height)
            return r;
        if (r + 1 < c->g->n_rows && c->g->rows[r].force_next) {
            struct attempt t;
            try_behind(c, &t, r, false, false);
            if (t.possible) {
                *forced = t;
                return r;
            }
        }
    }
    return c->g->n_rows;
}

static void
keep_better(const struct cutter *c, struct attempt *best,
    const struct attempt *t, bool must)
{
    if (is_allowed(c, t, must) &&
        (!best->possible || t->strength < best->strength))
        *best = *t;
}

/* The best place in or before row STOP, the first that does not fit. */
static void
best_place(struct cutter *c, int stop, bool must, struct attempt *best)
{
    struct attempt t;
    *best = (struct attempt){0};
    try_inside(c, &t, stop, c->height, must);
    keep_better(c, best, &t, must);
    for (int r = stop - 1; r >= c->page.first; r--) {
        if (best->possible && best->strength == 0)
            return;
        if (!best->possible ||
            strength(c, &c->g->rows[r].with_next) < best->strength) {
            try_behind(c, &t, r, r == stop - 1, must);
            keep_better(c, best, &t, must);
        }
        if (!best->possible ||
            strength(c, &c->g->rows[r].together) < best->strength) {
            try_inside(
                c, &t, r, lay_int_min(c->height, row_end(c, r) - 1), must);
            keep_better(c, best, &t, must);
        }
    }
}

/* Nothing fits, but something must be placed: the least there is. */
static void
least_place(struct cutter *c, struct attempt *best)
{
    struct attempt t = {.row = c->page.first, .inside = true};
    int height = first_step(c, &t);
    if (height < row_end(c, t.row)) {
        try_cut(c, &t, height, true);
        if (t.possible && t.height < row_end(c, t.row)) {
            *best = t;
            return;
        }
    }
    if (t.row + 1 >= c->g->n_rows)
        return; /* the whole group */
    t = (struct attempt){.row = c->page.first};
    try_cut(c, &t, lay_int_max(c->height, row_end(c, t.row)), true);
    *best = t;
}

/* A repeated label gives way when there is no room for it. */
static void
drop_labels(struct cutter *c)
{
    if (!c->from)
        return;
    struct tbl_spot *spots = (struct tbl_spot *)c->from->spots;
    for (int i = 0; i < c->g->n_columns; i++)
        if (spots[i].done)
            spots[i].label = false;
}

static bool
has_labels(const struct cutter *c)
{
    for (int i = 0; c->from && i < c->g->n_columns; i++)
        if (c->from->spots[i].label)
            return true;
    return false;
}

static void
begin(struct cutter *c)
{
    c->page.from = c->from;
    c->page.to = NULL;
    c->page.page_last = false;
    c->page.page_first = c->room->first;
    c->page.first = c->from ? c->from->row : 0;
    c->page.last = c->g->n_rows - 1;
    tbl_page_rows(c->lay, c->g, &c->page, c->arena);
}

static void
answer(struct cutter *c, const struct attempt *t, struct lay_cut *out)
{
    out->end.sub = t->to;
    out->height = out->least = t->height;
    out->strength = t->strength;
    out->force = t->force;
    out->overflow = t->height > c->height;
}

static void
answer_whole(struct cutter *c, struct lay_cut *out)
{
    out->done = true;
    out->height = out->least = row_end(c, c->g->n_rows - 1);
    out->overflow = out->height > c->height;
}

/* The group fits, but the page must end inside it. */
static void
fit_inside(struct cutter *c, struct lay_cut *out)
{
    struct attempt best;
    int last = c->g->n_rows - 1;
    c->height = lay_int_min(c->height, row_end(c, last) - 1);
    best_place(c, last, false, &best);
    if (best.possible)
        answer(c, &best, out);
    else
        out->nothing = true;
}

/* The first place there is. */
static void
fit_earliest(struct cutter *c, struct lay_cut *out)
{
    struct attempt t = {.row = c->page.first, .inside = true};
    int height = first_step(c, &t);
    if (height < row_end(c, t.row)) {
        try_cut(c, &t, height, false);
        if (is_allowed(c, &t, false)) {
            answer(c, &t, out);
            return;
        }
    }
    for (int r = c->page.first; r + 1 < c->g->n_rows; r++) {
        try_behind(c, &t, r, false, false);
        if (is_allowed(c, &t, false)) {
            answer(c, &t, out);
            return;
        }
    }
    answer_whole(c, out);
}

void
tbl_fit(struct lay *l, struct lay_comp *comp, const struct lay_comp_pos *from,
    const struct lay_room *room, struct arena *a, struct lay_cut *out)
{
    struct cutter c = {.lay = l,
        .g = comp->data,
        .from = from,
        .room = room,
        .arena = a,
        .height = room->height};
    *out = (struct lay_cut){0};
    begin(&c);
    if (room->inside) {
        fit_inside(&c, out);
        return;
    }
    if (room->earliest) {
        fit_earliest(&c, out);
        return;
    }
    for (;;) {
        struct attempt forced = {0}, best = {0};
        int stop = walk_rows(&c, &forced);
        if (forced.possible) {
            answer(&c, &forced, out);
            return;
        }
        if (stop >= c.g->n_rows) {
            answer_whole(&c, out);
            return;
        }
        best_place(&c, stop, false, &best);
        if (!best.possible && room->must && has_labels(&c)) {
            drop_labels(&c);
            begin(&c);
            continue;
        }
        if (!best.possible && room->must)
            best_place(&c, stop, true, &best);
        if (best.possible) {
            answer(&c, &best, out);
            return;
        }
        break;
    }
    if (!room->must) {
        out->nothing = true;
        return;
    }
    struct attempt best = {0};
    least_place(&c, &best);
    if (best.possible)
        answer(&c, &best, out);
    else
        answer_whole(&c, out);
}
