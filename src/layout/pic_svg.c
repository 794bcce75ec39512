/* The small SVG of our own: svg g path rect circle ellipse line polyline
 * polygon; viewBox width height transform fill stroke stroke-width fill-rule
 * opacity.  Every element and attribute of it is read; anything else is said
 * and left out.  Opacity of a group is multiplied into its shapes. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/length.h"
#include "layout/pic_in.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct paint { /* what is inherited */
    double m[6];
    uint32_t fill, stroke; /* 0xAARRGGBB without opacity; alpha 0: none */
    double opacity, stroke_width;
    bool even_odd;
};

struct maker {
    struct arena *arena;
    struct diags *diags;
    const char *file;
    struct drawing *drawing;
    int shapes, segs; /* still allowed */
};

/* ---- messages --------------------------------------------------------- */

static void
say(struct maker *k, const struct fo_foreign *f, const char *what,
    const char *name)
{
    struct where w = {k->file, f->line, f->col};
    char text[200];

    snprintf(text, sizeof text, *name ? "<%s>: %s '%s'" : "<%s>: %s%s", f->name,
        what, name);
    diag_add(k->diags, DIAG_DRAWING, &w, text);
}

/* ---- values ----------------------------------------------------------- */

static const char *
value(const struct fo_foreign *f, const char *name)
{
    for (const struct fo_attr *a = f->attrs; a; a = a->next)
        if (strcmp(a->name, name) == 0)
            return a->value;
    return NULL;
}

/* A length in user units; those with a unit are points. */
static bool
length(const char *s, double *out)
{
    double unit = 1;

    s += strspn(s, " \t\r\n");
    if (!pic_number(&s, out))
        return false;
    if (*s && strcmp(s, "px") != 0) {
        unit = mpt_from_unit(s, (int)strlen(s)) / MPT_PER_PT;
        if (unit == 0)
            return false;
    }
    *out *= unit;
    return true;
}

static double
number(struct maker *k, const struct fo_foreign *f, const char *name)
{
    const char *s = value(f, name);
    double v = 0;

    if (s && !length(s, &v)) {
        say(k, f, "no number in", name);
        v = 0;
    }
    return v;
}

static bool
hex_color(const char *s, uint32_t *out)
{
    size_t n = strspn(s, "0123456789abcdefABCDEF");
    unsigned v;

    if (s[n] || (n != 3 && n != 6))
        return false;
    v = (unsigned)strtoul(s, NULL, 16);
    if (n == 3)
        v = (v >> 8 & 15) * 0x110000 | (v >> 4 & 15) * 0x1100 | (v & 15) * 0x11;
    *out = 0xff000000u | v;
    return true;
}

static bool
rgb_color(const char *s, uint32_t *out)
{
    uint32_t v = 0xff;

    for (int i = 0; i < 3; i++) {
        double part;

        s += strspn(s, " \t");
        if (!pic_number(&s, &part))
            return false;
        if (*s == '%') {
            part *= 2.55;
            s++;
            s += strspn(s, " \t,");
        }
        v = v << 8 | (uint32_t)(part < 0 ? 0 : part > 255 ? 255 : part + 0.5);
    }
    *out = v;
    return *s == ')';
}

static bool
color(const char *s, uint32_t *out)
{
    static const struct {
        const char *name;
        uint32_t rgb;
    } names[] = {
#define COLOR(name, rgb) {name, rgb},
#include "fo/fo_colors.def"
#undef COLOR
    };

    if (strcmp(s, "none") == 0) {
        *out = 0;
        return true;
    }
    if (*s == '#')
        return hex_color(s + 1, out);
    if (strncmp(s, "rgb(", 4) == 0)
        return rgb_color(s + 4, out);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].name, s) == 0) {
            *out = 0xff000000u | names[i].rgb;
            return true;
        }
    }
    return false;
}

/* ---- transform -------------------------------------------------------- */

/* M becomes M x N: N is applied first. */
static void
multiply(double m[6], const double n[6])
{
    double r[6] = {m[0] * n[0] + m[2] * n[1], m[1] * n[0] + m[3] * n[1],
        m[0] * n[2] + m[2] * n[3], m[1] * n[2] + m[3] * n[3],
        m[0] * n[4] + m[2] * n[5] + m[4], m[1] * n[4] + m[3] * n[5] + m[5]};

    memcpy(m, r, sizeof r);
}

