/* Looks over the bytes of a document before libxml2 does.  libxml2 checks
 * for double attributes by comparing each with each, so that one tag with
 * 100,000 of them takes it ten seconds; and it is asked about byte offsets,
 * which it knows only of UTF-8. */
#ifndef XML_XML_GUARD_H
#define XML_XML_GUARD_H

#include <stddef.h>

struct buf;

/* What is too big, or NULL; where it begins and what the limit is. */
const char *xml_guard(const char *s, size_t n, size_t *at, int *limit);

/* The encoding that the bytes say they have, by BOM or declaration, written
 * to OUT; "UTF-8" when they say nothing.  *SKIP is the length of a BOM. */
void xml_encoding(const char *s, size_t n, char out[40], size_t *skip);

/* S recoded to UTF-8 in OUT.  0, or the offset + 1 of the first bad byte, or
 * -1 when the encoding is not one of those we take. */
long xml_recode(const char *s, size_t n, const char *encoding, struct buf *out);

#endif
