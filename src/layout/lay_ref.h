/* Inside src/layout: what is known of ids, page numbers and markers.  Of ids
 * and numbers the last round's knowledge answers, this round's is gathered. */
#ifndef LAYOUT_LAY_REF_H
#define LAYOUT_LAY_REF_H

#include "layout/lay.h"

struct lay_refs *lay_refs_new(struct arena *a);
void lay_refs_begin(struct lay_refs *r);   /* a round begins */
bool lay_refs_moved(struct lay_refs *r);   /* it ended with other numbers than it printed */

/* An area with this id was placed; positions are taken at the page's end. */
void lay_ref_seen(struct lay *l, const struct area_page *page, const char *id, const struct area *a);
void lay_ref_node(struct lay *l, const struct area_page *page, const struct fo_node *n); /* a page-number in a flow */
void lay_ref_page_end(struct lay *l, const struct area_page *page);

/* The text to print. */
const char *lay_ref_number(struct lay *l, const struct fo_node *citation);
const char *lay_ref_own_number(struct lay *l, const struct fo_node *n);

/* All ids with their places, in order of appearance, for the sink. */
struct area_target *lay_ref_targets(struct lay *l, struct arena *a, int *n);

/* Markers of the page being made and of those before it (lay_marker.c). */
void lay_ref_marker(struct lay *l, const struct area_page *page, const struct fo_node *marker, const struct area *owner);
void lay_ref_marker_end(struct lay *l, const struct area *owner); /* OWNER's object ends on this page */
const struct fo_node *lay_ref_retrieve(struct lay *l, const struct area_page *page, const struct fo_node *retrieve);
void lay_markers_end_page(struct lay *l); /* what the page showed last is remembered */

#endif
