/* From a grid to a row group: cells get their width and their tape, rows
 * their keeps and breaks. */
#include "layout/lay_table.h"

#include "layout/lay_note.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/length.h"

#include <string.h>

static const struct lay_comp_ops ops = {.fit = tbl_fit, .emit = tbl_emit};

/* ---- keeps and breaks of rows ----------------------------------------- */

struct fo_keep
tbl_keep_max(struct fo_keep a, struct fo_keep b)
{
    a.line = lay_int_max(a.line, b.line);
    a.column = lay_int_max(a.column, b.column);
    a.page = lay_int_max(a.page, b.page);
    return a;
}

static const struct tbl_gcell *
cell_at(const struct tbl_grid *g, int row, int col)
{
    const struct tbl_unit
        *u = &g->units[(size_t)row * (size_t)g->columns + (size_t)col];
    return u->cell && u->dx == 0 ? &g->cells[u->cell - 1] : NULL;
}

/* The cell at ROW, COL if it begins (FIRST) or ends there. */
static const struct fo_node *
edge_cell(const struct tbl_grid *g, int row, int col, bool first)
{
    const struct tbl_gcell *c = cell_at(g, row, col);
    if (!c || row != (first ? c->row : c->row + c->rows - 1))
        return NULL;
    return c->node;
}

struct fo_keep
tbl_keep_behind(struct tbl *t, const struct tbl_grid *g, int row)
{
    struct fo_keep k = {0};
    struct lay_ctx c = t->c;
    c.together = k;
    if (g->row_nodes[row])
        k = g->row_nodes[row]->style->keep_with_next;
    for (int i = 0; i < g->columns; i++) {
        const struct fo_node *n = edge_cell(g, row, i, false);
        if (n)
            k = tbl_keep_max(k, lay_keep_between(&c, n, NULL));
    }
    return k;
}

struct fo_keep
tbl_keep_before(struct tbl *t, const struct tbl_grid *g, int row)
{
    struct fo_keep k = {0};
    struct lay_ctx c = t->c;
    c.together = k;
    if (g->row_nodes[row])
        k = g->row_nodes[row]->style->keep_with_previous;
    for (int i = 0; i < g->columns; i++) {
        const struct fo_node *n = edge_cell(g, row, i, true);
        if (n)
            k = tbl_keep_max(k, lay_keep_between(&c, NULL, n));
    }
    return k;
}

/* Inside a group a break on a row is ignored: it would tear the cells that
 * span across it; breaks within cells count all the same. */
static enum lay_force
force_of_row(struct tbl *t, const struct fo_node *row, bool first, bool outside)
{
    if (!row)
        return LAY_FORCE_NONE;
    enum fo_value v = first ? row->style->break_before
                            : row->style->break_after;
    enum lay_force f = lay_force_from_value(v);
    if (f && !outside) {
        struct where w = fo_where(t->c.lay->tree, row);
        diag_add(t->c.lay->diags, DIAG_TABLE_GRID, &w,
            "a break where a cell spans rows, it is ignored");
        return LAY_FORCE_NONE;
    }
    return f;
}

enum lay_force
tbl_force_behind(struct tbl *t, const struct tbl_grid *g, int row, bool outside)
{
    enum lay_force f = force_of_row(t, g->row_nodes[row], false, outside);
    for (int i = 0; i < g->columns; i++) {
        const struct fo_node *n = edge_cell(g, row, i, false);
        if (n)
            f = lay_force_max(f, lay_force_after(n));
    }
    return f;
}

enum lay_force
tbl_force_before(struct tbl *t, const struct tbl_grid *g, int row, bool outside)
{
    enum lay_force f = force_of_row(t, g->row_nodes[row], true, outside);
    for (int i = 0; i < g->columns; i++) {
        const struct fo_node *n = edge_cell(g, row, i, true);
        if (n)
            f = lay_force_max(f, lay_force_before(n));
    }
    return f;
}

/* A length in the block-progression direction; -1: as the content wants. */
static int
block_length(const struct lay_ctx *c, const struct fo_len *len)
{
    if (len->is_auto || (len->pct != 0 && c->ref_bpd < 0))
        return -1;
    return lay_int_max(0, fo_len_mpt(*len, c->ref_bpd));
}

static void
rows_from_grid(struct tbl *t, struct tbl_group *g, const struct tbl_grid *grid)
{
    g->rows = arena_array(t->c.arena, (size_t)g->n_rows, sizeof *g->rows);
    for (int r = 0; r < g->n_rows; r++) {
        struct tbl_row *row = &g->rows[r];
        row->node = grid->row_nodes[r];
        row->together = t->together;
        row->most = -1;
        if (row->node) {
            row->together = tbl_keep_max(
                row->together, row->node->style->keep_together);
            row->most = block_length(&t->c, &row->node->style->bpd.max);
        }
        if (r + 1 == g->n_rows)
            break;
        row->with_next = tbl_keep_max(t->together,
            tbl_keep_max(
                tbl_keep_behind(t, grid, r), tbl_keep_before(t, grid, r + 1)));
        row->force_next = lay_force_max(tbl_force_behind(t, grid, r, false),
            tbl_force_before(t, grid, r + 1, false));
        g->forces |= row->force_next != LAY_FORCE_NONE;
    }
}

