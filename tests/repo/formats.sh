#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every feed format has a case that is read, a case that is no answer, and a page.
. tests/repo/lib.sh

formats=$(find lib/feed -name 'format_*.c' 2>/dev/null | sed 's|.*/format_||;s|\.c$||' | sort || true)
[ -n "$formats" ] || echo 'lib/feed: no format' >"$WORK/cases"
for format in $formats; do
	for outcome in observations cause; do
		grep -rqs --include='*.test' "^$outcome = " "tests/feeds/$format" ||
			echo "tests/feeds/$format: no case says '$outcome'"
	done
done >>"$WORK/cases"
verdict 'every format has good and bad cases' "$WORK/cases"

for dir in tests/feeds/*/*/; do
	[ -d "$dir" ] || continue
	[ -n "$(find "$dir" -name '*.test')" ] || echo "$dir: no file *.test"
	for file in "$dir"*; do
		case $file in
		*.test | */README.md) ;;
		*) grep -qsF "\"${file##*/}\"" "$dir"*.test || echo "$file: no test speaks of it" ;;
		esac
	done
done >"$WORK/whole"
verdict 'every case says what comes out' "$WORK/whole"

for format in $formats; do
	[ -f "docs/formats/$format.md" ] || echo "docs/formats/$format.md: not there"
done >"$WORK/pages"
verdict 'every format has a page' "$WORK/pages"
finish
