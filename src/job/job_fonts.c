/* shenbao fonts: the fonts are looked for as for any document, then told. */
#include "job/job_fonts.h"
#include "base/buf.h"
#include "text/text.h"
#include "text/text_fonts.h"
#include <stdio.h>

enum job_exit
job_fonts(bool json)
{
    struct text_env *env = text_env_new();
    enum job_exit answer = JOB_OK;
    struct buf out;

    buf_init(&out);
    if (json)
        text_fonts_report_json(env, &out);
    else
        text_fonts_report(env, &out);
    if (fwrite(out.data, 1, out.len, stdout) != out.len || fflush(stdout)) {
        perror("shenbao fonts");
        answer = JOB_UNRENDERED;
    } else if (!text_fonts_complete(env)) {
        fputs("shenbao fonts: some characters of the standard table have no "
              "glyph; fonts/install.sh brings what is missing\n",
            stderr);
        answer = JOB_UNRENDERED;
    }
    buf_clear(&out);
    text_env_free(env);
    return answer;
}
