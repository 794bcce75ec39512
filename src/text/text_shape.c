/* From characters to cells: faces, glyphs and natural widths.
 *
 * A cell is what no line ever divides: a grapheme, a ligature, a mark of two
 * em.  Han and full-width marks take the short way (cmap and one em); marks
 * whose widths GB/T 15834 gives are placed into a frame of that width by
 * their measured ink; all else is shaped by HarfBuzz in runs of one face and
 * script, so that exact faces (file and index) decide, not a font map. */
#include "text/text_chars.h"
#include "text/text_face.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include <glib.h>
#include <hb.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WHITE_SQUARE 0x25A1
#define MARGIN 20 /* [1/1000 em] ink stays so far inside its half frame */

struct shaper {
    struct text_par *par;
    struct text_chars chars;
    hb_buffer_t *buffer; /* NULL until needed */
    struct text_raw_glyph *glyphs; /* malloc'ed while growing */
    int n_glyphs, cap_glyphs;
    const struct text_font *font; /* whose Han face is known */
    const struct text_face *han;
    const struct text_face *latin;
    struct {
        const struct text_font *font;
        unsigned cp;
    } said[64];
    int n_said;
};

static int
mpt(double v)
{
    if (!(v > -1e9 && v < 1e9))
        return 0;
    return (int)lround(v);
}

static struct text_raw_glyph *
add_glyph(struct shaper *s, uint32_t id, int advance)
{
    if (s->n_glyphs == s->cap_glyphs) {
        s->cap_glyphs = s->cap_glyphs * 2 + 32;
        s->glyphs = realloc(
            s->glyphs, (size_t)s->cap_glyphs * sizeof *s->glyphs);
        if (s->glyphs == NULL)
            abort();
    }
    struct text_raw_glyph *g = &s->glyphs[s->n_glyphs++];
    *g = (struct text_raw_glyph){id, advance, 0, 0};
    return g;
}

static struct text_cell *
add_cell(struct shaper *s, const struct text_char *c, int size)
{
    struct text_cell *cell = &s->par->cells[s->par->n_cells++];

    cell->cp = c->cp;
    cell->item = c->item;
    cell->byte = c->byte;
    cell->n_bytes = c->n;
    cell->glyph = s->n_glyphs;
    cell->class = c->class;
    cell->size = size;
    return cell;
}

/* ---- faces ------------------------------------------------------------- */

static void
use_font(struct shaper *s, const struct text_font *f)
{
    if (s->font == f)
        return;
    s->font = f;
    s->han = text_font_han(f);
    s->latin = text_font_face_for(f, 'a', 0, NULL);
}

static bool
said_before(struct shaper *s, const struct text_font *f, unsigned cp)
{
    for (int i = 0; i < s->n_said; i++)
        if (s->said[i].font == f && s->said[i].cp == cp)
            return true;
    if (s->n_said < 64) {
        s->said[s->n_said].font = f;
        s->said[s->n_said++].cp = cp;
    }
    return false;
}

/* Was this fallback named already, anywhere in the document? */
static bool
said_in_document(
    const struct diags *d, const char *character, const char *family)
{
    for (const struct diag *it = d->first; it != NULL; it = it->next)
        if (it->code == DIAG_GLYPH_FALLBACK &&
            strstr(it->text, character) != NULL &&
            strstr(it->text, family) != NULL)
            return true;
    return false;
}

static void
say_missing(struct shaper *s, const struct text_item *it, unsigned cp,
    const struct text_face *instead)
{
    char u[5] = {0};
    const char *family = it->style.family;

    if (s->par->diags == NULL || said_before(s, it->style.font, cp))
        return;
    if (family == NULL)
        family = text_font_family(it->style.font);
    u[utf8_put(u, cp)] = '\0';
    if (instead == NULL)
        diag_add(s->par->diags, DIAG_GLYPH_MISSING, &it->where, u, cp, family);
    else if (!said_in_document(s->par->diags, u, family))
        diag_add(s->par->diags, DIAG_GLYPH_FALLBACK, &it->where, u, cp, family,
            text_face_name(instead));
}

