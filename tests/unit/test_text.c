/* The composer: every row of tests/typesetting/breaks.tsv and widths.tsv, and
 * what those do not ask.  Run from the top of the tree.  Faces with real ink
 * are needed, so the roles' fonts are used; a role that has none skips. */
#include "unit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "text/text.h"
#include <stdlib.h>

#define EM 10000

struct bench {
    struct arena *arena;
    struct diags diags;
    struct text_env *env;
    struct text_style style;
    struct text_setting set;
    struct text_par *par;
};

static const struct where here = {"test", 1, 1};

static void
setup(struct bench *b, const char *family)
{
    memset(b, 0, sizeof *b);
    b->arena = arena_new();
    diags_init(&b->diags, b->arena);
    b->env = text_env_new();
    b->style.font = text_font_find(b->env, family, 400, false, NULL, &here);
    b->style.family = family;
    b->style.size = EM;
    b->set.font_size = EM;
    b->set.align = TEXT_JUSTIFY;
    b->set.prohibit = TEXT_PROHIBIT_GB;
    b->set.autospace = 250;
    b->par = text_par_new(b->arena, b->env, &b->diags);
}

static void
done(struct bench *b)
{
    text_env_free(b->env);
    arena_free(b->arena);
}

/* Adds text; {} are inline edges without width, | a forced break, ~ a leader,
 * # a box of 3 em, _ a large character's run until the next _. */
static void
add(struct bench *b, const char *s)
{
    static struct text_style large;

    while (*s != '\0') {
        size_t n = strcspn(s, "{}|~#_^");
        text_par_run(b->par, s, (int)n, &b->style, "run", &here);
        s += n;
        switch (*s) {
        case '^':
            text_par_mark(b->par, "mark");
            break;
        case '{':
            text_par_open(b->par, 0, "edge");
            break;
        case '}':
            text_par_close(b->par, 0, "edge");
            break;
        case '|':
            text_par_break(b->par, NULL);
            break;
        case '~':
            text_par_leader(b->par, 0, EM, 100 * EM, &b->style, "leader");
            break;
        case '#':
            text_par_box(b->par, 3 * EM, true, "box");
            break;
        case '_':
            large = b->style;
            large.size = 2 * EM;
            n = strcspn(s + 1, "_");
            text_par_run(b->par, s + 1, (int)n, &large, "large", &here);
            s += n + 1;
        }
        if (*s != '\0')
            s++;
    }
}

/* The lines' text, " / " between them. */
static const char *
text_of(struct bench *b, const struct text_lines *l)
{
    struct buf out;

    buf_init(&out);
    for (const struct text_line *line = l->first; line; line = line->next) {
        for (const struct text_piece *p = line->first; p; p = p->next) {
            if (p->kind == TEXT_RUN)
                buf_add(&out, p->utf8, (size_t)p->n_utf8);
            if (p->hyphenated)
                buf_add_str(&out, "-");
        }
        if (line->next)
            buf_add_str(&out, " / ");
    }
    const char *s = arena_strndup(b->arena, out.data ? out.data : "", out.len);
    buf_clear(&out);
    return s;
}

static const struct text_lines *
compose(struct bench *b, double width)
{
    return text_par_compose(b->par, (int)(width * EM + 0.5), &b->set);
}

/* What every result must keep: pieces join, widths add up, each byte of a run
 * is in one cluster. */
static int
holds(const struct text_lines *l)
{
    for (const struct text_line *line = l->first; line; line = line->next) {
        int x = line->indent + line->shift, width = 0;
        for (const struct text_piece *p = line->first; p; p = p->next) {
            int sum = 0, byte = 0;
            for (int i = 0; i < p->n_glyphs; i++) {
                sum += p->glyphs[i].advance;
                if (p->glyphs[i].byte < byte || p->glyphs[i].byte > p->n_utf8)
                    return 0;
                byte = p->glyphs[i].byte;
            }
            if (p->kind == TEXT_RUN && p->n_glyphs > 0 &&
                (sum != p->width || p->glyphs[0].byte != 0))
                return 0;
            if (p->x != x + width)
                return 0;
            width += p->width;
        }
        if (width != line->width)
            return 0;
    }
    return 1;
}

