/* Tables: header and footer are made first, because every page may need
 * them; then the body, a row group at a time as the tape asks for it. */
#include "layout/lay_table.h"

#include "layout/lay_note.h"

#include "base/arena.h"
#include "base/length.h"

#include <string.h>

/* The header or footer: always whole, and made again by emitting again. */
struct tbl_repeat {
    const struct fo_node *part;
    struct tbl_group **groups;
    int n, cap;
    int height; /* [mpt] */
    bool numbered; /* page numbers are in it: set anew for each page */
};

/* A body group on the tape, newest first. */
struct tbl_written {
    struct tbl_written *before;
    struct tbl_group *group;
    struct lay_item *brk; /* the BREAK behind it, NULL: none */
};

/* ---- header and footer as pieces -------------------------------------- */

static void
emit_groups(const struct tbl_repeat *r, struct lay_emit *e)
{
    for (int i = 0; i < r->n; i++) {
        struct tbl_group *g = r->groups[i];
        struct lay_tape **own = r->numbered
            ? tbl_group_for_page(g, e->page, e->arena)
            : NULL;
        e->comp_first = e->comp_last = false;
        tbl_emit(&g->comp, NULL, NULL, e);
        for (int k = 0; own && k < g->n_cells; k++)
            g->cells[k].tape = own[k];
    }
}

#define NUMBER_DEPTH                                                           \
    64 /* levels below a header in which page numbers are looked for */

static bool
has_number(const struct fo_node *n, int depth)
{
    if (n->kind == FO_PAGE_NUMBER)
        return true;
    for (const struct fo_node *k = n->first; k && depth < NUMBER_DEPTH;
         k = k->next)
        if (has_number(k, depth + 1))
            return true;
    return false;
}

static void
emit_piece(const struct lay_piece *p, struct lay_emit *e)
{
    int y = e->y;
    emit_groups(p->data, e);
    e->y = y;
}

static void
emit_repeated(const struct tbl_repeat *r, struct lay_emit *e)
{
    bool repeated = e->repeated;
    struct lay_notes *notes = e->notes;
    e->repeated = true;
    e->notes = NULL;
    emit_groups(r, e);
    e->repeated = repeated;
    e->notes = notes;
}

static void
emit_header(struct lay_table *a, struct lay_emit *e)
{
    emit_repeated(((struct tbl *)a->data)->header, e);
}

static void
emit_footer(struct lay_table *a, struct lay_emit *e)
{
    emit_repeated(((struct tbl *)a->data)->footer, e);
}

static void
write_piece(struct tbl *t, struct tbl_repeat *r)
{
    struct lay_piece *p = ARENA_NEW(t->arena, struct lay_piece);
    p->height = r->height;
    p->node = r->part;
    p->emit = emit_piece;
    p->data = r;
    struct lay_note **tail = &p->notes;
    for (int i = 0; i < r->n; i++) {
        *tail = r->groups[i]->comp.notes;
        while (*tail)
            tail = &(*tail)->next;
    }
    lay_tape_piece(t->c.tape, p);
}

static void
write_markers(struct tbl *t, const struct fo_node *node)
{
    for (const struct fo_node *n = node->first; n && n->kind == FO_MARKER;
         n = n->next)
        lay_tape_add_marker(t->c.tape, n);
}

/* Measures what borders have meanwhile made of the groups. */
static void
repeat_finish(struct tbl *t, struct tbl_repeat *r)
{
    long long sum = 0;
    for (int i = 0; i < r->n; i++) {
        tbl_group_finish(&t->c, r->groups[i]);
        sum += r->groups[i]->comp.height;
    }
    r->height = mpt_clamp(sum);
}

static const struct fo_node *
find_part(const struct tbl *t, enum fo_kind kind)
{
    for (const struct fo_node *n = t->node->first; n; n = n->next)
        if (n->kind == kind)
            return n;
    return NULL;
}

static void
repeat_add(struct tbl *t, struct tbl_repeat *r, struct tbl_group *g)
{
    if (r->n == r->cap) {
        struct tbl_group **old = r->groups;
        r->cap = r->cap ? r->cap * 2 : 4;
        r->groups = arena_array(
            t->arena, (size_t)r->cap, sizeof(struct tbl_group *));
        if (r->n)
            memcpy(r->groups, old, (size_t)r->n * sizeof(struct tbl_group *));
    }
    r->groups[r->n++] = g;
}

