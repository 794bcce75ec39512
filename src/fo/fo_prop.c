/* From an entry - a row, a part, a text - to a member of the style. */
#include "fo/fo_prop.h"
#include "base/arena.h"
#include "base/diag.h"
#include <string.h>

const struct fo_row fo_rows[FO_PROPS] = {
#define PROP(id, name, type, words, how, initial, base, member, tier, applies) \
    {name, words, initial, base, offsetof(struct fo_style, member),            \
        FO_T_##type, FO_HOW_##how, tier},
#include "fo/fo_props.def"
#undef PROP
};

bool
fo_word(const char *words, const char *s, char stands[32])
{
    size_t n = strlen(s);

    stands[0] = '\0';
    if (n == 0)
        return false;
    for (const char *p = words; (p = strstr(p, s)); p += n) {
        const char *end = p + n;
        size_t k = 0;

        if ((p > words && p[-1] != ' ') || (*end && *end != ' ' && *end != '='))
            continue;
        if (*end == '=')
            for (end++; *end && *end != ' ' && k < 31; k++)
                stands[k] = *end++;
        stands[k] = '\0';
        return true;
    }
    return false;
}

/* ---- sides ------------------------------------------------------------ */

int
fo_side_of(enum fo_value writing_mode, enum fo_edge edge)
{
    static const unsigned char lr[4] = {FO_BEFORE, FO_END, FO_AFTER, FO_START};
    static const unsigned char rl[4] = {FO_BEFORE, FO_START, FO_AFTER, FO_END};
    static const unsigned char tb_rl[4] = {
        FO_START, FO_BEFORE, FO_END, FO_AFTER};
    static const unsigned char tb_lr[4] = {
        FO_START, FO_AFTER, FO_END, FO_BEFORE};

    switch (writing_mode) {
    case FO_V_RL_TB:
        return rl[edge];
    case FO_V_TB_RL:
        return tb_rl[edge];
    case FO_V_TB_LR:
        return tb_lr[edge];
    default:
        return lr[edge];
    }
}

int
fo_side_prop(enum fo_value writing_mode, enum fo_group group, enum fo_edge edge)
{
    int side = fo_side_of(writing_mode, edge);

    if (group == FO_GROUP_PADDING)
        return FO_P_PADDING_BEFORE + side;
    return FO_P_BORDER_BEFORE_COLOR + 3 * side + (int)group;
}

/* ---- functions of the expression language that ask for properties ------ */

static bool
vertical(const struct fo_full *f)
{
    return f->s.writing_mode == FO_V_TB_RL || f->s.writing_mode == FO_V_TB_LR;
}

/* The row that NAME means for the object, -1: none. */
static int
prop_named(struct fo_eval *e, const char *name, int len)
{
    const struct fo_meaning *m;
    enum fo_part part;
    char copy[64];

    if (len <= 0 || len > 63)
        return -1;
    memcpy(copy, name, (size_t)len);
    copy[len] = '\0';
    m = fo_props_lookup(e->props, copy, &part);
    if (!m)
        return -1;
    switch (m->kind) {
    case FO_NAME_PROP:
        return m->id;
    case FO_NAME_SIDE:
        return fo_side_prop(
            e->own->s.writing_mode, (enum fo_group)m->id, (enum fo_edge)m->sub);
    case FO_NAME_SIZE:
        return m->id == vertical(e->own) ? FO_P_INLINE_PROGRESSION_DIMENSION
                                         : FO_P_BLOCK_PROGRESSION_DIMENSION;
    default:
        return -1;
    }
}

static const struct fo_full *
nearest_specified(const struct fo_eval *e, int prop)
{
    const struct fo_full *f = e->parent;

    while (f && !fo_specified(f, prop))
        f = f->parent;
    return f ? f : fo_props_initial(e->props);
}

/* body-start() and label-end(), XSL 1.1 5.10.4: from the list-item around. */
static bool
list_function(struct fo_eval *e, bool body_start, struct fo_val *out)
{
    const struct fo_full *item = e->parent;
    const struct fo_style *own = &e->own->s;
    double start;

    while (item && item->kind != FO_LIST_ITEM)
        item = item->parent;
    if (!item) {
        e->why = "there is no fo:list-item around";
        return false;
    }
    *out = (struct fo_val){.kind = FO_VAL_NUM};
    out->num.dim = 1;
    start = (double)item->s.start_indent.abs + own->between_starts.abs;
    out->num.pct = (double)item->s.start_indent.pct + own->between_starts.pct;
    out->num.abs = start;
    if (!body_start) {
        out->num.abs = own->label_separation.abs - start;
        out->num.pct = 1 - out->num.pct + own->label_separation.pct;
    }
    return true;
}

static bool
is(const char *s, int len, const char *word)
{
    return (size_t)len == strlen(word) && memcmp(s, word, (size_t)len) == 0;
}

static bool
on_call(void *self, const char *name, int len, const struct fo_val *args, int n,
    struct fo_val *out)
{
    struct fo_eval *e = self;
    int prop = (int)(e->row - fo_rows);

    if (is(name, len, "body-start") || is(name, len, "label-end"))
        return n == 0 && list_function(e, *name == 'b', out);

    *out = (struct fo_val){.kind = FO_VAL_REF};
    if (n > 1 ||
        (n == 1 && args->kind != FO_VAL_WORD && args->kind != FO_VAL_STRING))
        return false;
    if (n == 1)
        prop = prop_named(e, args->s, args->len);
    if (prop < 0)
        return false;
    out->ref_id = prop;
    if (is(name, len, "from-parent") ||
        is(name, len, "inherited-property-value"))
        out->ref = e->parent ? e->parent : fo_props_initial(e->props);
    else if (is(name, len, "from-nearest-specified-value"))
        out->ref = nearest_specified(e, prop);
    else if (is(name, len, "from-table-column"))
        out->ref = e->column ? e->column : fo_props_initial(e->props);
    return out->ref != NULL;
}

static bool
on_number(void *self, const struct fo_val *v, struct fo_num *out)
{
    const struct fo_full *f = v->ref;
    const struct fo_type *t = &fo_types[fo_rows[v->ref_id].type];

    (void)self;
    return t->number && t->number(fo_member_of(&f->s, v->ref_id), out);
}

bool
fo_eval_value(struct fo_eval *e, const char *s, double em, double pct_of,
    struct fo_val *out)
{
    struct fo_env env = {.em = em,
        .pct_of = pct_of,
        .self = e,
        .call = on_call,
        .number = on_number};

    if (fo_expr_eval(&env, s, out))
        return true;
    if (!e->why)
        e->why = env.why;
    return false;
}

/* ---- entries ---------------------------------------------------------- */

void
fo_eval_push_n(struct fo_eval *e, int prop, int rank, const char *value, int n)
{
    fo_eval_push(e, prop, FO_WHOLE, rank,
        arena_strndup(fo_props_arena(e->props), value, (size_t)n));
}

void
fo_eval_push(
    struct fo_eval *e, int prop, enum fo_part part, int rank, const char *value)
{
    struct fo_entry *x;

    if (e->n == FO_ENTRIES)
        return;
    x = &e->entries[e->n];
    *x = (struct fo_entry){prop, part, rank, e->n, value, e->name};
    e->n++;
}

static void
bad_value(struct fo_eval *e, const struct fo_entry *x)
{
    e->said = true;
    diag_add(fo_props_diags(e->props), DIAG_FO_BAD_VALUE, &e->where, x->value,
        x->name ? x->name : e->row->name, e->why ? e->why : "not understood");
}

/* "inherit", and a function that answers another object's property of the
 * same type, copy the member as it is. */
static bool
copied(struct fo_eval *e, const struct fo_entry *x, void *member)
{
    const struct fo_type *type = &fo_types[e->row->type];
    const struct fo_full *from = NULL;
    int prop = x->prop;
    struct fo_val v;

    if (strcmp(x->value, "inherit") == 0) {
        from = e->parent ? e->parent : fo_props_initial(e->props);
    } else if (strchr(x->value, '(')) {
        if (fo_eval_value(e, x->value, e->own->s.font_size, -1, &v) &&
            v.kind == FO_VAL_REF && fo_rows[v.ref_id].type == e->row->type) {
            from = v.ref;
            prop = v.ref_id;
        }
        e->why = NULL;
    }
    if (!from)
        return false;
    memcpy(member, fo_member_of(&from->s, prop), type->size);
    if (x->prop == FO_P_LINE_HEIGHT)
        e->own->line_factor = from->line_factor;
    if (x->prop >= FO_P_MARGIN_TOP && x->prop <= FO_P_MARGIN_LEFT)
        e->own->s.margin_inherit = true;
    if (x->prop == FO_P_INITIAL_PAGE_NUMBER)
        e->own->s.initial_page_number_v = from->s.initial_page_number_v;
    if (x->prop == FO_P_CONTENT_WIDTH)
        e->own->s.content_width_fit = from->s.content_width_fit;
    if (x->prop == FO_P_CONTENT_HEIGHT)
        e->own->s.content_height_fit = from->s.content_height_fit;
    return true;
}

/* Properties that are read and inherited but change no page yet: a value other
 * than the initial one is said to have no effect. */
static bool
is_idle(int prop)
{
    switch (prop) {
    case FO_P_FONT_VARIANT:
    case FO_P_FONT_STRETCH:
    case FO_P_DOMINANT_BASELINE:
    case FO_P_RELATIVE_ALIGN:
    case FO_P_Z_INDEX:
    case FO_P_CAPTION_SIDE:
    case FO_P_LETTER_VALUE:
    case FO_P_HYPHENATE: /* only soft hyphens break words */
    case FO_P_FOX_TRANSFORM:
        return true;
    default:
        return false;
    }
}

static void
say_idle(struct fo_eval *e, const struct fo_entry *x, const void *member,
    size_t size)
{
    const struct fo_full *initial = fo_props_initial(e->props);

    if (memcmp(member, fo_member_of(&initial->s, x->prop), size) == 0)
        return;
    e->said = true;
    diag_add(fo_props_diags(e->props), DIAG_FO_UNSUPPORTED_PROPERTY, &e->where,
        x->name ? x->name : e->row->name);
}

void
fo_eval_apply(struct fo_eval *e, const struct fo_entry *x)
{
    const struct fo_type *type;
    void *member = fo_member(&e->own->s, x->prop);
    bool good;

    e->row = &fo_rows[x->prop];
    e->why = NULL;
    type = &fo_types[e->row->type];
    if (x->part != FO_WHOLE && strcmp(x->value, "inherit") != 0)
        good = type->part && type->part(e, x->part, x->value, member);
    else
        good = copied(e, x, member) || type->read(e, x->value, member);
    if (good)
        e->own->specified[x->prop / 64] |= (uint64_t)1 << (x->prop % 64);
    else
        bad_value(e, x);
    if (good && is_idle(x->prop))
        say_idle(e, x, member, type->size);
}