/* The face of one character; *CP becomes the white square when nobody has it.
 * A shared mark in Chinese setting comes from the Han face, though a Latin
 * face stands before it. */
static const struct text_face *
face_for(struct shaper *s, const struct text_char *c, unsigned vs, unsigned *cp)
{
    const struct text_item *it = &s->par->items[c->item];
    bool missing = false, han = text_class_is_cjk(c->class);

    use_font(s, it->style.font);
    *cp = c->cp;
    if (c->width > 0 && han && c->cp < 0x3000 &&
        text_face_glyph(s->han, c->cp) != 0)
        return s->han;

    const struct text_face *f = text_font_face_for(
        it->style.font, c->cp, vs, &missing);
    if (missing) {
        say_missing(s, it, c->cp, NULL);
        *cp = WHITE_SQUARE;
        return text_font_face_for(it->style.font, WHITE_SQUARE, 0, &missing);
    }
    if (f != s->han && f != s->latin && c->class != TEXT_CLASS_SPACE)
        say_missing(s, it, c->cp, f);
    return f;
}

static hb_language_t
language_of(const struct text_item *it, bool han)
{
    const char *l = it->style.language;

    if (l != NULL && (strncmp(l, "zh", 2) != 0 || l[2] != '\0'))
        return hb_language_from_string(l, -1);
    return han || l != NULL ? hb_language_from_string("zh-hans-cn", -1)
                            : HB_LANGUAGE_INVALID;
}

/* ---- marks of given width ---------------------------------------------- */

/* HarfBuzz' own answer for a mark in Chinese setting with full widths; Noto
 * joins —— into one glyph and has a full-width “ only then. */
static int
shape_mark(struct shaper *s, const struct text_item *it,
    const struct text_face *f, const uint32_t *cps, int n)
{
    static const hb_feature_t wide = {
        HB_TAG('f', 'w', 'i', 'd'), 1, 0, (unsigned)-1};
    double scale = (double)it->style.size / text_face_upem(f);
    int total = 0;
    unsigned count;

    if (s->buffer == NULL)
        s->buffer = hb_buffer_create();
    hb_buffer_clear_contents(s->buffer);
    hb_buffer_add_utf32(s->buffer, cps, n, 0, n);
    hb_buffer_set_direction(s->buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(s->buffer, HB_SCRIPT_HAN);
    hb_buffer_set_language(s->buffer, language_of(it, true));
    hb_shape(text_face_hb(f), s->buffer, &wide, 1);

    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->buffer, &count);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(
        s->buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        struct text_raw_glyph *g = add_glyph(
            s, info[i].codepoint, mpt(pos[i].x_advance * scale));
        g->x = mpt(pos[i].x_offset * scale);
        g->y = mpt(pos[i].y_offset * scale);
        total += g->advance;
    }
    return total;
}

/* Ink of a glyph, left and right edge [mpt]. */
static bool
glyph_ink(
    const struct text_face *f, uint32_t id, int size, int *left, int *right)
{
    hb_glyph_extents_t e;
    double scale = (double)size / text_face_upem(f);

    if (!hb_font_get_glyph_extents(text_face_hb(f), id, &e) || e.width == 0)
        return false;
    *left = mpt(e.x_bearing * scale);
    *right = mpt((e.x_bearing + e.width) * scale);
    return *right > *left;
}

/* Two dashes of one em with blank at their sides do not meet in the middle:
 * move them together until their ink overlaps a little. */
static void
join_dashes(struct shaper *s, const struct text_cell *cell)
{
    struct text_raw_glyph *g = &s->glyphs[cell->glyph];
    int left, right;

    if (s->n_glyphs - cell->glyph != 2 ||
        !glyph_ink(cell->face, g[0].id, cell->size, &left, &right))
        return;
    int gap = g[0].advance - right + left;
    if (gap <= -cell->size / 200 || gap > cell->size / 2)
        return;
    int move = (gap + cell->size / 100) / 2 + 1;
    g[0].x += move;
    g[1].x -= move;
}

