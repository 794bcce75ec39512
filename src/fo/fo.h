/* The formatting-object tree: what fo_read makes and layout walks.  Finished,
 * then const.  One node per object or run of text; one interned fo_style per
 * distinct set of computed properties, so nodes stay small and a style
 * pointer can be compared.  Owner: the arena given to fo_read.
 *
 * Percentages are left open: a length is an absolute part plus parts of bases
 * that only layout knows.  Sides are already writing-mode relative (before,
 * after, start, end), shorthands expanded, corresponding properties done:
 * layout never sees "margin-left". */
#ifndef FO_FO_H
#define FO_FO_H

#include "base/status.h"
#include "base/where.h"
#include <stdbool.h>
#include <stdint.h>

struct arena;
struct buf;
struct diags;

/* ---- objects ---------------------------------------------------------- */

enum fo_kind {
    FO_TEXT, /* a run of characters (not an object of the spec) */
#define OBJECT(id, name, tier, content, areas) FO_##id,
#include "fo/fo_objects.def"
#undef OBJECT
    FO_KINDS
};

/* ---- values ----------------------------------------------------------- */

/* abs + pct x base.  The base is named by the property's row in
 * fo_props.def; tcu counts proportional-column-width() units. */
struct fo_len {
    int abs;      /* [mpt] */
    float pct;    /* 1 = 100 % */
    float tcu;    /* table column units */
    bool is_auto; /* "auto" (or "none" for max-*, "normal" for spacing) */
};

struct fo_space { /* space-before and its kin */
    struct fo_len min;
    struct fo_len opt;
    struct fo_len max;
    bool retain; /* conditionality */
    bool force;  /* precedence="force" */
    int prec;    /* precedence number, 0 by default */
};

struct fo_range { /* block-/inline-progression-dimension */
    struct fo_len min;
    struct fo_len opt;
    struct fo_len max;
};

enum fo_side { FO_BEFORE, FO_AFTER, FO_START, FO_END };
enum fo_offset { FO_TOP, FO_RIGHT, FO_BOTTOM, FO_LEFT };

enum fo_border_style {
    FO_BS_NONE, FO_BS_HIDDEN, FO_BS_DOTTED, FO_BS_DASHED, FO_BS_SOLID,
    FO_BS_DOUBLE, FO_BS_GROOVE, FO_BS_RIDGE, FO_BS_INSET, FO_BS_OUTSET
};

struct fo_border {
    enum fo_border_style style;
    uint32_t color;      /* 0xAARRGGBB */
    int width;           /* [mpt], as specified; count it 0 when style is none or hidden */
    bool retain;         /* .conditionality */
    bool width_set;      /* the width was specified (collapse resolution needs it) */
};

struct fo_padding {
    struct fo_len len;
    bool retain;
};

/* keep strengths: 0 auto, 1..INT_MAX-1 integers, FO_KEEP_ALWAYS */
#define FO_KEEP_AUTO 0
#define FO_KEEP_ALWAYS 0x7fffffff
struct fo_keep {
    int line;
    int column;
    int page;
};

/* Every enumerated value of every property, by its own name ("xsl keyword"):
 * FO_V_AUTO, FO_V_ALWAYS, FO_V_NO_WRAP ... The list is fo_keywords.def. */
enum fo_value {
    FO_V_NONE_GIVEN,
#define KEYWORD(id, name) FO_V_##id,
#include "fo/fo_keywords.def"
#undef KEYWORD
    FO_VALUES
};

/* ---- computed properties ---------------------------------------------- */

/* Grouped as layout uses them.  Member names follow the property; the table
 * fo_props.def says which property fills which member.  "v" members hold
 * enum fo_value.  Strings are NUL-terminated, NULL when not given. */
struct fo_style {
    /* font */
    const char *font_family; /* as written: comma list */
    int font_size;           /* [mpt] */
    int font_weight;         /* 100..900 */
    enum fo_value font_style;
    enum fo_value font_variant;
    enum fo_value font_stretch;
    uint32_t color; /* 0xAARRGGBB */
    const char *language; /* "zh", "none" -> NULL */
    const char *country;
    const char *script;

