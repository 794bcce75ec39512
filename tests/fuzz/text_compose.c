/* Bytes as one paragraph: its setting and width from the first eight bytes,
 * the rest text, cut into runs and boxes at control characters.  What comes
 * out must be the text that went in, in order and whole but for spaces; its
 * widths must add up; no closing mark may start a line where the rules forbid
 * it and the line before could have ended elsewhere. */
#include "base/arena.h"
#include "base/diag.h"
#include "text/text.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

/* Feeds UTF8 to P: bytes below 8 are not text but other pieces. */
static void
feed(struct text_par *p, const char *utf8, int n, const struct text_style *s)
{
    static const struct where nowhere = {"fuzz", 1, 1};
    int from = 0;

    for (int i = 0; i <= n; i++) {
        if (i < n && (unsigned char)utf8[i] >= 8)
            continue;
        if (i > from)
            text_par_run(p, utf8 + from, i - from, s, s, &nowhere);
        from = i + 1;
        if (i == n)
            return;
        switch (utf8[i]) {
        case 1:
            text_par_box(p, 7000, true, s);
            break;
        case 2:
            text_par_leader(p, 0, 12000, 200000, s, s);
            break;
        case 3:
            text_par_break(p, s);
            break;
        case 4:
            text_par_open(p, 3000, s);
            break;
        case 5:
            text_par_close(p, 3000, s);
            break;
        case 6:
            text_par_mark(p, s);
            break;
        default:
            text_par_box(p, 900000, false, s);
        }
    }
}

static bool
is_blank(const char *s)
{
    /* controls and what UTF-8 starts with \xC2 or \xE2 may go with spaces */
    unsigned char c = (unsigned char)*s;

    return c <= ' ' || c == 0x7F || (c & 0xC0) == 0x80 || c == 0xC2 ||
        c == 0xE2;
}

/* Pieces of runs hold every byte between them, save spaces. */
static void
walk_run(const struct text_piece *p, const char **last)
{
    long long sum = 0;

    if (*last && p->utf8 < *last)
        abort(); /* out of order */
    *last = p->utf8 + p->n_utf8;
    for (int i = 0; i < p->n_glyphs; i++) {
        if (p->glyphs[i].byte < 0 || p->glyphs[i].byte >= p->n_utf8)
            abort(); /* a glyph of no cluster */
        if (i > 0 && p->glyphs[i].byte < p->glyphs[i - 1].byte)
            abort();
        sum += p->glyphs[i].advance;
    }
    if (p->n_glyphs > 0 && sum != p->width)
        abort();
}

static void
walk_gap(const char *from, const char *to)
{
    for (; from < to; from++)
        if ((unsigned char)*from >= 8 && !is_blank(from))
            abort(); /* lost */
}

static bool
starts_with_closing(const struct text_line *l)
{
    const struct text_piece *p = l->first;

    while (p && p->kind != TEXT_RUN)
        p = p->next;
    return p && p->n_utf8 >= 3 &&
        (!memcmp(p->utf8, "，", 3) || !memcmp(p->utf8, "。", 3) ||
            !memcmp(p->utf8, "）", 3) || !memcmp(p->utf8, "》", 3));
}

/* Two Han characters at the end of a line could be parted. */
static bool
could_end_before(const struct text_line *l)
{
    const struct text_piece *p = l->last;

    if (!p || p->kind != TEXT_RUN || p->n_utf8 < 6)
        return false;
    for (int i = p->n_utf8 - 6; i < p->n_utf8; i += 3) {
        const unsigned char *c = (const unsigned char *)p->utf8 + i;
        if (c[0] < 0xE5 || c[0] > 0xE9 || c[1] >> 6 != 2 || c[2] >> 6 != 2)
            return false;
    }
    return true;
}

static void
walk(const struct text_lines *lines, const char *text,
    const struct text_setting *s)
{
    const char *last = NULL, *before = text;
    const struct text_line *above = NULL;

    for (const struct text_line *l = lines->first; l; l = l->next) {
        long long x = (long long)l->indent + l->shift, width = 0;
        bool boxed = false;
        for (const struct text_piece *p = l->first; p; p = p->next) {
            if (p->x != x + width && !boxed)
                abort();
            width = p->x - x + p->width; /* a gap behind a box is nobody's */
            boxed = p->kind == TEXT_BOX;
            if (p->kind != TEXT_RUN || p->n_utf8 == 0)
                continue;
            walk_gap(before, p->utf8);
            walk_run(p, &last);
            before = last;
        }
        if (width != l->width && !boxed)
            abort();
        if (above && !above->forced && !s->latin &&
            s->prohibit >= TEXT_PROHIBIT_GB && starts_with_closing(l) &&
            could_end_before(above))
            abort();
        above = l;
    }
}

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
    static struct text_env *env;
    struct text_setting set = {0};
    struct text_style style = {0};
    struct text_par *p;
    struct arena *a;
    struct diags d;
    char *text;

    if (n < 8)
        return 0;
    if (!env)
        env = text_env_new();
    a = arena_new();
    diags_init(&d, a);
    style.family = bytes[0] & 2 ? "Helvetica, 仿宋" : "Shenbao Square";
    style.font = text_font_find(env, style.family, 400, false, &d, NULL);
    style.language = bytes[0] & 1 ? "zh" : NULL;
    style.size = 10000;
    style.letter_spacing = (bytes[1] & 3) * 500;
    style.no_wrap = bytes[1] & 4;
    style.keep = bytes[1] & 8;
    set.align = bytes[2] & 3;
    set.align_last = bytes[2] >> 2 & 3;
    set.first_indent = (signed char)bytes[3] * 500;
    set.font_size = style.size;
    set.punct = bytes[4] % 5;
    set.prohibit = (bytes[4] >> 4) & 3;
    set.trim_line_start = bytes[5] & 1;
    set.hang = bytes[5] & 2;
    set.autospace = bytes[5] & 4 ? 250 : 0;
    set.grid = bytes[5] & 8 ? 10000 : 0;
    set.balance = bytes[5] & 16;
    set.latin = bytes[5] & 32;

    text = malloc(n - 8 + 1);
    memcpy(text, bytes + 8, n - 8);
    p = text_par_new(a, env, &d);
    feed(p, text, (int)n - 8, &style);
    walk(text_par_compose(p, bytes[6] * 1000 + bytes[7], &set), text, &set);
    walk(text_par_compose(p, bytes[7] * 3000, &set), text, &set);
    arena_free(a);
    free(text);
    return 0;
}
