/* What each type of property reads, and how it is printed.  A read function
 * fills the member and answers true, or answers false with e->why set. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/length.h"
#include "base/utf8.h"
#include "fo/fo_prop.h"
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool
refuse(struct fo_eval *e, const char *why)
{
    if (!e->why)
        e->why = why;
    return false;
}

static bool
same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* ---- numbers ---------------------------------------------------------- */

static bool
number(struct fo_eval *e, const char *s, struct fo_num *out)
{
    struct fo_val v;

    if (!fo_eval_value(e, s, e->own->s.font_size, -1, &v))
        return false;
    if (v.kind == FO_VAL_REF) {
        const struct fo_full *f = v.ref;
        const struct fo_type *t = &fo_types[fo_rows[v.ref_id].type];

        if (!t->number || !t->number(fo_member_of(&f->s, v.ref_id), out))
            return refuse(e, "not a number");
        return true;
    }
    if (v.kind != FO_VAL_NUM)
        return refuse(e, "not one of its keywords and not a number");
    *out = v.num;
    return true;
}

static bool
integer(struct fo_eval *e, const char *s, int *out)
{
    struct fo_num n;

    if (!number(e, s, &n))
        return false;
    if (n.dim != 0)
        return refuse(e, "a number without unit is wanted");
    if (fabs(n.abs) > INT_MAX / 2)
        return refuse(e, "too large");
    *out = (int)floor(n.abs + 0.5);
    return true;
}

/* Plain numbers are taken as points, as Apache FOP does. */
static bool
length_of_number(struct fo_eval *e, const struct fo_num *n, struct fo_len *out)
{
    if (n->dim != 1 && n->dim != 0)
        return refuse(e, "not a length");
    if (n->pct != 0 && !e->row->base[0])
        return refuse(e, "percentages are not allowed");
    if (n->tcu != 0 && e->row != &fo_rows[FO_P_COLUMN_WIDTH])
        return refuse(e, "column units are not allowed");
    *out = (struct fo_len){0};
    out->abs = fo_mpt(n->dim == 0 ? n->abs * MPT_PER_PT : n->abs);
    out->pct = (float)fmax(-1e6, fmin(1e6, n->pct));
    out->tcu = (float)fmax(0, fmin(1e6, n->tcu));
    return true;
}

/* Sizes, against places and distances. */
static bool
may_be_negative(const struct fo_row *row)
{
    switch (row - fo_rows) {
    case FO_P_PAGE_WIDTH:
    case FO_P_PAGE_HEIGHT:
    case FO_P_EXTENT:
    case FO_P_COLUMN_GAP:
    case FO_P_COLUMN_WIDTH:
    case FO_P_BORDER_SEPARATION:
    case FO_P_LEADER_PATTERN_WIDTH:
    case FO_P_CONTENT_WIDTH:
    case FO_P_CONTENT_HEIGHT:
    case FO_P_SB_AUTOSPACE:
    case FO_P_PADDING_BEFORE:
    case FO_P_PADDING_AFTER:
    case FO_P_PADDING_START:
    case FO_P_PADDING_END:
        return false;
    default:
        return row->type != FO_T_RANGE;
    }
}

static bool
read_length(struct fo_eval *e, const char *s, void *member)
{
    struct fo_len *len = member;
    struct fo_num n;
    char stands[32];

    if (fo_word(e->row->words, s, stands)) {
        if (stands[0])
            return read_length(e, stands, member);
        *len = (struct fo_len){.is_auto = true};
        return true;
    }
    if (!number(e, s, &n) || !length_of_number(e, &n, len))
        return false;
    if ((len->pct < 0 || (len->pct == 0 && len->abs < 0)) &&
        !may_be_negative(e->row))
        return refuse(e, "a length that is not negative is wanted");
    return true;
}

static bool
number_length(const void *member, struct fo_num *out)
{
    const struct fo_len *len = member;

    *out = (struct fo_num){len->abs, len->pct, len->tcu, 1};
    return !len->is_auto;
}

static void
dump_length(const void *member, struct buf *out)
{
    const struct fo_len *len = member;
    char text[24];

    if (len->is_auto) {
        buf_add_str(out, "auto");
        return;
    }
    if (len->abs || (len->pct == 0 && len->tcu == 0))
        buf_printf(out, "%spt", mpt_print(text, len->abs));
    if (len->pct != 0)
        buf_printf(out, "%+.6g%%", 100 * (double)len->pct);
    if (len->tcu != 0)
        buf_printf(out, "%+.6gcol", (double)len->tcu);
}