    /* lines */
    int line_height;         /* [mpt], already computed ("normal" = 1.2) */
    int line_height_shift_ignored; /* line-height-shift-adjustment="disregard-shifts" */
    enum fo_value line_stacking_strategy;
    enum fo_value text_align;      /* START END CENTER JUSTIFY (left/right/inside mapped) */
    enum fo_value text_align_last; /* RELATIVE or as above; "justify" distributes names */
    struct fo_len text_indent;
    struct fo_len last_line_end_indent;
    struct fo_space letter_spacing; /* opt.is_auto: normal */
    struct fo_space word_spacing;
    enum fo_value wrap_option;
    enum fo_value white_space_collapse;
    enum fo_value white_space_treatment;
    enum fo_value linefeed_treatment;
    enum fo_value text_transform;
    bool hyphenate;
    unsigned text_decoration; /* FO_DECO_* bits */
    uint32_t decoration_color[3]; /* of each bit: of the object that drew the line */
    struct fo_len baseline_shift; /* pct of line-height; super/sub resolved to lengths by fo */
    enum fo_value vertical_align; /* BASELINE, TOP, MIDDLE, BOTTOM, TEXT_TOP, TEXT_BOTTOM, or NONE_GIVEN */
    enum fo_value alignment_baseline;
    enum fo_value dominant_baseline;
    struct fo_len alignment_adjust;
    enum fo_value visibility;
    int orphans;
    int widows;

    /* box */
    struct fo_border border[4];   /* enum fo_side */
    struct fo_padding padding[4]; /* enum fo_side; pct of the containing block's ipd */
    uint32_t background_color;    /* alpha 0: transparent */
    const char *background_image; /* uri or NULL */
    enum fo_value background_repeat;
    struct fo_len background_position[2]; /* horizontal, vertical */
    struct fo_space space_before, space_after; /* block-level; pct of containing ipd */
    struct fo_space space_start, space_end;    /* inline-level */
    struct fo_len start_indent, end_indent;    /* corresponding margins already counted in */
    bool margin_inherit; /* margins by "inherit": percentages of what the parent's count from */
    bool indent_start_given, indent_end_given; /* margin or indent specified on this very object */
    struct fo_len margin[4]; /* top, right, bottom, left as specified (page masters, regions, absolute boxes, tables) */
    struct fo_range ipd, bpd;                  /* inline-/block-progression-dimension (width/height mapped) */
    struct fo_len min_width, max_width, min_height, max_height; /* kept for graphics */
    enum fo_value overflow, clip, display_align, relative_align;
    int reference_orientation; /* 0 90 180 270 (negative mapped) */
    enum fo_value writing_mode, direction;
    enum fo_value absolute_position; /* AUTO FIXED ABSOLUTE */
    enum fo_value relative_position; /* STATIC RELATIVE */
    struct fo_len offset[4];         /* enum fo_offset */
    int z_index;
    enum fo_value span; /* NONE ALL */

    /* keeps and breaks */
    struct fo_keep keep_together, keep_with_next, keep_with_previous;
    enum fo_value break_before, break_after; /* AUTO COLUMN PAGE EVEN_PAGE ODD_PAGE */

    /* tables */
    enum fo_value border_collapse; /* COLLAPSE SEPARATE COLLAPSE_WITH_PRECEDENCE */
    struct fo_len border_spacing[2]; /* inline, block (border-separation) */
    struct fo_len column_width;
    int column_number;          /* 0: not given */
    int columns_repeated, columns_spanned, rows_spanned;
    bool starts_row, ends_row, omit_header_at_break, omit_footer_at_break;
    enum fo_value table_layout, empty_cells, caption_side;
    int border_precedence[4];

    /* lists and leaders */
    struct fo_len between_starts, label_separation;
    enum fo_value leader_pattern, leader_alignment, rule_style;
    struct fo_range leader_length; /* pct of the line */
    struct fo_len leader_pattern_width; /* is_auto: use-font-metrics */
    int rule_thickness; /* [mpt] */

    /* graphics */
    const char *src;
    const char *content_type;
    struct fo_len content_width, content_height; /* is_auto, pct of intrinsic, or scale: see *_fit */
    enum fo_value content_width_fit, content_height_fit; /* NONE_GIVEN, SCALE_TO_FIT, SCALE_DOWN_TO_FIT, SCALE_UP_TO_FIT */
    enum fo_value scaling, scaling_method;

    /* pages */
    const char *master_name, *master_reference, *flow_name, *region_name;
    struct fo_len page_width, page_height; /* is_auto: A4 */
    struct fo_len extent;
    enum fo_value precedence;
    enum fo_value odd_or_even, page_position, blank_or_not_blank;
    int maximum_repeats; /* -1: no-limit */
    int initial_page_number; /* >0 number; else see initial_page_number_v */
    enum fo_value initial_page_number_v; /* AUTO AUTO_ODD AUTO_EVEN */
    enum fo_value force_page_count;
    int column_count;
    struct fo_len column_gap;
    const char *format, *grouping_separator;
    int grouping_size;
    enum fo_value letter_value;

