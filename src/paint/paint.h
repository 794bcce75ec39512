/* Painters: sinks of pages that make a file.  Cairo stands behind this one;
 * a second painter that writes PDF itself will stand beside it. */
#ifndef PAINT_PAINT_H
#define PAINT_PAINT_H

#include "base/status.h"
#include <stdbool.h>

struct area_sink;
struct arena;
struct buf;
struct diags;
struct pic_cache;

enum paint_format { PAINT_PDF, PAINT_PNG, PAINT_SVG };

struct paint_options {
    enum paint_format format;
    int dpi;                /* PNG; 0: 150 */
    int first_page, last_page; /* from 1; 0: all */
    long long date;         /* [s] since 1970 for the PDF's dates; 0: none given (SOURCE_DATE_EPOCH else a fixed date) */
    bool tagged;            /* structure, links, bookmarks (PDF) */
    /* PDF: bytes come here; PNG, SVG: called for each page's file */
    enum status (*write)(void *self, int page, const void *bytes, int n); /* page 0: the whole file (PDF) */
    void *self;
};

/* Cairo's painter.  Everything lives in A. */
struct area_sink *paint_cairo_sink(struct arena *a, const struct paint_options *o, struct diags *d);

#endif
