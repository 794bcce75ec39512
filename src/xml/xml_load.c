#include "xml/xml_load.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "xml/xml_guard.h"
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* One reading.  pos, line, col go forward only, so that all positions of a
 * document cost one walk over it. */
struct reading {
    const struct xml_sink *sink;
    struct diags *diags;
    const char *name;
    const char *s; /* the document in UTF-8, without BOM */
    size_t n; /* [B] */
    size_t pos; /* [B] */
    int line, col; /* at pos */
    int depth; /* elements open */
    bool deep; /* the depth limit was met */
    bool doctype;
    bool stopped; /* the sink wants no more */
    bool broken; /* an error was said */
    xmlParserCtxtPtr ctxt;
    struct xml_attr attrs[XML_ATTRIBUTES_MAX];
};

/* ---- where ------------------------------------------------------------ */

/* Moves to the byte at AT. */
static void
go_to(struct reading *r, size_t at)
{
    for (; r->pos < at; r->pos++) {
        unsigned char c = (unsigned char)r->s[r->pos];

        if (c == '\n') {
            r->line++;
            r->col = 1;
        } else if ((c & 0xC0) != 0x80) {
            r->col++;
        }
    }
}

/* How far libxml2 has read [B]. */
static size_t
read_so_far(const struct reading *r)
{
    const xmlParserInput *in = r->ctxt->input;
    size_t at;

    if (!in || !in->cur)
        return r->pos;
    at = (size_t)in->consumed + (size_t)(in->cur - in->base);
    return at < r->n ? at : r->n;
}

/* To the "<" of the tag just read: there is none inside a tag. */
static void
go_to_tag(struct reading *r)
{
    size_t at = read_so_far(r);

    if (at == r->n)
        at--;
    while (at > r->pos && r->s[at] != '<')
        at--;
    go_to(r, at);
}

static struct where
here(const struct reading *r)
{
    return (struct where){r->name, r->line, r->col};
}

/* ---- what is wrong, in our words -------------------------------------- */

static const struct {
    int code;
    const char *text;
} faults[] = {
    {XML_ERR_DOCUMENT_EMPTY, "the document is empty"},
    {XML_ERR_DOCUMENT_END, "there is more behind the document element"},
    {XML_ERR_INVALID_CHAR, "a character that XML does not allow"},
    {XML_ERR_INVALID_HEX_CHARREF, "a malformed character reference"},
    {XML_ERR_INVALID_DEC_CHARREF, "a malformed character reference"},
    {XML_ERR_INVALID_CHARREF, "a malformed character reference"},
    {XML_ERR_UNDECLARED_ENTITY, "an entity that is not declared"},
    {XML_WAR_UNDECLARED_ENTITY, "an entity that is not declared"},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING, "'&' without an entity name and ';'"},
    {XML_ERR_ENTITYREF_NO_NAME, "'&' that should be '&amp;'"},
    {XML_ERR_NAME_REQUIRED, "'&' or '<' without a name behind it"},
    {XML_ERR_INVALID_ENCODING, "bytes that are not UTF-8"},
    {XML_ERR_UNSUPPORTED_ENCODING, "an encoding that is not supported"},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, "an attribute value without quotes"},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, "an attribute value without its end"},
    {XML_ERR_LT_IN_ATTRIBUTE, "'<' in an attribute value"},
    {XML_ERR_ATTRIBUTE_WITHOUT_VALUE, "an attribute without a value"},
    {XML_ERR_ATTRIBUTE_REDEFINED, "an attribute given twice"},
    {XML_ERR_COMMENT_NOT_FINISHED, "a comment without its end"},
    {XML_ERR_HYPHEN_IN_COMMENT, "'--' in a comment"},
    {XML_ERR_PI_NOT_STARTED, "a malformed processing instruction"},
    {XML_ERR_PI_NOT_FINISHED, "a processing instruction without its end"},
    {XML_ERR_CDATA_NOT_FINISHED, "a CDATA section without its end"},
    {XML_ERR_MISPLACED_CDATA_END, "']]>' in text"},
    {XML_ERR_XMLDECL_NOT_STARTED, "a malformed XML declaration"},
    {XML_ERR_XMLDECL_NOT_FINISHED, "a malformed XML declaration"},
    {XML_ERR_RESERVED_XML_NAME, "an XML declaration that is not at the start"},
    {XML_ERR_SPACE_REQUIRED, "a blank is missing between attributes"},
    {XML_ERR_EQUAL_REQUIRED, "'=' is missing behind an attribute name"},
    {XML_ERR_GT_REQUIRED, "'>' is missing at the end of a tag"},
    {XML_ERR_LTSLASH_REQUIRED, "an element is not closed"},
    {XML_ERR_TAG_NOT_FINISHED, "an element is not closed"},
    {XML_ERR_TAG_NAME_MISMATCH, "the end tag does not match the start tag"},
    {XML_NS_ERR_UNDEFINED_NAMESPACE, "a prefix that is not declared"},
    {XML_NS_ERR_QNAME, "a malformed name with ':'"},
    {XML_NS_ERR_COLON, "a malformed name with ':'"},
    {XML_NS_ERR_ATTRIBUTE_REDEFINED, "an attribute given twice"},
};

