/* Inside of a paragraph, for the files of src/text that set it.
 *
 * Five steps, each with its own array, each reading only what stands before:
 *
 *   items   what the caller gave: runs, boxes, leaders, edges, breaks
 *   cells   text_shape.c: the smallest units that are never divided, with
 *           glyphs and natural widths; made once and kept
 *   slots   text_break.c: for one setting, what each cell gives up or gets
 *           beside its neighbour, and what may be squeezed or stretched
 *   opps    text_break.c: the places where a line may end, with the sums of
 *           all widths up to there, so that any line is one subtraction
 *   spans   text_fit.c, text_knuth.c, text_title.c: the chosen lines
 *
 * text_line.c makes pieces of them.  Items and cells live in the arena; slots, opps and
 * spans in malloc'ed scratch that one text_par_compose frees again. */
#ifndef TEXT_PAR_H
#define TEXT_PAR_H

#include "text/text.h"
#include "text/text_class.h"
#include <stdint.h>

#define TEXT_SLACK                                                             \
    10 /* [mpt] a line may be so much too long: rounding of units */

struct text_item {
    enum text_kind kind;
    const void *tag;
    struct where where;
    struct text_style style; /* of a run */
    const char *utf8; /* TEXT_RUN: a copy in the arena */
    int n_utf8; /* [B] */
    int width; /* [mpt] of a box or edge, leader's opt */
    int min, max; /* [mpt] of a leader */
    bool breakable; /* of a box */
    int scope; /* of a kept run: what keeps it together; -1: itself */
};

/* What Unicode and the input say about the place behind a cell. */
enum {
    TEXT_AFTER_ATTR = 1, /* the log attributes allow a break */
    TEXT_AFTER_ZWSP = 2, /* U+200B: asked for */
    TEXT_AFTER_JOINER = 4, /* U+2060: forbidden */
    TEXT_AFTER_SHY = 8 /* soft hyphen: allowed, with a hyphen */
};

struct text_cell {
    const struct text_face *face; /* NULL for anything but a run's cell */
    uint32_t cp; /* its first character; 0: none */
    int item;
    int byte; /* in the item's text */
    int n_bytes; /* [B] */
    int glyph; /* first one in text_par.glyphs */
    int width; /* [mpt] natural: a full-width mark has its whole em */
    int blank; /* [mpt] of a mark, both sides: what trimming may take */
    int lean; /* [mpt] part of it at the left of the ink */
    int size; /* [mpt] font size, 0 without font */
    int n_glyphs;
    unsigned char class;
    unsigned char halves; /* width in half ems when full-width, else 0 */
    unsigned char after; /* TEXT_AFTER_... */
    bool full; /* belongs into the columns of a grid */
};

struct text_raw_glyph {
    uint32_t id;
    int advance; /* [mpt] */
    int x; /* [mpt] offsets */
    int y;
};

struct text_par {
    struct arena *arena;
    struct text_env *env;
    struct diags *diags;
    struct text_item *items;
    int n_items, cap_items;
    struct text_cell *cells;
    int n_cells;
    struct text_raw_glyph *glyphs;
    int n_glyphs;
    bool has_cjk; /* any character of Chinese setting */
    bool shaped;
};

/* text_shape.c */
void text_shape(struct text_par *p);
uint32_t text_shape_hyphen(const struct text_cell *c, int *advance);

/* How a place between two cells may be stretched. */
enum text_gap { TEXT_GAP_FIXED, TEXT_GAP_HAN, TEXT_GAP_MIXED, TEXT_GAP_WORD };

/* CLREQ's order of reduction, "Line Adjustment": each is emptied before the
 * next.  Step 1, the mark at the line end, is not here: it is always taken. */
