/* What `shenbao fonts` tells, besides text.h's report in plain text. */
#ifndef TEXT_TEXT_FONTS_H
#define TEXT_TEXT_FONTS_H

#include <stdbool.h>

struct buf;
struct text_env;

void text_fonts_report_json(struct text_env *env, struct buf *out);

/* Every role prints all of the 通用规范汉字表, by fallback where it must. */
bool text_fonts_complete(struct text_env *env);

#endif
