/* Footnotes: bodies as tapes of their own, and what they cost a page. */
#include "layout/lay_note.h"

#include "base/arena.h"

struct lay_note *
lay_note_new(struct lay_ctx *c, const struct fo_node *footnote)
{
    const struct fo_node *body = footnote->last;
    while (body && body->kind != FO_FOOTNOTE_BODY)
        body = body->prev;
    if (!body || c->lay->depth >= LAY_DEPTH_MAX)
        return NULL;
    struct lay_ctx in = *c;
    in.together = (struct fo_keep){0};
    in.no_notes = true;
    in.grid_pitch = in.grid_advance = 0;
    struct lay_note *n = ARENA_NEW(c->arena, struct lay_note);
    n->node = body;
    n->tape = lay_subtape(&in, body, c->note_ipd, -1);
    n->height = lay_tape_height(c->lay, n->tape, false);

    struct lay_room room = {
        .height = 0, .must = true, .at_top = true, .page = true};
    struct lay_cut cut;
    lay_cut_tape(c->lay, n->tape, (struct lay_pos){0}, &room, c->arena, &cut);
    n->first = cut.least;
    return n;
}

void
lay_note_begin(struct lay_note_sum *s, const struct lay_note_room *r)
{
    *s = (struct lay_note_sum){.separator = r->separator};
    if (r->waiting) {
        s->whole = r->separator + r->waiting;
        s->any = true;
    }
}

void
lay_note_add(struct lay_note_sum *s, const struct lay_note *n)
{
    if (!n)
        return;
    s->whole += s->last + (s->any ? 0 : s->separator);
    s->any = true;
    s->last = 0;
    s->last_first = n->first;
    for (; n; n = n->next)
        s->last += n->height;
}

int
lay_note_least(const struct lay_note_sum *s)
{
    return s->whole + s->last_first;
}

int
lay_note_all(const struct lay_note_sum *s)
{
    return s->whole + s->last;
}
