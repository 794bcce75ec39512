/* Writing: an unnamed file in the folder of the final one (O_TMPFILE), which
 * the system forgets if we die; given a name and renamed into place at the
 * end.  Where a file system has no unnamed files, a named one beside it. */
#define _GNU_SOURCE
#include "base/file.h"
#include "base/buf.h"
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_STEP 65536 /* [B] */

static enum status
read_all(int fd, size_t limit, struct buf *b)
{
    static const size_t step = READ_STEP;
    char block[READ_STEP];

    for (;;) {
        ssize_t n = read(fd, block, step);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(STATUS_SYSTEM);
        if (n == 0)
            return STATUS_OK;
        if (limit && (size_t)n > limit - b->len)
            return fail(STATUS_LIMIT);
        buf_add(b, block, (size_t)n);
    }
}

enum status
file_read(const char *path, size_t limit, struct buf *b)
{
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    enum status st;
    int error;

    buf_reset(b);
    buf_add(b, "", 0);
    if (fd < 0)
        return fail(STATUS_SYSTEM);
    st = read_all(fd, limit, b);
    error = errno;
    if (!standard)
        close(fd);
    errno = error;
    return st;
}

static char *
copy(const char *s)
{
    char *p = strdup(s);

    if (!p) {
        fputs("shenbao: out of memory\n", stderr);
        exit(3);
    }
    return p;
}

/* A name beside PATH that nobody else uses. */
static char *
temp_name(const char *path)
{
    struct buf b;

    buf_init(&b);
    buf_printf(&b, "%s.%ld.new", path, (long)getpid());
    return b.data;
}

static int
open_unnamed(const char *path)
{
    char *folder = copy(path);
    char *slash = strrchr(folder, '/');
    int fd;

    if (slash)
        slash[slash == folder] = '\0';
    fd = open(slash ? folder : ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    free(folder);
    return fd;
}

enum status
file_create(struct file_out *f, const char *path)
{
    struct stat st;
    char *real;

    *f = (struct file_out){.path = copy(path), .fd = -1};
    if (strcmp(path, "-") == 0) {
        f->fd = STDOUT_FILENO;
        return STATUS_OK;
    }

    /* a link is followed; a device or pipe is written to as it stands */
    if (stat(path, &st) == 0) {
        if (S_ISDIR(st.st_mode)) {
            errno = EISDIR;
            goto fault;
        }
        if (!S_ISREG(st.st_mode)) {
            f->fd = open(path, O_WRONLY | O_CLOEXEC);
            if (f->fd < 0)
                goto fault;
            return STATUS_OK;
        }
        real = realpath(path, NULL);
        if (real) {
            free(f->path);
            f->path = real;
        }
    }

    f->temp = temp_name(f->path);
    f->fd = open_unnamed(f->path);
    if (f->fd < 0)
        f->fd = open(f->temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (f->fd < 0)
        goto fault;
    return STATUS_OK;

fault:
    f->error = errno;
    file_abort(f);
    errno = f->error;
    return fail(STATUS_SYSTEM);
}

void
file_write(struct file_out *f, const void *bytes, size_t n)
{
    const char *p = bytes;

    while (n && !f->error) {
        ssize_t done = write(f->fd, p, n);

        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0) {
            f->error = errno;
            return;
        }
        p += done;
        n -= (size_t)done;
    }
}

/* Gives an unnamed file its temporary name; nothing to do for a named one. */
static bool
name_it(struct file_out *f)
{
    char proc[64];
    struct stat st;

    if (fstat(f->fd, &st) != 0)
        return false;
    if (st.st_nlink > 0)
        return true;
    snprintf(proc, sizeof proc, "/proc/self/fd/%d", f->fd);
    unlink(f->temp);
    return linkat(AT_FDCWD, proc, AT_FDCWD, f->temp, AT_SYMLINK_FOLLOW) == 0;
}

enum status
file_commit(struct file_out *f)
{
    if (!f->error && f->temp && !name_it(f))
        f->error = errno;
    if (f->fd > STDERR_FILENO) {
        if (close(f->fd) != 0 && !f->error)
            f->error = errno;
        f->fd = -1;
    }
    if (!f->error && f->temp && rename(f->temp, f->path) != 0)
        f->error = errno;
    if (f->error) {
        int error = f->error;

        file_abort(f);
        f->error = error;
        errno = error;
        return fail(STATUS_SYSTEM);
    }
    free(f->path);
    free(f->temp);
    f->path = f->temp = NULL;
    return STATUS_OK;
}

void
file_abort(struct file_out *f)
{
    if (f->fd > STDERR_FILENO)
        close(f->fd);
    if (f->temp)
        unlink(f->temp);
    free(f->path);
    free(f->temp);
    f->path = f->temp = NULL;
    f->fd = -1;
}
