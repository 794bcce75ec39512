/* From table-rows and table-cells to a grid, one row group at a time.  The
 * cells' column-numbers and spans are obeyed as far as they make sense; what
 * does not is told and put right, so that everything behind this file may
 * rely on a clean grid. */
#include "layout/lay_table.h"

#include "base/arena.h"
#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

bool
tbl_is_part(const struct fo_node *n)
{
    return n->kind == FO_TABLE_HEADER || n->kind == FO_TABLE_FOOTER ||
        n->kind == FO_TABLE_BODY;
}

/* ---- rows ------------------------------------------------------------- */

static const struct fo_node *
skip_to_content(const struct fo_node *n)
{
    while (n && n->kind != FO_TABLE_ROW && n->kind != FO_TABLE_CELL)
        n = n->next;
    return n;
}

/* FIRST is a table-row, or the first cell of a row without one: where the
 * row's cells end, and what begins the next row. */
const struct fo_node *
tbl_row_after(const struct fo_node *first, const struct fo_node **end)
{
    if (first->kind == FO_TABLE_ROW) {
        *end = NULL;
        return skip_to_content(first->next);
    }
    for (const struct fo_node *n = first;;) {
        bool ends = n->style->ends_row;
        n = skip_to_content(n->next);
        if (!n || ends || n->kind == FO_TABLE_ROW || n->style->starts_row) {
            *end = n;
            return n;
        }
    }
}

static int
count_rows(const struct fo_node *part)
{
    int n = 0;
    const struct fo_node *end;
    for (const struct fo_node *r = skip_to_content(part->first); r; n++)
        r = tbl_row_after(r, &end);
    return n;
}

void
tbl_reader_begin(struct tbl_reader *r, const struct fo_node *part)
{
    r->part = part;
    r->next = part ? skip_to_content(part->first) : NULL;
    r->rows_left = part ? count_rows(part) : 0;
    r->started = false;
}

/* ---- how many columns the cells need ---------------------------------- */

static int
span(int v, int max)
{
    return v < 1 ? 1 : v > max ? max : v;
}

/* The columns' rows left over, while only counting. */
struct counter {
    int left[TBL_COLUMNS_MAX];
    int n;
};

static void
count_cell(struct counter *c, const struct fo_style *s, int *at)
{
    if (s->column_number > 0 && s->column_number <= TBL_COLUMNS_MAX)
        *at = s->column_number - 1;
    while (*at < TBL_COLUMNS_MAX && c->left[*at] > 0)
        ++*at;
    int cols = span(s->columns_spanned, TBL_COLUMNS_MAX);
    int rows = span(s->rows_spanned, TBL_GROUP_MAX);
    for (; cols > 0 && *at < TBL_COLUMNS_MAX; cols--)
        c->left[(*at)++] = rows;
    c->n = lay_int_max(c->n, *at);
}

static void
count_part(struct counter *c, const struct fo_node *part)
{
    const struct fo_node *end;
    memset(c->left, 0, sizeof c->left);
    for (const struct fo_node *r = skip_to_content(part->first); r;) {
        const struct fo_node *next = tbl_row_after(r, &end);
        const struct fo_node *cell = r->kind == FO_TABLE_ROW ? r->first : r;
        int at = 0;
        for (; cell != end; cell = cell->next)
            if (cell->kind == FO_TABLE_CELL)
                count_cell(c, cell->style, &at);
        for (int i = 0; i < c->n; i++)
            if (c->left[i] > 0)
                c->left[i]--;
        r = next;
    }
}

int
tbl_columns_needed(struct tbl *t)
{
    struct counter *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    for (const struct fo_node *p = t->node->first; p; p = p->next)
        if (tbl_is_part(p))
            count_part(c, p);
    int n = c->n;
    free(c);
    return n;
}

/* ---- the grid's memory ------------------------------------------------ */

static void *
grown(void *p, size_t n, size_t size)
{
    p = realloc(p, n * size);
    if (!p)
        abort();
    return p;
}

void
tbl_grid_clear(struct tbl_grid *g)
{
    free(g->units);
    free(g->edges);
    free(g->row_nodes);
    free(g->cells);
    memset(g, 0, sizeof *g);
}

static void
add_row(struct tbl *t, struct tbl_grid *g, const struct fo_node *node)
{
    size_t n = (size_t)g->columns;
    if (g->rows == g->rows_cap) {
        g->rows_cap = g->rows_cap ? g->rows_cap * 2 : 4;
        g->units = grown(g->units, (size_t)g->rows_cap * n, sizeof *g->units);
        g->row_nodes = grown(
            g->row_nodes, (size_t)g->rows_cap, sizeof *g->row_nodes);
        if (!t->separate)
            g->edges = grown(
                g->edges, (size_t)g->rows_cap * n, sizeof *g->edges);
    }
    memset(g->units + (size_t)g->rows * n, 0, n * sizeof *g->units);
    if (g->edges)
        memset(g->edges + (size_t)g->rows * n, 0, n * sizeof *g->edges);
    g->row_nodes[g->rows++] = node;
}

/* ---- placing cells ---------------------------------------------------- */

static void
complain(struct tbl *t, const struct fo_node *n, const char *what)
{
    struct where w = fo_where(t->c.lay->tree, n);
    diag_add(t->c.lay->diags, DIAG_TABLE_GRID, &w, what);
}

