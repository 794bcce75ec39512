/* Making the tree, inside src/fo only: events in, nodes out.
 *
 * A stack of frames follows the open elements.  Each frame knows the node
 * that children are added to, the style they inherit from and how far its
 * content model has been matched (fo_check.c).  An object that is not
 * supported but whose content is worth keeping opens a frame that adds to its
 * parent's node.
 *
 * Text is held back as runs until white space can be judged: that needs all
 * of the inline content between two block boundaries (fo_space.c). */
#ifndef FO_FO_BUILD_H
#define FO_FO_BUILD_H

#include "base/buf.h"
#include "fo/fo_prop.h"

/* ---- the tree with what only src/fo knows ----------------------------- */

struct fo_id { /* one bucket entry */
    const char *id;
    struct fo_node *node;
    struct fo_id *next;
};

struct fo_book {
    struct fo_tree t; /* first: a struct fo_tree * is one of these */
    struct fo_props *props;
    struct arena *arena;
    struct fo_id **ids;
    unsigned n_ids, n_buckets;
};

/* Nodes of a marker and below: its content takes its properties from where it
 * is retrieved, so the attributes are kept. */
struct fo_raw {
    struct fo_node n; /* first */
    struct xml_attr *attrs;
    int n_attrs;
};

/* ---- white space ------------------------------------------------------ */

struct fo_run {
    struct fo_node *node; /* FO_TEXT; NULL: an object, not white space */
    size_t from, len;     /* [B] in the raw text */
    size_t out;           /* [B] where it begins in the refined text */
};

struct fo_text_run_list {
    struct fo_run *runs;
    int n, cap;
    struct buf raw;
};

void fo_runs_clear(struct fo_text_run_list *l);
void fo_runs_add(struct fo_text_run_list *l, struct fo_node *node, const char *s, size_t n);
void fo_runs_object(struct fo_text_run_list *l);
/* Refines all runs as one stretch between two block boundaries of a block
 * with style S (NULL: as they are), gives the nodes from FIRST on their text
 * and unlinks those left without any.  The runs from FIRST on are forgotten. */
void fo_runs_finish(struct fo_text_run_list *l, int first, const struct fo_style *s,
                    struct arena *a, struct buf *scratch);

/* ---- content models --------------------------------------------------- */

#define FO_PARTICLES 8

struct fo_model {
    int n;
    struct fo_particle {
        uint64_t set[2]; /* bits of enum fo_kind; FO_TEXT: characters; FO_KINDS: foreign */
        char many;       /* ? * + or 0 */
    } p[FO_PARTICLES];
};

struct fo_frame;

void fo_models_compile(const struct fo_props *props, struct fo_model models[FO_KINDS]);
bool fo_model_takes(const struct fo_model *m, int kind); /* anywhere in it */

enum fo_fit { FO_FIT, FO_FIT_LATE, FO_FIT_NOT };
/* Moves AT, the place in the model, over a child of KIND; SEEN has a bit for
 * each particle met. */
enum fo_fit fo_model_step(const struct fo_model *m, int kind, int *at, unsigned *seen);
/* A particle that must be there and was not met, as text for a diagnostic. */
const char *fo_model_missing(enum fo_kind kind, const struct fo_model *m, unsigned seen, struct arena *a);

struct fo_builder;
void fo_check_object(struct fo_builder *b, const struct fo_node *n);
void fo_check_references(struct fo_builder *b);
const char *fo_print_name(enum fo_kind kind, char out[64]); /* "fo:block" */

/* ---- objects that are never formatted --------------------------------- */

enum fo_policy {
    FO_KEEP,  /* a node like others */
    FO_CLEAR, /* its children stand in its parent's place */
    FO_FIRST, /* likewise, but only the first of several */
    FO_DROP,  /* left out with its content */
};
/* What is done with KIND; *SAY is the end of its diagnostic, NULL: nothing
 * to say (it was said of the parent). */
enum fo_policy fo_policy_of(enum fo_kind kind, const char **say);

/* ---- building --------------------------------------------------------- */

struct fo_table_columns { /* of one open table, for from-table-column() */
    struct fo_table_columns *outer;
    const struct fo_full **column; /* [n], by number - 1 */
    int *busy;                     /* [cap] rows that a cell above still covers */
    int n, cap;
    int next;                      /* column of the next cell or column, from 0 */
    const struct fo_full *current; /* of the cell that is open */
};

struct fo_frame {
    enum fo_kind kind;
    struct fo_node *node;         /* children are added here */
    const struct fo_full *style;  /* children inherit from it */
    int model;                    /* index of the frame whose content model counts */
    int at;
    unsigned seen;
    bool text_said;               /* text was refused here already */
    bool clear;                   /* opened by an object of policy CLEAR, FIRST */
    bool own_runs;                /* runs from first_run on are its own */
    int first_run;
    const struct fo_node *block;  /* whose white-space properties count, NULL */
    bool table;                   /* opened a struct fo_table_columns */
    const struct fo_full *cell_column; /* to be restored: of the cell around */
    int column_next;              /* of the table, behind this cell */
    int line, col;
};

struct fo_ref { /* a node that names an id or a master */
    struct fo_ref *next;
    const struct fo_node *node;
};

struct fo_builder {
    struct arena *arena;
    struct diags *diags;
    struct fo_book *book;
    struct fo_props *props;
    struct fo_frame frames[XML_DEPTH_MAX + 2];
    int depth;         /* frames in use */
    int skip;          /* elements open inside one that is left out */
    int in_marker;     /* frames of fo:marker open */
    int in_flow;
    struct fo_table_columns *columns;
    struct fo_text_run_list runs;
    struct buf scratch;
    struct fo_ref *refs, *last_ref;
    struct fo_foreign *foreign[XML_DEPTH_MAX + 2]; /* open ones, of a drawing */
    int foreign_depth;
    struct buf foreign_text;
    int meta_depth;           /* foreign elements open in declarations */
    const char **meta_to;     /* what the text now read fills, NULL */
    int meta_at;              /* meta_depth where meta_to was set */
    bool ended;
    struct fo_model models[FO_KINDS];
};

struct fo_builder *fo_build_new(struct arena *a, struct diags *d, const char *name);
int fo_build_start(void *builder, const struct xml_element *e);
int fo_build_text(void *builder, const char *s, int n, int line, int col);
int fo_build_end(void *builder);
/* The finished tree, or NULL with a diagnostic. */
struct fo_tree *fo_build_finish(struct fo_builder *b);
void fo_build_add(struct fo_node *parent, struct fo_node *n);
struct where fo_build_where(const struct fo_builder *b, int line, int col);

#endif
