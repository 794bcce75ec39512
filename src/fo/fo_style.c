/* Computed styles: made once, then found again.  See fo_prop.h. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/length.h"
#include "fo/fo_prop.h"
#include <string.h>

#define NAME_SLOTS 1024 /* of the hash of names, a power of two */
#define KIND_SLOTS 256
#define RANK_PROP 20 /* a property by its own name, over all shorthands */
#define RANK_SIDE 21 /* an absolute side over a relative one: 5.3.1 */
#define RANK_PART 30 /* parts over wholes */
#define AGAIN_MAX 1000 /* faulty styles evaluated again to speak again */

struct known { /* an attribute and what it means */
    const struct xml_attr *attr;
    const struct fo_meaning *meaning; /* NULL: unknown */
    enum fo_part part;
};

struct fo_props {
    struct arena *arena;
    struct diags *diags;
    const char *file;
    struct fo_meaning *names; /* names_n of them */
    int names_n;
    int name_slot[NAME_SLOTS]; /* index + 1 into names */
    unsigned char kind_slot[KIND_SLOTS]; /* enum fo_kind, 0 free */
    struct fo_full *initial;
    struct fo_full **buckets;
    unsigned n_buckets; /* a power of two */
    unsigned n_styles;
    int again;
    struct buf key;
    struct known known[XML_ATTRIBUTES_MAX];
    int known_n;
    struct fo_eval eval; /* large, so kept here */
};

static unsigned
hash_bytes(const char *s, size_t n)
{
    unsigned h = 2166136261u;

    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h ^ h >> 15;
}

struct arena *
fo_props_arena(const struct fo_props *p)
{
    return p->arena;
}

struct diags *
fo_props_diags(const struct fo_props *p)
{
    return p->diags;
}

const struct fo_full *
fo_props_initial(const struct fo_props *p)
{
    return p->initial;
}

/* ---- names ------------------------------------------------------------ */

static void
add_name(struct fo_props *p, struct fo_meaning m)
{
    unsigned slot = hash_bytes(m.name, strlen(m.name)) % NAME_SLOTS;

    m.hash_next = p->name_slot[slot];
    p->names[p->names_n] = m;
    p->name_slot[slot] = ++p->names_n;
}

static void
add_names(struct fo_props *p)
{
    p->names = arena_array(
        p->arena, (size_t)(FO_PROPS + fo_short_count), sizeof *p->names);
    /* a name that is a shorthand too is found as the shorthand */
    for (int i = 0; i < FO_PROPS; i++)
        add_name(p,
            (struct fo_meaning){
                .name = fo_rows[i].name, .kind = FO_NAME_PROP, .id = i});
    for (int i = 0; i < fo_short_count; i++)
        add_name(p, fo_short_names[i]);
    for (int k = FO_TEXT + 1; k < FO_KINDS; k++) {
        const char *name = fo_kind_name((enum fo_kind)k);
        unsigned slot = hash_bytes(name, strlen(name)) % KIND_SLOTS;

        while (p->kind_slot[slot])
            slot = (slot + 1) % KIND_SLOTS;
        p->kind_slot[slot] = (unsigned char)k;
    }
}

enum fo_kind
fo_props_kind(const struct fo_props *p, const char *name)
{
    unsigned slot = hash_bytes(name, strlen(name)) % KIND_SLOTS;

    while (p->kind_slot[slot]) {
        enum fo_kind k = (enum fo_kind)p->kind_slot[slot];

        if (strcmp(fo_kind_name(k), name) == 0)
            return k;
        slot = (slot + 1) % KIND_SLOTS;
    }
    return FO_KINDS;
}

static const struct fo_meaning *
find_name(const struct fo_props *p, const char *name, size_t n)
{
    int i = p->name_slot[hash_bytes(name, n) % NAME_SLOTS];

    while (i) {
        const struct fo_meaning *m = &p->names[i - 1];

        if (strncmp(m->name, name, n) == 0 && m->name[n] == '\0')
            return m;
        i = m->hash_next;
    }
    return NULL;
}

