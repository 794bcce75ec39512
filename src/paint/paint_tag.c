/* Structure, links, destinations and bookmarks of a PDF, as far as Cairo's
 * tags go: one tag an area, not across pages (a table cut in two is two
 * tables), no artifacts (what is one is simply not tagged).
 *
 * Cairo refuses to finish a file in which a link leads nowhere.  So an id is
 * given a destination only if something points to it, once; and what points
 * to an id that no area carried gets the last page. */
#include "base/arena.h"
#include "paint/paint_in.h"
#include <cairo-pdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct target {
    struct target *next;
    const char *id;
    bool placed;
};

#define BUCKETS 1024

struct paint_tags {
    struct target *bucket[BUCKETS];
    struct buf attrs; /* of the tag being begun */
    bool begun; /* <Document>, the one element that goes over pages */
};

/* ---- what is pointed to ----------------------------------------------- */

static struct target *
lookup(struct paint_tags *t, const char *id, struct target ***at)
{
    unsigned h = 5381;

    for (const char *s = id; *s; s++)
        h = h * 33 + (unsigned char)*s;
    *at = &t->bucket[h % BUCKETS];
    for (struct target *e = **at; e; e = e->next)
        if (strcmp(e->id, id) == 0)
            return e;
    return NULL;
}

static void
want(struct painter *p, const char *id)
{
    struct target **at, *e;

    if (!id || !*id || lookup(p->tags, id, &at))
        return;
    e = ARENA_NEW(p->arena, struct target);
    e->id = id;
    e->next = *at;
    *at = e;
}

/* The tree without recursion: its depth is the input's. */
static void
want_all(struct painter *p, const struct fo_node *root)
{
    const struct fo_node *n = root;

    while (n) {
        if (n->kind != FO_TEXT && n->style)
            want(p, n->style->internal_destination);
        if (n->first) {
            n = n->first;
            continue;
        }
        while (n && !n->next)
            n = n == root ? NULL : n->parent;
        n = n ? n->next : NULL;
    }
}

/* ---- attributes ------------------------------------------------------- */

static const char *
quoted(struct buf *b, const char *name, const char *value)
{
    buf_printf(b, "%s='", name);
    for (; *value; value++) {
        if (*value == '\'' || *value == '\\')
            buf_add_char(b, '\\');
        buf_add_char(b, *value);
    }
    buf_add_str(b, "' ");
    return b->data;
}

/* Cairo turns neither the place of a destination nor a link's rectangle. */
static void
destination(struct painter *p, const char *id, double x, double y)
{
    struct target **at, *e = lookup(p->tags, id, &at);
    struct buf *b = &p->tags->attrs;

    if (!e || e->placed)
        return;
    e->placed = true;
    cairo_user_to_device(p->cr, &x, &y);
    buf_reset(b);
    quoted(b, "name", id);
    buf_printf(b, "x=%.3f y=%.3f", x, y);
    cairo_tag_begin(p->cr, CAIRO_TAG_DEST, b->data);
    cairo_tag_end(p->cr, CAIRO_TAG_DEST);
}

static bool
link_begin(struct painter *p, const struct area *a, struct place at)
{
    struct buf *b = &p->tags->attrs;
    double x0 = PT(at.x), x1 = PT(at.x + area_border_ipd(a));
    double y0 = PT(at.y), y1 = PT(at.y + area_border_bpd(a));
    struct target **slot;

    if (!a->link_uri && !(a->link_id && lookup(p->tags, a->link_id, &slot)))
        return false;
    cairo_user_to_device(p->cr, &x0, &y0);
    cairo_user_to_device(p->cr, &x1, &y1);
    buf_reset(b);
    buf_printf(b, "rect=[%.3f %.3f %.3f %.3f] ", fmin(x0, x1), fmin(y0, y1),
        fabs(x1 - x0), fabs(y1 - y0));
    quoted(b, a->link_uri ? "uri" : "dest",
        a->link_uri ? a->link_uri : a->link_id);
    cairo_tag_begin(p->cr, CAIRO_TAG_LINK, b->data);
    return true;
}

/* ---- structure -------------------------------------------------------- */

static bool
has_lines(const struct area *a)
{
    for (const struct area *c = a->first; c; c = c->next)
        if (c->kind == AREA_LINE)
            return true;
    return false;
}

/* A role that the author gave, if PDF knows it. */
static const char *
role_of(const struct area *a)
{
    static const char *const known[] = {"H1", "H2", "H3", "H4", "H5", "H6", "H",
        "P", "Sect", "Part", "Art", "Div", "BlockQuote", "Caption", "TOC",
        "TOCI", "Note", "Title", "Quote", "Code", "Index"};
    const char *role = a->style ? a->style->role : NULL;

    for (size_t i = 0; role && i < sizeof known / sizeof *known; i++)
        if (strcmp(role, known[i]) == 0)
            return known[i];
    return NULL;
}

static const char *
cell_tag(const struct area *a)
{
    for (const struct fo_node *n = a->node; n; n = n->parent)
        if (n->kind == FO_TABLE_HEADER)
            return "TH";
    return a->style && a->style->sb_scope ? "TH" : "TD";
}

/* NULL: the area is no element. */
static const char *
tag_of(const struct area *a)
{
    const char *role;

    if (a->kind == AREA_VIEWPORT)
        return "Figure";
    if (a->kind != AREA_BLOCK || !a->node)
        return NULL;
    switch (a->node->kind) {
    case FO_TABLE:
        return "Table";
    case FO_TABLE_CELL:
        return cell_tag(a);
    case FO_LIST_BLOCK:
        return "L";
    case FO_LIST_ITEM:
        return "LI";
    case FO_LIST_ITEM_LABEL:
        return "Lbl";
    case FO_LIST_ITEM_BODY:
        return "LBody";
    default:
        break;
    }
    role = role_of(a);
    return role || !has_lines(a) ? role : "P";
}

