/* Areas of a row group: for each cell, where its last row on the page ends,
 * first what shines through it from column, body and row, then the cell
 * itself.  In the collapsing model a cell without spans carries its four
 * lines; the lines around a spanning cell may differ from unit to unit, so
 * there each unit at its rim gets an area of its own to carry them. */
#include "layout/lay_table.h"

#include "layout/lay_ref.h"

#include "base/arena.h"

#include <limits.h>

struct painter {
    struct lay_emit *e;
    struct tbl_group *g;
    struct tbl_page page;
    int top; /* [mpt] of the group, in the table */
    bool rim_top,
        rim_bottom; /* the group begins, ends the table on this page */
};

/* A cell as it lies on this page. */
struct piece {
    const struct tbl_cell *c;
    int first, last; /* its rows on this page */
    enum tbl_which before, after;
    int border_before, border_after; /* [mpt] as counted in layout */
    int border_start, border_end; /* [mpt] likewise, the widest */
    int x, y, ipd, bpd; /* [mpt] its grid rectangle */
};

static int
row_y(const struct painter *p, int row)
{
    return p->top + p->page.y[row - p->page.first];
}

static struct tbl_edges *
edges_at(const struct tbl_group *g, int row, int col)
{
    return g->edges + (size_t)row * (size_t)g->n_columns + col;
}

static struct area_edge
edge_from_line(const struct tbl_line *l)
{
    struct area_edge e = {0};
    if (!l->width)
        return e;
    e.style = l->style;
    e.color = l->color;
    e.width = l->width;
    e.space = l->width / 2;
    e.collapsed = true;
    return e;
}

static struct area_edge *
borders(struct area *a, struct arena *arena)
{
    if (!a->border)
        a->border = arena_array(arena, 4, sizeof *a->border);
    return a->border;
}

/* Marks those of the lines B of rows FIRST to LAST, columns COL to END that
 * lie at the table's edge. */
static void
mark_rim(const struct painter *p, struct area_edge *b, int first, int last,
    int col, int end)
{
    b[FO_BEFORE].rim = p->rim_top && first == p->page.first;
    b[FO_AFTER].rim = p->rim_bottom && last == p->page.last;
    b[FO_START].rim = col == 0;
    b[FO_END].rim = end == p->g->n_columns;
}

/* ---- where a cell lies ------------------------------------------------ */

static void
piece_borders(const struct tbl_group *g, struct piece *p)
{
    const struct tbl_cell *c = p->c;
    p->border_before = tbl_border_before(g, c, p->first, p->before);
    p->border_after = tbl_border_after(g, c, p->last, p->after);
    p->border_start = c->border[FO_START];
    p->border_end = c->border[FO_END];
    if (g->t->separate) {
        p->border_start += g->t->sep_i;
        p->border_end += g->t->sep_i;
    }
}

static struct piece
piece_of(const struct painter *p, const struct tbl_cell *c, int last)
{
    struct piece s = {.c = c, .last = last};
    s.first = lay_int_max(c->row, p->page.first);
    s.before = tbl_which_before(&p->page, c);
    s.after = tbl_which_after(&p->page, c);
    s.x = tbl_columns_left(p->g->t, c->col, c->cols);
    s.ipd = tbl_columns_width(p->g->t, c->col, c->cols);
    s.y = row_y(p, s.first);
    s.bpd = row_y(p, last + 1) - s.y;
    piece_borders(p->g, &s);
    return s;
}

/* ---- what shines through ---------------------------------------------- */

static bool
has_background(const struct fo_node *n)
{
    return n &&
        (n->style->background_color >> 24 || n->style->background_image);
}

/* OBJECT's background behind one cell; the rectangle within its borders. */
static void
background(const struct painter *p, const struct piece *s,
    const struct fo_node *object)
{
    if (!has_background(object))
        return;
    struct area *a = lay_emit_area(p->e, AREA_BLOCK, object);
    a->x = s->x + s->border_start;
    a->y = s->y + s->border_before;
    a->ipd = lay_int_max(0, s->ipd - s->border_start - s->border_end);
    a->bpd = lay_int_max(0, s->bpd - s->border_before - s->border_after);
    a->background = object->style->background_color;
    a->artifact = true;
}

