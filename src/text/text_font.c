/* From a font-family list to an order of faces, and from a character to the
 * first face of it that has the character. */
#include "text/text_font.h"
#include "base/arena.h"
#include "base/diag.h"
#include <stdlib.h>
#include <string.h>

/* --- the table of roles --------------------------------------------------- */

enum row_kind {
    ROW_ROLE,
    ROW_STANDIN,
    ROW_TAKE,
    ROW_ELSE,
    ROW_NEVER,
    ROW_GUESS,
    ROW_END
};

struct row {
    enum row_kind kind;
    const char *name; /* names of a role, family, part of a name */
    const char *role; /* tail; role of a guess */
    int weight;
};

static const struct row rows[] = {
#define ROLE(names, tail) {ROW_ROLE, names, tail, 0},
#define STANDIN(names, tail) {ROW_STANDIN, names, tail, 0},
#define TAKE(family, weight) {ROW_TAKE, family, NULL, weight},
#define ELSE(family) {ROW_ELSE, family, NULL, 0},
#define NEVER(family) {ROW_NEVER, family, NULL, 0},
#define GUESS(part, role) {ROW_GUESS, part, role, 0},
#include "text/text_font_roles.def"
#undef ROLE
#undef STANDIN
#undef TAKE
#undef ELSE
#undef NEVER
#undef GUESS
    {ROW_END, NULL, NULL, 0},
};

const char *const *
text_font_roles(void)
{
    static const char *const roles[] = {"仿宋", "楷体", "黑体", "宋体",
        "小标宋", "sans-serif", "serif", "monospace", NULL};

    return roles;
}

static bool
same_name(const char *a, size_t na, const char *b, size_t nb)
{
    char x[256], y[256];

    text_font_fold(x, sizeof x, a, na);
    text_font_fold(y, sizeof y, b, nb);
    return strcmp(x, y) == 0;
}

static bool
is_head(const struct row *r)
{
    return r->kind == ROW_ROLE || r->kind == ROW_STANDIN;
}

static bool
is_family(const struct row *r)
{
    return r->kind == ROW_TAKE || r->kind == ROW_ELSE;
}

/* The role that goes by this name. */
static const struct row *
role_by_name(const char *name, size_t n)
{
    for (const struct row *r = rows; r->kind != ROW_END; r++) {
        const char *p = r->name;

        while (is_head(r) && *p) {
            size_t len = strcspn(p, "|");

            if (same_name(p, len, name, n))
                return r;
            p += len + (p[len] == '|');
        }
    }
    return NULL;
}

/* The role that a family serves: the first one that would take it. */
static const struct row *
role_by_family(const char *name, size_t n)
{
    const struct row *head = NULL;

    for (const struct row *r = rows; r->kind != ROW_END; r++) {
        if (is_head(r))
            head = r;
        else if (is_family(r) && same_name(r->name, strlen(r->name), name, n))
            return head;
    }
    return NULL;
}

static const struct row *
role_by_guess(const char *name, size_t n)
{
    char folded[256];

    text_font_fold(folded, sizeof folded, name, n);
    for (const struct row *r = rows; r->kind != ROW_END; r++)
        if (r->kind == ROW_GUESS && strstr(folded, r->name))
            return role_by_name(r->role, strlen(r->role));
    return NULL;
}

/* --- the order of faces --------------------------------------------------- */

static void
add_face(struct text_font *f, struct text_face *face)
{
    if (!face || f->n >= TEXT_CHAIN)
        return;
    for (int i = 0; i < f->n; i++)
        if (f->chain[i] == face)
            return;
    f->chain[f->n++] = face;
}

/* Text that was to be bold and is not, for want of such a face, does not get
 * single bold characters from elsewhere. */
static int
weight_of_others(const struct text_font *f)
{
    bool thin = f->n_asked && f->chain[f->n_asked - 1]->facts.weight < 600;

    return f->weight >= 600 && thin ? 400 : f->weight;
}

static struct text_face *
take(const struct text_font *f, const struct row *r)
{
    int weight = weight_of_others(f);

    if (r->weight && (weight < 600 || r->weight > weight))
        weight = r->weight;
    return text_font_lookup(
        f->env, r->name, strlen(r->name), weight, f->italic);
}

/* The families of a role and of the roles behind it; only the first that is
 * there when ONE is asked for. */
static struct text_face *
add_role(struct text_font *f, const struct row *head, bool one)
{
    struct text_face *first = NULL;

    while (head) {
        for (const struct row *r = head + 1; is_family(r); r++) {
            struct text_face *face = r->kind == ROW_ELSE && first ? NULL
                                                                  : take(f, r);

            add_face(f, face);
            first = first ? first : face;
            if (first && one)
                return first;
        }
        head = *head->role ? role_by_name(head->role, strlen(head->role))
                           : NULL;
    }
    return first;
}

