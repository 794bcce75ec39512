/* shenbao fonts: what each role resolves to. */
#include "cli/cli.h"
#include "job/job_fonts.h"

struct options {
    int format;
};

static const struct cli_option options[] = {
    {"format", 'f', CLI_CHOICE, offsetof(struct options, format), "text|json",
        "how to tell it, text by default"},
    {0},
};

/* With its options, for the table of commands. */
extern const struct cli_command cmd_fonts_command;
const struct cli_command cmd_fonts_command = {"fonts", cmd_fonts, "",
    "Say what each font role resolves to, and its coverage", options};

int
cmd_fonts(int argc, char **argv)
{
    struct options o = {0};
    int n;

    if (!cli_parse(&cmd_fonts_command, argc, argv, &o, &n))
        return JOB_USAGE;
    if (n) {
        fputs("shenbao fonts: no operand is wanted\n", stderr);
        return JOB_USAGE;
    }
    return job_fonts(o.format == 1);
}
