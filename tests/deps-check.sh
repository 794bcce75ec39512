#!/bin/sh
# Two rules of the house: src/DEPS is kept, and each header compiles alone.
# CC is the compile command of the Makefile.
set -eu
files=$(ls src/*/*.[ch] src/*/*.def 2>/dev/null || true)
[ -n "$files" ] || exit 0
# shellcheck disable=SC2086
awk -f tests/deps-check.awk src/DEPS $files

headers=$(ls src/*/*.h 2>/dev/null || true)
# shellcheck disable=SC2086
[ -z "$headers" ] || ${CC:-cc -Isrc} -Wno-missing-prototypes \
    -Wno-unused-function -fsyntax-only -x c $headers
echo "deps-check: $(echo "$files" | wc -l) files keep src/DEPS"