/* An absolute length, not negative. */
static bool
read_mpt(struct fo_eval *e, const char *s, void *member)
{
    struct fo_len len;
    struct fo_num n;
    char stands[32];

    if (fo_word(e->row->words, s, stands) && stands[0])
        return read_mpt(e, stands, member);
    if (!number(e, s, &n) || !length_of_number(e, &n, &len))
        return false;
    if (len.pct != 0 || len.abs < 0)
        return refuse(e, "a length that is not negative is wanted");
    *(int *)member = len.abs;
    return true;
}

static bool
number_mpt(const void *member, struct fo_num *out)
{
    *out = (struct fo_num){*(const int *)member, 0, 0, 1};
    return true;
}

static void
dump_mpt(const void *member, struct buf *out)
{
    char text[24];

    buf_printf(out, "%spt", mpt_print(text, *(const int *)member));
}

static bool
read_int(struct fo_eval *e, const char *s, void *member)
{
    int v, least = INT_MIN;
    char stands[32];

    if (fo_word(e->row->words, s, stands) && stands[0]) {
        *(int *)member = atoi(stands);
        return true;
    }
    if (!integer(e, s, &v))
        return false;
    if (e->row->base[0] == '>')
        least = atoi(e->row->base + 2);
    *(int *)member = v < least ? least : v;
    return true;
}

static bool
number_int(const void *member, struct fo_num *out)
{
    *out = (struct fo_num){*(const int *)member, 0, 0, 0};
    return true;
}

static void
dump_int(const void *member, struct buf *out)
{
    buf_printf(out, "%d", *(const int *)member);
}

/* ---- words and strings ------------------------------------------------ */

static enum fo_value
value_of(const char *s)
{
    for (int v = 1; v < FO_VALUES; v++)
        if (same(fo_value_name((enum fo_value)v), s))
            return (enum fo_value)v;
    return FO_V_NONE_GIVEN;
}

/* The words that would do are in the table: say them, without what they stand
 * for. */
static bool
refuse_word(struct fo_eval *e)
{
    struct buf b;

    buf_init(&b);
    buf_add_str(&b, "it takes ");
    for (const char *w = e->row->words; *w; w++) {
        if (*w == '=') {
            w += strcspn(w, " ");
            if (!*w)
                break;
        }
        if (*w == ' ')
            buf_add_str(&b, ", ");
        else
            buf_add_char(&b, *w);
    }
    refuse(e, arena_strdup(fo_props_arena(e->props), b.data));
    buf_clear(&b);
    return false;
}

static bool
read_value(struct fo_eval *e, const char *s, void *member)
{
    char stands[32];

    if (!fo_word(e->row->words, s, stands))
        return refuse_word(e);
    *(enum fo_value *)member = value_of(stands[0] ? stands : s);
    return true;
}

static void
dump_value(const void *member, struct buf *out)
{
    buf_add_str(out, fo_value_name(*(const enum fo_value *)member));
}

static bool
read_bool(struct fo_eval *e, const char *s, void *member)
{
    if (!same(s, "true") && !same(s, "false"))
        return refuse(e, "'true' or 'false' is wanted");
    *(bool *)member = *s == 't';
    return true;
}

static void
dump_bool(const void *member, struct buf *out)
{
    buf_add_str(out, *(const bool *)member ? "true" : "false");
}

/* Quotes around the whole are taken off. */
static bool
read_string(struct fo_eval *e, const char *s, void *member)
{
    size_t n = strlen(s);
    char stands[32];

    if (n > 1 && (*s == '\'' || *s == '"') && s[n - 1] == *s) {
        s++;
        n -= 2;
    }
    if (n == 0 || fo_word(e->row->words, s, stands))
        *(const char **)member = NULL;
    else
        *(const char **)member = arena_strndup(fo_props_arena(e->props), s, n);
    return true;
}

