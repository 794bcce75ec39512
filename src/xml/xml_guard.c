#define _GNU_SOURCE
#include "xml/xml_guard.h"
#include "base/buf.h"
#include "xml/xml_load.h"
#include <iconv.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* ---- too big? --------------------------------------------------------- */

/* Behind the next PATTERN at or after P, END when there is none. */
static const char *
behind(const char *p, const char *end, const char *pattern)
{
    size_t n = strlen(pattern);
    const char *hit = p < end ? memmem(p, (size_t)(end - p), pattern, n) : NULL;

    return hit ? hit + n : end;
}

/* Walks over the tag at P ("<" of it).  Attributes are counted by their
 * quotes, which is right for every well-formed tag. */
static const char *
tag(const char *p, const char *end, const char **what, int *limit)
{
    const char *word = ++p; /* where the name now read began */
    int attributes = 0;

    while (p < end && *p != '>' && *p != '<') {
        if (*p == '"' || *p == '\'') {
            const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));

            if (!close)
                return end;
            if (close - p > XML_VALUE_MAX) {
                *what = "attribute length";
                *limit = XML_VALUE_MAX;
                return NULL;
            }
            if (++attributes > XML_ATTRIBUTES_MAX) {
                *what = "attributes of one element";
                *limit = XML_ATTRIBUTES_MAX;
                return NULL;
            }
            word = p = close + 1;
            continue;
        }
        if (strchr(" \t\r\n=/", *p)) {
            word = ++p;
            continue;
        }
        if (++p - word > XML_NAME_MAX) {
            *what = "name length";
            *limit = XML_NAME_MAX;
            return NULL;
        }
    }
    return p;
}

const char *
xml_guard(const char *s, size_t n, size_t *at, int *limit)
{
    const char *end = s + n, *p = s, *what = NULL;

    while (p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
        size_t left = (size_t)(end - p);

        *at = (size_t)(p - s);
        if (left > 3 && memcmp(p, "<!--", 4) == 0)
            p = behind(p + 4, end, "-->");
        else if (left > 8 && memcmp(p, "<![CDATA[", 9) == 0)
            p = behind(p + 9, end, "]]>");
        else if (left > 1 && p[1] == '?')
            p = behind(p + 2, end, "?>");
        else
            p = tag(p, end, &what, limit);
        if (what)
            return what;
    }
    return NULL;
}

/* ---- which encoding? -------------------------------------------------- */

/* The value of encoding="..." in the declaration, if there is one. */
static bool
declared(const char *s, size_t n, char out[40])
{
    const char *end = behind(s, s + n, "?>"), *p;
    char quote;
    int i = 0;

    if (n < 5 || memcmp(s, "<?xml", 5) != 0)
        return false;
    p = behind(s, end, "encoding");
    while (p < end && strchr(" \t\r\n=", *p))
        p++;
    if (p >= end || (*p != '"' && *p != '\''))
        return false;
    for (quote = *p++; p < end && *p != quote && i < 39; p++)
        out[i++] = *p;
    out[i] = '\0';
    return i > 0;
}

void
xml_encoding(const char *s, size_t n, char out[40], size_t *skip)
{
    static const struct {
        char bytes[5];
        int n, skip;
        const char *name;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, 3, "UTF-8"},
        {"\xFE\xFF", 2, 2, "UTF-16BE"},
        {"\xFF\xFE", 2, 2, "UTF-16LE"},
        {"\0<\0?", 4, 0, "UTF-16BE"},
        {"<\0?\0", 4, 0, "UTF-16LE"},
    };

    *skip = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (n < (size_t)marks[i].n ||
            memcmp(s, marks[i].bytes, (size_t)marks[i].n) != 0)
            continue;
        strcpy(out, marks[i].name);
        *skip = (size_t)marks[i].skip;
        return;
    }
    if (!declared(s, n, out))
        strcpy(out, "UTF-8");
}

/* GB 2312 and GBK are read as GB 18030, which holds both. */
static const char *
iconv_name(const char *encoding)
{
    static const char *const known[][2] = {
        {"GB2312", "GB18030"},
        {"GBK", "GB18030"},
        {"GB18030", "GB18030"},
        {"CP936", "GB18030"},
        {"Big5", "BIG5"},
        {"UTF-16", "UTF-16"},
        {"UTF-16LE", "UTF-16LE"},
        {"UTF-16BE", "UTF-16BE"},
        {"ISO-8859-1", "ISO-8859-1"},
        {"ISO-8859-15", "ISO-8859-15"},
        {"windows-1252", "CP1252"},
        {"US-ASCII", "ASCII"},
        {"ASCII", "ASCII"},
        {"Shift_JIS", "SHIFT_JIS"},
        {"EUC-JP", "EUC-JP"},
        {"EUC-KR", "EUC-KR"},
    };

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcasecmp(known[i][0], encoding) == 0)
            return known[i][1];
    return NULL;
}

long
xml_recode(const char *s, size_t n, const char *encoding, struct buf *out)
{
    const char *name = iconv_name(encoding);
    char *in = (char *)(size_t)s;
    size_t left = n, got = 0;
    char block[4096];
    iconv_t cd;

    if (!name || (cd = iconv_open("UTF-8", name)) == (iconv_t)-1)
        return -1;
    while (left > 0) {
        char *to = block;
        size_t room = sizeof block, before = left;

        got = iconv(cd, &in, &left, &to, &room);
        buf_add(out, block, sizeof block - room);
        if (got == (size_t)-1 && left == before && room == sizeof block)
            break;
    }
    iconv_close(cd);
    return left ? (long)(n - left) + 1 : 0;
}
