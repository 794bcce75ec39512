/* The area tree in the words of Apache FOP's XMLRenderer, so that FOP's own
 * layout tests can judge ours and so that a human can read what layout did.
 *
 * The text of an element is compared by those tests, so no white space may
 * stand between elements.  For readers and for diff each tag begins a line
 * all the same: the line break stands inside the tag before it, in front of
 * its '>'.
 *
 * Where a link leads to is known only behind the last page: the places are
 * remembered and the page keys put in by finish. */
#include "layout/area_dump.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "layout/area.h"
#include "layout/area_dump_names.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixup { /* a page key to put in at OUT[at] */
    struct fixup *next;
    size_t at;
    const char *id;
};

struct dump {
    struct area_sink sink;
    struct arena *arena;
    struct buf *out;
    const struct fo_tree *tree;
    const struct fo_node *sequence; /* open pageSequence */
    int depth;
    int flat; /* > 0: inside a line, no line breaks */
    const char *pending; /* end of the last tag, still to be written: > or /> */
    struct fixup *first, *last;
};

/* ---- writing tags ----------------------------------------------------- */

static void
end_tag_before(struct dump *d)
{
    if (!d->pending)
        return;
    if (!d->flat) {
        buf_add_char(d->out, '\n');
        for (int i = 0; i < d->depth; i++)
            buf_add_char(d->out, ' ');
    }
    buf_add_str(d->out, d->pending);
    d->pending = NULL;
}

static void
start(struct dump *d, const char *name)
{
    end_tag_before(d);
    buf_add_char(d->out, '<');
    buf_add_str(d->out, name);
    d->pending = ">";
    d->depth++;
}

static void
end(struct dump *d, const char *name)
{
    d->depth--;
    end_tag_before(d);
    buf_printf(d->out, "</%s", name);
    d->pending = ">";
}

static void
end_empty(struct dump *d)
{
    d->depth--;
    d->pending = "/>";
}

static void
text(struct dump *d, const char *s, int n)
{
    if (d->pending)
        buf_add_str(d->out, d->pending);
    d->pending = NULL;
    buf_add_xml(d->out, s, (size_t)n);
}

/* By hand: a long document has millions of them. */
static void
add_int(struct buf *b, int value)
{
    char digits[12];
    int at = sizeof digits;
    unsigned v = value < 0 ? 0u - (unsigned)value : (unsigned)value;

    do
        digits[--at] = (char)('0' + v % 10);
    while (v /= 10);
    if (value < 0)
        digits[--at] = '-';
    buf_add(b, digits + at, sizeof digits - (size_t)at);
}

static void
attr_int(struct dump *d, const char *name, int value)
{
    buf_add_char(d->out, ' ');
    buf_add_str(d->out, name);
    buf_add(d->out, "=\"", 2);
    add_int(d->out, value);
    buf_add_char(d->out, '"');
}

static void
attr_str(struct dump *d, const char *name, const char *value)
{
    buf_add_char(d->out, ' ');
    buf_add_str(d->out, name);
    buf_add(d->out, "=\"", 2);
    buf_add_xml(d->out, value, strlen(value));
    buf_add_char(d->out, '"');
}

static void
attr_color(struct dump *d, const char *name, uint32_t argb)
{
    char color[16];

    attr_str(d, name, area_name_color(color, argb));
}

static void
attr_nonzero(struct dump *d, const char *name, int value)
{
    if (value)
        attr_int(d, name, value);
}

/* "(P2,id)"; the key comes later. */
static void
attr_internal(struct dump *d, const char *id)
{
    struct fixup *f = ARENA_NEW(d->arena, struct fixup);

    buf_add_str(d->out, " internal-link=\"(");
    f->at = d->out->len;
    f->id = arena_strdup(d->arena, id);
    buf_add_char(d->out, ',');
    buf_add_xml(d->out, id, strlen(id));
    buf_add_str(d->out, ")\"");
    *(d->last ? &d->last->next : &d->first) = f;
    d->last = f;
}

