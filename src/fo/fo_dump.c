/* The tree as indented text: one line a node, with its place and the
 * properties that its style does not share with what it would be without any
 * attribute. */
#include "base/buf.h"
#include "fo/fo_build.h"
#include <string.h>

static void
dump_string(const char *s, size_t n, struct buf *out)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\n')
            buf_add_str(out, "\\n");
        else if (s[i] == '\t')
            buf_add_str(out, "\\t");
        else
            buf_add_char(out, s[i]);
    }
    buf_add_char(out, '"');
}

static void
value(const struct fo_style *s, int prop, struct buf *out)
{
    fo_types[fo_rows[prop].type].dump(fo_member_of(s, prop), out);
}

static void
properties(
    const struct fo_full *f, const struct fo_full *initial, struct buf *out)
{
    struct buf a, b;

    buf_init(&a);
    buf_init(&b);
    for (int i = 0; i < FO_PROPS; i++) {
        const struct fo_full *with = initial;

        /* unless given, the colour of a border is the object's */
        if (fo_rows[i].type == FO_T_COLOR && fo_rows[i].how == FO_HOW_NO &&
            !fo_specified(f, i))
            continue;
        if (fo_rows[i].how == FO_HOW_INHERIT && f->parent)
            with = f->parent;
        buf_reset(&a);
        buf_reset(&b);
        value(&f->s, i, &a);
        value(&with->s, i, &b);
        if (strcmp(a.data, b.data) != 0)
            buf_printf(out, " %s=%s", fo_rows[i].name, a.data);
    }
    buf_clear(&a);
    buf_clear(&b);
}

static void
foreign(const struct fo_foreign *f, int depth, struct buf *out)
{
    for (; f; f = f->next) {
        buf_printf(out, "%*s<%s", 2 * depth, "", f->name);
        for (const struct fo_attr *a = f->attrs; a; a = a->next)
            buf_printf(out, " %s='%s'", a->name, a->value);
        buf_add_str(out, ">");
        if (f->text)
            dump_string(f->text, strlen(f->text), out);
        buf_add_char(out, '\n');
        if (depth < 2 * XML_DEPTH_MAX)
            foreign(f->first, depth + 1, out);
    }
}

static void
node(const struct fo_node *n, const struct fo_full *initial, int depth,
    struct buf *out)
{
    const struct fo_full *f = (const struct fo_full *)n->style;

    buf_printf(out, "%*s", 2 * depth, "");
    if (n->kind == FO_TEXT) {
        dump_string(n->text, (size_t)n->len, out);
        buf_add_char(out, '\n');
        return;
    }
    buf_printf(out, "%s %d:%d", fo_kind_name(n->kind), n->line, n->col);
    properties(f, initial, out);
    buf_add_char(out, '\n');
    if (n->kind == FO_INSTREAM_FOREIGN_OBJECT)
        foreign(n->foreign, depth + 1, out);
}

void
fo_dump(const struct fo_tree *t, struct buf *out)
{
    const struct fo_book *k = (const struct fo_book *)t;
    const struct fo_full *initial = fo_props_initial(k->props);
    const struct fo_node *n = t->root;
    int depth = 0;

    while (n) {
        node(n, initial, depth, out);
        if (n->first) {
            n = n->first;
            depth++;
            continue;
        }
        while (n && !n->next) {
            n = n->parent;
            depth--;
        }
        n = n ? n->next : NULL;
    }
}
