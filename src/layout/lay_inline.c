/* Inline content goes into the composer: one walk over the inline children
 * of a block, piece after piece. */
#include "layout/lay_inline.h"
#include "layout/lay_note.h"
#include "layout/lay_par.h"
#include "layout/lay_ref.h"
#include "layout/lay_restart.h"
#include "layout/pic.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/length.h"
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>

/* ---- styles ----------------------------------------------------------- */

#define STYLES_FIRST 256 /* buckets, doubled when there are as many styles */

struct lay_styles {
    struct entry {
        struct entry *next;
        const struct fo_style *style;
        struct lay_font font;
    } * *bucket;
    unsigned n_buckets, n; /* entries in them */
};

static struct entry **
style_bucket(struct lay_styles *t, const struct fo_style *s)
{
    unsigned h = (unsigned)((uintptr_t)s >> 4) * 2654435761u;
    return &t->bucket[(h ^ h >> 15) & (t->n_buckets - 1)];
}

/* Objects with an id have a style of their own: there may be very many. */
static void
styles_grow(struct lay_styles *t, struct arena *a)
{
    struct entry **old = t->bucket;
    unsigned n = t->n_buckets;
    t->n_buckets = n ? 2 * n : STYLES_FIRST;
    t->bucket = arena_array(a, t->n_buckets, sizeof *t->bucket);
    for (unsigned i = 0; i < n; i++)
        for (struct entry *e = old[i], *next; e; e = next) {
            struct entry **at = style_bucket(t, e->style);
            next = e->next;
            e->next = *at;
            *at = e;
        }
}

const struct lay_font *
lay_font_of(struct lay *l, const struct fo_node *n)
{
    const struct fo_style *s = n->style;
    if (!l->styles)
        l->styles = ARENA_NEW(l->arena, struct lay_styles);
    if (l->styles->n == l->styles->n_buckets)
        styles_grow(l->styles, l->arena);
    struct entry **at = style_bucket(l->styles, s);
    for (struct entry *e = *at; e; e = e->next)
        if (e->style == s)
            return &e->font;
    struct entry *e = ARENA_NEW(l->arena, struct entry);
    struct where w = fo_where(l->tree, n);
    bool italic = s->font_style != FO_V_NORMAL &&
        s->font_style != FO_V_NONE_GIVEN;
    e->style = s;
    e->next = *at;
    *at = e;
    l->styles->n++;
    e->font.text = (struct text_style){
        .font = text_font_find(
            l->job->text, s->font_family, s->font_weight, italic, l->diags, &w),
        .family = s->font_family,
        .language = s->language,
        .size = s->font_size,
        .letter_spacing = s->letter_spacing.opt.is_auto
            ? 0
            : fo_len_mpt(s->letter_spacing.opt, s->font_size),
        .word_spacing = s->word_spacing.opt.is_auto
            ? 0
            : fo_len_mpt(s->word_spacing.opt, s->font_size),
        .no_wrap = s->wrap_option == FO_V_NO_WRAP,
        .keep = s->keep_together.line == FO_KEEP_ALWAYS && n->kind != FO_BLOCK,
        .hyphenate = s->hyphenate,
    };
    e->font.metrics = text_font_metrics(e->font.text.font, s->font_size);
    return &e->font;
}

/* ---- pieces ----------------------------------------------------------- */

struct walker {
    struct lay_ctx *c;
    struct lay_par *p;
    const struct inl *up;
    int depth;
    bool keep; /* inside an inline kept on one line */
    bool skipping; /* until the place where the paragraph goes on */
};

static struct inl *
inl_new(struct walker *w, enum inl_kind kind, const struct fo_node *node)
{
    struct inl *i = ARENA_NEW(w->c->arena, struct inl);
    i->kind = kind;
    i->node = node;
    i->up = w->up;
    i->shift = w->up ? w->up->shift : 0;
    i->align = w->up ? w->up->align : FO_V_NONE_GIVEN;
    return i;
}

static void
set_metrics(struct inl *i, const struct lay_font *f)
{
    i->ascent = f->metrics.ascent;
    i->descent = f->metrics.descent;
}

/* Text as the composer takes it: preserved runs of spaces become unbreakable
 * but for the last, so that they survive line ends. */
