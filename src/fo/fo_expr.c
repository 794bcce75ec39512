/* Recursive descent with a named depth; every failure leaves its reason in
 * env->why and answers false. */
#include "fo/fo_expr.h"
#include "base/length.h"
#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct parser {
    struct fo_env *env;
    const char *p; /* next character */
    int depth;
};

static bool sum(struct parser *ps, struct fo_val *out);

static bool
refuse(struct parser *ps, const char *why)
{
    if (!ps->env->why)
        ps->env->why = why;
    return false;
}

static bool
blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
skip_blank(struct parser *ps)
{
    while (blank(*ps->p))
        ps->p++;
}

static bool
name_start(char c)
{
    return isalpha((unsigned char)c) || c == '_' || (c & 0x80);
}

static bool
name_char(char c)
{
    return name_start(c) || isdigit((unsigned char)c) || c == '-' || c == '.' ||
        c == ':';
}

static bool
is(const char *s, int len, const char *word)
{
    return (size_t)len == strlen(word) && memcmp(s, word, (size_t)len) == 0;
}

/* ---- colours ---------------------------------------------------------- */

static const struct {
    const char *name;
    uint32_t rgb;
} colors[] = {
#define COLOR(name, rgb) {name, rgb},
#include "fo/fo_colors.def"
#undef COLOR
};

static bool
hex_color(const char *s, int len, uint32_t *argb)
{
    uint32_t digit[8], v[4] = {0, 0, 0, 255};
    int wide = len > 4 ? 2 : 1;

    if (len != 3 && len != 4 && len != 6 && len != 8)
        return false;
    for (int i = 0; i < len; i++) {
        if (!isxdigit((unsigned char)s[i]))
            return false;
        digit[i] = (uint32_t)(isdigit((unsigned char)s[i])
                ? s[i] - '0'
                : (s[i] | 32) - 'a' + 10);
    }
    for (int i = 0; i < len / wide; i++)
        v[i] = wide == 2 ? digit[2 * i] * 16 + digit[2 * i + 1] : digit[i] * 17;
    *argb = v[3] << 24 | v[0] << 16 | v[1] << 8 | v[2];
    return true;
}

bool
fo_color(const char *s, int len, uint32_t *argb)
{
    if (len > 0 && *s == '#')
        return hex_color(s + 1, len - 1, argb);
    if (is(s, len, "transparent")) {
        *argb = 0;
        return true;
    }
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++) {
        if (is(s, len, colors[i].name)) {
            *argb = 0xFF000000u | colors[i].rgb;
            return true;
        }
    }
    return false;
}

/* A component: 0..MAX, or a percentage of it. */
static bool
component(const struct fo_val *v, double max, double *out)
{
    double x = v->num.abs + v->num.pct * max;

    if (v->kind != FO_VAL_NUM || !isfinite(x) ||
        (v->num.dim != 0 && v->num.abs != 0))
        return false;
    *out = x < 0 ? 0 : x > max ? 1 : x / max;
    return true;
}

static bool
color_of(const struct fo_val *args, int n, double max, struct fo_val *out)
{
    double c[4] = {0, 0, 0, 0};

    for (int i = 0; i < n; i++)
        if (!component(&args[i], max, &c[i]))
            return false;
    if (n == 4) /* cyan, magenta, yellow, black */
        for (int i = 0; i < 3; i++)
            c[i] = (1 - c[i]) * (1 - c[3]);
    out->kind = FO_VAL_COLOR;
    out->color = 0xFF000000u | (uint32_t)lround(c[0] * 255) << 16 |
        (uint32_t)lround(c[1] * 255) << 8 | (uint32_t)lround(c[2] * 255);
    return true;
}

/* ---- functions -------------------------------------------------------- */

/* What a percentage or column unit is, nobody knows here. */
static bool
closed(const struct fo_num *n)
{
    return n->pct == 0 && n->tcu == 0;
}

static bool
function_1(
    const char *name, int len, const struct fo_val *a, struct fo_val *out)
{
    static const struct {
        const char *name;
        double (*fn)(double);
    } list[] = {
        {"abs", fabs},
        {"ceiling", ceil},
        {"floor", floor},
        {"round", round},
    };

    if (a->kind != FO_VAL_NUM || !closed(&a->num))
        return false;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (!is(name, len, list[i].name))
            continue;
        *out = *a;
        out->num.abs = list[i].fn(a->num.abs);
        return true;
    }
    return false;
}

