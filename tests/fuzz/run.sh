#!/bin/bash
# Fuzz each target tests/fuzz/NAME.c for FUZZ_SECONDS (60): tests/fuzz/run.sh
#
# NAME.corpus/ holds seeds, NAME.regression/ what once broke; both are run
# first.  What is found anew is kept under build-fuzz/, and a crash is copied
# to NAME.regression/ so that it stays found.  Every .fo of the tests is a seed
# for a target whose name begins with fo.
set -u
cd "$(dirname "$0")/../.."
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1
export SHENBAO_FONTS=$PWD/build-fuzz/test-fonts
san=-fsanitize=fuzzer-no-link,address,undefined
make --no-print-directory BUILD=build-fuzz CC=clang CFLAGS="-O1 -g" \
    SANITIZE="$san -fno-sanitize-recover=undefined" \
    build-fuzz/libshenbao.a >/dev/null || exit 1
BUILD=build-fuzz sh tests/fonts/make.sh >/dev/null

# Names and keywords from our own tables, so that mutation finds them: tags and
# attributes whole.
awk -F'"' '
/^OBJECT\(/ { print "\"<fo:" $2 ">\""; print "\"</fo:" $2 ">\"" }
/^(PROP[A-Z]*|SHORTHAND|SIDE|SIZE)\(/ { print "\" " $2 "=\\\"1\\\"\"" }
/^(KEYWORD|PROP[A-Z]*)\(/ { print "\"" $2 "\"" }' \
    src/fo/*.def | sort -u > build-fuzz/fo.dict

passed=0 failed=0
for source in tests/fuzz/${T:-*}.c; do
    [ -e "$source" ] || continue
    name=$(basename "$source" .c) dir=build-fuzz/$(basename "$source" .c)
    mkdir -p "$dir"/{new,seeds} "tests/fuzz/$name".{corpus,regression}
    case $name in # these take whole files: see the mutator
    fo_layout|fo_read) mutator=tests/fuzz/mutate/fo_mutate.c ;;
    *) mutator= ;;
    esac
    # shellcheck disable=SC2046,SC2086
    clang -std=c17 -O1 -g -D_DEFAULT_SOURCE -Isrc \
        -fsanitize=fuzzer,address,undefined \
        -fno-sanitize-recover=undefined -o "$dir/fuzz" "$source" $mutator \
        build-fuzz/libshenbao.a $(pkg-config --libs libxml-2.0 libxslt \
        libexslt pangocairo pangoft2 cairo fontconfig freetype2 harfbuzz \
        libpng libjpeg) -lm || { failed=$((failed + 1)); continue; }
    case $name in fo*) find tests samples -name '*.fo' -size -64k \
        -exec cp -t "$dir/seeds" {} + 2>/dev/null ;; esac
    echo "== $name"
    if "$dir/fuzz" -max_total_time="${FUZZ_SECONDS:-60}" -timeout=10 \
        -rss_limit_mb=2048 -max_len=65536 -print_final_stats=0 \
        -verbosity=0 -dict=build-fuzz/fo.dict \
        -artifact_prefix="tests/fuzz/$name.regression/" \
        "$dir/new" "$dir/seeds" "tests/fuzz/$name.corpus" \
        "tests/fuzz/$name.regression"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
    rmdir "tests/fuzz/$name".{corpus,regression} 2>/dev/null
done
echo "$passed passed, $failed failed, 0 skipped"
[ $failed = 0 ]
