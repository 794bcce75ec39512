#!/bin/sh
# Render every sample into $OUT and list what came of it.
set -u
mkdir -p "$OUT"
failed=0
list=$(find samples \( -name '*.fo' -o -name '*.xml' \) 2>/dev/null | sort)
if [ -z "$list" ]; then echo "There are no samples yet."; exit 0; fi
for sample in $list; do
    name=$(echo "${sample#samples/}" | sed 's|/|-|g; s|\.[a-z]*$||')
    # FO goes to the formatter alone, a document through its template.
    case $sample in
    *.fo) verb=fo ;;
    *) verb=render; "$BIN" render --help >/dev/null 2>&1 || continue ;;
    esac
    if "$BIN" $verb "$sample" -o "$OUT/$name.pdf"; then
        echo "$OUT/$name.pdf"
    else
        echo "$sample: not rendered" >&2
        failed=1
    fi
done
exit $failed
