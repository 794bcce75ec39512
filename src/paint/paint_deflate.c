/* What a PDF holds is mostly font outlines, in which almost nothing repeats:
 * there Huffman codes do nearly all there is to do, and searching for matches
 * costs ten times as much as coding.  So one place is looked at for a match,
 * and the longer none is found the larger the steps become. */
#include "paint/paint_deflate.h"
#include "base/buf.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define HASH_BITS 14
#define WINDOW 32768 /* [B] RFC 1951 */
#define MATCH_MIN 4 /* [B] three would cost more than they save here */
#define MATCH_MAX 258
#define BLOCK 32768 /* tokens */
#define N_LITLEN 286
#define N_DIST 30
#define N_CODELEN 19
#define END_OF_BLOCK 256

struct token { /* dist 0: a literal */
    uint16_t dist;
    uint16_t len;
};

struct code {
    uint8_t len[288]; /* [bit] */
    uint16_t bits[288]; /* already turned round, as the stream wants them */
};

struct deflate {
    struct buf *out;
    const unsigned char *in;
    size_t n;
    uint64_t bits;
    int n_bits;
    uint32_t hash[1 << HASH_BITS]; /* position + 1 */
    struct token token[BLOCK];
    int n_tokens;
    size_t block_start; /* of the bytes that the tokens stand for */
    unsigned litlen_freq[288], dist_freq[32];
};

/* ---- bits ------------------------------------------------------------- */

static void
put(struct deflate *d, unsigned value, int n)
{
    d->bits |= (uint64_t)value << d->n_bits;
    d->n_bits += n;
    if (d->n_bits >= 32) {
        unsigned char four[4] = {d->bits & 255, d->bits >> 8 & 255,
            d->bits >> 16 & 255, d->bits >> 24 & 255};

        buf_add(d->out, four, 4);
        d->bits >>= 32;
        d->n_bits -= 32;
    }
}

static void
flush_bits(struct deflate *d)
{
    while (d->n_bits > 0) {
        buf_add_char(d->out, (char)(d->bits & 255));
        d->bits >>= 8;
        d->n_bits -= 8;
    }
    d->bits = 0;
    d->n_bits = 0;
}

/* ---- tables of RFC 1951, 3.2.5 ---------------------------------------- */

