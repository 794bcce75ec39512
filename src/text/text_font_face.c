/* A face at work: opened when first asked, its characters, the ink of its
 * marks and its frame. */
#include "text/text_font.h"
#include "base/arena.h"
#include <hb.h>
#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

/* --- a number for each code point ----------------------------------------- */

uint16_t *
text_cpmap_at(struct text_cpmap *m, struct arena *a, unsigned cp)
{
    uint16_t ***plane, **page;

    if (cp > 0x10ffff)
        return NULL;
    plane = &m->planes[cp >> 16];
    if (!*plane)
        *plane = arena_array(a, 256, sizeof **plane);
    page = &(*plane)[cp >> 8 & 255];
    if (!*page)
        *page = arena_array(a, 256, sizeof **page);
    return &(*page)[cp & 255];
}

/* --- opening -------------------------------------------------------------- */

/* Asked questions change only what a face remembers, so that the world may
 * hold it as const. */
static struct text_face *
opened(const struct text_face *f)
{
    struct text_face *mine = (struct text_face *)f;

    if (!mine->hb)
        text_face_open(mine);
    return mine;
}

/* Han faces have full-width glyphs; one sample of each block, for a face may
 * have the rare ones only. */
static bool
has_han(hb_font_t *hb, int upem)
{
    static const unsigned samples[] = {
        0x4e00, 0x56fd, 0x3400, 0x20000, 0x2a700, 0x30000};
    hb_codepoint_t g;

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        if (hb_font_get_nominal_glyph(hb, samples[i], &g))
            return abs(hb_font_get_glyph_h_advance(hb, g) - upem) * 50 < upem;
    return false;
}

void
text_face_open(struct text_face *f)
{
    hb_face_t *face;

    if (f->file && !f->file->blob)
        f->file->blob = hb_blob_create_from_file(f->file->path);
    face = hb_face_create(f->file ? f->file->blob : NULL, (unsigned)f->index);
    f->upem = (int)hb_face_get_upem(face);
    f->hb = hb_font_create(face);
    hb_face_destroy(face);
    hb_font_set_scale(f->hb, f->upem, f->upem);
    f->is_han = has_han(f->hb, f->upem);
}

void
text_face_close(struct text_face *f)
{
    if (f->hb)
        hb_font_destroy(f->hb);
    f->hb = NULL;
}

void
text_file_close(struct text_file *f)
{
    hb_blob_destroy(f->blob);
    f->blob = NULL;
}

struct hb_font_t *
text_face_hb(const struct text_face *f)
{
    return opened(f)->hb;
}

int
text_face_upem(const struct text_face *f)
{
    return opened(f)->upem;
}

bool
text_face_is_han(const struct text_face *f)
{
    return opened(f)->is_han;
}

const char *
text_face_path(const struct text_face *f)
{
    return f->file ? f->file->path : "";
}

int
text_face_index(const struct text_face *f)
{
    return f->index;
}

const char *
text_face_name(const struct text_face *f)
{
    return f->facts.name;
}

/* --- characters ----------------------------------------------------------- */

uint32_t
text_face_glyph(const struct text_face *f, unsigned cp)
{
    struct text_face *mine = opened(f);
    uint16_t *slot = text_cpmap_at(&mine->glyphs, mine->env->arena, cp);
    hb_codepoint_t g = 0;

    if (!slot)
        return 0;
    if (!*slot) {
        if (!hb_font_get_nominal_glyph(mine->hb, cp, &g))
            g = 0;
        *slot = (uint16_t)(g + 1);
    }
    return (uint16_t)(*slot - 1);
}

bool
text_face_sequence(const struct text_face *f, unsigned cp, unsigned vs)
{
    hb_codepoint_t g;

    return hb_font_get_variation_glyph(text_face_hb(f), cp, vs, &g);
}

/* --- ink ------------------------------------------------------------------ */

static short
thousandths(const struct text_face *f, int units)
{
    int half = units < 0 ? -f->upem / 2 : f->upem / 2;
    int v = (units * 1000 + half) / f->upem;

    return (short)(v > 32000 ? 32000 : v < -32000 ? -32000 : v);
}

static struct text_ink
measure(const struct text_face *f, unsigned cp)
{
    uint32_t g = text_face_glyph(f, cp);
    hb_glyph_extents_t e;
    struct text_ink ink = {0};
    int advance;

    if (!g)
        return ink;
    advance = hb_font_get_glyph_h_advance(f->hb, g);
    ink.advance = thousandths(f, advance);
    if (!hb_font_get_glyph_extents(f->hb, g, &e) || !e.width || !e.height)
        return ink;
    ink.left = thousandths(f, e.x_bearing);
    ink.right = thousandths(f, advance - e.x_bearing - e.width);
    ink.top = thousandths(f, e.y_bearing);
    ink.bottom = thousandths(f, e.y_bearing + e.height);
    ink.known = true;
    return ink;
}

/* Marks are few: a small table, and what does not fit is measured again. */
struct text_ink
text_face_ink(const struct text_face *f, unsigned cp)
{
    struct text_face *mine = opened(f);
    unsigned at = cp * 2654435761u >> 24;

    if (!mine->inks)
        mine->inks = arena_array(
            mine->env->arena, TEXT_INKS, sizeof *mine->inks);
    for (int probes = 0; cp && probes < 8; probes++) {
        if (mine->inks[at].cp == cp)
            return mine->inks[at].ink;
        if (!mine->inks[at].cp) {
            mine->inks[at].cp = cp;
            return mine->inks[at].ink = measure(mine, cp);
        }
        at = (at + 1) % TEXT_INKS;
    }
    return measure(mine, cp);
}

/* --- frame ---------------------------------------------------------------- */

