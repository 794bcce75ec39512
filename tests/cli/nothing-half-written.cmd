# What cannot be made leaves no file, and what stood there stays.
$SHENBAO fo "$HERE/three-pages.fo" -o good.pdf
echo before > out.pdf
printf '<fo:root' > cut.fo
$SHENBAO fo cut.fo -o out.pdf 2>/dev/null && echo "made from nothing"
$SHENBAO fo "$HERE/three-pages.fo" -o out.pdf --page-limit 2 2>/dev/null &&
    echo "made beyond the limit"
$SHENBAO fo "$HERE/three-pages.fo" -o nowhere/out.pdf 2>/dev/null &&
    echo "made in no folder"
# pages that were whole go with the one that failed
$SHENBAO fo "$HERE/three-pages.fo" -o page.svg --page-limit 2 2>/dev/null &&
    echo "pages made beyond the limit"
cat out.pdf
ls -A