/* ---- what every area says --------------------------------------------- */

/* The peer counts the whole width of a border, collapsed or not. */
static int
edge(const struct area *a, enum fo_side side)
{
    bool none = !a->border || a->border[side].closing;

    return (none ? 0 : a->border[side].width) + a->padding[side];
}

static void
area_sizes(struct dump *d, const struct area *a)
{
    int start_edge = edge(a, FO_START), end_edge = edge(a, FO_END);
    int before = edge(a, FO_BEFORE), after = edge(a, FO_AFTER);

    attr_int(d, "ipd", a->ipd);
    attr_int(d, "bpd", a->bpd);
    if (a->ipd)
        attr_int(d, "ipda", start_edge + a->ipd + end_edge);
    if (a->bpd)
        attr_int(d, "bpda",
            a->space[FO_BEFORE] + before + a->bpd + after + a->space[FO_AFTER]);
    buf_printf(
        d->out, " bap=\"%d %d %d %d\"", start_edge, end_edge, before, after);
}

static void
area_background(struct dump *d, const struct area *a)
{
    const char *image = a->style ? a->style->background_image : NULL;
    bool color = a->background >> 24 != 0;
    char rgb[16];
    struct buf b;

    if (!color && !(image && a->background_pic))
        return;
    buf_init(&b);
    if (color)
        buf_printf(&b, "color=%s", area_name_color(rgb, a->background));
    if (image)
        buf_printf(&b, "%surl=%s,repeat=%s,horiz=%d,vertical=%d",
            color ? "," : "", image, area_name_repeat(a->style),
            a->background_x, a->background_y);
    attr_str(d, "background", b.data);
    buf_clear(&b);
    if (color)
        attr_color(d, "bkg-color", a->background);
    if (!image)
        return;
    attr_str(d, "bkg-img", image);
    attr_str(d, "bkg-repeat", area_name_repeat(a->style));
    attr_int(d, "bkg-horz-offset", a->background_x);
    attr_int(d, "bkg-vert-offset", a->background_y);
}

static const char *
collapse(const struct area_edge *e)
{
    return !e->collapsed ? "" : e->rim ? ",collapse-outer" : ",collapse-inner";
}

static void
area_borders(struct dump *d, const struct area *a)
{
    char color[16];

    for (int side = 0; a->border && side < 4; side++) {
        const struct area_edge *e = &a->border[side];

        if (e->width && e->closing)
            attr_str(d,
                side == FO_BEFORE ? "sb:closed-before" : "sb:closed-after",
                "true");
        else if (e->width)
            buf_printf(d->out, " border-%s=\"(%s,%s,%d%s)\"",
                area_name_side[side], area_name_border[e->style],
                area_name_color(color, e->color), e->width, collapse(e));
    }
    for (int side = 0; side < 4; side++)
        if (a->padding[side])
            buf_printf(d->out, " padding-%s=\"%d\"", area_name_side[side],
                a->padding[side]);
    for (int side = 0; side < 4; side++)
        if (a->space[side])
            buf_printf(d->out, " space-%s=\"%d\"", area_name_side[side],
                a->space[side]);
}

static bool
is_reference(const struct area *a)
{
    return a->is_reference || a->kind == AREA_REGION || a->kind == AREA_MAIN ||
        a->kind == AREA_SPAN || a->kind == AREA_FLOW;
}

/* The peer names an object on all its areas, repeated headers too.  Areas
 * that lend a row's, body's or column's background to a cell are not its. */
static const char *
producer(const struct area *a)
{
    enum fo_kind k = a->node ? a->node->kind : FO_TEXT;

    if (a->id || !a->artifact || !a->style || k == FO_TABLE_ROW ||
        k == FO_TABLE_BODY || k == FO_TABLE_HEADER || k == FO_TABLE_FOOTER ||
        k == FO_TABLE_COLUMN || k == FO_TEXT)
        return a->id;
    return a->style->id;
}

