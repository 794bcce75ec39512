#!/bin/sh
# Which lines of src/ the tests reach, a file a line, least reached first.
# BUILD is a build with --coverage whose tests have run.
set -eu
find "$BUILD/obj" -name '*.gcda' | while read -r data; do
    gcov -n -o "$(dirname "$data")" "$data" 2>/dev/null
done | awk '
    /^File / { file = $2; gsub(/\047/, "", file) }
    /^Lines executed:/ && file ~ /^src\// {
        split($2, part, /[:%]/)
        if (!(file in of)) { percent[file] = part[2]; of[file] = $4 }
        file = ""
    }
    END {
        for (f in of) {
            printf "%6.1f %% of %5d  %s\n", percent[f], of[f], f
            hit += percent[f] * of[f] / 100; all += of[f]
        }
        if (all) printf "%6.1f %% of %5d  all\n", 100 * hit / all, all
    }' | sort -n
