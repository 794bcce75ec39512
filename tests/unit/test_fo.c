/* Properties, expressions, white space, structure: FO in, dump out. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "fo/fo.h"
#include "unit.h"
#include <stdlib.h>
#include <string.h>

#define HEAD                                                                   \
    "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' "                   \
    "xmlns:sb='urn:shenbao:fo' "                                               \
    "xmlns:fox='http://xmlgraphics.apache.org/fop/extensions'>"                \
    "<fo:layout-master-set><fo:simple-page-master master-name='p'>"            \
    "<fo:region-body/></fo:simple-page-master></fo:layout-master-set>"         \
    "<fo:page-sequence master-reference='p'>"                                  \
    "<fo:flow flow-name='xsl-region-body'>"
#define TAIL "</fo:flow></fo:page-sequence></fo:root>"

static struct arena *arena;
static struct diags diags;
static struct buf out;
static struct fo_tree *tree;

/* Reads HEAD + CONTENT + TAIL anew. */
static enum status
read_fo(const char *content)
{
    struct buf b;
    enum status st;

    arena_free(arena);
    arena = arena_new();
    diags_init(&diags, arena);
    buf_init(&b);
    buf_printf(&b, "%s%s%s", HEAD, content, TAIL);
    st = fo_read_memory(&tree, "t", b.data, (int)b.len, arena, &diags);
    buf_clear(&b);
    return st;
}

static const struct fo_node *
flow(void)
{
    const struct fo_node *n = tree->root->last;

    while (n->kind != FO_FLOW)
        n = n->last;
    return n;
}

/* What the dump says of the first node that has id 'x', without its place. */
static const char *
line_of_x(void)
{
    const char *p, *line, *end;
    static char text[2000];
    size_t n;

    buf_reset(&out);
    fo_dump(tree, &out);
    p = strstr(out.data, " id='x'");
    if (!p)
        return "(none)";
    for (line = p; line > out.data && line[-1] != '\n';)
        line--;
    line = strchr(line + strspn(line, " "), ':');
    line += strcspn(line, " \n");
    end = strchr(line, '\n');
    n = (size_t)(p - line);
    memcpy(text, line, n);
    memcpy(text + n, p + 7, (size_t)(end - p - 7));
    text[n + (size_t)(end - p - 7)] = '\0';
    return text[0] == ' ' ? text + 1 : text;
}

static const char *
messages(void)
{
    buf_reset(&out);
    buf_add_str(&out, "");
    diags_print_short(&diags, &out);
    return out.data ? out.data : "";
}

/* ---- properties ------------------------------------------------------- */

/* Attributes of a block under one with font-size 10pt, colour red, indents
 * 5pt and 7pt. */
