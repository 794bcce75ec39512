#include "text/text_par.h"
void
text_fit_latin(struct text_work *w, int from, int to)
{
    text_fit_first(w, from, to);
}
