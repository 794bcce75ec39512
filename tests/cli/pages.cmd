# PNG and SVG make a file a page, numbered; a range makes those pages only.
$SHENBAO fo "$HERE/three-pages.fo" -o page.png --dpi 72
ls
$SHENBAO fo "$HERE/three-pages.fo" -o two.svg --pages 2-3
ls two*
file_type() { head -c 4 "$1" | od -An -c | tr -d ' '; }
file_type page-02.png
