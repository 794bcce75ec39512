/* Questions about areas that painters and the dump both ask. */
#include "layout/area.h"

static int
edges(const struct area *a, enum fo_side one, enum fo_side other)
{
    return area_border(a, one) + a->padding[one] + area_border(a, other) +
        a->padding[other];
}

int
area_border(const struct area *a, enum fo_side side)
{
    return a->border ? a->border[side].space : 0;
}

int
area_border_ipd(const struct area *a)
{
    return a->ipd + edges(a, FO_START, FO_END);
}

int
area_border_bpd(const struct area *a)
{
    return a->bpd + edges(a, FO_BEFORE, FO_AFTER);
}

/* A viewport turns what it shows.  The orientation may stand on the viewport
 * or on the reference area in it; nothing else turns. */
static int
orientation(const struct area *a)
{
    if (a->kind != AREA_BLOCK_VIEWPORT && a->kind != AREA_REGION_VIEWPORT)
        return 0;
    if (a->orientation || !a->first)
        return a->orientation;
    return a->first->orientation;
}

/* Turned counter-clockwise about the content rectangle, so that the turned
 * content begins in that rectangle's corner again. */
struct area_matrix
area_turn(const struct area *a)
{
    int x = area_border(a, FO_START) + a->padding[FO_START];
    int y = area_border(a, FO_BEFORE) + a->padding[FO_BEFORE];

    switch (orientation(a)) {
    case 90:
        return (struct area_matrix){0, -1, 1, 0, x, y + a->bpd};
    case 180:
        return (struct area_matrix){-1, 0, 0, -1, x + a->ipd, y + a->bpd};
    case 270:
        return (struct area_matrix){0, 1, -1, 0, x + a->ipd, y};
    default:
        return (struct area_matrix){1, 0, 0, 1, x, y};
    }
}
