/* Bytes as an FO file: the reader, its expressions and the dump. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "fo/fo.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
    struct arena *a = arena_new();
    struct fo_tree *tree = NULL;
    struct diags d;
    struct buf out;

    diags_init(&d, a);
    buf_init(&out);
    if (fo_read_memory(&tree, "fuzz.fo", (const char *)bytes, (int)n, a, &d) ==
        STATUS_OK)
        fo_dump(tree, &out);
    diags_print_short(&d, &out);
    buf_clear(&out);
    arena_free(a);
    return 0;
}