static const char *const parts[FO_PARTS] = {
    [FO_PART_MINIMUM] = "minimum",
    [FO_PART_OPTIMUM] = "optimum",
    [FO_PART_MAXIMUM] = "maximum",
    [FO_PART_LENGTH] = "length",
    [FO_PART_CONDITIONALITY] = "conditionality",
    [FO_PART_PRECEDENCE] = "precedence",
    [FO_PART_LINE] = "within-line",
    [FO_PART_COLUMN] = "within-column",
    [FO_PART_PAGE] = "within-page",
    [FO_PART_INLINE] = "inline-progression-direction",
    [FO_PART_BLOCK] = "block-progression-direction",
};

const struct fo_meaning *
fo_props_lookup(const struct fo_props *p, const char *name, enum fo_part *part)
{
    const char *dot = strchr(name, '.');

    *part = FO_WHOLE;
    if (!dot)
        return find_name(p, name, strlen(name));
    for (int i = FO_WHOLE + 1; i < FO_PARTS; i++) {
        if (strcmp(parts[i], dot + 1) != 0)
            continue;
        *part = (enum fo_part)i;
        return find_name(p, name, (size_t)(dot - name));
    }
    return NULL;
}

/* ---- attributes ------------------------------------------------------- */

/* The name with our prefix for its namespace; NULL: not for us. */
static const char *
full_name(const struct xml_attr *a, char out[80])
{
    static const struct {
        const char *ns;
        const char *prefix;
    } spaces[] = {
        {FO_NS_XML, "xml:"},
        {FO_NS_SB, "sb:"},
        {FO_NS_FOX, "fox:"},
    };

    if (!a->ns)
        return a->name;
    if (strcmp(a->ns, FO_NS_FOX) == 0 && strcmp(a->name, "alt-text") == 0)
        return "sb:alt";
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        size_t n = strlen(spaces[i].prefix), m = strlen(a->name);

        if (strcmp(a->ns, spaces[i].ns) != 0)
            continue;
        if (n + m > 79)
            m = 79 - n;
        memcpy(out, spaces[i].prefix, n);
        memcpy(out + n, a->name, m);
        out[n + m] = '\0';
        return out;
    }
    return NULL;
}

static bool
contains(const struct xml_attr *a, const char *word)
{
    size_t n = strlen(word);

    for (int i = 0; i + (int)n <= a->len; i++)
        if (memcmp(a->value + i, word, n) == 0)
            return true;
    return false;
}

static bool
is_own(const struct known *k)
{
    return k->meaning && k->meaning->kind == FO_NAME_PROP &&
        fo_rows[k->meaning->id].how == FO_HOW_OWN && k->part == FO_WHOLE;
}

/* Looks all attributes up and writes the key.  Answers how many are OWN. */
static int
look_up(struct fo_props *p, const struct fo_full *parent, enum fo_kind kind,
    const struct xml_attr *attrs, int n, const struct fo_full **column)
{
    bool asks_column = false;
    int own = 0;

    p->known_n = 0;
    buf_reset(&p->key);
    buf_add(&p->key, &parent, sizeof parent);
    buf_add(&p->key, &kind, sizeof kind);
    for (int i = 0; i < n; i++) {
        struct known *k = &p->known[p->known_n];
        const struct xml_attr *a = &attrs[i];
        char space[80];
        const char *name = full_name(a, space);
        int id;

        if (!name)
            continue;
        p->known_n++;
        k->attr = a;
        k->meaning = fo_props_lookup(p, name, &k->part);
        if (is_own(k)) {
            own++;
            continue;
        }
        id = k->meaning ? (int)(k->meaning - p->names) : -1;
        id = id * FO_PARTS + (int)k->part;
        buf_add(&p->key, &id, sizeof id);
        if (!k->meaning)
            buf_add(&p->key, name, strlen(name) + 1);
        buf_add(&p->key, a->value, (size_t)a->len);
        buf_add_char(&p->key, '\0');
        asks_column |= a->len > 18 && contains(a, "from-table-column");
    }
    if (asks_column)
        buf_add(&p->key, column, sizeof *column);
    else
        *column = NULL;
    return own;
}

/* ---- from attributes to entries --------------------------------------- */

static const char *
trimmed(struct arena *a, const struct xml_attr *attr)
{
    const char *s = attr->value;
    int n = attr->len;

    while (n > 0 && strchr(" \t\r\n", *s)) {
        s++;
        n--;
    }
    while (n > 0 && strchr(" \t\r\n", s[n - 1]))
        n--;
    return arena_strndup(a, s, (size_t)n);
}