/* What a reader is told of the area. */
static void
area_meaning(struct dump *d, const struct fo_style *s)
{
    if (s->role)
        attr_str(d, "sb:role", s->role);
    if (s->alt)
        attr_str(d, "sb:alt", s->alt);
    if (s->sb_scope)
        attr_str(d, "sb:scope", s->sb_scope);
}

static void
area_traits(struct dump *d, const struct area *a)
{
    if (a->link_id)
        attr_internal(d, a->link_id);
    if (a->link_uri) {
        bool new_window = a->style &&
            strcmp(fo_value_name(a->style->show_destination), "new") == 0;

        buf_printf(d->out, " external-link=\"newWindow=%s,dest=",
            new_window ? "true" : "false");
        buf_add_xml(d->out, a->link_uri, strlen(a->link_uri));
        buf_add_char(d->out, '"');
    }
    if (producer(a))
        attr_str(d, "prod-id", producer(a));
    area_background(d, a);
    area_borders(d, a);
    attr_nonzero(d, "start-indent", a->start_indent);
    attr_nonzero(d, "end-indent", a->end_indent);
    if (is_reference(a))
        attr_str(d, "is-reference-area", "true");
    if (a->is_viewport || a->kind == AREA_REGION_VIEWPORT ||
        a->kind == AREA_BLOCK_VIEWPORT)
        attr_str(d, "is-viewport-area", "true");
    if (a->artifact && !(a->parent && a->parent->artifact))
        attr_str(d, "sb:artifact", "true");
    if (a->seal)
        attr_str(d, "sb:seal", a->seal);
    if (a->node && a->node->kind != FO_TEXT && a->kind != AREA_LINE &&
        a->kind != AREA_IMAGE && a->kind != AREA_FOREIGN)
        area_meaning(d, a->node->style);
}

static void
area_all(struct dump *d, const struct area *a)
{
    area_sizes(d, a);
    area_traits(d, a);
}

/* ---- lines and inlines ------------------------------------------------ */

static void inlines(struct dump *d, const struct area *a);
static void blocks(struct dump *d, const struct area *a);

/* The peer names the face it found, and knows two weights and two slopes. */
static void
text_traits(
    struct dump *d, const struct fo_style *s, const struct text_piece *p)
{
    const char *found = p && p->style && p->style->font
        ? text_font_family(p->style->font)
        : NULL;
    char family[64];

    if (!s)
        return;
    attr_str(d, "font-name", area_name_family(family, s->font_family, found));
    attr_int(d, "font-size", s->font_size);
    attr_str(d, "font-style",
        s->font_style == FO_V_ITALIC || s->font_style == FO_V_OBLIQUE
            ? fo_value_name(s->font_style)
            : "normal");
    attr_int(d, "font-weight", s->font_weight > 500 ? 700 : 400);
    attr_color(d, "color", s->color);
    for (int i = 0; i < 3; i++) {
        if (!(s->text_decoration & area_name_deco[i].bit))
            continue;
        buf_printf(d->out, " %s=\"true\" %s-color=\"#%06x\"",
            area_name_deco[i].name, area_name_deco[i].name,
            (unsigned)(s->decoration_color[i] & 0xffffff));
    }
}

/* Soft hyphens do not show; the peer leaves them out. */
static void
visible_text(struct dump *d, const char *s, int n)
{
    const char *stop = s + n, *from = s;

    while (s < stop) {
        const char *at = s;

        if (utf8_next(&s, stop) != 0xad)
            continue;
        text(d, from, (int)(at - from));
        from = s;
    }
    text(d, from, (int)(stop - from));
}

/* One run of characters of one kind: a word, or one space. */
static void
text_part(struct dump *d, const char *s, int n, unsigned space)
{
    start(d, space ? "space" : "word");
    if (space && space != ' ' && space != 0xa0)
        attr_str(d, "adj", "false");
    visible_text(d, s, n);
    end(d, space ? "space" : "word");
}