static const struct {
    const char *name;
    short ascent, descent, x_height, cap_height;
} frames[] = {
#define FRAME(name, ascent, descent, x, cap) {name, ascent, descent, x, cap},
#include "text/text_font_frames.def"
#undef FRAME
};

bool
text_face_is_base(const struct text_face *f)
{
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (strcmp(f->facts.name, frames[i].name) == 0)
            return true;
    return false;
}

static int
metric(const struct text_face *f, hb_ot_metrics_tag_t tag)
{
    hb_position_t v;

    return hb_ot_metrics_get_position(f->hb, tag, &v) ? thousandths(f, v) : 0;
}

static short
height_of(const struct text_face *f, unsigned cp, int otherwise)
{
    struct text_ink ink = text_face_ink(f, cp);

    return ink.known ? ink.top : (short)otherwise;
}

/* Two signed numbers of OS/2 [1/1000 em]: sTypoAscender, -sTypoDescender. */
static bool
typo_frame(const struct text_face *f, int *ascent, int *descent)
{
    hb_blob_t *os2 = hb_face_reference_table(
        hb_font_get_face(f->hb), HB_TAG('O', 'S', '/', '2'));
    unsigned n;
    const unsigned char *p = (const unsigned char *)hb_blob_get_data(os2, &n);
    bool there = n >= 72;

    if (there) {
        *ascent = thousandths(f, (int16_t)(p[68] << 8 | p[69]));
        *descent = -thousandths(f, (int16_t)(p[70] << 8 | p[71]));
    }
    hb_blob_destroy(os2);
    return there;
}

/* Middle of the ink of Han glyphs above the baseline, which is the middle of
 * their frame too; -1: none of the samples is there. */
static int
middle_of_han(const struct text_face *f)
{
    static const unsigned samples[] = {0x56fd, 0x4e2d, 0x56de};
    int sum = 0, n = 0;

    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct text_ink ink = text_face_ink(f, samples[i]);

        sum += ink.known ? ink.top + ink.bottom : 0;
        n += ink.known;
    }
    return n ? sum / (2 * n) : -1;
}

/* The em frame of Han: hhea is of no use (Noto says 1.45 em there).  OS/2 is
 * believed when its two numbers make up one em and the ink stands about in
 * the middle of them.  It does not in FandolFang and FandolKai, whose glyphs
 * are drawn for 800/200 as FandolSong's are, while OS/2 says 880/120; what
 * the ink says is taken then, of the two frames that are in use. */
static void
frame_of_han(const struct text_face *f, struct text_frame *m)
{
    int middle = middle_of_han(f), up, down;
    bool good = typo_frame(f, &up, &down) && abs(up + down - 1000) <= 2;

    if (good && middle >= 0 && abs((up - down) / 2 - middle) > 60)
        good = false;
    m->ascent = (short)(good                                       ? up
            : middle >= 0 && abs(middle - 300) < abs(middle - 380) ? 800
                                                                   : 880);
    m->descent = (short)(1000 - m->ascent);
    m->thick = 50;
    m->underline = m->descent + 25; /* below the frame: never through ink */
    m->strike = (short)((m->ascent - m->descent) / 2);
}

static void
frame_of_latin(const struct text_face *f, struct text_frame *m)
{
    m->ascent = (short)metric(f, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
    m->descent = (short)-metric(f, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
    if (m->ascent <= 0 || m->descent < 0) {
        m->ascent = 800;
        m->descent = 200;
    }
    m->thick = (short)metric(f, HB_OT_METRICS_TAG_UNDERLINE_SIZE);
    m->underline = (short)-metric(f, HB_OT_METRICS_TAG_UNDERLINE_OFFSET);
    m->underline += m->thick / 2; /* the table gives the upper edge */
    if (m->thick <= 0 || m->underline <= 0) {
        m->thick = 50;
        m->underline = 100;
    }
    m->strike = m->x_height / 2;
}

static void
fill_frame(struct text_face *f)
{
    struct text_frame *m = &f->frame;

    m->x_height = (short)metric(f, HB_OT_METRICS_TAG_X_HEIGHT);
    m->cap_height = (short)metric(f, HB_OT_METRICS_TAG_CAP_HEIGHT);
    if (m->x_height <= 0)
        m->x_height = height_of(f, 'x', 500);
    if (m->cap_height <= 0)
        m->cap_height = height_of(f, 'H', 700);
    if (f->is_han)
        frame_of_han(f, m);
    else
        frame_of_latin(f, m);

    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (strcmp(frames[i].name, f->facts.name) == 0)
            *m = (struct text_frame){frames[i].ascent, frames[i].descent,
                frames[i].x_height, frames[i].cap_height, 100, 50,
                frames[i].x_height / 2};
    f->measured = true;
}

/* Cut off, not rounded: so do the formatters that we are compared with. */
static int
at_size(short thousandth, int size)
{
    return (int)((long long)thousandth * size / 1000);
}

struct text_metrics
text_face_metrics(const struct text_face *f, int size)
{
    struct text_face *mine = opened(f);
    const struct text_frame *m = &mine->frame;
    struct text_metrics t;

    if (!mine->measured)
        fill_frame(mine);
    t.ascent = at_size(m->ascent, size);
    t.descent = mine->is_han ? size - t.ascent : at_size(m->descent, size);
    t.x_height = at_size(m->x_height, size);
    t.cap_height = at_size(m->cap_height, size);
    t.underline = at_size(m->underline, size);
    t.underline_thick = at_size(m->thick, size);
    t.strike = at_size(m->strike, size);
    return t;
}

int
text_face_ascent(const struct text_face *f)
{
    struct text_face *mine = opened(f);

    if (!mine->measured)
        fill_frame(mine);
    return mine->frame.ascent;
}