static void
unwanted(struct fo_eval *e, const struct known *k, enum diag_code code)
{
    char space[80];

    e->said = true;
    diag_add(e->props->diags, code, &e->where, full_name(k->attr, space));
}

static bool
is_vertical(const struct fo_style *s)
{
    return s->writing_mode == FO_V_TB_RL || s->writing_mode == FO_V_TB_LR;
}

static void
expand(struct fo_eval *e, const struct fo_meaning *m, const char *value)
{
    e->rank = 1 + m->sub;
    e->why = NULL;
    if (m->expand(e, value))
        return;
    e->said = true;
    diag_add(e->props->diags, DIAG_FO_BAD_VALUE, &e->where, value, m->name,
        e->why ? e->why : "not understood");
}

static void
entry_of(struct fo_eval *e, const struct known *k)
{
    const struct fo_meaning *m = k->meaning;
    int rank = k->part == FO_WHOLE ? 0 : RANK_PART - RANK_PROP, prop;
    const char *value = trimmed(e->props->arena, k->attr);

    /* a blank may be just what is meant */
    if (!*value && k->attr->len && m->kind == FO_NAME_PROP &&
        fo_rows[m->id].type == FO_T_CHARACTER)
        value = " ";
    e->name = k->part == FO_WHOLE
        ? m->name
        : arena_printf(e->props->arena, "%s.%s", m->name, parts[k->part]);

    switch (m->kind) {
    case FO_NAME_PROP:
        if (k->part != FO_WHOLE && !fo_types[fo_rows[m->id].type].part)
            unwanted(e, k, DIAG_FO_UNKNOWN_PROPERTY);
        else
            fo_eval_push(e, m->id, k->part, RANK_PROP + rank, value);
        return;
    case FO_NAME_SIDE:
        prop = fo_side_prop(
            e->own->s.writing_mode, (enum fo_group)m->id, (enum fo_edge)m->sub);
        fo_eval_push(e, prop, k->part, RANK_SIDE + rank, value);
        return;
    case FO_NAME_SIZE:
        prop = (m->id == FO_SIZE_BLOCK) != is_vertical(&e->own->s)
            ? FO_P_BLOCK_PROGRESSION_DIMENSION
            : FO_P_INLINE_PROGRESSION_DIMENSION;
        fo_eval_push(e, prop, k->part, RANK_SIDE + rank, value);
        return;
    case FO_NAME_SHORTHAND:
        expand(e, m, value);
        return;
    case FO_NAME_NEVER:
        unwanted(e, k, DIAG_FO_UNSUPPORTED_PROPERTY);
        return;
    }
}

/* What others are computed from comes first. */
static int
turn(const struct fo_entry *x)
{
    switch (x->prop) {
    case FO_P_FONT_SIZE:
        return 0;
    case FO_P_COLOR:
    case FO_P_PROVISIONAL_DISTANCE_BETWEEN_STARTS:
    case FO_P_PROVISIONAL_LABEL_SEPARATION:
        return 1;
    default:
        return 2;
    }
}

static bool
before(const struct fo_entry *a, const struct fo_entry *b)
{
    if (turn(a) != turn(b))
        return turn(a) < turn(b);
    if (a->rank != b->rank)
        return a->rank < b->rank;
    return a->order < b->order;
}

static void
sort(struct fo_entry *x, int n)
{
    for (int i = 1; i < n; i++) {
        struct fo_entry moving = x[i];
        int j = i;

        for (; j > 0 && before(&moving, &x[j - 1]); j--)
            x[j] = x[j - 1];
        x[j] = moving;
    }
}

/* ---- what hangs together ---------------------------------------------- */

/* Objects that begin a new reference area: indents count from its edge. */
static bool
is_reference(enum fo_kind kind)
{
    switch (kind) {
    case FO_SIMPLE_PAGE_MASTER:
    case FO_REGION_BODY:
    case FO_REGION_BEFORE:
    case FO_REGION_AFTER:
    case FO_REGION_START:
    case FO_REGION_END:
    case FO_FLOW:
    case FO_STATIC_CONTENT:
    case FO_BLOCK_CONTAINER:
    case FO_INLINE_CONTAINER:
    case FO_TABLE_CELL:
        return true;
    default:
        return false;
    }
}

