#include "job/job_time.h"
#include <stdio.h>
#include <time.h>

static long long
now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

void
job_time_start(struct job_time *t)
{
    *t = (struct job_time){.last = now()};
}

void
job_time_end(struct job_time *t, enum job_time_stage s)
{
    long long end = now();

    t->stage[s] += end - t->last;
    t->last = end;
}

/* Around each call of the inner sink: what passed before it was layout. */
static void
enter(struct job_time *t)
{
    job_time_end(t, JOB_TIME_LAYOUT);
}

static enum status
leave(struct job_time *t, enum status st)
{
    job_time_end(t, JOB_TIME_PAINT);
    return st;
}

static enum status
on_begin(void *self, const struct fo_tree *tree)
{
    struct job_time *t = self;

    enter(t);
    t->pages = 0; /* a further round begins */
    return leave(t, t->inner->begin(t->inner->self, tree));
}

static enum status
on_sequence(void *self, const struct fo_node *seq, const struct area *title)
{
    struct job_time *t = self;

    if (!t->inner->sequence)
        return STATUS_OK;
    enter(t);
    return leave(t, t->inner->sequence(t->inner->self, seq, title));
}

static enum status
on_page(void *self, const struct area_page *p)
{
    struct job_time *t = self;

    t->pages++;
    enter(t);
    return leave(t, t->inner->page(t->inner->self, p));
}

static enum status
on_finish(void *self, const struct area_target *targets, int n)
{
    struct job_time *t = self;

    enter(t);
    return leave(t, t->inner->finish(t->inner->self, targets, n));
}

struct area_sink *
job_time_sink(struct job_time *t, struct area_sink *inner)
{
    t->inner = inner;
    t->sink = (struct area_sink){t, on_begin, on_sequence, on_page, on_finish};
    return &t->sink;
}

void
job_time_print(const struct job_time *t, bool stages)
{
    static const char *const names[] = {
        "read", "parse", "layout", "paint", "write"};
    long long sum = 0;

    for (int i = 0; i < JOB_TIME_STAGES; i++) {
        sum += t->stage[i];
        if (stages)
            fprintf(
                stderr, "%s %.2f ms, ", names[i], (double)t->stage[i] / 1e6);
    }
    fprintf(stderr, "%d pages, %.2f ms CPU\n", t->pages, (double)sum / 1e6);
}
