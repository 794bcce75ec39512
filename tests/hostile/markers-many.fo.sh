# 20,000 markers on one page.
. ./lib.sh
open_doc 400pt 600pt
awk 'BEGIN { for (i = 0; i < 20000; i++)
    printf "<fo:block><fo:marker marker-class-name=\"m\">%d</fo:marker></fo:block>\n", i }'
close_doc
