/* Characters in context.
 *
 * Quotes, dashes, ellipses and the interpunct have one code point for Chinese
 * and Latin setting; who stands beside them decides.  Everything else keeps
 * the class of text_class.c.  Then Unicode's line breaking (Pango's log
 * attributes) is asked, unless the text is so plain that we know its answer. */
#include "text/text_chars.h"

#include "base/utf8.h"
#include <glib.h>
#include <pango/pango-break.h>
#include <pango/pango-script.h>
#include <stdlib.h>
#include <string.h>

enum side { SIDE_NONE, SIDE_LATIN, SIDE_CJK };

/* ---- decoding ---------------------------------------------------------- */

static int
count_chars(const struct text_par *p)
{
    int n = 0;

    for (int i = 0; i < p->n_items; i++)
        n += p->items[i].kind == TEXT_RUN ? p->items[i].n_utf8 : 1;
    return n;
}

/* Is the character one whose breaks we know without Pango? */
static bool
is_simple(const struct text_char *c)
{
    switch (c->class) {
    case TEXT_CLASS_OTHER:
        return c->cp == '.' || c->cp == ',';
    case TEXT_CLASS_ALPHA:
        return c->cp < 0x80;
    case TEXT_CLASS_SIGN:
        return c->cp == '%';
    case TEXT_CLASS_EXTEND:
    case TEXT_CLASS_NOBREAK_SPACE:
    case TEXT_CLASS_FIXED_SPACE:
    case TEXT_CLASS_HYPHEN:
    case TEXT_CLASS_SLASH:
    case TEXT_CLASS_FIXED:
        return false;
    default:
        return true;
    }
}

static void
add_char(struct text_chars *t, int item, int byte, unsigned cp, int n)
{
    struct text_char *c = &t->c[t->n++];

    c->cp = cp;
    c->item = item;
    c->byte = byte;
    c->n = (unsigned char)n;
    c->class = (unsigned char)text_class_of(cp);
    c->grapheme = true;
    if (c->class == TEXT_CLASS_SPACE)
        c->cp = ' ';
    if (!is_simple(c))
        t->simple = false;
    if (text_class_is_cjk(c->class) && c->cp >= 0x80)
        t->has_cjk = true;
}

static void
add_run(struct text_chars *t, const struct text_par *p, int item)
{
    const char *start = p->items[item].utf8, *s = start;
    const char *end = start + p->items[item].n_utf8;

    while (s < end) {
        const char *at = s;
        unsigned cp = utf8_next(&s, end);
        add_char(t, item, (int)(at - start), cp, (int)(s - at));
    }
}

static void
add_object(struct text_chars *t, const struct text_par *p, int item)
{
    static const unsigned char classes[] = {
        [TEXT_BOX] = TEXT_CLASS_BOX,
        [TEXT_LEADER] = TEXT_CLASS_FIXED,
        [TEXT_BREAK] = TEXT_CLASS_BREAK,
    };
    const struct text_item *it = &p->items[item];
    struct text_char *c = &t->c[t->n++];

    c->item = item;
    c->grapheme = true;
    c->class = classes[it->kind];
    if (it->kind == TEXT_BOX && !it->breakable)
        c->class = TEXT_CLASS_FIXED;
    if (c->class == TEXT_CLASS_FIXED)
        t->simple = false;
}

/* ---- context ----------------------------------------------------------- */

static enum side
side_of(const struct text_char *c)
{
    switch (c->class) {
    case TEXT_CLASS_OTHER:
    case TEXT_CLASS_ALPHA:
    case TEXT_CLASS_DIGIT:
    case TEXT_CLASS_SIGN:
        return SIDE_LATIN;
    case TEXT_CLASS_HYPHEN:
    case TEXT_CLASS_SLASH:
        return c->cp < 0x80 ? SIDE_LATIN : SIDE_CJK;
    default:
        return text_class_is_cjk(c->class) ? SIDE_CJK : SIDE_NONE;
    }
}

