#!/bin/sh
# Hold the instruction count of the book within 3 % of callgrind.txt:
# instructions.sh [--update].  Unlike a clock it does not depend on the load of
# the machine, so a test may judge it.  The environment is emptied and fonts are
# looked up once before, so that no cache of the user's decides.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-build}
out=$build/bench
mkdir -p "$out"
sh "$here/../../contrib/apt-deps.sh" bench
if ! command -v valgrind >/dev/null; then
    echo "skip instructions: valgrind is missing"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi

fo() { env -i PATH="$PATH" HOME="$out" LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=0 \
    "$@" "$build/shenbao" fo "$here/src/book.fo" -o "$out/book.pdf"; }
fo env 2>/dev/null || [ $? = 1 ]
fo valgrind --tool=callgrind --callgrind-out-file="$out/callgrind.out" \
    2> "$out/callgrind.log" || [ $? = 1 ]
now=$(awk '/Collected :/ { print $NF }' "$out/callgrind.log")
if [ "${1:-}" = --update ]; then
    echo "$now" > "$here/callgrind.txt"
fi
if [ ! -e "$here/callgrind.txt" ]; then
    echo "skip instructions: $now, and no figure to hold it against"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
awk -v now="$now" -v was="$(cat "$here/callgrind.txt")" 'BEGIN {
    change = 100 * (now - was) / was
    printf "instructions for the book: %.1f million, %+.1f %% against %.1f\n",
        now / 1e6, change, was / 1e6
    bad = !now || change > 3 || change < -3
    if (bad && change < 0) print "fewer: say so with instructions.sh --update"
    if (bad) print "not ok bench/instructions: more than 3 % off"
    printf "%d passed, %d failed, 0 skipped\n", !bad, bad
    exit bad
}'