static void
backgrounds(const struct painter *p, const struct piece *s)
{
    background(p, s, p->g->t->columns[s->c->col].node);
    background(p, s, p->g->part);
    background(p, s, p->g->rows[s->c->row].node);
}

/* ---- collapsed lines -------------------------------------------------- */

static void
own_lines(const struct painter *p, const struct piece *s, struct area *a)
{
    const struct tbl_edges *e = edges_at(p->g, s->first, s->c->col);
    struct area_edge *b = borders(a, p->e->arena);
    b[FO_BEFORE] = edge_from_line(&e->before[s->before]);
    b[FO_AFTER] = edge_from_line(&e->after[s->after]);
    b[FO_START] = edge_from_line(&e->start);
    b[FO_END] = edge_from_line(&e->end);
    mark_rim(p, b, s->first, s->last, s->c->col, s->c->col + 1);
}

/* The lines that a spanning cell has at one of its units. */
static void
unit_lines(const struct painter *p, const struct piece *s, int row, int i)
{
    const struct tbl_edges *e = edges_at(p->g, row, s->c->col + i);
    const struct tbl_column *col = &p->g->t->columns[s->c->col + i];
    struct area_edge b[4] = {{0}};
    if (row == s->first)
        b[FO_BEFORE] = edge_from_line(&e->before[s->before]);
    if (row == s->last)
        b[FO_AFTER] = edge_from_line(&e->after[s->after]);
    if (i == 0)
        b[FO_START] = edge_from_line(&e->start);
    if (i == s->c->cols - 1)
        b[FO_END] = edge_from_line(&e->end);
    if (!b[0].space && !b[1].space && !b[2].space && !b[3].space)
        return;
    mark_rim(p, b, row, row, s->c->col + i, s->c->col + i + 1);
    struct area *a = lay_emit_area(p->e, AREA_BLOCK, NULL);
    for (int k = 0; k < 4; k++)
        borders(a, p->e->arena)[k] = b[k];
    a->x = col->x;
    a->y = row_y(p, row);
    a->ipd = col->w - b[FO_START].space - b[FO_END].space;
    a->bpd = row_y(p, row + 1) - a->y - b[FO_BEFORE].space - b[FO_AFTER].space;
    a->is_reference = a->artifact = true;
    a->row = p->g->first_row + row;
}

static void
rim_lines(const struct painter *p, const struct piece *s)
{
    int n = s->c->cols;
    for (int row = s->first; row <= s->last; row++)
        for (int k = 0; k < n; k++) {
            int i = p->g->t->right_to_left ? n - 1 - k : k; /* from the left */
            if (row == s->first || row == s->last || i == 0 || i == n - 1)
                unit_lines(p, s, row, i);
        }
}

/* A place in the grid without a cell still shows the lines around it. */
static void
empty_unit(const struct painter *p, int row, int i, enum tbl_which before,
    enum tbl_which after)
{
    const struct tbl_edges *e = edges_at(p->g, row, i);
    const struct tbl_column *col = &p->g->t->columns[i];
    if (!e->before[before].width && !e->after[after].width && !e->start.width &&
        !e->end.width)
        return;
    struct area *a = lay_emit_area(p->e, AREA_BLOCK, NULL);
    struct area_edge *b = borders(a, p->e->arena);
    b[FO_BEFORE] = edge_from_line(&e->before[before]);
    b[FO_AFTER] = edge_from_line(&e->after[after]);
    b[FO_START] = edge_from_line(&e->start);
    b[FO_END] = edge_from_line(&e->end);
    mark_rim(p, b, row, row, i, i + 1);
    a->x = col->x;
    a->y = row_y(p, row);
    a->ipd = col->w - (b[FO_START].width + b[FO_END].width) / 2;
    a->bpd = row_y(p, row + 1) - a->y -
        (b[FO_BEFORE].width + b[FO_AFTER].width) / 2;
    a->is_reference = a->artifact = true;
}

/* ---- content ---------------------------------------------------------- */

static struct lay_pos
tape_end(void)
{
    return (struct lay_pos){INT_MAX, NULL};
}

