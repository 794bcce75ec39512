/* How much of the standard sets of Han a font has, with its gaps by name. */
#include "text/text_font.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

#define LAST_CP 0x30000 /* the sets end before it */
#define TONGYONG_BIT 0x80

static const struct {
    int level;
    const char *name;
    unsigned first, last;
} blocks[] = {
#define GB18030(level, name, first, last) {level, name, first, last},
#include "text/text_font_sets.def"
#undef GB18030
};
#define N_BLOCKS (sizeof blocks / sizeof *blocks)

static const char *const tongyong[] = {
#define TONGYONG(level, n, text) text,
#include "text/text_font_tongyong.def"
#undef TONGYONG
};

/* For each code point the lowest level of GB 18030 that has it, and a bit for
 * the 通用规范汉字表; 0 for what is in none. */
static unsigned char *
levels(void)
{
    unsigned char *level = calloc(LAST_CP, 1);

    if (!level)
        abort();
    for (size_t i = 0; i < N_BLOCKS; i++)
        memset(level + blocks[i].first, blocks[i].level,
            blocks[i].last - blocks[i].first + 1);
    for (size_t i = 0; i < sizeof tongyong / sizeof *tongyong; i++) {
        const char *s = tongyong[i], *end = s + strlen(s);

        while (s < end) {
            unsigned cp = utf8_next(&s, end);

            if (cp < LAST_CP)
                level[cp] = (unsigned char)((level[cp] == 1 ? 1 : 2) |
                    TONGYONG_BIT);
        }
    }
    return level;
}

static const char *
block_of(unsigned cp)
{
    for (size_t i = 0; i < N_BLOCKS; i++)
        if (cp >= blocks[i].first && cp <= blocks[i].last)
            return blocks[i].name;
    return "";
}

/* GOES_ON: the set's character before this one was missing too. */
static void
add_gap(struct text_cover *c, unsigned cp, bool goes_on)
{
    const char *block = block_of(cp);
    struct text_gap *g;

    goes_on = goes_on && c->n_gaps > 0;
    if (goes_on && c->n_gaps <= TEXT_GAPS) {
        g = &c->gaps[c->n_gaps - 1];
        goes_on = strcmp(g->block, block) == 0;
        if (goes_on) {
            g->last = cp;
            g->count++;
        }
    }
    if (goes_on)
        return;
    if (c->n_gaps < TEXT_GAPS)
        c->gaps[c->n_gaps] = (struct text_gap){cp, cp, 1, block};
    c->n_gaps++;
}

void
text_font_cover(const struct text_font *f, struct text_cover cover[TEXT_SETS])
{
    static const struct {
        const char *id, *title;
    } names[TEXT_SETS] = {{"tongyong", "通用规范汉字表"},
        {"gb18030-1", "GB 18030-2022 级别1"},
        {"gb18030-2", "GB 18030-2022 级别2"},
        {"gb18030-3", "GB 18030-2022 级别3"}};
    const struct text_face *first = text_font_first(f);
    unsigned char *level = levels();
    bool before[TEXT_SETS] = {false}; /* the last one of the set was missing */

    for (int s = 0; s < TEXT_SETS; s++)
        cover[s] = (struct text_cover){
            .id = names[s].id, .title = names[s].title};
    for (unsigned cp = 0; cp < LAST_CP; cp++) {
        bool own, missing = false;

        if (!level[cp])
            continue;
        own = text_face_glyph(first, cp) != 0;
        if (!own)
            text_font_face_for(f, cp, 0, &missing);
        for (int s = 0; s < TEXT_SETS; s++) {
            struct text_cover *c = &cover[s];

            if (s == TEXT_TONGYONG ? !(level[cp] & TONGYONG_BIT)
                                   : (level[cp] & 3) > s)
                continue;
            c->total++;
            c->own += own;
            c->all += !missing;
            if (!own && c->n_first < TEXT_FIRST)
                c->first[c->n_first++] = cp;
            if (missing)
                add_gap(c, cp, before[s]);
            before[s] = missing;
        }
    }
    free(level);
}
