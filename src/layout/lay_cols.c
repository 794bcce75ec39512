/* Columns of a table: which there are and how wide.  Widths are lengths,
 * percentages of the table's width, and proportional units that share what
 * is left; a column of which nothing is said has one unit (XSL 1.1 §6.7.4;
 * an automatic table layout is set like a fixed one, as the peer does). */
#include "layout/lay_table.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/length.h"

#define HAIR 10 /* [mpt] what rounding may add */

static void
complain(struct tbl *t, const struct fo_node *n, const char *what)
{
    struct where w = fo_where(t->c.lay->tree, n);
    diag_add(t->c.lay->diags, DIAG_TABLE_GRID, &w, what);
}

/* ---- which columns ---------------------------------------------------- */

static void
ensure_columns(struct tbl *t, int n)
{
    for (; t->n_columns < n; t->n_columns++)
        t->columns[t->n_columns].width.is_auto = true;
}

/* One table-column, repeated perhaps; answers the number of the next. */
static int
add_column(struct tbl *t, const struct fo_node *n, int number)
{
    int repeat = n->style->columns_repeated;
    if (n->style->column_number > 0)
        number = n->style->column_number;
    else if (n->style->column_number < 0)
        complain(t, n, "a column-number below 1, the next column is meant");
    if (repeat < 1)
        repeat = 1;
    if (number > TBL_COLUMNS_MAX || repeat > TBL_COLUMNS_MAX - number + 1) {
        complain(t, n, "more columns than 1000, the further ones are left out");
        if (number > TBL_COLUMNS_MAX)
            return number;
        repeat = TBL_COLUMNS_MAX - number + 1;
    }
    ensure_columns(t, number + repeat - 1);
    for (int i = 0; i < repeat; i++) {
        struct tbl_column *col = &t->columns[number - 1 + i];
        col->node = n;
        col->width = n->style->column_width;
    }
    return number + repeat;
}

void
tbl_columns_read(struct tbl *t)
{
    int number = 1;
    t->columns = arena_array(t->arena, TBL_COLUMNS_MAX, sizeof *t->columns);
    for (const struct fo_node *n = t->node->first; n; n = n->next)
        if (n->kind == FO_TABLE_COLUMN)
            number = add_column(t, n, number);
    t->explicit_columns = t->n_columns > 0;
    if (!t->explicit_columns)
        ensure_columns(t, lay_int_max(1, tbl_columns_needed(t)));
}

/* ---- widths ----------------------------------------------------------- */

/* Cells of a first row may give the width of a column that has none. */
static void
widths_from_cells(
    struct tbl *t, const struct fo_node *first, const struct fo_node *end)
{
    int at = 0;
    for (const struct fo_node *n = first; n != end && at < t->n_columns;
         n = n->next) {
        if (n->kind != FO_TABLE_CELL)
            continue;
        const struct fo_style *s = n->style;
        if (s->column_number > 0 && s->column_number <= t->n_columns)
            at = s->column_number - 1;
        if (s->columns_spanned <= 1 && !s->ipd.opt.is_auto &&
            t->columns[at].width.is_auto)
            t->columns[at].width = s->ipd.opt;
        at += lay_int_max(1, lay_int_min(s->columns_spanned, t->n_columns));
    }
}

void
tbl_first_row_widths(struct tbl *t)
{
    for (const struct fo_node *p = t->node->first; p; p = p->next) {
        const struct fo_node *end;
        if (!tbl_is_part(p) || !p->first)
            continue;
        const struct fo_node *n = p->first;
        while (n && n->kind == FO_MARKER)
            n = n->next;
        if (n && n->kind == FO_TABLE_ROW)
            widths_from_cells(t, n->first, NULL);
        else if (n) {
            tbl_row_after(n, &end);
            widths_from_cells(t, n, end);
        }
    }
}

/* A column of which nothing is said has one unit. */
static double
units(const struct tbl_column *col)
{
    return col->width.is_auto ? 1 : col->width.tcu > 0 ? col->width.tcu : 0;
}

static int
given(const struct tbl_column *col, int base)
{
    if (col->width.is_auto)
        return 0;
    return lay_int_max(0, fo_len_mpt(col->width, base));
}

static int
sum_given(const struct tbl *t, int base)
{
    long long sum = 0;
    for (int i = 0; i < t->n_columns; i++)
        sum += given(&t->columns[i], base);
    return mpt_clamp(sum);
}

/* [mpt] of one proportional unit: what is left, shared. */
static int
table_unit(const struct tbl *t)
{
    double n = 0;
    for (int i = 0; i < t->n_columns; i++)
        n += units(&t->columns[i]);
    int sum = sum_given(t, t->ipd);
    if (n <= 0)
        return 0;
    if (sum >= t->ipd) {
        struct where w = fo_where(t->c.lay->tree, t->node);
        diag_add(t->c.lay->diags, DIAG_TABLE_WIDTH, &w,
            "no width is left for proportional columns, they have none");
        return 0;
    }
    return (int)((t->ipd - sum) / n);
}

/* Content ipd: as asked for, but a fixed layout grows to hold its columns;
 * what is too wide takes from the end-indent (XSL 1.1 §5.3.4). */
static void
table_ipd(struct tbl *t, struct lay_box *box)
{
    const struct fo_len *w = &t->style->ipd.opt;
    bool fixed = t->style->table_layout == FO_V_FIXED && !w->is_auto;
    int available = t->c.ref_ipd - box->start_indent;
    t->ipd = box->ipd;
    if (!w->is_auto)
        t->ipd = lay_int_max(0, fo_len_mpt(*w, t->c.parent_ipd));
    int sum = sum_given(t, t->ipd);
    if (fixed && sum > t->ipd)
        t->ipd = sum;
    if (available - box->end_indent < t->ipd)
        box->end_indent = available - t->ipd;
    if (t->ipd > lay_int_max(0, available) + HAIR) {
        char pt[24];
        struct where w2 = fo_where(t->c.lay->tree, t->node);
        diag_add(t->c.lay->diags, DIAG_TABLE_WIDTH, &w2,
            arena_printf(t->arena,
                "it is %s pt wider than the place it has; it sticks out",
                mpt_print(pt, t->ipd - available)));
    }
    box->ipd = t->ipd;
}

void
tbl_columns_size(struct tbl *t, struct lay_box *box)
{
    table_ipd(t, box);
    int unit = table_unit(t);
    int x = 0;
    for (int i = 0; i < t->n_columns; i++) {
        struct tbl_column *col = &t->columns[i];
        col->w = given(col, t->ipd) + (int)(units(col) * unit);
        col->x = x;
        x = mpt_clamp((long long)x + col->w);
    }
    for (int i = 0; t->right_to_left && i < t->n_columns; i++)
        t->columns[i].x = x - t->columns[i].x - t->columns[i].w;
}

/* [mpt] left edge and width of N columns from COL on. */
int
tbl_columns_left(const struct tbl *t, int col, int n)
{
    return t->columns[t->right_to_left ? col + n - 1 : col].x;
}

int
tbl_columns_width(const struct tbl *t, int col, int n)
{
    const struct tbl_column *first = &t->columns[col],
                            *last = &t->columns[col + n - 1];
    return t->right_to_left ? first->x + first->w - last->x
                            : last->x + last->w - first->x;
}
