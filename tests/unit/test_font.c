/* Fonts: roles, the right face of a family, fallback, metrics, ink, and files
 * that are no fonts.  Needs what fonts/install.sh brings. */
#include "unit.h"
#include "text/text_font.h"
#include "text/text_fonts.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct text_font *
find(struct text_env *env, const char *families, int weight)
{
    return text_font_find(env, families, weight, false, NULL, NULL);
}

static const char *
name_of(struct text_env *env, const char *families, int weight)
{
    return text_face_name(text_font_first(find(env, families, weight)));
}

static const char *
name_for(struct text_env *env, const char *families, unsigned cp)
{
    bool missing;
    const struct text_face *f = text_font_face_for(
        find(env, families, 400), cp, 0, &missing);

    return missing ? "missing" : text_face_name(f);
}

/* --- names ---------------------------------------------------------------- */

static void
try_names(struct text_env *env)
{
    /* both files of FandolSong claim the weight 400 */
    CHECK_STR(name_of(env, "FandolSong", 400), "FandolSong-Regular");
    CHECK_STR(name_of(env, "FandolSong", 700), "FandolSong-Bold");
    CHECK_STR(name_of(env, "FandolHei", 400), "FandolHei-Regular");

    CHECK_STR(name_of(env, "仿宋", 400), "FandolFang-Regular");
    CHECK_STR(name_of(env, "fangsong", 400), "FandolFang-Regular");
    CHECK_STR(name_of(env, "楷体", 400), "FandolKai-Regular");
    CHECK_STR(name_of(env, "kai", 700), "FandolKai-Regular");
    CHECK_STR(name_of(env, "黑体", 400), "NotoSansCJKsc-Medium");
    CHECK_STR(name_of(env, "宋体", 400), "NotoSerifCJKsc-Regular");
    CHECK_STR(name_of(env, "小标宋", 400), "NotoSerifCJKsc-Bold");
    CHECK_STR(name_of(env, "方正小标宋简体", 400), "NotoSerifCJKsc-Bold");
    CHECK_STR(name_of(env, "仿宋_GB2312", 400), "FandolFang-Regular");
    CHECK_STR(name_of(env, "华光书宋", 400), "NotoSerifCJKsc-Regular");

    CHECK_STR(name_of(env, "Noto Serif CJK SC", 700), "NotoSerifCJKsc-Bold");
    CHECK_STR(name_of(env, "'Noto Sans CJK SC'", 400), "NotoSansCJKsc-Regular");
    CHECK_STR(
        name_of(env, "Noto Serif CJK SC", 100), "NotoSerifCJKsc-ExtraLight");
    CHECK_STR(name_of(env, "NotoSerifCJKtc-Bold", 400), "NotoSerifCJKtc-Bold");
    CHECK_STR(name_of(env, "LXGW WenKai", 400), "LXGWWenKai-Regular");
    CHECK_STR(name_of(env, "霞鹜文楷", 700), "LXGWWenKai-Bold");
    CHECK_STR(
        name_of(env, " Nothing , \"FandolKai\"", 400), "FandolKai-Regular");

    CHECK_STR(name_of(env, "Helvetica", 400), "NimbusSans-Regular");
    CHECK_STR(name_of(env, "Times", 700), "NimbusRoman-Bold");
    CHECK_STR(name_of(env, "monospace", 400), "NimbusMonoPS-Regular");
    CHECK_STR(name_of(env, "sans-serif,Symbol,ZapfDingbats", 400),
        "NimbusSans-Regular");
    CHECK_STR(name_of(env, "", 400), "NimbusSans-Regular");
    CHECK_STR(text_face_name(text_font_first(
                  text_font_find(env, "Times", 400, true, NULL, NULL))),
        "NimbusRoman-Italic");
    CHECK(find(env, "仿宋", 400) == find(env, "仿宋", 400));
    CHECK_STR(text_font_family(find(env, "宋体", 400)), "Noto Serif CJK SC");
}

