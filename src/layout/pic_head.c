/* What the head of a picture says: size in pixels and resolution.  Every read
 * is checked against the end; nothing is decoded. */
#include "base/length.h"
#include "layout/pic_in.h"
#include <string.h>

struct head {
    const unsigned char *s;
    size_t n;
    double dpi_x, dpi_y; /* 0: not said */
    unsigned width, height;
    const char *fault;
};

static unsigned
be16(const unsigned char *s)
{
    return (unsigned)s[0] << 8 | s[1];
}

static unsigned
be32(const unsigned char *s)
{
    return be16(s) << 16 | be16(s + 2);
}

/* ---- PNG (ISO 15948, 11.2.2 and 11.3.5.3) ----------------------------- */

static void
png_resolution(struct head *h, const unsigned char *chunk, size_t n)
{
    if (n < 9 || chunk[8] != 1)
        return;
    h->dpi_x = be32(chunk) * 0.0254;
    h->dpi_y = be32(chunk + 4) * 0.0254;
}

static void
png(struct head *h)
{
    size_t at = 8;

    if (h->n < 33 || memcmp(h->s + 12, "IHDR", 4)) {
        h->fault = "the PNG has no header";
        return;
    }
    h->width = be32(h->s + 16);
    h->height = be32(h->s + 20);
    while (at + 12 <= h->n) {
        size_t len = be32(h->s + at);

        if (memcmp(h->s + at + 4, "IDAT", 4) == 0)
            return;
        if (len > h->n - at - 12)
            break;
        if (memcmp(h->s + at + 4, "pHYs", 4) == 0)
            png_resolution(h, h->s + at + 8, len);
        at += len + 12;
    }
    h->fault = "the PNG has no picture in it";
}

/* ---- JPEG (ISO 10918-1 B, JFIF, Exif 2.3) ----------------------------- */

struct tiff {
    const unsigned char *s;
    size_t n;
    bool little;
};

static unsigned
tiff_number(const struct tiff *t, size_t at, int bytes)
{
    unsigned v = 0;

    if (at + (size_t)bytes > t->n)
        return 0;
    for (int i = 0; i < bytes; i++)
        v = v << 8 | t->s[at + (size_t)(t->little ? bytes - 1 - i : i)];
    return v;
}

static double
tiff_ratio(const struct tiff *t, size_t entry)
{
    size_t at = tiff_number(t, entry + 8, 4);
    unsigned below = tiff_number(t, at + 4, 4);

    return below ? (double)tiff_number(t, at, 4) / below : 0;
}

static void
exif(struct head *h, const unsigned char *s, size_t n)
{
    struct tiff t = {s, n, n > 0 && s[0] == 'I'};
    size_t ifd = tiff_number(&t, 4, 4);
    unsigned entries = tiff_number(&t, ifd, 2);
    double x = 0, y = 0, unit = 1;

    for (unsigned i = 0; i < entries && i < 200; i++) {
        size_t entry = ifd + 2 + i * 12;
        unsigned tag = tiff_number(&t, entry, 2);

        if (tag == 0x011a)
            x = tiff_ratio(&t, entry);
        else if (tag == 0x011b)
            y = tiff_ratio(&t, entry);
        else if (tag == 0x0128 && tiff_number(&t, entry + 8, 2) == 3)
            unit = 2.54; /* per centimetre */
    }
    if (x > 0 && y > 0 && h->dpi_x <= 0) {
        h->dpi_x = x * unit;
        h->dpi_y = y * unit;
    }
}

static void
jpeg_app(struct head *h, int marker, const unsigned char *s, size_t n)
{
    if (marker == 0xe0 && n >= 12 && memcmp(s, "JFIF", 5) == 0 &&
        (s[7] == 1 || s[7] == 2)) {
        double unit = s[7] == 2 ? 2.54 : 1;

        h->dpi_x = be16(s + 8) * unit;
        h->dpi_y = be16(s + 10) * unit;
    }
    if (marker == 0xe1 && n > 14 && memcmp(s, "Exif\0", 6) == 0)
        exif(h, s + 6, n - 6);
}

