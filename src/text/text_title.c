#include "text/text_par.h"
bool
text_fit_title(struct text_work *w, int from, int to)
{
    (void)w; (void)from; (void)to;
    return false;
}