/* The face for one name of the list.  A role's own name is always the role,
 * a stand-in's only where no family is really called so. */
static struct text_face *
add_name(
    struct text_font *f, const char *name, size_t n, const struct row **role)
{
    struct text_face *face;

    *role = role_by_name(name, n);
    if (*role && (*role)->kind == ROW_ROLE)
        return add_role(f, *role, true);
    face = text_font_lookup(f->env, name, n, f->weight, f->italic);
    if (!face && *role)
        return add_role(f, *role, true);
    add_face(f, face);
    if (!*role)
        *role = role_by_family(name, n);
    return face;
}

/* Next name of a font-family list, without quotes and spaces around it. */
static bool
next_name(const char **list, const char **name, size_t *n)
{
    static const char blank[] = " \t\r\n";
    const char *p = *list, *end;

    p += strspn(p, " \t\r\n,");
    if (!*p)
        return false;
    if (*p == '\'' || *p == '"') {
        end = strchr(p + 1, *p);
        *name = p + 1;
        *n = end ? (size_t)(end - p - 1) : strlen(p + 1);
        p = end ? end + 1 : *name + *n;
        *list = p + strcspn(p, ",");
        return true;
    }
    *name = p;
    *n = strcspn(p, ",");
    *list = p + *n;
    while (*n && strchr(blank, p[*n - 1]))
        --*n;
    return true;
}

static void
resolve(struct text_font *f)
{
    const struct row *first_role = NULL, *role;
    const char *list = f->families, *name;
    size_t n;

    while (next_name(&list, &name, &n)) {
        struct text_face *face = add_name(f, name, n, &role);

        if (!f->missing) {
            f->missing = name;
            f->n_missing = n;
        }
        if (!first_role && (face || role))
            first_role = role;
    }
    if (f->n)
        f->missing = NULL;
    if (!first_role && f->missing)
        first_role = role_by_guess(f->missing, f->n_missing);
    if (!first_role)
        first_role = role_by_guess("", 0);

    f->n_asked = f->n;
    add_role(f, first_role, false);
    if (!f->n && f->env->n_faces)
        add_face(f, f->env->faces[0]);
    if (!f->n)
        add_face(f, f->env->none);
}

/* --- messages ------------------------------------------------------------- */

/* Is a message of this code about this family in the list already?  It is
 * said once for a document, not at every place. */
static bool
said(const struct diags *d, enum diag_code code, const char *family)
{
    size_t n = strlen(family);

    if (!d->per_code[code])
        return false;
    for (const struct diag *g = d->first; g; g = g->next)
        if (g->code == code)
            for (const char *p = g->text; (p = strstr(p, family)); p++)
                if (p > g->text && p[-1] == '\'' && p[n] == '\'')
                    return true;
    return false;
}

static void
say_missing(const struct text_font *f, struct diags *d, const struct where *w)
{
    size_t n = f->n_missing;
    char name[128];

    if (!f->env->n_faces) {
        if (!d->per_code[DIAG_FONT_NONE])
            diag_add(d, DIAG_FONT_NONE, w,
                "no font file was found; run "
                "fonts/install.sh, or name a folder in SHENBAO_FONTS");
        return;
    }
    if (!f->missing)
        return;
    if (n >= sizeof name)
        n = sizeof name - 1;
    memcpy(name, f->missing, n);
    name[n] = '\0';
    if (said(d, DIAG_FONT_MISSING, name))
        return;
    diag_add(d, DIAG_FONT_MISSING, w, name, f->chain[0]->facts.family);

    /* perhaps it lay in a file that could not be read */
    if (!d->per_code[DIAG_FONT_DAMAGED])
        for (struct text_font_trouble *t = f->env->troubles; t; t = t->next)
            diag_add(d, DIAG_FONT_DAMAGED, w, t->path, t->why);
}

static void
say_style(const struct text_font *f, struct diags *d, const struct where *w)
{
    const struct text_style_facts *t = &f->chain[0]->facts;
    bool no_bold = f->weight >= 600 && t->weight < 600;
    bool no_italic = f->italic && !t->italic;

    if ((no_bold || no_italic) && f->env->n_faces &&
        !said(d, DIAG_FONT_STYLE, t->family))
        diag_add(d, DIAG_FONT_STYLE, w, t->family,
            no_bold && no_italic ? "bold italic"
                : no_bold        ? "bold"
                                 : "italic",
            t->name);
}

/* --- the interface -------------------------------------------------------- */

struct text_env *
text_env_new(void)
{
    struct arena *a = arena_new();
    struct text_env *env = ARENA_NEW(a, struct text_env);

    env->arena = a;
    env->none = ARENA_NEW(a, struct text_face);
    *env->none = (struct text_face){
        .env = env, .facts = {"no font", "none", 400, 5, false}};
    text_font_scan(env);
    return env;
}