static bool
read_uri(struct fo_eval *e, const char *s, void *member)
{
    size_t n = strlen(s);
    char *copy;

    if (n > 5 && strncmp(s, "url(", 4) == 0 && s[n - 1] == ')') {
        for (s += 4, n -= 5; n && *s == ' '; s++)
            n--;
        while (n && s[n - 1] == ' ')
            n--;
        copy = arena_strndup(fo_props_arena(e->props), s, n);
        return read_string(e, copy, member);
    }
    return read_string(e, s, member);
}

static bool
read_family(struct fo_eval *e, const char *s, void *member)
{
    if (!*s)
        return refuse(e, "a family is wanted");
    *(const char **)member = arena_strdup(fo_props_arena(e->props), s);
    return true;
}

static void
dump_string(const void *member, struct buf *out)
{
    const char *s = *(const char *const *)member;

    buf_printf(out, "'%s'", s ? s : "");
}

static bool
read_character(struct fo_eval *e, const char *s, void *member)
{
    const char *p = s, *end = s + strlen(s);
    unsigned cp;

    if (end - p > 2 && (*p == '\'' || *p == '"') && end[-1] == *p) {
        p++;
        end--;
    }
    cp = utf8_next(&p, end);
    if (!cp || p != end)
        return refuse(e, "one character is wanted");
    *(unsigned *)member = cp;
    return true;
}

static void
dump_character(const void *member, struct buf *out)
{
    buf_printf(out, "U+%04X", *(const unsigned *)member);
}

static bool
read_decoration(struct fo_eval *e, const char *s, void *member)
{
    static const struct {
        const char *name;
        unsigned bit;
    } list[] = {
        {"underline", FO_DECO_UNDERLINE},
        {"overline", FO_DECO_OVERLINE},
        {"line-through", FO_DECO_THROUGH},
        {"blink", 0},
        {"none", 0},
    };
    unsigned *deco = member, on = 0, off = 0;
    const char *item;
    int len;

    while ((len = fo_list_next(&s, &item))) {
        bool no = len > 3 && memcmp(item, "no-", 3) == 0;
        size_t i, skip = no ? 3 : 0, n = (size_t)len - skip;

        for (i = 0; i < sizeof list / sizeof *list; i++)
            if (strlen(list[i].name) == n &&
                memcmp(list[i].name, item + skip, n) == 0)
                break;
        if (i == sizeof list / sizeof *list)
            return refuse(e, "not one of its keywords");
        *(no ? &off : &on) |= list[i].bit;
    }
    /* Lines drawn by an ancestor go on: only "no-..." ends them. */
    for (int i = 0; i < 3; i++)
        if (on & ~*deco & 1u << i)
            e->own->s.decoration_color[i] = e->own->s.color;
    *deco = (*deco | on) & ~off;
    return true;
}

static void
dump_decoration(const void *member, struct buf *out)
{
    unsigned deco = *(const unsigned *)member;

    buf_printf(out, "%s%s%s%s", deco ? "" : "none",
        deco & FO_DECO_UNDERLINE ? "underline " : "",
        deco & FO_DECO_OVERLINE ? "overline " : "",
        deco & FO_DECO_THROUGH ? "line-through " : "");
}

/* ---- fonts and lines -------------------------------------------------- */

#define MEDIUM 12000 /* [mpt] font-size="medium" */
#define GROWTH 1.2 /* between two named sizes, XSL 1.1 7.9.4 */
#define FONT_SIZE_MAX 10000000 /* [mpt] 10,000 pt, so that 200 em fit an int */

/* "larger" and "smaller" step from the named size that is nearest. */
static int
nearest_named(int size)
{
    double step = size < MEDIUM ? 1 / GROWTH : GROWTH;
    int last = MEDIUM, next = (int)lround(last * step);

    while (step < 1 ? next > size : next < size) {
        last = next;
        next = (int)lround(last * step);
        if (next == last || next > MPT_MAX / 2)
            break;
    }
    return abs(last - size) <= abs(next - size) ? last : next;
}

