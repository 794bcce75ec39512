/* Inside src/paint only: faces of which Cairo needs no outlines.
 *
 * For a PDF Cairo loads every glyph in every size twice, and uses of it the
 * advance and, roughly, the box: the outlines go into the file straight from
 * the font's table.  Decoding them is nearly half of a cold run.  For a face
 * so marked FreeType's FT_Load_Glyph is answered by us, from the metrics
 * alone; as with deflate (paint_zlib.c) the dynamic linker takes the
 * program's symbol first.  Pictures and SVG use faces without the mark. */
#ifndef PAINT_PAINT_GLYPH_H
#define PAINT_PAINT_GLYPH_H

struct FT_FaceRec_;

void paint_glyph_only_metrics(struct FT_FaceRec_ *face);

#endif