/* Sets the glyphs of CELL into a frame of WIDTH mpt, advances and all: the
 * whole centred when it is narrower or wider. */
static void
centre_glyphs(struct shaper *s, struct text_cell *cell, int total, int width)
{
    int shift = (width - total) / 2;

    for (int i = cell->glyph; i < s->n_glyphs; i++)
        s->glyphs[i].x += shift;
    if (s->n_glyphs > cell->glyph)
        s->glyphs[s->n_glyphs - 1].advance += width - total;
    cell->width = width;
}

/* Six dots at one distance: an ellipsis whose three dots do not fill its em
 * leaves a hole before the next one.  A dot is as wide as the ink is high. */
static int
space_dots(struct shaper *s, const struct text_cell *cell, int total)
{
    struct text_raw_glyph *g = &s->glyphs[cell->glyph];
    hb_glyph_extents_t e;

    if (s->n_glyphs - cell->glyph != 2 || g[0].id != g[1].id ||
        !hb_font_get_glyph_extents(text_face_hb(cell->face), g[0].id, &e))
        return total;
    double scale = (double)cell->size / text_face_upem(cell->face);
    double pitch = (e.width - abs(e.height)) * scale / 2;
    int advance = mpt(3 * pitch);
    if (pitch <= 0 || advance > cell->size || advance < cell->size / 2)
        return total;
    g[0].advance = g[1].advance = advance;
    g[0].x = g[1].x = mpt(
        -e.x_bearing * scale - (e.width * scale - advance) / 2);
    return 2 * advance;
}

/* —— and ……: the frame is two em whatever the font has.  A ⸺ glyph is the
 * second choice, overlapping the halves the third. */
static void
set_double(
    struct shaper *s, const struct text_item *it, struct text_cell *cell, int n)
{
    int size = cell->size;
    uint32_t cps[2] = {cell->cp, cell->cp};
    bool dash = cell->class == TEXT_CLASS_DASH2;
    int total = shape_mark(s, it, cell->face, cps, n);

    if (dash && s->n_glyphs - cell->glyph == 2) {
        uint32_t long_dash = text_face_glyph(cell->face, 0x2E3A);
        if (long_dash != 0) {
            hb_position_t a = hb_font_get_glyph_h_advance(
                text_face_hb(cell->face), long_dash);
            s->n_glyphs = cell->glyph;
            total = mpt((double)a * size / text_face_upem(cell->face));
            add_glyph(s, long_dash, total);
        } else if (total >= 2 * size - size / 50) {
            join_dashes(s, cell);
        }
    }
    if (!dash)
        total = space_dots(s, cell, total);
    centre_glyphs(
        s, cell, total, n == 1 && cell->cp != 0x2E3A ? size : 2 * size);
}

/* Half an em centred by the ink: · - – / and the marks of a ？！ stack. */
static void
set_half(struct shaper *s, struct text_cell *cell, unsigned cp)
{
    int left, right, half = cell->size / 2;
    uint32_t id = text_face_glyph(cell->face, cp);

    /* a full-width solidus would lie over its neighbours */
    if (cp == 0xFF0F && text_face_glyph(cell->face, '/') != 0)
        id = text_face_glyph(cell->face, '/');
    struct text_raw_glyph *g = add_glyph(s, id, half);
    if (glyph_ink(cell->face, id, cell->size, &left, &right))
        g->x = half / 2 - (left + right) / 2;
    cell->width = half;
}

/* What a mark of one em may lose, by its ink: half an em in all, on the side
 * where it is blank; a centred mark loses a quarter on either side.  If the
 * ink is too wide for half a frame, less. */
