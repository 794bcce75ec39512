/* The document: rounds over its page-sequences until page numbers stand
 * still, each page handed to the sink and forgotten. */
#include "layout/layout.h"
#include "layout/lay_inline.h"
#include "layout/lay_page.h"
#include "layout/lay_par.h"
#include "layout/lay_ref.h"
#include "layout/lay_restart.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/length.h"

#include <stdio.h>
#include <string.h>

#define ROUNDS_MAX 3
#define PAGES_MAX 5000

struct run {
    struct lay lay;
    int pages; /* made in this round */
    int limit;
    int number; /* folio that an automatic sequence goes on with */
};

/* ---- page numbers ----------------------------------------------------- */

static void
letters(char *out, size_t size, int n, char base)
{
    char rev[16];
    int k = 0;
    for (; n > 0 && k < 15; n = (n - 1) / 26)
        rev[k++] = (char)(base + (n - 1) % 26);
    size_t i = 0;
    while (k > 0 && i + 1 < size)
        out[i++] = rev[--k];
    out[i] = '\0';
}

static void
roman(char *out, size_t size, int n, bool upper)
{
    static const struct {
        int value;
        const char *lower, *upper;
    } digits[] = {
        {1000, "m", "M"},
        {900, "cm", "CM"},
        {500, "d", "D"},
        {400, "cd", "CD"},
        {100, "c", "C"},
        {90, "xc", "XC"},
        {50, "l", "L"},
        {40, "xl", "XL"},
        {10, "x", "X"},
        {9, "ix", "IX"},
        {5, "v", "V"},
        {4, "iv", "IV"},
        {1, "i", "I"},
    };
    out[0] = '\0';
    if (n > 3999) {
        snprintf(out, size, "%d", n);
        return;
    }
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        for (; n >= digits[i].value; n -= digits[i].value)
            strncat(out, upper ? digits[i].upper : digits[i].lower,
                size - strlen(out) - 1);
}

