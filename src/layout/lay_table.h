/* Inside lay_table*.c, lay_cols.c, lay_row.c, lay_border.c and lay_list.c:
 * tables, and lists, which are tables of one row and two cells.
 *
 * The idea.  A table is read a *row group* at a time: the rows that row spans
 * tie together.  Reading places cells in a grid (struct tbl_grid, scratch
 * memory that is used again) and resolves collapsed borders, for which one
 * group is always read ahead.  Then the group becomes a struct tbl_group with
 * a tape a cell: one COMP item on the tape.  lay_row.c cuts groups,
 * lay_table_emit.c makes their areas. */
#ifndef LAYOUT_LAY_TABLE_H
#define LAYOUT_LAY_TABLE_H

#include "layout/lay.h"

#define TBL_COLUMNS_MAX 1000  /* columns; further ones are left out */
#define TBL_GROUP_MAX 20000   /* rows tied together by spans; longer spans are cut */

/* ---- columns ---------------------------------------------------------- */

struct tbl_column {
    const struct fo_node *node; /* NULL: no table-column was given */
    struct fo_len width;        /* is_auto: one unit */
    int w;                      /* [mpt] */
    int x;                      /* [mpt] from the table's content edge */
};

/* ---- borders ---------------------------------------------------------- */

/* Which of a cell's edges: between rows, at the top or foot of a page, or
 * where the cell itself is cut by the page's end. */
enum tbl_which { TBL_NORMAL, TBL_PAGE, TBL_CUT, TBL_WHICH };

/* One border that competes for a line of a collapsed grid.  A higher rank
 * wins when nothing else decides: cell, row, body, column, table. */
struct tbl_line {
    uint32_t color;
    int width;             /* [mpt], 0 when there is nothing to see */
    int precedence;        /* collapse-with-precedence */
    unsigned char style;   /* enum fo_border_style */
    signed char rank;
};
enum { TBL_RANK_TABLE, TBL_RANK_COLUMN, TBL_RANK_PART, TBL_RANK_ROW, TBL_RANK_CELL };

/* The borders of one grid unit in the collapsing model. */
struct tbl_edges {
    struct tbl_line before[TBL_WHICH], after[TBL_WHICH];
    struct tbl_line start, end;
};

/* ---- the grid as it is read ------------------------------------------- */

struct tbl_unit {
    int cell;       /* index + 1 in the grid's cells, 0: empty */
    int dx, dy;     /* place in the cell's span */
};

struct tbl_gcell {
    const struct fo_node *node;
    int row, col;   /* of its first unit; row in the group */
    int rows, cols; /* spans, cut to what there is */
};

struct tbl_grid {
    struct tbl_unit *units;   /* [rows x columns] */
    struct tbl_edges *edges;  /* likewise; NULL in the separate model */
    const struct fo_node **row_nodes; /* table-row, or NULL */
    struct tbl_gcell *cells;
    int rows, rows_cap;
    int n_cells, cells_cap;
    int columns;
    const struct fo_node *part;
    bool first_in_part, last_in_part;
};

/* Where reading stands in a table-header, -body or -footer. */
struct tbl_reader {
    const struct fo_node *part;
    const struct fo_node *next; /* row, or first cell of the next row */
    int rows_left;
    bool started;
};

/* ---- the table -------------------------------------------------------- */