static void
on_error(void *self, xmlErrorPtr e)
{
    xmlParserCtxtPtr ctxt = self;
    struct reading *r = ctxt->_private;
    const char *text = NULL;
    char number[32];
    struct where w;

    /* A warning, or a namespace name that is no good URI: nothing to us. */
    if (!r || r->broken || r->deep || r->doctype || r->stopped ||
        e->level < XML_ERR_ERROR || e->code == XML_NS_ERR_XML_NAMESPACE)
        return;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (faults[i].code == e->code)
            text = faults[i].text;
    if (!text) {
        snprintf(number, sizeof number, "error %d", e->code);
        text = number;
    }
    go_to(r, read_so_far(r));
    w = here(r);
    diag_add(r->diags, DIAG_XML_SYNTAX, &w, text);
    r->broken = true;
    xmlStopParser(ctxt);
}

/* ---- events ----------------------------------------------------------- */

static void
on_doctype(
    void *self, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    struct reading *r = ((xmlParserCtxtPtr)self)->_private;
    struct where w;

    (void)name;
    (void)id;
    (void)system;
    go_to_tag(r);
    w = here(r);
    if (!r->doctype)
        diag_add(r->diags, DIAG_XML_DOCTYPE, &w);
    r->doctype = true;
    xmlStopParser(self);
}

static void
on_start(void *self, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int n_ns, const xmlChar **ns, int n, int n_defaulted,
    const xmlChar **attrs)
{
    struct reading *r = ((xmlParserCtxtPtr)self)->_private;
    struct xml_element e = {0};

    (void)n_ns;
    (void)ns;
    (void)n_defaulted;
    if (r->broken || r->stopped || r->doctype || r->deep)
        return;
    if (read_so_far(r) >= r->n) /* cut off in the tag: an error follows */
        return;
    go_to_tag(r);
    if (++r->depth > XML_DEPTH_MAX) {
        struct where w = here(r);

        diag_add(r->diags, DIAG_XML_LIMIT, &w, "depth", XML_DEPTH_MAX);
        r->deep = true;
        xmlStopParser(self);
        return;
    }
    for (int i = 0; i < n && i < XML_ATTRIBUTES_MAX; i++, attrs += 5) {
        struct xml_attr *a = &r->attrs[e.n++];

        a->name = (const char *)attrs[0];
        a->ns = (const char *)attrs[2];
        a->value = (const char *)attrs[3];
        a->len = (int)(attrs[4] - attrs[3]);
    }
    e.ns = (const char *)uri;
    e.name = (const char *)name;
    e.prefix = (const char *)prefix;
    e.attrs = r->attrs;
    e.line = r->line;
    e.col = r->col;
    if (!r->sink->start(r->sink->self, &e)) {
        r->stopped = true;
        xmlStopParser(self);
    }
}

static void
on_end(
    void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct reading *r = ((xmlParserCtxtPtr)self)->_private;

    (void)name;
    (void)prefix;
    (void)uri;
    if (r->broken || r->stopped || r->doctype || r->deep)
        return;
    r->depth--;
    if (!r->sink->end(r->sink->self)) {
        r->stopped = true;
        xmlStopParser(self);
    }
}