/* What of C's content lies on this page, into e->area from e->y on. */
void
tbl_emit_content(
    const struct tbl_page *p, const struct tbl_cell *c, struct lay_emit *e)
{
    const struct tbl_spot *from = tbl_spot_from(p->from, c),
                          *to = tbl_spot_to(p->to, c);
    if (from && from->done) {
        if (!from->label)
            return;
        e->repeated = true;
        lay_emit_tape(c->label, (struct lay_pos){0}, tape_end(), true, true, e);
        return;
    }
    lay_emit_tape(c->tape, from ? from->at : (struct lay_pos){0},
        to && !to->done ? to->at : tape_end(), true, true, e);
}

/* display-align: an empty area before the content, as the peer has it. */
static void
align(const struct tbl_cell *c, int room, struct lay_emit *e)
{
    enum fo_value v = c->node->style->display_align;
    int shift = v == FO_V_CENTER ? room / 2 : v == FO_V_AFTER ? room : 0;
    if (shift <= 0)
        return;
    struct area *a = lay_emit_area(e, AREA_BLOCK, NULL);
    a->bpd = shift;
    a->artifact = true;
    e->y += shift;
}

/* ---- cells ------------------------------------------------------------ */

static bool
is_hidden(const struct tbl_group *g, const struct tbl_cell *c)
{
    return g->t->separate && c->node->style->empty_cells == FO_V_HIDE &&
        !c->content;
}

static void
separate_borders(const struct painter *p, const struct piece *s, struct area *a)
{
    const struct fo_border *want = s->c->node->style->border;
    struct area_edge *b = borders(a, p->e->arena);
    for (int i = 0; i < 4; i++) {
        if ((i == FO_BEFORE && !s->border_before) ||
            (i == FO_AFTER && !s->border_after))
            continue;
        if (!s->c->border[i])
            continue;
        b[i].style = want[i].style;
        b[i].color = want[i].color;
        b[i].width = b[i].space = s->c->border[i];
    }
}

/* The border rectangle's corner, borders and padding of a cell's area. */
static void
cell_edges(const struct painter *p, const struct piece *s, struct area *a)
{
    const struct tbl_cell *c = s->c;
    const struct tbl *t = p->g->t;
    a->padding[FO_BEFORE] = c->pad[s->before == TBL_CUT][FO_BEFORE];
    a->padding[FO_AFTER] = c->pad[s->after == TBL_CUT][FO_AFTER];
    a->padding[FO_START] = c->pad[0][FO_START];
    a->padding[FO_END] = c->pad[0][FO_END];
    a->x = s->x;
    a->y = s->y;
    if (t->separate && is_hidden(p->g, c)) {
        a->x += s->border_start;
    } else if (t->separate) {
        a->x += t->sep_i;
        a->y += s->border_before ? t->sep_b : 0;
        separate_borders(p, s, a);
    } else if (c->rows > 1 || c->cols > 1) {
        a->x += s->border_start;
        a->y += s->border_before;
    } else
        own_lines(p, s, a);
}

/* A cell that the page's end cuts is closed on both pages by the line it has
 * where it really begins or ends.  The line is painted over the cut; layout
 * does not count it, so conditionality keeps its say about extents. */
static void
close_at_cut(const struct painter *p, const struct piece *s, struct area *a)
{
    const struct tbl_cell *c = s->c;
    const struct tbl_line *top = &edges_at(p->g, c->row, c->col)
                                      ->before[TBL_NORMAL];
    const struct tbl_line *foot = &edges_at(p->g, c->row + c->rows - 1, c->col)
                                       ->after[TBL_NORMAL];
    bool goes_on = s->before == TBL_CUT || s->first > c->row;
    bool will_go_on = s->after == TBL_CUT || s->last < c->row + c->rows - 1;
    struct area_edge *b = borders(a, p->e->arena);
    if (goes_on && !b[FO_BEFORE].width) {
        b[FO_BEFORE] = edge_from_line(top->width ? top : foot);
        b[FO_BEFORE].closing = true;
        b[FO_BEFORE].space = 0;
    }
    if (will_go_on && !b[FO_AFTER].width) {
        b[FO_AFTER] = edge_from_line(foot->width ? foot : top);
        b[FO_AFTER].closing = true;
        b[FO_AFTER].space = 0;
    }
}

