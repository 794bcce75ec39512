/* Commands and their options as tables: the parser, --help, the man page and
 * shell completion are all made from the same rows. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum cli_kind {
    CLI_FLAG,   /* bool */
    CLI_INT,    /* int, at least 1 */
    CLI_STRING, /* const char * */
    CLI_CHOICE, /* int: index in choices */
    CLI_PAGES   /* int[2]: "A-B", "A", "A-", "-B"; 0: open */
};

struct cli_option {
    const char *name; /* without "--" */
    char letter;      /* 0: none */
    enum cli_kind kind;
    size_t offset;    /* of the member in the command's own struct */
    const char *arg;  /* how help calls the value; CHOICE: "pdf|png|svg" */
    const char *help; /* one sentence without a full stop */
};

struct cli_command {
    const char *name;
    int (*run)(int argc, char **argv); /* argv[0]: the command's name; exit code */
    const char *operands;              /* "FILE.fo" */
    const char *help;                  /* one sentence */
    const struct cli_option *options;  /* ends with name NULL; NULL: none */
};

/* Fills OUT from ARGV.  Operands are moved to the front of argv (from
 * argv[1]) and counted in *N; "--" ends options, "-" is an operand.  False:
 * said on standard error what is wrong (exit code 2). */
bool cli_parse(const struct cli_command *c, int argc, char **argv, void *out, int *n);

/* True: --help was asked for and is printed. */
bool cli_wants_help(const struct cli_command *c, int argc, char **argv);

void cli_print_help(const struct cli_command *c, FILE *f);
void cli_print_man(const struct cli_command *c, FILE *f);        /* troff, man macros */
void cli_print_completion(const struct cli_command *c, FILE *f); /* bash */

/* The commands; each in its own file. */
extern const struct cli_command cmd_fo_command;
extern const struct cli_command cmd_fonts_command;
int cmd_fonts(int argc, char **argv);

#endif