/* Reads all of a header or footer; NULL when there is none. */
static struct tbl_repeat *
repeat_read(struct tbl *t, enum fo_kind kind)
{
    const struct fo_node *part = find_part(t, kind);
    struct tbl_grid *grid = &t->grids[0];
    struct tbl_reader reader;
    if (!part)
        return NULL;
    struct tbl_repeat *r = ARENA_NEW(t->arena, struct tbl_repeat);
    r->part = part;
    r->numbered = has_number(part, 0);
    tbl_reader_begin(&reader, part);
    while (tbl_read_group(t, &reader, grid)) {
        tbl_border_group(t, grid);
        struct tbl_group *g = tbl_group_new(t, grid);
        repeat_add(t, r, g);
        if (g->edges)
            tbl_border_moved(t, part,
                g->edges + (size_t)(g->n_rows - 1) * (size_t)g->n_columns);
        if (kind == FO_TABLE_HEADER)
            t->row_number += g->n_rows;
    }
    if (r->n && kind == FO_TABLE_FOOTER)
        r->groups[r->n - 1]->last = true;
    return r->n ? r : NULL;
}

/* ---- the body, step by step ------------------------------------------- */

static const struct fo_node *
next_body(const struct fo_node *n)
{
    while (n && n->kind != FO_TABLE_BODY)
        n = n->next;
    return n;
}

/* Reads the group after t->next into the other grid; NULL: there is none. */
static struct tbl_grid *
read_ahead(struct tbl *t)
{
    struct tbl_grid *g = t->next == &t->grids[0] ? &t->grids[1] : &t->grids[0];
    while (t->reader.part) {
        if (tbl_read_group(t, &t->reader, g)) {
            tbl_border_group(t, g);
            return g;
        }
        tbl_reader_begin(&t->reader, next_body(t->reader.part->next));
    }
    return NULL;
}

static void
write_break(
    struct tbl *t, const struct tbl_grid *above, const struct tbl_grid *below)
{
    struct fo_keep k = tbl_keep_behind(t, above, above->rows - 1);
    struct fo_keep k2 = tbl_keep_before(t, below, 0);
    enum lay_force f = lay_force_max(
        tbl_force_behind(t, above, above->rows - 1, true),
        tbl_force_before(t, below, 0, true));
    int column = lay_int_max(
        t->together.column, lay_int_max(k.column, k2.column));
    int page = lay_int_max(t->together.page, lay_int_max(k.page, k2.page));
    if (t->body_height < t->style->fox_widow_content)
        column = page = FO_KEEP_ALWAYS;
    lay_tape_break(t->c.tape, column, page, f);
}

static void
remember(struct tbl *t, struct tbl_group *g)
{
    struct tbl_written *w = ARENA_NEW(t->arena, struct tbl_written);
    w->before = t->written;
    w->group = g;
    t->written = w;
}

static void
write_group(struct tbl *t, const struct tbl_grid *grid)
{
    if (grid->first_in_part)
        write_markers(t, grid->part);
    struct tbl_group *g = tbl_group_new(t, grid);
    t->row_number += g->n_rows;
    tbl_group_finish(&t->c, g);
    g->last = !t->next && !t->footer;
    g->guard_start = t->style->fox_widow_content - t->body_height;
    t->body_height = mpt_clamp((long long)t->body_height + g->comp.height);
    lay_tape_add(t->c.tape, LAY_COMP)->u.comp = &g->comp;
    if (t->style->fox_orphan_content > 0)
        remember(t, g);
}

/* fox:orphan-content-limit: no break so near to the end of the body. */
static void
guard_end(struct tbl *t)
{
    int left = t->style->fox_orphan_content, height = 0;
    for (struct tbl_written *w = t->written; w && height < left;
         w = w->before) {
        if (w->brk)
            w->brk->u.brk.column = w->brk->u.brk.page = FO_KEEP_ALWAYS;
        w->group->guard_end = left - height;
        height = mpt_clamp((long long)height + w->group->comp.height);
    }
}

static struct tbl_edges *
last_edges(const struct tbl_grid *g)
{
    return g && g->edges ? g->edges + (size_t)(g->rows - 1) * (size_t)g->columns
                         : NULL;
}