void
text_env_free(struct text_env *env)
{
    if (!env)
        return;
    text_face_close(env->none);
    for (int i = 0; i < env->n_faces; i++)
        text_face_close(env->faces[i]);
    for (struct text_file *f = env->files; f; f = f->next)
        text_file_close(f);
    arena_free(env->arena);
}

const struct text_font *
text_font_find(struct text_env *env, const char *families, int weight,
    bool italic, struct diags *d, const struct where *w)
{
    struct text_font *f = env->fonts;

    if (!families)
        families = "";
    while (f &&
        (f->weight != weight || f->italic != italic ||
            strcmp(f->families, families) != 0))
        f = f->next;
    if (!f) {
        f = ARENA_NEW(env->arena, struct text_font);
        f->env = env;
        f->families = arena_strdup(env->arena, families);
        f->weight = weight;
        f->italic = italic;
        resolve(f);
        f->next = env->fonts;
        env->fonts = f;
    }
    if (d) {
        say_missing(f, d, w);
        say_style(f, d, w);
    }
    return f;
}

const char *
text_font_family(const struct text_font *f)
{
    return f->chain[0]->facts.family;
}

struct text_metrics
text_font_metrics(const struct text_font *f, int size)
{
    return text_face_metrics(f->chain[0], size);
}

const struct text_face *
text_font_first(const struct text_font *f)
{
    return f->chain[0];
}

const struct text_face *
text_font_han(const struct text_font *f)
{
    for (int i = 0; i < f->n; i++)
        if (text_face_is_han(f->chain[i]))
            return f->chain[i];
    return f->chain[0];
}

/* --- fallback ------------------------------------------------------------- */

/* Characters that print nothing need no glyph (Unicode, Default_Ignorable,
 * what of it occurs in text). */
static bool
is_silent(unsigned cp)
{
    return cp == 0xad || cp == 0x34f || cp == 0x61c ||
        (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x202a && cp <= 0x202e) ||
        (cp >= 0x2060 && cp <= 0x206f) || (cp >= 0xfe00 && cp <= 0xfe0f) ||
        cp == 0xfeff || (cp >= 0xe0000 && cp <= 0xe0fff);
}

/* Private use means something only to the font that was asked for. */
static bool
is_private(unsigned cp)
{
    return (cp >= 0xe000 && cp <= 0xf8ff) || cp >= 0xf0000;
}

static bool
is_never(const char *family)
{
    for (const struct row *r = rows; r->kind != ROW_END; r++)
        if (r->kind == ROW_NEVER && strcmp(r->name, family) == 0)
            return true;
    return false;
}

/* Behind all that the table names: whatever else is installed, one upright
 * regular face of each family, in the order of the scan. */
static void
add_rest(struct text_font *f)
{
    const char *family = "";

    f->rest_done = true;
    for (int i = 0; i < f->env->n_faces; i++) {
        struct text_face *face = f->env->faces[i], *best;

        if (strcmp(face->facts.family, family) == 0)
            continue;
        family = face->facts.family;
        if (is_never(family))
            continue;
        best = text_font_lookup(f->env, family, strlen(family), 400, false);
        add_face(f, best);
    }
}

static int
find_place(struct text_font *f, unsigned cp)
{
    int n = is_private(cp) && f->n_asked ? f->n_asked : f->n;

    if (is_silent(cp))
        return text_face_glyph(f->chain[0], cp) ? 0 : -1;
    for (int i = 0; i < n; i++)
        if (text_face_glyph(f->chain[i], cp))
            return i;
    if (is_private(cp))
        return -1;
    if (!f->rest_done)
        add_rest(f);
    for (int i = n; i < f->n; i++)
        if (text_face_glyph(f->chain[i], cp))
            return i;
    return -1;
}

static const struct text_face *
face_for_sequence(const struct text_font *f, unsigned cp, unsigned vs)
{
    for (int i = 0; i < f->n; i++)
        if (text_face_sequence(f->chain[i], cp, vs))
            return f->chain[i];
    return NULL;
}

const struct text_face *
text_font_face_for(
    const struct text_font *f, unsigned cp, unsigned vs, bool *missing)
{
    struct text_font *mine = (struct text_font *)f; /* it remembers */
    uint16_t *which = text_cpmap_at(&mine->which, f->env->arena, cp);
    const struct text_face *face;
    int place = -1;

    if (missing)
        *missing = false;
    face = vs ? face_for_sequence(f, cp, vs) : NULL;
    if (face)
        return face;
    if (which) {
        if (!*which) {
            place = find_place(mine, cp);
            *which = place < 0 ? TEXT_NOWHERE : (uint16_t)(place + 1);
        }
        place = *which == TEXT_NOWHERE ? -1 : *which - 1;
    }
    if (place >= 0)
        return f->chain[place];
    if (missing)
        *missing = !is_silent(cp);
    return f->chain[0];
}