static bool
is_space(unsigned cp)
{
    return cp == ' ' || cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200a) ||
        cp == 0x3000;
}

static void
text_parts(struct dump *d, const char *s, int n, bool hyphenated)
{
    const char *stop = s + n, *word = s;
    struct buf last;

    while (s < stop) {
        const char *at = s;
        unsigned cp = utf8_next(&s, stop);

        if (!is_space(cp))
            continue;
        if (at > word)
            text_part(d, word, (int)(at - word), 0);
        text_part(d, at, (int)(s - at), cp);
        word = s;
    }
    if (stop == word && !hyphenated)
        return;
    buf_init(&last);
    buf_add(&last, word, (size_t)(stop - word));
    if (hyphenated)
        buf_add_char(&last, '-');
    text_part(d, last.data, (int)last.len, 0);
    buf_clear(&last);
}

static void
text_area(struct dump *d, const struct area *a)
{
    const struct text_piece *p = a->piece;

    start(d, "text");
    if (p && p->style && p->style->letter_spacing)
        attr_int(d, "tlsadjust", p->style->letter_spacing);
    attr_int(d, "offset", a->offset);
    attr_int(d, "baseline", a->baseline);
    area_all(d, a);
    text_traits(d, a->style, p);
    if (a->text)
        text_parts(d, a->text, (int)strlen(a->text), false);
    else if (p && p->utf8)
        text_parts(d, p->utf8, p->n_utf8, p->hyphenated);
    end(d, "text");
}

/* Dots are a row of texts of one dot each, as many as there is room for; the
 * peer takes a dot to be as high as it is wide. */
static void
leader_dots(struct dump *d, const struct area *a)
{
    int size = a->style ? a->style->font_size : 0;
    int unit = a->pattern_width > 0 ? a->pattern_width : size * 278 / 1000;
    int n = unit > 0 ? a->ipd / unit : 0;
    struct area dots = *a;

    dots.bpd = unit;
    start(d, "inlineparent");
    area_all(d, &dots);
    attr_int(d, "offset", a->offset + a->baseline - unit);
    for (int i = 0; i < n && i < 10000; i++) {
        start(d, "text");
        buf_printf(d->out,
            " offset=\"0\" baseline=\"%d\" ipd=\"%d\" bpd=\"%d\" ipda=\"%d\""
            " bpda=\"%d\" bap=\"0 0 0 0\"",
            unit, unit, unit, unit, unit);
        text_traits(d, a->style, NULL);
        text_part(d, ".", 1, 0);
        end(d, "text");
    }
    end(d, "inlineparent");
}

static void
parent_area(struct dump *d, const struct area *a, const char *name)
{
    start(d, name);
    area_all(d, a);
    attr_int(d, "offset", a->offset);
    if (a->kind == AREA_INLINE_BLOCK_PARENT) {
        int flat = d->flat;

        d->flat = 0;
        blocks(d, a);
        d->flat = flat;
    } else {
        inlines(d, a);
    }
    end(d, name);
}

static void
leader_area(struct dump *d, const struct area *a)
{
    const char *pattern = fo_value_name(a->leader_pattern);

    if (a->first) {
        parent_area(d, a, "inlineparent");
        return;
    }
    if (strcmp(pattern, "dots") == 0) {
        leader_dots(d, a);
        return;
    }
    start(d, strcmp(pattern, "rule") ? "space" : "leader");
    area_all(d, a);
    attr_int(d, "offset", a->offset);
    if (strcmp(pattern, "rule") == 0) {
        if (a->style)
            attr_color(d, "color", a->style->color);
        attr_str(d, "ruleStyle", fo_value_name(a->rule_style));
        attr_int(d, "ruleThickness", a->rule_thickness);
    }
    end_empty(d);
}

