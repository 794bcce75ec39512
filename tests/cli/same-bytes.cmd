# The same input gives the same bytes, whatever the clock and the folder.
fo=$HERE/three-pages.fo
for format in pdf svg area; do
    $SHENBAO fo "$fo" -o "a.$format" --format $format
    sleep 1.1
    mkdir -p elsewhere
    cp "$fo" elsewhere/other-name.fo
    (cd elsewhere && $SHENBAO fo other-name.fo -o "../b.$format" \
        --format $format)
    for a in a*."$format"; do cmp "$a" "b${a#a}"; done
done
