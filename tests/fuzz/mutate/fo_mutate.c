/* A mutator for libFuzzer that knows what an FO file is made of.
 *
 * Bytes turned at random are seldom XML, and then the parser is all that is
 * tried.  So the file is seen as a row of tags and text; elements are dropped,
 * doubled, moved, wrapped in one another; attributes are dropped, copied to
 * other tags, given other values.  Every eighth time plain mutation has its
 * way with the bytes, the dictionary included. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(
    uint8_t *data, size_t size, size_t max, unsigned seed);

#define TAGS_MAX 4000

struct range {
    size_t from, to;
};

struct doc {
    char *text;
    size_t n, max;
    struct range
        tags[TAGS_MAX]; /* <...>, in order; none of <!...> and <?...> */
    int n_tags;
};

static const char *const values[] = {"0", "0pt", "1pt", "-1pt", "-40pt",
    "100000pt", "50%", "100%", "-100%", "1e9pt", "3", "1000", "-1", "auto",
    "none", "always", "page", "column", "even-page", "odd-page", "all", "force",
    "90", "180", "-90", "absolute", "fixed", "avoid", "inherit", "1mm",
    "0.001pt", "proportional-column-width(1)", "hidden", "scroll", "2", "rl-tb",
    "retain", "from-parent()", "5 * 3pt div 0", "center", "after", "blank",
    "first", "separate", "collapse", "solid", "no-wrap", "balance", "17%",
    "inside"};

static const char *const attributes[] = {"break-before", "break-after", "span",
    "keep-together.within-page", "keep-with-next.within-column", "width",
    "height", "column-count", "number-columns-spanned", "number-rows-spanned",
    "start-indent", "end-indent", "space-before", "space-before.conditionality",
    "reference-orientation", "absolute-position", "top", "left", "font-size",
    "line-height", "orphans", "widows", "text-indent", "padding",
    "border-collapse", "border", "display-align", "column-width",
    "table-layout", "force-page-count", "initial-page-number", "extent",
    "margin", "overflow", "leader-length", "provisional-label-separation",
    "table-omit-footer-at-break", "inline-progression-dimension",
    "block-progression-dimension", "text-align", "linefeed-treatment",
    "white-space-collapse", "wrap-option", "visibility", "starts-row",
    "ends-row", "letter-spacing", "baseline-shift", "id", "ref-id",
    "keep-together", "margin-left", "column-gap", "clip", "max-height"};

static const char *const wrappers[] = {"block", "block-container", "inline",
    "wrapper", "basic-link", "inline-container", "footnote-body", "marker",
    "table-cell", "table-row", "table-body", "list-item-body", "float",
    "page-number-citation", "leader", "table-header", "table-footer"};

static const char *const pieces[] = {
    "<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body><fo:block>note"
    "</fo:block></fo:footnote-body></fo:footnote>",
    "<fo:table><fo:table-header><fo:table-row><fo:table-cell><fo:block>H"
    "</fo:block></fo:table-cell></fo:table-row></"
    "fo:table-header><fo:table-body>"
    "<fo:table-row><fo:table-cell><fo:block>a b c d e f</fo:block>"
    "</fo:table-cell><fo:table-cell number-rows-spanned=\"2\"><fo:block>c"
    "</fo:block></fo:table-cell></fo:table-row><fo:table-row><fo:table-cell>"
    "<fo:block>d</fo:block></fo:table-cell></fo:table-row></fo:table-body>"
    "</fo:table>",
    "<fo:list-block><fo:list-item><fo:list-item-label><fo:block>1</fo:block>"
    "</fo:list-item-label><fo:list-item-body start-indent=\"body-start()\">"
    "<fo:block>x</fo:block></fo:list-item-body></fo:list-item></fo:list-block>",
    "<fo:block-container height=\"20pt\"><fo:block>box</fo:block>"
    "</fo:block-container>",
    "<fo:block-container absolute-position=\"absolute\" top=\"5pt\" "
    "left=\"5pt\"><fo:block>box</fo:block></fo:block-container>",
    "<fo:marker marker-class-name=\"m\"><fo:block>mark</fo:block></fo:marker>",
    "<fo:retrieve-marker retrieve-class-name=\"m\"/>", "<fo:page-number/>",
    "<fo:block span=\"all\">wide</fo:block>", "<fo:leader/>",
    "<fo:block id=\"i\">x</fo:block>",
    "<fo:page-number-citation ref-id=\"i\"/>",
    "<fo:page-number-citation-last ref-id=\"i\"/>", "　汉字，（标点）。",
    "a long text of words, long enough for several lines at most widths. ",
    "<fo:character character=\"x\"/>", "&#x200B;", "&#xAD;", "&#xA;"};

#define N(table) (sizeof(table) / sizeof *(table))
#define ANY(table) ((table)[(size_t)rand() % N(table)])

static void
find_tags(struct doc *d)
{
    const char *s = d->text, *end = s + d->n;

    d->n_tags = 0;
    while (d->n_tags < TAGS_MAX &&
        (s = memchr(s, '<', (size_t)(end - s))) != NULL) {
        const char *close = memchr(s, '>', (size_t)(end - s));

        if (!close)
            return;
        if (s[1] != '!' && s[1] != '?') {
            d->tags[d->n_tags].from = (size_t)(s - d->text);
            d->tags[d->n_tags++].to = (size_t)(close + 1 - d->text);
        }
        s = close + 1;
    }
}

