/* A growing byte buffer.  Owner: the caller's storage, init/clear.  Always
 * NUL-terminated behind len, so buf.data can be read as a string. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
    char *data; /* NULL until the first byte */
    size_t len; /* [B] */
    size_t cap; /* [B] */
};

void buf_init(struct buf *b);
void buf_clear(struct buf *b); /* frees; b can be used again */
void buf_reset(struct buf *b); /* keeps the memory */
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_add_str(struct buf *b, const char *s);
void buf_add_char(struct buf *b, char c);
void buf_add_utf8(struct buf *b, unsigned cp);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void buf_add_xml(struct buf *b, const char *s, size_t n); /* escapes & < > " for XML; control characters as U+FFFD */

#endif
