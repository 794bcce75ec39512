#include "base/status.h"

enum status
fail(enum status st)
{
    return st;
}
