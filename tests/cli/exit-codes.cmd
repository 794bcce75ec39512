# The table of exit codes: 2 usage, 3 not rendered, 4 not readable.
code() {
    want=$1; shift
    got=0
    "$@" >/dev/null 2>&1 || got=$?
    [ $got = "$want" ] || echo "$*: $got instead of $want" |
        sed "s|$HERE/||; s|^.*shenbao |shenbao |"
}
fo=$HERE/three-pages.fo
code 0 $SHENBAO fo "$fo" -o a.pdf
code 0 $SHENBAO --version
code 0 $SHENBAO --help
code 0 $SHENBAO fo --help
code 0 $SHENBAO fonts
code 2 $SHENBAO
code 2 $SHENBAO nonsense
code 2 $SHENBAO fo
code 2 $SHENBAO fo "$fo"
code 2 $SHENBAO fo "$fo" -o a.pdf --nonsense
code 2 $SHENBAO fo "$fo" -o a.pdf --format docx
code 2 $SHENBAO fo "$fo" -o a.pdf --dpi -3
code 2 $SHENBAO fo "$fo" -o a.pdf --pages 3-1
cp "$fo" own.fo
code 2 $SHENBAO fo own.fo -o ./own.fo
cmp "$fo" own.fo
code 3 $SHENBAO fo "$fo" -o none.pdf --pages 4-
test ! -e none.pdf
code 3 $SHENBAO fo "$fo" -o a.pdf --page-limit 2
code 3 $SHENBAO fo "$fo" -o no/such/folder/a.pdf
code 4 $SHENBAO fo no-such-file.fo -o a.pdf
: > empty.fo
code 4 $SHENBAO fo empty.fo -o a.pdf
echo '<html/>' > html.fo
code 4 $SHENBAO fo html.fo -o a.pdf
echo '<!DOCTYPE a><a/>' > doctype.fo
code 4 $SHENBAO fo doctype.fo -o a.pdf