/* libxml2 hands out a piece of its input before it steps over it, and a copy
 * behind it. */
static void
go_to_text(struct reading *r, const xmlChar *s, int n)
{
    const xmlParserInput *in = r->ctxt->input;
    size_t at = read_so_far(r);

    if (s < in->cur || s >= in->end)
        at -= at < (size_t)n ? at : (size_t)n;
    go_to(r, at);
}

static void
on_text(void *self, const xmlChar *s, int n)
{
    struct reading *r = ((xmlParserCtxtPtr)self)->_private;

    if (r->broken || r->stopped || r->doctype || r->deep)
        return;
    go_to_text(r, s, n);
    if (!r->sink->text(r->sink->self, (const char *)s, n, r->line, r->col)) {
        r->stopped = true;
        xmlStopParser(self);
    }
}

/* ---- driving ---------------------------------------------------------- */

static void
parse(struct reading *r)
{
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = on_doctype,
        .startElementNs = on_start,
        .endElementNs = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .serror = on_error,
    };

    r->ctxt = xmlCreateMemoryParserCtxt(r->s, (int)r->n);
    if (!r->ctxt)
        return;
    r->ctxt->_private = r;
    xmlCtxtUseOptions(r->ctxt,
        XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_BIG_LINES |
            XML_PARSE_COMPACT);
    *r->ctxt->sax = sax;
    /* it is UTF-8 by now: libxml2 need not guess from the first bytes */
    r->ctxt->encoding = xmlStrdup(BAD_CAST "UTF-8");
    xmlParseDocument(r->ctxt);
    if (r->ctxt->myDoc)
        xmlFreeDoc(r->ctxt->myDoc);
    xmlFreeParserCtxt(r->ctxt);
}

/* Brings the bytes into UTF-8 and looks for what is too big. */
static enum status
prepare(struct reading *r, const char *bytes, size_t n, struct buf *recoded)
{
    struct where w;
    char encoding[40];
    const char *what;
    size_t skip, at = 0;
    int limit = 0;

    xml_encoding(bytes, n, encoding, &skip);
    r->s = bytes + skip;
    r->n = n - skip;
    if (strcasecmp(encoding, "UTF-8") != 0) {
        long bad = xml_recode(r->s, r->n, encoding, recoded);

        r->s = recoded->data ? recoded->data : "";
        r->n = recoded->len;
        if (bad) {
            go_to(r, r->n);
            w = here(r);
            diag_add(r->diags, DIAG_XML_UNREADABLE, bad < 0 ? NULL : &w,
                bad < 0 ? "its encoding is not supported"
                        : "it is not in the encoding that it declares");
            return fail(STATUS_BAD_INPUT);
        }
    }
    what = xml_guard(r->s, r->n, &at, &limit);
    if (what) {
        go_to(r, at);
        w = here(r);
        diag_add(r->diags, DIAG_XML_LIMIT, &w, what, limit);
        return fail(STATUS_LIMIT);
    }
    return STATUS_OK;
}

enum status
xml_read(const char *name, const char *bytes, int n,
    const struct xml_sink *sink, struct diags *d)
{
    struct arena *a = arena_new();
    struct reading *r = ARENA_NEW(a, struct reading);
    struct buf recoded;
    enum status st;
    struct where w;

    buf_init(&recoded);
    r->sink = sink;
    r->diags = d;
    r->name = name;
    r->line = r->col = 1;
    st = prepare(r, bytes, (size_t)n, &recoded);
    if (st)
        goto out;
    if (r->n == 0) {
        w = here(r);
        diag_add(d, DIAG_XML_SYNTAX, &w, "the document is empty");
        st = fail(STATUS_BAD_INPUT);
        goto out;
    }
    parse(r);
    if (r->deep)
        st = fail(STATUS_LIMIT);
    else if (r->broken || r->doctype || r->stopped)
        st = fail(STATUS_BAD_INPUT);

out:
    buf_clear(&recoded);
    arena_free(a);
    return st;
}
