/* White space, XSL 1.1 7.17: linefeed-treatment, white-space-treatment and
 * white-space-collapse as the block has them, over all inline content between
 * two block boundaries.  The boundaries count as linefeeds.
 *
 * What remains of the text is written behind each other into a scratch
 * buffer.  "trail" is where the white space at its end begins, so that it can
 * be cut off when a linefeed turns out to follow. */
#include "base/arena.h"
#include "fo/fo_build.h"
#include <stdlib.h>
#include <string.h>

struct refining {
    const struct fo_style *style;
    struct fo_run *runs;
    struct buf *out;
    int run; /* being read */
    bool in_space; /* a space was the last to be written */
    bool after_linefeed; /* nothing but dropped space since */
    size_t trail; /* [B] */
    int trail_run;
};

void
fo_runs_clear(struct fo_text_run_list *l)
{
    free(l->runs);
    buf_clear(&l->raw);
    *l = (struct fo_text_run_list){0};
}

static struct fo_run *
new_run(struct fo_text_run_list *l)
{
    if (l->n == l->cap) {
        int cap = l->cap ? 2 * l->cap : 64;
        struct fo_run *runs = realloc(l->runs, (size_t)cap * sizeof *runs);

        if (!runs)
            abort();
        l->runs = runs;
        l->cap = cap;
    }
    l->runs[l->n] = (struct fo_run){.from = l->raw.len};
    return &l->runs[l->n++];
}

void
fo_runs_add(
    struct fo_text_run_list *l, struct fo_node *node, const char *s, size_t n)
{
    struct fo_run *r = l->n ? &l->runs[l->n - 1] : NULL;

    if (!r || r->node != node) {
        r = new_run(l);
        r->node = node;
    }
    buf_add(&l->raw, s, n);
    r->len += n;
}

void
fo_runs_object(struct fo_text_run_list *l)
{
    new_run(l);
}

/* ---- one character ---------------------------------------------------- */

static void
mark_end(struct refining *r)
{
    r->trail = r->out->len;
    r->trail_run = r->run;
}

/* Takes the white space at the end away. */
static void
cut_trail(struct refining *r)
{
    r->out->len = r->trail;
    for (int i = r->trail_run + 1; i <= r->run; i++)
        r->runs[i].out = r->trail;
}

/* Whether the treatment drops space before, after linefeeds. */
static bool
drops_before(const struct fo_style *s)
{
    return s->white_space_treatment == FO_V_IGNORE_IF_BEFORE_LINEFEED ||
        s->white_space_treatment == FO_V_IGNORE_IF_SURROUNDING_LINEFEED;
}

static bool
drops_after(const struct fo_style *s)
{
    return s->white_space_treatment == FO_V_IGNORE_IF_AFTER_LINEFEED ||
        s->white_space_treatment == FO_V_IGNORE_IF_SURROUNDING_LINEFEED;
}

static void
space(struct refining *r)
{
    const struct fo_style *s = r->style;

    if (s->white_space_treatment == FO_V_IGNORE ||
        (r->after_linefeed && drops_after(s)) ||
        (r->in_space && s->white_space_collapse == FO_V_TRUE))
        return;
    buf_add_char(r->out, ' ');
    r->in_space = true;
}

static void
boundary(struct refining *r)
{
    if (drops_before(r->style))
        cut_trail(r);
    r->in_space = false;
    r->after_linefeed = true;
}

static void
other(struct refining *r, const char *s, size_t n)
{
    buf_add(r->out, s, n);
    mark_end(r);
    r->in_space = r->after_linefeed = false;
}

static void
linefeed(struct refining *r)
{
    switch (r->style->linefeed_treatment) {
    case FO_V_IGNORE:
        return;
    case FO_V_PRESERVE:
        boundary(r);
        buf_add_char(r->out, '\n');
        mark_end(r);
        return;
    case FO_V_TREAT_AS_ZERO_WIDTH_SPACE:
        other(r, "\xE2\x80\x8B", 3);
        return;
    default:
        space(r);
    }
}

/* ---- a stretch -------------------------------------------------------- */

static bool
is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void
refine_run(struct refining *r, const char *s, size_t n)
{
    const char *end = s + n, *from;

    while (s < end) {
        if (*s == '\n') {
            linefeed(r);
            s++;
        } else if (*s == ' ' || *s == '\t' || *s == '\r') {
            space(r);
            s++;
        } else {
            for (from = s; s < end && !is_blank(*s); s++)
                continue;
            other(r, from, (size_t)(s - from));
        }
    }
}

static void
refine(struct refining *r, struct fo_text_run_list *l, int first)
{
    int last = -1;

    r->after_linefeed = true;
    r->run = first;
    mark_end(r);
    for (r->run = first; r->run < l->n; r->run++) {
        struct fo_run *run = &l->runs[r->run];

        run->out = r->out->len;
        last = r->run;
        if (run->node)
            refine_run(r, l->raw.data + run->from, run->len);
        else
            other(r, "", 0);
    }
    r->run = last;
    if (last >= 0)
        boundary(r);
}

static void
unlink_node(struct fo_node *n)
{
    struct fo_node *up = n->parent;

    if (n->prev)
        n->prev->next = n->next;
    else
        up->first = n->next;
    if (n->next)
        n->next->prev = n->prev;
    else
        up->last = n->prev;
}

void
fo_runs_finish(struct fo_text_run_list *l, int first, const struct fo_style *s,
    struct arena *a, struct buf *scratch)
{
    struct refining r = {.style = s, .runs = l->runs, .out = scratch};

    if (l->n == first)
        return;
    buf_reset(scratch);
    buf_add(scratch, "", 0);
    if (s)
        refine(&r, l, first);
    for (int i = first; i < l->n; i++) {
        struct fo_run *run = &l->runs[i];
        size_t end = i + 1 < l->n ? l->runs[i + 1].out : scratch->len;
        size_t n = s ? end - run->out : run->len;

        if (!run->node)
            continue;
        if (n == 0) {
            unlink_node(run->node);
            continue;
        }
        run->node->text = arena_strndup(
            a, s ? scratch->data + run->out : l->raw.data + run->from, n);
        run->node->len = (int)n;
    }
    l->raw.len = l->runs[first].from;
    l->n = first;
}