static void
try_messages(struct text_env *env)
{
    struct arena *a = arena_new();
    struct diags d;
    struct where here = {"a.fo", 3, 1}, there = {"a.fo", 9, 1};

    diags_init(&d, a);
    text_font_find(env, "仿宋", 400, false, &d, &here);
    text_font_find(env, "Helvetica", 700, true, &d, &here);
    text_font_find(env, "Nothing,FandolKai", 400, false, &d, &here);
    CHECK_INT(d.kept, 0);
    text_font_find(env, "仿宋_GB2312", 400, false, &d, &here);
    text_font_find(env, "仿宋_GB2312", 400, false, &d, &there);
    text_font_find(env, "仿宋_GB2312", 400, true, &d, &there);
    CHECK_INT(d.per_code[DIAG_FONT_MISSING], 1);
    CHECK_INT(d.per_code[DIAG_FONT_STYLE], 1);
    arena_free(a);
}

/* --- fallback ------------------------------------------------------------- */

static void
try_fallback(struct text_env *env)
{
    const struct text_font *fang = find(env, "仿宋", 400);
    const struct text_face *hana = text_font_first(find(env, "HanaMinA", 400));
    bool missing;

    CHECK_STR(name_for(env, "仿宋", 0x4e2d), "FandolFang-Regular");
    CHECK_STR(name_for(env, "仿宋", 0x5586), "NotoSerifCJKsc-Light"); /* 喆 */
    CHECK_STR(name_for(env, "仿宋", 0x4dae), "NotoSerifCJKsc-Light"); /* 䶮 */
    CHECK_STR(
        name_for(env, "仿宋", 0x2cb4e), "NotoSerifCJKsc-Light"); /* 𬭎 */
    CHECK_STR(
        name_for(env, "仿宋", 0x2c029), "NotoSerifCJKsc-Light"); /* 𬀩 */
    CHECK_STR(name_for(env, "仿宋", 0x36c3), "NotoSerifCJKsc-Light"); /* 㛃 */
    CHECK_STR(name_for(env, "楷体", 0x5586), "LXGWWenKai-Light");
    CHECK_STR(name_for(env, "宋体", 0x2ebd7), "HanaMinB"); /* end of Ext. F */
    CHECK_STR(name_for(env, "Helvetica", 0x4e2d), "NotoSansCJKsc-Regular");
    CHECK_STR(name_for(env, "sans-serif,Symbol,ZapfDingbats", 0x2701),
        "DejaVuSans"); /* ✁ */
    CHECK_STR(name_for(env, "ZapfDingbats", 'a'), "DejaVuSans");
    CHECK_STR(name_for(env, "仿宋", 0xe123), "missing");
    CHECK_STR(name_for(env, "仿宋", 0xf0001), "missing");
    CHECK_STR(name_for(env, "仿宋", 0x110000), "missing");
    CHECK_STR(name_for(env, "仿宋", 0xe123), "missing"); /* remembered */
    CHECK_STR(name_for(env, "仿宋", 0x2060), "FandolFang-Regular");

    CHECK_STR(text_face_name(text_font_han(find(env, "Times", 400))),
        "NotoSerifCJKsc-Regular");
    CHECK(text_font_han(fang) == text_font_first(fang));

    /* a sequence: the face that has it, else the base character's */
    CHECK(text_face_sequence(hana, 0x845b, 0xe0100));
    CHECK_STR(
        text_face_name(text_font_face_for(fang, 0x845b, 0xe0100, &missing)),
        "HanaMinA");
    CHECK(!missing);
    CHECK_STR(
        text_face_name(text_font_face_for(fang, 0x4e2d, 0xe01ef, &missing)),
        "FandolFang-Regular");
    CHECK(!missing);
}

