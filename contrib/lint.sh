#!/bin/sh
# Look the sources over: sizes of the house, format, and a static checker.
# $1 is the compile command of the Makefile.  A tool that is missing is named
# and passed over; what one says ends the run with 1.
set -u
bad=0
files=$(ls src/*/*.[ch] tests/*/*.[ch] 2>/dev/null)
[ -n "$files" ] || exit 0

# White space, and files that have outgrown the house (split at 1200 lines).
# shellcheck disable=SC2086
if grep -nE "[[:blank:]]+$|	" $files; then bad=1; fi
# shellcheck disable=SC2086
wc -l $files | awk '$2 != "total" && $1 > 1200 {
    print $2 ": " $1 " lines, split it"; bad = 1 } END { exit bad }' || bad=1

# Headers are set by hand: their comments stand in columns.
if command -v clang-format >/dev/null; then
    clang-format --dry-run -Werror src/*/*.c tests/*/*.c || bad=1
else
    echo "lint: clang-format is missing" >&2
fi

if command -v cppcheck >/dev/null; then
    cppcheck -q --std=c11 --error-exitcode=1 --inline-suppr -Isrc \
        --enable=warning,performance,portability \
        --suppress=missingIncludeSystem --suppress=uninitvar --suppress=unknownMacro src || bad=1
elif command -v clang-tidy >/dev/null; then
    # shellcheck disable=SC2046,SC2086
    clang-tidy --quiet --checks='-*,clang-analyzer-*,bugprone-infinite-loop' \
        $(ls src/*/*.c) -- ${1#* } || bad=1
else
    echo "lint: cppcheck and clang-tidy are missing" >&2
fi
exit $bad