static void
tell_cell(const struct painter *p, const struct tbl_cell *c, struct area *a)
{
    int row = p->g->first_row + c->row;
    a->row = row;
    a->column = (short)c->col;
    a->row_span = (short)lay_int_min(c->rows, SHRT_MAX);
    a->column_span = (short)c->cols;
}

static void
cell(const struct painter *p, const struct tbl_cell *c, int last)
{
    struct piece s = piece_of(p, c, last);
    bool collapse = !p->g->t->separate;
    backgrounds(p, &s);
    if (collapse && (c->rows > 1 || c->cols > 1))
        rim_lines(p, &s);

    struct area *a = lay_emit_area(p->e, AREA_BLOCK, c->node);
    lay_emit_object(p->e, a, c->node, s.before != TBL_CUT, s.after != TBL_CUT);
    if (is_hidden(p->g, c))
        a->background = 0;
    cell_edges(p, &s, a);
    if (collapse)
        close_at_cut(p, &s, a);
    tell_cell(p, c, a);
    a->is_reference = true;
    a->ipd = c->ipd;
    int bpd = s.bpd - s.border_before - s.border_after - a->padding[FO_BEFORE] -
        a->padding[FO_AFTER];
    a->bpd = lay_int_max(0, bpd);

    struct lay_emit in = *p->e;
    in.area = a;
    in.y = in.left = 0;
    in.shrink = 0;
    int part = tbl_part_content(p->e->lay, &p->page, c, p->e->arena);
    align(c, a->bpd - part, &in);
    tbl_emit_content(&p->page, c, &in);
}

/* ---- rows ------------------------------------------------------------- */

/* Ids of rows and bodies, which have no area of their own. */
static void
tell_ids(const struct painter *p)
{
    const struct tbl_group *g = p->g;
    if (p->e->repeated)
        return;
    if (g->first_in_part && !p->page.from && g->part->style->id)
        lay_ref_seen(
            p->e->lay, p->e->page, g->part->style->id, p->e->area->last);
    for (int r = p->page.first; r <= p->page.last; r++) {
        bool begins = !p->page.from || r > p->page.from->row ||
            !p->page.from->inside;
        if (begins && g->rows[r].node && g->rows[r].node->style->id)
            lay_ref_seen(p->e->lay, p->e->page, g->rows[r].node->style->id,
                p->e->area->last);
    }
}

static void
row(const struct painter *p, int r)
{
    const struct tbl_group *g = p->g;
    const struct lay_comp_pos *from = p->page.from, *to = p->page.to;
    enum tbl_which before = TBL_NORMAL, after = TBL_NORMAL;
    if (r == p->page.first)
        before = from && from->inside ? TBL_CUT
            : p->page.page_first      ? TBL_PAGE
                                      : TBL_NORMAL;
    if (r == p->page.last)
        after = to && to->inside ? TBL_CUT
            : p->page.page_last  ? TBL_PAGE
                                 : TBL_NORMAL;
    for (int i = 0; i < g->n_columns; i++) {
        const struct tbl_cell *c = tbl_cell_at(g, r, i);
        if (!c) {
            if (g->edges)
                empty_unit(p, r, i, before, after);
        } else if (c->col == i &&
            (r == p->page.last || c->row + c->rows - 1 == r))
            cell(p, c, r);
    }
}

void
tbl_emit(struct lay_comp *comp, const struct lay_comp_pos *from,
    const struct lay_comp_pos *to, struct lay_emit *e)
{
    struct painter p = {.e = e, .g = comp->data, .top = e->y};
    p.page.from = from;
    p.page.to = to;
    p.page.page_first = e->comp_first;
    p.page.page_last = to || e->comp_last;
    p.page.first = from ? from->row : 0;
    p.page.last = !to ? p.g->n_rows - 1 : to->inside ? to->row : to->row - 1;
    tbl_page_rows(e->lay, p.g, &p.page, e->arena);
    p.rim_top = !p.g->t->on_page;
    p.rim_bottom = p.g->last ||
        (p.page.page_last && !p.g->t->again.footer_again);
    p.g->t->on_page = true;
    for (int r = p.page.first; r <= p.page.last; r++)
        row(&p, r);
    if (e->area->last)
        tell_ids(&p);
    e->y = row_y(&p, p.page.last + 1);
}