static void
set_blank(struct text_cell *cell, int left, int right)
{
    int size = cell->size, margin = size * MARGIN / 1000;
    int body = right - left + 2 * margin;
    int half = size / 2;
    int frame = body > half ? body : half; /* what stays */
    int at; /* where the frame starts */

    if (frame >= size)
        return;
    if (cell->class == TEXT_CLASS_OPEN) {
        at = size - frame;
        if (at > left - margin)
            at = left - margin;
    } else {
        at = 0;
        if (frame < right + margin)
            at = right + margin - frame;
        if (at > 0 && left - at > at && frame == half) /* centred in the em */
            at = (left + right) / 2 - half / 2;
    }
    if (at < 0)
        at = 0;
    if (at > size - frame)
        at = size - frame;
    cell->blank = size - frame;
    cell->lean = at;
}

/* A mark of one em.  A font that has it narrower (WenKai's quotes) gets its
 * glyph put to the side where the ink belongs. */
static void
set_mark(struct shaper *s, const struct text_item *it, struct text_cell *cell,
    uint32_t cp)
{
    int left, right, size = cell->size;
    struct text_ink ink = text_face_ink(cell->face, cp);
    uint32_t id = text_face_glyph(cell->face, cp);
    int total = mpt((double)ink.advance * size / 1000);

    if (cp < 0x3000 && abs(total - size) > size / 50) {
        total = shape_mark(s, it, cell->face, &cp, 1);
        id = s->n_glyphs > cell->glyph ? s->glyphs[cell->glyph].id : id;
    } else {
        add_glyph(s, id, size);
    }
    struct text_raw_glyph *g = &s->glyphs[cell->glyph];
    int pad = size - total;
    if (pad > size / 50 && s->n_glyphs - cell->glyph == 1) {
        if (cell->class == TEXT_CLASS_OPEN)
            g->x += pad;
        else if (cell->class == TEXT_CLASS_DASH1 ||
            cell->class == TEXT_CLASS_ELLIPSIS)
            g->x += pad / 2;
    }
    if (s->n_glyphs - cell->glyph == 1)
        g->advance = size;
    cell->width = size;
    if (text_class_has_blank(cell->class) &&
        glyph_ink(cell->face, id, size, &left, &right))
        set_blank(cell, left + g->x, right + g->x);
}

static void
shape_wide(struct shaper *s, int i)
{
    const struct text_char *c = &s->chars.c[i];
    const struct text_item *it = &s->par->items[c->item];
    unsigned cp;
    const struct text_face *f = face_for(s, c, 0, &cp);
    struct text_cell *cell = add_cell(s, c, it->style.size);
    bool pair = i + 1 < s->chars.n && s->chars.c[i + 1].second;

    cell->face = f;
    cell->halves = c->width;
    cell->full = c->class != TEXT_CLASS_MID && c->class != TEXT_CLASS_HYPHEN &&
        c->class != TEXT_CLASS_SLASH;
    if (pair)
        cell->n_bytes += s->chars.c[i + 1].n;
    if (c->class == TEXT_CLASS_DASH2 && cp == WHITE_SQUARE) {
        cell->cp = 0x2014; /* no ⸺ anywhere: two — do as well */
        set_double(s, it, cell, 2);
    } else if (c->width == 4) {
        set_double(s, it, cell, pair ? 2 : 1);
    } else if (c->width == 1) {
        set_half(s, cell, cp);
    } else {
        set_mark(s, it, cell, cp);
    }
    if (cell->cp == 0x2014 && c->class == TEXT_CLASS_DASH2)
        cell->cp = c->cp;
}

/* ---- Han --------------------------------------------------------------- */

static void
shape_han(struct shaper *s, int i)
{
    const struct text_char *c = &s->chars.c[i];
    const struct text_item *it = &s->par->items[c->item];
    unsigned cp;
    const struct text_face *f = face_for(s, c, 0, &cp);
    struct text_cell *cell = add_cell(s, c, it->style.size);
    uint32_t id = text_face_glyph(f, cp);
    int size = cell->size;

    cell->face = f;
    cell->width = size;
    if (!text_face_is_han(f) || cp < 0x2E80) {
        hb_position_t a = hb_font_get_glyph_h_advance(text_face_hb(f), id);
        cell->width = mpt((double)a * size / text_face_upem(f));
        if (abs(cell->width - size) <= size / 100)
            cell->width = size;
    }
    cell->full = cell->width == size;
    cell->halves = cell->full ? 2 : 0;
    add_glyph(s, id, cell->width);
}

