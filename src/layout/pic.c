/* Pictures by source: found, read whole, looked at, remembered. */
#include "layout/pic.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "layout/pic_in.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    struct entry *next;
    const void *key; /* source text, or fo_foreign */
    bool is_text;
    const struct pic *pic; /* NULL: broken, reported */
};

struct pic_cache {
    struct arena *arena;
    const char *base_dir;
    struct entry *first;
};

struct pic_cache *
pic_cache_new(struct arena *a, const char *base_dir)
{
    struct pic_cache *c = ARENA_NEW(a, struct pic_cache);

    c->arena = a;
    c->base_dir = arena_strdup(a, base_dir ? base_dir : "");
    return c;
}

static struct entry *
lookup(struct pic_cache *c, const void *key, bool is_text)
{
    for (struct entry *e = c->first; e; e = e->next)
        if (e->is_text == is_text &&
            (e->key == key || (is_text && !strcmp(e->key, key))))
            return e;
    return NULL;
}

static const struct pic *
keep(struct pic_cache *c, const void *key, bool is_text, const struct pic *pic)
{
    struct entry *e = ARENA_NEW(c->arena, struct entry);

    *e = (struct entry){c->first, key, is_text, pic};
    c->first = e;
    return pic;
}

/* ---- where the bytes are ---------------------------------------------- */

/* url('x'), "x", x: what lies inside, a copy. */
static char *
bare_source(struct arena *a, const char *src)
{
    static const char space[] = " \t\r\n";
    size_t n;

    src += strspn(src, space);
    n = strlen(src);
    while (n && strchr(space, src[n - 1]))
        n--;
    if (n > 4 && strncmp(src, "url(", 4) == 0 && src[n - 1] == ')') {
        src += 4;
        n -= 5;
        while (n && strchr(space, *src))
            src++, n--;
        while (n && strchr(space, src[n - 1]))
            n--;
    }
    if (n > 1 && (*src == '\'' || *src == '"') && src[n - 1] == *src)
        src++, n -= 2;
    return arena_strndup(a, src, n);
}

/* Letters and a colon; one letter is no scheme but somebody's drive. */
static bool
has_scheme(const char *s)
{
    size_t n = strspn(s,
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "0123456789+-.");

    return n > 1 && s[n] == ':';
}

static int
hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
add_unescaped(struct buf *b, const char *s)
{
    for (; *s; s++) {
        if (*s == '%' && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
            buf_add_char(b, (char)(hex(s[1]) * 16 + hex(s[2])));
            s += 2;
        } else {
            buf_add_char(b, *s);
        }
    }
}

static const char *
read_file(struct pic_cache *c, const char *src, struct buf *b)
{
    struct buf path;
    enum status st;

    buf_init(&path);
    if (strncmp(src, "file:", 5) == 0) {
        src += 5;
        if (strncmp(src, "//", 2) == 0)
            src += 2;
        add_unescaped(&path, src);
    } else if (has_scheme(src)) {
        return "it is not on this machine";
    } else {
        if (*src != '/')
            buf_add_str(&path, c->base_dir);
        buf_add_str(&path, src);
    }
    st = path.len ? file_read(path.data, PIC_BYTES_MAX, b) : STATUS_SYSTEM;
    buf_clear(&path);
    if (st == STATUS_LIMIT)
        return "the file is larger than the limit";
    return st == STATUS_OK ? NULL : strerror(path.len ? errno : ENOENT);
}

/* ---- data: URIs (RFC 2397) -------------------------------------------- */

static int
sextet(unsigned char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;

    if (c == '-' || c == '_')
        return c == '-' ? 62 : 63;
    return at ? (int)(at - digits) : -1;
}

static void
add_base64(struct buf *b, const char *s)
{
    unsigned long bits = 0;
    int n = 0;

    for (; *s && *s != '='; s++) {
        int v = sextet((unsigned char)*s);

        if (v < 0)
            continue;
        bits = (bits << 6 | (unsigned)v) & 0xffffff;
        n += 6;
        if (n >= 8) {
            n -= 8;
            buf_add_char(b, (char)(bits >> n & 255));
        }
    }
}

static const char *
read_data(const char *src, struct buf *b)
{
    const char *comma = strchr(src, ',');
    struct buf plain;

    if (!comma)
        return "the data: URI has no data";
    if (strlen(comma) / 4 * 3 > PIC_BYTES_MAX)
        return "the data is larger than the limit";
    if (comma - src < 7 || strncmp(comma - 7, ";base64", 7)) {
        add_unescaped(b, comma + 1);
        return NULL;
    }
    buf_init(&plain);
    add_unescaped(&plain, comma + 1);
    add_base64(b, plain.data ? plain.data : "");
    buf_clear(&plain);
    return NULL;
}

/* ---- loading ---------------------------------------------------------- */

/* A data: URI is too long for a message. */
static const char *
short_name(struct arena *a, const char *src)
{
    return strlen(src) <= 80 ? src : arena_printf(a, "%.60s...", src);
}

static bool
is_drawing(const struct buf *b)
{
    const char *s = b->data;

    if (b->len > 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
        s += 3;
    s += strspn(s, " \t\r\n");
    return *s == '<';
}

static const char *
look_at(struct pic_cache *c, struct pic *pic, struct buf *b, struct diags *d)
{
    const char *fault;

    if (b->len == 0)
        return "the file is empty";
    if (is_drawing(b)) {
        const struct fo_foreign *f = pic_svg_parse(
            c->arena, pic->name, b->data, (int)b->len, d);

        return f ? pic_svg_make(c->arena, pic, f, d, pic->name)
                 : "it is no drawing that can be read";
    }
    fault = pic_probe(pic, (unsigned char *)b->data, (int)b->len);
    if (fault)
        return fault;
    arena_defer(
        c->arena, free, b->data); /* the bytes are kept for the painter */
    buf_init(b);
    return NULL;
}

const struct pic *
pic_load(struct pic_cache *c, const char *src, struct diags *d,
    const struct where *w)
{
    struct entry *known = src ? lookup(c, src, true) : NULL;
    struct pic *pic;
    const char *fault;
    struct buf b;

    if (known || !src)
        return known ? known->pic : NULL;
    pic = ARENA_NEW(c->arena, struct pic);
    src = bare_source(c->arena, src);
    known = lookup(c, src, true);
    if (known)
        return known->pic;
    pic->name = short_name(c->arena, src);
    buf_init(&b);
    fault = strncmp(src, "data:", 5) ? read_file(c, src, &b)
                                     : read_data(src, &b);
    if (!fault)
        fault = look_at(c, pic, &b, d);
    if (!fault && pic->format == PIC_OTHER)
        diag_add(d, DIAG_IMAGE, w, pic->name, "GIF and BMP are not painted");
    buf_clear(&b);
    if (fault)
        diag_add(d, DIAG_IMAGE, w, pic->name, fault);
    return keep(c, src, true, fault ? NULL : pic);
}

const struct pic *
pic_from_foreign(struct pic_cache *c, const struct fo_foreign *f,
    struct diags *d, const struct where *w)
{
    struct entry *known = lookup(c, f, false);
    struct pic *pic;
    const char *fault;

    if (known || !f)
        return known ? known->pic : NULL;
    pic = ARENA_NEW(c->arena, struct pic);
    pic->name = f->name ? f->name : "";
    fault = pic_svg_make(c->arena, pic, f, d, w ? w->file : NULL);
    if (fault)
        diag_add(d, DIAG_IMAGE, w, pic->name, fault);
    return keep(c, f, false, fault ? NULL : pic);
}
