/* Shorthands: each function takes the value apart and pushes entries for the
 * rows it stands for. */
#include "base/arena.h"
#include "fo/fo_prop.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define LIST_MAX 16 /* items of one shorthand */

struct item {
    const char *s; /* NUL-terminated copy */
    int len;
};

static bool
same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* The items of VALUE, -1 when there are too many. */
static int
items(struct fo_eval *e, const char *value, struct item list[LIST_MAX])
{
    const char *item;
    int n = 0, len;

    while ((len = fo_list_next(&value, &item))) {
        if (n == LIST_MAX)
            return -1;
        list[n].len = len;
        list[n++].s = arena_strndup(
            fo_props_arena(e->props), item, (size_t)len);
    }
    return n;
}

static bool
refuse(struct fo_eval *e, const char *why)
{
    e->why = why;
    return false;
}

static void
push(struct fo_eval *e, int prop, const char *value)
{
    fo_eval_push(e, prop, FO_WHOLE, e->rank, value);
}

/* ---- boxes ------------------------------------------------------------ */

/* One to four values: top, right, bottom, left as CSS repeats them. */
static bool
four(struct fo_eval *e, const char *value, const char *out[4])
{
    static const int from[4][4] = {
        {0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}};
    struct item list[LIST_MAX];
    int n = items(e, value, list);

    if (n < 1 || n > 4)
        return refuse(e, "one to four values are wanted");
    for (int i = 0; i < 4; i++)
        out[i] = list[from[n - 1][i]].s;
    return true;
}

static bool
sides(struct fo_eval *e, enum fo_group group, const char *value)
{
    const char *v[4];

    if (!four(e, value, v))
        return false;
    for (int i = 0; i < 4; i++)
        push(e, fo_side_prop(e->own->s.writing_mode, group, (enum fo_edge)i),
            v[i]);
    return true;
}

static bool
border_color(struct fo_eval *e, const char *value)
{
    return sides(e, FO_GROUP_BORDER_COLOR, value);
}

static bool
border_style(struct fo_eval *e, const char *value)
{
    return sides(e, FO_GROUP_BORDER_STYLE, value);
}

static bool
border_width(struct fo_eval *e, const char *value)
{
    return sides(e, FO_GROUP_BORDER_WIDTH, value);
}

static bool
padding(struct fo_eval *e, const char *value)
{
    return sides(e, FO_GROUP_PADDING, value);
}

static bool
margin(struct fo_eval *e, const char *value)
{
    const char *v[4];

    if (!four(e, value, v))
        return false;
    for (int i = 0; i < 4; i++)
        push(e, FO_P_MARGIN_TOP + i, v[i]);
    return true;
}

/* Which of a border's three an item is. */
static int
border_group(struct fo_eval *e, const char *s)
{
    uint32_t color;
    char stands[32];

    if (fo_word(fo_rows[FO_P_BORDER_BEFORE_STYLE].words, s, stands))
        return FO_GROUP_BORDER_STYLE;
    if (fo_word(fo_rows[FO_P_BORDER_BEFORE_WIDTH].words, s, stands))
        return FO_GROUP_BORDER_WIDTH;
    if (fo_color(s, (int)strlen(s), &color) || strncmp(s, "rgb", 3) == 0 ||
        strncmp(s, "cmyk", 4) == 0)
        return FO_GROUP_BORDER_COLOR;
    (void)e;
    return FO_GROUP_BORDER_WIDTH;
}

/* "1pt solid black" in any order for the edges FIRST..LAST. */
static bool
border_edges(struct fo_eval *e, const char *value, int first, int last)
{
    struct item list[LIST_MAX];
    int n = items(e, value, list);

    if (n < 1 || n > 3)
        return refuse(e, "a width, a style and a colour are wanted");
    if (n == 1 && same(list[0].s, "inherit")) {
        for (int edge = first; edge <= last; edge++)
            for (int g = 0; g < 3; g++)
                push(e,
                    fo_side_prop(e->own->s.writing_mode, (enum fo_group)g,
                        (enum fo_edge)edge),
                    "inherit");
        return true;
    }
    for (int i = 0; i < n; i++) {
        int group = border_group(e, list[i].s);

        for (int edge = first; edge <= last; edge++)
            push(e,
                fo_side_prop(e->own->s.writing_mode, (enum fo_group)group,
                    (enum fo_edge)edge),
                list[i].s);
    }
    return true;
}

