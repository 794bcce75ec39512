/* Inside src/job: where the processor time of a job goes, by stage.  Pages
 * are painted while layout goes on, so painting is measured by a sink put
 * between the two. */
#ifndef JOB_JOB_TIME_H
#define JOB_JOB_TIME_H

#include "layout/area.h"
#include <stdbool.h>

enum job_time_stage {
    JOB_TIME_READ,
    JOB_TIME_PARSE,
    JOB_TIME_LAYOUT,
    JOB_TIME_PAINT,
    JOB_TIME_WRITE,
    JOB_TIME_STAGES
};

struct job_time {
    long long stage[JOB_TIME_STAGES]; /* [ns] */
    long long last;                   /* [ns] end of the last stage */
    struct area_sink *inner;          /* the sink measured */
    struct area_sink sink;            /* what measures it */
    int pages;
};

void job_time_start(struct job_time *t);
void job_time_end(struct job_time *t, enum job_time_stage s);
struct area_sink *job_time_sink(struct job_time *t, struct area_sink *inner);
void job_time_print(const struct job_time *t, bool stages); /* to stderr */

#endif
