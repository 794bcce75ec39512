# 60,000 combining marks and no base.
. ./lib.sh
open_doc 400pt 600pt
awk 'BEGIN { printf "<fo:block>"
    for (i = 0; i < 60000; i++) printf "&#x301;"
    print "</fo:block>" }'
close_doc
