/* Paths of a drawing: all curves become cubic. */
#include "base/arena.h"
#include "layout/pic_in.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define KAPPA 0.5522847498 /* a quarter circle as a cubic */

/* ---- building --------------------------------------------------------- */

static struct drawing_seg *
add(struct pic_path *p, enum drawing_op op)
{
    struct drawing_seg *grown;

    if (p->room <= 0)
        return &p->lost;
    if (p->n == p->cap) {
        p->cap = p->cap ? p->cap * 2 : 16;
        grown = arena_array(p->arena, (size_t)p->cap, sizeof *grown);
        if (p->n)
            memcpy(grown, p->segs, (size_t)p->n * sizeof *grown);
        p->segs = grown;
    }
    p->room--;
    p->segs[p->n].op = op;
    return &p->segs[p->n++];
}

void
pic_path_move(struct pic_path *p, double x, double y)
{
    struct drawing_seg *s = add(p, DRAW_MOVE);

    s->x[0] = x;
    s->y[0] = y;
}

void
pic_path_line(struct pic_path *p, double x, double y)
{
    struct drawing_seg *s = add(p, DRAW_LINE);

    s->x[0] = x;
    s->y[0] = y;
}

void
pic_path_curve(struct pic_path *p, const double c[6])
{
    struct drawing_seg *s = add(p, DRAW_CURVE);

    for (int i = 0; i < 3; i++) {
        s->x[i] = c[2 * i];
        s->y[i] = c[2 * i + 1];
    }
}

void
pic_path_close(struct pic_path *p)
{
    add(p, DRAW_CLOSE);
}