/* Is there an end behind the frame?  A file cut off has none, and nobody
 * would notice before the printer does. */
static bool
has_end(const struct head *h, size_t frame)
{
    for (size_t at = h->n; at >= frame + 2; at--)
        if (h->s[at - 2] == 0xff && h->s[at - 1] == 0xd9)
            return true;
    return false;
}

static bool
is_frame(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
        marker != 0xc8 && marker != 0xcc;
}

/* Only what every PDF reader decodes: 8 bits, baseline to progressive. */
static void
jpeg_frame(struct head *h, int marker, const unsigned char *s, size_t n)
{
    if (n < 6) {
        h->fault = "the JPEG is cut off";
        return;
    }
    h->height = be16(s + 1);
    h->width = be16(s + 3);
    if (marker > 0xc2 || s[0] != 8 || (s[5] != 1 && s[5] != 3 && s[5] != 4))
        h->fault = "this kind of JPEG is not supported";
}

static void
jpeg(struct head *h)
{
    size_t at = 2;

    while (at + 4 <= h->n) {
        int marker = h->s[at + 1];
        size_t len = be16(h->s + at + 2);

        if (h->s[at] != 0xff)
            break;
        if (marker == 0xff) {
            at++;
            continue;
        }
        if (len < 2 || len > h->n - at - 2)
            break;
        if (is_frame(marker)) {
            jpeg_frame(h, marker, h->s + at + 4, len - 2);
            if (!h->fault && !has_end(h, at))
                h->fault = "the JPEG is cut off";
            return;
        }
        jpeg_app(h, marker, h->s + at + 4, len - 2);
        at += 2 + len;
    }
    h->fault = "the JPEG has no picture in it";
}

/* ---- what is only measured -------------------------------------------- */

static unsigned
le(const unsigned char *s, int bytes)
{
    unsigned v = 0;

    while (bytes-- > 0)
        v = v << 8 | s[bytes];
    return v;
}

static void
gif(struct head *h)
{
    h->width = le(h->s + 6, 2);
    h->height = le(h->s + 8, 2);
}

static void
bmp(struct head *h)
{
    int height = (int)le(h->s + 22, 4);

    h->width = le(h->s + 18, 4);
    h->height = (unsigned)(height < 0 && height > -PIC_PIXELS_MAX ? -height
                                                                  : height);
    h->dpi_x = le(h->s + 38, 4) * 0.0254;
    h->dpi_y = le(h->s + 42, 4) * 0.0254;
}

/* ---- all ------------------------------------------------------------- */

static int
natural(unsigned px, double dpi)
{
    if (!(dpi >= 1 && dpi <= 100000))
        dpi = PIC_DPI;
    return mpt_from_double(px * 72000.0 / dpi);
}

const char *
pic_probe(struct pic *out, const unsigned char *bytes, int n)
{
    struct head h = {.s = bytes, .n = n > 0 ? (size_t)n : 0};

    if (h.n > 8 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0) {
        out->format = PIC_PNG;
        png(&h);
    } else if (h.n > 3 && memcmp(bytes, "\xff\xd8\xff", 3) == 0) {
        out->format = PIC_JPEG;
        jpeg(&h);
    } else if (h.n > 12 && memcmp(bytes, "GIF8", 4) == 0) {
        out->format = PIC_OTHER;
        gif(&h);
    } else if (h.n > 46 && memcmp(bytes, "BM", 2) == 0) {
        out->format = PIC_OTHER;
        bmp(&h);
    } else {
        return "it is neither PNG nor JPEG nor SVG";
    }
    if (h.fault)
        return h.fault;
    if (h.width == 0 || h.height == 0)
        return "it has no pixels";
    if (h.width > 32767 || h.height > 32767 ||
        (unsigned long long)h.width * h.height > PIC_PIXELS_MAX)
        return "it has more pixels than the limit";
    out->px_width = (int)h.width;
    out->px_height = (int)h.height;
    out->width = natural(h.width, h.dpi_x);
    out->height = natural(h.height, h.dpi_y);
    out->bytes = bytes;
    out->n_bytes = n;
    return NULL;
}
