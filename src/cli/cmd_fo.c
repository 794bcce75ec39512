/* shenbao fo: the formatter alone, any XSL-FO. */
#include "cli/cli.h"
#include "job/job.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct options {
    const char *output;
    int format;
    int pages[2];
    int dpi;
    int page_limit;
    int input_limit;
    int repeat;
    bool draft;
    bool untagged;
    bool timing;
};

#define AT(member) offsetof(struct options, member)

static const struct cli_option options[] = {
    {"output", 'o', CLI_STRING, AT(output), "OUT",
        "file to write; - is standard output"},
    {"format", 'f', CLI_CHOICE, AT(format), "pdf|png|svg|area",
        "what to make; without it what OUT ends in says, else pdf"},
    {"draft", 0, CLI_FLAG, AT(draft), NULL,
        "print even with glyphs missing, 草稿 across each page"},
    {"pages", 0, CLI_PAGES, AT(pages), "A-B",
        "only these pages of pdf, png or svg; A, A- and -B will do too"},
    {"dpi", 0, CLI_INT, AT(dpi), "N", "resolution of png, 150 by default"},
    {"page-limit", 0, CLI_INT, AT(page_limit), "N",
        "stop behind so many pages, 5000 by default"},
    {"input-limit", 0, CLI_INT, AT(input_limit), "N",
        "refuse a longer input, in megabytes, 256 by default"},
    {"untagged", 0, CLI_FLAG, AT(untagged), NULL,
        "pdf without structure, links and bookmarks"},
    {"timing", 0, CLI_FLAG, AT(timing), NULL,
        "say on standard error where the time went"},
    {"repeat", 0, CLI_INT, AT(repeat), "N",
        "do it N times in one process, each timed"},
    {0},
};

/* A slip of the hand must not cost the only copy of a document. */
static bool
is_same_file(const char *a, const char *b)
{
    struct stat s, t;

    return stat(a, &s) == 0 && stat(b, &t) == 0 && S_ISREG(s.st_mode) &&
        s.st_dev == t.st_dev && s.st_ino == t.st_ino;
}

static int
run(int argc, char **argv)
{
    static const struct {
        const char *end;
        enum job_format format;
    } ends[] = {{".pdf", JOB_PDF}, {".png", JOB_PNG}, {".svg", JOB_SVG},
        {".area", JOB_AREA}, {".xml", JOB_AREA}};
    struct options o = {.format = -1};
    struct job_fo job = {0};
    struct job_env *env;
    int n, answer;

    if (!cli_parse(&cmd_fo_command, argc, argv, &o, &n))
        return JOB_USAGE;
    if (n != 1 || !o.output) {
        fprintf(stderr, "shenbao fo: %s (see shenbao fo --help)\n",
            n != 1 ? "one input file is wanted" : "-o OUT is wanted");
        return JOB_USAGE;
    }
    if (is_same_file(argv[1], o.output)) {
        fprintf(stderr, "shenbao fo: '%s' is the input itself\n", o.output);
        return JOB_USAGE;
    }

    for (size_t i = 0; o.format < 0 && i < sizeof ends / sizeof *ends; i++) {
        size_t len = strlen(o.output), e = strlen(ends[i].end);

        if (len > e && strcmp(o.output + len - e, ends[i].end) == 0)
            o.format = (int)ends[i].format;
    }
    job.input = argv[1];
    job.output = o.output;
    job.format = o.format < 0 ? JOB_PDF : (enum job_format)o.format;
    job.first_page = o.pages[0];
    job.last_page = o.pages[1];
    job.dpi = o.dpi;
    job.page_limit = o.page_limit;
    job.input_limit = o.input_limit;
    job.repeat = o.repeat;
    job.draft = o.draft;
    job.untagged = o.untagged;
    job.timing = o.timing;

    env = job_env_new();
    answer = job_fo(env, &job);
    job_env_free(env);
    return answer;
}

const struct cli_command cmd_fo_command = {
    "fo", run, "FILE.fo -o OUT", "Format XSL-FO into pages", options};