/* ---- everything else: HarfBuzz ----------------------------------------- */

/* A run of characters of one item, face and script. */
struct run {
    int from, to;
    const struct text_face *face;
    uint32_t *cps; /* what is shaped: substitutes, plain spaces */
};

/* Fonts kern letters against spaces; then a word would change its width with
 * what follows, and word spaces differ.  Both get their own advance back. */
static void
unkern_space(struct shaper *s, struct text_cell *space)
{
    struct text_cell *c = space;

    for (int k = 0; k < 2 && c >= s->par->cells && c->face == space->face;
         k++, c--) {
        int n = (k == 0 ? s->n_glyphs : c[1].glyph) - c->glyph;
        if (n != 1 || c->item != space->item || c->cp >= 0x2010)
            return; /* marks are narrowed, not kerned */
        struct text_raw_glyph *g = &s->glyphs[c->glyph];
        hb_position_t a = hb_font_get_glyph_h_advance(
            text_face_hb(c->face), g->id);
        g->advance = c->width = mpt(
            (double)a * c->size / text_face_upem(c->face));
    }
}

/* A Chinese font's quotes, dash and dots are one em wide with blanks that
 * have no place in a Latin phrase: their ink with a little room is enough. */
static void
narrow_mark(struct shaper *s, struct text_cell *cell, int room)
{
    struct text_raw_glyph *g = &s->glyphs[cell->glyph];
    int left, right;

    if (s->n_glyphs - cell->glyph != 1 || cell->width < cell->size * 4 / 5 ||
        !glyph_ink(cell->face, g->id, cell->size, &left, &right) ||
        right - left + 2 * room >= cell->width)
        return;
    g->x -= left - room;
    g->advance = cell->width = right - left + 2 * room;
}

static hb_feature_t
no_feature(hb_tag_t tag)
{
    return (hb_feature_t){tag, 0, 0, (unsigned)-1};
}

static void
shape_buffer(struct shaper *s, const struct run *r, const struct text_item *it)
{
    hb_feature_t off[3];
    unsigned n_off = 0;
    unsigned script = s->chars.c[r->from].script;
    int n = r->to - r->from;

    if (s->buffer == NULL)
        s->buffer = hb_buffer_create();
    hb_buffer_clear_contents(s->buffer);
    hb_buffer_add_utf32(s->buffer, r->cps, n, 0, n);
    hb_buffer_set_direction(s->buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(s->buffer,
        script == 0 ? HB_SCRIPT_LATIN
                    : hb_script_from_iso15924_tag(g_unicode_script_to_iso15924(
                          (GUnicodeScript)script)));
    hb_buffer_set_language(
        s->buffer, language_of(it, script == G_UNICODE_SCRIPT_HAN));
    if (it->style.letter_spacing != 0) {
        off[n_off++] = no_feature(HB_TAG('l', 'i', 'g', 'a'));
        off[n_off++] = no_feature(HB_TAG('c', 'l', 'i', 'g'));
    }
    if (text_face_is_base(r->face))
        off[n_off++] = no_feature(HB_TAG('k', 'e', 'r', 'n'));
    hb_shape(text_face_hb(r->face), s->buffer, off, n_off);
}

static bool
is_space_class(unsigned class)
{
    return class == TEXT_CLASS_SPACE || class == TEXT_CLASS_NOBREAK_SPACE ||
        class == TEXT_CLASS_FIXED_SPACE;
}

/* Cells of a shaped run: a new one where both HarfBuzz' cluster and Unicode's
 * grapheme begin. */
static void
cells_of_run(struct shaper *s, const struct run *r, const struct text_item *it)
{
    unsigned count;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->buffer, &count);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(
        s->buffer, &count);
    double scale = (double)it->style.size / text_face_upem(r->face);
    struct text_cell *cell = NULL;
    double x = 0; /* in the cell: widths by rounded positions, no drift */
    int at = r->from;

    for (unsigned i = 0; i < count; i++) {
        int c = r->from + (int)info[i].cluster;
        if (cell == NULL ||
            (c > at && s->chars.c[c].grapheme &&
                s->chars.c[c].class != TEXT_CLASS_EXTEND)) {
            at = c > at ? c : at;
            cell = add_cell(s, &s->chars.c[at], it->style.size);
            cell->face = r->face;
            x -= floor(x + 0.5);
        }
        double next = x + pos[i].x_advance * scale;
        struct text_raw_glyph *g = add_glyph(
            s, info[i].codepoint, mpt(next) - mpt(x));
        g->x = mpt(pos[i].x_offset * scale);
        g->y = mpt(pos[i].y_offset * scale);
        cell->width += mpt(next) - mpt(x);
        x = next;
        if (cell->cp == ' ')
            unkern_space(s, cell);
        else if (s->chars.c[at].proportional)
            narrow_mark(s, cell, it->style.size / 16);
    }
}

