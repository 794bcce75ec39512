/* Classes of characters: ASCII and ideographs at once, the rest from the
 * table of ranges, letters of all other scripts by GLib. */
#include "text/text_class.h"

#include <glib.h>

struct range {
    unsigned lo;
    unsigned hi;
    unsigned char class;
};

static const struct range ranges[] = {
#define CLASS(lo, hi, class) {lo, hi, TEXT_CLASS_##class},
#include "text/text_class.def"
#undef CLASS
};

#define RANGES ((int)(sizeof ranges / sizeof *ranges))

static enum text_class
class_of_ascii(unsigned cp)
{
    if (cp >= '0' && cp <= '9')
        return TEXT_CLASS_DIGIT;
    if ((cp | 32) >= 'a' && (cp | 32) <= 'z')
        return TEXT_CLASS_ALPHA;

    switch (cp) {
    case '\t':
    case '\n':
    case '\r':
    case '\f':
    case '\v':
    case ' ':
        return TEXT_CLASS_SPACE;
    case '-':
        return TEXT_CLASS_HYPHEN;
    case '/':
        return TEXT_CLASS_SLASH;
    case '%':
    case '&':
    case '@':
    case '#':
    case '$':
    case '+':
    case '=':
        return TEXT_CLASS_SIGN;
    }
    return cp < ' ' || cp == 0x7F ? TEXT_CLASS_INVISIBLE : TEXT_CLASS_OTHER;
}

static enum text_class
class_of_range(unsigned cp)
{
    int lo = 0, hi = RANGES;

    while (lo < hi) {
        int mid = (lo + hi) / 2;
        if (cp > ranges[mid].hi)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo < RANGES && cp >= ranges[lo].lo)
        return ranges[lo].class;
    if (cp >= 0x80 && cp < 0xA0)
        return TEXT_CLASS_INVISIBLE;
    if (g_unichar_ismark(cp))
        return TEXT_CLASS_EXTEND;
    return g_unichar_isalpha(cp) ? TEXT_CLASS_ALPHA : TEXT_CLASS_OTHER;
}

enum text_class
text_class_of(unsigned cp)
{
    if (cp < 0x80)
        return class_of_ascii(cp);
    if ((cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF) ||
        (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFD))
        return TEXT_CLASS_HAN;
    return class_of_range(cp);
}

/* From which level on a class may not stand at the edge; 0: never forbidden. */
static const struct {
    unsigned char start;
    unsigned char end;
} forbidden[TEXT_CLASSES] = {
    [TEXT_CLASS_NOSTART] = {TEXT_PROHIBIT_BASIC, 0},
    [TEXT_CLASS_OPEN] = {0, TEXT_PROHIBIT_BASIC},
    [TEXT_CLASS_CLOSE] = {TEXT_PROHIBIT_BASIC, 0},
    [TEXT_CLASS_COMMA] = {TEXT_PROHIBIT_BASIC, 0},
    [TEXT_CLASS_STOP] = {TEXT_PROHIBIT_BASIC, 0},
    [TEXT_CLASS_MID] = {TEXT_PROHIBIT_BASIC, 0}, /* GB/T 15834 5.1.7 */
    [TEXT_CLASS_HYPHEN] = {TEXT_PROHIBIT_BASIC, 0}, /* 5.1.6 */
    [TEXT_CLASS_DASH1] = {TEXT_PROHIBIT_BASIC, 0}, /* 5.1.6 */
    [TEXT_CLASS_SLASH] = {TEXT_PROHIBIT_GB, TEXT_PROHIBIT_GB}, /* 5.1.9 */
    [TEXT_CLASS_DASH2] = {TEXT_PROHIBIT_STRICT, 0},
    [TEXT_CLASS_ELLIPSIS] = {TEXT_PROHIBIT_STRICT, 0},
};

bool
text_class_no_start(enum text_class c, enum text_prohibit level)
{
    return forbidden[c].start != 0 && (int)level >= forbidden[c].start;
}

bool
text_class_no_end(enum text_class c, enum text_prohibit level)
{
    return forbidden[c].end != 0 && (int)level >= forbidden[c].end;
}