static bool
border(struct fo_eval *e, const char *value)
{
    return border_edges(e, value, FO_EDGE_TOP, FO_EDGE_LEFT);
}

static bool
border_top(struct fo_eval *e, const char *value)
{
    return border_edges(e, value, FO_EDGE_TOP, FO_EDGE_TOP);
}

static bool
border_right(struct fo_eval *e, const char *value)
{
    return border_edges(e, value, FO_EDGE_RIGHT, FO_EDGE_RIGHT);
}

static bool
border_bottom(struct fo_eval *e, const char *value)
{
    return border_edges(e, value, FO_EDGE_BOTTOM, FO_EDGE_BOTTOM);
}

static bool
border_left(struct fo_eval *e, const char *value)
{
    return border_edges(e, value, FO_EDGE_LEFT, FO_EDGE_LEFT);
}

static bool
border_spacing(struct fo_eval *e, const char *value)
{
    struct item list[LIST_MAX];
    int n = items(e, value, list);

    if (n < 1 || n > 2)
        return refuse(e, "one or two lengths are wanted");
    fo_eval_push(e, FO_P_BORDER_SEPARATION, FO_PART_INLINE, e->rank, list[0].s);
    fo_eval_push(
        e, FO_P_BORDER_SEPARATION, FO_PART_BLOCK, e->rank, list[n - 1].s);
    return true;
}

/* ---- backgrounds ------------------------------------------------------ */

/* One or two of lengths, percentages and edge names. */
static bool
background_position(struct fo_eval *e, const char *value)
{
    struct item list[LIST_MAX];
    int n = items(e, value, list);
    const char *x, *y;

    if (n < 1 || n > 2)
        return refuse(e, "one or two values are wanted");
    x = list[0].s;
    y = n == 2 ? list[1].s : same(x, "inherit") ? x : "50%";
    if (same(x, "top") || same(x, "bottom") || same(y, "left") ||
        same(y, "right")) {
        const char *swap = x;

        x = n == 2 ? y : "50%";
        y = swap;
    }
    push(e, FO_P_BACKGROUND_POSITION_HORIZONTAL, x);
    push(e, FO_P_BACKGROUND_POSITION_VERTICAL, y);
    return true;
}

static bool
background(struct fo_eval *e, const char *value)
{
    struct item list[LIST_MAX];
    int n = items(e, value, list);
    const char *place[2] = {NULL, NULL};
    char stands[32];
    uint32_t color;
    int places = 0;

    if (n < 1)
        return refuse(e, "a colour or picture is wanted");
    for (int i = 0; i < n; i++) {
        const char *s = list[i].s;

        if (same(s, "inherit") && n == 1) {
            for (int p = FO_P_BACKGROUND_COLOR; p <= FO_P_BACKGROUND_REPEAT;
                 p++)
                push(e, p, s);
        } else if (same(s, "none") || strncmp(s, "url(", 4) == 0) {
            push(e, FO_P_BACKGROUND_IMAGE, s);
        } else if (fo_color(s, list[i].len, &color) ||
            strncmp(s, "rgb", 3) == 0 || strncmp(s, "cmyk", 4) == 0) {
            push(e, FO_P_BACKGROUND_COLOR, s);
        } else if (fo_word(fo_rows[FO_P_BACKGROUND_REPEAT].words, s, stands)) {
            push(e, FO_P_BACKGROUND_REPEAT, s);
        } else if (same(s, "scroll")) {
            continue;
        } else if (places < 2) {
            place[places++] = s;
        } else {
            return refuse(e, "more values than it has");
        }
    }
    if (places)
        return background_position(e,
            places == 1 ? place[0]
                        : arena_printf(fo_props_arena(e->props), "%s %s",
                              place[0], place[1]));
    return true;
}

/* ---- fonts and lines -------------------------------------------------- */

