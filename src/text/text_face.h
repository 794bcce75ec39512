/* Faces as shaping needs them; inside src/text only.  text_font*.c own this,
 * shaping and the composer use it.
 *
 * A face belongs to the env and lives as long as it does.  It is opened (file
 * mapped, HarfBuzz objects made) by the first question that needs its tables,
 * so a face that only stands in an order of fallback costs nothing. */
#ifndef TEXT_TEXT_FACE_H
#define TEXT_TEXT_FACE_H

#include "text/text.h"
#include <stdbool.h>
#include <stdint.h>

struct hb_font_t;

/* What the composer must know of a mark in a face: its ink in the em frame,
 * measured once per face (never by font name).  [1/1000 em] */
struct text_ink {
    short advance;
    short left; /* blank before the ink */
    short right; /* blank behind the ink */
    short bottom, top; /* ink, relative to the baseline */
    bool known; /* false: no glyph or no ink */
};

/* First face of F that has CP (with variation selector VS, 0: none), in the
 * fixed order of fallback: the asked faces, the role's, the last resorts.  A
 * sequence that no face has is answered as CP alone.  *MISSING (may be NULL)
 * when no face at all has it; the first face is then answered, as it is for
 * characters that print nothing (ZWJ, U+2060 ...).  Cached. */
const struct text_face *text_font_face_for(
    const struct text_font *f, unsigned cp, unsigned vs, bool *missing);

/* First face of F, which gives the metrics; and the first face with Han
 * glyphs, where “ ” … — · beside Han come from when F begins with a Latin
 * family.  Never NULL while any font is installed. */
const struct text_face *text_font_first(const struct text_font *f);
const struct text_face *text_font_han(const struct text_font *f);

/* Scaled to upem, no hinting; owned by the env.  Never NULL. */
struct hb_font_t *text_face_hb(const struct text_face *f);
int text_face_upem(const struct text_face *f);
/* Stands for one of PDF's base fonts, which are set by their advances alone:
 * no kerning, as other formatters and viewers have it. */
bool text_face_is_base(const struct text_face *f);
bool text_face_is_han(const struct text_face *f); /* Han glyphs 1 em wide */

/* Top of the em frame above the baseline [1/1000 em].  Frames differ (Noto
 * 880, Fandol 800): a Han glyph of another face than its neighbours stands
 * level with them when it is shifted by the difference. */
int text_face_ascent(const struct text_face *f);

struct text_ink text_face_ink(const struct text_face *f, unsigned cp);
uint32_t text_face_glyph(const struct text_face *f, unsigned cp); /* 0: none */

#endif
