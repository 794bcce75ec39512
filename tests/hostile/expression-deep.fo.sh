# Parentheses, signs and functions nested 100,000 deep.
. ./lib.sh
open_doc 200pt 200pt
awk 'BEGIN { n = 100000
    printf "<fo:block start-indent=\""; for (i = 0; i < n; i++) printf "("
    printf "1pt"; for (i = 0; i < n; i++) printf ")"
    printf "\" end-indent=\""; for (i = 0; i < n; i++) printf "-"
    printf "1pt\" font-size=\""; for (i = 0; i < n; i++) printf "abs("
    print "\">x</fo:block>" }'
close_doc