static void
foreign(struct dump *d, const struct fo_foreign *f, const char *ns)
{
    char name[64];

    if (d->depth > 300)
        return;
    snprintf(name, sizeof name, "svg:%s", f->name);
    start(d, name);
    if (!ns || strcmp(ns, f->ns ? f->ns : ""))
        attr_str(d, "xmlns:svg", f->ns ? f->ns : "");
    for (const struct fo_attr *at = f->attrs; at; at = at->next)
        attr_str(d, at->name, at->value);
    if (f->text)
        text(d, f->text, (int)strlen(f->text));
    for (const struct fo_foreign *c = f->first; c; c = c->next)
        foreign(d, c, f->ns);
    end(d, name);
}

/* What lies in a viewport has no size with the peer: @pos of the viewport
 * says it.  An id stands on both. */
static void
picture(struct dump *d, const struct area *a)
{
    static const char no_size[] = " ipd=\"0\" bpd=\"0\" bap=\"0 0 0 0\"";
    const struct area *port = a->parent;
    struct buf url;

    if (a->kind == AREA_FOREIGN) {
        const struct fo_foreign *f = a->node ? a->node->foreign : NULL;

        start(d, "foreignObject");
        buf_add_str(d->out, no_size);
        if (port && port->id)
            attr_str(d, "prod-id", port->id);
        attr_str(d, "ns", f && f->ns ? f->ns : "");
        if (f)
            foreign(d, f, NULL);
        end(d, "foreignObject");
        return;
    }
    start(d, "image");
    buf_add_str(d->out, no_size);
    if (port && port->id)
        attr_str(d, "prod-id", port->id);
    buf_init(&url);
    area_name_url(&url, a->style ? a->style->src : NULL);
    attr_str(d, "url", url.data ? url.data : "");
    buf_clear(&url);
    end_empty(d);
}

static void
viewport(struct dump *d, const struct area *a)
{
    start(d, "viewport");
    area_all(d, a);
    attr_int(d, "offset", a->offset);
    buf_printf(d->out, " pos=\"%d %d %d %d\"", edge(a, FO_START) + a->content_x,
        edge(a, FO_BEFORE) + a->content_y, a->content_w, a->content_h);
    if (a->clip)
        attr_str(d, "clip", "true");
    for (const struct area *c = a->first; c; c = c->next)
        picture(d, c);
    end(d, "viewport");
}

static void
inlines(struct dump *d, const struct area *a)
{
    for (const struct area *c = a->first; c; c = c->next) {
        switch (c->kind) {
        case AREA_TEXT:
            text_area(d, c);
            break;
        case AREA_INLINE_PARENT:
            parent_area(d, c, "inlineparent");
            break;
        case AREA_INLINE_BLOCK_PARENT:
            parent_area(d, c, "inlineblockparent");
            break;
        case AREA_VIEWPORT:
            viewport(d, c);
            break;
        case AREA_LEADER:
            leader_area(d, c);
            break;
        case AREA_SPACE:
            start(d, "space");
            area_all(d, c);
            attr_int(d, "offset", c->offset);
            end_empty(d);
            break;
        default:
            start(d, "inline");
            area_all(d, c);
            end_empty(d);
        }
    }
}

static void
line(struct dump *d, const struct area *a)
{
    start(d, "lineArea");
    area_all(d, a);
    d->flat++;
    inlines(d, a);
    d->flat--;
    end(d, "lineArea");
}

/* ---- blocks ----------------------------------------------------------- */

static void
ctm(struct dump *d, struct area_matrix m, int dx, int dy)
{
    const char *minus = m.a < 0 ? "-" : ""; /* Java keeps the sign of zero */

    buf_printf(d->out, " ctm=\"[%d.0 %s%d.0 %d.0 %d.0 %d.0 %d.0]\"", m.a, minus,
        m.b, m.c, m.d, m.e + dx, m.f + dy);
}

