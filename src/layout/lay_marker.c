/* Markers: which one a retrieve-marker of the page's static content shows
 * (XSL 1.1 §6.13.6).  The page's own come first; then what earlier pages of
 * the sequence (or document) showed last. */
#include "layout/lay_ref.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

struct seen {
    struct seen *next;
    struct seen *next_open; /* of those whose owner has not ended */
    const struct fo_node *marker;
    const struct area *owner; /* gone with its page; only its flags matter */
    int end; /* order in which owners ended on the page, 0: it goes on */
};

struct carried { /* what the last page that had the class ended with */
    struct carried *next;
    const struct fo_node *marker;
    const struct fo_node *sequence;
    const char *class_name;
    int page; /* pages that had ended when it was carried */
    int end; /* of the marker, as in struct seen */
};

struct lay_markers_state {
    struct arena *page_arena; /* of the entries of one page */
    struct seen *first, *last;
    struct seen *open, **open_end;
    int pages; /* that have ended */
    int ended; /* owners that ended so far */
    const struct fo_node *sequence;
    struct carried *carried;
};

static void
state_free(void *ptr)
{
    struct lay_markers_state *s = ptr;
    arena_free(s->page_arena);
}

static struct lay_markers_state *
state_of(struct lay *l)
{
    if (!l->markers) {
        l->markers = ARENA_NEW(l->arena, struct lay_markers_state);
        l->markers->page_arena = arena_new();
        l->markers->open_end = &l->markers->open;
        arena_defer(l->arena, state_free, l->markers);
    }
    return l->markers;
}

void
lay_ref_marker(struct lay *l, const struct area_page *page,
    const struct fo_node *marker, const struct area *owner)
{
    struct lay_markers_state *s = state_of(l);
    struct seen *e = ARENA_NEW(s->page_arena, struct seen);
    e->marker = marker;
    e->owner = owner;
    if (s->last)
        s->last->next = e;
    else
        s->first = e;
    s->last = e;
    *s->open_end = e;
    s->open_end = &e->next_open;
    s->sequence = page->sequence;
}

static bool
is_class(const struct fo_node *marker, const char *name)
{
    const char *c = marker->style->marker_class_name;
    return c && name && !strcmp(c, name);
}

void
lay_ref_marker_end(struct lay *l, const struct area *owner)
{
    struct lay_markers_state *s = state_of(l);
    for (struct seen **at = &s->open, *e; (e = *at);) {
        if (e->owner != owner) {
            at = &e->next_open;
            continue;
        }
        e->end = ++s->ended;
        *at = e->next_open;
        if (!*at)
            s->open_end = at;
    }
}

/* The first or last marker of the class; STARTS: its owner begins here. */
static const struct fo_node *
pick(
    const struct lay_markers_state *s, const char *name, bool last, bool starts)
{
    const struct fo_node *found = NULL;
    for (const struct seen *e = s->first; e; e = e->next) {
        if (!is_class(e->marker, name) ||
            (starts && e->owner && !e->owner->is_first))
            continue;
        found = e->marker;
        if (!last)
            break;
    }
    return found;
}

/* The marker whose owner is the last to end on the page. */
static const struct fo_node *
pick_ended(const struct lay_markers_state *s, const char *name)
{
    const struct seen *found = NULL;
    for (const struct seen *e = s->first; e; e = e->next)
        if (is_class(e->marker, name) && e->end > (found ? found->end : 0))
            found = e;
    return found ? found->marker : NULL;
}

static const struct fo_node *
on_page(
    const struct lay_markers_state *s, const char *name, enum fo_value position)
{
    const struct fo_node *m = NULL;
    bool last = position == FO_V_LAST_STARTING_WITHIN_PAGE ||
        position == FO_V_LAST_ENDING_WITHIN_PAGE;
    if (position == FO_V_LAST_ENDING_WITHIN_PAGE)
        m = pick_ended(s, name);
    else if (position != FO_V_FIRST_INCLUDING_CARRYOVER)
        m = pick(s, name, last, true);
    return m ? m : pick(s, name, last, false);
}

const struct fo_node *
lay_ref_retrieve(
    struct lay *l, const struct area_page *page, const struct fo_node *retrieve)
{
    struct lay_markers_state *s = state_of(l);
    const struct fo_style *st = retrieve->style;
    const struct fo_node *m = on_page(
        s, st->retrieve_class_name, st->retrieve_position);
    if (m || st->retrieve_boundary == FO_V_PAGE)
        return m;
    for (const struct carried *c = s->carried; c; c = c->next)
        if (!strcmp(c->class_name,
                st->retrieve_class_name ? st->retrieve_class_name : "") &&
            (st->retrieve_boundary == FO_V_DOCUMENT ||
                c->sequence == page->sequence))
            return c->marker;
    return NULL;
}

/* Of each class the marker whose owner is the last to end, or else the last. */
static void
carry(struct lay *l, struct lay_markers_state *s, const struct seen *e)
{
    const char *name = e->marker->style->marker_class_name;
    struct carried *c = s->carried;
    while (c && strcmp(c->class_name, name))
        c = c->next;
    if (!c) {
        c = ARENA_NEW(l->arena, struct carried);
        c->class_name = name;
        c->next = s->carried;
        s->carried = c;
    }
    if (c->page == s->pages && c->end > 0 && e->end <= c->end)
        return;
    c->marker = e->marker;
    c->end = e->end;
    c->page = s->pages;
    c->sequence = s->sequence;
}

void
lay_markers_end_page(struct lay *l)
{
    struct lay_markers_state *s = state_of(l);
    s->pages++;
    for (const struct seen *e = s->first; e; e = e->next)
        if (e->marker->style->marker_class_name)
            carry(l, s, e);
    s->first = s->last = s->open = NULL;
    s->open_end = &s->open;
    s->ended = 0;
    arena_free(s->page_arena);
    s->page_arena = arena_new();
}
