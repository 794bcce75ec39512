/* Inside of the fonts, for text_font*.c only.
 *
 * Three steps, the later ones only as far as somebody asks:
 *
 *   scan     the font folders are walked in a fixed order and the name, style
 *            and size tables of each file are read (text_font_scan.c with
 *            text_font_sfnt.c).  About 10 us a file: no cache is kept, so no
 *            answer can depend on one.
 *   resolve  a font-family list becomes a text_font: an order of faces, by
 *            the table of roles (text_font.c, text_font_roles.def)
 *   open     a face gets its HarfBuzz objects when its first glyph is asked
 *            for (text_font_face.c)
 *
 * Everything lives in the arena of the env. */
#ifndef TEXT_TEXT_FONT_H
#define TEXT_TEXT_FONT_H

#include "text/text_face.h"
#include <stddef.h>

struct hb_blob_t;
struct hb_font_t;

/* A number for each code point, 0 by default; pages come when first used. */
struct text_cpmap {
    uint16_t **planes[17]; /* 256 pages of 256 numbers each */
};

/* The number's place; NULL for what is no code point. */
uint16_t *text_cpmap_at(struct text_cpmap *m, struct arena *a, unsigned cp);

struct text_file {
    struct text_file *next;
    const char *path;
    struct hb_blob_t *blob; /* the mapped file; NULL until a face is opened */
    int root; /* which font folder; the first one wins a family */
    uint64_t device, inode;
};

/* What the tables of a face say, before it is opened. */
struct text_style_facts {
    const char *family; /* English if it has one */
    const char *name; /* PostScript name */
    int weight; /* 100 ... 900, by the names first */
    int width; /* 1 ... 9, 5: normal */
    bool italic;
};

struct text_frame { /* [1/1000 em] as in struct text_metrics */
    short ascent, descent, x_height, cap_height;
    short underline, thick, strike;
};

#define TEXT_INKS 256 /* marks that a face remembers: a power of two */

struct text_face {
    struct text_env *env;
    struct text_file *file; /* NULL: the face of a machine without fonts */
    int index; /* in a collection */
    int order; /* of the scan: decides between equals */
    struct text_style_facts facts;

    /* from here on: made when opened */
    struct hb_font_t *hb;
    int upem;
    bool is_han;
    bool measured; /* frame is filled */
    struct text_frame frame;
    struct text_cpmap glyphs; /* glyph + 1, 0: not asked yet */
    struct {
        unsigned cp; /* 0: free */
        struct text_ink ink;
    } * inks; /* [TEXT_INKS], NULL until the first */
};

/* A name by which a face may be asked for, folded (text_font_fold). */
struct text_font_name {
    const char *key;
    struct text_face *face;
    bool exact; /* full or PostScript name: this face; else a family's */
};

/* A file that was passed over, and why. */
struct text_font_trouble {
    struct text_font_trouble *next;
    const char *path;
    const char *why;
};

struct text_env {
    struct arena *arena;
    struct text_file *files;
    struct text_face **faces; /* in the order of the scan */
    int n_faces;
    int faces_room;
    struct text_font_name *names; /* sorted by key, family first, face order */
    int n_names;
    int names_room;
    const char **roots; /* font folders that exist, in order */
    int n_roots;
    bool links; /* some file is reached by a link: look for doubles */
    struct text_font_trouble *troubles;
    struct text_font *fonts; /* resolved so far */
    struct text_face *none; /* stands for no font at all */
};

#define TEXT_CHAIN 250 /* faces that one font tries at most */

struct text_font {
    struct text_font *next;
    struct text_env *env;
    const char *families; /* as asked for */
    int weight;
    bool italic;
    const char *missing; /* first family of the list, if none is installed */
    size_t n_missing;
    struct text_face *chain[TEXT_CHAIN];
    int n; /* >= 1 */
    int n_asked; /* faces of the families asked for and their role */
    bool rest_done; /* the other faces of the machine are behind them */
    struct text_cpmap which; /* place in chain + 1, TEXT_NOWHERE, 0 */
};
#define TEXT_NOWHERE 0xffff

/* text_font_sfnt.c */

/* Calls NAME for every name by which the face can be asked for and fills
 * FACTS.  NULL when all is well, else what is wrong with the face; "" for a
 * face that is whole but of no use to us (no outlines). */
const char *text_sfnt_read(const unsigned char *data, size_t len, int index,
    struct arena *a, struct text_style_facts *facts,
    void (*name)(void *ctx, const char *utf8, bool exact), void *ctx);
int text_sfnt_count(const unsigned char *data, size_t len); /* 0: no font */

/* text_font_scan.c */
void text_font_scan(struct text_env *env);

/* Lower case, without spaces, hyphens and underscores. */
void text_font_fold(char *out, size_t room, const char *name, size_t n);

/* Best face of the family (or the one face of that full name), NULL: none. */
struct text_face *text_font_lookup(const struct text_env *env, const char *name,
    size_t n, int weight, bool italic);

/* text_font_face.c */
void text_face_open(struct text_face *f);
void text_face_close(struct text_face *f);
void text_file_close(struct text_file *f);
bool text_face_sequence(const struct text_face *f, unsigned cp, unsigned vs);
struct text_metrics text_face_metrics(const struct text_face *f, int size);

/* text_font_cover.c: how much of a set of characters a font has */
struct text_gap {
    unsigned first, last;
    int count; /* characters of the set between them */
    const char *block;
};

#define TEXT_GAPS 12 /* that are named; all are counted */
#define TEXT_FIRST 16 /* characters shown of what a face lacks itself */

struct text_cover {
    const char *id; /* "tongyong" */
    const char *title; /* "通用规范汉字表" */
    int total;
    int own; /* the first face has them */
    int all; /* it or another in the order of fallback */
    int n_gaps;
    struct text_gap gaps[TEXT_GAPS]; /* of all */
    unsigned first[TEXT_FIRST]; /* not in own */
    int n_first;
};

enum { TEXT_TONGYONG, TEXT_GB1, TEXT_GB2, TEXT_GB3, TEXT_SETS };

void text_font_cover(
    const struct text_font *f, struct text_cover cover[TEXT_SETS]);

/* text_font.c: the roles that `shenbao fonts` reports, NULL ends */
const char *const *text_font_roles(void);

#endif