static struct tbl_unit *
unit_at(const struct tbl_grid *g, int row, int col)
{
    return &g->units[(size_t)row * (size_t)g->columns + (size_t)col];
}

static bool
is_free(const struct tbl *t, const struct tbl_grid *g, int col)
{
    return !t->pending[col] && !unit_at(g, g->rows - 1, col)->cell;
}

static int
next_free(const struct tbl *t, const struct tbl_grid *g, int col)
{
    while (col < g->columns && !is_free(t, g, col))
        col++;
    return col;
}

/* The column a cell asks for, or the next; columns when there is none. */
static int
column_of(struct tbl *t, struct tbl_grid *g, const struct fo_node *cell, int at)
{
    int number = cell->style->column_number;
    if (number < 0)
        complain(
            t, cell, "a column-number below 1, the next free column is taken");
    if (number <= 0)
        return next_free(t, g, at);
    if (number > g->columns) {
        complain(t, cell,
            "the cell lies outside the table's columns, it is left out");
        return g->columns;
    }
    if (is_free(t, g, number - 1))
        return number - 1;
    complain(t, cell,
        "the cell's column is taken by another cell, the next free one is "
        "used");
    return next_free(t, g, number - 1);
}

static int
columns_of(
    struct tbl *t, struct tbl_grid *g, const struct fo_node *cell, int col)
{
    int want = cell->style->columns_spanned, n = 1;
    if (want < 1)
        want = 1;
    while (n < want && col + n < g->columns && is_free(t, g, col + n))
        n++;
    if (n < want)
        complain(t, cell,
            "the cell spans columns that are taken or not there, it is cut to "
            "what is free");
    return n;
}

static int
rows_of(struct tbl *t, const struct tbl_grid *g, const struct fo_node *cell,
    int rows_left)
{
    int want = cell->style->rows_spanned;
    int max = lay_int_max(1, lay_int_min(rows_left, TBL_GROUP_MAX - g->rows));
    if (want <= 1)
        return 1;
    if (want <= max)
        return want;
    complain(
        t, cell, "the cell spans more rows than there are, it is cut to those");
    return max;
}

/* Places CELL in the last row; answers the column behind it.  ROWS_LEFT
 * counts this row. */
static int
place(struct tbl *t, struct tbl_grid *g, const struct fo_node *cell, int at,
    int rows_left)
{
    int col = column_of(t, g, cell, at);
    if (col >= g->columns) {
        if (cell->style->column_number <= g->columns)
            complain(t, cell,
                "the row has more cells than columns, the cell is left out");
        return at;
    }
    if (g->n_cells == g->cells_cap) {
        g->cells_cap = g->cells_cap ? g->cells_cap * 2 : 16;
        g->cells = grown(g->cells, (size_t)g->cells_cap, sizeof *g->cells);
    }
    struct tbl_gcell *c = &g->cells[g->n_cells++];
    c->node = cell;
    c->row = g->rows - 1;
    c->col = col;
    c->cols = columns_of(t, g, cell, col);
    c->rows = rows_of(t, g, cell, rows_left);
    for (int i = 0; i < c->cols; i++)
        *unit_at(g, c->row, col + i) = (struct tbl_unit){g->n_cells, i, 0};
    return col + c->cols;
}

/* Units of cells that span into the last row from above. */
static void
continue_spans(struct tbl *t, struct tbl_grid *g)
{
    for (int i = 0; i < g->columns; i++) {
        if (!t->pending[i])
            continue;
        const struct tbl_gcell *c = &g->cells[t->pending[i] - 1];
        *unit_at(g, g->rows - 1, i) = (struct tbl_unit){
            t->pending[i], i - c->col, g->rows - 1 - c->row};
    }
}

/* Which spans go on below the last row; true when any does. */
static bool
spans_go_on(struct tbl *t, struct tbl_grid *g)
{
    bool any = false;
    for (int i = 0; i < g->columns; i++) {
        int cell = unit_at(g, g->rows - 1, i)->cell;
        const struct tbl_gcell *c = cell ? &g->cells[cell - 1] : NULL;
        t->pending[i] = c && c->row + c->rows > g->rows ? cell : 0;
        any |= t->pending[i] != 0;
    }
    return any;
}

static void
read_row(struct tbl *t, struct tbl_reader *r, struct tbl_grid *g)
{
    const struct fo_node *end, *first = r->next;
    r->next = tbl_row_after(first, &end);
    bool row = first->kind == FO_TABLE_ROW;
    add_row(t, g, row ? first : NULL);
    continue_spans(t, g);
    int at = 0;
    for (const struct fo_node *n = row ? first->first : first; n != end;
         n = n->next)
        if (n->kind == FO_TABLE_CELL)
            at = place(t, g, n, at, r->rows_left);
    r->rows_left--;
}

bool
tbl_read_group(struct tbl *t, struct tbl_reader *r, struct tbl_grid *g)
{
    g->rows = g->n_cells = 0;
    g->columns = t->n_columns;
    if (!r->next)
        return false;
    g->part = r->part;
    g->first_in_part = !r->started;
    r->started = true;
    memset(t->pending, 0, (size_t)g->columns * sizeof *t->pending);
    do
        read_row(t, r, g);
    while (spans_go_on(t, g) && r->next);
    g->last_in_part = !r->next;
    return true;
}