struct tbl {
    struct lay_ctx c;            /* as at fo:table; c.tape is where groups go */
    const struct fo_node *node;
    const struct fo_style *style;
    struct arena *arena;         /* lives as long as the table's box */
    struct tbl_column *columns;
    int n_columns;
    bool explicit_columns;
    bool right_to_left;          /* column 1 is the rightmost */
    int ipd;                     /* [mpt] content */
    bool separate;               /* border model */
    bool by_precedence;          /* collapse-with-precedence */
    int sep_i, sep_b;            /* [mpt] half of border-separation */
    struct fo_keep together;     /* of the table and all around it */
    struct tbl_border *border;   /* lay_border.c; NULL in the separate model */
    struct tbl_grid grids[2], *next; /* next: the group read ahead, NULL: none */
    struct tbl_reader reader;
    int *pending;                /* [columns] cell + 1 that spans into the next row */
    int row_number;              /* of the next group, in the whole table */
    struct tbl_repeat *header, *footer; /* NULL: none */
    struct lay_table again;
    struct lay_space space_after;
    bool on_page;                /* while emitting: a row stands on this page already */
    int body_height;             /* [mpt] of groups written */
    struct tbl_written *written; /* the last; kept only when the table's end forbids breaks */
};

/* ---- what stands side by side ----------------------------------------- */

struct tbl_cell {
    const struct fo_node *node;
    int row, col, rows, cols;
    struct lay_tape *tape;
    int content;                 /* [mpt] height of all of it */
    int least;                   /* [mpt] explicit height that a first part must have */
    int filler;                  /* [mpt] what explicit height adds behind the content */
    int ipd;                     /* [mpt] content */
    int pad[2][4];               /* [mpt] padding: whole, and where the cell is cut */
    int border[4];               /* [mpt] as counted in layout; collapsed: start and end, the widest half */
    bool forces;                 /* a forced break inside */
    struct lay_tape *label;      /* sb:continue: what stands again on the next page, else NULL */
    int label_height;            /* [mpt] */
};

struct tbl_row {
    const struct fo_node *node;  /* table-row, or NULL */
    struct fo_keep together;     /* across a break inside */
    struct fo_keep with_next;    /* across a break behind it, inside the group */
    enum lay_force force_next;   /* likewise */
    int most;                    /* [mpt] explicit height at most, -1: any */
};

struct tbl_group {
    struct lay_comp comp;
    struct tbl *t;               /* NULL: a list item */
    int n_rows, n_columns, n_cells;
    struct tbl_row *rows;
    struct tbl_cell *cells;
    int *at;                     /* [rows x columns] cell + 1, 0: empty */
    struct tbl_edges *edges;     /* [rows x columns], NULL: separate or list */
    const struct fo_node *part;
    int first_row;               /* in the whole table */
    int guard_start, guard_end;  /* [mpt] no break inside so much of its start, end */
    bool forces;                 /* a forced break inside */
    bool first_in_part;
    bool last;                   /* nothing of the table stands behind it */
};

/* Where a group goes on. */
struct tbl_spot {                /* of one cell */
    struct lay_pos at;
    bool done;                   /* all its content is placed */
    bool label;                  /* its label stands again */
    int used;                    /* [mpt] content on earlier pages */
    int part;                    /* [mpt] on the page that ends here, with explicit height */
    int content;                 /* [mpt] of that, content */
};

struct lay_comp_pos {
    int row;                     /* first row of the next page */
    bool inside;                 /* this row began before: the cut lies in it */
    int placed;                  /* [mpt] on earlier pages */
    struct tbl_spot spots[];     /* [columns], by a cell's first column */
};

/* Rows of one group on one page. */
struct tbl_page {
    const struct lay_comp_pos *from, *to; /* NULL: start, end */
    bool page_first, page_last;  /* nothing of the body stands before, behind it */
    int first, last;             /* rows */
    int *y;                      /* [mpt] [last - first + 2] */
};

/* ---- lay_cols.c ------------------------------------------------------- */
void tbl_columns_read(struct tbl *t);    /* their number and widths as given */
void tbl_columns_size(struct tbl *t, struct lay_box *box); /* box->ipd and all widths */
void tbl_first_row_widths(struct tbl *t);
int tbl_columns_left(const struct tbl *t, int col, int n);
int tbl_columns_width(const struct tbl *t, int col, int n);

