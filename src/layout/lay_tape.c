/* Tapes: items in blocks of 256 that can be forgotten from the front, and
 * the stack of generators that write them on demand. */
#include "layout/lay.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK_ITEMS 256
#define CHUNK_BYTES (512 * 1024)

/* Memory of a stretch of the tape. */
struct lay_chunk {
    struct lay_chunk *next;
    struct arena *arena;
    int last; /* index of the last item that needs it */
    int open; /* boxes opened in it and not yet closed */
};

struct generator {
    struct generator *below;
    bool (*fn)(void *data);
    void *data;
    bool done;
};

struct lay_tape {
    struct arena *arena; /* of the tape itself */
    struct lay_item **blocks; /* blocks[i / 256], NULL once dropped */
    int n_blocks;
    int n; /* items written */
    int dropped; /* blocks forgotten */
    struct lay_box *box; /* innermost open box */
    struct generator *top;
    struct lay_markers *markers; /* of what holds the tape: a cell, a label */
    struct lay_chunk *first, *last; /* NULL: everything in arena */
};

static void
clear(void *ptr)
{
    lay_tape_clear(ptr);
}

void
lay_tape_clear(struct lay_tape *t)
{
    for (int i = 0; i < t->n_blocks; i++)
        free(t->blocks[i]);
    free(t->blocks);
    t->blocks = NULL;
    t->n_blocks = 0;
    while (t->top) { /* it was given up for one in another measure */
        struct generator *g = t->top;
        t->top = g->below;
        free(g);
    }
    while (t->first) {
        struct lay_chunk *c = t->first;
        t->first = c->next;
        arena_free(c->arena);
        free(c);
    }
    t->last = NULL;
}

struct lay_tape *
lay_tape_new(struct arena *a)
{
    struct lay_tape *t = ARENA_NEW(a, struct lay_tape);
    t->arena = a;
    arena_defer(a, clear, t);
    return t;
}

static void *
must(void *p)
{
    if (!p)
        abort();
    return p;
}

static struct lay_chunk *
chunk_push(struct lay_tape *t)
{
    struct lay_chunk *c = must(calloc(1, sizeof *c));
    c->arena = arena_new();
    c->last = t->n;
    if (t->last)
        t->last->next = c;
    else
        t->first = c;
    t->last = c;
    return c;
}

void
lay_tape_stream(struct lay_tape *t)
{
    if (!t->last)
        chunk_push(t);
}

struct arena *
lay_tape_keep(struct lay_tape *t)
{
    return t->arena;
}

struct arena *
lay_tape_arena(struct lay_tape *t)
{
    if (!t->last)
        return t->arena;
    if (arena_bytes(t->last->arena) > CHUNK_BYTES)
        chunk_push(t);
    return t->last->arena;
}

void
lay_tape_drop(struct lay_tape *t, int index)
{
    while (t->dropped < index / BLOCK_ITEMS) {
        free(t->blocks[t->dropped]);
        t->blocks[t->dropped++] = NULL;
    }
    /* Chunks go in order of age; one that still holds an open box stays, and
     * so do those behind it only until they are drained themselves. */
    struct lay_chunk **at = &t->first;
    while (*at && *at != t->last) {
        struct lay_chunk *c = *at;
        if (c->open > 0 || c->last >= index) {
            at = &c->next;
            continue;
        }
        *at = c->next;
        arena_free(c->arena);
        free(c);
    }
}

/* ---- writing ---------------------------------------------------------- */

struct lay_item *
lay_tape_add(struct lay_tape *t, enum lay_item_kind kind)
{
    int block = t->n / BLOCK_ITEMS;
    if (block == t->n_blocks) {
        if ((block & (block - 1)) == 0) {
            size_t cap = block ? (size_t)block * 2 : 1;
            t->blocks = must(realloc(t->blocks, cap * sizeof *t->blocks));
        }
        t->blocks[t->n_blocks++] = must(
            calloc(BLOCK_ITEMS, sizeof(struct lay_item)));
    }
    struct lay_item *it = &t->blocks[block][t->n % BLOCK_ITEMS];
    it->kind = kind;
    it->in = t->box;
    if (t->last)
        t->last->last = t->n;
    t->n++;
    return it;
}

void
lay_tape_open(struct lay_tape *t, struct lay_box *b)
{
    struct lay_item *it = lay_tape_add(t, LAY_OPEN);
    it->u.box = b;
    b->parent = t->box;
    b->chunk = t->last;
    if (b->chunk)
        b->chunk->open++;
    t->box = b;
}

void
lay_tape_close(struct lay_tape *t)
{
    struct lay_box *b = t->box;
    struct lay_item *it = lay_tape_add(t, LAY_CLOSE);
    it->u.box = b;
    if (b->chunk) {
        b->chunk->open--;
        b->chunk->last = t->n;
    }
    t->box = b->parent;
}

void
lay_tape_space(struct lay_tape *t, const struct lay_space *s)
{
    if (s->min || s->opt || s->max)
        lay_tape_add(t, LAY_SPACE)->u.space = *s;
}

void
lay_tape_break(struct lay_tape *t, int column, int page, enum lay_force force)
{
    struct lay_item *it = lay_tape_add(t, LAY_BREAK);
    it->u.brk.column = column;
    it->u.brk.page = page;
    it->u.brk.force = force;
}

void
lay_tape_piece(struct lay_tape *t, struct lay_piece *p)
{
    lay_tape_add(t, LAY_BOX)->u.piece = p;
}

struct lay_box *
lay_tape_box(const struct lay_tape *t)
{
    return t->box;
}

struct lay_markers *
lay_tape_markers(const struct lay_tape *t)
{
    return t->markers;
}

void
lay_tape_add_marker(struct lay_tape *t, const struct fo_node *marker)
{
    struct lay_markers *m = ARENA_NEW(
        t->box && t->box->chunk ? t->box->chunk->arena : t->arena,
        struct lay_markers);
    struct lay_markers **list = t->box ? &t->box->markers : &t->markers;
    lay_tape_add(t, LAY_MARKER)->u.marker = marker;
    m->marker = marker;
    m->next = *list;
    *list = m;
}

/* ---- reading ---------------------------------------------------------- */

void
lay_tape_generate(struct lay_tape *t, bool (*fn)(void *data), void *data)
{
    struct generator *g = must(calloc(1, sizeof *g));
    g->fn = fn;
    g->data = data;
    g->below = t->top;
    t->top = g;
}

/* Runs the topmost generator once; false when there is none. */
static bool
tape_step(struct lay_tape *t)
{
    while (t->top && t->top->done) {
        struct generator *g = t->top;
        t->top = g->below;
        free(g);
    }
    if (!t->top)
        return false;
    struct generator *g = t->top;
    if (!g->fn(g->data))
        g->done = true;
    return true;
}

struct lay_item *
lay_tape_at(struct lay_tape *t, int i)
{
    while (i >= t->n)
        if (!tape_step(t))
            return NULL;
    return &t->blocks[i / BLOCK_ITEMS][i % BLOCK_ITEMS];
}

void
lay_tape_finish(struct lay_tape *t)
{
    while (tape_step(t))
        continue;
}
