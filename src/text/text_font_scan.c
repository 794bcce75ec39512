/* Which fonts are there: the folders in a fixed order, their files by name,
 * and an index of the names by which faces are asked for.  Nothing depends on
 * the order in which a folder lists its files, on the locale or on a cache. */
#include "text/text_font.h"
#include "base/arena.h"
#include "base/utf8.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef SHENBAO_PREFIX
#define SHENBAO_PREFIX "/usr/local"
#endif

#define MAX_DEPTH 12 /* folders in folders; ends loops of links */
#define MAX_FACES 20000 /* of all files */
#define PATH_ROOM 4096

/* Not under a fonts/ folder: where a TeX that is installed has Fandol. */
static const char *const system_folders[] = {
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/texmf-dist/fonts/opentype/public/fandol",
    "/Library/Fonts",
    "/System/Library/Fonts",
};

/* --- the index of names --------------------------------------------------- */

void
text_font_fold(char *out, size_t room, const char *name, size_t n)
{
    size_t len = 0;

    for (size_t i = 0; i < n && len + 1 < room; i++) {
        char c = name[i];

        if (c == ' ' || c == '-' || c == '_')
            continue;
        out[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out[len] = '\0';
}

/* Room for one more in an array of the arena; grown ones are left behind. */
static void *
grown(struct arena *a, void *old, int n, int *room, size_t size)
{
    void *wider;

    if (n < *room)
        return old;
    *room = *room ? 2 * *room : 256;
    wider = arena_array(a, (size_t)*room, size);
    if (n)
        memcpy(wider, old, (size_t)n * size);
    return wider;
}

static void
add_name(void *ctx, const char *utf8, bool exact)
{
    struct text_face *f = ctx;
    struct text_env *env = f->env;
    char key[512];

    text_font_fold(key, sizeof key, utf8, strlen(utf8));
    for (int i = env->n_names; i-- > 0 && env->names[i].face == f;)
        if (strcmp(env->names[i].key, key) == 0 && env->names[i].exact <= exact)
            return;
    env->names = grown(env->arena, env->names, env->n_names, &env->names_room,
        sizeof *env->names);
    env->names[env->n_names++] = (struct text_font_name){
        arena_strdup(env->arena, key), f, exact};
}

static int
compare_names(const void *one, const void *other)
{
    const struct text_font_name *a = one, *b = other;
    int c = strcmp(a->key, b->key);

    if (c)
        return c;
    if (a->exact != b->exact)
        return a->exact ? 1 : -1;
    return a->face->order - b->face->order;
}

/* --- one file ------------------------------------------------------------- */

static void
add_trouble(struct text_env *env, const char *path, const char *why)
{
    struct text_font_trouble *t = ARENA_NEW(
        env->arena, struct text_font_trouble);
    struct text_font_trouble **end = &env->troubles;

    while (*end)
        end = &(*end)->next;
    t->path = path;
    t->why = why;
    *end = t;
}

/* A face is kept only when all of it could be read; names of one that turns
 * out bad are taken back. */
static void
add_face(struct text_env *env, struct text_file *file,
    const unsigned char *data, size_t len, int index)
{
    struct text_face *f = ARENA_NEW(env->arena, struct text_face);
    int names_before = env->n_names;
    const char *wrong;

    *f = (struct text_face){
        .env = env, .file = file, .index = index, .order = env->n_faces};
    wrong = text_sfnt_read(
        data, len, index, env->arena, &f->facts, add_name, f);
    if (wrong) {
        env->n_names = names_before;
        if (*wrong)
            add_trouble(env, file->path, wrong);
        return;
    }
    env->faces = grown(env->arena, env->faces, env->n_faces, &env->faces_room,
        sizeof *env->faces);
    env->faces[env->n_faces++] = f;
}

static void
add_data(struct text_env *env, struct text_file *file,
    const unsigned char *data, size_t len)
{
    int n = text_sfnt_count(data, len);

    if (n == 0)
        add_trouble(env, file->path, "it is no font file");
    for (int i = 0; i < n && env->n_faces < MAX_FACES; i++)
        add_face(env, file, data, len, i);
}

/* The same file by another name: distributions link some of theirs. */
static bool
is_known(const struct text_env *env, const struct stat *st)
{
    for (const struct text_file *f = env->files; env->links && f; f = f->next)
        if (f->device == st->st_dev && f->inode == st->st_ino)
            return true;
    return false;
}

static struct text_file *
new_file(
    struct text_env *env, const char *path, int root, const struct stat *st)
{
    struct text_file *file = ARENA_NEW(env->arena, struct text_file);

    file->path = arena_strdup(env->arena, path);
    file->root = root;
    file->device = st->st_dev;
    file->inode = st->st_ino;
    file->next = env->files;
    env->files = file;
    return file;
}

static void
add_file(struct text_env *env, const char *path, int root)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st;
    struct text_file *file;
    void *data;

    if (fd < 0) {
        add_trouble(env, arena_strdup(env->arena, path), "it cannot be opened");
        return;
    }
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && !is_known(env, &st)) {
        file = new_file(env, path, root, &st);
        data = st.st_size > 0
            ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0)
            : MAP_FAILED;
        if (data == MAP_FAILED) {
            add_trouble(env, file->path, "it is empty");
        } else {
            add_data(env, file, data, (size_t)st.st_size);
            munmap(data, (size_t)st.st_size);
        }
    }
    close(fd);
}

/* A link is followed here, so that the path said is the file's own. */
static void
add_entry(struct text_env *env, const char *path, bool link, int root)
{
    char *real = link ? realpath(path, NULL) : NULL;

    env->links = env->links || link;
    add_file(env, real ? real : path, root);
    free(real);
}