/* ---- lay_table_grid.c ------------------------------------------------- */
int tbl_columns_needed(struct tbl *t);   /* by the cells, without table-column */
void tbl_reader_begin(struct tbl_reader *r, const struct fo_node *part);
bool tbl_read_group(struct tbl *t, struct tbl_reader *r, struct tbl_grid *g); /* false: no more */
void tbl_grid_clear(struct tbl_grid *g);
bool tbl_is_part(const struct fo_node *n);
const struct fo_node *tbl_row_after(const struct fo_node *first, const struct fo_node **end);

/* ---- lay_border.c ----------------------------------------------------- */
/* All of these do nothing in the separate model.  Parts are handed over in
 * the order header, footer, bodies; groups as they are read. */
void tbl_border_begin(struct tbl *t);
void tbl_border_group(struct tbl *t, struct tbl_grid *g);
/* The last row handed over lies at ROW from now on. */
void tbl_border_moved(struct tbl *t, const struct fo_node *part, struct tbl_edges *row);
/* LAST is the last row of the last body, FOOT the first of the footer; NULL: none. */
void tbl_border_end(struct tbl *t, struct tbl_edges *last, struct tbl_edges *foot);

/* ---- lay_row.c -------------------------------------------------------- */
struct tbl_cell *tbl_cell_at(const struct tbl_group *g, int row, int col); /* NULL: empty */
int tbl_border_before(const struct tbl_group *g, const struct tbl_cell *c, int row, enum tbl_which w);
int tbl_border_after(const struct tbl_group *g, const struct tbl_cell *c, int row, enum tbl_which w);
void tbl_page_rows(struct lay *l, const struct tbl_group *g, struct tbl_page *p, struct arena *a);
const struct tbl_spot *tbl_spot_from(const struct lay_comp_pos *from, const struct tbl_cell *c);
const struct tbl_spot *tbl_spot_to(const struct lay_comp_pos *to, const struct tbl_cell *c);
enum tbl_which tbl_which_before(const struct tbl_page *p, const struct tbl_cell *c);
enum tbl_which tbl_which_after(const struct tbl_page *p, const struct tbl_cell *c);
int tbl_part_content(struct lay *l, const struct tbl_page *p, const struct tbl_cell *c, struct arena *a);
int tbl_part_height(struct lay *l, const struct tbl_page *p, const struct tbl_cell *c, struct arena *a);
void tbl_fit(struct lay *l, struct lay_comp *c, const struct lay_comp_pos *from,
             const struct lay_room *room, struct arena *a, struct lay_cut *out);

/* ---- lay_table_group.c ------------------------------------------------ */
struct fo_keep tbl_keep_max(struct fo_keep a, struct fo_keep b);
struct fo_keep tbl_keep_behind(struct tbl *t, const struct tbl_grid *g, int row);
struct fo_keep tbl_keep_before(struct tbl *t, const struct tbl_grid *g, int row);
/* OUTSIDE: the row is the last, first of its group. */
enum lay_force tbl_force_behind(struct tbl *t, const struct tbl_grid *g, int row, bool outside);
enum lay_force tbl_force_before(struct tbl *t, const struct tbl_grid *g, int row, bool outside);
struct tbl_group *tbl_group_new(struct tbl *t, const struct tbl_grid *grid); /* in t->c.arena */
void tbl_group_finish(struct lay_ctx *c, struct tbl_group *g); /* fills g->comp, when borders are settled */
/* Its content set anew with PAGE's number; lives as long as A.  Answers the
 * tapes that the cells had. */
struct lay_tape **tbl_group_for_page(struct tbl_group *g, const struct area_page *page, struct arena *a);
void tbl_cell_measure(struct lay *l, struct tbl_cell *c); /* content, forces */

/* ---- lay_table_emit.c ------------------------------------------------- */
void tbl_emit(struct lay_comp *c, const struct lay_comp_pos *from,
              const struct lay_comp_pos *to, struct lay_emit *e);
void tbl_emit_content(const struct tbl_page *p, const struct tbl_cell *c, struct lay_emit *e);

#endif
