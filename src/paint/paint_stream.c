#include "paint/paint_stream.h"
#include <fcntl.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct index { /* a CFF INDEX (Adobe 5176, 5) */
    size_t count;
    int off_size;
    size_t offsets; /* where the offsets begin, from the table's start */
    size_t data; /* offset 1 counts from one byte behind this */
    size_t end; /* first byte behind it */
};

#define SEGMENTS                                                               \
    256 /* glyphs of a page's merged clusters, and one to end with */
#define CMAP_BYTES                                                             \
    (12 + 16 + 8 * SEGMENTS) /* head, format 4 with one sub-table */

struct paint_stream {
    struct FT_StreamRec_ ft;
    const unsigned char *map;
    size_t size;
    size_t cmap_row; /* where the file's directory has it; 0: nowhere */
    unsigned char row[16]; /* what stands there for our readers */
    unsigned char cmap[CMAP_BYTES]; /* ours, behind the file's end */
    unsigned said[SEGMENTS]; /* glyphs in it */
    int n_said;
    size_t cff,
        cff_size; /* the table in the file; size 0: none, or not understood */
    struct index charstrings; /* places from the table's start */
    unsigned char *used; /* bit a glyph */
};

/* ---- numbers, checked ------------------------------------------------- */

static unsigned
be(const struct paint_stream *s, size_t at, int bytes)
{
    unsigned v = 0;

    if (at > s->size || (size_t)bytes > s->size - at)
        return 0;
    for (int i = 0; i < bytes; i++)
        v = v << 8 | s->map[at + (size_t)i];
    return v;
}

/* ---- where the tables are --------------------------------------------- */

static void
find_tables(struct paint_stream *s, int face)
{
    size_t at = 0;
    unsigned n;

    if (be(s, 0, 4) == 0x74746366) { /* 'ttcf' */
        if (face < 0 || (unsigned)face >= be(s, 8, 4))
            return;
        at = be(s, 12 + 4 * (size_t)face, 4);
    }
    n = be(s, at + 4, 2);
    for (unsigned i = 0; i < n; i++) {
        size_t row = at + 12 + 16 * (size_t)i;

        if (be(s, row, 4) == 0x636d6170) { /* 'cmap' */
            s->cmap_row = row;
        } else if (be(s, row, 4) == 0x43464620) { /* 'CFF ' */
            s->cff = be(s, row + 8, 4);
            s->cff_size = be(s, row + 12, 4);
        }
    }
    if (s->cff > s->size || s->cff_size > s->size - s->cff)
        s->cff_size = 0;
}

/* ---- the table -------------------------------------------------------- */

static bool
read_index(const struct paint_stream *s, size_t at, struct index *x)
{
    unsigned last;

    memset(x, 0, sizeof *x);
    if (at + 2 > s->cff_size)
        return false;
    x->count = be(s, s->cff + at, 2);
    x->end = at + 2;
    if (x->count == 0)
        return true;
    x->off_size = (int)be(s, s->cff + at + 2, 1);
    if (x->off_size < 1 || x->off_size > 4)
        return false;
    x->offsets = at + 3;
    x->data = x->offsets + (x->count + 1) * (size_t)x->off_size - 1;
    last = be(s, s->cff + x->data + 1 - (size_t)x->off_size, x->off_size);
    x->end = x->data + last;
    return x->end <= s->cff_size;
}

static size_t
element(const struct paint_stream *s, const struct index *x, size_t i)
{
    return x->data +
        be(s, s->cff + x->offsets + i * (size_t)x->off_size, x->off_size);
}

/* The operand of CharStrings (17) in the Top DICT from AT to END; 0: none. */
static size_t
charstrings_offset(const struct paint_stream *s, size_t at, size_t end)
{
    long operand = 0;

    while (at < end) {
        unsigned b = be(s, s->cff + at++, 1);

        if (b >= 32 && b <= 246) {
            operand = (long)b - 139;
        } else if (b >= 247 && b <= 254) {
            at++;
        } else if (b == 28) {
            operand = (long)be(s, s->cff + at, 2);
            at += 2;
        } else if (b == 29) {
            operand = (long)be(s, s->cff + at, 4);
            at += 4;
        } else if (b == 30) {
            while (at < end && (be(s, s->cff + at++, 1) & 15) != 15)
                ;
        } else if (b == 12) {
            at++;
        } else if (b == 17) {
            return operand > 0 ? (size_t)operand : 0;
        }
    }
    return 0;
}

/* Fills charstrings; false: the table is odd, it is then read as it is. */
static bool
read_cff(struct paint_stream *s)
{
    struct index names, tops;
    size_t at;

    if (!s->cff_size || !read_index(s, be(s, s->cff + 2, 1), &names) ||
        !read_index(s, names.end, &tops) || tops.count < 1)
        return false;
    at = charstrings_offset(s, element(s, &tops, 0), tops.end);
    return at && read_index(s, at, &s->charstrings) && s->charstrings.count > 0;
}

static void
read_sparsely(const struct paint_stream *s, unsigned char *out)
{
    const unsigned char *table = s->map + s->cff;
    const struct index *x = &s->charstrings;

    memcpy(out, table, x->data + 1);
    memcpy(out + x->end, table + x->end, s->cff_size - x->end);
    for (size_t i = 0; i < x->count; i++) {
        size_t from, to;

        if (!(s->used[i / 8] & 1 << i % 8))
            continue;
        from = element(s, x, i);
        to = element(s, x, i + 1);
        if (from <= to && to <= x->end)
            memcpy(out + from, table + from, to - from);
    }
}

