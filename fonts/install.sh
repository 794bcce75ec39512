#!/bin/sh
# Install the free fonts that the roles of `shenbao fonts` resolve to.
#
#   fonts/install.sh [FOLDER]
#
# The packages are installed by apt where we may (root or sudo); elsewhere
# their font files alone are taken into FOLDER.  Fandol (仿宋, 楷体) comes only
# inside a large TeX package: that one is never installed, its font files are
# taken out of it.  FOLDER is /usr/local/share/fonts/shenbao, or
# ~/.local/share/fonts/shenbao for one who may not write there.
#
# What is there already is not asked for again: a second call needs neither
# root nor a network.  Ends with 1 when a font is missing, and says which.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

# package:a file name by which its fonts are known to be there
PACKAGES='
fonts-noto-cjk:NotoSerifCJK-Regular.ttc
fonts-noto-cjk-extra:NotoSerifCJK-Light.ttc
fonts-lxgw-wenkai:LXGWWenKai-Regular.ttf
fonts-urw-base35:NimbusSans-Regular.otf
fonts-dejavu-core:DejaVuSans.ttf
fonts-babelstone-han:BabelStoneHan.ttf
fonts-hanazono:HanaMinB.ttf
'
FANDOL_PACKAGE=texlive-lang-chinese
FANDOL_SUMS=$here/fandol.sha256

say() { echo "fonts: $*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- where, and with which rights -------------------------------------------

user_folder=${XDG_DATA_HOME:-${HOME:-/nonexistent}/.local/share}/fonts/shenbao
sudo=
if [ "$(id -u)" = 0 ]; then
    may_install=yes
    folder=/usr/local/share/fonts/shenbao
elif have sudo && sudo -n true 2>/dev/null; then
    may_install=yes
    sudo=sudo
    folder=/usr/local/share/fonts/shenbao
else
    may_install=no
    folder=$user_folder
fi
if [ $# -gt 0 ]; then
    folder=$1
    if mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ]; then
        sudo_copy=
    else
        sudo_copy=$sudo
    fi
else
    sudo_copy=$sudo
fi

temp=
trap '[ -z "$temp" ] || rm -rf "$temp"' EXIT
trap 'exit 1' HUP INT TERM

# --- asking what is there ---------------------------------------------------

# The places where shenbao looks too.
font_folders() {
    for d in "$folder" "$user_folder" /usr/local/share/fonts /usr/share/fonts
    do
        [ ! -d "$d" ] || echo "$d"
    done
}

# Is there a font file of this name anywhere?
there() {
    font_folders | while read -r d; do
        find -L "$d" -name "$1" -type f 2>/dev/null
    done | grep -q .
}

# The Fandol files that are missing or damaged in our folder, one a line.
fandol_missing() {
    if [ -d "$folder" ]; then
        (cd "$folder" && sha256sum -c "$FANDOL_SUMS" 2>/dev/null) |
            sed -n 's/: FAILED.*//p'
    else
        awk '{ print $2 }' "$FANDOL_SUMS"
    fi
}

# --- fetching ---------------------------------------------------------------

updated=no
update_lists() { # once, and only where lists can be missing
    [ "$updated" = no ] && [ "$may_install" = yes ] || return 1
    updated=yes
    $sudo apt-get update -q >/dev/null 2>&1
}

# Downloads a package without installing it; prints the file's name.
download() (
    cd "$temp"
    apt-get -q -o APT::Sandbox::User=root download "$1" >/dev/null 2>&1 ||
        exit 1
    ls "$temp/$1"_*.deb 2>/dev/null
)

# Unpacks a package beside and copies the font files (and licence) it holds
# that match the pattern.
take_files() {
    package=$1 pattern=$2
    have apt-get && have dpkg-deb || return 1
    [ -n "$temp" ] || temp=$(mktemp -d)
    deb=$(download "$package") || { update_lists && deb=$(download "$package"); } ||
        return 1
    rm -rf "$temp/x" && mkdir "$temp/x"
    dpkg-deb -x "$deb" "$temp/x" && rm -f "$deb"
    $sudo_copy mkdir -p "$folder"
    find "$temp/x" -type f -name "$pattern" \( -name '*.otf' -o -name '*.ttf' \
        -o -name '*.ttc' \) | while read -r f; do
        $sudo_copy install -m 644 "$f" "$folder/"
    done
}

install_packages() {
    if [ "$may_install" = yes ] && have apt-get; then
        say "installing $*"
        set -- env DEBIAN_FRONTEND=noninteractive apt-get install -y -q \
            --no-install-recommends "$@"
        # shellcheck disable=SC2086
        $sudo "$@" >/dev/null 2>&1 || { update_lists && $sudo "$@" >/dev/null; }
    else
        for p in "$@"; do
            say "taking the font files of $p into $folder"
            take_files "$p" '*' || true
        done
    fi
}

# --- the work ---------------------------------------------------------------

want=
for row in $PACKAGES; do
    there "${row#*:}" || want="$want ${row%%:*}"
done
# shellcheck disable=SC2086
[ -z "$want" ] || install_packages $want || true

if [ -n "$(fandol_missing)" ]; then
    say "taking Fandol out of $FANDOL_PACKAGE into $folder"
    # A TeX that is here already has the same files.
    for d in /usr/share/texlive/texmf-dist /usr/share/texmf-dist; do
        d=$d/fonts/opentype/public/fandol
        [ -d "$d" ] || continue
        $sudo_copy mkdir -p "$folder"
        $sudo_copy install -m 644 "$d"/Fandol[FHKS]*.otf "$folder/"
    done
    [ -z "$(fandol_missing)" ] || take_files $FANDOL_PACKAGE 'Fandol[FHKS]*.otf' || true
    if [ -n "$temp" ] && [ -d "$temp/x/usr/share/doc/texlive-doc/fonts/fandol" ]; then
        for f in "$temp"/x/usr/share/doc/texlive-doc/fonts/fandol/*; do
            $sudo_copy install -m 644 "$f" "$folder/Fandol-$(basename "$f")"
        done
    fi
fi

# --- the word at the end ----------------------------------------------------

bad=0
for row in $PACKAGES; do
    there "${row#*:}" && continue
    say "missing: ${row#*:} (Debian package ${row%%:*})"
    bad=1
done
for f in $(fandol_missing); do
    say "missing or damaged: $f (in Debian's $FANDOL_PACKAGE, and on CTAN: fonts/fandol)"
    bad=1
done
if [ $bad = 1 ]; then
    have apt-get || say "there is no apt-get here; install the fonts above by hand" \
        "or put the files into $folder"
fi
exit $bad
