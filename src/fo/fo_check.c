/* What the specification demands of the structure: content models, required
 * properties, references.  Nothing here ends the work; each fault is said with
 * what is done about it. */
#include "base/arena.h"
#include "base/diag.h"
#include "fo/fo_build.h"
#include <stdio.h>
#include <string.h>

/* ---- content models --------------------------------------------------- */

static const char *const contents[FO_KINDS] = {
#define OBJECT(id, name, tier, content, areas) [FO_##id] = content,
#include "fo/fo_objects.def"
#undef OBJECT
};

#define NEUTRAL                                                                \
    "wrapper retrieve-marker multi-switch multi-properties "                   \
    "index-range-begin index-range-end change-bar-begin change-bar-end "       \
    "float retrieve-table-marker "
#define BLOCKS "block block-container table-and-caption table list-block "
#define INLINES                                                                \
    "bidi-override character external-graphic "                                \
    "instream-foreign-object inline inline-container leader page-number "      \
    "page-number-citation page-number-citation-last scaling-value-citation "   \
    "basic-link multi-toggle index-page-citation-list footnote "

static void set_names(const struct fo_props *props, const char *names, size_t n,
    struct fo_particle *p);

static void
set_bit(struct fo_particle *p, int kind)
{
    p->set[kind / 64] |= (uint64_t)1 << (kind % 64);
}

static void
set_name(const struct fo_props *props, const char *s, size_t n,
    struct fo_particle *p)
{
    char name[64];

    snprintf(name, sizeof name, "%.*s", (int)n, s);
    if (strcmp(name, "#text") == 0) {
        set_bit(p, FO_TEXT);
    } else if (strcmp(name, "#foreign") == 0) {
        set_bit(p, FO_KINDS);
    } else if (name[0] == '%') {
        set_names(props, NEUTRAL, strlen(NEUTRAL), p);
        if (name[1] != 'i')
            set_names(props, BLOCKS, strlen(BLOCKS), p);
        if (name[1] != 'b')
            set_names(props, INLINES, strlen(INLINES), p);
        if (name[1] == 'a')
            set_bit(p, FO_TEXT);
    } else {
        set_bit(p, fo_props_kind(props, name));
    }
}

static void
set_names(const struct fo_props *props, const char *names, size_t n,
    struct fo_particle *p)
{
    const char *end = names + n;

    while (names < end) {
        size_t k = strcspn(names, " |");

        if (k > (size_t)(end - names))
            k = (size_t)(end - names);
        if (k)
            set_name(props, names, k, p);
        names += k + 1;
    }
}

static void
compile(const struct fo_props *props, const char *s, struct fo_model *m)
{
    while (*s && m->n < FO_PARTICLES) {
        struct fo_particle *p = &m->p[m->n++];
        size_t n = strcspn(s, " "), names = n;

        if (strchr("?*+", s[n - 1])) {
            p->many = s[n - 1];
            names--;
        }
        set_names(props, s, names, p);
        s += n + (s[n] == ' ');
    }
}

void
fo_models_compile(
    const struct fo_props *props, struct fo_model models[FO_KINDS])
{
    for (int k = FO_TEXT + 1; k < FO_KINDS; k++)
        compile(props, contents[k], &models[k]);
}

static bool
in_particle(const struct fo_particle *p, int kind)
{
    return p->set[kind / 64] >> (kind % 64) & 1;
}

bool
fo_model_takes(const struct fo_model *m, int kind)
{
    for (int i = 0; i < m->n; i++)
        if (in_particle(&m->p[i], kind))
            return true;
    return false;
}

static bool
repeats(const struct fo_particle *p)
{
    return p->many == '*' || p->many == '+';
}

enum fo_fit
fo_model_step(const struct fo_model *m, int kind, int *at, unsigned *seen)
{
    bool late = false;

    for (int i = 0; i < m->n; i++) {
        if (!in_particle(&m->p[i], kind))
            continue;
        if (!repeats(&m->p[i]) && *seen >> i & 1)
            continue;
        *seen |= 1u << i;
        if (i < *at) {
            late = true;
            continue;
        }
        *at = i;
        return FO_FIT;
    }
    return late ? FO_FIT_LATE : FO_FIT_NOT;
}

const char *
fo_model_missing(
    enum fo_kind kind, const struct fo_model *m, unsigned seen, struct arena *a)
{
    const char *s = contents[kind];

    for (int i = 0; i < m->n; i++) {
        size_t n = strcspn(s, " ");
        bool must = m->p[i].many == '+' || m->p[i].many == '\0';

        if (must && !(seen >> i & 1)) {
            char *text = arena_strndup(a, s, n - (m->p[i].many ? 1 : 0));

            if (strcmp(text, "%block") == 0)
                return "a block";
            for (char *p = text; *p; p++)
                if (*p == '|')
                    *p = '/';
            return text;
        }
        s += n + (s[n] == ' ');
    }
    return NULL;
}

const char *
fo_print_name(enum fo_kind kind, char out[64])
{
    snprintf(out, 64, "fo:%s", fo_kind_name(kind));
    return out;
}

/* ---- objects that are never formatted --------------------------------- */