void
pic_path_ellipse(struct pic_path *p, double cx, double cy, double rx, double ry)
{
    static const double quarter[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

    pic_path_move(p, cx + rx, cy);
    for (int i = 0; i < 4; i++) {
        const double *a = quarter[i], *b = quarter[(i + 1) % 4];
        double c[6] = {cx + rx * (a[0] + KAPPA * b[0]),
            cy + ry * (a[1] + KAPPA * b[1]), cx + rx * (b[0] + KAPPA * a[0]),
            cy + ry * (b[1] + KAPPA * a[1]), cx + rx * b[0], cy + ry * b[1]};

        pic_path_curve(p, c);
    }
    pic_path_close(p);
}

/* ---- numbers ---------------------------------------------------------- */

static void
skip(const char **s)
{
    *s += strspn(*s, " \t\r\n");
    if (**s == ',')
        ++*s;
    *s += strspn(*s, " \t\r\n");
}

/* SVG's own grammar: strtod alone would take "0x1p3", "nan" and "inf". */
bool
pic_number(const char **s, double *out)
{
    const char *c = *s;
    char text[64];
    size_t digits, n;

    c += *c == '+' || *c == '-';
    digits = strspn(c, "0123456789");
    c += digits;
    if (*c == '.') {
        size_t after = strspn(c + 1, "0123456789");

        digits += after;
        c += after + 1;
    }
    if (!digits)
        return false;
    if (*c == 'e' || *c == 'E') {
        size_t sign = c[1] == '+' || c[1] == '-';
        size_t power = strspn(c + 1 + sign, "0123456789");

        if (power)
            c += 1 + sign + power;
    }
    n = (size_t)(c - *s);
    if (n >= sizeof text)
        n = sizeof text - 1;
    memcpy(text, *s, n);
    text[n] = '\0';
    *out = strtod(text, NULL);
    *s = c;
    skip(s);
    return fabs(*out) <= PIC_SVG_NUMBER;
}

/* ---- arcs (SVG 1.1, F.6) ---------------------------------------------- */

struct arc {
    double cx, cy, rx, ry, phi; /* centre, radii, turn */
    double from, sweep; /* [rad] */
};

static double
angle(double ux, double uy, double vx, double vy)
{
    return atan2(ux * vy - uy * vx, ux * vx + uy * vy);
}

/* From end points to centre, F.6.5; radii too small are enlarged, F.6.6. */
static struct arc
arc_from_ends(const double a[7], double x0, double y0)
{
    struct arc r = {0, 0, fabs(a[0]), fabs(a[1]), a[2] * M_PI / 180, 0, 0};
    double cp = cos(r.phi), sp = sin(r.phi);
    double dx = (x0 - a[5]) / 2, dy = (y0 - a[6]) / 2;
    double x = cp * dx + sp * dy, y = -sp * dx + cp * dy;
    double big = x * x / (r.rx * r.rx) + y * y / (r.ry * r.ry);
    double k, num, den, cx, cy;

    if (big > 1) {
        r.rx *= sqrt(big);
        r.ry *= sqrt(big);
    }
    den = r.rx * r.rx * y * y + r.ry * r.ry * x * x;
    num = r.rx * r.rx * r.ry * r.ry - den;
    k = den > 0 && num > 0 ? sqrt(num / den) : 0;
    if ((a[3] != 0) == (a[4] != 0))
        k = -k;
    cx = k * r.rx * y / r.ry;
    cy = -k * r.ry * x / r.rx;
    r.cx = cp * cx - sp * cy + (x0 + a[5]) / 2;
    r.cy = sp * cx + cp * cy + (y0 + a[6]) / 2;
    r.from = angle(1, 0, (x - cx) / r.rx, (y - cy) / r.ry);
    r.sweep = angle(
        (x - cx) / r.rx, (y - cy) / r.ry, (-x - cx) / r.rx, (-y - cy) / r.ry);
    if (a[4] == 0 && r.sweep > 0)
        r.sweep -= 2 * M_PI;
    if (a[4] != 0 && r.sweep < 0)
        r.sweep += 2 * M_PI;
    return r;
}

static void
arc_point(const struct arc *r, double t, double dt, double out[2])
{
    /* the point at T moved along the tangent by DT */
    double x = r->rx * (cos(t) - dt * sin(t));
    double y = r->ry * (sin(t) + dt * cos(t));

    out[0] = r->cx + cos(r->phi) * x - sin(r->phi) * y;
    out[1] = r->cy + sin(r->phi) * x + cos(r->phi) * y;
}

static void
add_arc(struct pic_path *p, const double a[7], double x0, double y0)
{
    struct arc r;
    int parts;

    if (a[0] == 0 || a[1] == 0 || (x0 == a[5] && y0 == a[6])) {
        pic_path_line(p, a[5], a[6]);
        return;
    }
    r = arc_from_ends(a, x0, y0);
    parts = (int)ceil(fabs(r.sweep) / (M_PI / 2) - 1e-9);
    if (parts < 1)
        parts = 1;
    for (int i = 0; i < parts; i++) {
        double step = r.sweep / parts, t = r.from + i * step;
        double k = 4.0 / 3 * tan(step / 4), c[6];

        arc_point(&r, t, k, c);
        arc_point(&r, t + step, -k, c + 2);
        arc_point(&r, t + step, 0, c + 4);
        if (i == parts - 1) {
            c[4] = a[5];
            c[5] = a[6];
        }
        pic_path_curve(p, c);
    }
}

/* ---- path data -------------------------------------------------------- */

struct pen {
    double x, y; /* now */
    double sx, sy; /* start of the subpath */
    double cx, cy; /* last control point, for the smooth curves */
    char last; /* last command, upper case */
};

static const struct command {
    char letter;
    int numbers;
} commands[] = {{'M', 2}, {'L', 2}, {'H', 1}, {'V', 1}, {'C', 6}, {'S', 4},
    {'Q', 4}, {'T', 2}, {'A', 7}, {'Z', 0}};

static const struct command *
lookup(char c)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (commands[i].letter == (c & ~32))
            return &commands[i];
    return NULL;
}

/* Relative numbers made absolute. */
static void
absolute(char letter, const struct pen *pen, double *v, int n)
{
    if (letter == 'H' || letter == 'V') {
        v[0] += letter == 'H' ? pen->x : pen->y;
        return;
    }
    for (int i = letter == 'A' ? 5 : 0; i < n; i++)
        v[i] += (i & 1) == (letter == 'A') ? pen->x : pen->y;
}