/* --- folders -------------------------------------------------------------- */

static bool
is_font_name(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot &&
        (strcasecmp(dot, ".otf") == 0 || strcasecmp(dot, ".ttf") == 0 ||
            strcasecmp(dot, ".ttc") == 0 || strcasecmp(dot, ".otc") == 0);
}

static bool
is_folder(const struct dirent *e, const char *path)
{
    struct stat st;

    if (e->d_type != DT_UNKNOWN && e->d_type != DT_LNK)
        return e->d_type == DT_DIR;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void
walk(struct text_env *env, const char *folder, int root, int depth)
{
    struct dirent **entries;
    char path[PATH_ROOM];
    int n = depth < MAX_DEPTH ? scandir(folder, &entries, NULL, by_name) : 0;

    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        int len = snprintf(path, sizeof path, "%s/%s", folder, name);

        if (name[0] == '.' || len >= (int)sizeof path)
            ;
        else if (is_font_name(name))
            add_entry(env, path, entries[i]->d_type == DT_LNK, root);
        else if (is_folder(entries[i], path))
            walk(env, path, root, depth + 1);
        free(entries[i]);
    }
    if (n > 0)
        free(entries);
}

static void
add_root(struct text_env *env, const char *folder)
{
    struct stat st;

    if (env->n_roots >= 32 || stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
        return;
    for (int i = 0; i < env->n_roots; i++)
        if (strcmp(env->roots[i], folder) == 0)
            return;
    env->roots[env->n_roots] = arena_strdup(env->arena, folder);
    walk(env, folder, env->n_roots++, 0);
}

static void
add_root_below(struct text_env *env, const char *base, const char *rest)
{
    char path[PATH_ROOM];

    if (base && *base &&
        snprintf(path, sizeof path, "%s%s", base, rest) < (int)sizeof path)
        add_root(env, path);
}

/* SHENBAO_FONTS: folders parted by colons; "-" at the end of the list says
 * that no others are to be looked into.  True: it said so. */
static bool
add_listed(struct text_env *env, const char *list)
{
    char path[PATH_ROOM];

    while (list && *list) {
        size_t n = strcspn(list, ":");

        if (n == 1 && *list == '-')
            return true;
        if (n > 0 && n < sizeof path) {
            memcpy(path, list, n);
            path[n] = '\0';
            add_root(env, path);
        }
        list += n + (list[n] == ':');
    }
    return false;
}

/* Our own fonts/ folder: beside the checkout that the binary was built in,
 * or where it was installed. */
static void
add_ours(struct text_env *env)
{
    char exe[PATH_ROOM];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);

    add_root_below(env, getenv("SHENBAO_DATA"), "/fonts");
    for (int up = 0; n > 0 && up < 2; up++) {
        exe[n] = '\0';
        n = strrchr(exe, '/') - exe;
        if (n > 0)
            exe[n] = '\0';
    }
    if (n > 0) {
        add_root_below(env, exe, "/fonts");
        add_root_below(env, exe, "/share/shenbao/fonts");
    }
    add_root(env, SHENBAO_PREFIX "/share/shenbao/fonts");
}

void
text_font_scan(struct text_env *env)
{
    const char *home = getenv("HOME"), *data = getenv("XDG_DATA_HOME");

    env->roots = arena_array(env->arena, 32, sizeof *env->roots);
    if (!add_listed(env, getenv("SHENBAO_FONTS"))) {
        add_ours(env);
        if (data && *data)
            add_root_below(env, data, "/fonts");
        else
            add_root_below(env, home, "/.local/share/fonts");
        add_root_below(env, home, "/.fonts");
        for (size_t i = 0; i < sizeof system_folders / sizeof *system_folders;
             i++)
            add_root(env, system_folders[i]);
    }
    if (env->n_names)
        qsort(env->names, (size_t)env->n_names, sizeof *env->names,
            compare_names);
}

/* --- asking --------------------------------------------------------------- */

/* Smaller is better.  Width first, then slope, then weight by the rule of
 * CSS Fonts 4, 5.2: from 400 to 500 upwards first, below 400 downwards, above
 * 500 upwards. */
static int
distance(const struct text_face *f, int weight, bool italic)
{
    int w = f->facts.weight, away = abs(w - weight);
    bool wrong_side = weight < 400 ? w > weight
        : weight > 500             ? w < weight
                                   : w < weight || w > 500;

    /* between 400 and 500, lighter ones come before those above 500 */
    if (weight >= 400 && weight <= 500 && w > 500)
        away += 1000;
    return abs(f->facts.width - 5) * 100000 +
        (f->facts.italic != italic) * 10000 + wrong_side * 2000 + away;
}

/* First name with this key. */
static int
first_name(const struct text_env *env, const char *key)
{
    int low = 0, high = env->n_names;

    while (low < high) {
        int mid = low + (high - low) / 2;

        if (strcmp(env->names[mid].key, key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

struct text_face *
text_font_lookup(const struct text_env *env, const char *name, size_t n,
    int weight, bool italic)
{
    struct text_face *best = NULL;
    bool exact = false;
    char key[512];

    text_font_fold(key, sizeof key, name, n);
    for (int i = first_name(env, key); i < env->n_names; i++) {
        const struct text_font_name *r = &env->names[i];

        if (strcmp(r->key, key) != 0 || (best && r->exact != exact) ||
            (best && r->face->file->root != best->file->root))
            break;
        if (!best ||
            distance(r->face, weight, italic) < distance(best, weight, italic))
            best = r->face;
        exact = r->exact;
    }
    return best;
}
