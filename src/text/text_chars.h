/* The paragraph's characters while it is being shaped: one row each, with
 * what context says about it.  Scratch of text_shape; inside src/text only. */
#ifndef TEXT_CHARS_H
#define TEXT_CHARS_H

#include "text/text_par.h"

struct text_char {
    uint32_t cp;
    int item;
    int byte; /* in the item's text */
    unsigned char n; /* [B] */
    unsigned char class; /* enum text_class, context applied */
    unsigned char script; /* GUnicodeScript, 0: common */
    unsigned char width; /* [half em] of a Chinese mark, 0: the font's */
    bool breakable; /* the log attributes allow a break before it */
    bool grapheme; /* a cursor may stand before it */
    bool second; /* the second half of —— or …… */
    bool proportional; /* a shared mark that context makes Latin */
};

struct text_chars {
    struct text_char *c;
    int n;
    bool simple; /* Han, marks, ASCII words: Pango need not be asked */
    bool has_cjk;
};

/* Decodes all runs and finds classes.  Boxes, leaders and breaks stand for
 * themselves as one character; edges and marks leave none. */
void text_chars_init(struct text_chars *t, const struct text_par *p);
void text_chars_clear(struct text_chars *t);

#endif
