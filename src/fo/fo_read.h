/* Reading FO from where it is not bytes. */
#ifndef FO_FO_READ_H
#define FO_FO_READ_H

#include "base/status.h"

struct _xmlDoc; /* libxml2's, opaque here */
struct arena;
struct diags;
struct fo_tree;

/* As fo_read_memory, from the tree that a stylesheet made.  Positions are
 * those of the result's nodes: lines at best. */
MUST_CHECK enum status fo_read_doc(struct fo_tree **tree, const char *name,
                                   struct _xmlDoc *doc, struct arena *a,
                                   struct diags *d);

#endif