/* Every role prints the whole standard table and all of GB 18030-2022. */
static void
try_coverage(struct text_env *env)
{
    static const int totals[TEXT_SETS] = {8105, 27584, 27780, 87887 + 228};
    struct text_cover cover[TEXT_SETS];

    for (const char *const *role = text_font_roles(); *role; role++) {
        text_font_cover(find(env, *role, 400), cover);
        for (int s = 0; s < TEXT_SETS; s++) {
            CHECK_INT(cover[s].total, totals[s]);
            if (cover[s].all != totals[s])
                printf("    %s, %s: first gap U+%04X\n", *role, cover[s].title,
                    cover[s].gaps[0].first);
            CHECK_INT(cover[s].all, totals[s]);
        }
    }
    text_font_cover(find(env, "FandolFang", 400), cover);
    CHECK_INT(cover[TEXT_TONGYONG].own, 8105 - 1467);
    CHECK(text_fonts_complete(env));
}

/* --- metrics and ink ------------------------------------------------------ */

static void
try_metrics(struct text_env *env)
{
    static const struct {
        const char *family;
        int weight, up, down, x, cap;
    } rows[] = {{"Helvetica", 400, 8616, 2484, 6276, 8616},
        {"Times", 400, 8196, 2604, 5400, 7944},
        {"Courier", 400, 7548, 1884, 5112, 6744},
        {"Times", 700, 8112, 2460, 5532, 8112},
        {"Noto Serif CJK SC", 400, 10560, 1440, 6168, 8748},
        {"Noto Sans CJK SC", 400, 10560, 1440, 6516, 8796},
        {"LXGW WenKai", 400, 10560, 1440, 5616, 8340},
        {"FandolFang", 400, 9600, 2400, 5496, 8196},
        {"FandolSong", 400, 9600, 2400, 5172, 8196},
        {"FandolSong", 700, 9600, 2400, 5328, 8232}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text_metrics m = text_font_metrics(
            find(env, rows[i].family, rows[i].weight), 12000);

        printf("# %s %d\n", rows[i].family, rows[i].weight);
        CHECK_INT(m.ascent, rows[i].up);
        CHECK_INT(m.descent, rows[i].down);
        CHECK_INT(m.x_height, rows[i].x);
        CHECK_INT(m.cap_height, rows[i].cap);
        CHECK(m.underline > 0 && m.underline_thick > 0 && m.strike > 0);
    }
    /* the frame of a Han face is its size, whatever the rounding */
    for (int size = 9999; size < 10010; size++) {
        struct text_metrics m = text_font_metrics(find(env, "楷体", 400), size);

        CHECK_INT(m.ascent + m.descent, size);
    }
}

