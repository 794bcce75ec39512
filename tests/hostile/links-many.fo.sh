# 40,000 links to as many places.
. ./lib.sh
open_doc 400pt 600pt
awk 'BEGIN { n = 40000; for (i = 0; i < n; i++)
    printf "<fo:block id=\"i%d\"><fo:basic-link internal-destination=\"i%d\">x</fo:basic-link></fo:block>\n",
        i, i * 7919 % n }'
close_doc
