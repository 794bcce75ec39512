/* Ids, page numbers and their citations.  A round prints what the round
 * before found; when it finds the same itself, the numbers stand still. */
#include "layout/lay_ref.h"

#include "base/arena.h"
#include "base/diag.h"

#include <stdint.h>
#include <string.h>

#define BUCKETS_FIRST 64 /* doubled when there are as many refs */
#define PLACEHOLDER "0" /* printed in the first round, where nothing is known */

struct ref {
    struct ref *next; /* in its bucket */
    struct ref *later; /* in order of appearance in this round */
    const char *id; /* or NULL: */
    const struct fo_node *node;
    int round; /* in which it was seen last */
    char now_first[16],
        now_last[16]; /* numbers of its first and last page, this round */
    char was_first[16], was_last[16]; /* of the round before, "" none */
    int page, last_page; /* index */
    int x, y; /* [mpt] on its first page */
    const struct area *area; /* first area, until its page ends */
};

struct lay_refs {
    struct arena *arena;
    int round;
    struct ref **bucket;
    unsigned n_buckets, n; /* refs in them */
    struct ref *first, *last; /* seen in this round, in order */
    struct ref *fresh; /* first one whose area is still to be measured */
};

struct lay_refs *
lay_refs_new(struct arena *a)
{
    struct lay_refs *r = ARENA_NEW(a, struct lay_refs);
    r->arena = a;
    r->n_buckets = BUCKETS_FIRST;
    r->bucket = arena_array(a, r->n_buckets, sizeof *r->bucket);
    return r;
}

static unsigned
hash(const char *id, const struct fo_node *n)
{
    unsigned h = 2166136261u;
    if (!id)
        return (unsigned)((uintptr_t)n >> 4);
    while (*id)
        h = (h ^ (unsigned char)*id++) * 16777619u;
    return h ^ h >> 15;
}

static void
insert(struct lay_refs *r, struct ref *f)
{
    struct ref **at = &r->bucket[hash(f->id, f->node) % r->n_buckets];
    f->next = *at;
    *at = f;
}

static void
grow(struct lay_refs *r)
{
    struct ref **old = r->bucket;
    unsigned n = r->n_buckets;
    r->n_buckets = 2 * n;
    r->bucket = arena_array(r->arena, r->n_buckets, sizeof *r->bucket);
    for (unsigned i = 0; i < n; i++)
        for (struct ref *f = old[i], *next; f; f = next) {
            next = f->next;
            insert(r, f);
        }
}

static struct ref *
ref_find(struct lay_refs *r, const char *id, const struct fo_node *n, bool make)
{
    for (struct ref *f = r->bucket[hash(id, n) % r->n_buckets]; f; f = f->next)
        if (id ? f->id && !strcmp(f->id, id) : f->node == n)
            return f;
    if (!make)
        return NULL;
    struct ref *f = ARENA_NEW(r->arena, struct ref);
    f->id = id;
    f->node = id ? NULL : n;
    if (r->n++ == r->n_buckets)
        grow(r);
    insert(r, f);
    return f;
}

void
lay_refs_begin(struct lay_refs *r)
{
    for (unsigned i = 0; i < r->n_buckets; i++)
        for (struct ref *f = r->bucket[i]; f; f = f->next) {
            bool seen = f->round == r->round && r->round > 0;
            memcpy(f->was_first, f->now_first, sizeof f->was_first);
            memcpy(f->was_last, f->now_last, sizeof f->was_last);
            if (!seen)
                f->was_first[0] = f->was_last[0] = '\0';
        }
    r->round++;
    r->first = r->last = r->fresh = NULL;
}

bool
lay_refs_moved(struct lay_refs *r)
{
    for (const struct ref *f = r->first; f; f = f->later)
        if (strcmp(f->was_first, f->now_first) ||
            strcmp(f->was_last, f->now_last))
            return true;
    return false;
}

static void
set_number(char to[16], const char *text)
{
    strncpy(to, text ? text : "", 15);
    to[15] = '\0';
}

static struct ref *
seen(struct lay *l, const struct area_page *page, const char *id,
    const struct fo_node *n)
{
    struct lay_refs *r = l->refs;
    struct ref *f = ref_find(r, id, n, true);
    if (f->round != r->round) {
        f->round = r->round;
        f->later = NULL;
        if (r->last)
            r->last->later = f;
        else
            r->first = f;
        r->last = f;
        f->page = page->index;
        f->area = NULL;
        set_number(f->now_first, page->number_text);
        if (!r->fresh)
            r->fresh = f;
    }
    f->last_page = page->index;
    set_number(f->now_last, page->number_text);
    return f;
}

void
lay_ref_seen(struct lay *l, const struct area_page *page, const char *id,
    const struct area *a)
{
    bool first = !ref_find(l->refs, id, NULL, false) ||
        ref_find(l->refs, id, NULL, false)->round != l->refs->round;
    struct ref *f = seen(l, page, id, NULL);
    if (first)
        f->area = a;
}

void
lay_ref_node(
    struct lay *l, const struct area_page *page, const struct fo_node *n)
{
    seen(l, page, NULL, n);
}

/* From the area's own corner up to the page's. */
static void
measure(struct ref *f)
{
    double x = 0, y = 0;
    for (const struct area *a = f->area; a; a = a->parent) {
        if (a != f->area) {
            struct area_matrix m = area_turn(a);
            double nx = m.a * x + m.c * y + m.e;
            double ny = m.b * x + m.d * y + m.f;
            x = nx;
            y = ny;
        }
        x += a->x;
        y += a->y;
        if (a->fixed)
            break;
    }
    f->x = (int)x;
    f->y = (int)y;
    f->area = NULL;
}

void
lay_ref_page_end(struct lay *l, const struct area_page *page)
{
    (void)page;
    for (struct ref *f = l->refs->fresh; f; f = f->later)
        if (f->area)
            measure(f);
    l->refs->fresh = NULL;
}

const char *
lay_ref_own_number(struct lay *l, const struct fo_node *n)
{
    struct ref *f = ref_find(l->refs, NULL, n, false);
    return f && f->was_first[0] ? f->was_first : PLACEHOLDER;
}

const char *
lay_ref_number(struct lay *l, const struct fo_node *citation)
{
    const char *id = citation->style->ref_id;
    bool last = citation->kind == FO_PAGE_NUMBER_CITATION_LAST;
    if (!id || !*id)
        return "";
    if (!fo_lookup_id(l->tree, id)) {
        struct where w = fo_where(l->tree, citation);
        diag_add(
            l->diags, DIAG_FO_UNKNOWN_ID, &w, id, "the number is left out");
        return "";
    }
    struct ref *f = ref_find(l->refs, id, NULL, false);
    if (f && f->was_first[0])
        return last ? f->was_last : f->was_first;
    if (f && !last && f->round == l->refs->round && f->now_first[0])
        return f->now_first;
    return PLACEHOLDER;
}

struct area_target *
lay_ref_targets(struct lay *l, struct arena *a, int *n)
{
    *n = 0;
    for (const struct ref *f = l->refs->first; f; f = f->later)
        *n += f->id != NULL;
    struct area_target *t = arena_array(a, (size_t)*n + 1, sizeof *t);
    int i = 0;
    for (const struct ref *f = l->refs->first; f; f = f->later)
        if (f->id)
            t[i++] = (struct area_target){.id = f->id,
                .page = f->page,
                .x = f->x,
                .y = f->y,
                .number_text = f->now_first,
                .last_number_text = f->now_last,
                .last_page = f->last_page};
    return t;
}
