/* Reading: XML's events into the builder. */
#include "base/arena.h"
#include "fo/fo_build.h"
#include "fo/fo_read.h"
#include "xml/xml_load.h"

enum status
fo_read_memory(struct fo_tree **tree, const char *name, const char *bytes,
    int n, struct arena *a, struct diags *d)
{
    struct fo_builder *b = fo_build_new(a, d, name);
    struct xml_sink sink = {b, fo_build_start, fo_build_text, fo_build_end};
    enum status st = xml_read(name, bytes, n, &sink, d);

    *tree = st == STATUS_OK ? fo_build_finish(b) : NULL;
    if (st == STATUS_OK && !*tree)
        st = fail(STATUS_BAD_INPUT);
    return st;
}

enum status
fo_read_doc(struct fo_tree **tree, const char *name, struct _xmlDoc *doc,
    struct arena *a, struct diags *d)
{
    struct fo_builder *b = fo_build_new(a, d, name);
    struct xml_sink sink = {b, fo_build_start, fo_build_text, fo_build_end};
    enum status st = xml_walk(doc, &sink);

    *tree = st == STATUS_OK ? fo_build_finish(b) : NULL;
    if (st == STATUS_OK && !*tree)
        st = fail(STATUS_BAD_INPUT);
    return st;
}
