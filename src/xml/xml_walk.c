/* The events of xml_load.h from a tree that is there already. */
#include "xml/xml_load.h"
#include "base/arena.h"
#include <libxml/tree.h>
#include <string.h>

static const char *
attr_value(const xmlAttr *a)
{
    const xmlNode *t = a->children;

    /* libxslt writes a value as one text node */
    return t && t->content ? (const char *)t->content : "";
}

static int
start(const struct xml_sink *sink, const xmlNode *n)
{
    struct xml_attr attrs[XML_ATTRIBUTES_MAX];
    struct xml_element e = {0};

    e.name = (const char *)n->name;
    e.ns = n->ns ? (const char *)n->ns->href : NULL;
    e.prefix = n->ns ? (const char *)n->ns->prefix : NULL;
    e.line = (int)xmlGetLineNo(n);
    e.attrs = attrs;
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        struct xml_attr *to = &attrs[e.n];

        if (e.n == XML_ATTRIBUTES_MAX)
            break;
        to->name = (const char *)a->name;
        to->ns = a->ns ? (const char *)a->ns->href : NULL;
        to->value = attr_value(a);
        to->len = (int)strlen(to->value);
        e.n++;
    }
    return sink->start(sink->self, &e);
}

/* The next node in document order; elements left behind are ended. */
static const xmlNode *
onwards(const struct xml_sink *sink, const xmlNode *n, int *going, int *depth)
{
    if (n->type == XML_ELEMENT_NODE && n->children) {
        ++*depth;
        return n->children;
    }
    if (n->type == XML_ELEMENT_NODE)
        *going = sink->end(sink->self);
    while (!n->next && *depth > 0) {
        n = n->parent;
        --*depth;
        if (*going)
            *going = sink->end(sink->self);
    }
    return *depth > 0 ? n->next : NULL;
}

enum status
xml_walk(struct _xmlDoc *doc, const struct xml_sink *sink)
{
    const xmlNode *n = xmlDocGetRootElement(doc);
    int going = 1, depth = 0;

    while (n && going) {
        if (depth >= XML_DEPTH_MAX)
            return fail(STATUS_LIMIT);
        if (n->type == XML_ELEMENT_NODE)
            going = start(sink, n);
        else if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
            going = sink->text(sink->self, (const char *)n->content,
                (int)strlen((const char *)n->content), (int)xmlGetLineNo(n), 0);
        if (going)
            n = onwards(sink, n, &going, &depth);
    }
    return going ? STATUS_OK : fail(STATUS_BAD_INPUT);
}
