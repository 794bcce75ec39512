/* Bytes as one paragraph: its setting and width from the first eight bytes,
 * the rest text, cut into runs and boxes at control characters.  What comes
 * out must be the text that went in, in order. */
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

static void
walk(const struct text_lines *lines)
{
    const char *last = NULL;

    for (const struct text_line *l = lines->first; l; l = l->next)
        for (const struct text_piece *p = l->first; p; p = p->next) {
            if (p->kind != TEXT_RUN || p->n_utf8 == 0)
                continue;
            if (last && p->utf8 < last)
                abort(); /* out of order */
            last = p->utf8;
            for (int i = 0; i < p->n_glyphs; i++)
                if (p->glyphs[i].byte < 0 || p->glyphs[i].byte >= p->n_utf8)
                    abort(); /* a glyph of no cluster */
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
    style.family = "Shenbao Square";
    style.font = text_font_find(env, style.family, 400, false, &d, NULL);
    style.language = bytes[0] & 1 ? "zh" : NULL;
    style.size = 10000;
    style.letter_spacing = (bytes[1] & 3) * 500;
    style.no_wrap = bytes[1] & 4;
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
    walk(text_par_compose(p, bytes[6] * 1000 + bytes[7], &set));
    walk(text_par_compose(p, bytes[7] * 3000, &set));
    arena_free(a);
    free(text);
    return 0;
}