static void
check_lines(const char *family, double width, const char *in, const char *want,
    void (*tune)(struct bench *))
{
    struct bench b;

    setup(&b, family);
    if (tune)
        tune(&b);
    add(&b, in);
    const struct text_lines *l = compose(&b, width);
    CHECK_STR(text_of(&b, l), want);
    CHECK(holds(l));
    done(&b);
}

static int
width_of(const char *family, const char *in, void (*tune)(struct bench *))
{
    struct bench b;

    setup(&b, family);
    if (tune)
        tune(&b);
    add(&b, in);
    int width = compose(&b, 1000)->first->width;
    done(&b);
    return width;
}

/* ---- the tables -------------------------------------------------------- */

static char *
field(char **row)
{
    char *at = *row, *end = strchr(at, '\t');

    *row = end ? end + 1 : at + strlen(at);
    if (end)
        *end = '\0';
    return at;
}

static void
each_row(const char *path, void (*row)(char *))
{
    FILE *f = fopen(path, "r");
    char line[4096];

    CHECK(f != NULL);
    while (f && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '#' && line[0] != '\0')
            row(line);
    }
    if (f)
        fclose(f);
}

static void
break_row(char *row)
{
    static const char *const families[] = {"仿宋", "宋体", "楷体", "黑体"};
    char want[512];

    field(&row);
    double width = atof(field(&row));
    char *in = field(&row);
    snprintf(want, sizeof want, "%s", field(&row));
    if (strstr(want, " on ONE line"))
        *strstr(want, " on ONE line") = '\0';
    for (int i = 0; i < 4; i++)
        check_lines(families[i], width, in, want, NULL);
}

static void
line_end_marks(void)
{
    static const char *const marks[] = {
        "，", "。", "、", "；", "：", "！", "？", "）", "”", "》"};
    char s[32];

    for (int i = 0; i < 10; i++) {
        snprintf(s, sizeof s, "中%s", marks[i]);
        CHECK_INT(width_of("仿宋", s, NULL), EM * 3 / 2);
        CHECK_INT(width_of("楷体", s, NULL), EM * 3 / 2);
    }
}

static void
width_row(char *row)
{
    char *run = field(&row), s[64];
    double want = atof(field(&row));

    if (strncmp(run, "line-end", 8) == 0) {
        line_end_marks();
        return;
    }
    if (strncmp(run, "line-start", 10) == 0)
        return; /* below: an option */
    snprintf(s, sizeof s, "中%s中", run);
    CHECK_INT(width_of("仿宋", s, NULL), (int)((want + 2) * EM + 0.5));
    CHECK_INT(width_of("楷体", s, NULL), (int)((want + 2) * EM + 0.5));
    CHECK_INT(width_of("宋体", s, NULL), (int)((want + 2) * EM + 0.5));
}

/* ---- beyond them ------------------------------------------------------- */

static void
strict(struct bench *b)
{
    b->set.prohibit = TEXT_PROHIBIT_STRICT;
}
static void
no_rules(struct bench *b)
{
    b->set.prohibit = TEXT_PROHIBIT_NONE;
}
static void
start(struct bench *b)
{
    b->set.align = TEXT_START;
}
static void
kaiming(struct bench *b)
{
    b->set.punct = TEXT_KAIMING;
}
static void
banjiao(struct bench *b)
{
    b->set.punct = TEXT_BANJIAO;
}
static void
hangmo(struct bench *b)
{
    b->set.punct = TEXT_HANGMO;
}
static void
untrimmed(struct bench *b)
{
    b->set.punct = TEXT_UNTRIMMED;
}
static void
trim_start(struct bench *b)
{
    b->set.trim_line_start = true;
}
static void
hang(struct bench *b)
{
    b->set.hang = true;
}
static void
no_gap(struct bench *b)
{
    b->set.autospace = 0;
}
static void
latin(struct bench *b)
{
    b->set.latin = true;
    b->set.align = TEXT_START;
}
static void
distribute(struct bench *b)
{
    b->set.align_last = TEXT_JUSTIFY;
}
static void
keep(struct bench *b)
{
    b->style.keep = true;
}
static void
no_wrap(struct bench *b)
{
    b->style.no_wrap = true;
}