/* A space that bears a combining mark is no space that a line may drop. */
static void
keep_marked_space(const struct shaper *s, struct text_cell *c)
{
    const char *utf8 = s->par->items[c->item].utf8 + c->byte;

    for (int i = 1; i < c->n_bytes && c->class == TEXT_CLASS_SPACE; i++)
        if ((unsigned char)utf8[i] >= 0x80)
            c->class = TEXT_CLASS_OTHER;
}

/* The bytes of a run's cells reach to the next cell; nothing is lost. */
static void
bytes_of_run(struct shaper *s, const struct run *r, int first)
{
    const struct text_char *last = &s->chars.c[r->to - 1];
    int end = last->byte + last->n;

    for (int i = s->par->n_cells - 1; i >= first; i--) {
        s->par->cells[i].n_bytes = end - s->par->cells[i].byte;
        end = s->par->cells[i].byte;
        keep_marked_space(s, &s->par->cells[i]);
    }
    if (first < s->par->n_cells) {
        struct text_cell *c = &s->par->cells[first];
        c->n_bytes += c->byte - s->chars.c[r->from].byte;
        c->byte = s->chars.c[r->from].byte;
    }
}

static bool
is_invisible(unsigned class)
{
    return class == TEXT_CLASS_INVISIBLE || class == TEXT_CLASS_ZWSP ||
        class == TEXT_CLASS_JOINER || class == TEXT_CLASS_SHY;
}

/* Is the character set without shaping, in a frame of known width? */
static bool
is_fast(const struct shaper *s, int i)
{
    const struct text_char *c = &s->chars.c[i];
    bool bare = i + 1 >= s->chars.n ||
        s->chars.c[i + 1].class != TEXT_CLASS_EXTEND ||
        s->chars.c[i + 1].item != c->item;

    return bare &&
        (c->width > 0 || c->class == TEXT_CLASS_HAN ||
            c->class == TEXT_CLASS_NOSTART);
}

static unsigned
selector_behind(const struct shaper *s, int i)
{
    if (i + 1 >= s->chars.n || s->chars.c[i + 1].item != s->chars.c[i].item)
        return 0;
    unsigned cp = s->chars.c[i + 1].cp;
    return (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0100 && cp <= 0xE01EF)
        ? cp
        : 0;
}