static bool
read_font_size(struct fo_eval *e, const char *s, void *member)
{
    static const struct {
        const char *name;
        int mpt;
    } named[] = {
        {"xx-small", 6944},
        {"x-small", 8333},
        {"small", 10000},
        {"medium", MEDIUM},
        {"large", 14400},
        {"x-large", 17280},
        {"xx-large", 20736},
    };
    int parent = e->parent ? e->parent->s.font_size : MEDIUM;
    struct fo_val v;
    struct fo_num n;

    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (same(s, named[i].name)) {
            *(int *)member = named[i].mpt;
            return true;
        }
    }
    if (same(s, "larger") || same(s, "smaller")) {
        double size = nearest_named(parent);

        size = *s == 'l' ? size * GROWTH : size / GROWTH;
        *(int *)member = (int)lround(fmin(size, FONT_SIZE_MAX));
        return true;
    }
    if (!fo_eval_value(e, s, parent, parent, &v))
        return false;
    if (v.kind == FO_VAL_REF) {
        const struct fo_full *f = v.ref;
        const struct fo_type *t = &fo_types[fo_rows[v.ref_id].type];

        if (!t->number || !t->number(fo_member_of(&f->s, v.ref_id), &n))
            return refuse(e, "not a length");
        v = (struct fo_val){.kind = FO_VAL_NUM, .num = n};
    }
    if (v.kind != FO_VAL_NUM || (v.num.dim != 1 && v.num.dim != 0))
        return refuse(e, "not a length");
    if (v.num.dim == 0)
        v.num.abs *= MPT_PER_PT;
    if (v.num.abs < 0 || v.num.pct != 0)
        return refuse(e, "a length that is not negative is wanted");
    if (v.num.abs > FONT_SIZE_MAX)
        return refuse(e, "at most 10000pt is wanted");
    *(int *)member = fo_mpt(v.num.abs);
    return true;
}

static bool
read_font_weight(struct fo_eval *e, const char *s, void *member)
{
    int parent = e->parent ? e->parent->s.font_weight : 400, v;
    char stands[32];

    if (same(s, "bolder"))
        v = parent + 100;
    else if (same(s, "lighter"))
        v = parent - 100;
    else if (fo_word(e->row->words, s, stands))
        v = atoi(stands);
    else if (!integer(e, s, &v))
        return false;
    *(int *)member = v < 100 ? 100 : v > 900 ? 900 : v;
    return true;
}

/* A number stays a number for those who inherit it. */
static bool
read_line_height(struct fo_eval *e, const char *s, void *member)
{
    int size = e->own->s.font_size;
    struct fo_val v;
    struct fo_num n;

    if (same(s, "normal"))
        s = "1.2";
    if (!fo_eval_value(e, s, size, size, &v))
        return false;
    if (v.kind == FO_VAL_NUM)
        n = v.num;
    else if (!number(e, s, &n))
        return false;
    if (n.abs < 0 || n.pct != 0 || (n.dim != 0 && n.dim != 1))
        return refuse(e, "a length or number that is not negative is wanted");
    e->own->line_factor = n.dim == 0 ? n.abs : 0;
    *(int *)member = fo_mpt(n.dim == 0 ? n.abs * size : n.abs);
    return true;
}

static bool
part_line_height(
    struct fo_eval *e, enum fo_part part, const char *s, void *member)
{
    if (part == FO_PART_OPTIMUM)
        return read_line_height(e, s, member);
    return part == FO_PART_MINIMUM || part == FO_PART_MAXIMUM ||
        part == FO_PART_CONDITIONALITY || part == FO_PART_PRECEDENCE;
}

/* Fonts are not known here: an x-height of half an em is taken. */
static bool
read_shift(struct fo_eval *e, const char *s, void *member)
{
    int size = e->parent ? e->parent->s.font_size : MEDIUM;

    if (same(s, "super")) {
        *(struct fo_len *)member = (struct fo_len){.abs = size / 2};
        return true;
    }
    if (same(s, "sub")) {
        *(struct fo_len *)member = (struct fo_len){.abs = -size / 4};
        return true;
    }
    return read_length(e, s, member);
}

/* ---- colours and borders ---------------------------------------------- */

static bool
read_color(struct fo_eval *e, const char *s, void *member)
{
    struct fo_val v;

    if (fo_color(s, (int)strlen(s), member))
        return true;
    if (!fo_eval_value(e, s, 0, -1, &v))
        return false;
    if (v.kind != FO_VAL_COLOR)
        return refuse(e, "not a colour");
    *(uint32_t *)member = v.color;
    return true;
}

