/* Text: fonts by role, shaping by Pango/HarfBuzz, and the line composer.  A
 * paragraph goes in as pieces (runs, boxes, leaders, breaks, inline edges);
 * lines of placed pieces come out.  Knows nothing of FO.  Lengths are
 * millipoints at this border; inside, shaping may use doubles.
 *
 * Owner: text_env is built once (fonts found, faces opened lazily) and lives
 * as long as the process; everything a paragraph makes lives in the arena
 * that it was given. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/where.h"
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct buf;
struct diags;
struct text_env;
struct text_face; /* one file + index: a face that a PDF can embed */
struct text_font; /* a resolved family list + weight + slope: faces in order of fallback */

/* ---- fonts ------------------------------------------------------------ */

/* Finds the font folders: SHENBAO_FONTS (colon list, first), the user's and
 * our fonts/ folder, then the folders of the packages.  NULL never. */
struct text_env *text_env_new(void);
void text_env_free(struct text_env *env);

/* FAMILIES is a comma list as in font-family; a name is a role (仿宋 楷体 黑体
 * 宋体 小标宋, serif, sans-serif, monospace, Helvetica ...) or a family's real
 * name.  The same arguments give the same pointer.  A family that is not
 * installed is reported once to D (may be NULL) at W and replaced. */
const struct text_font *text_font_find(struct text_env *env, const char *families,
                                       int weight, bool italic,
                                       struct diags *d, const struct where *w);

struct text_metrics { /* of the first face, at a size, [mpt] */
    int ascent;       /* em frame of a Han face, ascender of a Latin one; above baseline */
    int descent;      /* below baseline, positive; ascent + descent = size for Han faces */
    int x_height;
    int cap_height;
    int underline;       /* below baseline, positive */
    int underline_thick;
    int strike;          /* above baseline */
};
struct text_metrics text_font_metrics(const struct text_font *f, int size);

/* A face for the painter: where its file is, and names for the dump. */
const char *text_face_path(const struct text_face *f);
int text_face_index(const struct text_face *f);
const char *text_face_name(const struct text_face *f);    /* PostScript name */
const char *text_font_family(const struct text_font *f);  /* family of the first face */

/* The report of `shenbao fonts`: what each role resolves to and its coverage. */
void text_fonts_report(struct text_env *env, struct buf *out);

/* ---- a paragraph goes in ---------------------------------------------- */

struct text_style { /* of a run; compared by value */
    const struct text_font *font;
    const char *family;     /* as asked for, for messages */
    const char *language;   /* "zh", "en" ..., NULL: zh when Han, else unknown */
    int size;               /* [mpt] */
    int letter_spacing;     /* [mpt] added behind every cluster but a run's last before a break */
    int word_spacing;       /* [mpt] added to spaces */
    bool no_wrap;           /* wrap-option="no-wrap": no break inside */
    bool keep;              /* keep-together.within-line: no break inside, tried first */
    bool hyphenate;
};

/* One row of the punctuation policy: how the paragraph is set. */
enum text_punct { TEXT_QUANJIAO, TEXT_KAIMING, TEXT_BANJIAO, TEXT_HANGMO, TEXT_UNTRIMMED };
enum text_prohibit { TEXT_PROHIBIT_NONE, TEXT_PROHIBIT_BASIC, TEXT_PROHIBIT_GB, TEXT_PROHIBIT_STRICT };
enum text_align { TEXT_START, TEXT_END, TEXT_CENTER, TEXT_JUSTIFY };

struct text_setting { /* of a paragraph */
    enum text_align align;
    enum text_align align_last; /* TEXT_JUSTIFY distributes (names over a width) */
    int first_indent;           /* [mpt] may be negative */
    int last_end_indent;        /* [mpt] */
    int font_size;              /* [mpt] of the block: the em of the numbers below */
    enum text_punct punct;
    enum text_prohibit prohibit;
    bool trim_line_start;       /* an opening mark loses its blank half at line start */
    bool hang;                  /* ， 、 。 may hang at the line end */
    int autospace;              /* [1/1000 em] Han-Latin gap, 250; 0: none */
    int grid;                   /* [mpt] character advance of the grid, 0: none */
    bool close_dates;           /* 2026年1月, 第3号 without a gap, as 公文 have them */
    bool balance;               /* title: fewest lines, trapezoid or diamond, words whole */
    bool latin;                 /* no Han in it: justify as FOP and TeX do, word spaces only */
};

