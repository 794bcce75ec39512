#include "paint/paint_svg.h"
#include "paint/paint_in.h"
#include <stdlib.h>
#include <string.h>

struct names {
    long *seen; /* Cairo's numbers in the order met */
    int n, cap;
};

cairo_status_t
paint_svg_write(void *painter, const unsigned char *bytes, unsigned n)
{
    struct painter *p = painter;

    buf_add(&p->out, bytes, n);
    return CAIRO_STATUS_SUCCESS;
}

static int
number(struct names *s, long cairos)
{
    for (int i = 0; i < s->n; i++)
        if (s->seen[i] == cairos)
            return i + 1;
    if (s->n == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 16;
        s->seen = realloc(s->seen, (size_t)s->cap * sizeof *s->seen);
        if (!s->seen)
            abort();
    }
    s->seen[s->n++] = cairos;
    return s->n;
}

/* Length of "surface", "image" or "source" at S when an id of that name
 * begins there: behind id=" or #, a number, then " or ). */
static size_t
prefix(const char *begin, const char *s)
{
    static const char *const words[] = {"surface", "image", "source"};

    if (s == begin ||
        (s[-1] != '#' && (s - begin < 4 || strncmp(s - 4, "id=\"", 4))))
        return 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        size_t digits;

        if (strncmp(s, words[i], n))
            continue;
        digits = strspn(s + n, "0123456789");
        if (digits && (s[n + digits] == '"' || s[n + digits] == ')'))
            return n;
    }
    return 0;
}

void
paint_svg_rename(struct buf *svg)
{
    struct names names = {0};
    struct buf out;
    const char *s = svg->data, *from = s;

    buf_init(&out);
    while (s && (s = strpbrk(s, "is"))) {
        size_t n = prefix(svg->data, s);
        char *end;
        long cairos;

        if (!n) {
            s++;
            continue;
        }
        cairos = strtol(s + n, &end, 10);
        buf_add(&out, from, (size_t)(s - from) + n);
        buf_printf(&out, "%d", number(&names, cairos));
        from = s = end;
    }
    if (from)
        buf_add_str(&out, from);
    free(names.seen);
    buf_clear(svg);
    *svg = out;
}
