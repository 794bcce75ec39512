/* Properties, inside src/fo only.
 *
 * A property is a row of fo_props.def; its type (fo_types.c) knows how to
 * read a value into the row's member of struct fo_style.  Names that stand
 * for others - absolute sides, shorthands - become entries for rows, at text
 * level, before anything is evaluated (fo_short.c).  Entries are applied in
 * the order of their rank, then what hangs together is finished: indents from
 * margins, space from margins, bounds of sizes (fo_style.c).
 *
 * Styles are interned by (parent's style, kind of object, attributes):
 * objects that look alike share one.  The few attributes that differ on
 * every object (rows marked OWN) are left out of that key and put into a copy,
 * so that an id does not unshare the styles of all that lies below. */
#ifndef FO_FO_PROP_H
#define FO_FO_PROP_H

#include "base/where.h"
#include "fo/fo.h"
#include "fo/fo_expr.h"
#include "xml/xml_load.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct diags;
struct fo_eval;

/* ---- the tables ------------------------------------------------------- */

enum fo_prop {
#define PROP(id, name, type, words, how, initial, base, member, tier, applies) FO_P_##id,
#include "fo/fo_props.def"
#undef PROP
    FO_PROPS
};

enum fo_type_id {
    FO_T_STRING, FO_T_URI, FO_T_FAMILY, FO_T_VALUE, FO_T_BOOL, FO_T_INT,
    FO_T_LENGTH, FO_T_MPT, FO_T_FONT_SIZE, FO_T_FONT_WEIGHT,
    FO_T_LINE_HEIGHT, FO_T_COLOR, FO_T_BORDER_STYLE, FO_T_BORDER_WIDTH,
    FO_T_PADDING, FO_T_SPACE, FO_T_RANGE, FO_T_KEEP, FO_T_PAIR,
    FO_T_DECORATION, FO_T_ORIENTATION, FO_T_CHARACTER, FO_T_PAGE_NUMBER,
    FO_T_SHIFT, FO_T_SHIFTS, FO_T_FIT, FO_TYPES
};

enum fo_how { FO_HOW_NO, FO_HOW_INHERIT, FO_HOW_OWN };

struct fo_row {
    const char *name;
    const char *words;
    const char *initial;
    const char *base;
    uint16_t offset; /* [B] in struct fo_style */
    uint8_t type;    /* enum fo_type_id */
    uint8_t how;     /* enum fo_how */
    uint8_t tier;
};
extern const struct fo_row fo_rows[FO_PROPS];

/* Parts of compound properties: "space-before.optimum". */
enum fo_part {
    FO_WHOLE, FO_PART_MINIMUM, FO_PART_OPTIMUM, FO_PART_MAXIMUM,
    FO_PART_LENGTH, FO_PART_CONDITIONALITY, FO_PART_PRECEDENCE,
    FO_PART_LINE, FO_PART_COLUMN, FO_PART_PAGE, FO_PART_INLINE,
    FO_PART_BLOCK, FO_PARTS
};

/* What an attribute's name means. */
enum fo_name_kind { FO_NAME_PROP, FO_NAME_SIDE, FO_NAME_SIZE, FO_NAME_SHORTHAND, FO_NAME_NEVER };

enum fo_group { FO_GROUP_BORDER_COLOR, FO_GROUP_BORDER_STYLE, FO_GROUP_BORDER_WIDTH, FO_GROUP_PADDING };
enum fo_edge { FO_EDGE_TOP, FO_EDGE_RIGHT, FO_EDGE_BOTTOM, FO_EDGE_LEFT };

struct fo_meaning {
    const char *name;
    enum fo_name_kind kind;
    int id;   /* PROP: enum fo_prop; SIDE: enum fo_group; SIZE: 0 inline, 1 block */
    int sub;  /* SIDE: enum fo_edge; SHORTHAND: rank */
    int hash_next;
    bool (*expand)(struct fo_eval *e, const char *value);
};

enum { FO_SIZE_INLINE, FO_SIZE_BLOCK };

extern const struct fo_meaning fo_short_names[]; /* fo_short.def */
extern const int fo_short_count;

/* ---- one set of computed properties ----------------------------------- */

#define FO_WORDS ((FO_PROPS + 63) / 64)