static void
grid(struct bench *b)
{
    b->set.grid = 9870;
}

static void
title(struct bench *b)
{
    b->set.align = b->set.align_last = TEXT_CENTER;
    b->set.balance = true;
}

static void
test_styles(void)
{
    CHECK_INT(width_of("仿宋", "中。”（中", kaiming), 7 * EM / 2);
    CHECK_INT(width_of("仿宋", "中）（中", kaiming), 3 * EM);
    CHECK_INT(width_of("仿宋", "中。中，中", kaiming), 9 * EM / 2);
    CHECK_INT(width_of("仿宋", "中。中，中", banjiao), 4 * EM);
    CHECK_INT(width_of("仿宋", "中）（中。", hangmo), 9 * EM / 2);
    CHECK_INT(width_of("仿宋", "中）（中。", untrimmed), 5 * EM);
    CHECK_INT(width_of("仿宋", "（中", trim_start), 3 * EM / 2);
    CHECK_INT(width_of("仿宋", "（中", NULL), 2 * EM);
}

static void
test_markup(void)
{
    /* trimming survives edges, runs and marks */
    CHECK_INT(width_of("仿宋", "{（中）}。中", NULL), 9 * EM / 2);
    CHECK_INT(width_of("仿宋", "中）{（中", NULL), 7 * EM / 2);
    CHECK_INT(width_of("仿宋", "中？{}！中", NULL), 3 * EM);
    /* across sizes the smaller glyph gives */
    CHECK_INT(width_of("仿宋", "中）_（中_中", NULL), 13 * EM / 2);
    CHECK_INT(width_of("仿宋", "_中）_（中", NULL), 11 * EM / 2);
    check_lines("仿宋", 4, "{甲乙}{丙丁}{戊己}", "甲乙丙丁 / 戊己", NULL);
    check_lines("仿宋", 4, "甲乙丙{（}丁戊", "甲乙丙 / （丁戊", NULL);
    check_lines("仿宋", 3, "甲乙丙{，丁}戊", "甲乙丙 / ，丁戊", no_rules);
}

static void
test_gaps(void)
{
    int a = width_of("仿宋", "A", NULL), d = width_of("仿宋", "12", NULL);

    CHECK_INT(width_of("仿宋", "中A中", NULL), 2 * EM + a + EM / 2);
    CHECK_INT(width_of("仿宋", "中 A 中", NULL), 2 * EM + a + EM / 2);
    CHECK_INT(width_of("仿宋", "中A中", no_gap), 2 * EM + a);
    CHECK_INT(width_of("仿宋", "中{A}中", NULL), 2 * EM + a + EM / 2);
    CHECK_INT(width_of("仿宋", "中，A", NULL), 2 * EM + a);
    CHECK_INT(width_of("仿宋", "第12号", NULL), 2 * EM + d + EM / 2);
    CHECK_INT(width_of("仿宋", "（A）", NULL), 3 * EM / 2 + a);
    /* quotes: Chinese beside Han, Latin in Latin */
    CHECK_INT(width_of("仿宋", "说“A”了", NULL), 4 * EM + a);
    CHECK(width_of("仿宋, Helvetica", "中 see “A” here", NULL) > 0);
    CHECK_INT(width_of("Helvetica, 仿宋", "中——“中”", NULL), 11 * EM / 2);
    CHECK_INT(width_of("Helvetica, 仿宋", "A——B", NULL),
        width_of("Helvetica", "A", NULL) + width_of("Helvetica", "B", NULL) +
            2 * EM);
    CHECK(width_of("Helvetica", "“A”", NULL) < 2 * EM);
}

