/* Untrusted XML in, events out.  Nothing outside this folder sees libxml2,
 * and no tree is built: a table of 50,000 rows passes by element for element.
 *
 * Safe by construction: any DOCTYPE is refused, nothing but the given bytes
 * is read, every size has a limit.  Positions are ours, not libxml2's: line
 * and column of the "<" of a start tag, the column in code points, right
 * beyond line 65,535.  Input that is not UTF-8 is recoded first. */
#ifndef XML_XML_LOAD_H
#define XML_XML_LOAD_H

#include "base/status.h"
#include "base/where.h"

struct _xmlDoc; /* libxml2's, opaque here */
struct diags;

#define XML_DEPTH_MAX 256      /* elements inside each other */
#define XML_ATTRIBUTES_MAX 1000 /* of one element, namespaces counted in */
#define XML_NAME_MAX 1000      /* [B] of a tag's or attribute's name */
#define XML_VALUE_MAX 10000000 /* [B] of an attribute's value */

/* Names and values are borrowed: valid during the call only. */
struct xml_attr {
    const char *ns;    /* namespace, NULL: none */
    const char *name;  /* without prefix */
    const char *value; /* not NUL-terminated */
    int len;           /* [B] of value */
};

struct xml_element {
    const char *ns;
    const char *name;   /* without prefix */
    const char *prefix; /* NULL: none */
    const struct xml_attr *attrs;
    int n;
    int line, col;      /* of "<" */
};

/* Whoever takes the events; the place of a text is that of its first byte,
 * off by little behind a reference.  A false answer ends the reading, without a word
 * from here. */
struct xml_sink {
    void *self;
    int (*start)(void *self, const struct xml_element *e);
    int (*text)(void *self, const char *s, int n, int line, int col);
    int (*end)(void *self);
};

/* NAME is what diagnostics call the input.  STATUS_BAD_INPUT: a diagnostic
 * says what is wrong (the sink may have got part); STATUS_LIMIT likewise. */
MUST_CHECK enum status xml_read(const char *name, const char *bytes, int n,
                                const struct xml_sink *sink, struct diags *d);

/* The same events from a tree that libxslt made. */
MUST_CHECK enum status xml_walk(struct _xmlDoc *doc,
                                const struct xml_sink *sink);

#endif
