#include "cli/cli.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- values ----------------------------------------------------------- */

static bool
number(const char *s, size_t n, int *out)
{
    long v = 0;

    if (n == 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        v = v * 10 + (s[i] - '0');
        if (v > INT_MAX)
            return false;
    }
    *out = (int)v;
    return v > 0;
}

/* Place of VALUE in "pdf|png|svg"; -1: not there. */
static int
choice(const char *choices, const char *value)
{
    size_t n = strlen(value);

    for (int i = 0;; i++) {
        size_t len = strcspn(choices, "|");

        if (len == n && strncmp(choices, value, n) == 0)
            return i;
        if (!choices[len])
            return -1;
        choices += len + 1;
    }
}

static bool
pages(const char *s, int out[2])
{
    const char *dash = strchr(s, '-');

    out[0] = out[1] = 0;
    if (!dash) {
        bool good = number(s, strlen(s), &out[0]);

        out[1] = out[0];
        return good;
    }
    if (dash != s && !number(s, (size_t)(dash - s), &out[0]))
        return false;
    if (dash[1] && !number(dash + 1, strlen(dash + 1), &out[1]))
        return false;
    return s[1] && (!out[1] || out[0] <= out[1]);
}

static bool
set(const struct cli_option *o, const char *value, void *out)
{
    void *member = (char *)out + o->offset;

    switch (o->kind) {
    case CLI_FLAG:
        *(bool *)member = true;
        return true;
    case CLI_INT:
        return number(value, strlen(value), member);
    case CLI_STRING:
        *(const char **)member = value;
        return true;
    case CLI_CHOICE:
        *(int *)member = choice(o->arg, value);
        return *(int *)member >= 0;
    case CLI_PAGES:
        return pages(value, member);
    }
    return false;
}

/* ---- parsing ---------------------------------------------------------- */

static bool
wrong(const struct cli_command *c, const char *what, const char *word)
{
    fprintf(stderr, "shenbao %s: %s '%s' (see shenbao %s --help)\n", c->name,
        what, word, c->name);
    return false;
}

/* "--name", "--name=value" or "-x" */
static const struct cli_option *
lookup(const struct cli_command *c, const char *word, const char **value)
{
    const char *equals = strchr(word, '=');
    size_t n = equals ? (size_t)(equals - word) : strlen(word);

    *value = equals && word[1] == '-' ? equals + 1 : NULL;
    for (const struct cli_option *o = c->options; o && o->name; o++) {
        if (word[1] != '-' && o->letter == word[1] && !word[2])
            return o;
        if (word[1] == '-' && strlen(o->name) == n - 2 &&
            strncmp(o->name, word + 2, n - 2) == 0)
            return o;
    }
    return NULL;
}

bool
cli_parse(const struct cli_command *c, int argc, char **argv, void *out, int *n)
{
    bool options = true;

    *n = 0;
    for (int i = 1; i < argc; i++) {
        const struct cli_option *o;
        const char *value, *word = argv[i];

        if (!options || word[0] != '-' || !word[1]) {
            argv[++*n] = argv[i];
            continue;
        }
        if (strcmp(word, "--") == 0) {
            options = false;
            continue;
        }
        o = lookup(c, word, &value);
        if (!o)
            return wrong(c, "unknown option", word);
        if (o->kind == CLI_FLAG ? value != NULL : !value && ++i == argc)
            return wrong(
                c, value ? "no value belongs to" : "no value for", word);
        if (o->kind != CLI_FLAG && !value)
            value = argv[i];
        if (!set(o, value, out)) {
            fprintf(stderr, "shenbao %s: '%s' is no value for --%s %s\n",
                c->name, value, o->name, o->arg);
            return false;
        }
    }
    return true;
}

/* ---- printing --------------------------------------------------------- */

bool
cli_wants_help(const struct cli_command *c, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
        if (strcmp(argv[i], "--help") && strcmp(argv[i], "-h"))
            continue;
        cli_print_help(c, stdout);
        return true;
    }
    return false;
}

void
cli_print_help(const struct cli_command *c, FILE *f)
{
    fprintf(f, "usage: shenbao %s%s%s%s\n\n%s.\n", c->name,
        c->operands ? " " : "", c->operands ? c->operands : "",
        c->options ? " [OPTION...]" : "", c->help);
    for (const struct cli_option *o = c->options; o && o->name; o++) {
        char head[80];

        snprintf(head, sizeof head, "%s%c%s --%s %s", o->letter ? "-" : "  ",
            o->letter ? o->letter : ' ', o->letter ? "," : "", o->name,
            o->arg ? o->arg : "");
        fprintf(
            f, "%s  %-32s %s\n", o == c->options ? "\n" : "", head, o->help);
    }
}

void
cli_print_man(const struct cli_command *c, FILE *f)
{
    fprintf(f, ".SS shenbao %s %s\n%s.\n", c->name,
        c->operands ? c->operands : "", c->help);
    for (const struct cli_option *o = c->options; o && o->name; o++) {
        fputs(".TP\n", f);
        if (o->letter)
            fprintf(f, "\\fB\\-%c\\fR, ", o->letter);
        fprintf(f, "\\fB\\-\\-%s\\fR", o->name);
        if (o->arg)
            fprintf(f, " \\fI%s\\fR", o->arg);
        fprintf(f, "\n%s.\n", o->help);
    }
}

void
cli_print_completion(const struct cli_command *c, FILE *f)
{
    fprintf(f, "    %s) words=\"", c->name);
    for (const struct cli_option *o = c->options; o && o->name; o++)
        fprintf(f, "--%s ", o->name);
    fputs("--help\" ;;\n", f);
}