/* Ink of marks [1/100 em] as measured with FreeType through Pango. */
static void
try_ink(struct text_env *env)
{
    static const struct {
        const char *family;
        unsigned cp;
        int advance, from, to, bottom, top;
    } rows[] = {{"Noto Serif CJK SC", 0xff0c, 100, 8, 23, -20, 12},
        {"Noto Serif CJK SC", 0xff1f, 100, 4, 46, -1, 77},
        {"Noto Serif CJK SC", 0x201c, 100, 57, 92, 57, 85},
        {"Noto Serif CJK SC", 0xff08, 100, 65, 94, -9, 85},
        {"Noto Serif CJK SC", 0x2014, 89, 4, 85, 24, 29},
        {"Noto Serif CJK SC", 0xb7, 33, 10, 23, 30, 42},
        {"Noto Serif CJK TC", 0xff0c, 100, 40, 56, 26, 54},
        {"Noto Serif CJK TC", 0x3002, 100, 36, 64, 24, 52},
        {"FandolFang", 0xff0c, 100, 19, 31, -19, 11},
        {"FandolFang", 0xff1f, 100, 32, 68, 0, 70},
        {"FandolFang", 0x201c, 100, 59, 92, 39, 69},
        {"FandolFang", 0xb7, 100, 45, 55, 20, 31},
        {"LXGW WenKai", 0xff0c, 100, 10, 23, -10, 10},
        {"LXGW WenKai", 0x201c, 35, 6, 31, 62, 81},
        {"LXGW WenKai", 0x300a, 100, 52, 95, -8, 81},
        {"LXGW WenKai", 0x2014, 100, 0, 100, 35, 41}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text_ink k = text_face_ink(
            text_font_first(find(env, rows[i].family, 400)), rows[i].cp);
        int got[5] = {k.advance, k.left, k.advance - k.right, k.bottom, k.top};
        int want[5] = {rows[i].advance, rows[i].from, rows[i].to,
            rows[i].bottom, rows[i].top};
        bool good = k.known;

        for (int j = 0; j < 5; j++)
            good = good && abs(got[j] - 10 * want[j]) <= 6;
        printf("# %s U+%04X: %d %d..%d %d..%d\n", rows[i].family, rows[i].cp,
            got[0], got[1], got[2], got[3], got[4]);
        CHECK(good);
    }
    CHECK(!text_face_ink(text_font_first(find(env, "仿宋", 400)), ' ').known);
    CHECK(
        !text_face_ink(text_font_first(find(env, "仿宋", 400)), 0xe123).known);
    CHECK(text_face_is_han(text_font_first(find(env, "HanaMinB", 400))));
    CHECK(!text_face_is_han(text_font_first(find(env, "Times", 400))));
}

/* --- folders of our own --------------------------------------------------- */

static char folder[] = "/tmp/shenbao-font-XXXXXX";

static void
write_font(const char *name, const char *bytes, size_t n)
{
    char path[256];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "wb");
    CHECK(f && fwrite(bytes, 1, n, f) == n);
    if (f)
        fclose(f);
}

