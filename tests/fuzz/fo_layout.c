/* Bytes as an FO file, formatted to an area dump of at most 20 pages. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "fo/fo.h"
#include "layout/area_dump.h"
#include "layout/layout.h"
#include "layout/pic.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static void
format(const struct fo_tree *tree, struct text_env *text, struct arena *a,
    struct diags *d)
{
    struct layout_job job = {.tree = tree,
        .text = text,
        .diags = d,
        .pics = pic_cache_new(a, "/nonexistent"),
        .page_limit = 20};
    struct buf out;

    buf_init(&out);
    if (layout_run(&job, area_dump_sink(a, &out)) != STATUS_OK)
        buf_reset(&out);
    buf_clear(&out);
}

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
    static struct text_env *text;
    struct arena *a = arena_new();
    struct fo_tree *tree = NULL;
    struct diags d;

    if (!text)
        text = text_env_new();
    diags_init(&d, a);
    if (fo_read_memory(&tree, "fuzz.fo", (const char *)bytes, (int)n, a, &d) ==
        STATUS_OK)
        format(tree, text, a, &d);
    arena_free(a);
    return 0;
}
