/* Lengths: integers in millipoints ([mpt], 1/1000 pt).  Layout never sees a
 * floating length; text shaping and painting convert at their border. */
#ifndef BASE_LENGTH_H
#define BASE_LENGTH_H

#include <stdbool.h>

#define MPT_PER_PT 1000
#define MPT_LENGTH_MAX 100000000 /* of one length: 35 m, some twenty add up in an int */
#define MPT_MAX 1000000000 /* of what adds up without a bound */

int mpt_from_double(double v); /* rounds, clamps to +-MPT_LENGTH_MAX; NaN gives 0 */
int mpt_clamp(long long v);    /* to +-MPT_MAX */

/* Millipoints of one unit ("mm" ...), 0 for an unknown or relative unit. */
double mpt_from_unit(const char *unit, int n);

/* "12.345" from 12345, without trailing zeros */
const char *mpt_print(char out[24], int mpt);

#endif
