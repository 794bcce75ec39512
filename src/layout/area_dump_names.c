/* The peer's words for our values. */
#include "layout/area_dump_names.h"
#include "base/buf.h"
#include "fo/fo.h"
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

const char *const area_name_side[4] = {"before", "after", "start", "end"};

const char *const area_name_border[10] = {"none", "hidden", "dotted", "dashed",
    "solid", "double", "groove", "ridge", "inset", "outset"};

const char *const area_name_region[5] = {
    "regionBody", "regionBefore", "regionAfter", "regionStart", "regionEnd"};

const struct area_name_deco area_name_deco[3] = {
    {FO_DECO_UNDERLINE, "underline-score"},
    {FO_DECO_OVERLINE, "overline-score"},
    {FO_DECO_THROUGH, "through-score"},
};

const char *
area_name_color(char out[16], uint32_t argb)
{
    unsigned alpha = argb >> 24;

    if (alpha == 255)
        snprintf(out, 16, "#%06x", (unsigned)(argb & 0xffffff));
    else
        snprintf(out, 16, "#%06x%02x", (unsigned)(argb & 0xffffff), alpha);
    return out;
}

/* Cuts the next name off a comma list; NULL: there is none. */
static const char *
next_family(const char **list, char out[64])
{
    const char *s = *list;
    size_t n;

    s += strspn(s, " \t\r\n,'\"");
    if (!*s)
        return NULL;
    n = strcspn(s, ",'\"");
    *list = s + n;
    while (n && s[n - 1] == ' ')
        n--;
    snprintf(out, 64, "%.*s", (int)(n < 60 ? n : 60), s);
    return out;
}

static bool
has_family(const char *name, const char *found)
{
    static const char *const base[] = {"serif", "sans-serif", "monospace",
        "any", "Helvetica", "Times", "Times Roman", "Times-Roman",
        "Times New Roman", "TimesNewRoman", "Courier", "Courier New", "Arial",
        "Symbol", "ZapfDingbats", "SansSerif", "Computer-Modern-Typewriter"};

    if (found && strcmp(name, found) == 0)
        return true;
    for (size_t i = 0; i < sizeof base / sizeof *base; i++)
        if (strcmp(name, base[i]) == 0)
            return true;
    return (unsigned char)*name >= 0x80; /* a role of ours */
}

const char *
area_name_family(char out[64], const char *families, const char *found)
{
    const char *list = families ? families : "sans-serif";

    while (next_family(&list, out))
        if (has_family(out, found))
            return out;
    list = families ? families : "";
    if (!next_family(&list, out) || !strcmp(out, "cursive") ||
        !strcmp(out, "fantasy"))
        snprintf(out, 64, "any");
    return out;
}

const char *
area_name_repeat(const struct fo_style *s)
{
    return s->background_repeat ? fo_value_name(s->background_repeat)
                                : "repeat";
}

void
area_name_url(struct buf *out, const char *src)
{
    size_t n;

    if (!src)
        return;
    src += strspn(src, " \t\r\n");
    if (strncmp(src, "url(", 4) == 0) {
        src += 4;
        src += strspn(src, " \t\r\n'\"");
        n = strcspn(src, "'\")");
    } else {
        n = strlen(src);
    }
    while (n && strchr(" \t\r\n", src[n - 1]))
        n--;
    buf_add(out, src, n);
}
