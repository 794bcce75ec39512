/* Asking the finished tree. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/length.h"
#include "fo/fo_build.h"
#include <math.h>
#include <string.h>

const char *
fo_kind_name(enum fo_kind k)
{
    static const char *const names[FO_KINDS] = {
        [FO_TEXT] = "#text",
#define OBJECT(id, name, tier, content, areas) [FO_##id] = name,
#include "fo/fo_objects.def"
#undef OBJECT
    };

    return (unsigned)k < FO_KINDS ? names[k] : "?";
}

const char *
fo_value_name(enum fo_value v)
{
    static const char *const names[FO_VALUES] = {
        [FO_V_NONE_GIVEN] = "",
#define KEYWORD(id, name) [FO_V_##id] = name,
#include "fo/fo_keywords.def"
#undef KEYWORD
    };

    return (unsigned)v < FO_VALUES ? names[v] : "?";
}

/* A wrapper and its like are what their first child is. */
bool
fo_is_block_level(const struct fo_node *n)
{
    while (n && (n->kind == FO_WRAPPER || n->kind == FO_MARKER)) {
        n = n->first;
        while (n && n->kind == FO_MARKER)
            n = n->next;
    }
    if (!n)
        return false;
    switch (n->kind) {
    case FO_BLOCK:
    case FO_BLOCK_CONTAINER:
    case FO_TABLE:
    case FO_LIST_BLOCK:
        return true;
    default:
        return false;
    }
}

struct where
fo_where(const struct fo_tree *t, const struct fo_node *n)
{
    if (!n)
        return (struct where){t->file, 0, 0};
    if (n->from_file)
        return (struct where){n->from_file, n->from_line, 0};
    return (struct where){t->file, n->line, n->col};
}

/* Fractions of a millipoint are cut off, not rounded, as Apache FOP does:
 * then the parts of a width never add up to more than the whole. */
int
fo_mpt(double v)
{
    double slack = v < 0 ? -1e-3 : 1e-3; /* of binary fractions */

    return mpt_from_double(trunc(v + slack));
}

int
fo_len_mpt(struct fo_len len, int base)
{
    double pct;

    if (len.is_auto)
        return 0;
    if (len.pct == 0)
        return len.abs;
    /* a percentage is a decimal number, not its nearest float */
    pct = round((double)len.pct * 1e7) / 1e7;
    return fo_mpt(len.abs + pct * base);
}

void
fo_text_of(const struct fo_node *n, struct buf *b)
{
    if (n->kind == FO_TEXT)
        buf_add(b, n->text, (size_t)n->len);
    for (const struct fo_node *c = n->first; c; c = c->next)
        fo_text_of(c, b);
}