static bool
is_transparent(const struct text_char *c)
{
    return c->class == TEXT_CLASS_SPACE || c->class == TEXT_CLASS_SHARED ||
        c->class == TEXT_CLASS_EXTEND || c->class == TEXT_CLASS_INVISIBLE;
}

/* BEFORE and BEHIND each character: which side the nearest character is on,
 * seen through spaces and other shared marks. */
struct sides {
    unsigned char *before;
    unsigned char *behind;
};

static void
find_sides(const struct text_chars *t, struct sides *s)
{
    enum side last = SIDE_NONE;

    for (int i = 0; i < t->n; i++) {
        s->before[i] = (unsigned char)last;
        if (!is_transparent(&t->c[i]))
            last = side_of(&t->c[i]);
    }
    last = SIDE_NONE;
    for (int i = t->n - 1; i >= 0; i--) {
        s->behind[i] = (unsigned char)last;
        if (!is_transparent(&t->c[i]))
            last = side_of(&t->c[i]);
    }
}

static bool
is_quote(unsigned cp)
{
    return cp == 0x2018 || cp == 0x2019 || cp == 0x201C || cp == 0x201D;
}

static void
set_quote(struct text_char *c, bool latin)
{
    bool opens = c->cp == 0x2018 || c->cp == 0x201C;

    c->proportional = latin;
    c->class = latin ? TEXT_CLASS_OTHER
                     : (opens ? TEXT_CLASS_OPEN : TEXT_CLASS_CLOSE);
    c->width = latin ? 0 : 2;
}

static bool
is_letter_at(const struct text_chars *t, int i)
{
    return i >= 0 && i < t->n && t->c[i].class == TEXT_CLASS_ALPHA;
}

/* A quote pair is Latin when both neighbours inside it and the nearest outer
 * one on at least one side are Latin; without any Chinese all are.  A quote
 * without partner goes with its neighbours.  The stack holds open quotes;
 * deeper than its size, quotes count as having no partner. */
static void
set_quotes(struct text_chars *t, const struct sides *s)
{
    int open[32], depth = 0;

    for (int i = 0; i < t->n; i++) {
        struct text_char *c = &t->c[i];
        if (c->class != TEXT_CLASS_SHARED || !is_quote(c->cp))
            continue;

        bool outer = s->before[i] == SIDE_LATIN && s->behind[i] == SIDE_LATIN;
        set_quote(c, !t->has_cjk || outer);
        if (c->cp == 0x2018 || c->cp == 0x201C) {
            if (depth < 32)
                open[depth++] = i;
            continue;
        }
        if (c->cp == 0x2019 && is_letter_at(t, i - 1) &&
            (is_letter_at(t, i + 1) || depth == 0)) {
            set_quote(c, true); /* an apostrophe */
            continue;
        }
        if (depth == 0 || t->c[open[depth - 1]].cp != c->cp - 1)
            continue;
        int o = open[--depth];
        bool latin = !t->has_cjk ||
            (s->behind[o] == SIDE_LATIN && s->before[i] == SIDE_LATIN &&
                (s->before[o] == SIDE_LATIN || s->behind[i] == SIDE_LATIN));
        set_quote(&t->c[o], latin);
        set_quote(c, latin);
    }
}

static bool
is_pair(const struct text_chars *t, int i)
{
    return i + 1 < t->n && t->c[i + 1].cp == t->c[i].cp &&
        t->c[i + 1].item == t->c[i].item;
}

static void
set_pair(struct text_chars *t, int i, enum text_class class)
{
    t->c[i].class = t->c[i + 1].class = (unsigned char)class;
    t->c[i].width = 4;
    t->c[i + 1].second = true;
}

static void
set_mark(struct text_char *c, bool latin, enum text_class class, int halves)
{
    c->proportional = latin;
    c->class = (unsigned char)(latin ? TEXT_CLASS_OTHER : class);
    c->width = (unsigned char)(latin ? 0 : halves);
}

