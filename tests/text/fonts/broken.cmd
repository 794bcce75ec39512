# A file that is no font, one that is cut short, an empty one: passed over,
# with a word; without any font nothing is written.
mkdir f
printf 'no font' > f/a.ttf
head -c 3000 "$($SHENBAO fonts | sed -n 's/.*  \(\/.*NimbusSans-Regular\.otf\)$/\1/p' | head -1)" > f/b.otf
: > f/c.otf
SHENBAO_FONTS=$PWD/f:- $SHENBAO fonts 2>/dev/null | grep 跳过 | sed "s|$PWD/||"
SHENBAO_FONTS=$PWD/f:- $SHENBAO fonts >/dev/null 2>&1 || echo "exit $?"
