/* Inside src/layout: footnotes.  A note's body is a tape of its own; a page
 * takes the notes of the lines it takes, the last of them perhaps in part. */
#ifndef LAYOUT_LAY_NOTE_H
#define LAYOUT_LAY_NOTE_H

#include "layout/lay.h"

struct lay_note {
    struct lay_note *next;   /* anchored in the same piece */
    struct lay_tape *tape;   /* the footnote-body */
    const struct fo_node *node;
    int height;              /* [mpt] whole */
    int first;               /* [mpt] the least that must stand with its anchor */
};

/* What the page holds of notes before the walk. */
struct lay_note_room {
    int separator;  /* [mpt] of xsl-footnote-separator */
    int waiting;    /* [mpt] notes left over from earlier pages; they come first */
};

/* Notes of all pieces but the last must stand whole; of the last piece's the
 * first must begin, the rest may run over to the next page. */
struct lay_note_sum {
    int whole;      /* [mpt] notes of earlier pieces, separator included */
    int last;       /* [mpt] notes of the last piece that had any, whole */
    int last_first; /* [mpt] the least of them */
    int separator;
    bool any;
};

void lay_note_begin(struct lay_note_sum *s, const struct lay_note_room *r);
void lay_note_add(struct lay_note_sum *s, const struct lay_note *n); /* the notes of one piece */
int lay_note_least(const struct lay_note_sum *s); /* [mpt] what must stand with a break right behind the anchor */
int lay_note_all(const struct lay_note_sum *s);   /* [mpt] once more text follows, no note may run over */

struct lay_note *lay_note_new(struct lay_ctx *c, const struct fo_node *footnote);

#endif
