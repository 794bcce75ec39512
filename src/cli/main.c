/* shenbao: find the command in the table and run it. */
#include "cli/cli.h"
#include "job/job.h"
#include <string.h>

#ifndef SHENBAO_VERSION
#define SHENBAO_VERSION "unknown"
#endif

static int cmd_help(int argc, char **argv);
static const struct cli_command help_command = {"help", cmd_help,
    "[COMMAND | --man | --completion]",
    "Say how a command is used; or print all options for the man page or "
    "the shell",
    NULL};

static const struct cli_command *const commands[] = {
    &cmd_fo_command,
    &cmd_fonts_command,
    &help_command,
};
#define N_COMMANDS (sizeof commands / sizeof *commands)

static const struct cli_command *
lookup(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static void
overview(FILE *f)
{
    fputs("usage: shenbao COMMAND ...\n\n", f);
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(f, "  %-8s %s\n", commands[i]->name, commands[i]->help);
    fputs("\nshenbao COMMAND --help says more; --version says which.\n", f);
}

static void
completion(void)
{
    fputs("_shenbao() {\n  local words\n  case \"${COMP_WORDS[1]}\" in\n",
        stdout);
    for (size_t i = 0; i < N_COMMANDS; i++)
        cli_print_completion(commands[i], stdout);
    fputs("  esac\n  [ \"$COMP_CWORD\" = 1 ] && words=\"", stdout);
    for (size_t i = 0; i < N_COMMANDS; i++)
        printf("%s ", commands[i]->name);
    fputs("--help --version\"\n"
          "  COMPREPLY=($(compgen -W \"$words\" -- "
          "\"${COMP_WORDS[COMP_CWORD]}\"))\n}\n"
          "complete -o default -F _shenbao shenbao\n",
        stdout);
}

static int
cmd_help(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    const struct cli_command *c = lookup(what);

    if (c) {
        cli_print_help(c, stdout);
    } else if (strcmp(what, "--man") == 0) {
        for (size_t i = 0; i < N_COMMANDS; i++)
            cli_print_man(commands[i], stdout);
    } else if (strcmp(what, "--completion") == 0) {
        completion();
    } else if (argc > 1) {
        fprintf(stderr, "shenbao: there is no command '%s'\n", what);
        return JOB_USAGE;
    } else {
        overview(stdout);
    }
    return JOB_OK;
}

int
main(int argc, char **argv)
{
    const struct cli_command *c;

    if (argc < 2) {
        overview(stderr);
        return JOB_USAGE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("shenbao " SHENBAO_VERSION);
        return JOB_OK;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return cmd_help(1, argv);
    c = lookup(argv[1]);
    if (!c) {
        fprintf(stderr, "shenbao: there is no command '%s'\n", argv[1]);
        overview(stderr);
        return JOB_USAGE;
    }
    if (c != &help_command && cli_wants_help(c, argc - 1, argv + 1))
        return JOB_OK;
    return c->run(argc - 1, argv + 1);
}
