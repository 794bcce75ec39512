#include "base/utf8.h"

/* The number of continuation bytes that lead byte C promises, its own bits
 * in *CP and the least code point that may be written so. */
static int
lead(unsigned char c, unsigned *cp, unsigned *least)
{
    if (c < 0xC2 || c > 0xF4)
        return -1;
    if (c < 0xE0) {
        *cp = c & 0x1Fu;
        *least = 0x80;
        return 1;
    }
    if (c < 0xF0) {
        *cp = c & 0x0Fu;
        *least = 0x800;
        return 2;
    }
    *cp = c & 0x07u;
    *least = 0x10000;
    return 3;
}

unsigned
utf8_next(const char **s, const char *end)
{
    const char *p = *s;
    unsigned cp, least;
    int more;

    if (p >= end)
        return 0;
    *s = p + 1;
    if ((unsigned char)*p < 0x80)
        return (unsigned char)*p;
    more = lead((unsigned char)*p, &cp, &least);
    if (more < 0 || end - p <= more)
        return 0xFFFD;
    for (int i = 1; i <= more; i++) {
        if (((unsigned char)p[i] & 0xC0) != 0x80)
            return 0xFFFD;
        cp = cp << 6 | ((unsigned char)p[i] & 0x3Fu);
    }
    if (cp < least || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return 0xFFFD;
    *s = p + 1 + more;
    return cp;
}

int
utf8_put(char out[4], unsigned cp)
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

size_t
utf8_count(const char *s, size_t n)
{
    const char *end = s + n;
    size_t count = 0;

    for (; s < end; count++)
        utf8_next(&s, end);
    return count;
}