/* ---- the label that stands again -------------------------------------- */

#define CLONE_DEPTH 64

static struct fo_node *
clone(
    struct arena *a, const struct fo_node *n, struct fo_node *parent, int depth)
{
    struct fo_node *k = ARENA_NEW(a, struct fo_node);
    *k = *n;
    k->parent = parent;
    k->next = k->prev = k->first = k->last = NULL;
    for (const struct fo_node *c = n->first; c && depth < CLONE_DEPTH;
         c = c->next) {
        struct fo_node *kc = clone(a, c, k, depth + 1);
        kc->prev = k->last;
        if (k->last)
            k->last->next = kc;
        else
            k->first = kc;
        k->last = kc;
    }
    return k;
}

/* The text goes to the end of the last block. */
static void
append_text(struct arena *a, struct fo_node *n, const char *text)
{
    while (n->last && fo_is_block_level(n->last))
        n = n->last;
    if (n->kind == FO_TABLE_CELL)
        return;
    struct fo_node *k = ARENA_NEW(a, struct fo_node);
    k->kind = FO_TEXT;
    k->line = n->line;
    k->col = n->col;
    k->parent = n;
    k->style = n->style;
    k->text = text;
    k->len = (int)strlen(text);
    k->prev = n->last;
    if (n->last)
        n->last->next = k;
    else
        n->first = k;
    n->last = k;
}

static void
make_label(struct tbl *t, struct tbl_cell *c, struct lay_ctx *in)
{
    const struct fo_style *s = c->node->style;
    if (!s->sb_continue || !c->node->first)
        return;
    struct fo_node *again = clone(in->arena, c->node, c->node->parent, 0);
    append_text(
        in->arena, again, s->sb_continue_text ? s->sb_continue_text : "（续）");
    c->label = lay_subtape(in, again, c->ipd, -1);
    c->label_height = lay_tape_height(t->c.lay, c->label, false);
}

/* ---- cells ------------------------------------------------------------ */

/* Height of the tape's content, and whether a forced break lies in it. */
void
tbl_cell_measure(struct lay *l, struct tbl_cell *c)
{
    struct lay_item *it;
    c->content = lay_tape_height(l, c->tape, false);
    for (int i = 0; (it = lay_tape_at(c->tape, i)); i++) {
        if (it->kind == LAY_BREAK && it->u.brk.force)
            c->forces = true;
        if (it->kind == LAY_COMP && it->u.comp->forces)
            c->forces = true;
    }
}

/* Heights asked for by the cell and by the row it begins in. */
static void
explicit_height(struct tbl *t, struct tbl_cell *c, const struct fo_node *row)
{
    const struct fo_range *want[2] = {
        &c->node->style->bpd, row ? &row->style->bpd : NULL};
    int opt = 0;
    for (int i = 0; i < 2 && want[i]; i++) {
        c->least = lay_int_max(c->least, block_length(&t->c, &want[i]->min));
        opt = lay_int_max(opt, block_length(&t->c, &want[i]->opt));
    }
    c->filler = lay_int_max(0, lay_int_max(opt, c->least) - c->content);
}

static int
border_width(const struct fo_border *b)
{
    return b->style == FO_BS_NONE || b->style == FO_BS_HIDDEN ? 0 : b->width;
}

/* Half of the widest line that the cell's units have at START or END. */
static int
half_line(
    const struct tbl_group *g, const struct tbl_cell *c, enum fo_side side)
{
    int w = 0;
    for (int r = c->row; r < c->row + c->rows; r++) {
        const struct tbl_edges *e = g->edges +
            (size_t)r * (size_t)g->n_columns + c->col;
        w = lay_int_max(
            w, side == FO_START ? e->start.width : e[c->cols - 1].end.width);
    }
    return w / 2;
}

static void
cell_edges(struct tbl *t, const struct tbl_group *g, struct tbl_cell *c)
{
    const struct fo_style *s = c->node->style;
    for (int i = 0; i < 4; i++) {
        int pad = lay_int_max(0, fo_len_mpt(s->padding[i].len, t->ipd));
        c->pad[0][i] = pad;
        c->pad[1][i] = i < FO_START && !s->padding[i].retain ? 0 : pad;
        if (t->separate)
            c->border[i] = border_width(&s->border[i]);
        else if (i >= FO_START)
            c->border[i] = half_line(g, c, i);
    }
}