static void
add_len(struct fo_len *to, const struct fo_len *len)
{
    to->abs = mpt_clamp((long long)to->abs + len->abs);
    to->pct += len->pct;
}

static int
edge_of_side(enum fo_value writing_mode, int side)
{
    int edge = 0;

    while (fo_side_of(writing_mode, (enum fo_edge)edge) != side)
        edge++;
    return edge;
}

/* A margin given makes the indent: XSL 1.1 5.3.2. */
static void
finish_indent(struct fo_eval *e, enum fo_side side)
{
    struct fo_style *s = &e->own->s;
    int edge = edge_of_side(s->writing_mode, side);
    bool start = side == FO_START;
    struct fo_len sum = {0};
    bool *given = start ? &s->indent_start_given : &s->indent_end_given;
    const struct fo_border *b = &s->border[side];

    *given = fo_specified(e->own, start ? FO_P_START_INDENT : FO_P_END_INDENT);
    if (!fo_specified(e->own, FO_P_MARGIN_TOP + edge))
        return;
    *given = true;
    if (e->parent && !is_reference(e->own->kind))
        sum = start ? e->parent->s.start_indent : e->parent->s.end_indent;
    if (!s->margin[edge].is_auto)
        add_len(&sum, &s->margin[edge]);
    add_len(&sum, &s->padding[side].len);
    if (b->style != FO_BS_NONE && b->style != FO_BS_HIDDEN)
        sum.abs = mpt_clamp((long long)sum.abs + b->width);
    *(start ? &s->start_indent : &s->end_indent) = sum;
}

/* margin-top by its own name makes the space, over "space-before"; as part
 * of "margin" only where no space is given.  Such space is kept at breaks. */
static void
finish_space(struct fo_eval *e, enum fo_side side)
{
    struct fo_style *s = &e->own->s;
    int edge = edge_of_side(s->writing_mode, side);
    int space = side == FO_BEFORE ? FO_P_SPACE_BEFORE : FO_P_SPACE_AFTER;
    struct fo_space *to = side == FO_BEFORE ? &s->space_before
                                            : &s->space_after;
    bool by_name = false;

    if (!fo_specified(e->own, FO_P_MARGIN_TOP + edge))
        return;
    for (int i = 0; i < e->n; i++)
        by_name |= e->entries[i].prop == FO_P_MARGIN_TOP + edge &&
            e->entries[i].rank >= RANK_PROP;
    if (!by_name && fo_specified(e->own, space))
        return;
    *to = (struct fo_space){.retain = true};
    if (!s->margin[edge].is_auto)
        to->min = to->opt = to->max = s->margin[edge];
}

/* minimum <= optimum <= maximum, the optimum as given: XSL 1.1 4.3. */
static void
order_space(struct fo_space *sp)
{
    if (sp->min.pct == sp->opt.pct && sp->min.abs > sp->opt.abs)
        sp->min = sp->opt;
    if (sp->max.pct == sp->opt.pct && sp->max.abs < sp->opt.abs)
        sp->max = sp->opt;
}

/* min-width and its kin bound the dimension that they lie in. */
static void
finish_sizes(struct fo_eval *e)
{
    struct fo_style *s = &e->own->s;
    bool vertical = is_vertical(s);
    struct fo_range *width = vertical ? &s->bpd : &s->ipd;
    struct fo_range *height = vertical ? &s->ipd : &s->bpd;

    if (fo_specified(e->own, FO_P_MIN_WIDTH))
        width->min = s->min_width;
    if (fo_specified(e->own, FO_P_MAX_WIDTH))
        width->max = s->max_width;
    if (fo_specified(e->own, FO_P_MIN_HEIGHT))
        height->min = s->min_height;
    if (fo_specified(e->own, FO_P_MAX_HEIGHT))
        height->max = s->max_height;
}

static enum fo_value
relative_align(enum fo_value v, enum fo_value writing_mode)
{
    bool rl = writing_mode == FO_V_RL_TB;

    switch (v) {
    case FO_V_LEFT:
        return rl ? FO_V_END : FO_V_START;
    case FO_V_RIGHT:
        return rl ? FO_V_START : FO_V_END;
    case FO_V_INSIDE:
        return FO_V_START;
    case FO_V_OUTSIDE:
        return FO_V_END;
    default:
        return v;
    }
}

