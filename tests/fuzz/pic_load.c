/* Bytes as the file of a picture: heads of PNG and JPEG, the small SVG. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "layout/pic.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static void
add_base64(struct buf *b, const unsigned char *s, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < n; i += 3) {
        unsigned v = (unsigned)s[i] << 16 |
            (i + 1 < n ? (unsigned)s[i + 1] << 8 : 0) |
            (i + 2 < n ? s[i + 2] : 0);

        for (int k = 3; k >= 0; k--)
            buf_add_char(
                b, i + (size_t)(3 - k) > n ? '=' : digits[v >> 6 * k & 63]);
    }
}

/* Everything that a painter would read. */
static double
walk(const struct drawing *d)
{
    double sum = 0;

    for (const struct drawing_shape *s = d->first; s; s = s->next)
        for (int i = 0; i < s->n_segs; i++)
            sum += s->segs[i].x[0] + s->segs[i].y[2];
    return sum;
}

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
    struct arena *a = arena_new();
    struct where w = {"fuzz.fo", 1, 1};
    struct diags d;
    struct buf src;
    const struct pic *p;
    volatile double sum = 0;

    diags_init(&d, a);
    buf_init(&src);
    buf_add_str(&src, "data:;base64,");
    add_base64(&src, bytes, n);
    p = pic_load(pic_cache_new(a, "./"), src.data, &d, &w);
    if (p && p->drawing)
        sum = walk(p->drawing);
    (void)sum;
    if (p && (p->width < 0 || p->height < 0))
        __builtin_trap();
    buf_clear(&src);
    arena_free(a);
    return 0;
}