/* Face and code point for one character of a shaped run. */
static const struct text_face *
face_in_run(struct shaper *s, int i, const struct run *r, unsigned *cp)
{
    struct text_char c = s->chars.c[i];

    *cp = c.cp;
    if (i > r->from && (c.class == TEXT_CLASS_EXTEND || !c.grapheme))
        return r->face; /* goes with its base */
    if (is_space_class(c.class)) {
        c.cp = ' ';
        c.class = TEXT_CLASS_SPACE;
        unsigned ignored;
        const struct text_face *f = face_for(s, &c, 0, &ignored);
        if (c.cp == *cp || s->chars.c[i].class == TEXT_CLASS_NOBREAK_SPACE)
            *cp = *cp == 0xA0 ? ' ' : *cp;
        return f;
    }
    return face_for(s, &c, selector_behind(s, i), cp);
}

#define MARKS_MAX 200 /* on one base: HarfBuzz tries each against all before */

static int
shape_run(struct shaper *s, int from)
{
    struct run r = {from, from, NULL, NULL};
    const struct text_item *it = &s->par->items[s->chars.c[from].item];
    int cap = 64, marks = 0;

    r.cps = malloc((size_t)cap * sizeof *r.cps);
    if (r.cps == NULL)
        abort();
    while (
        r.to < s->chars.n && s->chars.c[r.to].item == s->chars.c[from].item) {
        const struct text_char *c = &s->chars.c[r.to];
        unsigned cp;
        if (is_invisible(c->class) || c->class == TEXT_CLASS_BREAK ||
            (r.to > from && is_fast(s, r.to)))
            break;
        marks = c->grapheme ? 0 : marks + 1;
        if (marks > MARKS_MAX)
            break;
        const struct text_face *f = face_in_run(s, r.to, &r, &cp);
        if (r.to > from &&
            (f != r.face ||
                (c->script != s->chars.c[from].script && c->grapheme)))
            break;
        if (r.to - from == cap) {
            cap *= 2;
            r.cps = realloc(r.cps, (size_t)cap * sizeof *r.cps);
            if (r.cps == NULL)
                abort();
        }
        r.face = f;
        r.cps[r.to - from] = cp;
        r.to++;
    }
    int first = s->par->n_cells;
    shape_buffer(s, &r, it);
    cells_of_run(s, &r, it);
    bytes_of_run(s, &r, first);
    free(r.cps);
    return r.to;
}

/* ---- the paragraph ----------------------------------------------------- */

static unsigned
after_flag(unsigned class)
{
    return class == TEXT_CLASS_ZWSP  ? TEXT_AFTER_ZWSP
        : class == TEXT_CLASS_JOINER ? TEXT_AFTER_JOINER
        : class == TEXT_CLASS_SHY    ? TEXT_AFTER_SHY
                                     : 0;
}

/* Controls without glyph go with the cell before them; at the start of a run
 * they become a cell of no width. */
static void
shape_invisible(struct shaper *s, int i, int first_of_item)
{
    const struct text_char *c = &s->chars.c[i];
    struct text_par *p = s->par;
    unsigned flag = after_flag(c->class);

    if (p->n_cells > first_of_item &&
        p->cells[p->n_cells - 1].class != TEXT_CLASS_BREAK) {
        p->cells[p->n_cells - 1].n_bytes += c->n;
    } else {
        struct text_cell *cell = add_cell(s, c, p->items[c->item].style.size);
        cell->class = TEXT_CLASS_INVISIBLE;
    }
    p->cells[p->n_cells - 1].after |= (unsigned char)flag;
}

static void
shape_item(struct shaper *s, int item, int *at)
{
    struct text_par *p = s->par;
    int first = p->n_cells;

    while (*at < s->chars.n && s->chars.c[*at].item == item) {
        int i = *at, before = p->n_cells;
        unsigned class = s->chars.c[i].class;

        if (is_invisible(class)) {
            shape_invisible(s, i, first);
            *at = i + 1;
        } else if (class == TEXT_CLASS_BREAK) {
            add_cell(s, &s->chars.c[i], p->items[item].style.size);
            *at = i + 1;
        } else if (is_fast(s, i)) {
            if (s->chars.c[i].width > 0)
                shape_wide(s, i);
            else
                shape_han(s, i);
            *at = i + 1;
            if (*at < s->chars.n && s->chars.c[*at].second)
                ++*at;
        } else {
            *at = shape_run(s, i);
        }
        for (int c = before; c < p->n_cells; c++)
            p->cells[c].n_glyphs = (c + 1 < p->n_cells ? p->cells[c + 1].glyph
                                                       : s->n_glyphs) -
                p->cells[c].glyph;
    }
}

