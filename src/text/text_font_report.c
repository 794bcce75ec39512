/* The report of `shenbao fonts`: what each role resolves to, how much of the
 * standard sets it prints, and which characters it does not. */
#include "text/text_font.h"
#include "text/text_fonts.h"
#include "base/buf.h"
#include <string.h>

/* A gap is shown by its ends and so many characters of it. */
#define SHOWN 6

/* --- plain text ----------------------------------------------------------- */

static void
put_face(struct buf *out, const char *label, const struct text_face *f)
{
    buf_printf(
        out, "  %s  %s  %s", label, text_face_name(f), text_face_path(f));
    if (text_face_index(f))
        buf_printf(out, " [%d]", text_face_index(f));
    buf_add_char(out, '\n');
}

static void
put_gap(struct buf *out, const struct text_gap *g)
{
    buf_printf(out, "    缺 %s U+%04X", g->block, g->first);
    if (g->last != g->first)
        buf_printf(out, "-U+%04X", g->last);
    buf_printf(out, " %d ", g->count);
    for (unsigned cp = g->first; cp <= g->last && cp < g->first + SHOWN; cp++)
        buf_add_utf8(out, cp);
    buf_add_char(out, '\n');
}

static void
put_cover(struct buf *out, const struct text_cover *c)
{
    buf_printf(out, "  %s  %d/%d", c->title, c->all, c->total);
    if (c->own < c->total) {
        buf_printf(out, "  本体 %d, 缺", c->own);
        for (int i = 0; i < c->n_first && i < SHOWN; i++) {
            buf_add_char(out, ' ');
            buf_add_utf8(out, c->first[i]);
        }
        if (c->total - c->own > SHOWN)
            buf_add_str(out, " …");
    }
    buf_add_char(out, '\n');
    for (int i = 0; i < c->n_gaps && i < TEXT_GAPS; i++)
        put_gap(out, &c->gaps[i]);
    if (c->n_gaps > TEXT_GAPS)
        buf_printf(out, "    另缺 %d 处\n", c->n_gaps - TEXT_GAPS);
}

static void
put_role(struct text_env *env, const char *role, struct buf *out)
{
    const struct text_font *f = text_font_find(
        env, role, 400, false, NULL, NULL);
    const struct text_font *bold = text_font_find(
        env, role, 700, false, NULL, NULL);
    struct text_cover cover[TEXT_SETS];

    buf_printf(out, "%s  %s\n", role, text_font_family(f));
    put_face(out, "常规", text_font_first(f));
    if (text_font_first(bold) != text_font_first(f))
        put_face(out, "粗体", text_font_first(bold));
    buf_add_str(out, "  补字");
    for (int i = 1; i < f->n && !f->rest_done; i++)
        buf_printf(out, " %s", text_face_name(f->chain[i]));
    buf_add_char(out, '\n');
    text_font_cover(f, cover);
    for (int s = 0; s < TEXT_SETS; s++)
        put_cover(out, &cover[s]);
}

void
text_fonts_report(struct text_env *env, struct buf *out)
{
    for (const char *const *role = text_font_roles(); *role; role++)
        put_role(env, *role, out);
    buf_add_str(out, "字体文件夹");
    for (int i = 0; i < env->n_roots; i++)
        buf_printf(out, " %s", env->roots[i]);
    buf_printf(out, "\n字体 %d\n", env->n_faces);
    for (struct text_font_trouble *t = env->troubles; t; t = t->next)
        buf_printf(out, "跳过 %s: %s\n", t->path, t->why);
}

/* --- JSON ----------------------------------------------------------------- */

static void
json_string(struct buf *out, const char *s)
{
    buf_add_char(out, '"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;

        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < 0x20)
            buf_printf(out, "\\u%04x", c);
        else
            buf_add_char(out, *s);
    }
    buf_add_char(out, '"');
}

static void
json_member(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, "\"%s\":", name);
    json_string(out, value);
}

