# "-" is standard input and output; the data is the same as through files.
$SHENBAO fo "$HERE/three-pages.fo" -o a.pdf
$SHENBAO fo - -o - --format pdf < "$HERE/three-pages.fo" > b.pdf
cmp a.pdf b.pdf
head -c 5 b.pdf
echo
