/* Inside src/layout only: how content becomes pages.
 *
 * The idea.  Generators walk the FO tree and write a *tape*: a flat list of
 * items in the order of block progression.  A block is OPEN ... CLOSE, its
 * lines are BOXes, spaces are SPACEs still unresolved, and every place where
 * a page or column may end is a BREAK with the strength of the keeps across
 * it.  What stands side by side (the cells of rows linked by spans, label and
 * body of a list item) is one COMP item that holds a tape a cell.
 *
 * A tape is made before anyone knows where pages end.  *Cutting* walks it
 * from a position, adds up heights, resolves spaces as if the page ended at
 * each BREAK, and answers the best one that fits: the weakest keep, then the
 * latest.  *Emitting* walks the same stretch again and makes areas.  The two
 * walks share one resolver (lay_space.c), so they agree.  Boxes open at the
 * cut are closed on this page and opened again on the next, with what their
 * conditionality leaves of border and padding; a table's header and footer
 * are part of that cost.
 *
 * The main flow's tape is made on demand and forgotten page by page; tapes in
 * cells are made whole, a row group at a time. */
#ifndef LAYOUT_LAY_H
#define LAYOUT_LAY_H

#include "base/where.h"
#include "fo/fo.h"
#include "layout/area.h"
#include "layout/layout.h"
#include <stdbool.h>

struct arena;
struct lay_refs;

/* ---- the job ---------------------------------------------------------- */

struct lay {
    const struct layout_job *job;
    const struct fo_tree *tree;
    struct diags *diags;
    struct arena *arena;    /* lives as long as the job */
    struct lay_refs *refs;  /* ids and page numbers, lay_ref.c */
    struct area_sink *sink; /* NULL in a silent round */
    int round;              /* from 1 */
    struct lay_styles *styles; /* text styles by fo_style, lay_inline.c */
    struct lay_markers_state *markers; /* lay_marker.c */
    int depth;              /* of nested generators, against LAY_DEPTH_MAX */
};
#define LAY_DEPTH_MAX 256

/* Where a generator stands: the reference area its indents count from. */
struct lay_ctx {
    struct lay *lay;
    struct arena *arena;   /* for items made now */
    int ref_ipd;           /* [mpt] content ipd of the nearest reference area */
    int ref_bpd;           /* [mpt] its bpd, -1: not fixed (percentages of it are then auto) */
    int note_ipd;          /* [mpt] width of footnotes */
    int full_ipd, column_ipd; /* [mpt] of region-body: for span="all", and of a column */
    int outer_ipd;         /* [mpt] what percentages of the box around count from */
    int indent[2];         /* [mpt] start and end indent of the box around */
    int parent_ipd;        /* [mpt] content ipd of the parent area (percent base) */
    struct fo_keep together; /* strongest keep-together around */
    bool no_notes;         /* static content: footnotes are not allowed */
    const char *page_number;  /* static content: the page's number; NULL in flows */
    const struct area_page *page; /* static content: its page */
    int grid_pitch;        /* [mpt] line pitch of the grid, 0: none */
    int grid_advance;      /* [mpt] of one character, 0: columns are ignored */
    int grid_size;         /* [mpt] character height that the grid was made for */
    bool close_dates;      /* an official paper: the page has columns */
    struct lay_tape *tape; /* where items go */
    const struct lay_resume *resume; /* going on in another measure: where (lay_restart.c); NULL: from the start */
    bool skip;             /* the paragraph goes on in its middle */
};

/* ---- items ------------------------------------------------------------ */

struct lay_emit;
struct lay_tape;
struct lay_chunk;