static bool
min_max(bool max, const struct fo_val *a, const struct fo_val *b,
    struct fo_val *out)
{
    if (a->kind != FO_VAL_NUM || b->kind != FO_VAL_NUM ||
        a->num.dim != b->num.dim || !closed(&a->num) || !closed(&b->num))
        return false;
    *out = (a->num.abs < b->num.abs) == max ? *b : *a;
    return true;
}

static bool
call_own(const char *name, int len, const struct fo_val *a, int n,
    struct fo_val *out)
{
    if (n == 1 && function_1(name, len, a, out))
        return true;
    if (n == 2 && (is(name, len, "min") || is(name, len, "max")))
        return min_max(is(name, len, "max"), &a[0], &a[1], out);
    if (n == 3 && is(name, len, "rgb"))
        return color_of(a, 3, 255, out);
    if (n >= 4 &&
        (is(name, len, "rgb-icc") || is(name, len, "fox-rgb-icc") ||
            is(name, len, "rgb-named-color")))
        return color_of(a, 3, 255, out);
    if (n == 4 && is(name, len, "cmyk"))
        return color_of(a, 4, 1, out);
    if (n == 1 && is(name, len, "proportional-column-width") &&
        a->kind == FO_VAL_NUM &&
        ((a->num.dim == 0 && closed(&a->num)) ||
            (a->num.dim == 1 && a->num.abs == 0 && a->num.pct > 0))) {
        *out = (struct fo_val){.kind = FO_VAL_NUM};
        out->num.tcu = a->num.dim == 0 ? a->num.abs : a->num.pct;
        out->num.dim = 1;
        return true;
    }
    return false;
}

static bool
arguments(struct parser *ps, struct fo_val *args, int *n)
{
    *n = 0;
    skip_blank(ps);
    if (*ps->p == ')') {
        ps->p++;
        return true;
    }
    for (;;) {
        if (*n == FO_EXPR_ARGS)
            return refuse(ps, "too many arguments");
        skip_blank(ps);
        args[*n] = (struct fo_val){.kind = FO_VAL_WORD, .s = ps->p};
        if (*ps->p != ',' && !sum(ps, &args[*n]))
            return false;
        ++*n;
        skip_blank(ps);
        if (*ps->p == ')') {
            ps->p++;
            return true;
        }
        if (*ps->p++ != ',')
            return ps->p--, refuse(ps, "')' or ',' expected");
    }
}

static bool
call(struct parser *ps, const char *name, int len, struct fo_val *out)
{
    struct fo_val args[FO_EXPR_ARGS];
    struct fo_env *env = ps->env;
    int n;

    if (!arguments(ps, args, &n))
        return false;
    if (call_own(name, len, args, n, out))
        return true;
    if (env->call && env->call(env->self, name, len, args, n, out))
        return true;
    return refuse(
        ps, "an unknown function, or arguments that it does not take");
}

/* ---- numbers ---------------------------------------------------------- */

/* Digits here are ASCII and the point is a point, whatever the locale. */
static double
digits(struct parser *ps)
{
    double v = 0, scale = 1;

    while (isdigit((unsigned char)*ps->p))
        v = v * 10 + (*ps->p++ - '0');
    if (*ps->p == '.') {
        ps->p++;
        while (isdigit((unsigned char)*ps->p)) {
            v = v * 10 + (*ps->p++ - '0');
            scale *= 10;
            if (scale > 1e15) { /* further digits say nothing */
                while (isdigit((unsigned char)*ps->p))
                    ps->p++;
                break;
            }
        }
    }
    return v / scale;
}

static void
percentage(const struct fo_env *env, double v, struct fo_num *out)
{
    *out = (struct fo_num){0};
    if (env->pct_of >= 0) {
        out->abs = v / 100 * env->pct_of;
        out->dim = env->pct_number ? 0 : 1;
    } else {
        out->pct = v / 100;
        out->dim = 1;
    }
}