static void
rotate(double m[6], const double *v, int n)
{
    double a = v[0] * M_PI / 180;
    double x = n == 3 ? v[1] : 0, y = n == 3 ? v[2] : 0;

    multiply(m, (double[6]){1, 0, 0, 1, x, y});
    multiply(m, (double[6]){cos(a), sin(a), -sin(a), cos(a), 0, 0});
    multiply(m, (double[6]){1, 0, 0, 1, -x, -y});
}

static bool
apply(double m[6], const char *name, size_t len, const double *v, int n)
{
    static const struct {
        const char *name;
        int low, high;
    } rows[] = {{"matrix", 6, 6}, {"translate", 1, 2}, {"scale", 1, 2},
        {"rotate", 1, 3}, {"skewX", 1, 1}, {"skewY", 1, 1}};
    int i = 0;

    while (i < 6 &&
        (strlen(rows[i].name) != len || strncmp(rows[i].name, name, len)))
        i++;
    if (i == 6 || n < rows[i].low || n > rows[i].high || (i == 3 && n == 2))
        return false;
    switch (i) {
    case 0:
        multiply(m, v);
        break;
    case 1:
        multiply(m, (double[6]){1, 0, 0, 1, v[0], n > 1 ? v[1] : 0});
        break;
    case 2:
        multiply(m, (double[6]){v[0], 0, 0, n > 1 ? v[1] : v[0], 0, 0});
        break;
    case 3:
        rotate(m, v, n);
        break;
    case 4:
        multiply(m, (double[6]){1, 0, tan(v[0] * M_PI / 180), 1, 0, 0});
        break;
    default:
        multiply(m, (double[6]){1, tan(v[0] * M_PI / 180), 0, 1, 0, 0});
        break;
    }
    return true;
}

static bool
transform(const char *s, double m[6])
{
    static const char space[] = " \t\r\n,";

    for (s += strspn(s, space); *s; s += strspn(s, space)) {
        const char *name = s;
        size_t len = strcspn(s, " \t\r\n(");
        double v[6];
        int n = 0;

        s += len;
        s += strspn(s, " \t\r\n");
        if (*s++ != '(')
            return false;
        s += strspn(s, " \t\r\n");
        while (n < 6 && pic_number(&s, &v[n]))
            n++;
        if (*s++ != ')' || !apply(m, name, len, v, n))
            return false;
    }
    for (int i = 0; i < 6; i++)
        if (!(fabs(m[i]) <= PIC_SVG_NUMBER))
            return false;
    return true;
}

/* ---- presentation attributes ------------------------------------------ */

static void
paint_value(struct maker *k, const struct fo_foreign *f, struct paint *p,
    const char *name, const char *v)
{
    double d;
    bool good = true;

    if (strcmp(v, "inherit") == 0)
        return;
    if (strcmp(name, "fill") == 0) {
        good = color(v, &p->fill);
    } else if (strcmp(name, "stroke") == 0) {
        good = color(v, &p->stroke);
    } else if (strcmp(name, "stroke-width") == 0) {
        good = length(v, &d) && d >= 0;
        if (good)
            p->stroke_width = d;
    } else if (strcmp(name, "opacity") == 0) {
        good = length(v, &d);
        if (good)
            p->opacity *= d < 0 ? 0 : d > 1 ? 1 : d;
    } else if (strcmp(name, "fill-rule") == 0) {
        p->even_odd = strcmp(v, "evenodd") == 0;
        good = p->even_odd || strcmp(v, "nonzero") == 0;
    } else if (strcmp(name, "transform") == 0) {
        double m[6];

        memcpy(m, p->m, sizeof m);
        good = transform(v, m);
        if (good)
            memcpy(p->m, m, sizeof m);
    }
    if (!good)
        say(k, f, "unknown value of", name);
}