static const struct {
    const char *attrs;
    const char *dump;
} props[] = {
    {"", ""},
    /* numbers */
    {"text-indent='2em'", "text-indent=20pt"},
    {"text-indent='1in - 2pt'", "text-indent=70pt"},
    {"text-indent='-(3pt + 4pt) * 2'", "text-indent=-14pt"},
    {"text-indent='7mm div 2'", "text-indent=9.921pt"},
    {"text-indent='10 mod 4 * 1pt'", "text-indent=2pt"},
    {"text-indent='10% + 3pt'", "text-indent=3pt+10%"},
    {"text-indent='max(1pt, 2pt) + min(3pt, 4pt)'", "text-indent=5pt"},
    {"text-indent='round(2.6) * 1pt'", "text-indent=3pt"},
    {"text-indent='floor(2.6) * 1pc + ceiling(0.2) * 1px'", "text-indent=25pt"},
    {"text-indent='abs(-3mm)'", "text-indent=8.503pt"},
    {"text-indent='5'", "text-indent=5pt"},
    {"text-indent='from-parent(font-size) * 2'", "text-indent=20pt"},
    {"text-indent='inherited-property-value(end-indent)'", "text-indent=7pt"},
    {"start-indent='from-nearest-specified-value(end-indent)'",
        "start-indent=7pt"},
    /* fonts */
    {"font-size='120%' text-indent='1em'",
        "font-size=12pt line-height=14.4pt text-indent=12pt"},
    {"font-size='1.5em'", "font-size=15pt line-height=18pt"},
    {"font-size='larger'", "font-size=12pt line-height=14.4pt"},
    {"font-size='smaller'", "font-size=8.333pt line-height=9.999pt"},
    {"font-size='x-large'", "font-size=17.28pt line-height=20.736pt"},
    {"font-weight='bold'", "font-weight=700"},
    {"font-weight='bolder'", "font-weight=500"},
    {"font='italic bold 12pt/2 \"A B\", serif'",
        "font-family='\"A B\", serif' font-size=12pt font-weight=700 "
        "font-style=italic line-height=24pt"},
    {"font='x-large/1.5 serif'",
        "font-family='serif' font-size=17.28pt "
        "line-height=25.92pt"},
    {"line-height='150%'", "line-height=15pt"},
    {"line-height='1.5'", "line-height=15pt"},
    {"line-height.optimum='20pt'", "line-height=20pt"},
    {"text-decoration='underline overline'",
        "text-decoration=underline overline "},
    {"xml:lang='zh-Hans-CN'",
        "language='zh' country='CN' script='Hans' xml:lang='zh-Hans-CN'"},
    {"baseline-shift='super'", "baseline-shift=5pt"},
    {"baseline-shift='50%'", "baseline-shift=+50%"},
    {"vertical-align='middle'",
        "vertical-align=middle alignment-baseline=middle"},
    {"text-align='right'", "text-align=end"},
    {"text-align='right' writing-mode='rl'", "writing-mode=rl-tb"},
    {"text-align='outside'", "text-align=end"},
    {"white-space='pre'",
        "wrap-option=no-wrap white-space-collapse=false "
        "white-space-treatment=preserve linefeed-treatment=preserve"},
    {"letter-spacing='0.1em'", "letter-spacing=1pt"},
    /* colours */
    {"background-color='#abc'", "background-color=#aabbcc"},
    {"background-color='rgb(255, 50%, 0)'", "background-color=#ff8000"},
    {"background-color='cmyk(0, 1, 0, 0)'", "background-color=#ff00ff"},
    {"background-color='rgb-icc(1, 2, 3, #CMYK, 0, 0, 0, 0)'",
        "background-color=#010203"},
    {"background='no-repeat url(a.png) navy'",
        "background-color=#000080 "
        "background-image='a.png' background-repeat=no-repeat"},
    /* boxes */
    {"border-top='2pt solid blue'",
        "border-before-color=#0000ff "
        "border-before-style=solid border-before-width=2pt"},
    {"border-top-style='solid' writing-mode='tb-rl'",
        "border-start-style=solid writing-mode=tb-rl"},
    {"border-top-width='3pt' border-before-width='2pt' border='4pt none'",
        "border-before-width=3pt border-after-width=4pt border-start-width=4pt"
        " border-end-width=4pt"},
    {"border-before-width='2pt' border='none 4pt'",
        "border-before-width=2pt border-after-width=4pt border-start-width=4pt"
        " border-end-width=4pt"},
    {"border-style='solid none dashed'",
        "border-before-style=solid "
        "border-after-style=dashed"},
    {"padding='1pt 2pt'",
        "padding-before=1pt padding-after=1pt "
        "padding-start=2pt padding-end=2pt"},
    {"padding='1pt' padding-before.conditionality='retain'",
        "padding-before=1pt retain padding-after=1pt padding-start=1pt "
        "padding-end=1pt"},
    {"padding='50% 0'", "padding-before=+50% padding-after=+50%"},
    {"space-before='3pt'", "space-before=3pt"},
    {"space-before.optimum='3pt'", "space-before=0pt/3pt/3pt"},
    {"space-before='3pt' space-before.maximum='4pt' "
     "space-before.precedence='force' space-before.conditionality='retain'",
        "space-before=3pt/3pt/4pt retain force"},
    {"margin-top='2pt' space-before='3pt'",
        "margin-top=2pt space-before=2pt retain"},
    {"margin-left='1pt'", "margin-left=1pt start-indent=6pt"},
    {"margin-left='1pt' padding-left='2pt' border-left='3pt solid'",
        "border-start-style=solid border-start-width=3pt padding-start=2pt "
        "margin-left=1pt start-indent=11pt"},
    {"margin-left='1pt' start-indent='9pt'",
        "margin-left=1pt start-indent=6pt"},
    {"width='50%' min-width='1cm'",
        "inline-progression-dimension="
        "28.346pt/+50%/+50% min-width=28.346pt"},
    {"height='2pt' writing-mode='tb-rl'",
        "inline-progression-dimension=2pt writing-mode=tb-rl"},
    {"reference-orientation='-90'", "reference-orientation=270"},
    {"position='absolute'", "absolute-position=absolute"},
    /* keeps and breaks */
    {"keep-together='always'", "keep-together=auto/always/always"},
    {"keep-together.within-line='always'", "keep-together=always/auto/auto"},
    {"keep-with-next.within-page='3'", "keep-with-next=auto/auto/3"},
    {"page-break-before='left' page-break-after='avoid'",
        "keep-with-next=auto/auto/always break-before=even-page"},
    /* inherit */
    {"start-indent='inherit'", ""},
    {"padding='inherit'", ""},
    {"column-width='proportional-column-width(2) + 1pt'",
        "column-width=1pt+2col"},
    /* ours */
    {"sb:hang='allow-end' sb:autospace='none'",
        "sb:hang=allow-end sb:autospace=0pt"},
    {"fox:alt-text='q'", "sb:alt='q'"},
};

