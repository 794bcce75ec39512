/* A place in the input. */
#ifndef BASE_WHERE_H
#define BASE_WHERE_H

struct where {
    const char *file; /* as the user named it; borrowed from the job */
    int line;         /* from 1; 0: unknown */
    int col;          /* from 1, in code points; 0: unknown */
};

#endif