/* — … ⋯ · –: pairs of the first three are always Chinese; single ones are
 * Latin between letters and where there is no Chinese. */
static void
set_shared(struct text_chars *t, const struct sides *s)
{
    for (int i = 0; i < t->n; i++) {
        struct text_char *c = &t->c[i];
        bool letters = !t->has_cjk ||
            (is_letter_at(t, i - 1) && is_letter_at(t, i + 1));

        if (c->class != TEXT_CLASS_SHARED)
            continue;
        switch (c->cp) {
        case 0x2014:
            if (is_pair(t, i))
                set_pair(t, i++, TEXT_CLASS_DASH2);
            else
                set_mark(c, letters, TEXT_CLASS_DASH1, 2);
            break;
        case 0x2026:
        case 0x22EF:
            letters = !t->has_cjk ||
                (s->before[i] == SIDE_LATIN && s->behind[i] != SIDE_CJK);
            if (is_pair(t, i) && !letters)
                set_pair(t, i++, TEXT_CLASS_ELLIPSIS);
            else
                set_mark(c, letters, TEXT_CLASS_ELLIPSIS, 2);
            break;
        case 0x2013:
            set_mark(c, false, TEXT_CLASS_HYPHEN, 0);
            break;
        default:
            letters = !t->has_cjk ||
                (s->before[i] == SIDE_LATIN && s->behind[i] == SIDE_LATIN);
            set_mark(c, letters, TEXT_CLASS_MID, 1);
        }
    }
}

static bool
is_cjk_at(const struct text_chars *t, int i)
{
    return i >= 0 && i < t->n && text_class_is_cjk(t->c[i].class) &&
        side_of(&t->c[i]) == SIDE_CJK;
}

/* Widths that GB/T 15834 gives: connectors and solidus half an em beside
 * Chinese, marks one em, stacks of ？！ half an em each, filled up to whole
 * ems by the last one's blank. */
static void
set_widths(struct text_chars *t)
{
    for (int i = 0; i < t->n; i++) {
        struct text_char *c = &t->c[i];

        switch (c->class) {
        case TEXT_CLASS_HYPHEN:
        case TEXT_CLASS_SLASH:
            if (c->cp == '-' && is_cjk_at(t, i - 1) && i + 1 < t->n &&
                t->c[i + 1].class == TEXT_CLASS_DIGIT)
                c->class = TEXT_CLASS_SIGN; /* 下降-5% */
            else if (c->cp == 0xFF0F || is_cjk_at(t, i - 1) ||
                is_cjk_at(t, i + 1))
                c->width = 1;
            break;
        case TEXT_CLASS_DASH2:
            if (c->width == 0 && !c->second)
                c->width = 4; /* ⸺ */
            break;
        case TEXT_CLASS_MID:
            c->width = 1;
            break;
        case TEXT_CLASS_OPEN:
        case TEXT_CLASS_CLOSE:
        case TEXT_CLASS_COMMA:
        case TEXT_CLASS_STOP:
        case TEXT_CLASS_DASH1:
        case TEXT_CLASS_IDSPACE:
            c->width = 2;
        }
    }
}

static bool
is_shout(const struct text_char *c)
{
    return c->cp == 0xFF01 || c->cp == 0xFF1F;
}

static void
set_stacks(struct text_chars *t)
{
    for (int i = 0; i < t->n; i++) {
        int n = 0;
        while (i + n < t->n && is_shout(&t->c[i + n]))
            n++;
        if (n < 2)
            continue;
        for (int k = 0; k < n - n % 2; k++)
            t->c[i + k].width = 1;
        i += n - 1;
        /* the last of an odd stack keeps blank and class: 0.5 + 0.5 em */
    }
}

/* ---- Unicode ----------------------------------------------------------- */

