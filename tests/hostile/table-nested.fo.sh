# A table in a cell in a table ... 300 deep.
head='<fo:table table-layout="fixed" width="100%"><fo:table-column column-width="100%"/><fo:table-body><fo:table-row><fo:table-cell>'
foot='</fo:table-cell></fo:table-row></fo:table-body></fo:table>'
. ./lib.sh
open_doc 200pt 200pt
awk -v n=300 -v h="$head" -v f="$foot" 'BEGIN {
    for (i = 0; i < n; i++) printf "%s", h
    print "<fo:block>x</fo:block>"
    for (i = 0; i < n; i++) printf "%s", f }'
close_doc