static void
dump_color(const void *member, struct buf *out)
{
    uint32_t c = *(const uint32_t *)member;

    if (c >> 24 == 0)
        buf_add_str(out, "transparent");
    else if (c >> 24 == 255)
        buf_printf(out, "#%06x", (unsigned)(c & 0xFFFFFF));
    else
        buf_printf(
            out, "#%06x%02x", (unsigned)(c & 0xFFFFFF), (unsigned)(c >> 24));
}

static const char *const border_styles[] = {
    "none",
    "hidden",
    "dotted",
    "dashed",
    "solid",
    "double",
    "groove",
    "ridge",
    "inset",
    "outset",
};

static bool
read_border_style(struct fo_eval *e, const char *s, void *member)
{
    for (int i = FO_BS_NONE; i <= FO_BS_OUTSET; i++) {
        if (same(s, border_styles[i])) {
            *(enum fo_border_style *)member = (enum fo_border_style)i;
            return true;
        }
    }
    return refuse(e, "not one of its keywords");
}

static void
dump_border_style(const void *member, struct buf *out)
{
    buf_add_str(out, border_styles[*(const enum fo_border_style *)member]);
}

static bool
conditionality(struct fo_eval *e, const char *s, bool *retain)
{
    if (!same(s, "retain") && !same(s, "discard"))
        return refuse(e, "'retain' or 'discard' is wanted");
    *retain = *s == 'r';
    return true;
}

/* The member is the width inside a struct fo_border. */
static struct fo_border *
border_around(void *width)
{
    return (struct fo_border *)(void *)((char *)width -
        offsetof(struct fo_border, width));
}

static bool
read_border_width(struct fo_eval *e, const char *s, void *member)
{
    if (!read_mpt(e, s, member))
        return false;
    border_around(member)->width_set = true;
    return true;
}

static bool
part_border_width(
    struct fo_eval *e, enum fo_part part, const char *s, void *member)
{
    if (part == FO_PART_LENGTH)
        return read_border_width(e, s, member);
    return part == FO_PART_CONDITIONALITY &&
        conditionality(e, s, &border_around(member)->retain);
}

static bool
read_padding(struct fo_eval *e, const char *s, void *member)
{
    struct fo_padding *p = member;
    struct fo_len len;

    if (!read_length(e, s, &len))
        return false;
    p->len = len;
    return true;
}

static bool
part_padding(struct fo_eval *e, enum fo_part part, const char *s, void *member)
{
    struct fo_padding *p = member;

    if (part == FO_PART_LENGTH)
        return read_padding(e, s, member);
    return part == FO_PART_CONDITIONALITY && conditionality(e, s, &p->retain);
}

static bool
number_padding(const void *member, struct fo_num *out)
{
    return number_length(&((const struct fo_padding *)member)->len, out);
}

static void
dump_padding(const void *member, struct buf *out)
{
    const struct fo_padding *p = member;

    dump_length(&p->len, out);
    if (p->retain)
        buf_add_str(out, " retain");
}

/* ---- compound lengths ------------------------------------------------- */

static bool
read_space(struct fo_eval *e, const char *s, void *member)
{
    struct fo_space *sp = member;
    struct fo_len len;

    if (!read_length(e, s, &len))
        return false;
    *sp = (struct fo_space){.min = len, .opt = len, .max = len};
    return true;
}

static bool
part_space(struct fo_eval *e, enum fo_part part, const char *s, void *member)
{
    struct fo_space *sp = member;

    switch (part) {
    case FO_PART_MINIMUM:
        return read_length(e, s, &sp->min);
    case FO_PART_OPTIMUM:
        return read_length(e, s, &sp->opt);
    case FO_PART_MAXIMUM:
        return read_length(e, s, &sp->max);
    case FO_PART_CONDITIONALITY:
        return conditionality(e, s, &sp->retain);
    case FO_PART_PRECEDENCE:
        sp->force = same(s, "force");
        return sp->force || integer(e, s, &sp->prec);
    default:
        return false;
    }
}

static bool
number_space(const void *member, struct fo_num *out)
{
    return number_length(&((const struct fo_space *)member)->opt, out);
}

static bool
same_length(const struct fo_len *a, const struct fo_len *b)
{
    return a->abs == b->abs && a->pct == b->pct && a->tcu == b->tcu &&
        a->is_auto == b->is_auto;
}

