#!/bin/sh
# Puts this folder into your home, and the program into the menu; needs no rights.
#   ./install.sh           install, or replace what was installed
#   ./install.sh --remove  take all of it away; your recordings and models stay
set -eu

data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/lib/spoken-digits
command=$HOME/.local/bin/spoken-digits
here=$(cd "$(dirname "$0")" && pwd -P)

refresh() {
  for update in "update-desktop-database -q $data/applications" \
    "gtk-update-icon-cache -q -t -f $data/icons/hicolor"; do
    if command -v "${update%% *}" >/dev/null; then $update || true; fi
  done
}

remove() {
  rm -rf "$program.old" "$program.new"
  if [ -e "$program" ]; then mv "$program" "$program.old"; fi
  if [ "$(readlink "$command" || true)" = "$program/spoken-digits" ]; then rm "$command"; fi
  rm -f "$data/applications/spoken-digits.desktop" \
    "$data/metainfo/io.github.spoken_digits.metainfo.xml" \
    "$data/icons/hicolor"/*/apps/spoken-digits.png \
    "$data/icons/hicolor/scalable/apps/spoken-digits.svg"
  rm -rf "$program.old"
}

if [ "${1:-}" = --remove ]; then
  remove
  refresh
  echo "Spoken Digits is removed. What you made stays in $data/spoken-digits."
  exit
fi
if [ "$here" = "$program" ]; then
  echo "This is the installed folder: run install.sh of the one that you unpacked." >&2
  exit 1
fi
if [ -e "$command" ] || [ -L "$command" ]; then
  if [ "$(readlink "$command" || true)" != "$program/spoken-digits" ]; then
    echo "$command is there already, and is not of this program: move it away first." >&2
    exit 1
  fi
fi

mkdir -p "${program%/*}" "${command%/*}" "$data/applications" "$data/metainfo" "$data/icons"
rm -rf "$program.new"
cp -R "$here" "$program.new"
remove_old=$program.old
rm -rf "$remove_old"
if [ -e "$program" ]; then mv "$program" "$remove_old"; fi
mv "$program.new" "$program"
rm -rf "$remove_old"
ln -sf "$program/spoken-digits" "$command"
cp -R "$program/share/icons/hicolor" "$data/icons/"
cp "$program/share/metainfo/io.github.spoken_digits.metainfo.xml" "$data/metainfo/"
# The whole path, because a menu need not look into ~/.local/bin; quoted as the format asks for.
quoted=$(printf %s "$program/spoken-digits" | sed 's/\\/\\\\\\\\/g; s/["`$]/\\\\&/g; s/%/%%/g')
line="Exec=\"$quoted\" %F" awk '/^Exec=/ { print ENVIRON["line"]; next } { print }' \
  "$program/share/applications/spoken-digits.desktop" \
  >"$data/applications/spoken-digits.desktop"
refresh
echo "Spoken Digits is installed in $program and stands in the menu."
case ":$PATH:" in *":${command%/*}:"*) ;; *) echo "Its command is $command." ;; esac
