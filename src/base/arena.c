/* Chunks in a chain, the newest first; each new one is twice as big until
 * CHUNK_MAX.  calloc gives large chunks as untouched zero pages, so zeroing
 * costs nothing until they are used.  A request that would waste much of a
 * chunk gets one of its own, behind the current one. */
#include "base/arena.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_MIN ((size_t)16 << 10) /* [B] */
#define CHUNK_MAX ((size_t)4 << 20) /* [B] */
#define ALIGN 16

struct chunk {
    struct chunk *next;
    size_t size; /* [B] behind the header */
    size_t used; /* [B] */
    size_t pad; /* keeps the data aligned */
};

struct deferred {
    struct deferred *next;
    void (*fn)(void *);
    void *ptr;
};

struct arena {
    struct chunk *first;
    struct deferred *deferred;
    size_t next_size; /* [B] of the next chunk */
    size_t bytes; /* [B] taken from the system */
};

static _Noreturn void
out_of_memory(void)
{
    fputs("shenbao: out of memory\n", stderr);
    exit(3);
}

static struct chunk *
chunk_new(struct arena *a, size_t size)
{
    struct chunk *c;

    if (size > SIZE_MAX / 2)
        out_of_memory();
    c = calloc(1, sizeof *c + size);
    if (!c)
        out_of_memory();
    c->size = size;
    a->bytes += sizeof *c + size;
    return c;
}

struct arena *
arena_new(void)
{
    struct arena *a = calloc(1, sizeof *a);

    if (!a)
        out_of_memory();
    a->next_size = CHUNK_MIN;
    a->bytes = sizeof *a;
    return a;
}

void
arena_free(struct arena *a)
{
    if (!a)
        return;
    /* a deferred call may itself defer */
    while (a->deferred) {
        struct deferred *d = a->deferred;

        a->deferred = d->next;
        d->fn(d->ptr);
    }
    while (a->first) {
        struct chunk *next = a->first->next;

        free(a->first);
        a->first = next;
    }
    free(a);
}

void
arena_defer(struct arena *a, void (*fn)(void *), void *ptr)
{
    struct deferred *d = ARENA_NEW(a, struct deferred);

    d->fn = fn;
    d->ptr = ptr;
    d->next = a->deferred;
    a->deferred = d;
}

static void *
chunk_take(struct chunk *c, size_t size)
{
    void *p = (char *)(c + 1) + c->used;

    c->used += size;
    return p;
}

void *
arena_alloc(struct arena *a, size_t size)
{
    struct chunk *c = a->first;

    if (size > SIZE_MAX / 4)
        out_of_memory();
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (c && size <= c->size - c->used)
        return chunk_take(c, size);

    /* big: a chunk of its own, so that the rest of this one stays of use */
    if (size > a->next_size / 4) {
        c = chunk_new(a, size);
        if (a->first) {
            c->next = a->first->next;
            a->first->next = c;
        } else {
            a->first = c;
        }
        return chunk_take(c, size);
    }

    c = chunk_new(a, a->next_size);
    if (a->next_size < CHUNK_MAX)
        a->next_size *= 2;
    c->next = a->first;
    a->first = c;
    return chunk_take(c, size);
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        out_of_memory();
    return arena_alloc(a, n * size);
}

char *
arena_strdup(struct arena *a, const char *s)
{
    return arena_strndup(a, s, strlen(s));
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
    char *p;

    if (n == SIZE_MAX)
        out_of_memory();
    p = arena_alloc(a, n + 1);
    if (n)
        memcpy(p, s, n);
    return p;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    char *p;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        return arena_strdup(a, "");
    p = arena_alloc(a, (size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return p;
}

size_t
arena_bytes(const struct arena *a)
{
    return a->bytes;
}