static bool
number(struct parser *ps, struct fo_val *out)
{
    double v = digits(ps), unit;
    const char *from = ps->p;

    *out = (struct fo_val){.kind = FO_VAL_NUM};
    out->num.abs = v;
    if (*ps->p == '%') {
        ps->p++;
        percentage(ps->env, v, &out->num);
        return true;
    }
    while (isalpha((unsigned char)*ps->p))
        ps->p++;
    if (ps->p == from)
        return true;
    if (is(from, (int)(ps->p - from), "em"))
        unit = ps->env->em;
    else if (is(from, (int)(ps->p - from), "mpt"))
        unit = 1;
    else
        unit = mpt_from_unit(from, (int)(ps->p - from));
    if (unit == 0 && !is(from, (int)(ps->p - from), "em"))
        return refuse(ps, "an unknown unit");
    out->num.abs = v * unit;
    if (!is(from, (int)(ps->p - from), "em") && out->num.abs < MPT_MAX)
        out->num.abs = floor(out->num.abs + 1e-3); /* see fo_mpt */
    out->num.dim = 1;
    return true;
}

/* ---- the grammar ------------------------------------------------------ */

static bool
string(struct parser *ps, struct fo_val *out)
{
    char quote = *ps->p++;
    const char *end = strchr(ps->p, quote);

    if (!end)
        return refuse(ps, "a string without its end");
    *out = (struct fo_val){.kind = FO_VAL_STRING, .s = ps->p};
    out->len = (int)(end - ps->p);
    ps->p = end + 1;
    return true;
}

static bool
hash(struct parser *ps, struct fo_val *out)
{
    const char *from = ps->p++;

    while (isalnum((unsigned char)*ps->p))
        ps->p++;
    out->s = from;
    out->len = (int)(ps->p - from);
    out->kind = FO_VAL_COLOR;
    if (fo_color(from, out->len, &out->color))
        return true;
    out->kind = FO_VAL_WORD; /* "#CMYK" in rgb-icc() is the name of a profile */
    return true;
}

static bool
primary(struct parser *ps, struct fo_val *out)
{
    const char *from;

    skip_blank(ps);
    from = ps->p;
    *out = (struct fo_val){.kind = FO_VAL_NUM};
    if (*ps->p == '(') {
        ps->p++;
        if (!sum(ps, out))
            return false;
        skip_blank(ps);
        if (*ps->p != ')')
            return refuse(ps, "')' is missing");
        ps->p++;
        return true;
    }
    if (isdigit((unsigned char)*ps->p) ||
        (*ps->p == '.' && isdigit((unsigned char)ps->p[1])))
        return number(ps, out);
    if (*ps->p == '"' || *ps->p == '\'')
        return string(ps, out);
    if (*ps->p == '#')
        return hash(ps, out);
    if (!name_start(*ps->p))
        return refuse(ps, *ps->p ? "not an expression" : "it ends too early");
    while (name_char(*ps->p))
        ps->p++;
    if (*ps->p == '(') {
        int len = (int)(ps->p++ - from);

        return call(ps, from, len, out);
    }
    out->kind = FO_VAL_WORD;
    out->s = from;
    out->len = (int)(ps->p - from);
    return true;
}

static bool
to_number(struct parser *ps, struct fo_val *v)
{
    struct fo_num n;

    if (v->kind == FO_VAL_NUM)
        return true;
    if (v->kind != FO_VAL_REF || !ps->env->number ||
        !ps->env->number(ps->env->self, v, &n))
        return refuse(ps, "not a number");
    *v = (struct fo_val){.kind = FO_VAL_NUM, .num = n};
    return true;
}

static void
scale(struct fo_num *n, double by)
{
    n->abs *= by;
    n->pct *= by;
    n->tcu *= by;
}

static bool
unary(struct parser *ps, struct fo_val *out)
{
    bool minus = false, any = false;

    for (skip_blank(ps); *ps->p == '-' || *ps->p == '+'; skip_blank(ps)) {
        any = true;
        minus ^= *ps->p++ == '-';
    }
    if (!primary(ps, out))
        return false;
    if (!any)
        return true;
    if (!to_number(ps, out))
        return false;
    if (minus)
        scale(&out->num, -1);
    return true;
}

/* An operator spelt as a word stands alone. */
static bool
word_operator(struct parser *ps, const char *word)
{
    size_t n = strlen(word);

    if (strncmp(ps->p, word, n) != 0 || name_char(ps->p[n]))
        return false;
    ps->p += n;
    return true;
}

