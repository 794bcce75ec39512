# Notes longer than their pages, in columns: the text moves on far ahead of them.
. ./lib.sh
open_doc 200pt 200pt | sed 's|<fo:region-body/>|<fo:region-body column-count="3"/>|'
awk 'BEGIN { for (i = 0; i < 6; i++) {
    printf "<fo:block>text<fo:footnote><fo:inline>*</fo:inline><fo:footnote-body>"
    for (j = 0; j < 60; j++) printf "<fo:block>note %d</fo:block>", j
    print "</fo:footnote-body></fo:footnote></fo:block>" } }'
close_doc
