#include "fo/fo_build.h"
#include "base/arena.h"
#include "base/diag.h"
#include <stdio.h>
#include <string.h>

/* ---- small things ----------------------------------------------------- */

struct where
fo_build_where(const struct fo_builder *b, int line, int col)
{
    return (struct where){b->book->t.file, line, col};
}

void
fo_build_add(struct fo_node *parent, struct fo_node *n)
{
    n->parent = parent;
    n->prev = parent->last;
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
}

static struct fo_frame *
top(struct fo_builder *b)
{
    return b->depth ? &b->frames[b->depth - 1] : NULL;
}

static bool
same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static bool
is_blank(const char *s, int n)
{
    while (n > 0 && (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r')) {
        s++;
        n--;
    }
    return n == 0;
}

/* ---- stretches of text ------------------------------------------------ */

/* Where an object stands in the text around it. */
enum flow {
    FLOW_BOUNDARY, /* block-level: white space at it vanishes */
    FLOW_ATOM, /* counts as a character */
    FLOW_THROUGH, /* its content goes on with the text around */
    FLOW_APART /* its content has nothing to do with the text around */
};

static enum flow
flow_of(enum fo_kind kind)
{
    switch (kind) {
    case FO_INLINE:
    case FO_BASIC_LINK:
    case FO_BIDI_OVERRIDE:
    case FO_WRAPPER:
    case FO_MULTI_TOGGLE:
    case FO_MULTI_SWITCH:
    case FO_MULTI_CASE:
    case FO_MULTI_PROPERTIES:
    case FO_FOOTNOTE:
        return FLOW_THROUGH;
    case FO_CHARACTER:
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
    case FO_PAGE_NUMBER:
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
    case FO_RETRIEVE_MARKER:
        return FLOW_ATOM;
    case FO_MARKER:
    case FO_FOOTNOTE_BODY:
    case FO_LEADER:
        return FLOW_APART;
    default:
        return FLOW_BOUNDARY;
    }
}

/* Ends the stretch of text that the innermost frame is in. */
static void
end_stretch(struct fo_builder *b)
{
    struct fo_frame *f = top(b);
    const struct fo_style *s;

    if (!f)
        return;
    s = f->block ? f->block->style : f->node->style;
    fo_runs_finish(
        &b->runs, f->first_run, b->in_marker ? NULL : s, b->arena, &b->scratch);
}

static bool
is_text_block(enum fo_kind kind)
{
    return kind == FO_BLOCK || kind == FO_TITLE || kind == FO_BOOKMARK_TITLE;
}

/* Takes note of a start tag: ends, interrupts or goes on with the stretch. */
static void
enter_text(struct fo_builder *b, struct fo_frame *f, const struct fo_frame *up)
{
    enum flow flow = flow_of(f->kind);

    f->first_run = up ? up->first_run : 0;
    f->block = up ? up->block : NULL;
    if (is_text_block(f->kind))
        f->block = f->node;
    else if (flow == FLOW_BOUNDARY)
        f->block = NULL;
    if (flow == FLOW_BOUNDARY || (b->in_marker && flow != FLOW_APART)) {
        end_stretch(b);
        return;
    }
    if (flow == FLOW_ATOM || f->kind == FO_LEADER)
        fo_runs_object(&b->runs);
    if (flow == FLOW_APART) {
        f->own_runs = true;
        f->first_run = b->runs.n;
    }
}

static void
leave_text(struct fo_builder *b, const struct fo_frame *f)
{
    if (flow_of(f->kind) == FLOW_BOUNDARY || f->own_runs || b->in_marker)
        end_stretch(b);
}

/* ---- columns, for from-table-column() --------------------------------- */

static void
widen(struct fo_builder *b, struct fo_table_columns *t, int cap)
{
    const struct fo_full **column;
    int *busy;

    if (cap <= t->cap)
        return;
    if (cap < 2 * t->cap)
        cap = 2 * t->cap;
    column = arena_array(b->arena, (size_t)cap, sizeof *column);
    busy = arena_array(b->arena, (size_t)cap, sizeof *busy);
    if (t->cap) {
        memcpy(column, t->column, (size_t)t->cap * sizeof *column);
        memcpy(busy, t->busy, (size_t)t->cap * sizeof *busy);
    }
    t->column = column;
    t->busy = busy;
    t->cap = cap;
}

#define COLUMNS_MAX 1000 /* beyond it from-table-column() finds nothing */

/* The column that follows an object which begins in column AT. */
static int
behind_span(const struct fo_style *s, int at)
{
    if (s->columns_spanned < 1)
        return at + 1;
    return s->columns_spanned < COLUMNS_MAX - at ? at + s->columns_spanned
                                                 : COLUMNS_MAX;
}

static void
add_column(struct fo_builder *b, const struct fo_full *style)
{
    struct fo_table_columns *t = b->columns;
    int from, times = style->s.columns_repeated;

    if (!t)
        return;
    from = style->s.column_number > 0 ? style->s.column_number - 1 : t->next;
    for (int i = from; i < from + times && i < COLUMNS_MAX; i++) {
        widen(b, t, i + 1);
        t->column[i] = style;
        t->next = behind_span(&style->s, i);
        if (t->n < i + 1)
            t->n = i + 1;
    }
}

static void
begin_row(struct fo_builder *b)
{
    struct fo_table_columns *t = b->columns;

    if (!t)
        return;
    t->next = 0;
    for (int i = 0; i < t->cap; i++)
        if (t->busy[i] > 0)
            t->busy[i]--;
}

/* The column that a cell with these attributes begins in. */
static const struct fo_full *
column_of_cell(struct fo_table_columns *t, const struct xml_element *e)
{
    if (!t)
        return NULL;
    while (t->next < t->cap && t->busy[t->next] > 0)
        t->next++;
    for (int i = 0; i < e->n; i++) {
        int v = 0, n = e->attrs[i].len;

        if (e->attrs[i].ns || !same(e->attrs[i].name, "column-number"))
            continue;
        for (int k = 0; k < n && k < 6; k++)
            if (e->attrs[i].value[k] >= '0' && e->attrs[i].value[k] <= '9')
                v = v * 10 + e->attrs[i].value[k] - '0';
        if (v > 0 && v <= COLUMNS_MAX)
            t->next = v - 1;
    }
    return t->next < t->n ? t->column[t->next] : NULL;
}

static void
add_cell(struct fo_builder *b, const struct fo_style *s)
{
    struct fo_table_columns *t = b->columns;
    int end;

    if (!t || t->next >= COLUMNS_MAX)
        return;
    end = behind_span(s, t->next);
    widen(b, t, end);
    for (int i = t->next; i < end; i++)
        t->busy[i] = s->rows_spanned;
    t->next = end;
}

/* ---- ids, references -------------------------------------------------- */

static unsigned
hash(const char *s)
{
    unsigned h = 2166136261u;

    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return h ^ h >> 15;
}

static void
grow_ids(struct fo_book *k)
{
    unsigned n = k->n_buckets ? 2 * k->n_buckets : 64;
    struct fo_id **to = arena_array(k->arena, n, sizeof *to);

    for (unsigned i = 0; i < k->n_buckets; i++) {
        struct fo_id *id = k->ids[i], *next;

        for (; id; id = next) {
            next = id->next;
            id->next = to[hash(id->id) & (n - 1)];
            to[hash(id->id) & (n - 1)] = id;
        }
    }
    k->ids = to;
    k->n_buckets = n;
}

static void
add_id(struct fo_builder *b, struct fo_node *n)
{
    struct fo_book *k = b->book;
    const char *name = n->style->id;
    struct fo_id *id;

    if (!name || b->in_marker)
        return;
    if (fo_lookup_id(&k->t, name)) {
        struct where w = fo_build_where(b, n->line, n->col);

        diag_add(b->diags, DIAG_FO_DUPLICATE_ID, &w, name);
        return;
    }
    if (k->n_ids >= k->n_buckets)
        grow_ids(k);
    k->n_ids++;
    id = ARENA_NEW(k->arena, struct fo_id);
    id->id = name;
    id->node = n;
    id->next = k->ids[hash(name) & (k->n_buckets - 1)];
    k->ids[hash(name) & (k->n_buckets - 1)] = id;
}

struct fo_node *
fo_lookup_id(const struct fo_tree *t, const char *id)
{
    const struct fo_book *k = (const struct fo_book *)t;
    const struct fo_id *i;

    if (!k->n_buckets || !id)
        return NULL;
    i = k->ids[hash(id) & (k->n_buckets - 1)];
    while (i && strcmp(i->id, id) != 0)
        i = i->next;
    return i ? i->node : NULL;
}

static void
add_reference(struct fo_builder *b, const struct fo_node *n)
{
    struct fo_ref *r;

    if (!n->style->ref_id && !n->style->internal_destination)
        return;
    r = ARENA_NEW(b->arena, struct fo_ref);
    r->node = n;
    if (b->last_ref)
        b->last_ref->next = r;
    else
        b->refs = r;
    b->last_ref = r;
}

/* ---- a node ----------------------------------------------------------- */

static struct xml_attr *
copy_attrs(struct arena *a, const struct xml_attr *from, int n)
{
    struct xml_attr *to = arena_array(a, (size_t)n, sizeof *to);

    for (int i = 0; i < n; i++) {
        to[i].name = arena_strdup(a, from[i].name);
        to[i].ns = from[i].ns ? arena_strdup(a, from[i].ns) : NULL;
        to[i].value = arena_strndup(a, from[i].value, (size_t)from[i].len);
        to[i].len = from[i].len;
    }
    return to;
}

static struct fo_node *
new_node(struct fo_builder *b, enum fo_kind kind, const struct xml_element *e)
{
    struct fo_raw *raw;
    struct fo_node *n;

    if (!b->in_marker && kind != FO_MARKER) {
        n = ARENA_NEW(b->arena, struct fo_node);
    } else {
        raw = ARENA_NEW(b->arena, struct fo_raw);
        raw->attrs = copy_attrs(b->arena, e->attrs, e->n);
        raw->n_attrs = e->n;
        n = &raw->n;
    }
    n->kind = kind;
    n->line = e->line;
    n->col = e->col;
    return n;
}

/* Regions have a name even when none is given. */
static const char *
default_region_name(enum fo_kind kind)
{
    switch (kind) {
    case FO_REGION_BODY:
        return "xsl-region-body";
    case FO_REGION_BEFORE:
        return "xsl-region-before";
    case FO_REGION_AFTER:
        return "xsl-region-after";
    case FO_REGION_START:
        return "xsl-region-start";
    case FO_REGION_END:
        return "xsl-region-end";
    default:
        return NULL;
    }
}

static const struct fo_full *
style_of(struct fo_builder *b, enum fo_kind kind, const struct xml_element *e,
    const struct fo_full *column)
{
    struct where w = fo_build_where(b, e->line, e->col);
    const struct fo_frame *up = top(b);
    const char *name = default_region_name(kind);
    struct xml_attr attrs[XML_ATTRIBUTES_MAX + 1];

    if (!name)
        return fo_props_style(
            b->props, up ? up->style : NULL, kind, e->attrs, e->n, &w, column);
    attrs[0] = (struct xml_attr){NULL, "region-name", name, (int)strlen(name)};
    if (e->n)
        memcpy(attrs + 1, e->attrs, (size_t)e->n * sizeof *attrs);
    return fo_props_style(b->props, up ? up->style : NULL, kind, attrs,
        e->n < XML_ATTRIBUTES_MAX ? e->n + 1 : e->n, &w, column);
}

static void
count(struct fo_builder *b, const struct fo_node *n)
{
    switch (n->kind) {
    case FO_PAGE_NUMBER:
        b->book->t.citations += b->in_flow > 0;
        return;
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
        b->book->t.citations++;
        return;
    case FO_RETRIEVE_MARKER:
        b->book->t.retrieves++;
        return;
    default:
        return;
    }
}

/* Opens the frame of an object, as a node or, CLEAR, without one. */
static void
open_frame(struct fo_builder *b, enum fo_kind kind, const struct xml_element *e,
    bool clear)
{
    struct fo_frame *up = top(b), *f = &b->frames[b->depth];
    const struct fo_full *column = b->columns ? b->columns->current : NULL;
    const struct fo_full *style;

    if (kind == FO_TABLE_ROW)
        begin_row(b);
    if (kind == FO_TABLE_CELL) {
        if (up && up->kind != FO_TABLE_ROW && b->columns &&
            (!up->node->last || up->node->last->kind != FO_TABLE_CELL ||
                up->node->last->style->ends_row))
            begin_row(b);
        column = column_of_cell(b->columns, e);
    }
    style = style_of(b, kind, e, column);
    *f = (struct fo_frame){.kind = kind,
        .style = style,
        .model = b->depth,
        .line = e->line,
        .col = e->col,
        .clear = clear};
    if (clear) {
        f->node = up->node;
        f->model = up->model;
    } else {
        f->node = new_node(b, kind, e);
        f->node->style = &style->s;
    }
    enter_text(b, f, up);
    b->depth++;
    if (!clear && up)
        fo_build_add(up->node, f->node);
    if (!clear) {
        add_id(b, f->node);
        add_reference(b, f->node);
        count(b, f->node);
        fo_check_object(b, f->node);
    }
    b->in_marker += kind == FO_MARKER;
    b->in_flow += kind == FO_FLOW;
    if (kind == FO_TABLE) {
        struct fo_table_columns *t = ARENA_NEW(
            b->arena, struct fo_table_columns);

        t->outer = b->columns;
        b->columns = t;
        f->table = true;
    } else if (kind == FO_TABLE_COLUMN) {
        add_column(b, style);
    } else if (kind == FO_TABLE_CELL && b->columns) {
        f->cell_column = b->columns->current;
        b->columns->current = column;
        add_cell(b, &style->s);
    }
}

static void
check_missing(struct fo_builder *b, const struct fo_frame *f)
{
    const struct fo_model *m = &b->models[f->kind];
    const char *what = fo_model_missing(f->kind, m, f->seen, b->arena);
    struct where w = fo_build_where(b, f->line, f->col);
    char name[64];

    if (what && f->model == b->depth - 1)
        diag_add(b->diags, DIAG_FO_MISSING_CHILD, &w,
            fo_print_name(f->kind, name), what, "taken as it stands");
}

static void
close_frame(struct fo_builder *b)
{
    struct fo_frame *f = top(b);

    leave_text(b, f);
    check_missing(b, f);
    b->in_marker -= f->kind == FO_MARKER;
    b->in_flow -= f->kind == FO_FLOW;
    if (f->table)
        b->columns = b->columns->outer;
    else if (f->kind == FO_TABLE_CELL && b->columns)
        b->columns->current = f->cell_column;
    if (f->node->kind == FO_BLOCK && f->kind == FO_BLOCK)
        f->block = NULL;
    b->depth--;
    if (b->depth == 0)
        b->ended = true;
}

/* ---- drawings and metadata -------------------------------------------- */

static void
open_foreign(struct fo_builder *b, const struct xml_element *e)
{
    struct fo_foreign *f = ARENA_NEW(b->arena, struct fo_foreign), *up;
    struct fo_attr **tail = &f->attrs;

    f->name = arena_strdup(b->arena, e->name);
    f->ns = e->ns ? arena_strdup(b->arena, e->ns) : NULL;
    f->line = e->line;
    f->col = e->col;
    for (int i = 0; i < e->n; i++) {
        struct fo_attr *a = ARENA_NEW(b->arena, struct fo_attr);

        a->name = arena_strdup(b->arena, e->attrs[i].name);
        a->value = arena_strndup(
            b->arena, e->attrs[i].value, (size_t)e->attrs[i].len);
        *tail = a;
        tail = &a->next;
    }
    if (b->foreign_depth == 0) {
        struct fo_node *n = top(b)->node;

        if (!n->foreign)
            n->foreign = f;
    } else {
        up = b->foreign[b->foreign_depth - 1];
        if (up->last)
            up->last->next = f;
        else
            up->first = f;
        up->last = f;
    }
    b->foreign[b->foreign_depth++] = f;
    buf_reset(&b->foreign_text);
}

static void
close_foreign(struct fo_builder *b)
{
    struct fo_foreign *f = b->foreign[--b->foreign_depth];

    if (!f->text && b->foreign_text.len &&
        !is_blank(b->foreign_text.data, (int)b->foreign_text.len))
        f->text = arena_strndup(
            b->arena, b->foreign_text.data, b->foreign_text.len);
    buf_reset(&b->foreign_text);
}

#define NS_DC "http://purl.org/dc/elements/1.1/"
#define NS_PDF "http://ns.adobe.com/pdf/1.3/"

/* The member of the tree that a name of XMP fills, NULL: none. */
static const char **
meta_member(struct fo_tree *t, const char *ns, const char *name)
{
    if (same(ns, NS_DC) && same(name, "title"))
        return &t->title;
    if (same(ns, NS_DC) && same(name, "creator"))
        return &t->author;
    if (same(ns, NS_DC) && same(name, "description"))
        return &t->subject;
    if (same(ns, NS_DC) && same(name, "subject"))
        return &t->keywords;
    if (same(ns, NS_PDF) && same(name, "Keywords"))
        return &t->keywords;
    return NULL;
}

static void
open_meta(struct fo_builder *b, const struct xml_element *e)
{
    const char **to = meta_member(&b->book->t, e->ns, e->name);

    b->meta_depth++;
    if (to && !b->meta_to) {
        b->meta_to = to;
        b->meta_at = b->meta_depth;
        buf_reset(&b->foreign_text);
    }
    for (int i = 0; i < e->n; i++) {
        const struct xml_attr *a = &e->attrs[i];

        to = meta_member(&b->book->t, a->ns, a->name);
        if (to && !*to)
            *to = arena_strndup(b->arena, a->value, (size_t)a->len);
    }
}

/* Several values of one name (rdf:li) are joined by commas. */
static void
close_meta(struct fo_builder *b)
{
    struct buf *t = &b->foreign_text;

    if (b->meta_to && b->meta_depth > b->meta_at && t->len &&
        t->data[t->len - 1] != '\n') {
        buf_add_char(t, '\n');
    } else if (b->meta_to && b->meta_depth == b->meta_at) {
        struct buf out;

        buf_init(&out);
        for (size_t i = 0; i < t->len; i++) {
            if (t->data[i] == '\n' && i + 1 < t->len)
                buf_add_str(&out, ", ");
            else if (t->data[i] != '\n')
                buf_add_char(&out, t->data[i]);
        }
        if (out.len && !*b->meta_to)
            *b->meta_to = arena_strndup(b->arena, out.data, out.len);
        buf_clear(&out);
        b->meta_to = NULL;
        buf_reset(t);
    }
    b->meta_depth--;
}

static void
meta_text(struct fo_builder *b, const char *s, int n)
{
    if (!b->meta_to)
        return;
    while (n > 0 && is_blank(s, 1)) {
        s++;
        n--;
    }
    while (n > 0 && is_blank(s + n - 1, 1))
        n--;
    buf_add(&b->foreign_text, s, (size_t)n);
}

/* ---- start tags ------------------------------------------------------- */

static int
refuse(struct fo_builder *b, enum diag_code code, const struct xml_element *e,
    const char *where_to)
{
    struct where w = fo_build_where(b, e->line, e->col);
    char name[128];

    if (e->ns && strcmp(e->ns, FO_NS) == 0)
        snprintf(name, sizeof name, "fo:%s", e->name);
    else
        snprintf(name, sizeof name, "%s%s%s", e->prefix ? e->prefix : "",
            e->prefix ? ":" : "", e->name);
    diag_add(b->diags, code, &w, name, where_to);
    b->skip = 1;
    return 1;
}

static int
start_root(struct fo_builder *b, const struct xml_element *e)
{
    if (e->ns && strcmp(e->ns, FO_NS) == 0 && strcmp(e->name, "root") == 0) {
        open_frame(b, FO_ROOT, e, false);
        b->book->t.root = b->frames[0].node;
        return 1;
    }
    refuse(b, DIAG_FO_NOT_ROOT, e, NULL);
    return 0;
}

/* Whether the place takes KIND; says so if it does not or is too late. */
static bool
fits(struct fo_builder *b, int kind, const struct xml_element *e)
{
    struct fo_frame *f = &b->frames[top(b)->model];
    struct where w = fo_build_where(b, e->line, e->col);
    char name[64], in[64];
    enum fo_fit fit;

    /* a retrieved copy lives as long as its page, so it can mark nothing; and
     * it stands in no flow that could retrieve (XSL 1.1 6.13.6) */
    if ((kind == FO_MARKER || kind == FO_RETRIEVE_MARKER) && b->in_marker) {
        refuse(b, DIAG_FO_BAD_CONTENT, e, fo_print_name(FO_MARKER, in));
        return false;
    }
    /* a wrapper takes what the place around it takes */
    if (f->kind == FO_WRAPPER && kind != FO_MARKER) {
        const struct fo_frame *outer = f;

        while (outer->kind == FO_WRAPPER && outer > b->frames)
            outer = &b->frames[(outer - 1)->model];
        if (!fo_model_takes(&b->models[outer->kind], kind)) {
            refuse(b, DIAG_FO_BAD_CONTENT, e, fo_print_name(outer->kind, in));
            return false;
        }
    }
    fit = fo_model_step(&b->models[f->kind], kind, &f->at, &f->seen);
    if (fit == FO_FIT_NOT) {
        refuse(b, DIAG_FO_BAD_CONTENT, e, fo_print_name(f->kind, in));
        return false;
    }
    if (fit == FO_FIT_LATE)
        diag_add(b->diags, DIAG_FO_ORDER, &w,
            fo_print_name((enum fo_kind)kind, name),
            fo_print_name(f->kind, in));
    return true;
}

static int
start_foreign(struct fo_builder *b, const struct xml_element *e)
{
    enum fo_kind kind = top(b)->kind;

    if (kind == FO_INSTREAM_FOREIGN_OBJECT) {
        top(b)->seen = 1;
        open_foreign(b, e);
        return 1;
    }
    if (kind == FO_DECLARATIONS) {
        open_meta(b, e);
        return 1;
    }
    return refuse(b, DIAG_FO_FOREIGN_OBJECT, e, NULL);
}

/* An object that we do not format, by its policy. */
static int
start_never(struct fo_builder *b, enum fo_kind kind,
    const struct xml_element *e, enum fo_policy policy, const char *say)
{
    struct where w = fo_build_where(b, e->line, e->col);
    struct fo_frame *up = top(b);
    char name[64];

    if (say)
        diag_add(b->diags, DIAG_FO_UNSUPPORTED_OBJECT, &w,
            fo_print_name(kind, name), say);
    if (kind == FO_MULTI_CASE && up->kind == FO_MULTI_SWITCH &&
        up->column_next++ > 0)
        policy = FO_DROP;
    if (policy == FO_DROP) {
        b->skip = 1;
        return 1;
    }
    open_frame(b, kind, e, true);
    return 1;
}

/* Objects that may stand anywhere in a flow. */
static bool
is_point(enum fo_kind kind)
{
    return kind == FO_CHANGE_BAR_BEGIN || kind == FO_CHANGE_BAR_END ||
        kind == FO_INDEX_RANGE_BEGIN || kind == FO_INDEX_RANGE_END;
}

int
fo_build_start(void *builder, const struct xml_element *e)
{
    struct fo_builder *b = builder;
    const char *say;
    enum fo_kind kind;
    enum fo_policy policy;

    if (b->skip) {
        b->skip++;
        return 1;
    }
    if (b->depth == 0)
        return start_root(b, e);
    if (b->foreign_depth) {
        open_foreign(b, e);
        return 1;
    }
    if (b->meta_depth) {
        open_meta(b, e);
        return 1;
    }
    if (!e->ns || strcmp(e->ns, FO_NS) != 0)
        return start_foreign(b, e);
    kind = fo_props_kind(b->props, e->name);
    if (kind == FO_KINDS)
        return refuse(b, DIAG_FO_UNKNOWN_OBJECT, e, NULL);

    /* Inside an unsupported object its own parts are met as they come. */
    policy = fo_policy_of(kind, &say);
    if (is_point(kind))
        return start_never(b, kind, e, policy, say);
    if (top(b)->clear && fo_model_takes(&b->models[top(b)->kind], kind) &&
        (policy != FO_KEEP || kind == FO_TABLE)) {
        if (policy != FO_KEEP)
            return start_never(b, kind, e, policy, say);
    } else if (!fits(b, kind, e)) {
        return 1;
    }
    if (policy != FO_KEEP)
        return start_never(b, kind, e, policy, say);
    open_frame(b, kind, e, false);
    return 1;
}

/* ---- text, end tags --------------------------------------------------- */

/* Whether characters may stand in the innermost frame. */
static bool
takes_text(struct fo_builder *b)
{
    const struct fo_frame *f = &b->frames[top(b)->model];

    while (f->kind == FO_WRAPPER && f > b->frames)
        f = &b->frames[(f - 1)->model];
    return fo_model_takes(&b->models[f->kind], FO_TEXT);
}

/* Where the first character that is not white space stands. */
static void
place_text(struct fo_node *t, const char *s, int n, int line, int col)
{
    for (; n > 0 && is_blank(s, 1); s++, n--) {
        col++;
        if (*s == '\n') {
            line++;
            col = 1;
        }
    }
    t->line = line;
    t->col = col;
}

int
fo_build_text(void *builder, const char *s, int n, int line, int col)
{
    struct fo_builder *b = builder;
    struct fo_frame *f = top(b);
    struct fo_node *t;

    if (b->skip || !f)
        return 1;
    if (b->foreign_depth) {
        buf_add(&b->foreign_text, s, (size_t)n);
        return 1;
    }
    if (b->meta_depth) {
        meta_text(b, s, n);
        return 1;
    }
    if (!takes_text(b)) {
        if (!is_blank(s, n) && !f->text_said) {
            struct fo_node at;
            struct where w;
            char name[64];

            place_text(&at, s, n, line, col);
            w = fo_build_where(b, at.line, at.col);
            diag_add(b->diags, DIAG_FO_TEXT_IGNORED, &w,
                fo_print_name(f->kind, name));
            f->text_said = true;
        }
        return 1;
    }
    if (!is_blank(s, n))
        fo_model_step(&b->models[b->frames[f->model].kind], FO_TEXT,
            &b->frames[f->model].at, &b->frames[f->model].seen);
    t = f->node->last;
    if (!t || t->kind != FO_TEXT || b->runs.n <= f->first_run ||
        b->runs.runs[b->runs.n - 1].node != t) {
        t = ARENA_NEW(b->arena, struct fo_node);
        t->kind = FO_TEXT;
        place_text(t, s, n, line, col);
        t->style = &f->style->s;
        fo_build_add(f->node, t);
    }
    fo_runs_add(&b->runs, t, s, (size_t)n);
    return 1;
}

int
fo_build_end(void *builder)
{
    struct fo_builder *b = builder;

    if (b->skip)
        b->skip--;
    else if (b->foreign_depth)
        close_foreign(b);
    else if (b->meta_depth)
        close_meta(b);
    else if (b->depth)
        close_frame(b);
    return 1;
}

/* ---- the beginning and the end ---------------------------------------- */

static void
clear(void *builder)
{
    struct fo_builder *b = builder;

    fo_runs_clear(&b->runs);
    buf_clear(&b->scratch);
    buf_clear(&b->foreign_text);
}

struct fo_builder *
fo_build_new(struct arena *a, struct diags *d, const char *name)
{
    struct fo_builder *b = ARENA_NEW(a, struct fo_builder);

    b->arena = a;
    b->diags = d;
    b->book = ARENA_NEW(a, struct fo_book);
    b->book->arena = a;
    b->book->t.file = arena_strdup(a, name);
    b->props = b->book->props = fo_props_new(a, d, b->book->t.file);
    fo_models_compile(b->props, b->models);
    arena_defer(a, clear, b);
    return b;
}

static const struct fo_node *
child(const struct fo_node *n, enum fo_kind kind)
{
    for (n = n->first; n && n->kind != kind; n = n->next)
        continue;
    return n;
}

/* The title of the first page sequence that has one. */
static const char *
title_of(struct fo_builder *b)
{
    for (const struct fo_node *n = b->book->t.root->first; n; n = n->next) {
        const struct fo_node *title = n->kind == FO_PAGE_SEQUENCE
            ? child(n, FO_TITLE)
            : NULL;

        if (!title)
            continue;
        buf_reset(&b->scratch);
        for (const struct fo_node *t = title->first; t;) {
            if (t->kind == FO_TEXT)
                buf_add(&b->scratch, t->text, (size_t)t->len);
            if (t->first) {
                t = t->first;
                continue;
            }
            while (t != title && !t->next)
                t = t->parent;
            t = t == title ? NULL : t->next;
        }
        if (b->scratch.len)
            return arena_strndup(b->arena, b->scratch.data, b->scratch.len);
    }
    return NULL;
}

struct fo_tree *
fo_build_finish(struct fo_builder *b)
{
    struct fo_tree *t = &b->book->t;
    const struct fo_style *s;

    if (!t->root || !b->ended)
        return NULL;
    if (!child(t->root, FO_LAYOUT_MASTER_SET) ||
        !child(t->root, FO_PAGE_SEQUENCE)) {
        struct where w = fo_build_where(b, t->root->line, t->root->col);

        diag_add(b->diags, DIAG_FO_EMPTY, &w,
            child(t->root, FO_PAGE_SEQUENCE) ? "fo:layout-master-set"
                                             : "fo:page-sequence");
        return NULL;
    }
    fo_check_references(b);
    s = t->root->style;
    if (!t->title)
        t->title = title_of(b);
    if (s->lang)
        t->lang = s->lang;
    else if (s->language)
        t->lang = s->country
            ? arena_printf(b->arena, "%s-%s", s->language, s->country)
            : s->language;
    return t;
}
