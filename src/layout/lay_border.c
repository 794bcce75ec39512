/* Collapsed borders.  Every line of the grid is wished for by several
 * objects: the cells at its two sides, their rows, bodies, columns and the
 * table.  The stronger wish wins (CSS 2.1 §17.6.2.1, which XSL 1.1 follows):
 * hidden, then the wider, then the more eye-catching style, then the object
 * nearer to the cell.
 *
 * A page may end anywhere, and what meets there is not what meets in the
 * middle of a page.  So each edge before and after a grid unit is worked out
 * three times (enum tbl_which): as it lies between rows; as it lies when the
 * row is the first or last on a page, against a repeated header or footer or
 * the table's own border; and as it lies where the cell is cut, when only
 * what is conditional "retain" is left. */
#include "layout/lay_table.h"

#include "base/arena.h"

#include <string.h>

struct cond {
    struct tbl_line v[TBL_WHICH];
};

struct tbl_border {
    bool first_in_table, first_in_body, first_in_part;
    bool have_leading, have_trailing;
    struct cond *col_before, *col_after; /* [columns] with the table's */
    struct tbl_line *col_start, *col_end;
    struct cond *leading,
        *trailing; /* [columns] what a body meets at a page's ends */
    struct tbl_line start, end; /* of table and part */
    struct tbl_edges *above; /* last row of header or body, NULL: none yet */
    struct tbl_edges *foot_above;
};

/* ---- who wins --------------------------------------------------------- */

static int
style_order(int style)
{
    static const signed char order[] = {
        [FO_BS_NONE] = -1,
        [FO_BS_HIDDEN] = -1,
        [FO_BS_INSET] = 0,
        [FO_BS_GROOVE] = 1,
        [FO_BS_OUTSET] = 2,
        [FO_BS_RIDGE] = 3,
        [FO_BS_DOTTED] = 4,
        [FO_BS_DASHED] = 5,
        [FO_BS_SOLID] = 6,
        [FO_BS_DOUBLE] = 7,
    };
    return order[style];
}

static int
sign(int v)
{
    return (v > 0) - (v < 0);
}

/* Positive: A wins, negative: B, 0: neither. */
static int
compare(const struct tbl *t, const struct tbl_line *a, const struct tbl_line *b)
{
    if (t->by_precedence && a->precedence != b->precedence)
        return a->precedence > b->precedence ? 1 : -1;
    if (a->style == FO_BS_HIDDEN || b->style == FO_BS_HIDDEN)
        return a->style == FO_BS_HIDDEN ? 1 : -1;
    if (a->style == FO_BS_NONE || b->style == FO_BS_NONE)
        return b->style == FO_BS_NONE ? 1 : -1;
    if (a->width != b->width)
        return sign(a->width - b->width);
    if (a->style != b->style)
        return style_order(a->style) - style_order(b->style);
    return sign(a->rank - b->rank);
}

static void
yield_to(
    const struct tbl *t, struct tbl_line *mine, const struct tbl_line *other)
{
    if (compare(t, mine, other) < 0)
        *mine = *other;
}

/* Two units side by side share one line. */
static void
settle(const struct tbl *t, struct tbl_line *a, struct tbl_line *b)
{
    int c = compare(t, a, b);
    if (c > 0)
        *b = *a;
    else if (c < 0)
        *a = *b;
}

enum {
    W_NORMAL = 1 << TBL_NORMAL,
    W_PAGE = 1 << TBL_PAGE,
    W_CUT = 1 << TBL_CUT,
    W_ALL = 7
};

static void
yield_cond(const struct tbl *t, struct tbl_line *mine, const struct cond *other,
    int which)
{
    for (int i = 0; i < TBL_WHICH; i++)
        if (which & (1 << i))
            yield_to(t, &mine[i], &other->v[i]);
}

/* ---- what an object wishes -------------------------------------------- */

static const struct tbl_line no_line = {
    .style = FO_BS_NONE, .rank = TBL_RANK_CELL};

static struct tbl_line
line_of(const struct fo_style *s, enum fo_side side, int rank)
{
    const struct fo_border *b = &s->border[side];
    struct tbl_line l = {
        .color = b->color,
        .style = (unsigned char)b->style,
        .rank = (signed char)rank,
        .width = b->style == FO_BS_NONE || b->style == FO_BS_HIDDEN ? 0
                                                                    : b->width,
        .precedence = s->border_precedence[side],
    };
    return l;
}