static void
test_props(void)
{
    for (size_t i = 0; i < sizeof props / sizeof *props; i++) {
        struct buf b;

        buf_init(&b);
        buf_printf(&b,
            "<fo:block font-size='10pt' color='red' "
            "start-indent='5pt' end-indent='7pt'><fo:block id='x' %s/>"
            "</fo:block>",
            props[i].attrs);
        CHECK_INT(read_fo(b.data), STATUS_OK);
        unit_str(
            line_of_x(), props[i].dump, props[i].attrs, __FILE__, __LINE__);
        unit_str(messages(), "", props[i].attrs, __FILE__, __LINE__);
        buf_clear(&b);
    }
}

/* Values that are refused, with the reason given. */
static const struct {
    const char *attrs;
    const char *say;
} bad[] = {
    {"width='NaN'", "not one of its keywords and not a number"},
    {"width='1pt div 0'", "a division by zero or by a percentage"},
    {"width='1km'", "an unknown unit"},
    {"width='-1pt'", "a length that is not negative is wanted"},
    {"width='1pt * 2pt'", "not a length"},
    {"width='1pt + 2'", "a sum of different kinds of numbers"},
    {"width='((((((((((((((((((((((((((((((((((1pt))))))))))))))))))))))))))))"
     "))))))'",
        "too deep"},
    {"width='1e99999pt'", "an unknown unit"},
    {"width='(1pt'", "')' is missing"},
    {"width='1pt 2pt'", "more than one value"},
    {"width='foo()'",
        "an unknown function, or arguments that it does not take"},
    {"start-indent='body-start()'", "there is no fo:list-item around"},
    {"color='#12'", "not a colour"},
    {"text-align='middle'", "it takes start, "},
    {"font='bold'", "a size and a family are wanted"},
    {"font-size='-1pt'", "a length that is not negative is wanted"},
    {"orphans='2pt'", "a number without unit is wanted"},
    {"reference-orientation='45'", "a multiple of 90 is wanted"},
    {"margin='1pt 2pt 3pt 4pt 5pt'", "one to four values are wanted"},
    {"border-before-width='10%'", "percentages are not allowed"},
};

