# 50,000 inlines in one block, each of one character.
. ./lib.sh
open_doc 400pt 600pt
awk 'BEGIN { print "<fo:block>"
    for (i = 0; i < 50000; i++)
        printf "<fo:inline font-size=\"%dpt\" baseline-shift=\"super\">甲</fo:inline>", 5 + i % 7
    print "</fo:block>" }'
close_doc