static struct cond
cond_of(const struct fo_style *s, enum fo_side side, int rank)
{
    struct cond c;
    c.v[TBL_NORMAL] = c.v[TBL_PAGE] = c.v[TBL_CUT] = line_of(s, side, rank);
    if (!s->border[side].retain)
        c.v[TBL_CUT] = no_line;
    return c;
}

static struct cond
no_cond(void)
{
    struct cond c = {{no_line, no_line, no_line}};
    return c;
}

/* ---- columns ---------------------------------------------------------- */

static struct cond
column_cond(
    const struct tbl *t, const struct tbl_column *col, enum fo_side side)
{
    struct cond c = no_cond();
    if (col->node)
        c = cond_of(col->node->style, side, TBL_RANK_COLUMN);
    struct cond table = cond_of(t->style, side, TBL_RANK_TABLE);
    yield_cond(t, c.v, &table, W_NORMAL | W_CUT);
    c.v[TBL_PAGE] = c.v[TBL_CUT];
    return c;
}

void
tbl_border_begin(struct tbl *t)
{
    if (t->separate)
        return;
    size_t n = (size_t)t->n_columns;
    struct tbl_border *b = t->border = ARENA_NEW(t->arena, struct tbl_border);
    b->first_in_table = b->first_in_body = true;
    b->col_before = arena_array(t->arena, n, sizeof *b->col_before);
    b->col_after = arena_array(t->arena, n, sizeof *b->col_after);
    b->leading = arena_array(t->arena, n, sizeof *b->leading);
    b->trailing = arena_array(t->arena, n, sizeof *b->trailing);
    b->col_start = arena_array(t->arena, n, sizeof *b->col_start);
    b->col_end = arena_array(t->arena, n, sizeof *b->col_end);
    for (size_t i = 0; i < n; i++) {
        const struct tbl_column *col = &t->columns[i];
        b->col_before[i] = column_cond(t, col, FO_BEFORE);
        b->col_after[i] = column_cond(t, col, FO_AFTER);
        b->col_start[i] = b->col_end[i] = no_line;
        if (!col->node)
            continue;
        b->col_start[i] = line_of(col->node->style, FO_START, TBL_RANK_COLUMN);
        b->col_end[i] = line_of(col->node->style, FO_END, TBL_RANK_COLUMN);
    }
}

/* ---- one row ---------------------------------------------------------- */

static const struct tbl_gcell *
cell_of(const struct tbl_grid *g, const struct tbl_unit *u)
{
    return u->cell ? &g->cells[u->cell - 1] : NULL;
}

static bool
is_last_row(const struct tbl_gcell *c, const struct tbl_unit *u)
{
    return !c || u->dy == c->rows - 1;
}

static bool
is_last_column(const struct tbl_gcell *c, const struct tbl_unit *u)
{
    return !c || u->dx == c->cols - 1;
}

static void
copy_cond(struct tbl_line *to, const struct cond *from)
{
    memcpy(to, from->v, sizeof from->v);
}

/* A unit begins with what its cell wishes. */
static void
edges_from_cell(
    struct tbl_edges *e, const struct tbl_gcell *c, const struct tbl_unit *u)
{
    struct cond none = no_cond();
    e->start = e->end = no_line;
    copy_cond(e->before, &none);
    copy_cond(e->after, &none);
    if (!c)
        return;
    const struct fo_style *s = c->node->style;
    struct cond before = cond_of(s, FO_BEFORE, TBL_RANK_CELL);
    struct cond after = cond_of(s, FO_AFTER, TBL_RANK_CELL);
    if (u->dy > 0)
        before.v[TBL_NORMAL] = no_line;
    if (!is_last_row(c, u))
        after.v[TBL_NORMAL] = no_line;
    copy_cond(e->before, &before);
    copy_cond(e->after, &after);
    if (u->dx == 0)
        e->start = line_of(s, FO_START, TBL_RANK_CELL);
    if (is_last_column(c, u))
        e->end = line_of(s, FO_END, TBL_RANK_CELL);
}

static void
with_row(const struct tbl *t, struct tbl_edges *e, const struct tbl_gcell *c,
    const struct tbl_unit *u, const struct fo_style *row)
{
    struct cond before = cond_of(row, FO_BEFORE, TBL_RANK_ROW);
    struct cond after = cond_of(row, FO_AFTER, TBL_RANK_ROW);
    yield_cond(t, e->before, &before, u->dy == 0 ? W_ALL : W_CUT);
    yield_cond(t, e->after, &after, is_last_row(c, u) ? W_ALL : W_CUT);
}