static void
test_bad(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf b;

        buf_init(&b);
        buf_printf(&b, "<fo:block id='x' %s/>", bad[i].attrs);
        CHECK_INT(read_fo(b.data), STATUS_OK);
        unit_str(line_of_x(), "", bad[i].attrs, __FILE__, __LINE__);
        unit_say(strstr(messages(), bad[i].say) != NULL, bad[i].attrs, __FILE__,
            __LINE__);
        if (!strstr(messages(), bad[i].say))
            printf("    got %s", messages());
        buf_clear(&b);
    }
}

static void
test_lists(void)
{
    CHECK_INT(
        read_fo("<fo:list-block provisional-distance-between-starts="
                "'30pt' start-indent='10pt'><fo:list-item><fo:list-item-label "
                "end-indent='label-end()'><fo:block/></fo:list-item-label>"
                "<fo:list-item-body start-indent='body-start()'><fo:block/>"
                "</fo:list-item-body></fo:list-item></fo:list-block>"),
        STATUS_OK);
    const struct fo_node *item = flow()->first->first;

    CHECK_INT(item->first->style->end_indent.abs, -34000);
    CHECK(item->first->style->end_indent.pct == 1);
    CHECK_INT(item->last->style->start_indent.abs, 40000);
}

static void
test_columns(void)
{
    const struct fo_node *row;

    CHECK_INT(
        read_fo(
            "<fo:table><fo:table-column text-align='end'/>"
            "<fo:table-column text-align='center' number-columns-repeated='2'/>"
            "<fo:table-body><fo:table-row>"
            "<fo:table-cell number-rows-spanned='2'><fo:block/></fo:table-cell>"
            "<fo:table-cell text-align='from-table-column()'><fo:block/>"
            "</fo:table-cell></fo:table-row><fo:table-row>"
            "<fo:table-cell><fo:block "
            "text-align='from-table-column(text-align)'/>"
            "</fo:table-cell><fo:table-cell column-number='1' "
            "text-align='from-table-column()'><fo:block/></fo:table-cell>"
            "</fo:table-row></fo:table-body></fo:table>"),
        STATUS_OK);
    row = flow()->first->last->first;
    CHECK_INT(row->last->style->text_align, FO_V_CENTER);
    row = row->next;
    CHECK_INT(row->first->first->style->text_align, FO_V_CENTER);
    CHECK_INT(row->last->style->text_align, FO_V_END);
}

/* ---- white space ------------------------------------------------------ */

/* Block content and its text, runs parted by '|'. */
static const struct {
    const char *attrs;
    const char *content;
    const char *text;
} spaces[] = {
    {"", " a  b\n c ", "a b c"},
    {"", "a <fo:inline> b </fo:inline> c", "a |b |c"},
    {"", "a <fo:inline> </fo:inline>", "a"},
    {"", "a <fo:page-number/> b", "a | b"},
    {"", " a <fo:block> b </fo:block> c ", "a|b|c"},
    {"", "a\t\xE2\x80\x8B\xE3\x80\x80 b", "a \xE2\x80\x8B\xE3\x80\x80 b"},
    {"", "a<![CDATA[ <b> ]]>&amp; c", "a <b> & c"},
    {"linefeed-treatment='preserve'", " a \n b ", "a\nb"},
    {"linefeed-treatment='preserve'", "\n\na\n", "\n\na\n"},
    {"linefeed-treatment='ignore'", "\xE7\x94\xB2\n\xE4\xB9\x99",
        "\xE7\x94\xB2\xE4\xB9\x99"},
    {"linefeed-treatment='treat-as-zero-width-space'", "a\nb",
        "a\xE2\x80\x8B"
        "b"},
    {"white-space-collapse='false'", " a  b ", "a  b"},
    {"white-space='pre'", " a  \n b ", " a  \n b "},
    {"white-space-treatment='ignore'", "a b c", "abc"},
    {"white-space-treatment='ignore-if-before-linefeed'", " a \n ", " a"},
    {"white-space-treatment='ignore-if-after-linefeed'", " a ", "a "},
    {"white-space-treatment='preserve'", " a  b ", " a b "},
    {"",
        "x<fo:footnote><fo:inline> 1 </fo:inline><fo:footnote-body>"
        "<fo:block> n </fo:block></fo:footnote-body></fo:footnote> y",
        "x| 1 |n|y"},
};