/* In the flow the peer's matrix counts from the reference area's edge; out
 * of it from the container's own content edge. */
static void
viewport_place(struct dump *d, const struct area *a)
{
    struct area_matrix m = area_turn(a);
    int left = area_border(a, FO_START) + a->padding[FO_START];
    int top = area_border(a, FO_BEFORE) + a->padding[FO_BEFORE];

    if (a->out_of_flow) {
        attr_int(d, "left-position", a->asked_x);
        attr_int(d, "top-position", a->asked_y);
        ctm(d, m, -left, -top);
    } else {
        ctm(d, m, a->start_indent - left, 0);
    }
    if (a->clip)
        attr_str(d, "clipped", "true");
}

/* What lies in a table's grid: its cells, and areas that carry backgrounds
 * and lines. */
static bool
is_in_grid(const struct area *a)
{
    return a->kind == AREA_BLOCK && a->parent && a->parent->node &&
        a->parent->node->kind == FO_TABLE;
}

/* Only these carry their place: that of their content edge, counted with the
 * table's indent, and, downwards, of their outer border edge. */
static void
cell_place(struct dump *d, const struct area *a)
{
    int half = a->border && !a->border[FO_BEFORE].closing
        ? a->border[FO_BEFORE].width - a->border[FO_BEFORE].space
        : 0;

    attr_nonzero(d, "left-offset",
        a->x + area_border(a, FO_START) + a->padding[FO_START] +
            a->parent->start_indent);
    attr_nonzero(d, "top-offset", a->y - half);
}

static void
positioning(struct dump *d, const struct area *a)
{
    enum fo_kind k = a->node ? a->node->kind : FO_TEXT;

    if (a->kind == AREA_BLOCK_VIEWPORT && a->out_of_flow)
        attr_str(d, "positioning", a->fixed ? "fixed" : "absolute");
    else if (is_in_grid(a) || k == FO_LIST_ITEM_LABEL || k == FO_LIST_ITEM_BODY)
        attr_str(d, "positioning", "absolute");
    else if (a->relative)
        attr_str(d, "positioning", "relative");
}

static void
block(struct dump *d, const struct area *a)
{
    start(d, "block");
    area_all(d, a);
    if (a->node && a->node->kind == FO_BLOCK && a->style)
        attr_str(d, "visibility", fo_value_name(a->style->visibility));
    if (a->kind == AREA_BLOCK_VIEWPORT)
        viewport_place(d, a);
    else if (is_in_grid(a))
        cell_place(d, a);
    positioning(d, a);
    blocks(d, a);
    end(d, "block");
}

static void
blocks(struct dump *d, const struct area *a)
{
    for (const struct area *c = a->first; c; c = c->next) {
        if (c->kind == AREA_LINE)
            line(d, c);
        else
            block(d, c);
    }
}

/* ---- pages ------------------------------------------------------------ */

static void
span(struct dump *d, const struct area *a)
{
    start(d, "span");
    if (a->columns > 1)
        attr_int(d, "columnCount", a->columns);
    area_all(d, a);
    attr_str(d, "block-progression-direction", "tb");
    attr_str(d, "inline-progression-direction", "lr");
    for (const struct area *c = a->first; c; c = c->next) {
        start(d, "flow");
        area_all(d, c);
        blocks(d, c);
        end(d, "flow");
    }
    end(d, "span");
}

/* The peer never gives the main-reference-area a size. */
static void
main_reference(struct dump *d, const struct area *a, const struct area *region)
{
    start(d, "mainReference");
    buf_add_str(d->out, " ipd=\"0\" bpd=\"0\" bap=\"0 0 0 0\"");
    if (region->columns > 1)
        attr_int(d, "columnGap", region->gap);
    attr_str(d, "is-reference-area", "true");
    for (const struct area *c = a->first; c; c = c->next)
        span(d, c);
    end(d, "mainReference");
}

