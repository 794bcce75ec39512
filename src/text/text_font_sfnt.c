/* What a font file says of itself: is it whole, how is it called, how heavy
 * is it.  Reads the few tables directly, with every offset checked, so that a
 * folder full of fonts costs microseconds a file and a broken one nothing but
 * a word.  OpenType 1.9: otff, otvar is not looked at, name, OS/2. */
#include "text/text_font.h"
#include "base/arena.h"
#include "base/utf8.h"
#include <iconv.h>
#include <stdio.h>
#include <string.h>

#define NAME_ROOM 256 /* [B] of a name; longer ones are passed over */
#define MAX_TABLES 256
#define MAX_FACES 64 /* of a collection */
#define MAX_NAMES 4096 /* records of a name table */

enum {
    FAMILY = 1,
    SUBFAMILY = 2,
    FULL = 4,
    POSTSCRIPT = 6,
    TYPO_FAMILY = 16,
    TYPO_SUBFAMILY = 17
};

struct bytes {
    const unsigned char *p;
    size_t n;
};

static unsigned
u16(const unsigned char *p)
{
    return (unsigned)(p[0] << 8 | p[1]);
}

static size_t
u32(const unsigned char *p)
{
    return (size_t)u16(p) << 16 | u16(p + 2);
}

/* --- tables --------------------------------------------------------------- */

int
text_sfnt_count(const unsigned char *data, size_t len)
{
    if (len < 12)
        return 0;
    if (memcmp(data, "ttcf", 4) == 0) {
        size_t n = u32(data + 8);

        return n > MAX_FACES ? MAX_FACES : (int)n;
    }
    return memcmp(data, "OTTO", 4) == 0 || memcmp(data, "true", 4) == 0 ||
        u32(data) == 0x10000;
}

/* The face's table directory.  NULL: it lies outside of the file. */
static const unsigned char *
directory(const unsigned char *data, size_t len, int index)
{
    size_t at = 0;

    if (memcmp(data, "ttcf", 4) == 0) {
        if (len < 16 + 4 * (size_t)index)
            return NULL;
        at = u32(data + 12 + 4 * (size_t)index);
    }
    if (at > len || len - at < 12 || u16(data + at + 4) > MAX_TABLES ||
        len - at - 12 < 16 * (size_t)u16(data + at + 4))
        return NULL;
    return data + at;
}

static struct bytes
table(const unsigned char *data, const unsigned char *dir, const char *tag)
{
    for (unsigned i = 0; i < u16(dir + 4); i++) {
        const unsigned char *row = dir + 12 + 16 * i;

        if (memcmp(row, tag, 4) == 0)
            return (struct bytes){data + u32(row + 8), u32(row + 12)};
    }
    return (struct bytes){NULL, 0};
}

/* Each table lies in the file, and those that we need are there. */
static const char *
check_tables(const unsigned char *data, size_t len, const unsigned char *dir)
{
    static const struct {
        const char *tag;
        size_t least;
    } needed[] = {{"head", 54}, {"hhea", 36}, {"maxp", 6}, {"hmtx", 4},
        {"cmap", 4}, {"name", 6}};
    size_t em;

    for (unsigned i = 0; i < u16(dir + 4); i++) {
        const unsigned char *row = dir + 12 + 16 * i;

        if (u32(row + 8) > len || u32(row + 12) > len - u32(row + 8))
            return "it ends in the middle of a table";
    }
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (table(data, dir, needed[i].tag).n < needed[i].least)
            return "a table that every font needs is missing or too short";
    em = u16(table(data, dir, "head").p + 18);
    if (em < 16 || em > 16384 || u16(table(data, dir, "maxp").p + 4) == 0)
        return "its em or its number of glyphs is impossible";
    if (!table(data, dir, "CFF ").n && !table(data, dir, "CFF2").n &&
        !(table(data, dir, "glyf").n && table(data, dir, "loca").n))
        return "";
    return NULL;
}

/* --- names ---------------------------------------------------------------- */