static void
add_text(const struct fo_node *n, struct buf *b)
{
    const struct fo_node *top = n;

    while (n) {
        if (n->kind == FO_TEXT) {
            if (b->len)
                buf_add_char(b, '|');
            buf_add(b, n->text, (size_t)n->len);
        }
        if (n->first) {
            n = n->first;
            continue;
        }
        while (n != top && !n->next)
            n = n->parent;
        n = n == top ? NULL : n->next;
    }
}

static void
test_spaces(void)
{
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        struct buf b, text;
        char name[32];

        buf_init(&b);
        buf_init(&text);
        buf_printf(&b, " <fo:block %s>%s</fo:block> ", spaces[i].attrs,
            spaces[i].content);
        CHECK_INT(read_fo(b.data), STATUS_OK);
        add_text(flow(), &text);
        snprintf(name, sizeof name, "white space %d", (int)i);
        unit_str(text.data, spaces[i].text, name, __FILE__, __LINE__);
        buf_clear(&b);
        buf_clear(&text);
    }
}

/* ---- structure -------------------------------------------------------- */

static const struct {
    const char *content;
    const char *say;
} structure[] = {
    {"<fo:block/>", ""},
    {"<fo:inline/>", "<fo:inline> is not allowed in <fo:flow>, ignored"},
    {"<fo:block>a</fo:block>b", "text is not allowed in <fo:flow>, ignored"},
    {"<fo:blok/><fo:block/>", "unknown object <fo:blok>"},
    {"<x:y xmlns:x='u'/><fo:block/>", "<x:y> is not in the namespace"},
    {"<fo:block nonsense='1'/>", "unknown property 'nonsense', ignored"},
    {"<fo:block azimuth='1'/>", "property 'azimuth' is not supported"},
    {"<fo:block fox:foo='1'/>", "property 'fox:foo' is not supported"},
    {"<fo:block x:foo='1' xmlns:x='u'/>", ""},
    {"<fo:block id='a'/><fo:block id='a'/>", "id 'a' is used twice"},
    {"<fo:block><fo:page-number-citation ref-id='q'/></fo:block>",
        "there is no id 'q'"},
    {"<fo:block><fo:basic-link>a</fo:basic-link></fo:block>",
        "it leads nowhere"},
    {"<fo:table><fo:table-body/></fo:table>", ""},
    {"<fo:table/>", "<fo:table> lacks table-body"},
    {"<fo:table><fo:table-body/><fo:table-header><fo:table-row>"
     "<fo:table-cell><fo:block/></fo:table-cell></fo:table-row>"
     "</fo:table-header></fo:table>",
        "out of order"},
    {"<fo:list-block/>", "<fo:list-block> lacks list-item"},
    {"<fo:wrapper><fo:block/></fo:wrapper>", ""},
    {"<fo:wrapper>a</fo:wrapper>", "text is not allowed in <fo:wrapper>"},
    {"<fo:block><fo:float><fo:block>f</fo:block></fo:float></fo:block>",
        "object <fo:float> is not supported; its blocks are set"},
    {"<fo:block><fo:external-graphic/></fo:block>",
        "<fo:external-graphic> lacks the property 'src'"},
    {"<fo:block>a<fo:marker marker-class-name='m'/></fo:block>",
        "<fo:marker> is out of order"},
    {"<fo:block><fo:marker marker-class-name='m'/>"
     "<fo:marker marker-class-name='m'/></fo:block>",
        "two markers of class 'm'"},
};

static void
test_structure(void)
{
    for (size_t i = 0; i < sizeof structure / sizeof *structure; i++) {
        const char *want = structure[i].say, *got;
        bool good;

        CHECK_INT(read_fo(structure[i].content), STATUS_OK);
        got = messages();
        good = *want ? strstr(got, want) != NULL : !*got;
        unit_say(good, structure[i].content, __FILE__, __LINE__);
        if (!good)
            printf("    got %s\n", got);
    }
}

