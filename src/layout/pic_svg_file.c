/* The file of a drawing as the elements that a drawing inside the FO is made
 * of, so that both go the same way.  Read by the one safe parser. */
#include "base/arena.h"
#include "layout/pic_in.h"
#include "xml/xml_load.h"
#include <string.h>

struct reader {
    struct arena *arena;
    struct fo_foreign *root;
    struct fo_foreign *open[XML_DEPTH_MAX + 1];
    int depth;
};

static int
on_start(void *self, const struct xml_element *e)
{
    struct reader *r = self;
    struct fo_foreign *f = ARENA_NEW(r->arena, struct fo_foreign);
    struct fo_foreign *in = r->depth ? r->open[r->depth - 1] : NULL;

    f->name = arena_strdup(r->arena, e->name);
    f->ns = e->ns ? arena_strdup(r->arena, e->ns) : NULL;
    f->line = e->line;
    f->col = e->col;
    for (int i = e->n - 1; i >= 0; i--) {
        struct fo_attr *a;

        if (e->attrs[i].ns)
            continue;
        a = ARENA_NEW(r->arena, struct fo_attr);
        a->name = arena_strdup(r->arena, e->attrs[i].name);
        a->value = arena_strndup(
            r->arena, e->attrs[i].value, (size_t)e->attrs[i].len);
        a->next = f->attrs;
        f->attrs = a;
    }
    if (!in)
        r->root = f;
    else if (in->last)
        in->last->next = f;
    else
        in->first = f;
    if (in)
        in->last = f;
    if (r->depth >= XML_DEPTH_MAX)
        return 0;
    r->open[r->depth++] = f;
    return 1;
}

static int
on_text(void *self, const char *s, int n, int line, int col)
{
    (void)self;
    (void)s;
    (void)n;
    (void)line;
    (void)col;
    return 1;
}

static int
on_end(void *self)
{
    struct reader *r = self;

    r->depth--;
    return 1;
}

const struct fo_foreign *
pic_svg_parse(struct arena *a, const char *name, const char *bytes, int n,
    struct diags *d)
{
    struct reader r = {.arena = a};
    const struct xml_sink sink = {
        .self = &r, .start = on_start, .text = on_text, .end = on_end};

    if (xml_read(name, bytes, n, &sink, d) != STATUS_OK)
        return NULL;
    return r.root;
}
