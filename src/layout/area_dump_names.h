/* Inside the dump only: the peer's words for our values. */
#ifndef LAYOUT_AREA_DUMP_NAMES_H
#define LAYOUT_AREA_DUMP_NAMES_H

#include <stdint.h>

struct buf;
struct fo_style;

extern const char *const area_name_side[4];    /* enum fo_side */
extern const char *const area_name_border[10]; /* enum fo_border_style */
extern const char *const area_name_region[5];  /* enum area_region: elements */
extern const struct area_name_deco {
    unsigned bit; /* FO_DECO_* */
    const char *name;
} area_name_deco[3];

const char *area_name_color(char out[16], uint32_t argb);
/* The family that the peer would name: the first of the list that it has, or
 * that was FOUND (may be NULL). */
const char *area_name_family(char out[64], const char *families, const char *found);
const char *area_name_repeat(const struct fo_style *s);
void area_name_url(struct buf *out, const char *src); /* without url( ) */

#endif
