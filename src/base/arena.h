/* A pool: everything taken from it lives until it is freed as a whole.
 * Owner: whoever called arena_new.  Memory comes zeroed; out of memory ends
 * the process (house rule 20).  Foreign objects hang on it by arena_defer. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* life */
struct arena *arena_new(void);
void arena_free(struct arena *a); /* runs deferred calls last-in-first-out; NULL is fine */
void arena_defer(struct arena *a, void (*fn)(void *), void *ptr);

/* build: 16-byte aligned, zeroed */
void *arena_alloc(struct arena *a, size_t size);
void *arena_array(struct arena *a, size_t n, size_t size); /* overflow ends the process */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))

/* ask */
size_t arena_bytes(const struct arena *a); /* [B] taken from the system */

#endif