/* body: floats, main, footnotes, in this order, the first and last always. */
static void
body(struct dump *d, const struct area *a)
{
    const struct area *notes = NULL;

    start(d, "beforeFloat");
    end_empty(d);
    for (const struct area *c = a->first; c; c = c->next) {
        if (c->kind == AREA_MAIN)
            main_reference(d, c, a);
        if (c->kind == AREA_FOOTNOTES)
            notes = c;
    }
    start(d, "footnote");
    attr_int(d, "top-offset", notes ? notes->y : 0);
    if (notes)
        blocks(d, notes);
    end(d, "footnote");
}

/* The border and padding of a region stand on the reference area with the
 * peer, on the viewport with us. */
static void
region(struct dump *d, const struct area *port, const struct area *a)
{
    struct area_matrix m = area_turn(port);
    int left = area_border(port, FO_START) + port->padding[FO_START];
    int top = area_border(port, FO_BEFORE) + port->padding[FO_BEFORE];
    const char *name = area_name_region[port->region];
    struct area edged = *a;

    edged.border = port->border;
    memcpy(edged.padding, port->padding, sizeof edged.padding);
    start(d, name);
    area_all(d, &edged);
    attr_str(d, "name", a->region_name ? a->region_name : "");
    ctm(d, m, port->x - left, port->y - top);
    if (port->region == REGION_BODY && a->columns > 1) {
        attr_int(d, "columnGap", a->gap);
        attr_int(d, "columnCount", a->columns);
    }
    if (port->region == REGION_BODY)
        body(d, a);
    else
        blocks(d, a);
    end(d, name);
}

static void
region_viewport(struct dump *d, const struct area *a)
{
    struct area bare = *a;

    bare.ipd = area_border_ipd(a);
    bare.bpd = area_border_bpd(a);
    bare.border = NULL;
    memset(bare.padding, 0, sizeof bare.padding);
    start(d, "regionViewport");
    area_all(d, &bare);
    buf_printf(d->out, " rect=\"%d %d %d %d\"", a->x, a->y, bare.ipd, bare.bpd);
    if (a->clip)
        attr_str(d, "clipped", "true");
    for (const struct area *c = a->first; c; c = c->next)
        if (c->kind == AREA_REGION)
            region(d, a, c);
    end(d, "regionViewport");
}

static enum status
on_sequence(void *self, const struct fo_node *seq, const struct area *title)
{
    struct dump *d = self;
    const struct fo_style *s = seq ? seq->style : NULL;

    if (d->sequence)
        end(d, "pageSequence");
    d->sequence = seq;
    start(d, "pageSequence");
    if (s && s->language)
        attr_str(d, "xml:lang",
            s->country
                ? arena_printf(d->arena, "%s-%s", s->language, s->country)
                : s->language);
    if (title) {
        start(d, "title");
        d->flat++;
        inlines(d, title);
        d->flat--;
        end(d, "title");
    }
    return STATUS_OK;
}

static enum status
on_page(void *self, const struct area_page *p)
{
    static const enum area_region order[] = {
        REGION_BEFORE, REGION_START, REGION_BODY, REGION_END, REGION_AFTER};
    struct dump *d = self;

    if (p->sequence != d->sequence || !d->sequence)
        (void)on_sequence(d, p->sequence, NULL);
    start(d, "pageViewport");
    buf_printf(d->out, " bounds=\"0 0 %d %d\" key=\"P%d\" nr=\"%d\"", p->width,
        p->height, p->index + 1, p->number);
    attr_str(d, "formatted-nr", p->number_text ? p->number_text : "");
    if (p->master_name)
        attr_str(d, "simple-page-master-name", p->master_name);
    if (p->blank)
        attr_str(d, "blank", "true");
    start(d, "page");
    for (int i = 0; i < 5; i++)
        for (const struct area *a = p->regions; a; a = a->next)
            if (a->region == order[i])
                region_viewport(d, a);
    end(d, "page");
    end(d, "pageViewport");
    return STATUS_OK;
}

