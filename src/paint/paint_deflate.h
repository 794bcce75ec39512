/* Inside src/paint only: bytes to a zlib stream (RFC 1950, 1951), fast rather
 * than small, and the same bytes for ever, whatever library is installed. */
#ifndef PAINT_PAINT_DEFLATE_H
#define PAINT_PAINT_DEFLATE_H

#include <stddef.h>

struct buf;

void paint_deflate(struct buf *out, const void *bytes, size_t n);

#endif
