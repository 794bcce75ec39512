/* Lines as text, for tests: one line of the dump for each line.
 *
 *   [width+shift!overflow] piece | piece ...
 *
 * A run shows its text with ^n behind a cluster beyond ASCII that is not one
 * em wide (n in 1/1000 em); other pieces show <kind width>. */
#include "text/text_par.h"

#include "base/buf.h"
#include "base/length.h"

static void
dump_run(const struct text_piece *p, struct buf *out)
{
    int size = p->style != NULL && p->style->size > 0 ? p->style->size : 1;

    for (int i = 0; i < p->n_glyphs;) {
        int byte = p->glyphs[i].byte, advance = 0;
        while (i < p->n_glyphs && p->glyphs[i].byte == byte)
            advance += p->glyphs[i++].advance;
        int end = i < p->n_glyphs ? p->glyphs[i].byte : p->n_utf8;
        buf_add(out, p->utf8 + byte, (size_t)(end - byte));
        int em = (int)((int64_t)advance * 1000 / size);
        if (em != 1000 && (unsigned char)p->utf8[byte] >= 0x80)
            buf_printf(out, "^%d", em);
    }
    if (p->hyphenated)
        buf_add_str(out, "\\-");
}

static void
dump_piece(const struct text_piece *p, struct buf *out)
{
    static const char *const names[] = {
        "run",
        "box",
        "leader",
        "break",
        "open",
        "close",
        "mark",
    };
    char width[24];

    if (p->kind == TEXT_RUN) {
        dump_run(p, out);
        return;
    }
    buf_printf(out, "<%s", names[p->kind]);
    if (p->width != 0)
        buf_printf(out, " %s", mpt_print(width, p->width));
    buf_add_str(out, p->continues ? "...>" : ">");
}

void
text_dump(const struct text_lines *l, struct buf *out)
{
    for (const struct text_line *line = l->first; line != NULL;
         line = line->next) {
        char n[24];
        buf_printf(out, "[%s", mpt_print(n, line->width));
        if (line->indent + line->shift != 0)
            buf_printf(out, "+%s", mpt_print(n, line->indent + line->shift));
        if (line->overflow != 0)
            buf_printf(out, "!%s", mpt_print(n, line->overflow));
        buf_add_str(out, "] ");
        for (const struct text_piece *p = line->first; p != NULL; p = p->next) {
            dump_piece(p, out);
            if (p->next != NULL && p->kind == TEXT_RUN &&
                p->next->kind == TEXT_RUN)
                buf_add_char(out, '|');
        }
        buf_add_char(out, '\n');
    }
}
