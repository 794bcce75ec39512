# 60,000 ids, each cited once: every one has a style of its own.
. ./lib.sh
open_doc 400pt 600pt
awk 'BEGIN { n = 60000; for (i = 0; i < n; i++)
    printf "<fo:block id=\"i%d\">x <fo:page-number-citation ref-id=\"i%d\"/></fo:block>\n",
        i, i * 7919 % n }'
close_doc