enum text_kind {
    TEXT_RUN,    /* characters */
    TEXT_BOX,    /* something of fixed size: picture, inline block, drawing */
    TEXT_LEADER, /* stretches between min and max; fills before anything else does */
    TEXT_BREAK,  /* forced line break (U+2028, preserved linefeed) */
    TEXT_OPEN,   /* an inline starts: space, border and padding before its content */
    TEXT_CLOSE,  /* an inline ends */
    TEXT_MARK    /* zero width: an id, a footnote's anchor; stays with what precedes it */
};

struct text_par;
struct text_par *text_par_new(struct arena *a, struct text_env *env, struct diags *d);

/* TAG comes back on every piece made of it; W is the place for messages. */
void text_par_run(struct text_par *p, const char *utf8, int n, const struct text_style *s,
                  const void *tag, const struct where *w);
void text_par_box(struct text_par *p, int width, bool breakable, const void *tag); /* breakable: a line may break before and after it as at an ideograph */
void text_par_leader(struct text_par *p, int min, int opt, int max, const struct text_style *s, const void *tag);
void text_par_break(struct text_par *p, const void *tag);
void text_par_open(struct text_par *p, int width, const void *tag);  /* width: edge at the start [mpt] */
void text_par_close(struct text_par *p, int width, const void *tag); /* edge at the end */
void text_par_mark(struct text_par *p, const void *tag);

/* ---- lines come out --------------------------------------------------- */

struct text_glyph {
    uint32_t id;    /* glyph of the face */
    int advance;    /* [mpt] with every adjustment of the line */
    int x_offset;   /* [mpt] to the right */
    int y_offset;   /* [mpt] upwards */
    int byte;       /* first byte of its cluster in piece.utf8 */
};

struct text_piece {
    struct text_piece *next;
    enum text_kind kind;
    const void *tag;
    int x;       /* [mpt] from the line's start edge, indent and shift included */
    int width;   /* [mpt] advance on the line, adjusted */
    /* TEXT_RUN: one face, one style, consecutive bytes */
    const struct text_face *face;
    const struct text_style *style;
    const struct text_glyph *glyphs;
    int n_glyphs;
    const char *utf8; /* borrowed from the input; not NUL-terminated */
    int n_utf8;       /* [B] trailing line-end spaces are not part of it */
    bool hyphenated;  /* the last glyph is a hyphen not in utf8, counted to the last cluster */
    bool continues;   /* OPEN: repeated, without width, for an inline left open by the line before */
};

struct text_line {
    struct text_line *next;
    struct text_piece *first, *last;
    int n_pieces;
    int width;    /* [mpt] of the pieces, as set */
    int indent;   /* [mpt] first-line indent or the grid's */
    int shift;    /* [mpt] by text-align; the first piece stands at indent + shift */
    int overflow; /* [mpt] that the line sticks out, 0 as a rule */
    bool forced;  /* ends with a forced break */
    bool last_of_par; /* last line, or before a forced break */
};

struct text_lines {
    struct text_line *first, *last;
    int n;
    int min_width, max_width; /* [mpt] of unbreakable piece and of one long line */
};

/* Breaks and sets the paragraph to WIDTH.  Never fails: what cannot fit
 * sticks out and says so.  A missing glyph is reported as GLYPH_MISSING and
 * shows as U+25A1 of the font.  May be called again with another width or
 * setting (shaping is kept). */
const struct text_lines *text_par_compose(struct text_par *p, int width, const struct text_setting *s);

/* Width of a single run set on one endless line [mpt]. */
int text_width(struct text_env *env, const char *utf8, int n, const struct text_style *s);

/* ---- dump: one line of text a line, for tests ------------------------- */
void text_dump(const struct text_lines *l, struct buf *out);

#endif
