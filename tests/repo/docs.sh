#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The README's commands exist, decisions are numbered once, links lead somewhere.
. tests/repo/lib.sh

: >"$WORK/readme"
[ -f README.md ] || echo 'README.md: not there' >"$WORK/readme"
for target in $(sed -n 's/^[ \t`$]*make \([a-z-]*\).*/\1/p' README.md 2>/dev/null | sort -u) demo check; do
	grep -q "^$target:" "$SRC/Makefile" || echo "README.md: 'make $target' is no target"
	grep -q "make $target" README.md 2>/dev/null || echo "README.md: does not say 'make $target'"
done >>"$WORK/readme"
verdict "the README's commands are there" "$WORK/readme"

find docs/decisions -name '*.md' 2>/dev/null | sed 's|.*/||' | sort >"$WORK/pages"
{
	grep -Ev '^([0-9]{4}-[a-z0-9-]+|README)\.md$' "$WORK/pages" | sed 's/$/: is not NNNN-what-was-decided.md/'
	sed -n 's/^\([0-9]*\)-.*/\1/p' "$WORK/pages" | uniq -d | sed 's/$/: two pages have this number/'
	grep '^[0-9]' "$WORK/pages" | awk '{ n++; if ($0 + 0 != n) { print n ": no page has this number"; exit } }'
	[ -s "$WORK/pages" ] || echo 'docs/decisions: no page'
} >"$WORK/decisions" || true
verdict 'every decision has one number' "$WORK/decisions"

every_file | grep '\.md$' | while read -r page; do
	dir=$(dirname "$page")
	grep -oE '\]\([^)#: ]+' "$page" | sed 's/^](//' | while read -r link; do
		[ -e "$dir/$link" ] || echo "$page: leads to '$link', which is not there"
	done
done >"$WORK/links" || true
verdict 'links between pages lead somewhere' "$WORK/links"
finish