    /* references */
    const char *id, *ref_id, *internal_destination, *external_destination;
    enum fo_value show_destination, starting_state;
    const char *marker_class_name, *retrieve_class_name;
    enum fo_value retrieve_position, retrieve_boundary;
    const char *role, *alt, *lang; /* alt: sb:alt; lang: xml:lang */
    unsigned character;            /* fo:character: code point */

    /* our own namespace, urn:shenbao:fo (prefix sb): see fo_props.def */
    enum fo_value sb_punctuation; /* QUANJIAO KAIMING BANJIAO HANGMO NONE   (全角 开明 半角 行末半角 不压缩) */
    enum fo_value sb_line_start;  /* FULL TRIM: an opening mark at line start */
    enum fo_value sb_prohibition; /* NONE BASIC GB STRICT */
    enum fo_value sb_hang;        /* NONE or ALLOW_END */
    struct fo_len sb_autospace;   /* Han-Latin gap, pct = em; 0.25 em by default */
    int sb_grid_columns;          /* characters a line, 0: no grid */
    int sb_grid_lines;            /* lines a page */
    enum fo_value sb_balance;     /* NONE, BALANCE (title lines to trapezoid or diamond) */
    bool sb_continue;             /* table-cell: repeat its content on the next page */
    const char *sb_continue_text; /* "（续）" set behind the repeated label */
    const char *sb_seal;          /* block-container: this is the place of the seal so named */
    enum fo_value sb_artifact;    /* true: decoration, not content */
    const char *sb_scope;         /* table-cell: row, column, both */
    const char *fox_transform;    /* not supported; kept for the diagnostic */
    bool fox_balance_columns;
    int fox_orphan_content, fox_widow_content; /* [mpt] table/list "orphan-content-limit" */
};

#define FO_DECO_UNDERLINE 1u
#define FO_DECO_OVERLINE 2u
#define FO_DECO_THROUGH 4u

/* ---- nodes ------------------------------------------------------------ */

struct fo_node {
    enum fo_kind kind;
    int line, col;           /* in the FO file */
    struct fo_node *parent;
    struct fo_node *first, *last, *next, *prev;
    const struct fo_style *style; /* text shares its parent's */
    const char *text;        /* FO_TEXT: UTF-8, after white-space handling, NUL-terminated */
    int len;                 /* [B] of text; instream-foreign-object: unused */
    const void *foreign;     /* instream-foreign-object: struct fo_foreign; declarations: none */
    const char *from_file;   /* the template's file, NULL when unknown */
    int from_line;
};

/* An XML element that is not FO (a drawing): names without prefix. */
struct fo_foreign {
    const char *name;
    const char *ns;
    struct fo_attr { const char *name; const char *value; struct fo_attr *next; } *attrs;
    struct fo_foreign *first, *last, *next;
    const char *text;
    int line, col;
};

struct fo_tree {
    struct fo_node *root;
    const char *file;
    int citations;    /* page-number-citation(-last) and page-number inside flows: a silent round is needed */
    int retrieves;    /* retrieve-marker objects */
    const char *title, *author, *subject, *keywords; /* from declarations (XMP dc:*), NULL */
    const char *lang; /* xml:lang of root or language(-country), NULL */
};

/* ---- reading ---------------------------------------------------------- */

/* Reads FO from memory.  The tree lives in A; diagnostics go to D with file,
 * line and column.  STATUS_BAD_INPUT: there is no tree to work on. */
MUST_CHECK enum status fo_read_memory(struct fo_tree **tree, const char *name,
                                      const char *bytes, int n, struct arena *a,
                                      struct diags *d);

/* ---- asking ----------------------------------------------------------- */

const char *fo_kind_name(enum fo_kind k); /* "table-row" */
const char *fo_value_name(enum fo_value v);
struct fo_node *fo_lookup_id(const struct fo_tree *t, const char *id); /* NULL: none */
bool fo_is_block_level(const struct fo_node *n); /* block, table, list-block, block-container (and wrapper/marker by content) */
struct where fo_where(const struct fo_tree *t, const struct fo_node *n);
int fo_len_mpt(struct fo_len len, int base); /* abs + pct x base, auto counts 0 */

void fo_text_of(const struct fo_node *n, struct buf *b); /* appends all text in N, as it was refined */

/* Text of a marker retrieved elsewhere is re-inherited: a copy of MARKER's
 * children as if they stood under PARENT (the static-content block). */
struct fo_node *fo_marker_copy(const struct fo_tree *t, const struct fo_node *marker,
                               const struct fo_node *parent, struct arena *a);

/* ---- dump ------------------------------------------------------------- */

void fo_dump(const struct fo_tree *t, struct buf *out); /* indented text, only what differs from the parent */

#endif
