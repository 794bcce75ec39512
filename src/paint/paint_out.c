/* Cairo writes in crumbs; they are collected before they leave. */
#include "base/diag.h"
#include "paint/paint_in.h"

#define OUT_STEP 65536 /* [B] */

void
paint_fail(struct painter *p, enum status st)
{
    if (p->status == STATUS_OK)
        p->status = st;
}

void
paint_check(struct painter *p, cairo_status_t st)
{
    if (st == CAIRO_STATUS_SUCCESS || p->status != STATUS_OK)
        return;
    diag_add(p->diags, DIAG_INTERNAL, &(struct where){0},
        cairo_status_to_string(st));
    paint_fail(p, STATUS_SYSTEM);
}

static void
leave(struct painter *p)
{
    if (p->out.len && p->status == STATUS_OK)
        paint_fail(p,
            p->o.write(p->o.self, p->file_page, p->out.data, (int)p->out.len));
    buf_reset(&p->out);
}

cairo_status_t
paint_out_write(void *painter, const unsigned char *bytes, unsigned n)
{
    struct painter *p = painter;

    buf_add(&p->out, bytes, n);
    if (p->out.len >= OUT_STEP)
        leave(p);
    return p->status == STATUS_OK ? CAIRO_STATUS_SUCCESS
                                  : CAIRO_STATUS_WRITE_ERROR;
}

void
paint_out_end(struct painter *p)
{
    leave(p);
    if (p->status == STATUS_OK)
        paint_fail(p, p->o.write(p->o.self, p->file_page, "", 0));
}