enum fo_policy
fo_policy_of(enum fo_kind kind, const char **say)
{
    static const struct {
        enum fo_kind kind;
        enum fo_policy policy;
        const char *say;
    } rows[] = {
        {FO_PAGE_SEQUENCE_WRAPPER, FO_CLEAR, "its page sequences are kept"},
        {FO_FLOAT, FO_CLEAR, "its blocks are set where it stands"},
        {FO_INLINE_CONTAINER, FO_CLEAR, "its blocks are set where it stands"},
        {FO_TABLE_AND_CAPTION, FO_CLEAR, "the table is set without a caption"},
        {FO_TABLE_CAPTION, FO_DROP, "left out with its content"},
        {FO_MULTI_SWITCH, FO_FIRST, "its first case is shown"},
        {FO_MULTI_CASE, FO_CLEAR, NULL},
        {FO_MULTI_TOGGLE, FO_CLEAR, "its content is shown"},
        {FO_MULTI_PROPERTIES, FO_CLEAR, "its wrapper is set as it is"},
        {FO_MULTI_PROPERTY_SET, FO_DROP, NULL},
        {FO_FOLIO_PREFIX, FO_DROP, "page numbers are set without it"},
        {FO_FOLIO_SUFFIX, FO_DROP, "page numbers are set without it"},
        {FO_INITIAL_PROPERTY_SET, FO_DROP, "the first line is set as others"},
        {FO_FLOW_MAP, FO_DROP, "flows go to the regions they name"},
        {FO_COLOR_PROFILE, FO_DROP, "colours are taken as sRGB"},
        {FO_RETRIEVE_TABLE_MARKER, FO_DROP, "nothing is set in its place"},
    };

    *say = NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].kind != kind)
            continue;
        *say = rows[i].say;
        return rows[i].policy;
    }
    static const unsigned char tiers[FO_KINDS] = {
#define OBJECT(id, name, tier, content, areas) [FO_##id] = tier,
#include "fo/fo_objects.def"
#undef OBJECT
    };
    if (tiers[kind])
        return FO_KEEP;
    *say = "left out with its content";
    return FO_DROP;
}

/* ---- properties that must be there ------------------------------------ */

static bool
given(const struct fo_style *s, int prop)
{
    const struct fo_type *t = &fo_types[fo_rows[prop].type];

    if (t->size == sizeof(char *))
        return *(const char *const *)fo_member_of(s, prop) != NULL;
    return *(const unsigned *)fo_member_of(s, prop) != 0;
}

void
fo_check_object(struct fo_builder *b, const struct fo_node *n)
{
    static const struct {
        enum fo_kind kind;
        int prop;
        const char *say;
    } rows[] = {
        {FO_SIMPLE_PAGE_MASTER, FO_P_MASTER_NAME, "it cannot be used"},
        {FO_PAGE_SEQUENCE_MASTER, FO_P_MASTER_NAME, "it cannot be used"},
        {FO_PAGE_SEQUENCE, FO_P_MASTER_REFERENCE, "it is left out"},
        {FO_SINGLE_PAGE_MASTER_REFERENCE, FO_P_MASTER_REFERENCE, "ignored"},
        {FO_REPEATABLE_PAGE_MASTER_REFERENCE, FO_P_MASTER_REFERENCE, "ignored"},
        {FO_CONDITIONAL_PAGE_MASTER_REFERENCE, FO_P_MASTER_REFERENCE,
            "ignored"},
        {FO_FLOW, FO_P_FLOW_NAME, "it goes to the region body"},
        {FO_STATIC_CONTENT, FO_P_FLOW_NAME, "it is not shown"},
        {FO_PAGE_NUMBER_CITATION, FO_P_REF_ID, "nothing is set"},
        {FO_PAGE_NUMBER_CITATION_LAST, FO_P_REF_ID, "nothing is set"},
        {FO_EXTERNAL_GRAPHIC, FO_P_SRC, "nothing is set"},
        {FO_CHARACTER, FO_P_CHARACTER, "nothing is set"},
        {FO_MARKER, FO_P_MARKER_CLASS_NAME, "it is never retrieved"},
        {FO_RETRIEVE_MARKER, FO_P_RETRIEVE_CLASS_NAME, "nothing is set"},
    };
    struct where w = fo_build_where(b, n->line, n->col);
    char name[64];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].kind == n->kind && !given(n->style, rows[i].prop))
            diag_add(b->diags, DIAG_FO_MISSING_PROPERTY, &w,
                fo_print_name(n->kind, name), fo_rows[rows[i].prop].name,
                rows[i].say);
    if ((n->kind == FO_BASIC_LINK || n->kind == FO_BOOKMARK) &&
        !n->style->internal_destination && !n->style->external_destination)
        diag_add(b->diags, DIAG_FO_MISSING_PROPERTY, &w,
            fo_print_name(n->kind, name), "internal-destination",
            "it leads nowhere");
    if (n->kind != FO_MARKER || !n->style->marker_class_name)
        return;
    for (const struct fo_node *m = n->prev; m; m = m->prev)
        if (m->kind == FO_MARKER && m->style->marker_class_name &&
            strcmp(m->style->marker_class_name, n->style->marker_class_name) ==
                0)
            diag_add(b->diags, DIAG_FO_DUPLICATE_MARKER, &w,
                n->style->marker_class_name);
}

/* ---- references ------------------------------------------------------- */

void
fo_check_references(struct fo_builder *b)
{
    for (const struct fo_ref *r = b->refs; r; r = r->next) {
        const struct fo_style *s = r->node->style;
        struct where w = fo_build_where(b, r->node->line, r->node->col);

        if (s->ref_id && !fo_lookup_id(&b->book->t, s->ref_id))
            diag_add(b->diags, DIAG_FO_UNKNOWN_ID, &w, s->ref_id,
                "the number is left out");
        if (s->internal_destination &&
            !fo_lookup_id(&b->book->t, s->internal_destination))
            diag_add(b->diags, DIAG_FO_UNKNOWN_ID, &w, s->internal_destination,
                r->node->kind == FO_BOOKMARK ? "the bookmark leads nowhere"
                                             : "set as plain text");
    }
}