/* A block-level box: block, table, list-block, list-item, cell, ... */
struct lay_box {
    struct lay_box *parent;  /* enclosing box on the same tape, NULL outermost */
    const struct fo_node *node;
    const struct fo_style *style;
    enum area_kind kind;     /* AREA_BLOCK or AREA_BLOCK_VIEWPORT */
    bool reference;          /* indents inside count from its own content edge */
    int start_indent, end_indent; /* [mpt] content edges, from the reference area's */
    int ipd;                 /* [mpt] content */
    int bpd;                 /* [mpt] content height wanted at least, 0: as content */
    struct area_edge border[4];
    int padding[4];          /* [mpt] */
    int x_shift;             /* [mpt] relative-position, tables' own offset */
    int y_shift;
    int before, after;       /* [mpt] border + padding, whole */
    int again_before;        /* [mpt] edge when the box goes on after a break */
    int again_after;         /* [mpt] edge at the break itself */
    int again_pad_before, again_pad_after; /* [mpt] the padding in these two */
    struct lay_table *table; /* kind table: header and footer repeat; else NULL */
    /* called when its area was made and when it is closed; NULL: nothing to add */
    void (*opened)(struct lay_box *b, struct area *a, struct lay_emit *e);
    void (*closed)(struct lay_box *b, struct area *a, struct lay_emit *e);
    void *data;
    bool started;            /* an area of it was emitted already (id, is_first) */
    struct lay_markers { struct lay_markers *next; const struct fo_node *marker; } *markers; /* attached to it */
    struct lay_chunk *chunk; /* lay_tape.c: the memory it lies in */
};

/* What a table repeats when it is cut.  The generator writes header and
 * footer onto the tape once, as content (header behind OPEN, footer before
 * CLOSE); these are for the pages in between. */
struct lay_table {
    int header_again; /* [mpt] height at the top of every further page, 0: none */
    int footer_again; /* [mpt] height at the foot of every page it goes on from */
    void (*emit_header)(struct lay_table *t, struct lay_emit *e); /* at e->y, moves it */
    void (*emit_footer)(struct lay_table *t, struct lay_emit *e);
    void *data;
};

enum lay_item_kind { LAY_OPEN, LAY_CLOSE, LAY_SPACE, LAY_BOX, LAY_BREAK, LAY_COMP, LAY_MARKER, LAY_SNAP };

enum lay_force { LAY_FORCE_NONE, LAY_FORCE_SPAN, LAY_FORCE_COLUMN, LAY_FORCE_PAGE, LAY_FORCE_EVEN, LAY_FORCE_ODD };

struct lay_space {
    int min, opt, max; /* [mpt] */
    int prec;          /* precedence; INT_MAX: force */
    bool retain;
    bool after;        /* a space-after: belongs to box that was just closed */
};

struct lay_note;
struct lay_notes;

/* Something that is never broken.  EMIT makes its areas at e->y of e->area
 * and need not move e->y (the caller adds height). */
struct lay_piece {
    int height;                       /* [mpt] */
    const struct fo_node *node;
    struct lay_note *notes;           /* footnotes anchored in it, in order */
    void (*emit)(const struct lay_piece *p, struct lay_emit *e);
    void *data;
};

struct lay_item {
    enum lay_item_kind kind;
    struct lay_box *in;  /* the box that is open around the item (OPEN: its parent; CLOSE: itself) */
    union {
        struct lay_box *box;     /* OPEN, CLOSE */
        struct lay_space space;  /* SPACE */
        struct lay_piece *piece; /* BOX */
        struct lay_comp *comp;   /* COMP */
        struct {
            int column, page;    /* keep strength across it, FO_KEEP_* */
            enum lay_force force;
        } brk;                   /* BREAK */
        const struct fo_node *marker; /* MARKER: fo:marker attached to box `in` */
        int pitch;               /* SNAP: [mpt] go down to the next line of the grid */
    } u;
};

/* ---- tapes ------------------------------------------------------------ */

struct lay_tape; /* lay_tape.c: items by growing index, made on demand or whole */

/* A tape's items and what hangs on them lie in its chunks: arenas that go
 * when the pages behind them are done and no box opened in them is open. */
struct lay_tape *lay_tape_new(struct arena *a);
void lay_tape_clear(struct lay_tape *t);             /* nothing of it is asked for again; else when its arena goes */
void lay_tape_stream(struct lay_tape *t);            /* from now on memory comes in chunks of its own */
struct arena *lay_tape_keep(struct lay_tape *t);     /* memory as long as the tape's */
struct arena *lay_tape_arena(struct lay_tape *t);    /* where what is generated now belongs */
void lay_tape_drop(struct lay_tape *t, int index);   /* what lies before INDEX is not asked for again */
/* Pushes a generator: FN writes some items and answers whether it has more;
 * it runs when items behind the end are asked for.  The last pushed runs
 * first.  FN may push others. */
