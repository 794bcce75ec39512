# block-container in block-container, 10,000 deep.
. ./lib.sh
open_doc 200pt 200pt
awk -v n=10000 'BEGIN { printf "<fo:block>"
    for (i = 0; i < n; i++) printf "<fo:block-container>"
    printf "<fo:block>x</fo:block>"
    for (i = 0; i < n; i++) printf "</fo:block-container>"
    print "</fo:block>" }'
close_doc