static bool
multiply(struct parser *ps, struct fo_num *a, const struct fo_num *b)
{
    if (a->dim != 0 && b->dim != 0) {
        if (!closed(a) || !closed(b))
            return refuse(ps, "a product of percentages");
        a->abs *= b->abs;
        a->dim += b->dim;
    } else if (b->dim == 0) {
        scale(a, b->abs);
    } else {
        double by = a->abs;

        *a = *b;
        scale(a, by);
    }
    return a->dim < 8 ? true : refuse(ps, "too many factors");
}

static bool
divide(struct parser *ps, struct fo_num *a, const struct fo_num *b)
{
    if (b->abs == 0 || !closed(b))
        return refuse(ps, "a division by zero or by a percentage");
    if (b->dim != 0 && !closed(a))
        return refuse(ps, "a percentage divided by a length");
    scale(a, 1 / b->abs);
    a->dim -= b->dim;
    return a->dim > -8 ? true : refuse(ps, "too many factors");
}

static bool
modulo(struct parser *ps, struct fo_num *a, const struct fo_num *b)
{
    if (b->abs == 0 || !closed(a) || !closed(b) || a->dim != b->dim)
        return refuse(ps, "mod of numbers that do not fit");
    a->abs = fmod(a->abs, b->abs);
    return true;
}

static bool
product(struct parser *ps, struct fo_val *out)
{
    struct fo_val right;
    char op;

    if (!unary(ps, out))
        return false;
    for (;;) {
        skip_blank(ps);
        if (*ps->p == '*') {
            ps->p++;
            op = '*';
        } else if (word_operator(ps, "div")) {
            op = '/';
        } else if (word_operator(ps, "mod")) {
            op = '%';
        } else {
            return true;
        }
        if (!to_number(ps, out) || !unary(ps, &right) || !to_number(ps, &right))
            return false;
        if (op == '*'       ? !multiply(ps, &out->num, &right.num)
                : op == '/' ? !divide(ps, &out->num, &right.num)
                            : !modulo(ps, &out->num, &right.num))
            return false;
    }
}

static bool
add(struct parser *ps, struct fo_num *a, const struct fo_num *b, double sign)
{
    if (a->dim != b->dim)
        return refuse(ps, "a sum of different kinds of numbers");
    a->abs += sign * b->abs;
    a->pct += sign * b->pct;
    a->tcu += sign * b->tcu;
    return true;
}

static bool
sum_inside(struct parser *ps, struct fo_val *out)
{
    struct fo_val right;

    if (!product(ps, out))
        return false;
    for (;;) {
        double sign;

        skip_blank(ps);
        if (*ps->p != '+' && *ps->p != '-')
            return true;
        sign = *ps->p++ == '-' ? -1 : 1;
        if (!to_number(ps, out) || !product(ps, &right) ||
            !to_number(ps, &right) || !add(ps, &out->num, &right.num, sign))
            return false;
    }
}

static bool
sum(struct parser *ps, struct fo_val *out)
{
    bool good;

    if (++ps->depth > FO_EXPR_DEPTH)
        return refuse(ps, "too deep");
    good = sum_inside(ps, out);
    ps->depth--;
    return good;
}

bool
fo_expr_eval(struct fo_env *env, const char *s, struct fo_val *out)
{
    struct parser ps = {.env = env, .p = s};

    env->why = NULL;
    if (!sum(&ps, out))
        return false;
    skip_blank(&ps);
    if (*ps.p)
        return refuse(&ps, "more than one value");
    if (out->kind == FO_VAL_NUM &&
        (!isfinite(out->num.abs) || !isfinite(out->num.pct) ||
            !isfinite(out->num.tcu)))
        return refuse(&ps, "not a finite number");
    return true;
}

/* ---- lists ------------------------------------------------------------ */

int
fo_list_next(const char **s, const char **item)
{
    const char *p = *s;
    int depth = 0;

    while (blank(*p))
        p++;
    *item = p;
    for (; *p && (depth > 0 || !blank(*p)); p++) {
        if (*p == '(') {
            depth++;
        } else if (*p == ')') {
            depth -= depth > 0;
        } else if (*p == '"' || *p == '\'') {
            const char *end = strchr(p + 1, *p);

            if (end)
                p = end;
        }
    }
    *s = p;
    return (int)(p - *item);
}