void lay_tape_generate(struct lay_tape *t, bool (*fn)(void *data), void *data);
void lay_tape_finish(struct lay_tape *t);            /* runs all generators to their end */
struct lay_item *lay_tape_add(struct lay_tape *t, enum lay_item_kind kind); /* `in` is filled from the open box */
void lay_tape_open(struct lay_tape *t, struct lay_box *b);  /* adds OPEN, sets b->parent */
void lay_tape_close(struct lay_tape *t);                    /* adds CLOSE of the innermost box */
void lay_tape_space(struct lay_tape *t, const struct lay_space *s); /* adds SPACE unless it is nothing */
void lay_tape_break(struct lay_tape *t, int column, int page, enum lay_force force);
void lay_tape_piece(struct lay_tape *t, struct lay_piece *p);
/* A marker of the innermost box, or of whatever holds the tape: it goes on
 * with it, areas on further pages carry it too. */
void lay_tape_add_marker(struct lay_tape *t, const struct fo_node *marker);
struct lay_markers *lay_tape_markers(const struct lay_tape *t);
struct lay_box *lay_tape_box(const struct lay_tape *t);     /* innermost open box, NULL none */
/* Item I, made now if the tape has a generator; NULL behind the end. */
struct lay_item *lay_tape_at(struct lay_tape *t, int i);

/* A place between items.  sub != NULL: inside the COMP at index. */
struct lay_pos {
    int index;
    const struct lay_comp_pos *sub;
};

/* ---- cutting ---------------------------------------------------------- */

struct lay_room {
    int height;       /* [mpt] there is */
    bool page;        /* the break would end a page, not only a column */
    bool must;        /* something has to be placed even if it does not fit */
    bool at_top;      /* the stretch begins a page or column: conditional spaces vanish */
    bool first;       /* to a COMP's fit: the stretch begins with it */
    bool inside;      /* to a COMP's fit: a place inside it is wanted, it fits whole */
    bool earliest;    /* the first place that no "always" forbids is wanted, whatever its height */
    struct lay_note_room *note_room; /* NULL: footnotes are not looked at */
};

struct lay_cut {
    struct lay_pos end;   /* where the next stretch begins */
    int height;           /* [mpt] used, edges at the break included */
    int least, most;      /* [mpt] the same with all spaces at their minimum, maximum */
    int strength;         /* keep that the break violates, 0 none */
    enum lay_force force; /* a forced break ended it */
    bool done;            /* the tape's end was reached */
    bool nothing;         /* not even the first thing fits (only when !must) */
    bool overflow;        /* it does not fit, but something had to be placed */
};

/* The best stretch of T from FROM for ROOM.  The result's sub lives in A. */
void lay_cut_tape(struct lay *l, struct lay_tape *t, struct lay_pos from,
                  const struct lay_room *room, struct arena *a, struct lay_cut *out);

/* Height of all of T on one endless page [mpt]; conditional spaces at its
 * ends are kept when KEEP_ENDS, else they vanish. */
int lay_tape_height(struct lay *l, struct lay_tape *t, bool keep_ends);
int lay_tape_least(struct lay *l, struct lay_tape *t); /* with every space at its minimum */

/* ---- emitting --------------------------------------------------------- */

struct lay_emit {
    struct lay *lay;
    struct arena *arena;    /* the page's */
    struct area_page *page;
    struct area *area;      /* areas are added here */
    int y;                  /* [mpt] next free place in area's content */
    int left;               /* [mpt] area's content edge, counted from the reference area's */
    struct area *absolute;  /* absolute boxes are placed in this one */
    double shrink;          /* 0..1 of what spaces can give; below 0: of what they can take */
    bool repeated;          /* a repeated header or footer: no ids, no markers, an artifact */
    bool comp_first, comp_last; /* to a COMP's emit: the stretch begins with it, is cut behind it */
    struct lay_notes *notes; /* footnotes met are appended here; NULL: dropped */
};

void lay_emit_tape(struct lay_tape *t, struct lay_pos from, struct lay_pos to,
                   bool at_top, bool at_end, struct lay_emit *e);

/* A new area of KIND as last child of e->area; node and style may be NULL. */
struct area *lay_emit_area(struct lay_emit *e, enum area_kind kind, const struct fo_node *node);
/* What every area of an object needs: id target, role, background, marks it first. */
void lay_emit_object(struct lay_emit *e, struct area *a, const struct fo_node *node, bool first, bool last);