static void
dump_three(const struct fo_len *min, const struct fo_len *opt,
    const struct fo_len *max, struct buf *out)
{
    dump_length(min, out);
    if (!same_length(min, opt) || !same_length(min, max)) {
        buf_add_char(out, '/');
        dump_length(opt, out);
        buf_add_char(out, '/');
        dump_length(max, out);
    }
}

static void
dump_space(const void *member, struct buf *out)
{
    const struct fo_space *sp = member;

    dump_three(&sp->min, &sp->opt, &sp->max, out);
    if (sp->retain)
        buf_add_str(out, " retain");
    if (sp->force)
        buf_add_str(out, " force");
    if (sp->prec)
        buf_printf(out, " prec %d", sp->prec);
}

static bool
read_range(struct fo_eval *e, const char *s, void *member)
{
    struct fo_range *r = member;
    struct fo_len len;

    if (!read_length(e, s, &len))
        return false;
    *r = (struct fo_range){len, len, len};
    return true;
}

static bool
part_range(struct fo_eval *e, enum fo_part part, const char *s, void *member)
{
    struct fo_range *r = member;

    switch (part) {
    case FO_PART_MINIMUM:
        return read_length(e, s, &r->min);
    case FO_PART_OPTIMUM:
        return read_length(e, s, &r->opt);
    case FO_PART_MAXIMUM:
        return read_length(e, s, &r->max);
    default:
        return false;
    }
}

static bool
number_range(const void *member, struct fo_num *out)
{
    return number_length(&((const struct fo_range *)member)->opt, out);
}

static void
dump_range(const void *member, struct buf *out)
{
    const struct fo_range *r = member;

    dump_three(&r->min, &r->opt, &r->max, out);
}

/* border-separation: inline, then block direction. */
static bool
read_pair(struct fo_eval *e, const char *s, void *member)
{
    struct fo_len *pair = member, len;

    if (!read_length(e, s, &len))
        return false;
    pair[0] = pair[1] = len;
    return true;
}

static bool
part_pair(struct fo_eval *e, enum fo_part part, const char *s, void *member)
{
    struct fo_len *pair = member;

    if (part != FO_PART_INLINE && part != FO_PART_BLOCK)
        return false;
    return read_length(e, s, &pair[part == FO_PART_BLOCK]);
}

static void
dump_pair(const void *member, struct buf *out)
{
    const struct fo_len *pair = member;

    dump_length(&pair[0], out);
    buf_add_char(out, ' ');
    dump_length(&pair[1], out);
}

/* ---- keeps ------------------------------------------------------------ */

static bool
strength(struct fo_eval *e, const char *s, int *out)
{
    char stands[32];

    if (fo_word(e->row->words, s, stands)) {
        *out = atoi(stands);
        return true;
    }
    if (!integer(e, s, out))
        return false;
    if (*out < 1)
        *out = 1;
    return true;
}

static bool
read_keep(struct fo_eval *e, const char *s, void *member)
{
    struct fo_keep *k = member;
    int v;

    if (!strength(e, s, &v))
        return false;
    *k = (struct fo_keep){v, v, v};
    return true;
}

static bool
part_keep(struct fo_eval *e, enum fo_part part, const char *s, void *member)
{
    struct fo_keep *k = member;

    if (part == FO_PART_LINE)
        return strength(e, s, &k->line);
    if (part == FO_PART_COLUMN)
        return strength(e, s, &k->column);
    return part == FO_PART_PAGE && strength(e, s, &k->page);
}

static void
dump_strength(int v, struct buf *out)
{
    if (v == FO_KEEP_AUTO || v == FO_KEEP_ALWAYS)
        buf_add_str(out, v ? "always" : "auto");
    else
        buf_printf(out, "%d", v);
}

static void
dump_keep(const void *member, struct buf *out)
{
    const struct fo_keep *k = member;

    dump_strength(k->line, out);
    if (k->line == k->column && k->line == k->page)
        return;
    buf_add_char(out, '/');
    dump_strength(k->column, out);
    buf_add_char(out, '/');
    dump_strength(k->page, out);
}

/* ---- one of a kind ---------------------------------------------------- */

static bool
read_orientation(struct fo_eval *e, const char *s, void *member)
{
    int v;

    if (!integer(e, s, &v))
        return false;
    if (v % 90 != 0 || v < -270 || v > 270)
        return refuse(e, "a multiple of 90 is wanted");
    *(int *)member = (v + 360) % 360;
    return true;
}

