/* UTF-8, one code point at a time. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Decodes the code point at *s (before end), moves *s behind it.  Malformed
 * bytes give U+FFFD and move one byte. */
unsigned utf8_next(const char **s, const char *end);
int utf8_put(char out[4], unsigned cp); /* number of bytes written */
size_t utf8_count(const char *s, size_t n); /* code points */

#endif
