/* Space resolution, XSL 1.1 §4.3.1: at the edge of a reference area the
 * conditional spaces vanish; of what is left the forcing ones all count, or
 * else only the one of highest precedence and then greatest optimum. */
#include "layout/lay_space.h"

#include "base/length.h"

#include <limits.h>

static const struct lay_space nothing;

void
lay_run_add(struct lay_run *r, const struct lay_space *s)
{
    if (r->n < LAY_RUN_MAX)
        r->v[r->n++] = *s;
}

static bool
is_nothing(const struct lay_space *s)
{
    return !s->min && !s->opt && !s->max;
}

static void
drop_conditional(struct lay_run *r, bool start, bool end)
{
    for (int i = 0; start && i < r->n && !r->v[i].retain; i++)
        r->v[i] = nothing;
    for (int i = r->n - 1; end && i >= 0 && !r->v[i].retain; i--)
        r->v[i] = nothing;
}

/* Keeps the spaces for which the highest rank holds. */
static void
keep_highest_precedence(struct lay_run *r)
{
    int best = INT_MIN;
    for (int i = 0; i < r->n; i++)
        if (!is_nothing(&r->v[i]) && r->v[i].prec > best)
            best = r->v[i].prec;
    for (int i = 0; i < r->n; i++)
        if (r->v[i].prec < best)
            r->v[i] = nothing;
}

/* One space is left: the last of those with the greatest optimum, with the
 * strictest limits of them all. */
static void
keep_greatest_optimum(struct lay_run *r)
{
    int best = -1;
    for (int i = 0; i < r->n; i++)
        if (!is_nothing(&r->v[i]) &&
            (best < 0 || r->v[i].opt >= r->v[best].opt))
            best = i;
    if (best < 0)
        return;
    struct lay_space one = r->v[best];
    for (int i = 0; i < r->n; i++) {
        if (!is_nothing(&r->v[i]) && r->v[i].opt == one.opt) {
            one.min = lay_int_max(one.min, r->v[i].min);
            one.max = lay_int_min(one.max, r->v[i].max);
        }
        r->v[i] = nothing;
    }
    r->v[best] = one;
}

struct lay_space
lay_run_resolve(struct lay_run *r, bool start, bool end)
{
    struct lay_space sum = nothing;
    if (start || end)
        drop_conditional(r, start, end);
    keep_highest_precedence(r);
    bool force = false;
    for (int i = 0; i < r->n; i++)
        force |= r->v[i].prec == INT_MAX && !is_nothing(&r->v[i]);
    if (!force)
        keep_greatest_optimum(r);
    for (int i = 0; i < r->n; i++) {
        sum.min = mpt_clamp((long long)sum.min + r->v[i].min);
        sum.opt = mpt_clamp((long long)sum.opt + r->v[i].opt);
        sum.max = mpt_clamp((long long)sum.max + r->v[i].max);
    }
    return sum;
}

#define HAIR 50 /* [mpt] rounding of many lines */

int
lay_snap(int y, int pitch)
{
    if (pitch <= 0)
        return y;
    int over = y % pitch;
    return over <= HAIR ? y : y - over + pitch;
}
