/* measure N COMMAND...: run it N times, print the medians of wall seconds,
 * CPU seconds (user + system) and peak resident MiB on one line.  The output
 * of the command is dropped; a run that fails ends the measurement. */
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct run {
    double wall; /* [s] */
    double cpu; /* [s] */
    double peak; /* [MiB] */
};

static double
seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int
run_once(char **argv, struct run *r)
{
    struct timespec a, b;
    struct rusage u;
    int status;
    pid_t pid;

    clock_gettime(CLOCK_MONOTONIC, &a);
    pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);

        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        execvp(argv[0], argv);
        _exit(127);
    }
    if (pid < 0 || wait4(pid, &status, 0, &u) < 0)
        return -1;
    clock_gettime(CLOCK_MONOTONIC, &b);
    r->wall = (double)(b.tv_sec - a.tv_sec) +
        (double)(b.tv_nsec - a.tv_nsec) / 1e9;
    r->cpu = seconds(u.ru_utime) + seconds(u.ru_stime);
    r->peak = (double)u.ru_maxrss / 1024;
    /* 1 means findings, not failure: the document was made. */
    return WIFEXITED(status) && WEXITSTATUS(status) <= 1 ? 0 : -1;
}

static int
by_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static double
median(const struct run *runs, int n, size_t member)
{
    double *v = malloc((size_t)n * sizeof *v), m;

    for (int i = 0; i < n; i++)
        v[i] = *(const double *)((const char *)&runs[i] + member);
    qsort(v, (size_t)n, sizeof *v, by_double);
    m = v[n / 2];
    free(v);
    return m;
}

int
main(int argc, char **argv)
{
    int n = argc > 2 ? atoi(argv[1]) : 0;
    struct run *runs;

    if (n < 1) {
        fprintf(stderr, "usage: measure N COMMAND...\n");
        return 2;
    }
    runs = calloc((size_t)n, sizeof *runs);
    for (int i = 0; i < n; i++)
        if (run_once(argv + 2, &runs[i]) != 0) {
            fprintf(stderr, "measure: %s failed\n", argv[2]);
            free(runs);
            return 1;
        }
    printf("%.3f %.3f %.0f\n", median(runs, n, offsetof(struct run, wall)),
        median(runs, n, offsetof(struct run, cpu)),
        median(runs, n, offsetof(struct run, peak)));
    free(runs);
    return 0;
}
