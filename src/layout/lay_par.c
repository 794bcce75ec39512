/* Paragraphs: the block's properties become the composer's setting, lines
 * become pieces on the tape with orphans and widows between them. */
#include "layout/lay_par.h"
#include "layout/lay_inline.h"
#include "layout/lay_note.h"

#include "base/arena.h"
#include "base/diag.h"
#include "base/length.h"
#include "base/utf8.h"

#include <string.h>

/* ---- the setting ------------------------------------------------------ */

static enum text_align
align_from_value(enum fo_value v, enum text_align other)
{
    switch (v) {
    case FO_V_START:
        return TEXT_START;
    case FO_V_END:
        return TEXT_END;
    case FO_V_CENTER:
        return TEXT_CENTER;
    case FO_V_JUSTIFY:
        return TEXT_JUSTIFY;
    default:
        return other;
    }
}

static enum text_punct
punct_from_value(enum fo_value v)
{
    switch (v) {
    case FO_V_KAIMING:
        return TEXT_KAIMING;
    case FO_V_BANJIAO:
        return TEXT_BANJIAO;
    case FO_V_HANGMO:
        return TEXT_HANGMO;
    case FO_V_NONE:
        return TEXT_UNTRIMMED;
    default:
        return TEXT_QUANJIAO;
    }
}

static enum text_prohibit
prohibit_from_value(enum fo_value v)
{
    switch (v) {
    case FO_V_NONE:
        return TEXT_PROHIBIT_NONE;
    case FO_V_BASIC:
        return TEXT_PROHIBIT_BASIC;
    case FO_V_STRICT:
        return TEXT_PROHIBIT_STRICT;
    default:
        return TEXT_PROHIBIT_GB;
    }
}

/* Han characters and their marks begin at U+2E80; “ ” — … are shared. */
static bool
has_han(const struct fo_node *n, const struct fo_node *end, int depth)
{
    for (; n && n != end && depth < LAY_DEPTH_MAX; n = n->next) {
        if (n->kind == FO_TEXT) {
            const char *s = n->text;
            const char *stop = s + n->len;
            while (s < stop)
                if ((unsigned char)*s < 0xE2)
                    s++;
                else if (utf8_next(&s, stop) >= 0x2E80)
                    return true;
        } else if (n->kind == FO_CHARACTER && n->style->character >= 0x2E80) {
            return true;
        } else if (has_han(n->first, NULL, depth + 1)) {
            return true;
        }
    }
    return false;
}

static void
setting_from_style(struct lay_ctx *c, const struct fo_style *s, int ipd,
    struct text_setting *t)
{
    memset(t, 0, sizeof *t);
    t->align = align_from_value(s->text_align, TEXT_START);
    enum text_align last = t->align == TEXT_JUSTIFY ? TEXT_START : t->align;
    t->align_last = align_from_value(s->text_align_last, last);
    t->first_indent = fo_len_mpt(s->text_indent, ipd);
    t->last_end_indent = fo_len_mpt(s->last_line_end_indent, ipd);
    t->font_size = s->font_size;
    t->punct = punct_from_value(s->sb_punctuation);
    t->prohibit = prohibit_from_value(s->sb_prohibition);
    t->trim_line_start = s->sb_line_start == FO_V_TRIM;
    t->hang = s->sb_hang == FO_V_ALLOW_END;
    t->autospace = s->sb_autospace.abs && s->font_size
        ? (int)((long long)s->sb_autospace.abs * 1000 / s->font_size)
        : (int)(s->sb_autospace.pct * 1000 + 0.5f);
    t->balance = s->sb_balance == FO_V_BALANCE;
    t->close_dates = c->close_dates;
    if (c->grid_advance && t->align == TEXT_JUSTIFY &&
        s->font_size <= c->grid_advance + 500)
        t->grid = c->grid_advance;
    if (t->grid > 0) /* 2 em are two columns */
        t->first_indent = (t->first_indent + t->grid / 2) / t->grid * t->grid;
}

/* ---- making ----------------------------------------------------------- */

struct lay_segment *
lay_par_segment(struct lay_ctx *c, struct lay_par *p)
{
    struct lay_segment *s = ARENA_NEW(c->arena, struct lay_segment);
    if (p->last)
        p->last->next = s;
    else
        p->first = s;
    p->last = s;
    return s;
}

static struct lay_par *
par_new(struct lay_ctx *c, const struct fo_node *block,
    const struct fo_node *first, const struct fo_node *end, int ipd)
{
    struct lay_par *p = ARENA_NEW(c->arena, struct lay_par);
    p->block = block;
    p->ipd = ipd;
    lay_par_segment(c, p)->text = text_par_new(
        c->arena, c->lay->job->text, c->lay->diags);
    lay_inline_fill(c, p, first, end);
    return p;
}

