#include "job/job_out.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

void
job_out_init(struct job_out *o, const char *path, bool paged)
{
    *o = (struct job_out){.path = path, .paged = paged};
    buf_init(&o->first);
}

static enum status
failed(struct job_out *o)
{
    o->error = errno;
    return STATUS_SYSTEM;
}

static bool
is_standard(const struct job_out *o)
{
    return strcmp(o->path, "-") == 0;
}

/* "dir/out.png" and 3: "dir/out-03.png" */
static void
page_name(struct buf *b, const char *path, int page)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(path, '.');
    size_t stem;

    if (!dot || (slash && dot < slash))
        dot = path + strlen(path);
    stem = (size_t)(dot - path);
    buf_add(b, path, stem);
    buf_printf(b, "-%02d%s", page, dot);
}

static enum status
create(struct job_out *o, int page)
{
    struct buf name;
    enum status st;

    buf_init(&name);
    if (page)
        page_name(&name, o->path, page);
    st = file_create(&o->file, page ? name.data : o->path);
    buf_clear(&name);
    if (st != STATUS_OK)
        return failed(o);
    o->open = true;
    return STATUS_OK;
}

static enum status
close_file(struct job_out *o)
{
    o->open = false;
    return file_commit(&o->file) == STATUS_OK ? STATUS_OK : failed(o);
}

static void
note_done(struct job_out *o, int page)
{
    if (o->done[0] == 0 || page < o->done[0])
        o->done[0] = page;
    if (page > o->done[1])
        o->done[1] = page;
}

static void
remove_pages(const struct job_out *o, int from, int to)
{
    for (int page = from; page > 0 && page <= to; page++) {
        struct buf name;

        buf_init(&name);
        page_name(&name, o->path, page);
        remove(name.data);
        buf_clear(&name);
    }
}

/* A file whose bytes are all there already. */
static enum status
put_whole(struct job_out *o, int page, const struct buf *b)
{
    if (create(o, page) != STATUS_OK)
        return STATUS_SYSTEM;
    file_write(&o->file, b->data, b->len);
    return close_file(o);
}

/* The second page is what tells us that the first needs a number. */
static enum status
next_page(struct job_out *o, int page)
{
    int before = o->page;

    o->page = page;
    if (before == 0 || is_standard(o))
        return STATUS_OK;
    if (o->open) {
        if (close_file(o) != STATUS_OK)
            return STATUS_SYSTEM;
    } else {
        if (put_whole(o, before, &o->first) != STATUS_OK)
            return STATUS_SYSTEM;
        buf_clear(&o->first);
    }
    note_done(o, before);
    return create(o, page);
}

enum status
job_out_write(void *self, int page, const void *bytes, int n)
{
    struct job_out *o = self;

    if (o->error)
        return STATUS_SYSTEM;
    if (o->paged && page != o->page && next_page(o, page) != STATUS_OK)
        return STATUS_SYSTEM;
    if (is_standard(o) || (o->paged && !o->open)) {
        buf_add(&o->first, bytes, (size_t)n);
        return STATUS_OK;
    }
    if (!o->open && create(o, 0) != STATUS_OK)
        return STATUS_SYSTEM;
    file_write(&o->file, bytes, (size_t)n);
    if (o->file.error) {
        errno = o->file.error;
        return failed(o);
    }
    return STATUS_OK;
}

enum status
job_out_commit(struct job_out *o)
{
    if (o->error) {
        errno = o->error;
        return STATUS_SYSTEM;
    }
    if (!o->open)
        return put_whole(o, 0, &o->first);
    if (close_file(o) != STATUS_OK)
        return STATUS_SYSTEM;
    remove_pages(o, o->page + 1, o->done[1]);
    o->kept = true;
    return STATUS_OK;
}

void
job_out_abort(struct job_out *o)
{
    if (o->open)
        file_abort(&o->file);
    if (!o->kept)
        remove_pages(o, o->done[0], o->done[1]);
    o->open = false;
    o->kept = true;
    buf_clear(&o->first);
}