/* ---- FreeType's side -------------------------------------------------- */

/* Puts BYTES, which stand at WHERE of the file, over what a read took in. */
static void
overlay(unsigned long at, unsigned char *out, unsigned long count, size_t where,
    const unsigned char *bytes, size_t n)
{
    size_t from = where > at ? where : at;
    size_t to = where + n < at + count ? where + n : at + count;

    if (from < to)
        memcpy(out + (from - at), bytes + (from - where), to - from);
}

static unsigned long
on_read(FT_Stream ft, unsigned long at, unsigned char *out, unsigned long count)
{
    struct paint_stream *s = ft->descriptor.pointer;

    if (count == 0) /* a seek: 0 is success */
        return at > ft->size;
    if (at > ft->size)
        return 0;
    if (s->used && at == s->cff && count == s->cff_size) {
        read_sparsely(s, out);
        return count;
    }
    if (count > ft->size - at)
        count = ft->size - at;
    overlay(at, out, count, 0, s->map, s->size);
    if (s->cmap_row) {
        overlay(at, out, count, s->cmap_row, s->row, sizeof s->row);
        overlay(at, out, count, s->size, s->cmap, sizeof s->cmap);
    }
    return count;
}

static void
on_close(FT_Stream ft)
{
    struct paint_stream *s = ft->descriptor.pointer;

    munmap((void *)(uintptr_t)s->map, s->size);
    free(s->used);
    free(s);
}

/* ---- our own cmap (OpenType, cmap format 4) --------------------------- */

static void
put(unsigned char *at, unsigned v, int bytes)
{
    while (bytes-- > 0) {
        at[bytes] = (unsigned char)v;
        v >>= 8;
    }
}

/* The four columns of a segment: end, start, delta, range offset. */
static void
put_segment(struct paint_stream *s, int i, unsigned cp, unsigned glyph)
{
    unsigned char *end = s->cmap + 12 + 14 + 2 * i;

    put(end, cp, 2);
    put(end + 2 * SEGMENTS + 2, cp, 2);
    put(end + 4 * SEGMENTS + 2, glyph - cp, 2);
}

static void
make_cmap(struct paint_stream *s)
{
    static const unsigned char head[] = {0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12};
    unsigned char *table = s->cmap + 12;

    memcpy(s->cmap, head, sizeof head);
    put(table, 4, 2);
    put(table + 2, CMAP_BYTES - 12, 2);
    put(table + 6, 2 * SEGMENTS, 2);
    memcpy(s->row, "cmap", 4);
    put(s->row + 8, (unsigned)s->size, 4);
    put(s->row + 12, CMAP_BYTES, 4);
    for (int i = 0; i < SEGMENTS; i++)
        put_segment(s, i, 0xffff, 0);
}

void
paint_stream_say(struct paint_stream *s, unsigned glyph, unsigned cp)
{
    for (int i = 0; i < s->n_said; i++)
        if (s->said[i] == glyph)
            return;
    if (s->n_said >= SEGMENTS - 1 || cp >= 0xffff || glyph >= 0xffff)
        return;
    s->said[s->n_said] = glyph;
    put_segment(s, s->n_said++, cp, glyph);
}

void
paint_stream_unsay(struct paint_stream *s)
{
    while (s->n_said > 0)
        put_segment(s, --s->n_said, 0xffff, 0);
}

/* ---- opening ---------------------------------------------------------- */

static bool
map_file(struct paint_stream *s, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *map = MAP_FAILED;

    if (fd < 0)
        return false;
    if (fstat(fd, &st) == 0 && st.st_size > 0) {
        s->size = (size_t)st.st_size;
        map = mmap(NULL, s->size, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    close(fd);
    s->map = map;
    return map != MAP_FAILED;
}

int
paint_stream_open(FT_Library library, const char *path, int index,
    FT_Face *face, struct paint_stream **stream)
{
    struct paint_stream *s = calloc(1, sizeof *s);
    FT_Open_Args args = {.flags = FT_OPEN_STREAM};

    if (!s || !map_file(s, path)) {
        free(s);
        return FT_Err_Cannot_Open_Resource;
    }
    find_tables(s, index);
    if (read_cff(s)) {
        s->used = calloc(1, s->charstrings.count / 8 + 1);
        if (!s->used)
            abort();
        paint_stream_use(s, 0); /* .notdef is in every subset */
    }
    make_cmap(s);
    s->ft.descriptor.pointer = s;
    s->ft.size = s->size + (s->cmap_row ? CMAP_BYTES : 0);
    s->ft.read = on_read;
    s->ft.close = on_close;
    args.stream = &s->ft;
    *stream = s;
    return FT_Open_Face(library, &args, index, face);
}

void
paint_stream_use(struct paint_stream *s, unsigned glyph)
{
    if (s->used && glyph < s->charstrings.count)
        s->used[glyph / 8] |= (unsigned char)(1 << glyph % 8);
}

void
paint_stream_forget(struct paint_stream *s)
{
    paint_stream_unsay(s);
    if (!s->used)
        return;
    memset(s->used, 0, s->charstrings.count / 8 + 1);
    paint_stream_use(s, 0);
}