static void
remove_font(const char *name)
{
    char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

/* The environment with our folder before all others, or (ALONE) only it. */
static struct text_env *
env_of_folder(bool alone)
{
    char list[256];

    snprintf(list, sizeof list, "/nowhere:%s%s", folder, alone ? ":-" : "");
    setenv("SHENBAO_FONTS", list, 1);
    return text_env_new();
}

/* "FandolHei" in UTF-16 becomes a name of the same length. */
static void
rename_family(struct buf *font, const char *utf16)
{
    static const char old[] = "\0F\0a\0n\0d\0o\0l\0H\0e\0i";

    for (size_t i = 0; i + sizeof old - 1 <= font->len; i++)
        if (memcmp(font->data + i, old, sizeof old - 1) == 0)
            memcpy(font->data + i, utf16, sizeof old - 1);
}

/* What a user puts there goes before the free fonts. */
static void
try_own_fonts(const char *hei)
{
    struct text_env *env;
    struct buf font;

    buf_init(&font);
    CHECK(file_read(hei, 0, &font) == STATUS_OK);
    /* 方正小标宋简体 and two spaces */
    rename_family(&font,
        "\x65\xb9\x6b\x63\x5c\x0f\x68\x07\x5b\x8b\x7b\x80"
        "\x4f\x53\0 \0 ");
    write_font("b.otf", font.data, font.len);
    write_font("a.otf", font.data, font.len);
    buf_clear(&font);

    env = env_of_folder(false);
    CHECK_STR(name_of(env, "小标宋", 400), "FandolHei-Regular");
    CHECK_STR(name_of(env, "方正小标宋简体", 400), "FandolHei-Regular");
    CHECK(strstr(
        text_face_path(text_font_first(find(env, "小标宋", 400))), "/a.otf"));
    CHECK_STR(name_for(env, "小标宋", 0x5586), "NotoSerifCJKsc-Bold");
    CHECK_STR(name_of(env, "仿宋", 400), "FandolFang-Regular");
    text_env_free(env);
    remove_font("a.otf");
    remove_font("b.otf");
}

static void
ask_all(struct text_env *env)
{
    for (int i = 0; i < env->n_faces; i++) {
        const struct text_face *f = env->faces[i];

        text_face_glyph(f, 'x');
        text_face_ink(f, 'x');
        text_face_metrics(f, 10000);
        text_face_sequence(f, 0x845b, 0xe0100);
    }
    find(env, "仿宋", 400);
}

static int
troubles(const struct text_env *env)
{
    int n = 0;

    for (struct text_font_trouble *t = env->troubles; t; t = t->next)
        n++;
    return n;
}

/* Broken files are passed over with a word. */
static void
try_broken(const char *latin)
{
    static const size_t cuts[] = {0, 3, 12, 40, 200, 1000, 20000};
    unsigned seed = 1;
    struct text_env *env;
    struct buf font;

    buf_init(&font);
    CHECK(file_read(latin, 0, &font) == STATUS_OK && font.len > 20000);
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        write_font("cut.otf", font.data, cuts[i]);
        env = env_of_folder(true);
        CHECK_INT(env->n_faces, 0);
        CHECK_INT(troubles(env), 1);
        CHECK(troubles(env) && *env->troubles->why);
        text_env_free(env);
    }
    remove_font("cut.otf");
    write_font("text.ttf", "this is no font at all", 22);
    write_font("wild.ttc", "ttcf\0\2\0\0\xff\xff\xff\xff\xff\xff\xff\xf0", 16);
    env = env_of_folder(true);
    CHECK_INT(env->n_faces, 0);
    CHECK(troubles(env) >= 2);
    text_env_free(env);
    remove_font("text.ttf");
    remove_font("wild.ttc");

    for (int round = 0; round < 150; round++) {
        char old[4];
        size_t at[4];

        for (int i = 0; i < 4; i++) {
            seed = seed * 1103515245 + 12345;
            at[i] = (seed >> 8) % (round % 2 ? 400 : font.len);
            old[i] = font.data[at[i]];
            font.data[at[i]] = (char)(seed >> 24);
        }
        write_font("odd.otf", font.data, font.len);
        env = env_of_folder(true);
        ask_all(env);
        text_env_free(env);
        for (int i = 4; i-- > 0;)
            font.data[at[i]] = old[i];
    }
    remove_font("odd.otf");
    buf_clear(&font);
}

/* No font at all: said once, and nothing falls over. */
static void
try_nothing(void)
{
    struct text_env *env = env_of_folder(true);
    struct arena *a = arena_new();
    struct diags d;
    struct where w = {NULL, 0, 0};
    const struct text_font *f;
    bool missing;

    diags_init(&d, a);
    f = text_font_find(env, "仿宋", 400, false, &d, &w);
    text_font_find(env, "宋体", 400, false, &d, &w);
    CHECK_INT(d.per_code[DIAG_FONT_NONE], 1);
    CHECK_INT(text_font_metrics(f, 10000).ascent, 8000);
    CHECK_INT(text_face_glyph(text_font_first(f), 'x'), 0);
    text_font_face_for(f, 0x4e2d, 0, &missing);
    CHECK(missing);
    arena_free(a);
    text_env_free(env);
}

int
main(void)
{
    struct text_env *env;
    char hei[512], latin[512];

    unsetenv("SHENBAO_FONTS");
    env = text_env_new();
    try_names(env);
    try_messages(env);
    try_fallback(env);
    try_coverage(env);
    try_metrics(env);
    try_ink(env);
    snprintf(hei, sizeof hei, "%s",
        text_face_path(text_font_first(find(env, "FandolHei", 400))));
    snprintf(latin, sizeof latin, "%s",
        text_face_path(text_font_first(find(env, "Courier", 400))));
    text_env_free(env);

    CHECK(mkdtemp(folder) != NULL);
    try_own_fonts(hei);
    try_broken(latin);
    try_nothing();
    rmdir(folder);
    return unit_done();
}