/* Without Pango: a line may break after spaces and beside Chinese. */
static void
simple_attrs(struct text_chars *t)
{
    for (int i = 1; i < t->n; i++) {
        const struct text_char *a = &t->c[i - 1], *b = &t->c[i];
        bool fits = b->class == TEXT_CLASS_OTHER || b->class == TEXT_CLASS_SIGN;
        t->c[i].breakable = b->class != TEXT_CLASS_SPACE && !fits &&
            (a->class == TEXT_CLASS_SPACE || side_of(a) == SIDE_CJK ||
                side_of(b) == SIDE_CJK);
        if (a->class == TEXT_CLASS_SPACE && fits)
            t->c[i].breakable = b->cp == '%' ? true
                                             : b->cp != ',' && b->cp != '.';
    }
}

static int
put_for_pango(char *out, const struct text_char *c)
{
    switch (c->class) {
    case TEXT_CLASS_BOX:
        return utf8_put(out, 0xFFFC);
    case TEXT_CLASS_FIXED:
        return utf8_put(out, 'x');
    case TEXT_CLASS_BREAK:
        return utf8_put(out, 0x2028);
    case TEXT_CLASS_SPACE:
        return utf8_put(out, ' ');
    }
    return utf8_put(out, c->cp < ' ' ? 0x200E : c->cp);
}

static void
pango_scripts(struct text_chars *t, const char *text, int n)
{
    PangoScriptIter *it = pango_script_iter_new(text, n);
    int i = 0;

    do {
        const char *start, *end;
        PangoScript script;
        pango_script_iter_get_range(it, &start, &end, &script);
        for (long k = g_utf8_pointer_to_offset(start, end); k > 0; k--)
            t->c[i++].script = script > 0 && script < 255
                ? (unsigned char)script
                : 0;
    } while (i < t->n && pango_script_iter_next(it));
    pango_script_iter_free(it);
}

static void
pango_attrs(struct text_chars *t)
{
    char *text = malloc((size_t)t->n * 4 + 1);
    PangoLogAttr *attrs = malloc(((size_t)t->n + 1) * sizeof *attrs);
    int n = 0;

    if (text == NULL || attrs == NULL)
        abort();
    for (int i = 0; i < t->n; i++)
        n += put_for_pango(text + n, &t->c[i]);
    text[n] = '\0';

    pango_get_log_attrs(
        text, n, 0, pango_language_from_string("zh-cn"), attrs, t->n + 1);
    for (int i = 0; i < t->n; i++) {
        t->c[i].breakable = i > 0 && attrs[i].is_line_break;
        t->c[i].grapheme = attrs[i].is_cursor_position;
    }
    pango_scripts(t, text, n);
    free(attrs);
    free(text);
}

/* ---- life -------------------------------------------------------------- */

void
text_chars_init(struct text_chars *t, const struct text_par *p)
{
    size_t most = (size_t)count_chars(p) + 1;

    memset(t, 0, sizeof *t);
    t->simple = true;
    t->c = calloc(most, sizeof *t->c);
    if (t->c == NULL)
        abort();

    bool shared = false;
    for (int i = 0; i < p->n_items; i++) {
        enum text_kind kind = p->items[i].kind;
        if (kind == TEXT_RUN)
            add_run(t, p, i);
        else if (kind == TEXT_BOX || kind == TEXT_LEADER || kind == TEXT_BREAK)
            add_object(t, p, i);
    }
    for (int i = 0; i < t->n && !shared; i++)
        shared = t->c[i].class == TEXT_CLASS_SHARED;
    if (shared) {
        struct sides s = {malloc(most), malloc(most)};
        if (s.before == NULL || s.behind == NULL)
            abort();
        find_sides(t, &s);
        set_quotes(t, &s);
        set_shared(t, &s);
        free(s.before);
        free(s.behind);
        for (int i = 0; i < t->n; i++)
            t->simple = t->simple && !t->c[i].proportional;
    }
    set_widths(t);
    set_stacks(t);
    if (t->simple)
        simple_attrs(t);
    else
        pango_attrs(t);
}

void
text_chars_clear(struct text_chars *t)
{
    free(t->c);
    memset(t, 0, sizeof *t);
}