/* The background picture of an area whose size is known. */
void lay_emit_background(struct lay_emit *e, struct area *a, const struct fo_node *node);
/* Footnotes met on the way are handed to the page. */
void lay_emit_notes(struct lay_emit *e, struct lay_note *n);

/* ---- side by side ----------------------------------------------------- */

struct lay_comp_pos; /* its own kind of place, made by fit */

struct lay_comp_ops {
    /* The stretch of C from FROM (NULL: its start) that fits ROOM.  out->end.sub
     * is the place to go on, NULL when out->done. */
    void (*fit)(struct lay *l, struct lay_comp *c, const struct lay_comp_pos *from,
                const struct lay_room *room, struct arena *a, struct lay_cut *out);
    /* Makes areas from FROM to TO (NULLs: start, end) at e->y of e->area and
     * moves e->y behind them. */
    void (*emit)(struct lay_comp *c, const struct lay_comp_pos *from,
                 const struct lay_comp_pos *to, struct lay_emit *e);
};

struct lay_comp {
    const struct lay_comp_ops *ops;
    const struct fo_node *node;
    int height;            /* [mpt] from start to end, uncut */
    bool forces;           /* a forced break is inside: fit is asked even when all fits */
    struct lay_note *notes; /* all footnotes inside, in order */
    void *data;
};

/* ---- generators ------------------------------------------------------- */

/* Writes the block-level and inline children of NODE (FROM..) to c->tape,
 * with breaks between them; paragraphs are composed at IPD. */
void lay_gen_children(struct lay_ctx *c, const struct fo_node *node);
void lay_gen_node(struct lay_ctx *c, const struct fo_node *node); /* one block-level object */
void lay_gen_in_box(struct lay_ctx *c, const struct fo_node *node, struct lay_box *box); /* space, OPEN, children, CLOSE, space */
void lay_tape_anchor(struct lay_ctx *c, const struct fo_node *node); /* a place of no height that carries an id */
void lay_gen_table(struct lay_ctx *c, const struct fo_node *node);
void lay_gen_list(struct lay_ctx *c, const struct fo_node *node);
void lay_gen_container(struct lay_ctx *c, const struct fo_node *node);

/* Inline content FIRST..END (END excluded) of BLOCK, set in lines. */
struct lay_par;
struct lay_par *lay_par_new(struct lay_ctx *c, const struct fo_node *block,
                            const struct fo_node *first, const struct fo_node *end, int ipd);
bool lay_par_is_empty(const struct lay_par *p);
void lay_par_write(struct lay_ctx *c, struct lay_par *p); /* lines and breaks onto c->tape */

void lay_box_edges(struct lay_box *b); /* before, after, again_* from border, padding and style */

struct area_edge lay_edge_from_border(const struct fo_border *b); /* none and hidden give nothing */

/* The usual box of a block-level object: indents, edges, ipd. */
struct lay_box *lay_box_new(struct lay_ctx *c, const struct fo_node *node);
void lay_ctx_enter(struct lay_ctx *c, const struct lay_box *box); /* what C generates from now on stands in BOX */
struct lay_space lay_space_before(const struct lay_ctx *c, const struct fo_node *node);
struct lay_space lay_space_after(const struct lay_ctx *c, const struct fo_node *node);

/* Strengths across a break between A and B, siblings (either may be NULL):
 * keep-with-next of A's last descendants, keep-with-previous of B's first. */
struct fo_keep lay_keep_between(struct lay_ctx *c, const struct fo_node *a, const struct fo_node *b);
enum lay_force lay_force_before(const struct fo_node *n); /* its own or its first children's */
enum lay_force lay_force_after(const struct fo_node *n);
enum lay_force lay_force_from_value(enum fo_value v); /* of break-before, break-after */
enum lay_force lay_force_max(enum lay_force a, enum lay_force b);

/* A nested tape: made whole, for a cell or a container of content width IPD. */
struct lay_tape *lay_subtape(struct lay_ctx *c, const struct fo_node *node, int ipd, int bpd);

int lay_int_max(int a, int b);
int lay_int_min(int a, int b);

#endif
