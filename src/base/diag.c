#include "base/diag.h"
#include "base/arena.h"
#include "base/buf.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define KEEP_DEFAULT                                                           \
    200 /* of one code: interface.md "the first 200 are shown" */

static const struct {
    const char *code;
    enum diag_level level;
    const char *text;
} rows[] = {
#define DIAG(id, code, level, text) {code, level, text},
#include "base/diag.def"
#undef DIAG
};

void
diags_init(struct diags *d, struct arena *a)
{
    *d = (struct diags){.arena = a, .keep = KEEP_DEFAULT};
}

static bool
same_place(const struct where *a, const struct where *b)
{
    return a->line == b->line && a->col == b->col &&
        (a->file == b->file ||
            (a->file && b->file && strcmp(a->file, b->file) == 0));
}

static bool
said_already(const struct diags *d, enum diag_code code, const struct where *w,
    const char *text)
{
    for (const struct diag *g = d->first; g; g = g->next)
        if (g->code == code && same_place(&g->where, w) &&
            strcmp(g->text, text) == 0)
            return true;
    return false;
}

static void
count(struct diags *d, enum diag_code code)
{
    d->per_code[code]++;
    d->count[rows[code].level]++;
}

void
diag_add(struct diags *d, enum diag_code code, const struct where *w, ...)
{
    static const struct where nowhere;
    struct diag *g;
    char text[1024];
    va_list ap;

    /* a flood is only counted; telling repeats apart in it is not worth it */
    if (d->per_code[code] >= d->keep) {
        count(d, code);
        return;
    }
    va_start(ap, w);
    vsnprintf(text, sizeof text, rows[code].text, ap);
    va_end(ap);
    if (!w)
        w = &nowhere;
    if (said_already(d, code, w, text))
        return;

    count(d, code);
    g = ARENA_NEW(d->arena, struct diag);
    g->code = code;
    g->level = rows[code].level;
    g->where = *w;
    g->text = arena_strdup(d->arena, text);
    if (d->last)
        d->last->next = g;
    else
        d->first = g;
    d->last = g;
    d->kept++;
}

const char *
diag_code_name(enum diag_code code)
{
    return rows[code].code;
}

const char *
diag_level_name(enum diag_level level)
{
    static const char *const names[] = {"advice", "warning", "error"};

    return names[level];
}

bool
diags_have_errors(const struct diags *d)
{
    return d->count[DIAG_ERROR] > 0;
}

void
diags_print_short(const struct diags *d, struct buf *out)
{
    int all = d->count[DIAG_ADVICE] + d->count[DIAG_WARNING] +
        d->count[DIAG_ERROR];

    for (const struct diag *g = d->first; g; g = g->next) {
        if (g->where.file)
            buf_printf(out, "%s:", g->where.file);
        if (g->where.line)
            buf_printf(out, "%d:", g->where.line);
        if (g->where.line && g->where.col)
            buf_printf(out, "%d:", g->where.col);
        buf_printf(out, "%s%s: %s [%s]\n",
            g->where.file || g->where.line ? " " : "",
            diag_level_name(g->level), g->text, diag_code_name(g->code));
    }
    if (all > d->kept)
        buf_printf(out, "%d more not shown\n", all - d->kept);
}