static bool
is_size(const char *item)
{
    char stands[32], s[16];
    size_t n = strcspn(item, "/");

    if (n > 15)
        n = 15;
    memcpy(s, item, n);
    s[n] = '\0';
    return isdigit((unsigned char)*s) || *s == '.' || *s == '(' ||
        fo_word("xx-small x-small small medium large x-large xx-large larger "
                "smaller",
            s, stands);
}

/* [style || variant || weight]? size[/line-height]? family */
static bool
font(struct fo_eval *e, const char *value)
{
    const char *s = value, *item, *slash;
    const char *style = "normal", *variant = "normal", *weight = "400";
    const char *size = NULL;
    char stands[32];
    int len;

    if (same(value, "inherit")) {
        for (int p = FO_P_FONT_FAMILY; p <= FO_P_FONT_VARIANT; p++)
            push(e, p, "inherit");
        push(e, FO_P_LINE_HEIGHT, "inherit");
        return true;
    }
    while ((len = fo_list_next(&s, &item))) {
        const char *w = arena_strndup(
            fo_props_arena(e->props), item, (size_t)len);

        if (fo_word("100 200 300 400 500 600 700 800 900 bold bolder lighter",
                w, stands)) {
            weight = w;
        } else if (fo_word("italic oblique backslant", w, stands)) {
            style = w;
        } else if (same(w, "small-caps")) {
            variant = w;
        } else if (is_size(w)) {
            size = w;
            break;
        } else if (!same(w, "normal")) {
            return refuse(e, "a size and a family are wanted");
        }
    }
    while (isspace((unsigned char)*s))
        s++;
    if (!size || !*s)
        return refuse(e, "a size and a family are wanted");
    slash = strchr(size, '/');
    if (slash)
        fo_eval_push_n(e, FO_P_FONT_SIZE, e->rank, size, (int)(slash - size));
    else
        push(e, FO_P_FONT_SIZE, size);
    push(e, FO_P_LINE_HEIGHT, slash ? slash + 1 : "normal");
    push(e, FO_P_FONT_FAMILY, s);
    push(e, FO_P_FONT_STYLE, style);
    push(e, FO_P_FONT_VARIANT, variant);
    push(e, FO_P_FONT_WEIGHT, weight);
    return true;
}

/* A word of VALUE's table stands for one value of each of some rows; NULL
 * leaves a row alone. */
struct choice {
    const char *word;
    const char *values[4];
};

static bool
choose(struct fo_eval *e, const char *value, const struct choice *list,
    const int *props)
{
    for (; list->word; list++) {
        if (!same(list->word, value))
            continue;
        for (int i = 0; i < 4; i++)
            if (list->values[i])
                push(e, props[i], list->values[i]);
        return true;
    }
    return refuse(e, "not one of its keywords");
}

static bool
vertical_align(struct fo_eval *e, const char *value)
{
    static const int props[4] = {FO_P_VERTICAL_ALIGN, FO_P_ALIGNMENT_BASELINE,
        FO_P_BASELINE_SHIFT, FO_P_ALIGNMENT_ADJUST};
    static const struct choice list[] = {
        {"baseline", {"baseline", "baseline", "baseline", "auto"}},
        {"top", {"top", "before-edge", "baseline", "auto"}},
        {"text-top", {"text-top", "text-before-edge", "baseline", "auto"}},
        {"middle", {"middle", "middle", "baseline", "auto"}},
        {"bottom", {"bottom", "after-edge", "baseline", "auto"}},
        {"text-bottom", {"text-bottom", "text-after-edge", "baseline", "auto"}},
        {"sub", {NULL, "baseline", "sub", "auto"}},
        {"super", {NULL, "baseline", "super", "auto"}},
        {"inherit", {"inherit", "inherit", "inherit", "inherit"}},
        {NULL, {NULL}},
    };

    if (choose(e, value, list, props))
        return true;
    e->why = NULL;
    push(e, FO_P_ALIGNMENT_BASELINE, "baseline");
    push(e, FO_P_ALIGNMENT_ADJUST, value);
    return true;
}