/* Attributes that change nothing on paper. */
static bool
is_silent(const char *name)
{
    static const char *const names[] = {
        "id", "version", "baseProfile", "xmlns", "space", "lang", "base"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return strncmp(name, "xmlns", 5) == 0 || strncmp(name, "xml:", 4) == 0;
}

static bool
in_list(const char *list, const char *name)
{
    size_t n = strlen(name);

    for (const char *s = list; (s = strstr(s, name)); s += n)
        if ((s == list || s[-1] == ' ') && (s[n] == ' ' || !s[n]))
            return true;
    return false;
}

static void
attributes(struct maker *k, const struct fo_foreign *f, const char *own,
    struct paint *p)
{
    static const char common[] =
        "transform fill stroke stroke-width fill-rule opacity";

    for (const struct fo_attr *a = f->attrs; a; a = a->next) {
        if (in_list(common, a->name))
            paint_value(k, f, p, a->name, a->value);
        else if (!in_list(own, a->name) && !is_silent(a->name))
            say(k, f, "attribute", a->name);
    }
}

/* ---- shapes ----------------------------------------------------------- */

static bool
shape_path(struct maker *k, const struct fo_foreign *f, struct pic_path *p)
{
    const char *d = value(f, "d");

    if (d && !pic_path_data(p, d))
        say(k, f, "a fault and the rest of", "d");
    return true;
}

static bool
shape_rect(struct maker *k, const struct fo_foreign *f, struct pic_path *p)
{
    double x = number(k, f, "x"), y = number(k, f, "y");
    double w = number(k, f, "width"), h = number(k, f, "height");
    double rx = number(k, f, "rx"), ry = number(k, f, "ry");
    const double c = 1 - 0.5522847498;

    if (w <= 0 || h <= 0)
        return false;
    rx = fmin(value(f, "rx") ? rx : ry, w / 2);
    ry = fmin(value(f, "ry") ? ry : rx, h / 2);
    if (rx <= 0 || ry <= 0) {
        pic_path_move(p, x, y);
        pic_path_line(p, x + w, y);
        pic_path_line(p, x + w, y + h);
        pic_path_line(p, x, y + h);
        pic_path_close(p);
        return true;
    }
    pic_path_move(p, x + rx, y);
    pic_path_line(p, x + w - rx, y);
    pic_path_curve(
        p, (double[6]){x + w - c * rx, y, x + w, y + c * ry, x + w, y + ry});
    pic_path_line(p, x + w, y + h - ry);
    pic_path_curve(p,
        (double[6]){
            x + w, y + h - c * ry, x + w - c * rx, y + h, x + w - rx, y + h});
    pic_path_line(p, x + rx, y + h);
    pic_path_curve(
        p, (double[6]){x + c * rx, y + h, x, y + h - c * ry, x, y + h - ry});
    pic_path_line(p, x, y + ry);
    pic_path_curve(p, (double[6]){x, y + c * ry, x + c * rx, y, x + rx, y});
    pic_path_close(p);
    return true;
}

static bool
shape_ellipse(struct maker *k, const struct fo_foreign *f, struct pic_path *p)
{
    bool circle = strcmp(f->name, "circle") == 0;
    double rx = number(k, f, circle ? "r" : "rx");
    double ry = circle ? rx : number(k, f, "ry");

    if (rx <= 0 || ry <= 0)
        return false;
    pic_path_ellipse(p, number(k, f, "cx"), number(k, f, "cy"), rx, ry);
    return true;
}

static bool
shape_line(struct maker *k, const struct fo_foreign *f, struct pic_path *p)
{
    pic_path_move(p, number(k, f, "x1"), number(k, f, "y1"));
    pic_path_line(p, number(k, f, "x2"), number(k, f, "y2"));
    return true;
}

static bool
shape_poly(struct maker *k, const struct fo_foreign *f, struct pic_path *p)
{
    const char *s = value(f, "points");
    double x, y;
    int n = 0;

    if (!s)
        return false;
    s += strspn(s, " \t\r\n");
    while (pic_number(&s, &x) && pic_number(&s, &y)) {
        if (n++)
            pic_path_line(p, x, y);
        else
            pic_path_move(p, x, y);
    }
    if (*s)
        say(k, f, "a fault and the rest of", "points");
    if (n && strcmp(f->name, "polygon") == 0)
        pic_path_close(p);
    return n > 0;
}

static const struct shape_row {
    const char *name;
    const char *own; /* attributes besides the common ones */
    bool (*make)(struct maker *, const struct fo_foreign *, struct pic_path *);
} rows[] = {
    {"path", "d", shape_path},
    {"rect", "x y width height rx ry", shape_rect},
    {"circle", "cx cy r", shape_ellipse},
    {"ellipse", "cx cy rx ry", shape_ellipse},
    {"line", "x1 y1 x2 y2", shape_line},
    {"polyline", "points", shape_poly},
    {"polygon", "points", shape_poly},
};

static uint32_t
with_opacity(uint32_t argb, double opacity)
{
    uint32_t alpha = (uint32_t)((argb >> 24) * opacity + 0.5);

    return (argb & 0xffffff) | alpha << 24;
}

static void
shape(struct maker *k, const struct fo_foreign *f, const struct shape_row *row,
    struct paint p)
{
    struct pic_path path = {.arena = k->arena, .room = k->segs};
    struct drawing_shape *s;

    attributes(k, f, row->own, &p);
    if (!row->make(k, f, &path) || path.n == 0)
        return;
    k->segs = path.room;
    k->shapes--;
    s = ARENA_NEW(k->arena, struct drawing_shape);
    s->segs = path.segs;
    s->n_segs = path.n;
    memcpy(s->m, p.m, sizeof s->m);
    s->fill = with_opacity(p.fill, p.opacity);
    s->stroke = with_opacity(p.stroke, p.opacity);
    s->stroke_width = p.stroke_width;
    s->even_odd = p.even_odd;
    if (k->drawing->last)
        k->drawing->last->next = s;
    else
        k->drawing->first = s;
    k->drawing->last = s;
}

/* ---- elements --------------------------------------------------------- */

static void children(struct maker *k, const struct fo_foreign *f,
    const struct paint *p, int depth);

static void
element(struct maker *k, const struct fo_foreign *f, const struct paint *p,
    int depth)
{
    if (k->shapes <= 0 || k->segs <= 0)
        return;
    if (strcmp(f->name, "g") == 0) {
        struct paint own = *p;

        attributes(k, f, "", &own);
        if (depth < PIC_SVG_DEPTH)
            children(k, f, &own, depth + 1);
        else
            say(k, f, "lies too deep", "");
        return;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].name, f->name))
            continue;
        if (f->first)
            say(k, f, "its content", "");
        shape(k, f, &rows[i], *p);
        return;
    }
    if (!in_list("title desc metadata", f->name))
        say(k, f, "element of no kind of ours", "");
}