static bool
from_utf16(const unsigned char *p, size_t n, char *out)
{
    size_t len = 0;

    for (size_t i = 0; i + 1 < n; i += 2) {
        unsigned cp = u16(p + i);

        if (cp >= 0xd800 && cp < 0xdc00 && i + 3 < n) {
            unsigned low = u16(p + i + 2);

            if (low < 0xdc00 || low > 0xdfff)
                return false;
            cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
            i += 2;
        }
        if (cp < 0x20 || (cp >= 0xd800 && cp < 0xe000) || len + 5 > NAME_ROOM)
            return false;
        len += (size_t)utf8_put(out + len, cp);
    }
    out[len] = '\0';
    return len > 0;
}

/* Old Chinese fonts have GBK bytes in their names, under Windows with a zero
 * byte before each ASCII character. */
static bool
from_gbk(const unsigned char *p, size_t n, char *out)
{
    char packed[NAME_ROOM], *in = packed;
    size_t room = NAME_ROOM - 1, left = 0;
    iconv_t cd;
    bool good;

    for (size_t i = 0; i < n && left < sizeof packed; i++)
        if (p[i])
            packed[left++] = (char)p[i];
    cd = iconv_open("UTF-8", "GB18030");
    if (cd == (iconv_t)-1)
        return false;
    good = left > 0 && iconv(cd, &in, &left, &out, &room) != (size_t)-1;
    iconv_close(cd);
    *out = '\0';
    return good;
}

static bool
from_ascii(const unsigned char *p, size_t n, char *out)
{
    if (n == 0 || n >= NAME_ROOM)
        return false;
    for (size_t i = 0; i < n; i++)
        if (p[i] < 0x20 || p[i] > 0x7e)
            return false;
    memcpy(out, p, n);
    out[n] = '\0';
    return true;
}

/* One record of the name table as UTF-8; false: not one that we can read. */
static bool
name_text(const unsigned char *row, struct bytes strings, char *out)
{
    unsigned platform = u16(row), encoding = u16(row + 2);
    size_t n = u16(row + 8), at = u16(row + 10);

    if (at > strings.n || n > strings.n - at)
        return false;
    if (platform == 0 || (platform == 3 && encoding != 3 && encoding <= 10))
        return from_utf16(strings.p + at, n, out);
    if ((platform == 3 && encoding == 3) || (platform == 1 && encoding == 25))
        return from_gbk(strings.p + at, n, out);
    return platform == 1 && encoding == 0 && from_ascii(strings.p + at, n, out);
}

/* --- style ---------------------------------------------------------------- */

/* Words of style, as fonts spell them; longer ones stand before those that
 * they contain. */
static const struct {
    const char *word;
    int weight;
} weights[] = {{"extralight", 200}, {"ultralight", 200}, {"demilight", 350},
    {"semilight", 350}, {"light", 300}, {"thin", 100}, {"hairline", 100},
    {"semibold", 600}, {"demibold", 600}, {"extrabold", 800},
    {"ultrabold", 800}, {"demi", 600}, {"bold", 700}, {"black", 900},
    {"heavy", 900}, {"medium", 500}, {"regular", 400}, {"normal", 400},
    {"roman", 400}, {"book", 400}};

static int
weight_from_words(const char *style)
{
    char low[NAME_ROOM];

    text_font_fold(low, sizeof low, style, strlen(style));
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
        if (strstr(low, weights[i].word))
            return weights[i].weight;
    return 0;
}

static bool
italic_from_words(const char *style)
{
    char low[NAME_ROOM];
    size_t n;

    text_font_fold(low, sizeof low, style, strlen(style));
    n = strlen(low);
    return strstr(low, "italic") || strstr(low, "oblique") ||
        (n >= 3 && strcmp(low + n - 3, "ita") == 0);
}

struct naming {
    char family[NAME_ROOM]; /* the best so far */
    int family_rank;
    char postscript[NAME_ROOM];
    char style[NAME_ROOM];
    int style_rank;
};