static bool
white_space(struct fo_eval *e, const char *value)
{
    static const int props[4] = {FO_P_LINEFEED_TREATMENT,
        FO_P_WHITE_SPACE_TREATMENT, FO_P_WHITE_SPACE_COLLAPSE,
        FO_P_WRAP_OPTION};
    static const struct choice list[] = {
        {"normal",
            {"treat-as-space", "ignore-if-surrounding-linefeed", "true",
                "wrap"}},
        {"pre", {"preserve", "preserve", "false", "no-wrap"}},
        {"nowrap",
            {"treat-as-space", "ignore-if-surrounding-linefeed", "true",
                "no-wrap"}},
        {"inherit", {"inherit", "inherit", "inherit", "inherit"}},
        {NULL, {NULL}},
    };

    return choose(e, value, list, props);
}

static bool
position(struct fo_eval *e, const char *value)
{
    static const int props[4] = {
        FO_P_ABSOLUTE_POSITION, FO_P_RELATIVE_POSITION};
    static const struct choice list[] = {
        {"static", {"auto", "static"}},
        {"relative", {"auto", "relative"}},
        {"absolute", {"absolute", "static"}},
        {"fixed", {"fixed", "static"}},
        {"inherit", {"inherit", "inherit"}},
        {NULL, {NULL}},
    };

    return choose(e, value, list, props);
}

/* ---- breaks ----------------------------------------------------------- */

static bool
page_break(struct fo_eval *e, const char *value, int brk, int keep)
{
    const int props[4] = {brk, keep};
    static const struct choice list[] = {
        {"auto", {"auto", "auto"}},
        {"always", {"page", "auto"}},
        {"left", {"even-page", "auto"}},
        {"right", {"odd-page", "auto"}},
        {"inherit", {"inherit", "inherit"}},
        {NULL, {NULL}},
    };

    if (same(value, "avoid")) {
        push(e, brk, "auto");
        fo_eval_push(e, keep, FO_PART_PAGE, e->rank, "always");
        return true;
    }
    return choose(e, value, list, props);
}

static bool
page_break_before(struct fo_eval *e, const char *value)
{
    return page_break(e, value, FO_P_BREAK_BEFORE, FO_P_KEEP_WITH_PREVIOUS);
}

static bool
page_break_after(struct fo_eval *e, const char *value)
{
    return page_break(e, value, FO_P_BREAK_AFTER, FO_P_KEEP_WITH_NEXT);
}

static bool
page_break_inside(struct fo_eval *e, const char *value)
{
    if (same(value, "avoid"))
        fo_eval_push(e, FO_P_KEEP_TOGETHER, FO_PART_PAGE, e->rank, "always");
    else if (same(value, "auto") || same(value, "inherit"))
        push(e, FO_P_KEEP_TOGETHER, value);
    else
        return refuse(e, "not one of its keywords");
    return true;
}

/* ---- languages, names ------------------------------------------------- */

/* zh-Hans-CN: language, script of four letters, country of two. */
static bool
xml_lang(struct fo_eval *e, const char *value)
{
    const char *p = value;
    bool first = true;

    push(e, FO_P_XML_LANG, value);
    while (*p) {
        int n = (int)strcspn(p, "-_");

        if (first)
            fo_eval_push_n(e, FO_P_LANGUAGE, e->rank, p, n);
        else if (n == 4 && isalpha((unsigned char)*p))
            fo_eval_push_n(e, FO_P_SCRIPT, e->rank, p, n);
        else if (n == 2 || n == 3)
            fo_eval_push_n(e, FO_P_COUNTRY, e->rank, p, n);
        first = false;
        p += n;
        p += *p != '\0';
    }
    return true;
}

const struct fo_meaning fo_short_names[] = {
#define SIDE(name, group, edge)                                                \
    {name, FO_NAME_SIDE, FO_GROUP_##group, FO_EDGE_##edge, 0, NULL},
#define SIZE(name, dimension, part)                                            \
    {name, FO_NAME_SIZE, FO_SIZE_##dimension, 0, 0, NULL},
#define SHORTHAND(name, function, rank)                                        \
    {name, FO_NAME_SHORTHAND, 0, rank, 0, function},
#define NEVER(name) {name, FO_NAME_NEVER, 0, 0, 0, NULL},
#include "fo/fo_short.def"
#undef SIDE
#undef SIZE
#undef SHORTHAND
#undef NEVER
};

const int fo_short_count = (int)(sizeof fo_short_names /
    sizeof *fo_short_names);