static void
test_rules(void)
{
    check_lines("仿宋", 10, "甲乙丙丁戊己庚辛壬——癸子丑",
        "甲乙丙丁戊己庚辛 / 壬——癸子丑", strict);
    check_lines("仿宋", 7, "甲乙丙：https://a.cn/bc/d?e=f",
        "甲乙丙： / https://a.cn/ / bc/d?e=f", start);
    check_lines("仿宋", 7, "甲乙丙丁 a.b@cdefgh.cn",
        "甲乙丙丁 a.b@ / cdefgh.cn", start);
    check_lines("仿宋", 6, "甲乙丙丁戊 25 kg", "甲乙丙丁戊 / 25 kg", start);
    check_lines("仿宋", 4, "甲乙丙-5%丁", "甲乙丙 / -5%丁", start);
    check_lines("仿宋", 4, "甲乙丙￥5丁", "甲乙丙 / ￥5丁", start);
    check_lines("仿宋", 3, "甲\xE2\x81\xA0乙\xE2\x81\xA0丙丁戊己",
        "甲⁠乙⁠丙 / 丁戊己", start);
    check_lines("仿宋", 3,
        "1234\xE2\x80\x8B"
        "5678",
        "1234​ / 5678", start);
    check_lines("Helvetica", 3, "{inter\xC2\xAD^}nation",
        "inter\xC2\xAD- / nation", latin);
    check_lines("Helvetica", 3, "inter\xC2\xADnation",
        "inter\xC2\xAD- / nation", latin);
    check_lines("Helvetica", 3,
        "a\xC2\xA0"
        "bcde fgh",
        "a\xC2\xA0"
        "bcde / fgh",
        latin);
    check_lines("Helvetica", 2, "internationalization of",
        "internationalization / of", latin);
    check_lines("仿宋", 2, "甲乙internationalization",
        "甲乙 / internationalization", start);
    check_lines("仿宋", 4, "甲乙丙丁。。。。。。。。",
        "甲乙丙丁 / 。。。。。。。。", no_rules);
    check_lines("仿宋", 4, "甲乙 丙丁戊", "甲乙 丙 / 丁戊", keep);
    check_lines("仿宋", 4, "甲乙 丙丁", "甲乙 丙丁", no_wrap);
    check_lines("仿宋", 5, "{甲乙丙}{丁戊己}", "甲乙丙 / 丁戊己", keep);
    check_lines("仿宋", 5, "甲{乙丙}丁{戊}", "甲乙丙丁戊", keep);
    check_lines("仿宋", 5, "甲\xE2\x80\xA8乙", "甲 / 乙", start);
    check_lines("Helvetica", 5, "a##b", "ab", latin);
    check_lines("Helvetica", 5, "a # # b", "a  /  b", latin);
    check_lines("仿宋", 2, "甲乙丙丁", "甲乙丙丁", no_wrap);
    check_lines("仿宋", 4, "甲乙丙丁戊", "甲乙丙 / 丁戊", start);
    check_lines("仿宋", 5, "甲乙|  丙丁 |", "甲乙 / 丙丁", start);
    check_lines("仿宋", 5, "||甲", " /  / 甲", start);
    check_lines("仿宋", 5, "甲乙#丙丁", "甲乙 / 丙丁", start);
}