static void
children(struct maker *k, const struct fo_foreign *f, const struct paint *p,
    int depth)
{
    for (const struct fo_foreign *c = f->first; c; c = c->next)
        element(k, c, p, depth);
}

/* viewBox, else the size in user units, else 100 by 100. */
static bool
view_box(struct maker *k, const struct fo_foreign *svg, double w, double h)
{
    const char *s = value(svg, "viewBox");
    struct drawing *d = k->drawing;

    d->w = w > 0 ? w : 100;
    d->h = h > 0 ? h : 100;
    if (!s)
        return true;
    s += strspn(s, " \t\r\n");
    return pic_number(&s, &d->x) && pic_number(&s, &d->y) &&
        pic_number(&s, &d->w) && pic_number(&s, &d->h) && !*s && d->w > 0 &&
        d->h > 0;
}

/* A width of its own; a percentage or nothing leaves it to the viewBox. */
static double
own_size(struct maker *k, const struct fo_foreign *svg, const char *name)
{
    const char *s = value(svg, name);

    return s && *s && s[strlen(s) - 1] != '%' ? number(k, svg, name) : 0;
}

const char *
pic_svg_make(struct arena *a, struct pic *pic, const struct fo_foreign *svg,
    struct diags *d, const char *file)
{
    struct maker k = {
        a, d, file, ARENA_NEW(a, struct drawing), PIC_SVG_SHAPES, PIC_SVG_SEGS};
    struct paint p = {{1, 0, 0, 1, 0, 0}, 0xff000000, 0, 1, 1, false};
    double w, h;

    if (strcmp(svg->name, "svg") ||
        (svg->ns && *svg->ns && strcmp(svg->ns, "http://www.w3.org/2000/svg")))
        return "its root is not <svg> of the SVG namespace";
    w = own_size(&k, svg, "width");
    h = own_size(&k, svg, "height");
    if (!view_box(&k, svg, w, h))
        return "its viewBox has a fault";
    attributes(&k, svg, "viewBox width height x y", &p);
    children(&k, svg, &p, 0);
    if (k.shapes <= 0 || k.segs <= 0)
        return "it has more shapes than the limit";
    if (w <= 0 && h <= 0)
        w = k.drawing->w;
    pic->format = PIC_SVG;
    pic->width = mpt_from_double(
        1000 * (w > 0 ? w : h * k.drawing->w / k.drawing->h));
    pic->height = mpt_from_double(
        1000 * (h > 0 ? h : w * k.drawing->h / k.drawing->w));
    pic->drawing = k.drawing;
    return NULL;
}
