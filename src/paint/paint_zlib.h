/* Inside src/paint only: makes Cairo compress with paint_deflate.c. */
#ifndef PAINT_PAINT_ZLIB_H
#define PAINT_PAINT_ZLIB_H

void paint_zlib_use(void); /* does nothing; keeps this file in the program */

#endif
