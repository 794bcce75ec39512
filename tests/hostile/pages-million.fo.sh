# A million blocks, each asking for a page of its own: the limit is met.
. ./lib.sh
open_doc 200pt 200pt
awk 'BEGIN { for (i = 0; i < 300000; i++)
    print "<fo:block break-before=\"page\">x</fo:block>" }'
close_doc
