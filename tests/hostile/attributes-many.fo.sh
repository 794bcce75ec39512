# An element with 5,000 attributes and one attribute of a megabyte.
. ./lib.sh
open_doc 200pt 200pt
awk 'BEGIN { printf "<fo:block"
    for (i = 0; i < 5000; i++) printf " a%d=\"1\"", i
    printf " font-family=\""
    for (i = 0; i < 100000; i++) printf "abcdefghi,"
    print "\">x</fo:block>" }'
close_doc
