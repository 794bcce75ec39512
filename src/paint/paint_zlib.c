/* Cairo compresses at zlib's level 6, which takes half of the time of a
 * document, and offers no choice.  So the program brings its own deflate: the
 * dynamic linker takes symbols from the program first, and Cairo's calls end
 * here.  A stream is collected whole and coded when it is finished.
 *
 * Others in the process use zlib too (libpng writing, libxml2 reading).
 * Their streams begin with deflateInit2_, which stays zlib's; what is not a
 * stream of ours is handed on. */
#define _GNU_SOURCE
#include "paint/paint_zlib.h"
#include "base/buf.h"
#include "paint/paint_deflate.h"
#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define PUBLIC __attribute__((visibility("default"), used))

static const char ours; /* its address marks our streams */

struct stream {
    const char *mark; /* where zlib's own state has a pointer too */
    struct buf in;
    struct buf out;
    size_t given; /* [B] of out */
    bool coded;
};

void
paint_zlib_use(void)
{
}

static struct stream *
stream_of(z_streamp z)
{
    struct stream *s = z ? (struct stream *)(void *)z->state : NULL;

    return s && s->mark == &ours ? s : NULL;
}

PUBLIC int
deflateInit_(z_streamp z, int level, const char *version, int size)
{
    struct stream *s = calloc(1, sizeof *s);

    (void)level;
    (void)version;
    if (!s || size != (int)sizeof *z) {
        free(s);
        return Z_MEM_ERROR;
    }
    s->mark = &ours;
    buf_init(&s->in);
    buf_init(&s->out);
    z->state = (struct internal_state *)(void *)s;
    z->total_in = z->total_out = 0;
    z->msg = NULL;
    return Z_OK;
}

static int
give(struct stream *s, z_streamp z)
{
    size_t n = s->out.len - s->given;

    if (n > z->avail_out)
        n = z->avail_out;
    memcpy(z->next_out, s->out.data + s->given, n);
    s->given += n;
    z->next_out += n;
    z->avail_out -= (uInt)n;
    z->total_out += n;
    return s->given == s->out.len ? Z_STREAM_END : Z_OK;
}

PUBLIC int
deflate(z_streamp z, int flush)
{
    static int (*next)(z_streamp, int);
    struct stream *s = stream_of(z);

    if (!s) {
        if (!next)
            *(void **)&next = dlsym(RTLD_NEXT, "deflate");
        return next ? next(z, flush) : Z_STREAM_ERROR;
    }
    buf_add(&s->in, z->next_in, z->avail_in);
    z->next_in += z->avail_in;
    z->total_in += z->avail_in;
    z->avail_in = 0;
    if (flush != Z_FINISH)
        return Z_OK;
    if (!s->coded)
        paint_deflate(&s->out, s->in.data ? s->in.data : "", s->in.len);
    s->coded = true;
    return give(s, z);
}

PUBLIC int
deflateEnd(z_streamp z)
{
    static int (*next)(z_streamp);
    struct stream *s = stream_of(z);

    if (!s) {
        if (!next)
            *(void **)&next = dlsym(RTLD_NEXT, "deflateEnd");
        return next ? next(z) : Z_STREAM_ERROR;
    }
    buf_clear(&s->in);
    buf_clear(&s->out);
    free(s);
    z->state = NULL;
    return Z_OK;
}
