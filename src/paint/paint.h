/* Painters: sinks of pages that make a file.  Cairo stands behind this one;
 * a second painter that writes PDF itself will stand beside it.
 *
 * Same areas and options, same bytes: no clock, no address, no locale enters
 * a file.  A painter borrows the areas of a page only while it is called. */
#ifndef PAINT_PAINT_H
#define PAINT_PAINT_H

#include "base/status.h"
#include <stdbool.h>

struct area_sink;
struct arena;
struct diags;
struct text_line;

enum paint_format { PAINT_PDF, PAINT_PNG, PAINT_SVG };

/* Opened faces, kept between documents of one process: built once, NULL
 * never, not to be shared by threads. */
struct paint_fonts;
struct paint_fonts *paint_fonts_new(void);
void paint_fonts_free(struct paint_fonts *f); /* NULL is fine */

struct paint_options {
    enum paint_format format;
    int dpi;                /* PNG; 0: 150 */
    int first_page, last_page; /* from 1; 0: all */
    long long date;         /* [s] since 1970 for the PDF's dates; 0: 2000-01-01 */
    bool tagged;            /* structure, links, bookmarks (PDF) */
    struct paint_fonts *fonts; /* NULL: the painter's own */
    const struct text_line *draft_mark; /* painted across pages that are drafts; may be NULL */

    /* The bytes of page PAGE's file in order, a piece at a time; a PDF is all
     * of page 0.  n 0: the file is complete. */
    enum status (*write)(void *self, int page, const void *bytes, int n);
    void *self;
};

/* Cairo's painter.  Everything lives in A. */
struct area_sink *paint_cairo_sink(struct arena *a, const struct paint_options *o, struct diags *d);

#endif
