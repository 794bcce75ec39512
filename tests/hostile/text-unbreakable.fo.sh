# One word of 200,000 letters, and one of as many closing marks.
. ./lib.sh
open_doc 200pt 200pt
awk 'BEGIN { printf "<fo:block>"; for (i = 0; i < 20000; i++) printf "abcdefghij"
    printf "</fo:block><fo:block>"; for (i = 0; i < 20000; i++) printf "）。”》，）。”》，"
    print "</fo:block>" }'
close_doc