/* 一 二 … 十 十一 … 九十九, then digit by digit. */
static void
chinese(char *out, size_t size, int n)
{
    static const char *const d[] = {
        "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    char rev[16];
    out[0] = '\0';
    if (n < 100) {
        if (n >= 20)
            strncat(out, d[n / 10], size - strlen(out) - 1);
        if (n >= 10)
            strncat(out, "十", size - strlen(out) - 1);
        if (n % 10 || n < 10)
            strncat(out, d[n % 10], size - strlen(out) - 1);
        return;
    }
    snprintf(rev, sizeof rev, "%d", n);
    for (const char *p = rev; *p; p++)
        strncat(out, d[*p - '0'], size - strlen(out) - 1);
}

/* Digits in groups from the right: 12,345. */
static const char *
grouped(struct arena *a, const struct fo_style *s, const char *digits)
{
    const char *separator = s->grouping_separator;
    size_t n = strlen(digits);
    struct buf b;
    if (!separator || strspn(digits, "0123456789") != n)
        return arena_strdup(a, digits);
    buf_init(&b);
    for (size_t i = 0; i < n; i++) {
        if (i && (n - i) % (size_t)s->grouping_size == 0)
            buf_add_str(&b, separator);
        buf_add_char(&b, digits[i]);
    }
    const char *text = arena_strdup(a, b.data ? b.data : "");
    buf_clear(&b);
    return text;
}

static const char *
number_text(struct arena *a, const struct fo_style *s, int n)
{
    char t[64];
    const char *f = s->format && *s->format ? s->format : "1";
    size_t width = strlen(f);
    if (!strcmp(f, "a") || !strcmp(f, "A"))
        letters(t, sizeof t, n, f[0]);
    else if (!strcmp(f, "i") || !strcmp(f, "I"))
        roman(t, sizeof t, n, f[0] == 'I');
    else if (!strcmp(f, "一"))
        chinese(t, sizeof t, n);
    else if (strspn(f, "01") == width && f[width - 1] == '1')
        snprintf(t, sizeof t, "%0*d", (int)(width < 20 ? width : 20), n);
    else
        snprintf(t, sizeof t, "%d", n);
    return s->grouping_size > 0 ? grouped(a, s, t) : arena_strdup(a, t);
}

/* ---- one page --------------------------------------------------------- */

static struct area_page *
page_new(struct run *r, struct lay_sequence *q, struct arena *a, bool blank)
{
    struct area_page *p = ARENA_NEW(a, struct area_page);
    p->index = r->pages;
    p->number = q->number;
    p->number_text = number_text(a, q->node->style, q->number);
    p->width = q->master.width;
    p->height = q->master.height;
    p->master_name = q->master.name;
    p->blank = blank;
    p->first_of_sequence = q->count == 0;
    p->sequence = q->node;
    p->draft = r->lay.job->draft;
    return p;
}

#define UNMAPPED_MAX 100 /* pages in a row that the flow may pass over */

static bool
takes_flow(const struct lay_sequence *q)
{
    const char *name = q->master.region[REGION_BODY].name;
    const char *flow = q->flow ? q->flow->style->flow_name : NULL;
    if (!name || !*name)
        name = "xsl-region-body";
    return !flow || !strcmp(flow, name) || !strcmp(flow, "xsl-region-body");
}

/* Whether the flow goes to this page's body.  A page whose body has another
 * name is passed over; when no page takes the flow, the next one has to. */
static bool
is_mapped(struct lay_sequence *q)
{
    if (takes_flow(q)) {
        q->unmapped = 0;
        return true;
    }
    if (q->masters.sub && ++q->unmapped < UNMAPPED_MAX)
        return false;
    struct where w = fo_where(q->lay->tree, q->flow);
    diag_add(q->lay->diags, DIAG_FO_NO_REGION, &w, q->flow->style->flow_name,
        "it was set into region-body");
    return true;
}

/* The first item of the tape that a later page may ask for: where it goes on,
 * or the page of a footnote that is still waiting. */
static int
still_wanted(const struct lay_sequence *q)
{
    int index = q->pos.index;
    for (const struct lay_pending *p = q->notes.first; p; p = p->next)
        if (p->flow == q->tape)
            index = lay_int_min(index, p->anchor);
    return index;
}

/* Regions in the order in which they are painted; the body's content first,
 * because static content asks for the page's markers. */
static enum status
page_make(
    struct run *r, struct lay_sequence *q, bool blank, enum lay_force *force)
{
    static const enum area_region order[] = {
        REGION_BEFORE, REGION_START, REGION_BODY, REGION_END, REGION_AFTER};
    struct arena *a = arena_new();
    struct area_page *page = page_new(r, q, a, blank);
    struct lay_emit e = {.lay = &r->lay, .arena = a, .page = page};
    struct area root = {0};
    struct area *body = NULL, *region[5] = {0};
    e.area = &root;
    for (size_t i = 0; i < 5; i++) {
        const struct lay_region *lr = &q->master.region[order[i]];
        if (lr->node)
            region[order[i]] = lay_region_area(&e, lr, order[i]);
    }
    body = region[REGION_BODY];
    q->notes.arena = q->arena;
    q->notes.flow = q->tape;
    q->notes.anchor = q->pos.index;
    if (r->lay.tree->root->style->id)
        lay_ref_seen(&r->lay, page, r->lay.tree->root->style->id, root.first);
    if (q->node->style->id)
        lay_ref_seen(&r->lay, page, q->node->style->id, root.first);
    if (body && !blank && is_mapped(q)) {
        if (q->flow && q->flow->style->id)
            lay_ref_seen(&r->lay, page, q->flow->style->id, body);
        lay_body_fill(q, page, &e, body, force);
    }
    for (int i = REGION_BEFORE; i <= REGION_END; i++)
        if (region[i])
            lay_static_fill(
                q, &e, region[i], &q->master.region[i], (enum area_region)i);
    for (struct area *v = root.first; v; v = v->next)
        v->parent = NULL;
    page->regions = root.first;
    lay_ref_page_end(&r->lay, page);
    lay_markers_end_page(&r->lay);
    enum status st = r->lay.sink ? r->lay.sink->page(r->lay.sink->self, page)
                                 : STATUS_OK;
    lay_tape_drop(
        q->tape, still_wanted(q)); /* areas borrow from the tape until here */
    arena_free(a);
    r->pages++;
    q->number++;
    q->count++;
    return st;
}

static enum status
check_limit(struct run *r, const struct fo_node *n)
{
    if (r->pages < r->limit)
        return STATUS_OK;
    struct where w = fo_where(r->lay.tree, n);
    diag_add(r->lay.diags, DIAG_PAGE_LIMIT, &w, r->limit);
    return fail(STATUS_LIMIT);
}

/* Positions of the last page may still be asked for while this one is made. */
static void
turn_positions(struct lay_sequence *q)
{
    struct arena *old = q->pos_arena[1];
    q->pos_arena[1] = q->pos_arena[0];
    q->pos_arena[0] = arena_new();
    arena_free(old);
}

static int
flow_size(const struct lay_sequence *q)
{
    return q->flow ? q->flow->style->font_size : q->node->style->font_size;
}

/* What the flow's generators must know of the master in hand. */
static void
set_measure(struct lay_sequence *q)
{
    const struct lay_master *m = &q->master;
    q->ctx.full_ipd = m->region[REGION_BODY].ipd;
    q->ctx.column_ipd = m->column_ipd;
    q->ctx.ref_ipd = q->ctx.parent_ipd = m->column_ipd;
    q->ctx.ref_bpd = m->region[REGION_BODY].bpd;
    q->ctx.note_ipd = m->region[REGION_BODY].ipd;
    q->ctx.grid_pitch = m->grid_pitch;
    q->ctx.grid_advance = m->grid_advance;
    q->ctx.grid_size = m->grid_size;
    q->ctx.close_dates = m->grid_advance > 0;
}

static bool
notes_wait_on(const struct lay_sequence *q, const struct lay_tape *t)
{
    for (const struct lay_pending *p = q->notes.first; p; p = p->next)
        if (p->flow == t)
            return true;
    return false;
}

/* The column's measure changed: what is to come is generated anew. */
static void
follow_measure(struct lay_sequence *q)
{
    const struct lay_master *m = &q->master;
    if (m->column_ipd == q->ctx.column_ipd &&
        m->region[REGION_BODY].ipd == q->ctx.full_ipd)
        return;
    struct lay_resume *r = ARENA_NEW(q->arena, struct lay_resume);
    if (q->done || !lay_restart_find(q->tape, q->pos, q->flow, r))
        return;
    if (!notes_wait_on(q, q->tape))
        lay_tape_clear(q->tape);
    set_measure(q);
    q->tape = q->ctx.tape = lay_tape_new(q->arena);
    lay_tape_stream(q->tape);
    q->ctx.resume = r;
    q->pos = lay_restart_generate(&q->ctx, q->flow, r);
}

/* ---- folios ----------------------------------------------------------- */

static bool
is_odd(int n)
{
    return n % 2 != 0;
}

static int
first_number(const struct run *r, const struct fo_style *s)
{
    int next = r->number;
    if (s->initial_page_number > 0)
        return s->initial_page_number;
    if (s->initial_page_number_v == FO_V_AUTO_ODD && !is_odd(next))
        return next + 1;
    if (s->initial_page_number_v == FO_V_AUTO_EVEN && is_odd(next))
        return next + 1;
    return next;
}

/* Whether a sequence of COUNT pages with the last numbered LAST needs a blank
 * one so that it ends, and the next begins, as they say. */
static bool
wants_blank_end(const struct lay_sequence *q, int count, int last)
{
    const struct fo_node *next = q->node->next;
    switch (q->node->style->force_page_count) {
    case FO_V_EVEN:
        return is_odd(count);
    case FO_V_ODD:
        return !is_odd(count);
    case FO_V_END_ON_EVEN:
        return is_odd(last);
    case FO_V_END_ON_ODD:
        return !is_odd(last);
    case FO_V_AUTO:
    case FO_V_NONE_GIVEN:
        while (next && next->kind != FO_PAGE_SEQUENCE)
            next = next->next;
        if (!next)
            return false;
        if (next->style->initial_page_number > 0)
            return is_odd(next->style->initial_page_number) == is_odd(last);
        if (next->style->initial_page_number_v == FO_V_AUTO_ODD)
            return is_odd(last);
        if (next->style->initial_page_number_v == FO_V_AUTO_EVEN)
            return !is_odd(last);
        return false;
    default:
        return false;
    }
}

/* ---- masters ---------------------------------------------------------- */

static const struct fo_node *
choice(struct run *r, struct lay_sequence *q, bool blank, bool first, bool last)
{
    struct lay_page_kind k = {.odd = q->number % 2 != 0,
        .first = first,
        .last = last,
        .blank = blank};
    return lay_masters_choose(&r->lay, &q->masters, &k);
}

static bool
fits_on(struct run *r, struct lay_sequence *q, const struct fo_node *master)
{
    lay_master_measure(&r->lay, master, flow_size(q), &q->master);
    return lay_body_is_last(q);
}

/* Whether the page is to be the sequence's last.  What is left has to fit on
 * the page's usual master and on the one for last pages; a master for an only
 * page is asked by itself. */
static bool
is_last(struct run *r, struct lay_sequence *q, const struct fo_node *usual,
    const struct fo_node *last)
{
    if (wants_blank_end(q, q->count + 1, q->number))
        return false; /* a blank page will be the last */
    lay_master_measure(&r->lay, last, flow_size(q), &q->master);
    if (!takes_flow(q))
        return false;
    if (q->count == 0 && last != choice(r, q, false, false, true))
        return fits_on(r, q, last);
    if (!fits_on(r, q, usual))
        return false;
    bool fits = fits_on(r, q, last);
    q->tail = !fits; /* an empty last page will follow */
    return fits;
}

static void
begin_flow(struct lay_sequence *q)
{
    set_measure(q);
    q->tape = q->ctx.tape = lay_tape_new(q->arena);
    lay_tape_stream(q->tape);
    if (q->flow)
        lay_gen_children(&q->ctx, q->flow);
}

/* The master of the next page. */
static void
choose_master(struct run *r, struct lay_sequence *q, bool blank)
{
    struct lay_page_kind k = {
        .odd = q->number % 2 != 0, .first = q->count == 0, .blank = blank};
    k.last = blank && q->done;
    const struct fo_node *usual = choice(r, q, blank, k.first, k.last);
    const struct fo_node *last = choice(r, q, blank, k.first, true);
    lay_master_measure(&r->lay, usual, flow_size(q), &q->master);
    if (!q->tape)
        begin_flow(q);
    if (!blank && last != usual) {
        k.last = is_last(r, q, usual, last);
        lay_master_measure(
            &r->lay, k.last ? last : usual, flow_size(q), &q->master);
    }
    if (!blank)
        follow_measure(q);
    lay_masters_next(&r->lay, &q->masters, &k);
}

static enum status
next_page(
    struct run *r, struct lay_sequence *q, bool blank, enum lay_force *force)
{
    enum status st = check_limit(r, q->node);
    if (st)
        return st;
    if (!blank) /* it uses up no position */
        turn_positions(q);
    choose_master(r, q, blank);
    return page_make(r, q, blank, force);
}

/* ---- a page-sequence -------------------------------------------------- */

static bool
needs_blank_before(const struct lay_sequence *q, enum lay_force force)
{
    return (force == LAY_FORCE_EVEN && is_odd(q->number)) ||
        (force == LAY_FORCE_ODD && !is_odd(q->number));
}

static enum status
sequence_pages(struct run *r, struct lay_sequence *q)
{
    enum lay_force force = q->flow ? lay_force_before(q->flow) : LAY_FORCE_NONE;
    enum status st = STATUS_OK;
    while (!st && (!q->done || q->notes.first)) {
        if (needs_blank_before(q, force) && q->count > 0)
            st = next_page(r, q, true, &force);
        if (!st)
            st = next_page(r, q, false, &force);
    }
    enum lay_force end = LAY_FORCE_NONE;
    if (!st && q->tail)
        st = next_page(r, q, true, &end);
    if (!st && wants_blank_end(q, q->count, q->number - 1))
        st = next_page(r, q, true, &end);
    return st;
}

/* fo:title as a line of its own, for painters that show it. */
static struct area *
title_area(struct run *r, struct lay_sequence *q, const struct fo_node *title)
{
    const struct text_lines *l = lay_par_single(&q->ctx, title);
    if (!l || !l->first)
        return NULL;
    struct area root = {0};
    struct area_page page = {.sequence = q->node};
    struct lay_emit e = {.lay = &r->lay,
        .arena = q->arena,
        .area = &root,
        .page = &page,
        .repeated = true};
    struct lay_line line = {
        .text = l->first, .block = title, .ipd = l->first->width};
    lay_line_measure(&q->ctx, &line);
    struct lay_piece piece = {.data = &line};
    lay_line_emit(&piece, &e);
    if (root.first)
        root.first->parent = NULL;
    return root.first;
}

static enum status
sequence_title(struct run *r, struct lay_sequence *q)
{
    struct area_sink *s = r->lay.sink;
    struct area *title = NULL;
    if (!s || !s->sequence)
        return STATUS_OK;
    for (const struct fo_node *n = q->node->first; n && !title; n = n->next)
        if (n->kind == FO_TITLE)
            title = title_area(r, q, n);
    return s->sequence(s->self, q->node, title);
}

static void
sequence_clear(struct lay_sequence *q)
{
    arena_free(q->pos_arena[0]);
    arena_free(q->pos_arena[1]);
    arena_free(q->arena);
}

static enum status
run_sequence(struct run *r, const struct fo_node *node)
{
    struct lay_sequence q = {.lay = &r->lay, .node = node};
    if (lay_masters_begin(&r->lay, &q.masters, node))
        return STATUS_OK; /* reported; the other sequences go on */
    q.arena = arena_new();
    for (const struct fo_node *n = node->first; n; n = n->next)
        if (n->kind == FO_FLOW)
            q.flow = n;
    q.separator = lay_static_find(node, "xsl-footnote-separator");
    q.number = first_number(r, node->style);
    q.ctx.lay = &r->lay;
    q.ctx.arena = q.arena;
    enum status st = sequence_title(r, &q);
    if (!st)
        st = sequence_pages(r, &q);
    r->number = q.number;
    sequence_clear(&q);
    return st;
}

/* ---- rounds ----------------------------------------------------------- */

static enum status
run_round(struct run *r, struct area_sink *sink)
{
    enum status st = STATUS_OK;
    r->lay.sink = sink;
    r->lay.round++;
    r->pages = 0;
    r->number = 1;
    lay_refs_begin(r->lay.refs);
    if (sink)
        st = sink->begin(sink->self, r->lay.tree);
    for (const struct fo_node *n = r->lay.tree->root->first; n && !st;
         n = n->next)
        if (n->kind == FO_PAGE_SEQUENCE)
            st = run_sequence(r, n);
    return st;
}

enum status
layout_run(const struct layout_job *job, struct area_sink *sink)
{
    struct run r = {.limit = job->page_limit > 0 ? job->page_limit : PAGES_MAX};
    struct arena *a = arena_new();
    r.lay = (struct lay){
        .job = job, .tree = job->tree, .diags = job->diags, .arena = a};
    r.lay.refs = lay_refs_new(a);

    /* Numbers that are cited are unknown at first: a silent round finds them. */
    enum status st = STATUS_OK;
    if (job->tree->citations)
        st = run_round(&r, NULL);
    if (!st)
        st = run_round(&r, sink);
    while (!st && job->tree->citations && lay_refs_moved(r.lay.refs)) {
        if (r.lay.round >= ROUNDS_MAX) {
            struct where w = fo_where(job->tree, job->tree->root);
            diag_add(job->diags, DIAG_ROUNDS, &w, ROUNDS_MAX);
            break;
        }
        st = run_round(&r, sink);
    }
    if (!st) {
        int n;
        struct area_target *t = lay_ref_targets(&r.lay, a, &n);
        st = sink->finish(sink->self, t, n);
    }
    arena_free(a);
    return st;
}
