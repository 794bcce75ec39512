#include "base/buf.h"
#include "base/utf8.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
buf_init(struct buf *b)
{
    *b = (struct buf){0};
}

void
buf_clear(struct buf *b)
{
    free(b->data);
    buf_init(b);
}

void
buf_reset(struct buf *b)
{
    b->len = 0;
    if (b->data)
        b->data[0] = '\0';
}

/* Room for N more bytes and the NUL. */
static void
reserve(struct buf *b, size_t n)
{
    size_t cap = b->cap ? b->cap : 64;

    if (n > SIZE_MAX / 4 - b->len)
        goto out_of_memory;
    while (cap < b->len + n + 1)
        cap *= 2;
    if (cap > b->cap) {
        char *data = realloc(b->data, cap);

        if (!data)
            goto out_of_memory;
        b->data = data;
        b->cap = cap;
    }
    return;

out_of_memory:
    fputs("shenbao: out of memory\n", stderr);
    exit(3);
}

void
buf_add(struct buf *b, const void *bytes, size_t n)
{
    reserve(b, n);
    if (n)
        memcpy(b->data + b->len, bytes, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void
buf_add_str(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void
buf_add_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void
buf_add_utf8(struct buf *b, unsigned cp)
{
    char out[4];

    buf_add(b, out, (size_t)utf8_put(out, cp));
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    buf_vprintf(b, fmt, ap);
    va_end(ap);
}

void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
    va_list again;
    int n;

    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, ap);
    if (n > 0) {
        reserve(b, (size_t)n);
        vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

void
buf_add_xml(struct buf *b, const char *s, size_t n)
{
    const char *end = s + n;

    while (s < end) {
        const char *from = s;
        unsigned cp = utf8_next(&s, end);

        if (cp == '&')
            buf_add_str(b, "&amp;");
        else if (cp == '<')
            buf_add_str(b, "&lt;");
        else if (cp == '>')
            buf_add_str(b, "&gt;");
        else if (cp == '"')
            buf_add_str(b, "&quot;");
        else if (cp == '\t' || cp == '\n' || cp == '\r')
            buf_printf(b, "&#%u;", cp);
        else if (cp < 0x20 || cp == 0xFFFE || cp == 0xFFFF || cp == 0xFFFD)
            buf_add_utf8(b, 0xFFFD);
        else
            buf_add(b, from, (size_t)(s - from));
    }
}