static void
test_justify(void)
{
    struct bench b;

    setup(&b, "仿宋");
    add(&b, "甲乙丙丁 Pango 戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥");
    const struct text_lines *l = compose(&b, 12.3);
    for (const struct text_line *line = l->first; line->next; line = line->next)
        CHECK_INT(line->width, 123000);
    CHECK(holds(l));
    done(&b);

    setup(&b, "仿宋");
    distribute(&b);
    add(&b, "李明");
    l = compose(&b, 4);
    CHECK_INT(l->first->width, 4 * EM);
    CHECK_INT(l->first->first->glyphs[0].advance, 3 * EM);
    done(&b);

    setup(&b, "仿宋");
    distribute(&b);
    add(&b, "第一章~12");
    l = compose(&b, 20);
    CHECK_INT(l->first->width, 20 * EM);
    CHECK_INT(l->first->first->width, 3 * EM); /* the leader takes all */
    done(&b);

    setup(&b, "仿宋");
    hang(&b);
    add(&b, "甲乙丙丁，戊己庚辛壬癸");
    l = compose(&b, 4);
    CHECK_STR(text_of(&b, l), "甲乙丙丁， / 戊己庚辛 / 壬癸");
    CHECK_INT(l->first->overflow, 0);
    done(&b);
}

/* 28 columns: a full line of full-width characters stands on the columns,
 * marks whole; with Latin in it, it is flush. */
static void
test_grid(void)
{
    struct bench b;

    setup(&b, "仿宋");
    grid(&b);
    b.set.first_indent = 2 * 9870;
    add(&b, "甲乙，丙丁（戊）己庚辛。壬癸子丑寅卯辰Pango巳午未申酉戌亥甲乙丙");
    const struct text_lines *l = compose(&b, 12 * 0.987);
    CHECK_INT(l->first->width, 10 * 9870);
    for (int i = 0; i < l->first->first->n_glyphs; i++)
        CHECK_INT(l->first->first->glyphs[i].advance, 9870);
    CHECK_INT(l->first->next->width, 12 * 9870);
    done(&b);
}

static void
test_titles(void)
{
    check_lines("小标宋", 20,
        "国家自然科学基金委员会关于公布2026年度国家自然科学基金申请初审结果的通"
        "知",
        "国家自然科学基金委员会 / 关于公布2026年度国家自然科学基金 / "
        "申请初审结果的通知",
        title);
    check_lines("小标宋", 20, "关于开展科技计划项目申报工作的通知",
        "关于开展科技计划项目申报工作的通知", title);
    check_lines("小标宋", 16, "关于开展科技计划项目申报工作的通知",
        "关于开展科技计划 / 项目申报工作的通知", title);
}

static void
test_dump(void)
{
    struct bench b;
    struct buf out;

    setup(&b, "仿宋");
    add(&b, "甲，{“乙}”丙丁#");
    buf_init(&out);
    text_dump(compose(&b, 5), &out);
    CHECK_STR(
        out.data, "[50] 甲，<open>“^500乙<close>”^500丙\n[40] 丁<box 30>\n");
    buf_clear(&out);
    done(&b);
}

static void
test_odd_input(void)
{
    static const char *const odd[] = {
        "",
        " ",
        "　",
        "\xFF\xFE\x80",
        "\x01\x02",
        "甲\xE4\xB8",
        "\xE2\x80\x8B",
        "ｅ́́́́́",
        "👨‍👩‍👧‍👦👍🏽",
        "葛\xF3\xA0\x84\x80城",
        "𠮷𬀩",
        "\xE2\x80\xAE"
        "abc",
        "————————————————————",
        "”””””””””””””””",
        "““““““““““““““",
        "a\tb\nc",
    };
    static const int widths[] = {-5, 0, 1, 5000, 10000, 33333, 2000000000};

    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        for (size_t k = 0; k < sizeof widths / sizeof *widths; k++) {
            struct bench b;
            setup(&b, "仿宋");
            add(&b, odd[i]);
            CHECK(holds(text_par_compose(b.par, widths[k], &b.set)));
            done(&b);
        }
}

int
main(void)
{
    each_row("tests/typesetting/breaks.tsv", break_row);
    each_row("tests/typesetting/widths.tsv", width_row);
    test_styles();
    test_markup();
    test_gaps();
    test_rules();
    test_justify();
    test_grid();
    test_titles();
    test_dump();
    test_odd_input();
    return unit_done();
}