struct fo_full {
    struct fo_style s;            /* first: a struct fo_style * is one of these */
    const struct fo_full *parent; /* base of the parent's, NULL at the root */
    const struct fo_full *base;   /* itself, or the one it was copied from */
    enum fo_kind kind;
    uint64_t specified[FO_WORDS]; /* rows given on the object itself */
    double line_factor;           /* line-height as a number, 0: a length */
    bool faulty;                  /* making it said something */
    unsigned hash;
    const char *key;
    int key_len;
    const struct fo_full *column; /* for from-table-column() */
    struct fo_full *chain;        /* same bucket */
};

/* ---- reading values --------------------------------------------------- */

struct fo_entry {
    int prop;
    enum fo_part part;
    int rank;
    int order;
    const char *value;
    const char *name; /* of the attribute, as written */
};

#define FO_ENTRIES 256 /* of one object: more are shorthands piled up */

/* One object's properties being made. */
struct fo_eval {
    struct fo_props *props;
    struct fo_full *own;
    const struct fo_full *parent;
    const struct fo_full *column; /* of the cell around, NULL */
    const struct fo_row *row;     /* being read */
    struct where where;
    bool said;
    const char *why;              /* of the last refusal */
    int n;
    int rank;                     /* of entries that a shorthand makes */
    const char *name;             /* of the attribute being taken apart */
    struct fo_entry entries[FO_ENTRIES];
};

struct fo_type {
    size_t size; /* [B] of the member */
    bool (*read)(struct fo_eval *e, const char *s, void *member);
    bool (*part)(struct fo_eval *e, enum fo_part part, const char *s, void *member);
    bool (*number)(const void *member, struct fo_num *out);
    void (*dump)(const void *member, struct buf *out);
};
extern const struct fo_type fo_types[FO_TYPES];

static inline void *
fo_member(struct fo_style *s, int prop)
{
    return (char *)s + fo_rows[prop].offset;
}

static inline const void *
fo_member_of(const struct fo_style *s, int prop)
{
    return (const char *)s + fo_rows[prop].offset;
}

static inline bool
fo_specified(const struct fo_full *f, int prop)
{
    return f->specified[prop / 64] >> (prop % 64) & 1;
}

/* Evaluates S for the row being read: a number, word, colour ... */
bool fo_eval_value(struct fo_eval *e, const char *s, double em, double pct_of, struct fo_val *out);
/* Applies one entry: whole or part of a property; says what is wrong. */
void fo_eval_apply(struct fo_eval *e, const struct fo_entry *entry);
/* Remembers an entry for later. */
void fo_eval_push(struct fo_eval *e, int prop, enum fo_part part, int rank, const char *value);
void fo_eval_push_n(struct fo_eval *e, int prop, int rank, const char *value, int n);
/* The row of an absolute side under the object's writing mode. */
int fo_side_prop(enum fo_value writing_mode, enum fo_group group, enum fo_edge edge);
int fo_side_of(enum fo_value writing_mode, enum fo_edge edge); /* enum fo_side */
/* Whole millipoints of V. */
int fo_mpt(double v);
/* Word S among WORDS; *STANDS is what it stands for or "". */
bool fo_word(const char *words, const char *s, char stands[32]);

/* ---- all of it -------------------------------------------------------- */

struct fo_props;

/* D is not used after the reading but by fo_props_style. */
struct fo_props *fo_props_new(struct arena *a, struct diags *d, const char *file);
const struct fo_meaning *fo_props_lookup(const struct fo_props *p, const char *name, enum fo_part *part);
enum fo_kind fo_props_kind(const struct fo_props *p, const char *name); /* FO_KINDS: none */
struct arena *fo_props_arena(const struct fo_props *p);
struct diags *fo_props_diags(const struct fo_props *p);
const struct fo_full *fo_props_initial(const struct fo_props *p);

/* The style of an object KIND under PARENT (NULL: the root). */
const struct fo_full *fo_props_style(struct fo_props *p, const struct fo_full *parent,
                                     enum fo_kind kind, const struct xml_attr *attrs, int n,
                                     const struct where *w, const struct fo_full *column);

#define FO_NS "http://www.w3.org/1999/XSL/Format"
#define FO_NS_XML "http://www.w3.org/XML/1998/namespace"
#define FO_NS_FOX "http://xmlgraphics.apache.org/fop/extensions"
#define FO_NS_SB "urn:shenbao:fo"
#define FO_NS_SVG "http://www.w3.org/2000/svg"

#endif
