/* What a fallible step answers.  A diagnostic is about the user's input and
 * work goes on; a status other than OK ends the stage (house rule 15). */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
    STATUS_OK,
    STATUS_BAD_INPUT, /* the input cannot be worked on; a diagnostic says why */
    STATUS_LIMIT,     /* a named limit was met */
    STATUS_SYSTEM     /* file, memory or a library failed us */
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* Every failure passes here once: the one place for a breakpoint. */
enum status fail(enum status st);

#endif
