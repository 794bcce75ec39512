/* A marker's content, retrieved: a copy whose properties are computed again
 * as if it stood where it is shown. */
#include "base/arena.h"
#include "base/diag.h"
#include "fo/fo_build.h"

struct copying {
    const struct fo_book *book;
    struct arena *arena;
    struct fo_text_run_list runs;
    struct buf scratch;
};

static bool
is_atom(enum fo_kind kind)
{
    return kind == FO_CHARACTER || kind == FO_EXTERNAL_GRAPHIC ||
        kind == FO_INSTREAM_FOREIGN_OBJECT || kind == FO_LEADER ||
        kind == FO_PAGE_NUMBER || kind == FO_PAGE_NUMBER_CITATION ||
        kind == FO_PAGE_NUMBER_CITATION_LAST;
}

static bool
is_boundary(enum fo_kind kind)
{
    return !is_atom(kind) && kind != FO_INLINE && kind != FO_BASIC_LINK &&
        kind != FO_WRAPPER && kind != FO_BIDI_OVERRIDE && kind != FO_FOOTNOTE &&
        kind != FO_MARKER;
}

/* The style whose white-space properties count around N. */
static const struct fo_style *
block_style(const struct fo_node *n)
{
    while (n->kind != FO_BLOCK && n->parent)
        n = n->parent;
    return n->style;
}

static void
end_stretch(struct copying *c, const struct fo_node *around)
{
    fo_runs_finish(&c->runs, 0, block_style(around), c->arena, &c->scratch);
}

static struct fo_node *
copy_one(struct copying *c, const struct fo_node *from, struct fo_node *parent)
{
    struct fo_node *n = ARENA_NEW(c->arena, struct fo_node);
    const struct fo_full *up = (const struct fo_full *)parent->style;

    n->kind = from->kind;
    n->line = from->line;
    n->col = from->col;
    n->foreign = from->foreign;
    n->from_file = from->from_file;
    n->from_line = from->from_line;
    fo_build_add(parent, n);
    if (from->kind == FO_TEXT) {
        n->style = parent->style;
        n->text = from->text;
        n->len = from->len;
        fo_runs_add(&c->runs, n, from->text, (size_t)from->len);
    } else {
        const struct fo_raw *raw = (const struct fo_raw *)from;
        struct where w = {c->book->t.file, from->line, from->col};

        if (is_boundary(from->kind))
            end_stretch(c, parent);
        else if (is_atom(from->kind))
            fo_runs_object(&c->runs);
        n->style = &fo_props_style(
            c->book->props, up, from->kind, raw->attrs, raw->n_attrs, &w, NULL)
                        ->s;
    }
    return n;
}

struct fo_node *
fo_marker_copy(const struct fo_tree *t, const struct fo_node *marker,
    const struct fo_node *parent, struct arena *a)
{
    struct copying c = {.book = (const struct fo_book *)t, .arena = a};
    struct fo_node *top = ARENA_NEW(a, struct fo_node), *to = top;
    const struct fo_node *from = marker->first;

    /* The copy of the marker itself carries the place it is shown in. */
    *top = *marker;
    top->parent = (struct fo_node *)(size_t)parent;
    top->first = top->last = top->next = top->prev = NULL;
    top->style = parent->style;
    while (from) {
        struct fo_node *n = copy_one(&c, from, to);

        if (from->first) {
            to = n;
            from = from->first;
            continue;
        }
        if (n->kind != FO_TEXT && is_boundary(n->kind))
            end_stretch(&c, n);
        while (from != marker && !from->next) {
            from = from->parent;
            if (from == marker)
                break;
            if (is_boundary(to->kind))
                end_stretch(&c, to);
            to = to->parent;
        }
        from = from == marker ? NULL : from->next;
    }
    end_stretch(&c, top);
    fo_runs_clear(&c.runs);
    buf_clear(&c.scratch);
    return top->first;
}
