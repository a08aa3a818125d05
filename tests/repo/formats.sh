#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every feed format has a case that is read, a case that is refused, and a page.
. tests/repo/lib.sh

formats=$(find lib/feed -name 'format_*.c' 2>/dev/null | sed 's|.*/format_||;s|\.c$||' | sort || true)
[ -n "$formats" ] || echo 'lib/feed: no format' >"$WORK/cases"
for format in $formats; do
	for outcome in expect error; do
		[ -n "$(find "tests/feeds/$format" -mindepth 2 -name $outcome 2>/dev/null)" ] ||
			echo "tests/feeds/$format: no case with a file '$outcome'"
	done
done >>"$WORK/cases"
verdict 'every format has good and bad cases' "$WORK/cases"

for dir in tests/feeds/*/*/; do
	[ -d "$dir" ] || continue
	outcomes=$(find "$dir" \( -name expect -o -name error \) | wc -l)
	inputs=$(find "$dir" -name 'input*' | wc -l)
	[ "$outcomes" -gt 0 ] || echo "$dir: says neither what is expected nor what is wrong"
	[ "$inputs" -gt 0 ] || grep -q . "$dir/error" 2>/dev/null || echo "$dir: no input"
done >"$WORK/whole"
verdict 'every case says what comes out' "$WORK/whole"

for format in $formats; do
	[ -f "docs/formats/$format.md" ] || echo "docs/formats/$format.md: not there"
done >"$WORK/pages"
verdict 'every format has a page' "$WORK/pages"
finish