static const uint16_t len_base[29] = {3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17,
    19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t len_extra[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2,
    2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
static const uint16_t dist_base[30] = {1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49,
    65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577};
static const uint8_t dist_extra[30] = {0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
    6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
static const uint8_t codelen_order[N_CODELEN] = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

static int
row_of(const uint16_t *base, int n, int value)
{
    int low = 0, high = n - 1;

    while (low < high) {
        int mid = (low + high + 1) / 2;

        if (base[mid] <= value)
            low = mid;
        else
            high = mid - 1;
    }
    return low;
}

/* ---- Huffman codes ---------------------------------------------------- */

struct leaf {
    unsigned freq;
    int symbol;
};

static int
by_freq(const void *va, const void *vb)
{
    const struct leaf *a = va, *b = vb;

    if (a->freq != b->freq)
        return a->freq < b->freq ? -1 : 1;
    return a->symbol - b->symbol;
}

/* Lengths in place, for sorted weights (Moffat and Katajainen 1995): w[i]
 * comes back as the depth of leaf i. */
static void
depths(unsigned *w, int n)
{
    int root, leaf = 2, next;
    int avail, used, depth;

    w[0] += w[1];
    root = 0;
    for (next = 1; next < n - 1; next++) {
        unsigned sum = 0;

        for (int i = 0; i < 2; i++) {
            if (leaf >= n || (root < next && w[root] < w[leaf])) {
                sum += w[root];
                w[root++] = (unsigned)next;
            } else {
                sum += w[leaf++];
            }
        }
        w[next] = sum;
    }
    w[n - 2] = 0;
    for (next = n - 3; next >= 0; next--)
        w[next] = w[w[next]] + 1;
    avail = 1;
    used = depth = 0;
    root = n - 2;
    next = n - 1;
    while (avail > 0) {
        while (root >= 0 && (int)w[root] == depth) {
            used++;
            root--;
        }
        while (avail > used) {
            w[next--] = (unsigned)depth;
            avail--;
        }
        avail = 2 * used;
        depth++;
        used = 0;
    }
}

/* Too long codes are cut; what that oversubscribes is paid back by making
 * the longest of the shorter ones longer. */
static void
limit(unsigned *count, int max)
{
    unsigned total = 0;

    for (int i = 1; i <= max; i++)
        total += count[i] << (max - i);
    while (total > 1u << max) {
        int i = max - 1;

        while (!count[i])
            i--;
        count[max]--;
        count[i]--;
        count[i + 1] += 2;
        total--;
    }
}

static unsigned
turned(unsigned v, int n)
{
    unsigned r = 0;

    for (; n > 0; n--, v >>= 1)
        r = r << 1 | (v & 1);
    return r;
}

static void
assign(struct code *c, int n)
{
    unsigned count[16] = {0}, next[17] = {0};

    for (int i = 0; i < n; i++)
        count[c->len[i]]++;
    count[0] = 0;
    for (int i = 1; i <= 15; i++)
        next[i + 1] = (next[i] + count[i]) << 1;
    for (int i = 0; i < n; i++)
        if (c->len[i])
            c->bits[i] = (uint16_t)turned(next[c->len[i]]++, c->len[i]);
}

static void
make_code(struct code *c, const unsigned *freq, int n, int max)
{
    struct leaf leaf[288];
    unsigned w[288], count[64] = {0};
    int used = 0, at = 0;

    memset(c, 0, sizeof *c);
    for (int i = 0; i < n; i++)
        if (freq[i])
            leaf[used++] = (struct leaf){freq[i], i};
    if (used < 2) { /* a code of one symbol still has one bit */
        c->len[used ? leaf[0].symbol : 0] = 1;
        assign(c, n);
        return;
    }
    qsort(leaf, (size_t)used, sizeof *leaf, by_freq);
    for (int i = 0; i < used; i++)
        w[i] = leaf[i].freq;
    depths(w, used);
    for (int i = 0; i < used; i++)
        count[w[i] > (unsigned)max ? (unsigned)max : w[i]]++;
    limit(count, max);
    for (int len = max; len > 0; len--)
        for (unsigned k = 0; k < count[len]; k++)
            c->len[leaf[at++].symbol] = (uint8_t)len;
    assign(c, n);
}

/* ---- a block ---------------------------------------------------------- */

struct run { /* how some lengths are said */
    uint8_t symbol, extra, n_bits; /* the value of n_bits more bits */
};

/* The lengths of both codes in one row, runs shortened (RFC 1951, 3.2.7). */
static int
shorten(const uint8_t *len, int n, struct run *runs)
{
    int n_runs = 0;

    for (int i = 0, run; i < n; i += run) {
        struct run r = {len[i], 0, 0};

        run = 1;
        while (i + run < n && len[i + run] == len[i])
            run++;
        if (len[i] == 0 && run >= 11) {
            run = run > 138 ? 138 : run;
            r = (struct run){18, (uint8_t)(run - 11), 7};
        } else if (len[i] == 0 && run >= 3) {
            r = (struct run){17, (uint8_t)(run - 3), 3};
        } else if (i && len[i - 1] == len[i] && run >= 3) {
            run = run > 6 ? 6 : run;
            r = (struct run){16, (uint8_t)(run - 3), 2};
        } else {
            run = 1;
        }
        runs[n_runs++] = r;
    }
    return n_runs;
}

static void
put_codes(struct deflate *d, const struct code *lit, const struct code *dist)
{
    uint8_t len[288 + 32];
    struct run runs[288 + 32];
    unsigned freq[N_CODELEN] = {0};
    struct code c;
    int n_lit = N_LITLEN, n_dist = N_DIST, n_code = N_CODELEN, n_runs;

    while (n_lit > 257 && !lit->len[n_lit - 1])
        n_lit--;
    while (n_dist > 1 && !dist->len[n_dist - 1])
        n_dist--;
    memcpy(len, lit->len, (size_t)n_lit);
    memcpy(len + n_lit, dist->len, (size_t)n_dist);
    n_runs = shorten(len, n_lit + n_dist, runs);
    for (int i = 0; i < n_runs; i++)
        freq[runs[i].symbol]++;
    make_code(&c, freq, N_CODELEN, 7);
    while (n_code > 4 && !c.len[codelen_order[n_code - 1]])
        n_code--;
    put(d, (unsigned)(n_lit - 257), 5);
    put(d, (unsigned)(n_dist - 1), 5);
    put(d, (unsigned)(n_code - 4), 4);
    for (int i = 0; i < n_code; i++)
        put(d, c.len[codelen_order[i]], 3);
    for (int i = 0; i < n_runs; i++) {
        put(d, c.bits[runs[i].symbol], c.len[runs[i].symbol]);
        put(d, runs[i].extra, runs[i].n_bits);
    }
}

static void
fixed_codes(struct code *lit, struct code *dist)
{
    memset(lit, 0, sizeof *lit);
    memset(dist, 0, sizeof *dist);
    for (int i = 0; i < 288; i++)
        lit->len[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
    memset(dist->len, 5, 30);
    assign(lit, 288);
    assign(dist, 30);
}

static void
put_tokens(struct deflate *d, const struct code *lit, const struct code *dist)
{
    for (int i = 0; i < d->n_tokens; i++) {
        const struct token *t = &d->token[i];
        int row;

        if (!t->dist) {
            put(d, lit->bits[t->len], lit->len[t->len]);
            continue;
        }
        row = row_of(len_base, 29, t->len);
        put(d, lit->bits[257 + row], lit->len[257 + row]);
        put(d, (unsigned)(t->len - len_base[row]), len_extra[row]);
        row = row_of(dist_base, 30, t->dist);
        put(d, dist->bits[row], dist->len[row]);
        put(d, (unsigned)(t->dist - dist_base[row]), dist_extra[row]);
    }
    put(d, lit->bits[END_OF_BLOCK], lit->len[END_OF_BLOCK]);
}

/* Few tokens do not pay for the description of a code of their own. */
static void
put_block(struct deflate *d, bool last)
{
    struct code lit, dist;
    bool fixed = d->n_tokens < 80;

    put(d, last, 1);
    put(d, fixed ? 1 : 2, 2);
    if (fixed) {
        fixed_codes(&lit, &dist);
    } else {
        d->litlen_freq[END_OF_BLOCK] = 1;
        make_code(&lit, d->litlen_freq, N_LITLEN, 15);
        make_code(&dist, d->dist_freq, N_DIST, 15);
        put_codes(d, &lit, &dist);
    }
    put_tokens(d, &lit, &dist);
    d->n_tokens = 0;
    memset(d->litlen_freq, 0, sizeof d->litlen_freq);
    memset(d->dist_freq, 0, sizeof d->dist_freq);
}

/* ---- matches ---------------------------------------------------------- */

static void
add(struct deflate *d, int dist, int len)
{
    if (d->n_tokens == BLOCK)
        put_block(d, false);
    d->token[d->n_tokens++] = (struct token){(uint16_t)dist, (uint16_t)len};
    if (dist) {
        d->litlen_freq[257 + row_of(len_base, 29, len)]++;
        d->dist_freq[row_of(dist_base, 30, dist)]++;
    } else {
        d->litlen_freq[len]++;
    }
}

static uint32_t
four(const unsigned char *s)
{
    uint32_t v;

    memcpy(&v, s, 4);
    return v;
}

static int
match_length(const struct deflate *d, size_t from, size_t at)
{
    size_t max = d->n - at < MATCH_MAX ? d->n - at : MATCH_MAX;
    size_t n = 4;

    while (n < max && d->in[from + n] == d->in[at + n])
        n++;
    return (int)n;
}

/* The place that the table knows for the four bytes at AT; AT takes over. */
static size_t
swap_place(struct deflate *d, size_t at)
{
    uint32_t h = (four(d->in + at) * 2654435761u) >> (32 - HASH_BITS);
    size_t before = d->hash[h];

    d->hash[h] = (uint32_t)(at + 1);
    return before;
}

static void
tokens(struct deflate *d)
{
    size_t at = 0, barren = 0;

    while (at + MATCH_MIN <= d->n) {
        size_t from = swap_place(d, at);
        size_t step = 1 + (barren >> 5);

        if (from && at - (from - 1) <= WINDOW - 262 &&
            four(d->in + from - 1) == four(d->in + at)) {
            int len = match_length(d, from - 1, at);

            add(d, (int)(at - (from - 1)), len);
            at += (size_t)len;
            barren = 0;
            continue;
        }
        barren++;
        for (step = step > 16 ? 16 : step; step && at < d->n; step--)
            add(d, 0, d->in[at++]);
    }
    while (at < d->n)
        add(d, 0, d->in[at++]);
}

static uint32_t
adler32(const unsigned char *s, size_t n)
{
    uint32_t a = 1, b = 0;

    while (n) {
        size_t part = n < 5552 ? n
                               : 5552; /* RFC 1950: the sums stay in 32 bits */

        n -= part;
        while (part--) {
            a += *s++;
            b += a;
        }
        a %= 65521;
        b %= 65521;
    }
    return b << 16 | a;
}

void
paint_deflate(struct buf *out, const void *bytes, size_t n)
{
    struct deflate *d = calloc(1, sizeof *d);
    uint32_t sum = adler32(bytes, n);
    unsigned char tail[4] = {
        sum >> 24, sum >> 16 & 255, sum >> 8 & 255, sum & 255};

    if (!d)
        abort();
    d->out = out;
    d->in = bytes;
    d->n = n;
    buf_add(out, "\x78\x01", 2);
    tokens(d);
    put_block(d, true);
    flush_bits(d);
    buf_add(out, tail, 4);
    free(d);
}
