/* Regions, and static content in them. */
#include "layout/lay_page.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/length.h"

#include <string.h>

static const char *const default_names[5] = {
    "xsl-region-body",
    "xsl-region-before",
    "xsl-region-after",
    "xsl-region-start",
    "xsl-region-end",
};

static const char *
region_name(const struct lay_region *r, enum area_region which)
{
    return r->name && *r->name ? r->name : default_names[which];
}

struct area *
lay_region_area(
    struct lay_emit *e, const struct lay_region *r, enum area_region which)
{
    const struct fo_style *s = r->node->style;
    struct area *outer = e->area;
    struct area *v = lay_emit_area(e, AREA_REGION_VIEWPORT, r->node);
    v->region = which;
    v->is_viewport = true;
    v->x = r->x;
    v->y = r->y;
    v->background = s->background_color;
    v->clip = s->overflow == FO_V_HIDDEN ||
        s->overflow == FO_V_ERROR_IF_OVERFLOW;
    struct area_edge *b = arena_array(e->arena, 4, sizeof *b);
    for (int i = 0; i < 4; i++) {
        v->padding[i] = fo_len_mpt(s->padding[i].len, r->w);
        b[i] = lay_edge_from_border(&s->border[i]);
    }
    v->border = b;
    v->ipd = r->w - v->padding[FO_START] - v->padding[FO_END] -
        b[FO_START].space - b[FO_END].space;
    v->bpd = r->h - v->padding[FO_BEFORE] - v->padding[FO_AFTER] -
        b[FO_BEFORE].space - b[FO_AFTER].space;
    v->orientation = r->orientation;
    lay_emit_background(e, v, r->node);
    v->region_name = region_name(r, which);
    v->artifact = which != REGION_BODY;
    e->area = v;
    struct area *a = lay_emit_area(e, AREA_REGION, r->node);
    a->region = which;
    a->region_name = v->region_name;
    a->is_reference = true;
    a->artifact = v->artifact;
    a->ipd = r->ipd;
    a->bpd = r->bpd;
    a->orientation = r->orientation;
    a->columns = 1;
    e->area = outer;
    return a;
}

const struct fo_node *
lay_static_find(const struct fo_node *seq, const char *flow_name)
{
    for (const struct fo_node *n = seq->first; n; n = n->next)
        if (n->kind == FO_STATIC_CONTENT && n->style->flow_name &&
            !strcmp(n->style->flow_name, flow_name))
            return n;
    return NULL;
}

struct lay_tape *
lay_static_tape(struct lay_sequence *q, const struct fo_node *content,
    const struct area_page *page, struct arena *a, int ipd, int bpd)
{
    struct lay_ctx c = q->ctx;
    c.arena = a;
    c.no_notes = true;
    c.together = (struct fo_keep){0};
    c.page = page;
    c.page_number = page->number_text;
    c.grid_pitch = c.grid_advance = 0;
    return lay_subtape(&c, content, ipd, bpd);
}

static int
display_shift(enum fo_value v, int room, int height)
{
    if (height >= room)
        return 0;
    if (v == FO_V_CENTER)
        return (room - height) / 2;
    return v == FO_V_AFTER ? room - height : 0;
}

static void
warn_overflow(
    struct lay_sequence *q, const struct fo_node *n, int over, const char *name)
{
    char mpt[24];
    struct where w = fo_where(q->lay->tree, n);
    if (over > 10)
        diag_add(q->lay->diags, DIAG_PAGE_OVERFLOW, &w, mpt_print(mpt, over),
            name, "it sticks out");
}

void
lay_static_fill(struct lay_sequence *q, struct lay_emit *e, struct area *region,
    const struct lay_region *r, enum area_region which)
{
    const struct fo_node *content = lay_static_find(
        q->node, region_name(r, which));
    if (!content)
        return;
    struct lay_tape *t = lay_static_tape(
        q, content, e->page, e->arena, r->ipd, r->bpd);
    int height = lay_tape_height(q->lay, t, false);
    warn_overflow(q, content, height - r->bpd, region->region_name);
    struct lay_emit in = *e;
    in.area = in.absolute = region;
    in.left = 0;
    in.shrink = 0;
    in.notes = NULL;
    in.y = display_shift(r->node->style->display_align, r->bpd, height);
    lay_emit_tape(t, (struct lay_pos){0}, (struct lay_pos){MPT_MAX, NULL}, true,
        true, &in);
}
