/* Bytes as property values, the same one for several kinds of property. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "fo/fo.h"

int LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n);

static const char *const properties[] = {"start-indent", "font-size",
    "line-height", "border", "font", "column-width", "color", "keep-together",
    "space-before", "leader-length", "initial-page-number", "text-align",
    "letter-spacing", "background", "width", "margin", "reference-orientation",
    "src"};

int
LLVMFuzzerTestOneInput(const unsigned char *bytes, size_t n)
{
    struct arena *a = arena_new();
    struct fo_tree *tree = NULL;
    struct diags d;
    struct buf fo;

    diags_init(&d, a);
    buf_init(&fo);
    buf_add_str(&fo,
        "<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\">"
        "<fo:layout-master-set><fo:simple-page-master master-name=\"p\">"
        "<fo:region-body/></fo:simple-page-master></fo:layout-master-set>"
        "<fo:page-sequence master-reference=\"p\"><fo:flow "
        "flow-name=\"xsl-region-body\"><fo:block font-size=\"9pt\"><fo:block");
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        buf_printf(&fo, " %s=\"", properties[i]);
        buf_add_xml(&fo, (const char *)bytes, n);
        buf_add_char(&fo, '"');
    }
    buf_add_str(&fo,
        ">x</fo:block></fo:block></fo:flow></fo:page-sequence>"
        "</fo:root>");
    if (fo_read_memory(&tree, "fuzz.fo", fo.data, (int)fo.len, a, &d) !=
        STATUS_OK)
        tree = NULL;
    buf_clear(&fo);
    arena_free(a);
    return 0;
}
