/* Classes of characters for Chinese line composition: who may start or end a
 * line, which marks carry a blank half, which sides get a gap.  Data stand in
 * text_class.def; for anything that is not Chinese the class is coarse and
 * Pango's log attributes decide.  Inside src/text only. */
#ifndef TEXT_CLASS_H
#define TEXT_CLASS_H

#include "text/text.h"

enum text_class {
    TEXT_CLASS_OTHER, /* anything else: Pango decides */
    TEXT_CLASS_ALPHA, /* a letter of an alphabet */
    TEXT_CLASS_DIGIT, /* 0-9 */
    TEXT_CLASS_SIGN, /* % & @ # ...: like a letter beside Han */
    TEXT_CLASS_EXTEND, /* combining mark, variation selector, joiner */
    TEXT_CLASS_SPACE, /* U+0020 and what counts as it */
    TEXT_CLASS_NOBREAK_SPACE,
    TEXT_CLASS_FIXED_SPACE, /* U+2000-200A, 205F: not stretched */
    TEXT_CLASS_INVISIBLE, /* controls, bidi, joiners: no glyph */
    TEXT_CLASS_ZWSP, /* U+200B: a break may come here */
    TEXT_CLASS_JOINER, /* U+2060, U+FEFF: no break here */
    TEXT_CLASS_SHY, /* U+00AD: a hyphen when broken here */
    TEXT_CLASS_SHARED, /* “ ” ‘ ’ — … · –: Chinese or Latin by context */
    TEXT_CLASS_HAN, /* ideograph, kana, anything 1 em that breaks like one */
    TEXT_CLASS_NOSTART, /* 々 ー small kana: as Han, not at line start */
    TEXT_CLASS_IDSPACE, /* U+3000 */
    TEXT_CLASS_OPEN, /* （ 《 “ : blank at the left */
    TEXT_CLASS_CLOSE, /* ） 》 ” : blank at the right */
    TEXT_CLASS_COMMA, /* ， 、 ； ： */
    TEXT_CLASS_STOP, /* 。 ． ？ ！ */
    TEXT_CLASS_MID, /* · ‧ ・: half an em */
    TEXT_CLASS_HYPHEN, /* - –: half an em between Han */
    TEXT_CLASS_SLASH, /* / ／: half an em */
    TEXT_CLASS_DASH1, /* — ～: one em connector */
    TEXT_CLASS_DASH2, /* —— ⸺: two em, one line */
    TEXT_CLASS_ELLIPSIS, /* …… ⋯⋯ … */
    TEXT_CLASS_BOX, /* box of the input that breaks as an ideograph */
    TEXT_CLASS_FIXED, /* box or leader: no break of its own */
    TEXT_CLASS_EDGE, /* open, close, mark: not there for the rules */
    TEXT_CLASS_BREAK, /* forced break */
    TEXT_CLASSES
};

enum text_class text_class_of(unsigned cp);

/* Is the character part of Chinese setting (ideograph or full-width mark)? */
static inline bool
text_class_is_cjk(enum text_class c)
{
    return c >= TEXT_CLASS_HAN && c <= TEXT_CLASS_BOX;
}

/* A mark of one em that has a blank half? */
static inline bool
text_class_has_blank(enum text_class c)
{
    return c >= TEXT_CLASS_OPEN && c <= TEXT_CLASS_STOP;
}

static inline bool
text_class_is_closing(enum text_class c)
{
    return c >= TEXT_CLASS_CLOSE && c <= TEXT_CLASS_STOP;
}

/* Prohibition rules for line start and line end. */
bool text_class_no_start(enum text_class c, enum text_prohibit level);
bool text_class_no_end(enum text_class c, enum text_prohibit level);

#endif