static const char *
preserved_spaces(struct arena *a, const char *s, int *n)
{
    char *out = arena_alloc(a, (size_t)*n * 2 + 1);
    int m = 0;
    for (int i = 0; i < *n; i++) {
        bool edge = i == 0 || i + 1 == *n || s[i - 1] == '\n' ||
            s[i + 1] == '\n';
        bool hard = s[i] == ' ' && (edge || s[i + 1] == ' ');
        if (hard) {
            out[m++] = '\xC2';
            out[m++] = '\xA0';
        } else {
            out[m++] = s[i];
        }
    }
    *n = m;
    return out;
}

/* white-space-treatment says whether spaces survive at the paragraph's edges;
 * those that do become unbreakable ones. */
static const char *
kept_edges(struct walker *w, const struct fo_node *n, const char *s, int *len)
{
    enum fo_value v = n->style->white_space_treatment;
    bool first = !w->p->last->any && n == w->p->block->first;
    bool last = n == w->p->block->last;
    bool lead = first &&
        (v == FO_V_PRESERVE || v == FO_V_IGNORE_IF_BEFORE_LINEFEED) &&
        s[0] == ' ';
    bool trail = last &&
        (v == FO_V_PRESERVE || v == FO_V_IGNORE_IF_AFTER_LINEFEED) &&
        s[*len - 1] == ' ';
    if ((!lead && !trail) || *len < 2)
        return s;
    char *out = arena_alloc(w->c->arena, (size_t)*len + 3);
    int m = 0;
    for (int i = 0; i < *len; i++) {
        if ((i == 0 && lead) || (i == *len - 1 && trail)) {
            out[m++] = '\xC2';
            out[m++] = '\xA0';
        } else {
            out[m++] = s[i];
        }
    }
    *len = m;
    return out;
}

static char
upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool
is_letter(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

/* text-transform: the Latin letters of ASCII have cases; Han has none. */
static const char *
transformed(struct arena *a, const char *s, int n, enum fo_value how)
{
    char *out = arena_strndup(a, s, (size_t)n);
    for (int i = 0; i < n; i++) {
        bool first = i == 0 || !is_letter(s[i - 1]);
        if (how == FO_V_UPPERCASE || (how == FO_V_CAPITALIZE && first))
            out[i] = upper(s[i]);
        else if (how == FO_V_LOWERCASE)
            out[i] = lower(s[i]);
    }
    return out;
}

/* Collapsed white space alone makes no line. */
static bool
is_blank(const char *s, const char *end)
{
    while (s < end && *s == ' ')
        s++;
    return s == end;
}

/* The next preserved linefeed, NEL, line or paragraph separator; WIDTH: its
 * bytes.  NULL: none. */
static const char *
next_break(const char *s, const char *end, int *width)
{
    for (; s < end; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '\n') {
            *width = 1;
            return s;
        }
        if (c == 0xC2 && end - s > 1 && (unsigned char)s[1] == 0x85) {
            *width = 2;
            return s;
        }
        if (c == 0xE2 && end - s > 2 && (unsigned char)s[1] == 0x80 &&
            ((unsigned char)s[2] == 0xA8 || (unsigned char)s[2] == 0xA9)) {
            *width = 3;
            return s;
        }
    }
    return NULL;
}

/* Hebrew, Arabic and their kin.  Their first bytes tell them from Han. */
static bool
has_right_to_left(const char *s, const char *end)
{
    while (s < end) {
        unsigned char c = (unsigned char)*s;
        if (c < 0xD6 || (c >= 0xE1 && c < 0xEF)) {
            s++;
            continue;
        }
        unsigned cp = utf8_next(&s, end);
        if ((cp >= 0x590 && cp <= 0x8FF) || (cp >= 0xFB1D && cp <= 0xFDFF) ||
            (cp >= 0xFE70 && cp <= 0xFEFC) || (cp >= 0x10800 && cp <= 0x10FFF))
            return true;
    }
    return false;
}

/* F's style, but unbreakable where an inline around asks for it. */
static const struct text_style *
style_of(struct walker *w, const struct lay_font *f)
{
    if (!w->keep || f->text.keep)
        return &f->text;
    struct text_style *s = ARENA_NEW(w->c->arena, struct text_style);
    *s = f->text;
    s->keep = true;
    return s;
}