static void
shape_object(struct shaper *s, int item, int *at)
{
    static const unsigned char classes[] = {
        [TEXT_BOX] = TEXT_CLASS_BOX,
        [TEXT_LEADER] = TEXT_CLASS_FIXED,
        [TEXT_BREAK] = TEXT_CLASS_BREAK,
        [TEXT_OPEN] = TEXT_CLASS_EDGE,
        [TEXT_CLOSE] = TEXT_CLASS_EDGE,
        [TEXT_MARK] = TEXT_CLASS_EDGE,
    };
    const struct text_item *it = &s->par->items[item];
    struct text_cell *cell = &s->par->cells[s->par->n_cells++];

    cell->item = item;
    cell->glyph = s->n_glyphs;
    cell->width = it->width;
    cell->class = classes[it->kind];
    if (it->kind == TEXT_BOX && !it->breakable)
        cell->class = TEXT_CLASS_FIXED;
    if (cell->class != TEXT_CLASS_EDGE)
        ++*at;
}

/* The log attribute of a character says whether a line may end before it;
 * a cell says so of what stands behind it.  Edges in between are passed. */
static void
copy_attrs(struct shaper *s)
{
    struct text_par *p = s->par;
    int c = 0;

    for (int i = 0, last = -1; i < p->n_cells; i++) {
        struct text_cell *cell = &p->cells[i];
        if (cell->class == TEXT_CLASS_EDGE ||
            cell->class == TEXT_CLASS_INVISIBLE)
            continue;
        while (c < s->chars.n &&
            (s->chars.c[c].item < cell->item ||
                (s->chars.c[c].item == cell->item &&
                    s->chars.c[c].byte < cell->byte)))
            c++;
        while (c < s->chars.n && s->chars.c[c].item == cell->item &&
            is_invisible(s->chars.c[c].class))
            c++;
        if (last >= 0 && c < s->chars.n && s->chars.c[c].breakable)
            p->cells[last].after |= TEXT_AFTER_ATTR;
        last = i;
    }
}

void
text_shape(struct text_par *p)
{
    struct shaper s;
    int at = 0;

    if (p->shaped)
        return;
    memset(&s, 0, sizeof s);
    s.par = p;
    text_chars_init(&s.chars, p);
    p->has_cjk = s.chars.has_cjk;
    p->cells = arena_array(
        p->arena, (size_t)s.chars.n + (size_t)p->n_items + 1, sizeof *p->cells);
    for (int i = 0; i < p->n_items; i++) {
        if (p->items[i].kind == TEXT_RUN)
            shape_item(&s, i, &at);
        else
            shape_object(&s, i, &at);
    }
    copy_attrs(&s);
    p->glyphs = arena_array(
        p->arena, (size_t)s.n_glyphs + 1, sizeof *p->glyphs);
    if (s.n_glyphs > 0)
        memcpy(p->glyphs, s.glyphs, (size_t)s.n_glyphs * sizeof *s.glyphs);
    p->n_glyphs = s.n_glyphs;
    p->shaped = true;
    free(s.glyphs);
    if (s.buffer != NULL)
        hb_buffer_destroy(s.buffer);
    text_chars_clear(&s.chars);
}

/* The hyphen of the face of a cell, for a soft hyphen behind it. */
uint32_t
text_shape_hyphen(const struct text_cell *c, int *advance)
{
    *advance = 0;
    if (c->face == NULL)
        return 0;
    uint32_t id = text_face_glyph(c->face, '-');
    if (id != 0)
        *advance = mpt(
            (double)hb_font_get_glyph_h_advance(text_face_hb(c->face), id) *
            c->size / text_face_upem(c->face));
    return id;
}
