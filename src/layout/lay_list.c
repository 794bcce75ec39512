/* Lists.  A list-item is a table of one row: label and body stand side by
 * side and are cut like cells.  They are no reference areas: what is in them
 * is indented from where the list is, by body-start() and label-end(). */
#include "layout/lay_table.h"

#include "layout/lay_note.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/length.h"

struct list {
    struct lay_ctx c; /* as inside the list-block */
    const struct fo_node *node;
    const struct fo_node *item; /* next */
    const struct fo_node *prev; /* NULL: none yet */
    struct lay_space after;
};

/* ---- areas ------------------------------------------------------------ */

static void
emit_part(
    const struct tbl_page *p, const struct tbl_cell *c, struct lay_emit *e)
{
    enum tbl_which before = tbl_which_before(p, c),
                   after = tbl_which_after(p, c);
    const struct tbl_spot *from = tbl_spot_from(p->from, c);
    if (from && from->done)
        return;
    struct area *a = lay_emit_area(e, AREA_BLOCK, c->node);
    lay_emit_object(e, a, c->node, before != TBL_CUT, after != TBL_CUT);
    a->background = 0;
    a->y = e->y;
    a->ipd = e->area->ipd;
    a->bpd = tbl_part_height(e->lay, p, c, e->arena);
    struct lay_emit in = *e;
    in.area = a;
    in.y = 0;
    in.shrink = 0;
    tbl_emit_content(p, c, &in);
}

static void
emit_item(struct lay_comp *comp, const struct lay_comp_pos *from,
    const struct lay_comp_pos *to, struct lay_emit *e)
{
    struct tbl_group *g = comp->data;
    struct tbl_page p = {.from = from, .to = to};
    tbl_page_rows(e->lay, g, &p, e->arena);
    for (int i = 0; i < g->n_cells; i++)
        emit_part(&p, &g->cells[i], e);
    e->y = mpt_clamp((long long)e->y + p.y[1]);
}

static const struct lay_comp_ops item_ops = {.fit = tbl_fit, .emit = emit_item};

/* ---- items ------------------------------------------------------------ */

static void
part_init(struct list *l, struct tbl_group *g, struct tbl_cell *c,
    const struct fo_node *node, int col)
{
    c->node = node;
    c->col = col;
    c->rows = c->cols = 1;
    struct lay_ctx in = l->c;
    in.together = tbl_keep_max(g->rows[0].together, node->style->keep_together);
    in.indent[0] = fo_len_mpt(node->style->start_indent, in.ref_ipd);
    in.indent[1] = fo_len_mpt(node->style->end_indent, in.ref_ipd);
    in.tape = lay_tape_new(in.arena);
    c->tape = in.tape;
    if (in.lay->depth >= LAY_DEPTH_MAX) {
        struct where w = fo_where(in.lay->tree, node);
        diag_add(in.lay->diags, DIAG_FO_DEPTH, &w, LAY_DEPTH_MAX);
        return;
    }
    in.lay->depth++;
    lay_gen_children(&in, node);
    lay_tape_finish(in.tape);
    in.lay->depth--;
    tbl_cell_measure(in.lay, c);
    g->forces |= c->forces;
}

static const struct fo_node *
child_of(const struct fo_node *item, enum fo_kind kind)
{
    for (const struct fo_node *n = item->first; n; n = n->next)
        if (n->kind == kind)
            return n;
    return NULL;
}

static struct tbl_group *
item_group(struct list *l, const struct fo_node *item)
{
    static const enum fo_kind kinds[] = {FO_LIST_ITEM_LABEL, FO_LIST_ITEM_BODY};
    struct tbl_group *g = ARENA_NEW(l->c.arena, struct tbl_group);
    g->n_rows = 1;
    g->n_columns = 2;
    g->rows = ARENA_NEW(l->c.arena, struct tbl_row);
    g->rows[0].together = tbl_keep_max(
        l->c.together, item->style->keep_together);
    g->rows[0].most = -1;
    g->cells = arena_array(l->c.arena, 2, sizeof *g->cells);
    g->at = arena_array(l->c.arena, 2, sizeof *g->at);
    for (int i = 0; i < 2; i++) {
        const struct fo_node *n = child_of(item, kinds[i]);
        if (!n)
            continue;
        part_init(l, g, &g->cells[g->n_cells++], n, i);
        g->at[i] = g->n_cells;
    }
    tbl_group_finish(&l->c, g);
    g->comp.ops = &item_ops;
    g->comp.node = item;
    return g;
}

static void
write_markers(struct list *l, const struct fo_node *node)
{
    for (const struct fo_node *n = node->first; n && n->kind == FO_MARKER;
         n = n->next)
        lay_tape_add_marker(l->c.tape, n);
}

static void
write_item(struct list *l, const struct fo_node *item)
{
    struct lay_space before = lay_space_before(&l->c, item);
    struct lay_space after = lay_space_after(&l->c, item);
    lay_tape_space(l->c.tape, &before);
    struct lay_box *box = lay_box_new(&l->c, item);
    lay_tape_open(l->c.tape, box);
    write_markers(l, item);
    struct list in = *l;
    lay_ctx_enter(&in.c, box);
    struct tbl_group *g = item_group(&in, item);
    lay_tape_add(l->c.tape, LAY_COMP)->u.comp = &g->comp;
    lay_tape_close(l->c.tape);
    lay_tape_space(l->c.tape, &after);
}

/* ---- the list --------------------------------------------------------- */

static const struct fo_node *
next_item(const struct fo_node *n)
{
    while (n && n->kind != FO_LIST_ITEM)
        n = n->next;
    return n;
}

static bool
step(void *data)
{
    struct list *l = data;
    l->c.arena = lay_tape_arena(l->c.tape);
    const struct fo_node *item = l->item;
    if (!item) {
        lay_tape_close(l->c.tape);
        lay_tape_space(l->c.tape, &l->after);
        return false;
    }
    if (l->prev) {
        struct fo_keep k = lay_keep_between(&l->c, l->prev, item);
        enum lay_force f = lay_force_max(
            lay_force_after(l->prev), lay_force_before(item));
        lay_tape_break(l->c.tape, k.column, k.page, f);
    }
    l->prev = item;
    l->item = next_item(item->next);
    write_item(l, item);
    return true;
}

void
lay_gen_list(struct lay_ctx *c, const struct fo_node *node)
{
    struct list *l = ARENA_NEW(c->arena, struct list);
    struct lay_space before = lay_space_before(c, node);
    l->c = *c;
    l->node = node;
    l->item = next_item(node->first);
    l->after = lay_space_after(c, node);
    lay_tape_space(c->tape, &before);
    struct lay_box *box = lay_box_new(c, node);
    lay_tape_open(c->tape, box);
    write_markers(l, node);
    lay_ctx_enter(&l->c, box);
    l->c.together = tbl_keep_max(c->together, node->style->keep_together);
    lay_tape_generate(c->tape, step, l);
}