static void
finish(struct tbl *t)
{
    guard_end(t);
    if (t->footer) {
        for (int i = 0; i < t->footer->n; i++) {
            t->footer->groups[i]->first_row = t->row_number;
            t->row_number += t->footer->groups[i]->n_rows;
        }
        repeat_finish(t, t->footer);
        write_piece(t, t->footer);
    }
    lay_tape_close(t->c.tape);
    lay_tape_space(t->c.tape, &t->space_after);
}

/* Writes the next row group; the lay_tape generator of a table. */
static bool
step(void *data)
{
    struct tbl *t = data;
    t->c.arena = lay_tape_arena(t->c.tape);
    struct tbl_grid *grid = t->next;
    if (!grid) {
        finish(t);
        return false;
    }
    t->next = read_ahead(t);
    if (!t->next)
        tbl_border_end(t, last_edges(grid),
            t->footer ? t->footer->groups[0]->edges : NULL);
    write_group(t, grid);
    if (!t->next)
        return true;
    write_break(t, grid, t->next);
    return true;
}

/* ---- the table -------------------------------------------------------- */

static void
clear(void *ptr)
{
    struct tbl *t = ptr;
    tbl_grid_clear(&t->grids[0]);
    tbl_grid_clear(&t->grids[1]);
}

static struct tbl *
tbl_new(struct lay_ctx *c, const struct fo_node *node)
{
    struct tbl *t = ARENA_NEW(c->arena, struct tbl);
    t->c = *c;
    t->node = node;
    t->style = node->style;
    t->arena = c->arena;
    t->together = tbl_keep_max(c->together, node->style->keep_together);
    t->right_to_left = node->style->writing_mode == FO_V_RL_TB;
    t->separate = node->style->border_collapse == FO_V_SEPARATE;
    t->by_precedence = node->style->border_collapse ==
        FO_V_COLLAPSE_WITH_PRECEDENCE;
    if (t->separate) {
        t->sep_i = lay_int_max(0,
                       fo_len_mpt(
                           node->style->border_spacing[0], c->parent_ipd)) /
            2;
        t->sep_b = lay_int_max(0,
                       fo_len_mpt(
                           node->style->border_spacing[1], c->parent_ipd)) /
            2;
    }
    arena_defer(c->arena, clear, t);
    return t;
}

static void
begin_page(struct lay_box *b, struct area *a, struct lay_emit *e)
{
    struct tbl *t = b->data;
    (void)a;
    (void)e;
    t->on_page = false;
}

/* In the collapsing model the table's own borders lie on its cells. */
static struct lay_box *
box_new(struct tbl *t)
{
    struct lay_box *b = lay_box_new(&t->c, t->node);
    if (!t->separate) {
        memset(b->border, 0, sizeof b->border);
        memset(b->padding, 0, sizeof b->padding);
        lay_box_edges(b);
    }
    b->table = &t->again;
    b->opened = begin_page;
    b->data = t;
    return b;
}

static void
repeats_begin(struct tbl *t)
{
    t->again.data = t;
    t->again.emit_header = emit_header;
    t->again.emit_footer = emit_footer;
    if (t->footer) {
        repeat_finish(t, t->footer);
        if (!t->style->omit_footer_at_break)
            t->again.footer_again = t->footer->height;
    }
    if (!t->header)
        return;
    repeat_finish(t, t->header);
    if (!t->style->omit_header_at_break)
        t->again.header_again = t->header->height;
    write_markers(t, t->header->part);
    write_piece(t, t->header);
}

void
lay_gen_table(struct lay_ctx *c, const struct fo_node *node)
{
    struct tbl *t = tbl_new(c, node);
    struct lay_space before = lay_space_before(c, node);
    t->space_after = lay_space_after(c, node);
    lay_tape_space(c->tape, &before);
    struct lay_box *box = box_new(t);
    tbl_columns_read(t);
    tbl_first_row_widths(t);
    tbl_columns_size(t, box);
    t->pending = arena_array(
        t->arena, (size_t)t->n_columns, sizeof *t->pending);
    lay_tape_open(c->tape, box);
    write_markers(t, node);

    tbl_border_begin(t);
    t->header = repeat_read(t, FO_TABLE_HEADER);
    t->footer = repeat_read(t, FO_TABLE_FOOTER);
    tbl_reader_begin(&t->reader, next_body(node->first));
    t->next = read_ahead(t);
    repeats_begin(t);
    if (node->style->fox_orphan_content > 0)
        while (step(t))
            continue;
    else
        lay_tape_generate(c->tape, step, t);
}
