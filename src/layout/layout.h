/* Layout: the FO tree in, pages out, one at a time, into a sink. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H

#include "base/status.h"

struct area_sink;
struct buf;
struct diags;
struct fo_tree;
struct pic_cache;
struct text_env;

struct layout_job {
    const struct fo_tree *tree;
    struct text_env *text;
    struct pic_cache *pics;
    struct diags *diags;
    int page_limit;  /* 0: the default of 5,000 */
    int draft;       /* pages say so */
};

MUST_CHECK enum status layout_run(const struct layout_job *job, struct area_sink *sink);

#endif
