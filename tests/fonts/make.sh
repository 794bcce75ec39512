#!/bin/sh
# Build the test font into $BUILD/test-fonts unless it is newer than its maker.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${BUILD:-build}/test-fonts
font=$out/ShenbaoSquare.ttf
if [ -e "$font" ] && [ "$font" -nt "$here/square.py" ]; then exit 0; fi
mkdir -p "$out"
# The system's own interpreter first: that is where the package put fontTools.
for python in /usr/bin/python3 python3; do
    if $python -c 'import fontTools' 2>/dev/null; then
        $python "$here/square.py" "$font.new"
        mv "$font.new" "$font"
        echo "$font"
        exit 0
    fi
done
echo "python3-fonttools is missing" >&2
exit 1