/* Lines between the columns of one row. */
static void
resolve_columns(const struct tbl *t, const struct tbl_grid *g, int r,
    const struct fo_style *row)
{
    const struct tbl_border *b = t->border;
    int n = g->columns;
    const struct tbl_unit *u = g->units + (size_t)r * (size_t)n;
    struct tbl_edges *e = g->edges + (size_t)r * (size_t)n;
    struct tbl_line start = b->start, end = b->end;
    if (row) {
        struct tbl_line row_start = line_of(row, FO_START, TBL_RANK_ROW);
        struct tbl_line row_end = line_of(row, FO_END, TBL_RANK_ROW);
        yield_to(t, &start, &row_start);
        yield_to(t, &end, &row_end);
    }
    yield_to(t, &e[0].start, &b->col_start[0]);
    yield_to(t, &e[0].start, &start);
    for (int i = 0; i + 1 < n; i++) {
        if (!is_last_column(cell_of(g, &u[i]), &u[i]))
            continue;
        yield_to(t, &e[i].end, &b->col_end[i]);
        yield_to(t, &e[i + 1].start, &b->col_start[i + 1]);
        settle(t, &e[i].end, &e[i + 1].start);
    }
    yield_to(t, &e[n - 1].end, &b->col_end[n - 1]);
    yield_to(t, &e[n - 1].end, &end);
}

static void
resolve_between(const struct tbl *t, struct tbl_edges *above,
    struct tbl_edges *below, const struct tbl_unit *units)
{
    for (int i = 0; i < t->n_columns; i++)
        if (!units || units[i].dy == 0)
            settle(
                t, &below[i].before[TBL_NORMAL], &above[i].after[TBL_NORMAL]);
}

static void
all_as_normal(struct tbl_line *v)
{
    v[TBL_PAGE] = v[TBL_CUT] = v[TBL_NORMAL];
}

static void
first_in_table(const struct tbl *t, struct tbl_edges *row, int which)
{
    struct tbl_border *b = t->border;
    for (int i = 0; i < t->n_columns; i++)
        yield_cond(t, row[i].before, &b->col_before[i], which);
    b->first_in_table = false;
}

static void
last_in_table(const struct tbl *t, struct tbl_edges *row, int which)
{
    for (int i = 0; i < t->n_columns; i++)
        yield_cond(t, row[i].after, &t->border->col_after[i], which);
}

/* A row of the header borders the table's top the same way on every page. */
static void
header_row(struct tbl *t, struct tbl_edges *row, const struct tbl_unit *units)
{
    struct tbl_border *b = t->border;
    if (b->above)
        resolve_between(t, b->above, row, units);
    else {
        for (int i = 0; i < t->n_columns; i++)
            all_as_normal(row[i].before);
        first_in_table(t, row, W_NORMAL | W_CUT);
    }
    b->above = row;
}

static void
footer_row(struct tbl *t, struct tbl_edges *row, const struct tbl_unit *units)
{
    struct tbl_border *b = t->border;
    if (b->foot_above)
        resolve_between(t, b->foot_above, row, units);
    else
        for (int i = 0; i < t->n_columns; i++) {
            all_as_normal(row[i].before);
            memcpy(b->trailing[i].v, row[i].before, sizeof b->trailing[i].v);
            b->have_trailing = true;
        }
    b->foot_above = row;
}

static void
body_row(struct tbl *t, struct tbl_edges *row, const struct tbl_unit *units)
{
    struct tbl_border *b = t->border;
    if (b->first_in_table)
        first_in_table(t, row, W_ALL);
    else {
        if (b->above)
            resolve_between(t, b->above, row, units);
        for (int i = 0; i < t->n_columns; i++) {
            if (b->above && b->first_in_body) /* the header's last row */
                b->above[i].after[TBL_PAGE] = b->above[i].after[TBL_NORMAL];
            yield_cond(t, row[i].before, &b->leading[i], W_PAGE | W_CUT);
        }
    }
    for (int i = 0; i < t->n_columns; i++) {
        yield_cond(t, row[i].after, &b->trailing[i], W_PAGE | W_CUT);
        if (b->first_in_body)
            row[i].before[TBL_PAGE] = row[i].before[TBL_NORMAL];
    }
    b->first_in_body = false;
    b->above = row;
}