static void
test_multi_switch(void)
{
    struct buf text;

    buf_init(&text);
    CHECK_INT(
        read_fo(
            "<fo:block>a<fo:multi-switch><fo:multi-case>b"
            "</fo:multi-case><fo:multi-case>c</fo:multi-case></fo:multi-switch>"
            "d</fo:block>"),
        STATUS_OK);
    add_text(flow(), &text);
    CHECK_STR(text.data, "abd");
    CHECK_INT(diags.count[DIAG_WARNING], 1);
    buf_clear(&text);
}

/* ---- the whole -------------------------------------------------------- */

static enum status
read_raw(const char *s)
{
    arena_free(arena);
    arena = arena_new();
    diags_init(&diags, arena);
    return fo_read_memory(&tree, "t", s, (int)strlen(s), arena, &diags);
}

static void
test_refused(void)
{
    CHECK_INT(read_raw(""), STATUS_BAD_INPUT);
    CHECK_INT(read_raw("<a/>"), STATUS_BAD_INPUT);
    CHECK_INT(diags.per_code[DIAG_FO_NOT_ROOT], 1);
    CHECK_INT(
        read_raw("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), STATUS_BAD_INPUT);
    CHECK_INT(diags.per_code[DIAG_XML_DOCTYPE], 1);
    CHECK_INT(read_raw("<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'>"
                       "\n  <fo:block"),
        STATUS_BAD_INPUT);
    CHECK_INT(diags.per_code[DIAG_XML_SYNTAX], 1);
    CHECK_INT(read_raw("<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format'"
                       "/>"),
        STATUS_BAD_INPUT);
    CHECK_INT(diags.per_code[DIAG_FO_EMPTY], 1);
    CHECK_INT(read_raw("<?xml version='1.0' encoding='GBK'?>"
                       "<a>\xBC\xD7</a>"),
        STATUS_BAD_INPUT);
    CHECK_INT(diags.per_code[DIAG_FO_NOT_ROOT], 1);
    CHECK_INT(read_raw("<?xml version='1.0' encoding='EBCDIC'?><a/>"),
        STATUS_BAD_INPUT);
    CHECK_INT(diags.per_code[DIAG_XML_UNREADABLE], 1);
}

/* Deep, wide and long: a named limit, and right places behind line 65,535. */
static void
test_limits(void)
{
    struct buf b;

    buf_init(&b);
    for (int i = 0; i < 10000; i++)
        buf_add_str(&b, "<fo:block>");
    read_fo(b.data);
    CHECK_INT(diags.per_code[DIAG_XML_LIMIT], 1);

    buf_reset(&b);
    buf_add_str(&b, "<fo:block ");
    for (int i = 0; i < 100000; i++)
        buf_printf(&b, "a%d='' ", i);
    buf_add_str(&b, "/>");
    CHECK_INT(read_fo(b.data), STATUS_LIMIT);
    CHECK_INT(diags.per_code[DIAG_XML_LIMIT], 1);

    buf_reset(&b);
    for (int i = 0; i < 70000; i++)
        buf_add_char(&b, '\n');
    buf_add_str(&b, "\xE7\x94\xB2<fo:block id='x'/>");
    CHECK_INT(read_fo(b.data), STATUS_OK);
    CHECK_INT(fo_lookup_id(tree, "x")->line, 70001);
    CHECK_INT(fo_lookup_id(tree, "x")->col, 2);
    buf_clear(&b);
}

static void
test_sharing(void)
{
    const struct fo_node *row;
    struct buf b;

    buf_init(&b);
    buf_add_str(&b, "<fo:table><fo:table-body>");
    for (int i = 0; i < 100; i++)
        buf_printf(&b,
            "<fo:table-row id='r%d'><fo:table-cell border='1pt "
            "solid'><fo:block font-size='9pt'>%d</fo:block></fo:table-cell>"
            "</fo:table-row>",
            i, i);
    buf_add_str(&b, "</fo:table-body></fo:table>");
    CHECK_INT(read_fo(b.data), STATUS_OK);
    row = flow()->first->first->first;
    CHECK(row->style != row->next->style);
    CHECK(row->first->style == row->parent->last->first->style);
    CHECK(row->first->first->style == row->next->first->first->style);
    CHECK(row->next == fo_lookup_id(tree, "r1"));
    buf_clear(&b);
}

static void
test_marker(void)
{
    const struct fo_node *marker, *place;
    struct fo_node *copy;
    struct buf text;

    CHECK_INT(
        read_fo(
            "<fo:block font-size='10pt'><fo:marker "
            "marker-class-name='m'> a <fo:inline font-size='2em'> b "
            "</fo:inline> "
            "<fo:wrapper color='red'>c</fo:wrapper> </fo:marker>x</fo:block>"
            "<fo:block id='x' font-size='20pt' color='blue'/>"),
        STATUS_OK);
    marker = flow()->first->first;
    CHECK_INT(marker->kind, FO_MARKER);
    place = fo_lookup_id(tree, "x");
    copy = fo_marker_copy(tree, marker, place, arena);
    buf_init(&text);
    add_text(copy->parent, &text);
    CHECK_STR(text.data, "a |b |c");
    CHECK_INT(copy->next->style->font_size, 40000);
    CHECK_INT(copy->next->style->color, 0xFF0000FF);
    CHECK_INT(copy->next->next->style->color, 0xFFFF0000);
    CHECK(fo_marker_copy(tree, marker, place, arena)->next->style ==
        copy->next->style);
    buf_clear(&text);
}

static void
test_meta(void)
{
    CHECK_INT(
        read_raw(
            "<fo:root xmlns:fo='http://www.w3.org/1999/XSL/Format' "
            "xml:lang='zh-CN'><fo:layout-master-set><fo:simple-page-master "
            "master-name='p'><fo:region-body/></fo:simple-page-master>"
            "</fo:layout-master-set><fo:declarations><x:xmpmeta "
            "xmlns:x='adobe:ns:meta/' xmlns:rdf='r' "
            "xmlns:dc='http://purl.org/dc/elements/1.1/'><rdf:RDF>"
            "<rdf:Description><dc:title><rdf:Alt><rdf:li> T </rdf:li></rdf:Alt>"
            "</dc:title><dc:creator><rdf:Seq><rdf:li>A</rdf:li><rdf:li>B</"
            "rdf:li>"
            "</rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
            "</fo:declarations><fo:page-sequence master-reference='p'>"
            "<fo:flow flow-name='xsl-region-body'><fo:block>"
            "<fo:instream-foreign-object><svg "
            "xmlns='http://www.w3.org/2000/svg' "
            "width='1'><g><path d='M0 0'/></g><circle/></svg>"
            "</fo:instream-foreign-object></fo:block></fo:flow>"
            "</fo:page-sequence></fo:root>"),
        STATUS_OK);
    const struct fo_node *n = flow()->first->first;
    const struct fo_foreign *svg = n->foreign;

    CHECK_STR(tree->title, "T");
    CHECK_STR(tree->author, "A, B");
    CHECK_STR(tree->lang, "zh-CN");
    CHECK_STR(svg->name, "svg");
    CHECK_STR(svg->ns, "http://www.w3.org/2000/svg");
    CHECK_STR(svg->attrs->value, "1");
    CHECK_STR(svg->first->first->attrs->value, "M0 0");
    CHECK_STR(svg->last->name, "circle");
    CHECK_STR(messages(), "");
}

int
main(void)
{
    buf_init(&out);
    test_props();
    test_bad();
    test_lists();
    test_columns();
    test_spaces();
    test_structure();
    test_multi_switch();
    test_refused();
    test_limits();
    test_sharing();
    test_marker();
    test_meta();
    arena_free(arena);
    buf_clear(&out);
    return unit_done();
}