static void
finish(struct fo_eval *e)
{
    struct fo_style *s = &e->own->s;

    for (int side = 0; side < 4; side++)
        if (!fo_specified(e->own, FO_P_BORDER_BEFORE_COLOR + 3 * side))
            s->border[side].color = s->color;
    finish_indent(e, FO_START);
    finish_indent(e, FO_END);
    finish_space(e, FO_BEFORE);
    finish_space(e, FO_AFTER);
    order_space(&s->space_before);
    order_space(&s->space_after);
    order_space(&s->space_start);
    order_space(&s->space_end);
    finish_sizes(e);
    if (e->own->line_factor > 0)
        s->line_height = fo_mpt(e->own->line_factor * s->font_size);
    s->text_align = relative_align(s->text_align, s->writing_mode);
    s->text_align_last = relative_align(s->text_align_last, s->writing_mode);
    /* keep-together="always" around a block is meant for its lines, not for
     * the words in them; .within-line alone is. */
    if (e->own->kind == FO_BLOCK && s->keep_together.column == FO_KEEP_ALWAYS)
        s->keep_together.line = 0;
}

/* ---- making a style --------------------------------------------------- */

static void
begin(struct fo_eval *e, struct fo_props *p, struct fo_full *own,
    const struct fo_full *parent, const struct where *w)
{
    e->props = p;
    e->own = own;
    e->parent = parent;
    e->column = own->column;
    e->where = *w;
    e->said = false;
    e->why = NULL;
    e->n = 0;
}

static void
inherit(struct fo_full *own, const struct fo_full *parent)
{
    for (int i = 0; i < FO_PROPS; i++)
        if (fo_rows[i].how == FO_HOW_INHERIT)
            memcpy(fo_member(&own->s, i), fo_member_of(&parent->s, i),
                fo_types[fo_rows[i].type].size);
    memcpy(own->s.decoration_color, parent->s.decoration_color,
        sizeof own->s.decoration_color);
    own->line_factor = parent->line_factor;
}

/* Entries of the known attributes; the writing mode decides about sides, so
 * it is applied first. */
static void
collect(struct fo_props *p, struct fo_eval *e, bool own)
{
    for (int i = 0; i < p->known_n; i++) {
        const struct known *k = &p->known[i];
        struct fo_entry x = {FO_P_WRITING_MODE, FO_WHOLE, 0, 0, NULL, NULL};

        if (own || !k->meaning || k->meaning->kind != FO_NAME_PROP ||
            k->meaning->id != FO_P_WRITING_MODE)
            continue;
        x.value = trimmed(p->arena, k->attr);
        fo_eval_apply(e, &x);
    }
    for (int i = 0; i < p->known_n; i++) {
        const struct known *k = &p->known[i];

        if (is_own(k) != own)
            continue;
        if (k->meaning) {
            if (k->meaning->kind != FO_NAME_PROP ||
                k->meaning->id != FO_P_WRITING_MODE)
                entry_of(e, k);
        } else if (k->attr->ns && strcmp(k->attr->ns, FO_NS_FOX) == 0) {
            unwanted(e, k, DIAG_FO_UNSUPPORTED_PROPERTY);
        } else if (!k->attr->ns || strcmp(k->attr->ns, FO_NS_XML) != 0) {
            unwanted(e, k, DIAG_FO_UNKNOWN_PROPERTY);
        }
    }
}

static void
make(struct fo_props *p, struct fo_full *own, const struct fo_full *parent,
    const struct where *w)
{
    struct fo_eval *e = &p->eval;

    own->s = p->initial->s;
    own->line_factor = p->initial->line_factor;
    if (parent)
        inherit(own, parent);
    begin(e, p, own, parent, w);
    collect(p, e, false);
    sort(e->entries, e->n);
    for (int i = 0; i < e->n; i++)
        fo_eval_apply(e, &e->entries[i]);
    finish(e);
    own->faulty = e->said;
}