/* ---- parts and groups ------------------------------------------------- */

static void
part_begin(struct tbl *t, const struct fo_node *part)
{
    struct tbl_border *b = t->border;
    size_t n = (size_t)t->n_columns;
    struct tbl_line start = line_of(part->style, FO_START, TBL_RANK_PART);
    struct tbl_line end = line_of(part->style, FO_END, TBL_RANK_PART);
    b->start = line_of(t->style, FO_START, TBL_RANK_TABLE);
    b->end = line_of(t->style, FO_END, TBL_RANK_TABLE);
    yield_to(t, &b->start, &start);
    yield_to(t, &b->end, &end);
    b->first_in_part = true;
    if (part->kind != FO_TABLE_BODY)
        return;
    if (!b->have_leading || t->style->omit_header_at_break)
        memcpy(b->leading, b->col_before, n * sizeof *b->leading);
    if (!b->have_trailing || t->style->omit_footer_at_break)
        memcpy(b->trailing, b->col_after, n * sizeof *b->trailing);
}

static void
part_end(struct tbl *t, const struct fo_node *part, struct tbl_edges *row)
{
    struct tbl_border *b = t->border;
    struct cond after = cond_of(part->style, FO_AFTER, TBL_RANK_PART);
    for (int i = 0; i < t->n_columns; i++) {
        yield_cond(t, row[i].after, &after, W_ALL);
        if (part->kind != FO_TABLE_BODY)
            all_as_normal(row[i].after);
        if (part->kind != FO_TABLE_HEADER)
            continue;
        memcpy(b->leading[i].v, row[i].after, sizeof b->leading[i].v);
        b->have_leading = true;
    }
    if (part->kind == FO_TABLE_FOOTER) {
        last_in_table(t, row, W_NORMAL | W_CUT);
        for (int i = 0; i < t->n_columns; i++)
            row[i].after[TBL_PAGE] = row[i].after[TBL_NORMAL];
    }
}

static void
group_row(struct tbl *t, struct tbl_grid *g, int r)
{
    struct tbl_border *b = t->border;
    const struct fo_style *row = g->row_nodes[r] ? g->row_nodes[r]->style
                                                 : NULL;
    const struct tbl_unit *u = g->units + (size_t)r * (size_t)g->columns;
    struct tbl_edges *e = g->edges + (size_t)r * (size_t)g->columns;
    struct cond part_before = cond_of(g->part->style, FO_BEFORE, TBL_RANK_PART);
    for (int i = 0; i < g->columns; i++) {
        const struct tbl_gcell *c = cell_of(g, &u[i]);
        edges_from_cell(&e[i], c, &u[i]);
        if (row)
            with_row(t, &e[i], c, &u[i], row);
        if (b->first_in_part)
            yield_cond(t, e[i].before, &part_before, W_ALL);
    }
    b->first_in_part = false;
    resolve_columns(t, g, r, row);
    if (g->part->kind == FO_TABLE_HEADER)
        header_row(t, e, u);
    else if (g->part->kind == FO_TABLE_FOOTER)
        footer_row(t, e, u);
    else
        body_row(t, e, u);
}

void
tbl_border_group(struct tbl *t, struct tbl_grid *g)
{
    if (t->separate)
        return;
    if (g->first_in_part)
        part_begin(t, g->part);
    for (int r = 0; r < g->rows; r++)
        group_row(t, g, r);
    if (g->last_in_part)
        part_end(
            t, g->part, g->edges + (size_t)(g->rows - 1) * (size_t)g->columns);
}

void
tbl_border_moved(
    struct tbl *t, const struct fo_node *part, struct tbl_edges *row)
{
    if (t->separate)
        return;
    if (part->kind == FO_TABLE_FOOTER)
        t->border->foot_above = row;
    else
        t->border->above = row;
}

void
tbl_border_end(struct tbl *t, struct tbl_edges *last, struct tbl_edges *foot)
{
    if (t->separate || !last)
        return;
    if (foot)
        resolve_between(t, last, foot, NULL);
    else
        last_in_table(t, last, W_NORMAL);
    for (int i = 0; i < t->n_columns; i++)
        last[i].after[TBL_PAGE] = last[i].after[TBL_NORMAL];
}
