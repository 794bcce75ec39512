#include "job/job.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "fo/fo.h"
#include "job/job_out.h"
#include "job/job_time.h"
#include "layout/area.h"
#include "layout/area_dump.h"
#include "layout/layout.h"
#include "layout/pic.h"
#include "paint/paint.h"
#include "text/text.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INPUT_LIMIT 256 /* [MB] FO is some ten times as long as its document */

struct job_env {
    struct text_env *text;
    struct paint_fonts *fonts;
};

struct job { /* one run */
    struct job_env *env;
    const struct job_fo *o;
    struct arena *arena;
    struct diags diags;
    struct buf input;
    struct buf dump;
    struct fo_tree *tree;
    struct job_out out;
    struct job_time time;
};

struct job_env *
job_env_new(void)
{
    struct job_env *e = calloc(1, sizeof *e);

    if (!e)
        abort();
    e->text = text_env_new();
    e->fonts = paint_fonts_new();
    return e;
}

void
job_env_free(struct job_env *e)
{
    if (!e)
        return;
    paint_fonts_free(e->fonts);
    text_env_free(e->text);
    free(e);
}

/* ---- the sink --------------------------------------------------------- */

/* The painter knows nothing of fonts by name: the mark comes to it shaped. */
static const struct text_line *
draft_mark(struct job *j)
{
    static const char mark[] = "草稿";
    static const struct text_setting setting = {.font_size = 100000};
    struct text_style *s = ARENA_NEW(j->arena, struct text_style);
    struct diags *unheard = ARENA_NEW(j->arena, struct diags);
    struct where w = {0};
    struct text_par *p;

    diags_init(unheard, j->arena);
    p = text_par_new(j->arena, j->env->text, unheard);

    s->font = text_font_find(
        j->env->text, "sans-serif", 400, false, unheard, &w);
    s->language = "zh";
    s->size = 100000;
    text_par_run(p, mark, (int)strlen(mark), s, NULL, &w);
    return text_par_compose(p, 10000000, &setting)->first;
}

/* SOURCE_DATE_EPOCH as reproducible-builds.org has it; never the clock. */
static long long
date(void)
{
    const char *s = getenv("SOURCE_DATE_EPOCH");

    return s ? strtoll(s, NULL, 10) : 0;
}

static struct area_sink *
sink_new(struct job *j)
{
    static const enum paint_format formats[] = {
        PAINT_PDF, PAINT_PNG, PAINT_SVG};
    const struct job_fo *o = j->o;
    struct paint_options p = {0};

    if (o->format == JOB_AREA)
        return area_dump_sink(j->arena, &j->dump);
    p.format = formats[o->format];
    p.dpi = o->dpi;
    p.first_page = o->first_page;
    p.last_page = o->last_page;
    p.date = date();
    p.tagged = !o->untagged;
    p.fonts = j->env->fonts;
    p.draft_mark = o->draft ? draft_mark(j) : NULL;
    p.write = job_out_write;
    p.self = &j->out;
    return paint_cairo_sink(j->arena, &p, &j->diags);
}

/* ---- the stages ------------------------------------------------------- */

static const char *
folder_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? arena_strndup(a, path, (size_t)(slash - path + 1)) : "./";
}

static enum status
read_input(struct job *j)
{
    int megabytes = j->o->input_limit ? j->o->input_limit : INPUT_LIMIT;
    size_t limit = (size_t)(megabytes > 2000 ? 2000 : megabytes) * 1000000;
    struct where w = {.file = j->o->input};
    enum status st = file_read(j->o->input, limit, &j->input);

    if (st == STATUS_LIMIT)
        diag_add(&j->diags, DIAG_XML_LIMIT, &w, "megabytes", megabytes);
    else if (st != STATUS_OK)
        diag_add(&j->diags, DIAG_XML_UNREADABLE, &w, strerror(errno));
    return st;
}

static enum status
lay_out(struct job *j)
{
    struct area_sink *sink = job_time_sink(&j->time, sink_new(j));
    const struct layout_job l = {
        .tree = j->tree,
        .text = j->env->text,
        .pics = pic_cache_new(j->arena, folder_of(j->arena, j->o->input)),
        .diags = &j->diags,
        .page_limit = j->o->page_limit,
        .draft = j->o->draft,
    };

    return layout_run(&l, sink);
}

/* A document with a hole where a character should be is not printed. */
static bool
printable(const struct job *j)
{
    return j->o->draft || j->o->format == JOB_AREA ||
        j->diags.per_code[DIAG_GLYPH_MISSING] == 0;
}

static enum job_exit
keep(struct job *j)
{
    struct where w = {0};

    if (!printable(j))
        return JOB_UNRENDERED;
    if (j->o->format != JOB_AREA && j->o->first_page > j->time.pages) {
        diag_add(&j->diags, DIAG_NO_PAGE, &w, j->o->first_page, j->time.pages);
        return JOB_UNRENDERED;
    }
    if (j->o->format == JOB_AREA)
        (void)job_out_write(&j->out, 0, j->dump.data, (int)j->dump.len);
    if (job_out_commit(&j->out) != STATUS_OK) {
        diag_add(&j->diags, DIAG_OUTPUT, &w, j->o->output, strerror(errno));
        return JOB_UNRENDERED;
    }
    return diags_have_errors(&j->diags) ? JOB_FINDINGS : JOB_OK;
}

/* The pipeline. */
static enum job_exit
run(struct job *j)
{
    enum status st;

    st = read_input(j);
    job_time_end(&j->time, JOB_TIME_READ);
    if (st == STATUS_OK)
        st = fo_read_memory(&j->tree, j->o->input, j->input.data,
            (int)j->input.len, j->arena, &j->diags);
    job_time_end(&j->time, JOB_TIME_PARSE);
    if (st != STATUS_OK)
        return st == STATUS_LIMIT ? JOB_UNRENDERED : JOB_UNREADABLE;

    st = lay_out(j);
    job_time_end(&j->time, JOB_TIME_LAYOUT);
    if (st == STATUS_SYSTEM && j->out.error)
        diag_add(&j->diags, DIAG_OUTPUT, &(struct where){0}, j->o->output,
            strerror(j->out.error));
    return st == STATUS_OK ? keep(j) : JOB_UNRENDERED;
}

static void
print(const struct diags *d)
{
    struct buf b;

    buf_init(&b);
    diags_print_short(d, &b);
    if (b.len)
        fwrite(b.data, 1, b.len, stderr);
    buf_clear(&b);
}

static enum job_exit
once(struct job_env *e, const struct job_fo *o, bool talk)
{
    struct job j = {.env = e, .o = o, .arena = arena_new()};
    enum job_exit answer;

    diags_init(&j.diags, j.arena);
    buf_init(&j.input);
    buf_init(&j.dump);
    job_out_init(
        &j.out, o->output, o->format == JOB_PNG || o->format == JOB_SVG);
    job_time_start(&j.time);

    answer = run(&j);
    job_out_abort(&j.out);
    job_time_end(&j.time, JOB_TIME_WRITE);
    if (talk)
        print(&j.diags);
    if (o->timing || o->repeat)
        job_time_print(&j.time, o->timing);
    buf_clear(&j.dump);
    buf_clear(&j.input);
    arena_free(j.arena);
    return answer;
}

enum job_exit
job_fo(struct job_env *e, const struct job_fo *o)
{
    enum job_exit answer = once(e, o, true);

    for (int i = 1; i < o->repeat && answer <= JOB_FINDINGS; i++)
        answer = once(e, o, false);
    return answer;
}
