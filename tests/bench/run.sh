#!/bin/sh
# Print what the formatter costs: the book cold and warm, where the time goes,
# a table of 1,000 to 50,000 rows, and the ratios to the peers.
#
# Never a test: clocks of shared machines lie.  What CI holds is the count of
# instructions (instructions.sh).  RUNS (11) cold runs, medians throughout.
# A peer that peers.sh has set up is measured in the same run; of the others
# the recorded figures are shown, and said to be so.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=${BUILD:-build}
shenbao=$build/shenbao
runs=${RUNS:-11}
out=$build/bench
book=$here/src/book.fo
work=${BENCH_WORK:-${TMPDIR:-/tmp}/shenbao-bench}
mkdir -p "$out"
measure=$out/measure
${CC:-cc} -O2 -o "$measure" "$here/measure.c"

row() { printf '%-24s %9s %9s %9s %9s\n' "$@"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN {
    if (a + 0 && b + 0) printf "%.1f", b / a; else printf "-" }'; }

# --- the book ---------------------------------------------------------------

# shellcheck disable=SC2046
set -- $("$measure" "$runs" "$shenbao" fo "$book" -o "$out/book.pdf")
wall=$1 cpu=$2 peak=$3
# Warm: the second half of 40 rounds in one process.
"$shenbao" fo "$book" -o "$out/book.pdf" --repeat 40 2>&1 |
    sed -nE 's|.* ([0-9.]+) ms CPU$|\1|p' | tail -20 | sort -n > "$out/warm" || true
warm=$(awk '{ v[NR] = $1 } END { print NR ? v[int((NR + 1) / 2)] : "-" }' \
    "$out/warm")

echo "The book ($(pdfinfo "$out/book.pdf" 2>/dev/null |
    awk '/^Pages/ { print $2 }') pages, $(wc -c < "$out/book.pdf") bytes):" \
    "$runs cold runs, medians"
row '' 'wall s' 'CPU s' 'peak MiB' 'warm ms'
row shenbao "$wall" "$cpu" "$peak" "$warm"
row '  must stay within' - 0.16 110 70
echo
echo "By stage:"
"$shenbao" fo "$book" -o "$out/book.pdf" --timing 2>&1 |
    sed -n "/ ms CPU$/s/^/  /p" || true

# --- the peers --------------------------------------------------------------

# peer NAME: its line, measured now if it is set up here.
peer() {
    case $1 in
    typst*) name=typst; there=$work/node_modules ;;
    fop*) name=fop; there=$work/NotoSansCJKsc-Regular.otf ;;
    *) name=; there= ;;
    esac
    said=recorded
    if [ -n "$there" ] && [ -e "$there" ]; then
        # shellcheck disable=SC2046
        if new=$("$measure" 3 sh "$here/peers.sh" run $name); then
            # shellcheck disable=SC2086
            set -- "$1" $new "$(sh "$here/peers.sh" warm $name 2>&1 |
                sed -nE 's/.*[Cc][Pp][Uu] (median )?([0-9.]+).*/\2/p' |
                tail -1)"
            said=measured
        fi
    fi
    row "$1" "$2" "$3" "$4" "${5:--}"
    row "  its CPU / ours, $said" '' "$(ratio "$cpu" "$3")" \
        "$(ratio "$peak" "$4")" "$(ratio "$warm" "${5:--}")"
}
echo
echo "Peers on the same book:"
row '' 'wall s' 'CPU s' 'peak MiB' 'warm ms'
grep -v '^#' "$here/recorded.txt" | grep -v table |
    while read -r a b c d e; do peer "$a" "$b" "$c" "$d" "$e"; done

# --- the table --------------------------------------------------------------

echo
echo "A nine-column table: it must grow linearly; 10,000 rows within 6 s and"
echo "300 MiB, 50,000 within 1 GiB (FOP 2.8, recorded: 17.9 s and 1,760 MiB)"
row rows 'wall s' 'CPU s' 'peak MiB' 'ms/row'
for rows in ${ROWS:-1000 10000 50000}; do
    awk -v ROWS="$rows" -f "$here/table.awk" > "$out/table.fo"
    # shellcheck disable=SC2046
    set -- $("$measure" 1 "$shenbao" fo "$out/table.fo" -o "$out/table.pdf")
    row "$rows" "$1" "$2" "$3" "$(awk -v c="$2" -v r="$rows" \
        'BEGIN { printf "%.3f", c * 1000 / r }')"
done
rm -f "$out/table.fo"