static void
add_text(struct walker *w, const struct fo_node *n, const char *s, int len)
{
    const struct fo_style *st = n->style;
    struct arena *a = w->c->arena;
    const struct lay_font *f = lay_font_of(w->c->lay, n);
    struct where at = fo_where(w->c->lay->tree, n);
    if (st->text_transform != FO_V_NONE &&
        st->text_transform != FO_V_NONE_GIVEN)
        s = transformed(a, s, len, st->text_transform);
    if (st->white_space_collapse == FO_V_FALSE)
        s = preserved_spaces(a, s, &len);
    else if (len > 0)
        s = kept_edges(w, n, s, &len);
    const char *end = s + len;
    const struct text_style *style = style_of(w, f);
    if (has_right_to_left(s, end))
        diag_add(w->c->lay->diags, DIAG_TEXT_BIDI, &at);
    while (s < end) {
        int width = 0;
        const char *nl = next_break(s, end, &width);
        const char *stop = nl ? nl : end;
        if (stop > s) {
            struct inl *i = inl_new(w, INL_TEXT, n);
            set_metrics(i, f);
            text_par_run(w->p->last->text, s, (int)(stop - s), style, i, &at);
            if (!is_blank(s, stop) || st->white_space_collapse == FO_V_FALSE)
                w->p->last->any = true;
        }
        if (nl) {
            text_par_break(w->p->last->text, NULL);
            w->p->last->any = true;
        }
        s = nl ? nl + width : end;
    }
}

static void
add_character(struct walker *w, const struct fo_node *n)
{
    char utf8[4];
    int len = utf8_put(utf8, n->style->character);
    const char *s = arena_strndup(w->c->arena, utf8, (size_t)len);
    add_text(w, n, s, len);
}

static void
add_number(struct walker *w, const struct fo_node *n)
{
    struct lay *l = w->c->lay;
    const char *s;
    if (n->kind == FO_PAGE_NUMBER)
        s = w->c->page_number ? w->c->page_number : lay_ref_own_number(l, n);
    else
        s = lay_ref_number(l, n);
    const struct lay_font *f = lay_font_of(l, n);
    struct where at = fo_where(l->tree, n);
    struct inl *i = inl_new(w, INL_NUMBER, n);
    set_metrics(i, f);
    i->text = s;
    i->id = n->style->id;
    text_par_run(w->p->last->text, s, (int)strlen(s), &f->text, i, &at);
    w->p->last->any = true;
}

/* Border and padding of an inline at its start or end [mpt]. */
static int
inline_edge(struct lay_ctx *c, const struct fo_style *s, enum fo_side side)
{
    bool none = s->border[side].style == FO_BS_NONE ||
        s->border[side].style == FO_BS_HIDDEN;
    return (none ? 0 : s->border[side].width) +
        fo_len_mpt(s->padding[side].len, c->parent_ipd);
}

/* Where an object's baseline stands, from what it asks for. */
static void
place_baseline(struct walker *w, struct inl *i, const struct fo_node *n)
{
    const struct fo_style *s = n->style;
    const struct fo_node *around = n->parent ? n->parent : n;
    const struct lay_font *pf = lay_font_of(w->c->lay, around);
    enum fo_value v = s->alignment_baseline;
    if (v == FO_V_NONE_GIVEN || v == FO_V_AUTO || v == FO_V_BASELINE)
        v = s->vertical_align;
    i->shift = mpt_clamp((long long)i->shift +
        fo_len_mpt(s->baseline_shift, around->style->line_height));
    switch (v) {
    case FO_V_TOP:
    case FO_V_BEFORE_EDGE:
        i->align = FO_V_BEFORE_EDGE;
        break;
    case FO_V_BOTTOM:
    case FO_V_AFTER_EDGE:
        i->align = FO_V_AFTER_EDGE;
        break;
    case FO_V_MIDDLE:
        i->shift += pf->metrics.x_height / 2 - (i->ascent - i->descent) / 2;
        break;
    case FO_V_CENTRAL:
        i->shift += (pf->metrics.ascent - pf->metrics.descent) / 2 -
            (i->ascent - i->descent) / 2;
        break;
    case FO_V_TEXT_TOP:
    case FO_V_TEXT_BEFORE_EDGE:
        i->shift += pf->metrics.ascent - i->ascent;
        break;
    case FO_V_TEXT_BOTTOM:
    case FO_V_TEXT_AFTER_EDGE:
        i->shift += i->descent - pf->metrics.descent;
        break;
    default:
        break;
    }
}

