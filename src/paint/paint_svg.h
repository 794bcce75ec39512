/* Inside src/paint only: Cairo numbers the surfaces and images of an SVG by
 * a counter of the process.  Here they get numbers of their own file. */
#ifndef PAINT_PAINT_SVG_H
#define PAINT_PAINT_SVG_H

#include "base/buf.h"
#include <cairo.h>

cairo_status_t paint_svg_write(void *painter, const unsigned char *bytes, unsigned n); /* keeps all */
void paint_svg_rename(struct buf *svg);

#endif