static void
json_face(struct buf *out, const struct text_face *f)
{
    buf_add_char(out, '{');
    json_member(out, "family", f->facts.family);
    buf_add_char(out, ',');
    json_member(out, "name", f->facts.name);
    buf_add_char(out, ',');
    json_member(out, "file", text_face_path(f));
    buf_printf(out, ",\"index\":%d,\"weight\":%d,\"italic\":%s}", f->index,
        f->facts.weight, f->facts.italic ? "true" : "false");
}

static void
json_cover(struct buf *out, const struct text_cover *c)
{
    buf_printf(out,
        "{\"set\":\"%s\",\"title\":\"%s\",\"total\":%d,"
        "\"own\":%d,\"withFallback\":%d,\"ownLacksFirst\":\"",
        c->id, c->title, c->total, c->own, c->all);
    for (int i = 0; i < c->n_first; i++)
        buf_add_utf8(out, c->first[i]);
    buf_printf(out, "\",\"gapCount\":%d,\"gaps\":[", c->n_gaps);
    for (int i = 0; i < c->n_gaps && i < TEXT_GAPS; i++)
        buf_printf(out,
            "%s{\"block\":\"%s\",\"first\":\"U+%04X\","
            "\"last\":\"U+%04X\",\"count\":%d}",
            i ? "," : "", c->gaps[i].block, c->gaps[i].first, c->gaps[i].last,
            c->gaps[i].count);
    buf_add_str(out, "]}");
}

static void
json_role(struct text_env *env, const char *role, struct buf *out)
{
    const struct text_font *f = text_font_find(
        env, role, 400, false, NULL, NULL);
    const struct text_font *bold = text_font_find(
        env, role, 700, false, NULL, NULL);
    struct text_cover cover[TEXT_SETS];
    int n = f->n; /* coverage may add what else is installed */

    buf_add_char(out, '{');
    json_member(out, "role", role);
    buf_add_str(out, ",\"regular\":");
    json_face(out, text_font_first(f));
    buf_add_str(out, ",\"bold\":");
    json_face(out, text_font_first(bold));
    buf_add_str(out, ",\"fallback\":[");
    for (int i = 1; i < n && !f->rest_done; i++) {
        if (i > 1)
            buf_add_char(out, ',');
        json_face(out, f->chain[i]);
    }
    buf_add_str(out, "],\"coverage\":[");
    text_font_cover(f, cover);
    for (int s = 0; s < TEXT_SETS; s++) {
        if (s)
            buf_add_char(out, ',');
        json_cover(out, &cover[s]);
    }
    buf_add_str(out, "]}");
}

void
text_fonts_report_json(struct text_env *env, struct buf *out)
{
    const char *const *roles = text_font_roles();

    buf_add_str(out, "{\"schemaVersion\":1,\"roles\":[");
    for (int i = 0; roles[i]; i++) {
        buf_add_str(out, i ? ",\n" : "\n");
        json_role(env, roles[i], out);
    }
    buf_add_str(out, "\n],\"folders\":[");
    for (int i = 0; i < env->n_roots; i++) {
        if (i)
            buf_add_char(out, ',');
        json_string(out, env->roots[i]);
    }
    buf_printf(out, "],\"faces\":%d,\"skipped\":[", env->n_faces);
    for (struct text_font_trouble *t = env->troubles; t; t = t->next) {
        buf_add_char(out, '{');
        json_member(out, "file", t->path);
        buf_add_char(out, ',');
        json_member(out, "why", t->why);
        buf_add_str(out, t->next ? "}," : "}");
    }
    buf_add_str(out, "]}\n");
}

/* --- a yes or no ---------------------------------------------------------- */

bool
text_fonts_complete(struct text_env *env)
{
    struct text_cover cover[TEXT_SETS];

    for (const char *const *role = text_font_roles(); *role; role++) {
        text_font_cover(
            text_font_find(env, *role, 400, false, NULL, NULL), cover);
        if (cover[TEXT_TONGYONG].all < cover[TEXT_TONGYONG].total)
            return false;
    }
    return true;
}