/* ---- begin and finish ------------------------------------------------- */

static enum status
on_begin(void *self, const struct fo_tree *t)
{
    struct dump *d = self;

    d->tree = t;
    buf_add_str(d->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    start(d, "areaTree");
    buf_add_str(d->out, " version=\"2.0\" xmlns:sb=\"urn:shenbao:fo\"");
    return STATUS_OK;
}

static void
bookmark(struct dump *d, const struct fo_node *n)
{
    const struct fo_style *s = n->style;
    struct buf title;

    start(d, "bookmark");
    buf_init(&title);
    for (const struct fo_node *c = n->first; c; c = c->next)
        if (c->kind == FO_BOOKMARK_TITLE)
            fo_text_of(c, &title);
    attr_str(d, "title", title.data ? title.data : "");
    buf_clear(&title);
    attr_str(d, "show-children",
        strcmp(fo_value_name(s->starting_state), "hide") == 0 ? "false"
                                                              : "true");
    attr_internal(d, s->internal_destination ? s->internal_destination : "");
    for (const struct fo_node *c = n->first; c; c = c->next)
        if (c->kind == FO_BOOKMARK)
            bookmark(d, c);
    end(d, "bookmark");
}

static void
bookmarks(struct dump *d)
{
    const struct fo_node *n = d->tree && d->tree->root ? d->tree->root->first
                                                       : NULL;

    for (; n; n = n->next) {
        if (n->kind != FO_BOOKMARK_TREE)
            continue;
        start(d, "bookmarkTree");
        for (const struct fo_node *c = n->first; c; c = c->next)
            if (c->kind == FO_BOOKMARK)
                bookmark(d, c);
        end(d, "bookmarkTree");
    }
}

static int
by_id(const void *a, const void *b)
{
    const struct area_target *const *s = a, *const *t = b;

    return strcmp((*s)->id, (*t)->id);
}

static const struct area_target **
sorted(struct arena *a, const struct area_target *targets, int n)
{
    const struct area_target **t = arena_array(a, (size_t)n + 1, sizeof *t);

    for (int i = 0; i < n; i++)
        t[i] = &targets[i];
    qsort(t, (size_t)n, sizeof *t, by_id);
    return t;
}

static int
page_of(const struct area_target **targets, int n, const char *id)
{
    const struct area_target key = {.id = id}, *wanted = &key, **t;

    t = bsearch(&wanted, targets, (size_t)n, sizeof *targets, by_id);
    return t ? (*t)->page + 1 : 0;
}

static void
put_keys(struct dump *d, const struct area_target *targets, int n)
{
    const struct area_target **pages = sorted(d->arena, targets, n);
    struct buf whole;
    size_t from = 0;

    buf_init(&whole);
    for (const struct fixup *f = d->first; f; f = f->next) {
        int page = page_of(pages, n, f->id);

        buf_add(&whole, d->out->data + from, f->at - from);
        from = f->at;
        if (page)
            buf_printf(&whole, "P%d", page);
    }
    buf_add(&whole, d->out->data + from, d->out->len - from);
    buf_clear(d->out);
    *d->out = whole;
}

static enum status
on_finish(void *self, const struct area_target *targets, int n)
{
    struct dump *d = self;

    if (d->sequence)
        end(d, "pageSequence");
    bookmarks(d);
    end(d, "areaTree");
    buf_add_str(d->out, "\n>\n");
    if (d->first)
        put_keys(d, targets, n);
    return STATUS_OK;
}

struct area_sink *
area_dump_sink(struct arena *a, struct buf *out)
{
    struct dump *d = ARENA_NEW(a, struct dump);

    d->arena = a;
    d->out = out;
    d->sink = (struct area_sink){d, on_begin, on_sequence, on_page, on_finish};
    return &d->sink;
}
