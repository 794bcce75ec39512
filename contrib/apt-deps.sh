#!/bin/sh
# Install the Debian packages of the named sets: build fonts test fuzz bench.
#
# What is there already is not asked for again, so a second call costs a few
# milliseconds and needs neither root nor a network.
set -eu

packages() {
    case "$1" in
    build) echo build-essential pkg-config libxml2-dev libxslt1-dev \
        libpango1.0-dev libcairo2-dev libfontconfig-dev libfreetype-dev \
        libharfbuzz-dev libpng-dev libjpeg-dev ;;
    fonts) echo fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai \
        fonts-urw-base35 fontconfig ;;
    test) echo poppler-utils mupdf-tools qpdf xsltproc libxml2-utils \
        python3-fonttools ;;
    fuzz) echo clang llvm ;;
    bench) echo valgrind ;;
    *) echo "apt-deps.sh: no set of packages called '$1'" >&2; exit 2 ;;
    esac
}

want=
for set in "$@"; do want="$want $(packages "$set")"; done

if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian. Please install the counterparts of:$want" >&2
    exit 0
fi

missing=
for p in $want; do
    case "$(dpkg-query -W -f='${Status}' "$p" 2>/dev/null)" in
    *'ok installed') ;;
    *) missing="$missing $p" ;;
    esac
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "apt-get is missing. Please install by hand:$missing" >&2
    exit 1
fi
sudo=
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Neither root nor sudo. Please install as root:$missing" >&2
        exit 1
    fi
    sudo=sudo
fi

# A fresh machine has empty package lists: fetch them, then ask once more.
echo "Installing:$missing" >&2
install="$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
    --no-install-recommends"
# shellcheck disable=SC2086
$install $missing >/dev/null 2>&1 || {
    $sudo apt-get update -q >/dev/null
    $install $missing >/dev/null
}