static bool
is_end(const struct doc *d, int tag)
{
    return d->text[d->tags[tag].from + 1] == '/';
}

static bool
is_empty(const struct doc *d, int tag)
{
    return d->text[d->tags[tag].to - 2] == '/';
}

static int
start_tag(const struct doc *d)
{
    for (int tries = 0; tries < 20; tries++) {
        int i = rand() % d->n_tags;

        if (!is_end(d, i))
            return i;
    }
    return 0;
}

/* The element that begins with TAG. */
static struct range
element(const struct doc *d, int tag)
{
    struct range r = d->tags[tag];
    int depth = 0;

    for (int i = tag; i < d->n_tags; i++) {
        depth += is_end(d, i) ? -1 : !is_empty(d, i);
        if (depth <= 0) {
            r.to = d->tags[i].to;
            return r;
        }
    }
    return r;
}

/* FROM..TO becomes the N bytes at S, which may lie in the text itself. */
static void
replace(struct doc *d, struct range r, const char *s, size_t n)
{
    char *copy;

    if (d->n - (r.to - r.from) + n > d->max || !(copy = malloc(n + 1)))
        return;
    memcpy(copy, s, n);
    memmove(d->text + r.from + n, d->text + r.to, d->n - r.to);
    memcpy(d->text + r.from, copy, n);
    d->n = d->n - (r.to - r.from) + n;
    free(copy);
}

static void
insert(struct doc *d, size_t at, const char *s, size_t n)
{
    replace(d, (struct range){at, at}, s, n);
}

/* An attribute of TAG, name and value, with the blank before it. */
static bool
attribute(const struct doc *d, int tag, struct range *all, struct range *value)
{
    const char *s = d->text + d->tags[tag].from;
    const char *end = d->text + d->tags[tag].to;
    int seen = 0;
    bool found = false;

    while ((s = memchr(s, '=', (size_t)(end - s))) != NULL) {
        const char *from = s, *close;

        if (s + 2 >= end || (s[1] != '"' && s[1] != '\''))
            break;
        close = memchr(s + 2, s[1], (size_t)(end - s - 2));
        if (!close)
            break;
        while (from > d->text && *from != ' ' && *from != '\n')
            from--;
        if (rand() % ++seen == 0) {
            *all = (struct range){
                (size_t)(from - d->text), (size_t)(close + 1 - d->text)};
            *value = (struct range){
                (size_t)(s + 2 - d->text), (size_t)(close - d->text)};
            found = true;
        }
        s = close + 1;
    }
    return found;
}

static size_t
behind_name(const struct doc *d, int tag)
{
    size_t at = d->tags[tag].from + 1;

    while (at < d->tags[tag].to && !strchr(" \n\t/>", d->text[at]))
        at++;
    return at;
}

static void
change_attribute(struct doc *d)
{
    int tag = start_tag(d);
    struct range all, value, other, theirs;
    const char *v = ANY(values);

    if (!attribute(d, tag, &all, &value))
        return;
    switch (rand() % 4) {
    case 0:
        replace(d, all, "", 0);
        break;
    case 1: /* onto another tag */
        insert(d, behind_name(d, start_tag(d)), d->text + all.from,
            all.to - all.from);
        break;
    case 2: /* another's value */
        if (attribute(d, start_tag(d), &other, &theirs))
            replace(d, value, d->text + theirs.from, theirs.to - theirs.from);
        break;
    default:
        replace(d, value, v, strlen(v));
    }
}

static void
add_attribute(struct doc *d)
{
    char s[100] = " ";

    strcat(strcat(strcat(s, ANY(attributes)), "=\""), ANY(values));
    strcat(s, "\"");
    insert(d, behind_name(d, start_tag(d)), s, strlen(s));
}

static void
wrap(struct doc *d, struct range r)
{
    const char *name = ANY(wrappers);
    char s[60];

    strcat(strcat(strcpy(s, "</fo:"), name), ">");
    insert(d, r.to, s, strlen(s));
    strcat(strcat(strcpy(s, "<fo:"), name), ">");
    insert(d, r.from, s, strlen(s));
}

static void
mutate(struct doc *d)
{
    struct range r = element(d, start_tag(d));
    struct range other = element(d, start_tag(d));
    const char *piece = ANY(pieces);

    switch (rand() % 12) {
    case 0: /* drop, or put another in its place */
        replace(d, r, "", 0);
        break;
    case 1:
        replace(d, r, d->text + other.from, other.to - other.from);
        break;
    case 2:
        insert(d, r.to, d->text + other.from, other.to - other.from);
        break;
    case 3: /* into another, as its first child */
        insert(d, d->tags[start_tag(d)].to, d->text + other.from,
            other.to - other.from);
        break;
    case 4:
        wrap(d, r);
        break;
    case 5:
    case 6:
        insert(d, d->tags[rand() % d->n_tags].to, piece, strlen(piece));
        break;
    case 7:
    case 8:
        add_attribute(d);
        break;
    default:
        change_attribute(d);
    }
}

size_t
LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned seed)
{
    static struct doc d;

    srand(seed);
    if (rand() % 8 == 0)
        return LLVMFuzzerMutate(data, size, max);
    d.text = (char *)data;
    d.n = size;
    d.max = max;
    for (int i = rand() % 4; i >= 0; i--) {
        find_tags(&d);
        if (d.n_tags == 0)
            return LLVMFuzzerMutate(data, size, max);
        mutate(&d);
    }
    return d.n;
}
