#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Includes point only downwards, a foreign library has one home, pure rooms see bytes and numbers only.
. tests/repo/lib.sh

sources '*.[ch]' | xargs awk -v layers="$SRC/tests/repo/layers.txt" '
function room_of(path) {
	while (!(path in room))
		if (!sub(/\/[^\/]*$/, "", path))
			return ""
	return path
}
function names(list, header,    i, n, word) {
	n = split(list, word, " ")
	for (i = 1; i <= n; i++)
		if (header == word[i] || (word[i] ~ /\/$/ && index(header, word[i]) == 1))
			return word[i]
	return ""
}
function complain(what) { printf "%s:%d: %s\n", FILENAME, FNR, what }
BEGIN {
	while ((getline line < layers) > 0) {
		if (line ~ /^(#|[ \t]*$)/)
			continue
		kind = line; sub(/ .*/, "", kind)
		sub(/^[a-z]+ +/, "", line)
		subject = line; sub(/:.*/, "", subject)
		rest = line; sub(/^[^:]*:?/, "", rest)
		if (kind == "room") room[subject] = " " rest " "
		else if (kind == "home") { home[subject] = " " rest " "; homes = homes " " subject }
		else if (kind == "pure") pure[subject] = 1
		else if (kind == "outside") outside = outside " " line
		else { print layers ": no such rule: " kind }
	}
}
FNR == 1 { here = room_of(FILENAME); if (here == "") complain("is in no room") }
/^[ \t]*#[ \t]*include/ {
	target = $0; gsub(/^[^<"]*[<"]|[>"].*$/, "", target)
	if (/"/) {
		there = room_of("lib/" target); if (there == "") there = room_of(target)
		if (there == "") complain("\"" target "\" does not name its room")
		else if (there != here && !index(room[here], " " there " ")) complain(here " may not use " there)
	} else {
		rule = names(homes, target)
		if (rule != "" && !index(home[rule], " " here " ")) complain("<" target "> does not belong in " here)
	}
	if ((here in pure) && names(outside, target) != "") complain(here " is pure and may not use " target)
}' >"$WORK/rooms"
verdict 'includes keep to tests/repo/layers.txt' "$WORK/rooms"

# Room directories that the page does not know, and files that lie outside of a room.
for dir in $(find lib -mindepth 1 -type d 2>/dev/null | sort); do
	grep -q "^room $dir:" "$SRC/tests/repo/layers.txt" || echo "$dir is not on the page"
done >"$WORK/unknown"
verdict 'every room is on the page' "$WORK/unknown"

# A module is one .c and one .h of the same name, included first.  Where several .c share a header
# (renderers, formats), each includes one of its own room.
for file in $(sources '*.c' | grep -v -e '^tests/' -e '/main\.c$'); do
	header=${file%.c}.h
	room=${file%/*}
	if [ -f "$header" ]; then
		sed -n 's/^#include [<"]\(.*\)[>"].*/\1/p' "$file" | head -n 1 | grep -qx -e "${header#lib/}" -e "$header" ||
			echo "$file:1: does not include its own header first"
	else
		grep -qE "^#include \"(${room#lib/}|$room)/" "$file" || echo "$file: no header of $room declares it"
	fi
done >"$WORK/pairs"
verdict 'every .c includes the header of its name first' "$WORK/pairs"
finish
