/* Inside src/paint only: a font file as FreeType reads it, thinner for Cairo.
 *
 * Cairo takes a copy of the whole CFF table of each font, twice a document:
 * 25 MB each time for Noto Serif.  It looks at little of it.  So the file
 * answers a read of the whole table by writing only what a subset of the
 * glyphs in use can need; the rest of the copy stays memory that nobody
 * touches, and costs nothing.
 *
 * And Cairo reads the cmap anew for each glyph and searches it from end to
 * end, to find what character it might be; we tell it the text anyhow.  So
 * the file shows a small cmap of our own, empty as a rule: only of glyphs
 * that share a cluster with others does Cairo need to be told. */
#ifndef PAINT_PAINT_STREAM_H
#define PAINT_PAINT_STREAM_H

#include <stdbool.h>

struct FT_FaceRec_;
struct FT_LibraryRec_;
struct paint_stream;

/* The face INDEX of PATH; 0, or FreeType's error.  The stream goes with the
 * face. */
int paint_stream_open(struct FT_LibraryRec_ *library, const char *path,
                      int index, struct FT_FaceRec_ **face,
                      struct paint_stream **stream);

void paint_stream_use(struct paint_stream *s, unsigned glyph); /* in this document */
void paint_stream_say(struct paint_stream *s, unsigned glyph, unsigned cp); /* CP is what GLYPH shows */
void paint_stream_unsay(struct paint_stream *s); /* a new page begins: Cairo has heard */
void paint_stream_forget(struct paint_stream *s);              /* a new document begins */

#endif
