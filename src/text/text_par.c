/* A paragraph: what goes in, and the order of the steps that set it. */
#include "text/text_par.h"

#include "base/arena.h"
#include "text/text_face.h"
#include <stdlib.h>
#include <string.h>

#define EM_DEFAULT 12000 /* [mpt] */
#define WIDTH_MAX 1000000000

/* ---- build ------------------------------------------------------------- */

struct text_par *
text_par_new(struct arena *a, struct text_env *env, struct diags *d)
{
    struct text_par *p = ARENA_NEW(a, struct text_par);

    p->arena = a;
    p->env = env;
    p->diags = d;
    return p;
}

static struct text_item *
add_item(struct text_par *p, enum text_kind kind, const void *tag)
{
    if (p->n_items == p->cap_items) {
        int cap = p->cap_items * 2 + 1;
        struct text_item *items = arena_array(
            p->arena, (size_t)cap, sizeof *items);
        if (p->n_items > 0)
            memcpy(items, p->items, (size_t)p->n_items * sizeof *items);
        p->items = items;
        p->cap_items = cap;
    }
    struct text_item *it = &p->items[p->n_items++];
    it->kind = kind;
    it->tag = tag;
    p->shaped = false;
    p->n_cells = p->n_glyphs = 0;
    return it;
}

static int
clamp(int v)
{
    return v > WIDTH_MAX ? WIDTH_MAX : v < -WIDTH_MAX ? -WIDTH_MAX : v;
}

void
text_par_run(struct text_par *p, const char *utf8, int n,
    const struct text_style *s, const void *tag, const struct where *w)
{
    struct text_item *it;

    if (n <= 0 || s->font == NULL || text_font_first(s->font) == NULL)
        return;
    it = add_item(p, TEXT_RUN, tag);
    it->utf8 = utf8;
    it->n_utf8 = n;
    it->style = *s;
    it->style.size = clamp(s->size < 0 ? 0 : s->size);
    it->style.letter_spacing = clamp(s->letter_spacing);
    it->style.word_spacing = clamp(s->word_spacing);
    if (w != NULL)
        it->where = *w;
}

void
text_par_box(struct text_par *p, int width, bool breakable, const void *tag)
{
    struct text_item *it = add_item(p, TEXT_BOX, tag);

    it->width = clamp(width);
    it->breakable = breakable;
}

void
text_par_leader(struct text_par *p, int min, int opt, int max,
    const struct text_style *s, const void *tag)
{
    struct text_item *it = add_item(p, TEXT_LEADER, tag);

    it->min = clamp(min);
    it->width = clamp(opt < min ? min : opt);
    it->max = clamp(max < opt ? opt : max);
    if (s != NULL)
        it->style = *s;
}

void
text_par_break(struct text_par *p, const void *tag)
{
    add_item(p, TEXT_BREAK, tag);
}

void
text_par_open(struct text_par *p, int width, const void *tag)
{
    add_item(p, TEXT_OPEN, tag)->width = clamp(width);
}

void
text_par_close(struct text_par *p, int width, const void *tag)
{
    add_item(p, TEXT_CLOSE, tag)->width = clamp(width);
}

void
text_par_mark(struct text_par *p, const void *tag)
{
    add_item(p, TEXT_MARK, tag);
}

/* ---- keeps ------------------------------------------------------------- */

/* Two kept runs side by side may be one phrase with markup in it, or two
 * phrases.  One phrase is the outermost inline that has text of its own and
 * in which all text is kept; the runs outside any are the paragraph's. */
static void
find_scopes(struct text_par *p)
{
    struct frame {
        int item;
        bool direct, loose;
    } * stack;
    int depth = 1, scope = -1, until = 0;

    stack = calloc((size_t)p->n_items + 2, sizeof *stack);
    if (stack == NULL)
        abort();
    for (int i = 0; i < p->n_items; i++) { /* which inlines are phrases */
        struct text_item *it = &p->items[i];
        if (it->kind == TEXT_OPEN) {
            stack[depth++] = (struct frame){i, false, false};
        } else if (it->kind == TEXT_CLOSE && depth > 1) {
            struct frame f = stack[--depth];
            p->items[f.item].scope = f.direct && !f.loose ? i : 0;
            stack[depth - 1].loose |= f.loose;
        } else if (it->kind == TEXT_RUN) {
            stack[depth - 1].direct |= it->style.keep;
            stack[depth - 1].loose |= !it->style.keep;
        }
    }
    for (int i = 0; i < p->n_items; i++) {
        struct text_item *it = &p->items[i];
        if (it->kind == TEXT_OPEN && i >= until && it->scope > i) {
            scope = i;
            until = it->scope;
        } else if (i >= until) {
            scope = -1;
        }
        if (it->kind == TEXT_RUN)
            it->scope = scope;
    }
    free(stack);
}

static bool
has_keeps(const struct text_par *p)
{
    for (int i = 0; i < p->n_items; i++)
        if (p->items[i].kind == TEXT_RUN && p->items[i].style.keep)
            return true;
    return false;
}

/* ---- set --------------------------------------------------------------- */

static void
fit(struct text_work *w, int from, int to)
{
    const struct text_setting *set = w->set;

    if (set->balance && text_fit_title(w, from, to))
        return;
    if (set->latin)
        text_fit_latin(w, from, to);
    else if (set->align == TEXT_JUSTIFY)
        text_fit_justified(w, from, to);
    else
        text_fit_first(w, from, to);
}

const struct text_lines *
text_par_compose(struct text_par *p, int width, const struct text_setting *s)
{
    struct text_work w = {.par = p, .set = s};
    const struct text_lines *lines;

    if (!p->shaped && has_keeps(p))
        find_scopes(p);
    text_shape(p);
    w.width = width < 0 ? 0 : clamp(width);
    w.em = s->font_size > 0 ? clamp(s->font_size) : EM_DEFAULT;
    w.slots = calloc((size_t)p->n_cells + 1, sizeof *w.slots);
    if (w.slots == NULL)
        abort();
    text_break_slots(&w);
    text_break_opps(&w);
    for (int from = 0, to = 1; to < w.n_opps; to++) {
        if (w.opps[to].kind != TEXT_OPP_FORCED)
            continue;
        fit(&w, from, to);
        from = to;
    }
    lines = text_line_all(&w);
    free(w.slots);
    free(w.net);
    free(w.opps);
    free(w.spans);
    return lines;
}

int
text_width(
    struct text_env *env, const char *utf8, int n, const struct text_style *s)
{
    static const struct text_setting plain = {
        .prohibit = TEXT_PROHIBIT_GB, .autospace = 250};
    struct arena *a = arena_new();
    struct text_par *p = text_par_new(a, env, NULL);
    int width;

    text_par_run(p, utf8, n, s, NULL, NULL);
    width = text_par_compose(p, WIDTH_MAX, &plain)->max_width;
    arena_free(a);
    return width;
}
