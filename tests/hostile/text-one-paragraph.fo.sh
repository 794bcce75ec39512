# One paragraph of 300,000 Han characters with marks.
. ./lib.sh
open_doc 400pt 600pt
awk 'BEGIN { printf "<fo:block text-align=\"justify\">"
    for (i = 0; i < 20000; i++) printf "甲乙，丙丁“戊己”庚辛。壬癸（子）"
    print "</fo:block>" }'
close_doc