int
paint_tag_begin(struct painter *p, const struct area *a, struct place at)
{
    const char *tag;
    int opened = 0;

    if (!p->tags)
        return 0;
    if (a->id)
        destination(p, a->id, PT(at.x), PT(at.y));
    if (p->artifact)
        return 0;
    tag = tag_of(a);
    if (tag) {
        cairo_tag_begin(p->cr, tag, "");
        opened |= 1;
    }
    if ((a->link_uri || a->link_id) && link_begin(p, a, at))
        opened |= 2;
    return opened;
}

void
paint_tag_end(struct painter *p, const struct area *a, int opened)
{
    if (opened & 2)
        cairo_tag_end(p->cr, CAIRO_TAG_LINK);
    if (opened & 1)
        cairo_tag_end(p->cr, tag_of(a));
}

void
paint_tag_row(struct painter *p, const struct area *cell, int *row)
{
    bool is_cell = cell && cell->node && cell->node->kind == FO_TABLE_CELL &&
        cell->kind == AREA_BLOCK;
    int next = is_cell ? cell->row : -1;

    if (!p->tags || p->artifact || next == *row)
        return;
    if (*row >= 0)
        cairo_tag_end(p->cr, "TR");
    if (next >= 0)
        cairo_tag_begin(p->cr, "TR", "");
    *row = next;
}

/* ---- the document ----------------------------------------------------- */

static void
metadata(struct painter *p)
{
    const struct fo_tree *t = p->tree;
    const struct {
        cairo_pdf_metadata_t key;
        const char *value;
    } rows[] = {{CAIRO_PDF_METADATA_TITLE, t->title},
        {CAIRO_PDF_METADATA_AUTHOR, t->author},
        {CAIRO_PDF_METADATA_SUBJECT, t->subject},
        {CAIRO_PDF_METADATA_KEYWORDS, t->keywords},
        {CAIRO_PDF_METADATA_CREATOR, "Shenbao"}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].value)
            cairo_pdf_surface_set_metadata(
                p->surface, rows[i].key, rows[i].value);
}

/* Without a date of ours Cairo takes the clock's. */
static void
dates(struct painter *p)
{
    time_t seconds = p->o.date ? (time_t)p->o.date : 946684800;
    struct tm tm;
    char iso[32];

    if (!gmtime_r(&seconds, &tm) || tm.tm_year < 0 || tm.tm_year > 8099)
        return;
    strftime(iso, sizeof iso, "%Y-%m-%dT%H:%M:%SZ", &tm);
    cairo_pdf_surface_set_metadata(
        p->surface, CAIRO_PDF_METADATA_CREATE_DATE, iso);
    cairo_pdf_surface_set_metadata(
        p->surface, CAIRO_PDF_METADATA_MOD_DATE, iso);
}

void
paint_tags_start(struct painter *p)
{
    dates(p);
    if (p->tree)
        metadata(p);
    if (!p->o.tagged)
        return;
    p->tags = ARENA_NEW(p->arena, struct paint_tags);
    if (p->tree)
        want_all(p, p->tree->root);
}

void
paint_tags_page(struct painter *p, const struct area_page *page)
{
    if (!p->tags)
        return;
    if (!p->tags->begun)
        cairo_tag_begin(p->cr, "Document", "");
    p->tags->begun = true;
    if (page->number_text)
        cairo_pdf_surface_set_page_label(p->surface, page->number_text);
}

/* ---- bookmarks -------------------------------------------------------- */

static void
bookmark(struct painter *p, const struct fo_node *n, int parent)
{
    bool closed = n->style->starting_state == FO_V_HIDE;
    struct buf title, attrs;
    int id;

    buf_init(&title);
    buf_init(&attrs);
    buf_add_str(&title, "");
    for (const struct fo_node *c = n->first; c; c = c->next)
        if (c->kind == FO_BOOKMARK_TITLE)
            fo_text_of(c, &title);
    if (n->style->internal_destination && *n->style->internal_destination)
        quoted(&attrs, "dest", n->style->internal_destination);
    else
        quoted(&attrs, "uri",
            n->style->external_destination ? n->style->external_destination
                                           : "");
    id = cairo_pdf_surface_add_outline(p->surface, parent,
        title.data ? title.data : "", attrs.data,
        closed ? 0 : CAIRO_PDF_OUTLINE_FLAG_OPEN);
    buf_clear(&title);
    buf_clear(&attrs);
    for (const struct fo_node *c = n->first; c; c = c->next)
        if (c->kind == FO_BOOKMARK)
            bookmark(p, c, id);
}

void
paint_tags_finish(struct painter *p, const struct area_target *targets, int n)
{
    const struct fo_node *c;

    (void)targets;
    (void)n;
    if (!p->tags || !p->cr)
        return;
    cairo_tag_end(p->cr, "Document");
    for (int i = 0; i < BUCKETS; i++)
        for (struct target *e = p->tags->bucket[i]; e; e = e->next)
            destination(p, e->id, 0, 0);
    c = p->tree && p->tree->root ? p->tree->root->first : NULL;
    for (; c; c = c->next)
        for (const struct fo_node *b = c->first;
             b && c->kind == FO_BOOKMARK_TREE; b = b->next)
            if (b->kind == FO_BOOKMARK)
                bookmark(p, b, CAIRO_PDF_OUTLINE_ROOT);
    buf_clear(&p->tags->attrs);
}