/* The member is the number; the word stands beside it. */
static bool
read_page_number(struct fo_eval *e, const char *s, void *member)
{
    struct fo_style *own = &e->own->s;
    char stands[32];
    int v;

    if (fo_word(e->row->words, s, stands)) {
        own->initial_page_number_v = value_of(s);
        *(int *)member = 0;
        return true;
    }
    if (!integer(e, s, &v))
        return false;
    own->initial_page_number_v = FO_V_AUTO;
    *(int *)member = v < 1 ? 1 : v;
    return true;
}

/* content-width and -height: a length, or how to fit. */
static bool
read_fit(struct fo_eval *e, const char *s, void *member)
{
    struct fo_style *own = &e->own->s;
    bool width = member == (void *)&own->content_width;
    enum fo_value *fit = width ? &own->content_width_fit
                               : &own->content_height_fit;
    char stands[32];

    *fit = FO_V_NONE_GIVEN;
    if (fo_word("scale-to-fit scale-down-to-fit scale-up-to-fit", s, stands))
        *fit = value_of(s);
    return read_length(e, s, member);
}

const struct fo_type fo_types[FO_TYPES] = {
    [FO_T_STRING] = {sizeof(char *), read_string, NULL, NULL, dump_string},
    [FO_T_URI] = {sizeof(char *), read_uri, NULL, NULL, dump_string},
    [FO_T_FAMILY] = {sizeof(char *), read_family, NULL, NULL, dump_string},
    [FO_T_VALUE] = {sizeof(enum fo_value), read_value, NULL, NULL, dump_value},
    [FO_T_BOOL] = {sizeof(bool), read_bool, NULL, NULL, dump_bool},
    [FO_T_INT] = {sizeof(int), read_int, NULL, number_int, dump_int},
    [FO_T_LENGTH] = {sizeof(struct fo_len), read_length, NULL, number_length,
        dump_length},
    [FO_T_MPT] = {sizeof(int), read_mpt, NULL, number_mpt, dump_mpt},
    [FO_T_FONT_SIZE] = {sizeof(int), read_font_size, NULL, number_mpt,
        dump_mpt},
    [FO_T_FONT_WEIGHT] = {sizeof(int), read_font_weight, NULL, number_int,
        dump_int},
    [FO_T_LINE_HEIGHT] = {sizeof(int), read_line_height, part_line_height,
        number_mpt, dump_mpt},
    [FO_T_COLOR] = {sizeof(uint32_t), read_color, NULL, NULL, dump_color},
    [FO_T_BORDER_STYLE] = {sizeof(enum fo_border_style), read_border_style,
        NULL, NULL, dump_border_style},
    [FO_T_BORDER_WIDTH] = {sizeof(int), read_border_width, part_border_width,
        number_mpt, dump_mpt},
    [FO_T_PADDING] = {sizeof(struct fo_padding), read_padding, part_padding,
        number_padding, dump_padding},
    [FO_T_SPACE] = {sizeof(struct fo_space), read_space, part_space,
        number_space, dump_space},
    [FO_T_RANGE] = {sizeof(struct fo_range), read_range, part_range,
        number_range, dump_range},
    [FO_T_KEEP] = {sizeof(struct fo_keep), read_keep, part_keep, NULL,
        dump_keep},
    [FO_T_PAIR] = {2 * sizeof(struct fo_len), read_pair, part_pair,
        number_length, dump_pair},
    [FO_T_DECORATION] = {sizeof(unsigned), read_decoration, NULL, NULL,
        dump_decoration},
    [FO_T_ORIENTATION] = {sizeof(int), read_orientation, NULL, number_int,
        dump_int},
    [FO_T_CHARACTER] = {sizeof(unsigned), read_character, NULL, NULL,
        dump_character},
    [FO_T_PAGE_NUMBER] = {sizeof(int), read_page_number, NULL, number_int,
        dump_int},
    [FO_T_SHIFT] = {sizeof(struct fo_len), read_shift, NULL, number_length,
        dump_length},
    [FO_T_SHIFTS] = {sizeof(int), read_int, NULL, number_int, dump_int},
    [FO_T_FIT] = {sizeof(struct fo_len), read_fit, NULL, number_length,
        dump_length},
};