enum text_step {
    TEXT_STEP_LEADER, /* leaders go down to their minimum before all */
    TEXT_STEP_WORD, /* Latin word spaces, to 1/4 em */
    TEXT_STEP_BRACKET,
    TEXT_STEP_COMMA,
    TEXT_STEP_MIXED, /* Han-Latin gaps, to 1/8 em */
    TEXT_STEP_STOP,
    TEXT_STEPS
};

struct text_slot { /* beside each cell, for one setting */
    int width; /* [mpt] inside a line, trimmed as its neighbours ask */
    int trim; /* [mpt] already taken of the blank */
    int squeeze; /* [mpt] that may still be taken of the cell */
    int gap; /* [mpt] behind it, gone at a line end */
    int gap_squeeze; /* [mpt] that may be taken of the gap */
    int stretch; /* [mpt] that a word space or gap takes before Han gaps do */
    unsigned char step; /* enum text_step of the squeeze */
    unsigned char
        gap_kind; /* enum text_gap: of the gap, or of the space itself */
    bool own_gap; /* the cell is itself the gap (a space) */
    bool paired; /* an opening mark trimmed because of what stands before */
};

/* Everything a run of cells adds up to. */
struct text_sum {
    int64_t width; /* [mpt] natural */
    int64_t squeeze[TEXT_STEPS];
    int64_t word, mixed; /* [mpt] stretch before Han gaps are touched */
    int64_t leader; /* [mpt] stretch of leaders */
    int han_gaps; /* how many Han gaps */
    int han, latin; /* how many ideographs; letters, digits and the like */
    int odd; /* cells that keep a line out of the columns */
    int halves; /* half columns of the grid */
};

enum { TEXT_OPP_SOFT, TEXT_OPP_HYPHEN, TEXT_OPP_EMERGENCY, TEXT_OPP_FORCED };

struct text_opp { /* a line may end in front of CELL and the next begin there */
    struct text_sum end; /* up to here, as a line's end is set */
    struct text_sum start; /* to be subtracted by a line that starts here */
    int cell;
    int penalty;
    int hang; /* [mpt] that may hang over the end */
    unsigned char kind;
};

struct text_span { /* a chosen line: opps[from] to opps[to] */
    int from, to;
    int measure; /* [mpt] indents taken off */
    int indent; /* [mpt] */
    bool last; /* of its paragraph or before a forced break */
};

/* A composition under way. */
struct text_work {
    struct text_par *par;
    const struct text_setting *set;
    int width; /* [mpt] */
    int em; /* [mpt] of the setting */
    struct text_slot *slots;
    unsigned char *net; /* by cell: part of a URL or mail address; or NULL */
    struct text_opp *opps;
    int n_opps, cap_opps;
    struct text_span *spans;
    int n_spans, cap_spans;
};

/* text_slot.c, text_break.c */
bool text_cell_is_space(const struct text_cell *c);
int text_letter_spacing(const struct text_work *w, int cell);
/* 3 500: does a space between cells T and U part a digit from exactly three? */
bool text_is_group_space(const struct text_work *w, int t, int u);
void text_break_slots(struct text_work *w);
void text_break_opps(struct text_work *w);
int text_work_measure(const struct text_work *w, int from, int to);
void text_work_span(struct text_work *w, int from, int to);
void text_sum_line(
    const struct text_work *w, int from, int to, struct text_sum *out);
int64_t text_sum_squeeze(const struct text_sum *s);

/* The grid's answer for a line of only full-width characters: how many mpt
 * it takes on the columns, or -1 when it does not belong there. */
int64_t text_sum_columns(const struct text_work *w, const struct text_sum *s);

/* text_fit.c, text_knuth.c, text_title.c: opps FROM to TO (the next forced
 * break or the end) into spans. */
void text_fit_justified(struct text_work *w, int from, int to);
void text_fit_first(struct text_work *w, int from, int to);
void text_fit_latin(struct text_work *w, int from, int to);
bool text_fit_title(struct text_work *w, int from, int to);

/* text_line.c */
const struct text_lines *text_line_all(struct text_work *w);

#endif
