/* Asking the finished tree. */
#include "base/arena.h"
#include "base/length.h"
#include "fo/fo_build.h"
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

int
fo_len_mpt(struct fo_len len, int base)
{
    if (len.is_auto)
        return 0;
    if (len.pct == 0)
        return len.abs;
    return mpt_from_double(len.abs + (double)len.pct * base);
}
