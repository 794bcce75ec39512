/* The floor: pool, buffer, code points, lengths, diagnostics. */
#include "unit.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/length.h"
#include "base/utf8.h"
#include <math.h>
#include <stdint.h>

static char order[4];

static void
note(void *ptr)
{
    strcat(order, ptr);
}

static void
test_arena(void)
{
    struct arena *a = arena_new();
    char *p = arena_alloc(a, 3), *big;
    int zero = 0;

    CHECK((uintptr_t)p % 16 == 0);
    CHECK((uintptr_t)arena_alloc(a, 1) % 16 == 0);
    big = arena_alloc(a, 1 << 20);
    for (int i = 0; i < 1 << 20; i++)
        zero += big[i];
    CHECK_INT(zero, 0);
    CHECK_STR(arena_strndup(a, "abcdef", 3), "abc");
    CHECK_STR(arena_printf(a, "%d-%s", 7, "x"), "7-x");
    arena_defer(a, note, "1");
    arena_defer(a, note, "2");
    arena_free(a);
    CHECK_STR(order, "21"); /* last in, first out */
    arena_free(NULL);
}

static void
test_buf(void)
{
    struct buf b;

    buf_init(&b);
    buf_add_str(&b, "a");
    buf_add_utf8(&b, 0x4e2d);
    buf_add_utf8(&b, 0x1f600);
    CHECK_STR(b.data, "a中\xf0\x9f\x98\x80");
    buf_reset(&b);
    buf_add_xml(&b, "<&\">\x01", 5);
    CHECK_STR(b.data, "&lt;&amp;&quot;&gt;\xef\xbf\xbd");
    buf_reset(&b);
    for (int i = 0; i < 10000; i++)
        buf_printf(&b, "%d,", i % 10);
    CHECK_INT((long long)b.len, 20000);
    CHECK_INT(b.data[b.len], 0);
    buf_clear(&b);
    CHECK_INT((long long)b.len, 0);
}

static void
test_utf8(void)
{
    const char *s = "中a\xff\xe4\xb8", *end = s + strlen(s);
    char out[4];

    CHECK_INT(utf8_next(&s, end), 0x4e2d);
    CHECK_INT(utf8_next(&s, end), 'a');
    CHECK_INT(utf8_next(&s, end), 0xfffd); /* one byte at a time */
    CHECK_INT(utf8_next(&s, end), 0xfffd);
    CHECK_INT(utf8_next(&s, end), 0xfffd);
    CHECK(s == end);
    CHECK_INT((long long)utf8_count("中文ab", 8), 4);
    CHECK_INT(utf8_put(out, 0x20ac), 3);
    s = "\xed\xa0\x80"; /* a surrogate is no character */
    CHECK_INT(utf8_next(&s, s + 3), 0xfffd);
    s = "\xc0\x80"; /* nor is an overlong NUL */
    CHECK_INT(utf8_next(&s, s + 2), 0xfffd);
}

static void
test_length(void)
{
    char text[24];

    CHECK_INT(mpt_from_double(1.5), 2);
    CHECK_INT(mpt_from_double(NAN), 0);
    CHECK_INT(mpt_from_double(INFINITY), MPT_LENGTH_MAX);
    CHECK_INT(mpt_from_double(-1e300), -MPT_LENGTH_MAX);
    CHECK_INT(mpt_clamp(1LL << 40), MPT_MAX);
    CHECK_INT(mpt_from_double(mpt_from_unit("in", 2)), 72000);
    CHECK_INT(mpt_from_double(25.4 * mpt_from_unit("mm", 2)), 72000);
    CHECK_INT(mpt_from_double(mpt_from_unit("furlong", 7)), 0);
    CHECK_STR(mpt_print(text, 12345), "12.345");
    CHECK_STR(mpt_print(text, -500), "-0.5");
    CHECK_STR(mpt_print(text, 72000), "72");
}

static void
test_diag(void)
{
    struct arena *a = arena_new();
    struct where w = {"x.fo", 3, 7};
    struct diags d;
    struct buf out;

    diags_init(&d, a);
    buf_init(&out);
    diag_add(&d, DIAG_FO_UNKNOWN_OBJECT, &w, "fo:nothing");
    diag_add(&d, DIAG_FO_UNKNOWN_OBJECT, &w, "fo:nothing");
    CHECK_INT(d.kept, 1); /* said once */
    CHECK(!diags_have_errors(&d));
    diags_print_short(&d, &out);
    CHECK(strstr(out.data, "x.fo:3:7: ") == out.data);
    CHECK(strstr(out.data, "[fo-unknown-object]\n") != NULL);
    diag_add(&d, DIAG_FO_NOT_ROOT, &w, "html");
    CHECK(diags_have_errors(&d));
    for (int i = 0; i < 1000; i++) {
        w.line = i;
        diag_add(&d, DIAG_FO_UNKNOWN_OBJECT, &w, "fo:nothing");
    }
    CHECK(d.kept < 300); /* a flood is counted, not kept */
    buf_clear(&out);
    arena_free(a);
}

int
main(void)
{
    test_arena();
    test_buf();
    test_utf8();
    test_length();
    test_diag();
    return unit_done();
}
