/* The peer's words for our values. */
#include "layout/area_dump_names.h"
#include "base/buf.h"
#include "fo/fo.h"
#include <stdio.h>
#include <string.h>

const char *const area_name_side[4] = {"before", "after", "start", "end"};

const char *const area_name_border[10] = {"none", "hidden", "dotted", "dashed",
    "solid", "double", "groove", "ridge", "inset", "outset"};

const char *const area_name_region[5] = {"regionBody", "regionBefore",
    "regionAfter", "regionStart", "regionEnd"};

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

const char *
area_name_family(char out[64], const char *families)
{
    const char *s = families ? families : "sans-serif";
    size_t n;

    s += strspn(s, " \t'\"");
    n = strcspn(s, ",'\"");
    while (n && s[n - 1] == ' ')
        n--;
    snprintf(out, 64, "%.*s", (int)(n < 60 ? n : 60), s);
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
