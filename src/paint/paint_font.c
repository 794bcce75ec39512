/* Faces, opened once per process and file.  Metrics come from the text stage;
 * here a face only gives outlines, so hinting and metric rounding are off and
 * one instance serves all sizes. */
#include "base/utf8.h"
#include "paint/paint_glyph.h"
#include "paint/paint_in.h"
#include "paint/paint_stream.h"
#include "text/text.h"
#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include FT_MODULE_H
#include <stdlib.h>
#include <string.h>

struct face {
    struct face *next;
    const struct text_face *of; /* as asked for last; looked at first */
    const char *of_path;
    char *path;
    int index;
    bool only_metrics; /* see paint_glyph.h */
    FT_Face ft;
    struct paint_stream *stream; /* of ft, goes with it */
    cairo_font_face_t *cairo;
    short *advances; /* [1/1000 em] by glyph, -1: not yet asked */
    unsigned n_glyphs;
};

struct paint_fonts {
    FT_Library library;
    struct face *first;
    bool only_metrics; /* of faces asked for now */
    cairo_font_options_t *options;
};

/* FT_Init_FreeType makes such a record itself, but only FT_Done_FreeType gives
 * it back, and the faces that Cairo still holds with it. */
static void *
ft_alloc(FT_Memory m, long n)
{
    (void)m;
    return malloc((size_t)n);
}

static void
ft_free(FT_Memory m, void *block)
{
    (void)m;
    free(block);
}

static void *
ft_realloc(FT_Memory m, long old, long n, void *block)
{
    (void)m;
    (void)old;
    return realloc(block, (size_t)n);
}

static struct FT_MemoryRec_ memory = {NULL, ft_alloc, ft_free, ft_realloc};

struct paint_fonts *
paint_fonts_new(void)
{
    struct paint_fonts *f = calloc(1, sizeof *f);

    if (!f || FT_New_Library(&memory, &f->library))
        abort();
    FT_Add_Default_Modules(f->library);
    FT_Set_Default_Properties(f->library);
    f->options = cairo_font_options_create();
    cairo_font_options_set_hint_style(f->options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(f->options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(f->options, CAIRO_ANTIALIAS_GRAY);
    return f;
}

/* Cairo's caches may hold a face a little longer; the FreeType face goes
 * with the last reference, the library with the last face. */
static void
drop_ft(void *ft)
{
    FT_Library library = ((FT_Face)ft)->glyph->library;

    FT_Done_Face(ft);
    FT_Done_Library(library);
}

void
paint_fonts_free(struct paint_fonts *f)
{
    if (!f)
        return;
    while (f->first) {
        struct face *face = f->first;

        f->first = face->next;
        cairo_font_face_destroy(face->cairo);
        free(face->advances);
        free(face->path);
        free(face);
    }
    cairo_font_options_destroy(f->options);
    FT_Done_Library(f->library);
    free(f);
}

cairo_font_options_t *
paint_font_options(struct paint_fonts *f)
{
    return f->options;
}

/* Where the cmap (see paint_stream.h) has no answer Cairo would go through
 * FreeType's charmap, which may be made up from the names of the glyphs. */
static bool
open_face(struct paint_fonts *f, struct face *face)
{
    static const cairo_user_data_key_t key;

    if (paint_stream_open(
            f->library, face->path, face->index, &face->ft, &face->stream))
        return false;
    FT_Reference_Library(f->library);
    if (face->only_metrics)
        paint_glyph_only_metrics(face->ft);
    FT_Set_Charmap(face->ft, NULL);
    face->ft->charmap = NULL;
    face->cairo = cairo_ft_font_face_create_for_ft_face(
        face->ft, FT_LOAD_NO_HINTING);
    if (cairo_font_face_set_user_data(face->cairo, &key, face->ft, drop_ft)) {
        cairo_font_face_destroy(face->cairo);
        drop_ft(face->ft);
        return false;
    }
    return true;
}

static struct face *
add(struct paint_fonts *f, const struct text_face *t)
{
    struct face *face = calloc(1, sizeof *face);

    if (!face)
        abort();
    face->of = t;
    face->of_path = text_face_path(t);
    face->path = strdup(text_face_path(t));
    face->index = text_face_index(t);
    face->only_metrics = f->only_metrics;
    if (!face->path || !open_face(f, face)) {
        free(face->path);
        free(face);
        return NULL;
    }
    face->next = f->first;
    f->first = face;
    return face;
}

static struct face *
lookup(struct paint_fonts *f, const struct text_face *t)
{
    const char *path = text_face_path(t);

    for (struct face *face = f->first; face; face = face->next)
        if (face->of == t && face->of_path == path &&
            face->only_metrics == f->only_metrics)
            return face;
    for (struct face *face = f->first; face; face = face->next) {
        if (face->index == text_face_index(t) &&
            face->only_metrics == f->only_metrics &&
            strcmp(face->path, path) == 0) {
            face->of = t;
            face->of_path = path;
            return face;
        }
    }
    return add(f, t);
}

void
paint_fonts_outlines(struct paint_fonts *f, bool wanted)
{
    f->only_metrics = !wanted;
}

cairo_font_face_t *
paint_font_face(struct paint_fonts *f, const struct text_piece *t)
{
    struct face *face = lookup(f, t->face);

    if (!face)
        return NULL;
    for (int i = 0; i < t->n_glyphs; i++)
        paint_stream_use(face->stream, t->glyphs[i].id);
    return face->cairo;
}

int
paint_font_say(
    struct paint_fonts *f, const struct text_piece *t, int i, int byte)
{
    struct face *face = lookup(f, t->face);
    const char *s = t->utf8 + byte;
    unsigned cp;

    if (byte < 0 || byte >= t->n_utf8)
        return byte;
    cp = utf8_next(&s, t->utf8 + t->n_utf8);
    if (face)
        paint_stream_say(face->stream, t->glyphs[i].id, cp);
    return (int)(s - t->utf8);
}

void
paint_fonts_next_page(struct paint_fonts *f)
{
    for (struct face *face = f->first; face; face = face->next)
        paint_stream_unsay(face->stream);
}

void
paint_fonts_begin(struct paint_fonts *f)
{
    for (struct face *face = f->first; face; face = face->next)
        paint_stream_forget(face->stream);
}

static int
ask_advance(FT_Face ft, unsigned glyph)
{
    FT_Fixed units;

    if (!ft->units_per_EM ||
        FT_Get_Advance(ft, glyph, FT_LOAD_NO_SCALE, &units))
        return -2;
    return (int)(units * 1000 / ft->units_per_EM);
}

int
paint_font_advance(
    struct paint_fonts *f, const struct text_face *t, unsigned glyph)
{
    struct face *face = lookup(f, t);

    if (!face)
        return -1;
    if (!face->advances) {
        face->n_glyphs = (unsigned)face->ft->num_glyphs;
        face->advances = malloc(face->n_glyphs * sizeof *face->advances + 1);
        if (!face->advances)
            abort();
        memset(face->advances, 0xff, face->n_glyphs * sizeof *face->advances);
    }
    if (glyph >= face->n_glyphs)
        return -1;
    if (face->advances[glyph] == -1)
        face->advances[glyph] = (short)ask_advance(face->ft, glyph);
    return face->advances[glyph] < 0 ? -1 : face->advances[glyph];
}