struct lay_par *
lay_par_new(struct lay_ctx *c, const struct fo_node *block,
    const struct fo_node *first, const struct fo_node *end, int ipd)
{
    struct lay_par *p = par_new(c, block, first, end, ipd);
    struct text_setting t;
    setting_from_style(c, block->style, ipd, &t);
    t.latin = !has_han(first, end, 0);
    if (c->skip)
        t.first_indent = 0;
    for (struct lay_segment *s = p->first; s; s = s->next) {
        if (s->text && s->any) {
            s->lines = text_par_compose(s->text, ipd, &t);
            p->n += s->lines->n;
        } else if (s->block) {
            p->n++;
        }
        if (s->any)
            t.first_indent = 0;
    }
    return p;
}

bool
lay_par_is_empty(const struct lay_par *p)
{
    return !p->any_mark && !p->n_markers && !p->n;
}

const struct text_lines *
lay_par_single(struct lay_ctx *c, const struct fo_node *n)
{
    struct lay_par *p = par_new(c, n, n->first, NULL, MPT_MAX);
    struct text_setting t;
    setting_from_style(c, n->style, 0, &t);
    t.align = t.align_last = TEXT_START;
    t.first_indent = t.last_end_indent = 0;
    t.latin = true;
    return p->first->any && p->first->text
        ? text_par_compose(p->first->text, MPT_MAX, &t)
        : NULL;
}

/* ---- writing ---------------------------------------------------------- */

/* Footnotes anchored in a line, in order. */
static struct lay_note *
notes_of(const struct text_line *t)
{
    struct lay_note *first = NULL;
    struct lay_note **at = &first;
    for (const struct text_piece *p = t->first; p; p = p->next) {
        const struct inl *i = p->tag;
        if (p->kind == TEXT_MARK && i->kind == INL_NOTE && i->note) {
            *at = i->note;
            at = &i->note->next;
        }
    }
    return first;
}

static struct lay_piece *
piece_from_line(
    struct lay_ctx *c, const struct lay_par *p, const struct text_line *t)
{
    struct lay_line *l = ARENA_NEW(c->arena, struct lay_line);
    l->text = t;
    l->block = p->block;
    l->ipd = p->ipd;
    lay_line_measure(c, l);
    struct lay_piece *piece = ARENA_NEW(c->arena, struct lay_piece);
    piece->height = l->before + l->lead + l->follow + l->after;
    piece->node = p->block;
    piece->emit = lay_line_emit;
    piece->data = l;
    piece->notes = notes_of(t);
    return piece;
}

/* How strongly the break behind the first K of N lines is forbidden. */
static int
line_keep(const struct fo_style *s, int k, int n)
{
    return k < s->orphans || n - k < s->widows ? FO_KEEP_ALWAYS : FO_KEEP_AUTO;
}

static void
warn_overflow(
    struct lay_ctx *c, const struct lay_par *p, const struct text_line *t)
{
    char mpt[24];
    struct where w = fo_where(c->lay->tree, p->block);
    if (t->overflow > 0 && p->block->style->overflow != FO_V_HIDDEN)
        diag_add(
            c->lay->diags, DIAG_LINE_OVERFLOW, &w, mpt_print(mpt, t->overflow));
}

/* Ids without any text make a place of no height. */
static void
write_anchors(struct lay_ctx *c, const struct fo_node *n, int depth)
{
    for (; n && depth < LAY_DEPTH_MAX; n = n->next) {
        if (n->kind == FO_TEXT)
            continue;
        if (n->style->id)
            lay_tape_anchor(c, n);
        write_anchors(c, n->first, depth + 1);
    }
}

/* The break before line K of N. */
static void
write_break(
    struct lay_ctx *c, const struct lay_par *p, int k, enum lay_force force)
{
    int keep = line_keep(p->block->style, k, p->n);
    struct fo_keep in = c->together;
    if (k)
        lay_tape_break(c->tape, lay_int_max(keep, in.column),
            lay_int_max(keep, in.page), force);
}

static int
write_segment(
    struct lay_ctx *c, struct lay_par *p, const struct lay_segment *s, int k)
{
    if (s->block) {
        write_break(c, p, k, lay_force_before(s->block));
        lay_tape_piece(
            c->tape, lay_line_block(c, p->block, s->block, s->up, p->ipd));
        return k + 1;
    }
    for (const struct text_line *t = s->lines ? s->lines->first : NULL; t;
         t = t->next) {
        write_break(c, p, k++, LAY_FORCE_NONE);
        lay_tape_piece(c->tape, piece_from_line(c, p, t));
        warn_overflow(c, p, t);
    }
    return k;
}

void
lay_par_write(struct lay_ctx *c, struct lay_par *p)
{
    int k = 0;
    for (int i = 0; i < p->n_markers; i++)
        lay_tape_add_marker(c->tape, p->markers[i]);
    if (!p->n && p->any_mark)
        write_anchors(c, p->block->first, 0);
    for (const struct lay_segment *s = p->first; s; s = s->next)
        k = write_segment(c, p, s, k);
}