static void walk(
    struct walker *w, const struct fo_node *first, const struct fo_node *end);

/* N's children, on one line where N wants them kept together. */
static void
walk_kept(struct walker *w, const struct fo_node *n)
{
    bool keep = w->keep;
    w->keep = keep || n->style->keep_together.line == FO_KEEP_ALWAYS;
    walk(w, n->first, NULL);
    w->keep = keep;
}

static void
add_parent(struct walker *w, const struct fo_node *n)
{
    struct lay_ctx *c = w->c;
    struct inl *i = inl_new(w, INL_PARENT, n);
    set_metrics(i, lay_font_of(c->lay, n));
    place_baseline(w, i, n);
    i->edge_start = inline_edge(c, n->style, FO_START);
    i->edge_end = inline_edge(c, n->style, FO_END);
    i->space_start = fo_len_mpt(n->style->space_start.opt, c->parent_ipd);
    i->space_end = fo_len_mpt(n->style->space_end.opt, c->parent_ipd);
    text_par_open(w->p->last->text, i->edge_start + i->space_start, i);
    w->up = i;
    walk_kept(w, n);
    text_par_close(w->p->last->text, i->edge_end + i->space_end, w->up);
    w->up = w->up->up; /* a block inside may have made a new chain */
    if (i->edge_start || i->edge_end)
        w->p->last->any = true;
    w->p->any_mark |= n->style->id != NULL;
}

static void
add_id(struct walker *w, const struct fo_node *n)
{
    struct inl *i = inl_new(w, INL_ID, n);
    i->id = n->style->id;
    text_par_mark(w->p->last->text, i);
    w->p->any_mark = true;
}

static void
add_picture(struct walker *w, const struct fo_node *n)
{
    struct lay_graphic *g = lay_graphic_new(w->c, n);
    if (!g)
        return;
    struct inl *i = inl_new(w, INL_PICTURE, n);
    const struct lay_box *b = g->box;
    i->graphic = g;
    i->ascent = g->bpd + b->before + b->after;
    place_baseline(w, i, n);
    i->space_start = fo_len_mpt(n->style->space_start.opt, w->c->parent_ipd);
    i->space_end = fo_len_mpt(n->style->space_end.opt, w->c->parent_ipd);
    int width = g->ipd + b->border[FO_START].space + b->border[FO_END].space +
        b->padding[FO_START] + b->padding[FO_END] + i->space_start +
        i->space_end;
    text_par_box(w->p->last->text, width, true, i);
    w->p->last->any = true;
}

static void
add_leader(struct walker *w, const struct fo_node *n)
{
    const struct fo_style *s = n->style;
    int line = w->c->parent_ipd;
    struct inl *i = inl_new(w, INL_LEADER, n);
    const struct lay_font *f = lay_font_of(w->c->lay, n);
    int min = fo_len_mpt(s->leader_length.min, line);
    int opt = fo_len_mpt(s->leader_length.opt, line);
    int max = s->leader_length.max.is_auto
        ? line
        : fo_len_mpt(s->leader_length.max, line);
    if (s->leader_pattern == FO_V_DOTS) {
        set_metrics(i, f);
    } else if (s->leader_pattern == FO_V_RULE) {
        i->ascent = s->rule_thickness;
    }
    place_baseline(w, i, n);
    if (s->leader_pattern == FO_V_USE_CONTENT && n->first) {
        i->fill = lay_par_single(w->c, n);
        set_metrics(i, f);
    }
    text_par_leader(w->p->last->text, min, lay_int_max(min, opt),
        lay_int_max(max, min), &f->text, i);
    w->p->last->any = true;
}

static void
add_note(struct walker *w, const struct fo_node *n)
{
    struct lay_ctx *c = w->c;
    walk(w, n->first, NULL); /* the citation; the body is not inline content */
    if (c->no_notes) {
        struct where at = fo_where(c->lay->tree, n);
        diag_add(c->lay->diags, DIAG_FO_BAD_CONTENT, &at, "fo:footnote-body",
            c->page ? "fo:static-content" : "fo:footnote-body");
        return;
    }
    struct inl *i = inl_new(w, INL_NOTE, n);
    i->note = lay_note_new(c, n);
    if (!i->note)
        return;
    text_par_mark(w->p->last->text, i);
    w->p->last->any = true;
}

