#include "base/length.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

int
mpt_from_double(double v)
{
    if (isnan(v))
        return 0;
    if (v >= MPT_LENGTH_MAX)
        return MPT_LENGTH_MAX;
    if (v <= -MPT_LENGTH_MAX)
        return -MPT_LENGTH_MAX;
    return (int)floor(v + 0.5);
}

int
mpt_clamp(long long v)
{
    if (v > MPT_MAX)
        return MPT_MAX;
    if (v < -MPT_MAX)
        return -MPT_MAX;
    return (int)v;
}

double
mpt_from_unit(const char *unit, int n)
{
    static const struct {
        char name[3];
        double mpt;
    } units[] = {
        {"pt", 1000}, {"mm", 72000 / 25.4}, {"cm", 72000 / 2.54}, {"in", 72000},
        {"pc", 12000},
        {"px", 1000}, /* 72 to the inch, as Apache FOP takes it */
    };

    if (n != 2)
        return 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (memcmp(units[i].name, unit, 2) == 0)
            return units[i].mpt;
    return 0;
}

const char *
mpt_print(char out[24], int mpt)
{
    long long v = mpt < 0 ? -(long long)mpt : mpt;
    int n = snprintf(out, 24, "%s%lld.%03lld", mpt < 0 ? "-" : "",
        v / MPT_PER_PT, v % MPT_PER_PT);

    while (out[n - 1] == '0')
        out[--n] = '\0';
    if (out[n - 1] == '.')
        out[n - 1] = '\0';
    return out;
}