static void
quadratic(struct pic_path *p, struct pen *pen, double qx, double qy, double x,
    double y)
{
    double c[6] = {pen->x + 2.0 / 3 * (qx - pen->x),
        pen->y + 2.0 / 3 * (qy - pen->y), x + 2.0 / 3 * (qx - x),
        y + 2.0 / 3 * (qy - y), x, y};

    pic_path_curve(p, c);
    pen->cx = qx;
    pen->cy = qy;
}

static void
curve(struct pic_path *p, struct pen *pen, char letter, const double *v)
{
    bool smooth = letter == 'S' || letter == 'T';
    bool cubic = letter == 'C' || letter == 'S';
    bool goes_on = cubic ? pen->last == 'C' || pen->last == 'S'
                         : pen->last == 'Q' || pen->last == 'T';
    double mx = goes_on ? 2 * pen->x - pen->cx : pen->x;
    double my = goes_on ? 2 * pen->y - pen->cy : pen->y;

    if (!cubic) {
        if (smooth)
            quadratic(p, pen, mx, my, v[0], v[1]);
        else
            quadratic(p, pen, v[0], v[1], v[2], v[3]);
        return;
    }
    if (smooth)
        pic_path_curve(p, (double[6]){mx, my, v[0], v[1], v[2], v[3]});
    else
        pic_path_curve(p, v);
    pen->cx = v[smooth ? 0 : 2];
    pen->cy = v[smooth ? 1 : 3];
}

static void
draw(struct pic_path *p, struct pen *pen, char letter, const double *v, int n)
{
    double x = n >= 2 ? v[n - 2] : pen->x, y = n >= 2 ? v[n - 1] : pen->y;

    switch (letter) {
    case 'M':
        pic_path_move(p, x, y);
        pen->sx = x;
        pen->sy = y;
        break;
    case 'H':
        x = v[0];
        pic_path_line(p, x, y);
        break;
    case 'V':
        y = v[0];
        pic_path_line(p, x, y);
        break;
    case 'L':
        pic_path_line(p, x, y);
        break;
    case 'A':
        add_arc(p, v, pen->x, pen->y);
        break;
    case 'Z':
        pic_path_close(p);
        x = pen->sx;
        y = pen->sy;
        break;
    default:
        curve(p, pen, letter, v);
    }
    pen->x = x;
    pen->y = y;
    pen->last = letter;
}

/* The two flags of an arc may stand without anything between them. */
static bool
numbers(const char **s, const struct command *c, double *v)
{
    for (int i = 0; i < c->numbers; i++) {
        if (c->letter == 'A' && (i == 3 || i == 4)) {
            if (**s != '0' && **s != '1')
                return false;
            v[i] = *(*s)++ - '0';
            skip(s);
        } else if (!pic_number(s, &v[i])) {
            return false;
        }
    }
    return true;
}

bool
pic_path_data(struct pic_path *p, const char *d)
{
    struct pen pen = {0};
    const struct command *c = NULL;
    bool relative = false;
    double v[7];

    skip(&d);
    while (*d) {
        const struct command *next = lookup(*d);

        if (next) {
            relative = (*d & 32) != 0;
            c = next;
            d++;
            skip(&d);
        } else if (c && c->letter == 'M') {
            c = lookup('L'); /* more pairs behind a move are lines */
        } else if (!c || c->letter == 'Z') {
            return false;
        }
        if ((!pen.last && c->letter != 'M') || !numbers(&d, c, v))
            return false;
        if (relative)
            absolute(c->letter, &pen, v, c->numbers);
        draw(p, &pen, c->letter, v, c->numbers);
        if (!(fabs(pen.x) <= PIC_SVG_NUMBER && fabs(pen.y) <= PIC_SVG_NUMBER))
            return false;
    }
    return p->room > 0;
}