/* The reader lets no marker retrieve another, so this comes to an end. */
static void
add_retrieved(struct walker *w, const struct fo_node *n)
{
    struct lay *l = w->c->lay;
    const struct fo_node *marker = w->c->page
        ? lay_ref_retrieve(l, w->c->page, n)
        : NULL;
    if (!marker)
        return;
    const struct fo_node *copy = fo_marker_copy(
        l->tree, marker, n->parent, w->c->arena);
    if (copy)
        walk(w, copy, NULL);
}

/* The inlines around a block go on behind it, without their start edges. */
static const struct inl *
reopened(struct walker *w, const struct inl *i)
{
    if (!i)
        return NULL;
    struct inl *again = ARENA_NEW(w->c->arena, struct inl);
    *again = *i;
    again->up = reopened(w, i->up);
    again->again = true;
    again->space_start = again->edge_start = 0;
    text_par_open(w->p->last->text, 0, again);
    return again;
}

static void
add_block(struct walker *w, const struct fo_node *n)
{
    struct lay_segment *s = lay_par_segment(w->c, w->p);
    s->block = n;
    s->up = w->up;
    s->any = true;
    s = lay_par_segment(w->c, w->p);
    s->text = text_par_new(w->c->arena, w->c->lay->job->text, w->c->lay->diags);
    w->up = reopened(w, w->up);
}

/* Before the place nothing is set but the inlines that reach over it. */
static bool
is_skipped(struct walker *w, const struct fo_node *n)
{
    const struct lay_resume *r = w->c->resume;
    if (!w->skipping)
        return false;
    if (n != r->target) {
        for (const struct fo_node *k = r->target; k; k = k->parent)
            if (k == n)
                return false;
        return true;
    }
    w->skipping = false;
    if (n->kind != FO_TEXT)
        return false;
    add_text(w, n, n->text + r->byte, n->len - r->byte);
    return true;
}

static void
walk_node(struct walker *w, const struct fo_node *n)
{
    if (is_skipped(w, n))
        return;
    switch (n->kind) {
    case FO_TEXT:
        add_text(w, n, n->text, n->len);
        break;
    case FO_CHARACTER:
        add_character(w, n);
        break;
    case FO_PAGE_NUMBER:
    case FO_PAGE_NUMBER_CITATION:
    case FO_PAGE_NUMBER_CITATION_LAST:
        add_number(w, n);
        break;
    case FO_INLINE:
    case FO_BASIC_LINK:
    case FO_BIDI_OVERRIDE:
        add_parent(w, n);
        break;
    case FO_WRAPPER:
        if (n->style->id)
            add_id(w, n);
        walk_kept(w, n);
        break;
    case FO_EXTERNAL_GRAPHIC:
    case FO_INSTREAM_FOREIGN_OBJECT:
        add_picture(w, n);
        break;
    case FO_LEADER:
        add_leader(w, n);
        break;
    case FO_FOOTNOTE:
        add_note(w, n);
        break;
    case FO_RETRIEVE_MARKER:
        add_retrieved(w, n);
        break;
    case FO_BLOCK:
    case FO_TABLE:
    case FO_LIST_BLOCK:
    case FO_BLOCK_CONTAINER:
        add_block(w, n);
        break;
    case FO_MARKER:
        w->p->markers[w->p->n_markers < LAY_PAR_MARKERS ? w->p->n_markers++
                                                        : 0] = n;
        break;
    default:
        break; /* footnote-body and whatever the reader let through */
    }
}

static void
walk(struct walker *w, const struct fo_node *first, const struct fo_node *end)
{
    if (++w->depth < LAY_DEPTH_MAX)
        for (const struct fo_node *n = first; n && n != end; n = n->next)
            walk_node(w, n);
    w->depth--;
}

void
lay_inline_fill(struct lay_ctx *c, struct lay_par *p,
    const struct fo_node *first, const struct fo_node *end)
{
    struct walker w = {.c = c, .p = p, .skipping = c->skip};
    walk(&w, first, end);
}
