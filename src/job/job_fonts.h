/* What each font role resolves to, told on standard output. */
#ifndef JOB_JOB_FONTS_H
#define JOB_JOB_FONTS_H

#include "job/job.h"

/* JOB_UNRENDERED when a role cannot print all of the 通用规范汉字表. */
enum job_exit job_fonts(bool json);

#endif