/* English before others, typographic before the four-style family. */
static int
name_rank(unsigned platform, unsigned language, bool typographic)
{
    bool english = (platform == 3 && (language & 0xff) == 9) ||
        (platform != 3 && language == 0);

    return 1 + typographic + 2 * english;
}

static void
note_name(struct naming *g, const unsigned char *row, const char *text)
{
    unsigned id = u16(row + 6);
    int rank = name_rank(
        u16(row), u16(row + 4), id == TYPO_FAMILY || id == TYPO_SUBFAMILY);

    if ((id == FAMILY || id == TYPO_FAMILY) && rank > g->family_rank) {
        g->family_rank = rank;
        strcpy(g->family, text);
    }
    if ((id == SUBFAMILY || id == TYPO_SUBFAMILY) && rank > g->style_rank) {
        g->style_rank = rank;
        strcpy(g->style, text);
    }
    if (id == POSTSCRIPT && !g->postscript[0])
        strcpy(g->postscript, text);
}

/* Both files of FandolSong claim the weight 400, so what a face is called
 * goes before the number: the end of its PostScript name, then its subfamily
 * ("Regular" there says nothing: it is also what a lone Black is called). */
static void
read_style(
    const struct naming *g, struct bytes os2, struct text_style_facts *facts)
{
    const char *dash = strrchr(g->postscript, '-');
    int weight = dash ? weight_from_words(dash) : 0;
    bool has_os2 = os2.n >= 64;

    if (!weight) {
        weight = weight_from_words(g->style);
        if (weight == 400)
            weight = 0;
    }
    if (!weight && has_os2)
        weight = (int)u16(os2.p + 4);
    if (weight > 0 && weight < 10) /* some fonts count from 1 to 9 */
        weight *= 100;
    facts->weight = weight < 1 || weight > 1000 ? 400 : weight;
    facts->width = has_os2 && u16(os2.p + 6) >= 1 && u16(os2.p + 6) <= 9
        ? (int)u16(os2.p + 6)
        : 5;
    facts->italic = (dash && italic_from_words(dash)) ||
        italic_from_words(g->style) || (has_os2 && (os2.p[63] & 1));
}

const char *
text_sfnt_read(const unsigned char *data, size_t len, int index,
    struct arena *a, struct text_style_facts *facts,
    void (*name)(void *ctx, const char *utf8, bool exact), void *ctx)
{
    struct naming g = {.family_rank = 0};
    const unsigned char *dir = directory(data, len, index);
    const char *wrong;
    struct bytes names, strings;
    unsigned n;
    char text[NAME_ROOM];

    if (!dir)
        return "it is cut short";
    wrong = check_tables(data, len, dir);
    if (wrong)
        return wrong;

    names = table(data, dir, "name");
    n = u16(names.p + 2);
    if (n > MAX_NAMES || 6 + 12 * (size_t)n > names.n ||
        u16(names.p + 4) > names.n)
        return "its name table is damaged";
    strings = (struct bytes){
        names.p + u16(names.p + 4), names.n - u16(names.p + 4)};

    for (unsigned i = 0; i < n; i++) {
        const unsigned char *row = names.p + 6 + 12 * i;
        unsigned id = u16(row + 6);

        if (id > TYPO_SUBFAMILY ||
            !(1 << id &
                (1 << FAMILY | 1 << SUBFAMILY | 1 << FULL | 1 << POSTSCRIPT |
                    1 << TYPO_FAMILY | 1 << TYPO_SUBFAMILY)) ||
            !name_text(row, strings, text))
            continue;
        note_name(&g, row, text);
        if (id != SUBFAMILY && id != TYPO_SUBFAMILY)
            name(ctx, text, id == FULL || id == POSTSCRIPT);
    }
    if (!g.family[0])
        return "it has no name";
    read_style(&g, table(data, dir, "OS/2"), facts);
    facts->family = arena_strdup(a, g.family);
    facts->name = arena_strdup(a, g.postscript[0] ? g.postscript : g.family);
    return NULL;
}