static int
cell_ipd(const struct tbl *t, const struct tbl_cell *c)
{
    int w = tbl_columns_width(t, c->col, c->cols);
    w -= c->border[FO_START] + c->border[FO_END] + 2 * t->sep_i;
    w -= c->pad[0][FO_START] + c->pad[0][FO_END];
    return lay_int_max(0, w);
}

static struct lay_ctx
cell_ctx(const struct tbl *t)
{
    struct lay_ctx in = t->c;
    in.together = (struct fo_keep){0};
    in.parent_ipd = t->ipd;
    in.grid_pitch = in.grid_advance = 0;
    return in;
}

static void
cell_from_grid(struct tbl *t, struct tbl_group *g, struct tbl_cell *c,
    const struct tbl_gcell *from)
{
    c->node = from->node;
    c->row = from->row;
    c->col = from->col;
    c->rows = from->rows;
    c->cols = from->cols;
    cell_edges(t, g, c);
    c->ipd = cell_ipd(t, c);
    struct lay_ctx in = cell_ctx(t);
    c->tape = lay_subtape(&in, c->node, c->ipd, -1);
    tbl_cell_measure(t->c.lay, c);
    explicit_height(t, c, g->rows[c->row].node);
    make_label(t, c, &in);
    g->forces |= c->forces;
}

/* ---- the group -------------------------------------------------------- */

static void
map_from_grid(struct tbl *t, struct tbl_group *g, const struct tbl_grid *grid)
{
    size_t n = (size_t)g->n_rows * (size_t)g->n_columns;
    g->at = arena_array(t->c.arena, n, sizeof *g->at);
    for (size_t i = 0; i < n; i++)
        g->at[i] = grid->units[i].cell;
    if (t->separate)
        return;
    g->edges = arena_array(t->c.arena, n, sizeof *g->edges);
    memcpy(g->edges, grid->edges, n * sizeof *g->edges);
}

struct tbl_group *
tbl_group_new(struct tbl *t, const struct tbl_grid *grid)
{
    struct tbl_group *g = ARENA_NEW(t->c.arena, struct tbl_group);
    g->t = t;
    g->part = grid->part;
    g->first_in_part = grid->first_in_part;
    g->first_row = t->row_number;
    g->n_rows = grid->rows;
    g->n_columns = grid->columns;
    g->n_cells = grid->n_cells;
    map_from_grid(t, g, grid);
    rows_from_grid(t, g, grid);
    g->cells = arena_array(t->c.arena, (size_t)g->n_cells, sizeof *g->cells);
    for (int i = 0; i < g->n_cells; i++)
        cell_from_grid(t, g, &g->cells[i], &grid->cells[i]);
    return g;
}

struct lay_tape **
tbl_group_for_page(
    struct tbl_group *g, const struct area_page *page, struct arena *a)
{
    struct lay_ctx in = cell_ctx(g->t);
    struct lay_tape **own = arena_array(
        a, (size_t)g->n_cells, sizeof(struct lay_tape *));
    in.arena = a;
    in.page_number = page->number_text;
    for (int i = 0; i < g->n_cells; i++) {
        own[i] = g->cells[i].tape;
        g->cells[i].tape = lay_subtape(
            &in, g->cells[i].node, g->cells[i].ipd, -1);
    }
    return own;
}

/* Copies of all notes anchored in TAPE, appended at TAIL. */
static struct lay_note **
notes_of_tape(struct arena *a, struct lay_tape *tape, struct lay_note **tail)
{
    struct lay_item *it;
    for (int i = 0; (it = lay_tape_at(tape, i)); i++) {
        const struct lay_note *n = it->kind == LAY_BOX ? it->u.piece->notes
            : it->kind == LAY_COMP                     ? it->u.comp->notes
                                                       : NULL;
        for (; n; n = n->next) {
            *tail = ARENA_NEW(a, struct lay_note);
            **tail = *n;
            (*tail)->next = NULL;
            tail = &(*tail)->next;
        }
    }
    return tail;
}

/* Whether the group's first row meets the top of a page with other lines
 * than those between rows. */
static bool
differs_at_top(const struct tbl_group *g)
{
    for (int i = 0; g->edges && i < g->n_columns; i++)
        if (g->edges[i].before[TBL_PAGE].width !=
            g->edges[i].before[TBL_NORMAL].width)
            return true;
    return false;
}

void
tbl_group_finish(struct lay_ctx *c, struct tbl_group *g)
{
    struct tbl_page p = {.last = g->n_rows - 1};
    struct lay_note **tail = &g->comp.notes;
    g->comp.ops = &ops;
    g->comp.data = g;
    g->comp.forces = g->forces || differs_at_top(g);
    tbl_page_rows(c->lay, g, &p, c->arena);
    g->comp.height = p.y[g->n_rows];
    for (int i = 0; i < g->n_cells; i++)
        tail = notes_of_tape(c->arena, g->cells[i].tape, tail);
}
