# A character without a glyph in any font is named, with its place, and no
# PDF is written, unless it is a draft.  (U+10FFFD is private use: nobody's.)
sed 's/甲乙丙/甲\&#x10FFFD;/' "$HERE/three-pages.fo" > in.fo
$SHENBAO fo in.fo -o out.pdf 2>said && echo "a PDF all the same"
[ -e out.pdf ] && echo "a PDF was left"
grep -o 'in.fo:[0-9]*' said | head -1
grep -o 'U+10FFFD' said | head -1
$SHENBAO fo in.fo -o out.pdf --draft 2>/dev/null || [ $? = 1 ]
head -c 4 out.pdf
echo