/* The same for what is different on every object. */
static const struct fo_full *
with_own(struct fo_props *p, const struct fo_full *base, const struct where *w)
{
    struct fo_full *own = ARENA_NEW(p->arena, struct fo_full);
    struct fo_eval *e = &p->eval;

    *own = *base;
    own->base = base;
    begin(e, p, own, base->parent, w);
    collect(p, e, true);
    for (int i = 0; i < e->n; i++)
        fo_eval_apply(e, &e->entries[i]);
    return own;
}

/* ---- finding it again ------------------------------------------------- */

static void
grow(struct fo_props *p)
{
    unsigned n = p->n_buckets ? p->n_buckets * 2 : 256;
    struct fo_full **to = arena_array(p->arena, n, sizeof *to);

    for (unsigned i = 0; i < p->n_buckets; i++) {
        struct fo_full *f = p->buckets[i], *next;

        for (; f; f = next) {
            next = f->chain;
            f->chain = to[f->hash & (n - 1)];
            to[f->hash & (n - 1)] = f;
        }
    }
    p->buckets = to;
    p->n_buckets = n;
}

static struct fo_full *
find(const struct fo_props *p, unsigned hash)
{
    struct fo_full *f = p->buckets[hash & (p->n_buckets - 1)];

    while (f &&
        (f->hash != hash || (size_t)f->key_len != p->key.len ||
            memcmp(f->key, p->key.data, p->key.len) != 0))
        f = f->chain;
    return f;
}

const struct fo_full *
fo_props_style(struct fo_props *p, const struct fo_full *parent,
    enum fo_kind kind, const struct xml_attr *attrs, int n,
    const struct where *w, const struct fo_full *column)
{
    struct fo_full *f;
    unsigned hash;
    int own;

    parent = parent ? parent->base : NULL;
    own = look_up(p, parent, kind, attrs, n, &column);
    hash = hash_bytes(p->key.data, p->key.len);
    f = find(p, hash);
    if (!f) {
        f = ARENA_NEW(p->arena, struct fo_full);
        f->parent = parent;
        f->base = f;
        f->kind = kind;
        f->column = column;
        f->hash = hash;
        f->key_len = (int)p->key.len;
        f->key = arena_strndup(p->arena, p->key.data, p->key.len);
        make(p, f, parent, w);
        if (++p->n_styles > p->n_buckets)
            grow(p);
        f->chain = p->buckets[hash & (p->n_buckets - 1)];
        p->buckets[hash & (p->n_buckets - 1)] = f;
    } else if (f->faulty && p->again < AGAIN_MAX) {
        /* what is wrong is wrong here too */
        struct fo_full again = {
            .parent = parent, .kind = kind, .column = column};

        p->again++;
        again.base = &again;
        make(p, &again, parent, w);
    }
    return own ? with_own(p, f, w) : f;
}

/* ---- the beginning ---------------------------------------------------- */

static void
clear_key(void *key)
{
    buf_clear(key);
}

static void
make_initial(struct fo_props *p)
{
    struct fo_full *f = ARENA_NEW(p->arena, struct fo_full);
    struct where nowhere = {p->file, 0, 0};
    struct fo_eval *e = &p->eval;

    p->initial = f;
    f->base = f;
    begin(e, p, f, NULL, &nowhere);
    f->s.font_size = 12000;
    for (int i = 0; i < FO_PROPS; i++) {
        struct fo_entry x = {i, FO_WHOLE, 0, 0, fo_rows[i].initial, NULL};

        if (*x.value)
            fo_eval_apply(e, &x);
    }
    memset(f->specified, 0, sizeof f->specified);
    for (int side = 0; side < 4; side++)
        f->s.border[side].width_set = false;
    f->s.leader_length.min = (struct fo_len){0};
    f->s.leader_length.max = (struct fo_len){.pct = 1};
    for (int i = 0; i < 3; i++)
        f->s.decoration_color[i] = f->s.color;
    finish(e);
}

struct fo_props *
fo_props_new(struct arena *a, struct diags *d, const char *file)
{
    struct fo_props *p = ARENA_NEW(a, struct fo_props);

    p->arena = a;
    p->diags = d;
    p->file = file;
    buf_init(&p->key);
    arena_defer(a, clear_key, &p->key);
    add_names(p);
    make_initial(p);
    grow(p);
    return p;
}
