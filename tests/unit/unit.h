/* The whole of the unit-test library.  A program is a main() of CHECKs and
 * ends with `return unit_done();`.  tests/run counts the lines printed. */
#ifndef UNIT_H
#define UNIT_H

#include <stdio.h>
#include <string.h>

static int unit_failed;

static inline void
unit_say(int good, const char *what, const char *file, int line)
{
    if (good)
        printf("ok %s\n", what);
    else
        printf("not ok %s: %s:%d\n", what, file, line);
    unit_failed += !good;
}

static inline void
unit_int(
    long long got, long long want, const char *what, const char *file, int line)
{
    unit_say(got == want, what, file, line);
    if (got != want)
        printf("    got %lld, expected %lld\n", got, want);
}

static inline void
unit_str(const char *got, const char *want, const char *what, const char *file,
    int line)
{
    int good = got == want || (got && want && strcmp(got, want) == 0);

    unit_say(good, what, file, line);
    if (!good)
        printf("    got \"%s\", expected \"%s\"\n", got ? got : "(null)",
            want ? want : "(null)");
}

#define CHECK(cond) unit_say((cond) != 0, #cond, __FILE__, __LINE__)
#define CHECK_INT(got, want) unit_int(got, want, #got, __FILE__, __LINE__)
#define CHECK_STR(got, want) unit_str(got, want, #got, __FILE__, __LINE__)

static inline int
unit_done(void)
{
    fflush(stdout);
    return unit_failed ? 1 : 0;
}

#endif
