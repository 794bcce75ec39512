/* Going on in another measure: when the next page's column is wider or
 * narrower, what is still to come is generated anew, from the very place.
 *
 * The place on the old tape is translated into a path through the FO tree:
 * the block-level ancestors, then the object that comes next, or the text
 * node and byte with which the next line begins.  On the new tape the
 * ancestors are opened as boxes that go on.  Inside a table row or a list
 * item there is no such place: these run on in the old measure. */
#include "layout/lay_inline.h"
#include "layout/lay_restart.h"

#include "base/arena.h"

#include <string.h>

/* What the tape holds next: the first thing that is not a space. */
static struct lay_item *
next_thing(struct lay_tape *t, int i)
{
    struct lay_item *it = lay_tape_at(t, i);
    while (it &&
        (it->kind == LAY_SPACE || it->kind == LAY_BREAK ||
            it->kind == LAY_SNAP || it->kind == LAY_MARKER))
        it = lay_tape_at(t, ++i);
    return it;
}

static const struct inl *
first_inline(const struct text_line *l)
{
    for (const struct text_piece *p = l->first; p; p = p->next)
        if ((p->kind == TEXT_RUN || p->kind == TEXT_BOX ||
                p->kind == TEXT_LEADER) &&
            p->tag)
            return p->tag;
    return NULL;
}

static int
byte_of(const struct text_line *l, const struct fo_node *n)
{
    if (n->kind != FO_TEXT)
        return 0;
    for (const struct text_piece *p = l->first; p; p = p->next)
        if (p->kind == TEXT_RUN)
            return p->utf8 >= n->text && p->utf8 <= n->text + n->len
                ? (int)(p->utf8 - n->text)
                : 0;
    return 0;
}

/* The target of the place, and for a line the text it begins with. */
static bool
find_target(struct lay_tape *t, struct lay_pos pos, struct lay_resume *r)
{
    struct lay_item *it = next_thing(t, pos.index);
    if (pos.sub || !it)
        return false;
    if (it->kind == LAY_OPEN) {
        r->target = it->u.box->node;
    } else if (it->kind == LAY_COMP) {
        r->target = it->u.comp->node;
    } else if (it->kind == LAY_BOX && it->u.piece->emit == lay_line_emit) {
        const struct lay_line *l = it->u.piece->data;
        const struct inl *i = first_inline(l->text);
        if (!i)
            return false;
        r->target = i->node;
        r->byte = byte_of(l->text, i->node);
        r->inside_line = true;
    } else if (it->kind == LAY_BOX) {
        r->target = it->u.piece->node;
    }
    return r->target != NULL;
}

/* Whether generation can begin anew inside K, above the target. */
static bool
opens_again(const struct fo_node *k, const struct lay_resume *r)
{
    return k->kind == FO_BLOCK || k->kind == FO_WRAPPER ||
        k->kind == FO_LIST_BLOCK || (r->inside_line && !fo_is_block_level(k));
}

/* The path from FLOW down to the target; false when a table is in it. */
static bool
find_path(const struct fo_node *flow, struct lay_resume *r)
{
    int n = 0;
    for (const struct fo_node *k = r->target; k && k != flow; k = k->parent) {
        if (n == LAY_RESUME_MAX || (k != r->target && !opens_again(k, r)))
            return false;
        r->path[n++] = k;
    }
    for (int i = 0; i < n / 2; i++) {
        const struct fo_node *k = r->path[i];
        r->path[i] = r->path[n - 1 - i];
        r->path[n - 1 - i] = k;
    }
    r->n = n;
    return n > 0;
}

bool
lay_restart_find(struct lay_tape *t, struct lay_pos pos,
    const struct fo_node *flow, struct lay_resume *r)
{
    memset(r, 0, sizeof *r);
    return find_target(t, pos, r) && find_path(flow, r);
}
