#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual is whole and clean: pages, configuration keys, commands, options, exit codes.
. tests/repo/lib.sh

for page in envgap.1 envgapd.8 envgap-rrd.8 envgap.conf.5 envgap-tables.5 envgap-test.5; do
	[ -f "man/$page" ] || echo "man/$page: not there"
done >"$WORK/pages"
verdict 'the manual has its pages' "$WORK/pages"

find man -name '*.[1-8]' 2>/dev/null | sort | while read -r page; do
	mandoc -T lint -W warning "$page" 2>&1 || true
done >"$WORK/lint"
verdict 'mandoc has nothing against the manual' "$WORK/lint"

# said PAGE: its words as a reader sees them, one a line.
said() {
	mandoc -T utf8 "man/$1" 2>/dev/null | sed 's/.\x08//g' | tr -cs 'A-Za-z0-9_.-' '\n' |
		sed 's/^[.-]*//;s/\.*$//' | sort -u
}

# rows STRUCT DIRECTORY...: the first strings of the rows of the tables of this struct.
rows() {
	struct=$1
	shift
	find "$@" -name '*.c' 2>/dev/null | xargs -r awk -v head="(^|[ \t])struct $struct [a-z_0-9]+\\\\[[A-Z_0-9]*\\\\] = \\\\{" '
		FNR == 1 { inside = 0 }
		$0 ~ head { inside = 1 }
		{
			rest = $0
			while (inside && match(rest, /\{[ \t]*(\.name *= *)?"[^"]*"/)) {
				row = substr(rest, RSTART, RLENGTH - 1)
				rest = substr(rest, RSTART + RLENGTH)
				sub(/^[^"]*"/, "", row)
				print row
			}
		}
		/\};/ { inside = 0 }' | sort -u
}

# unsaid PAGE WHAT <NAMES: the names that the page does not have.
unsaid() {
	said "$1" >"$WORK/words"
	sort -u >"$WORK/names"
	[ -s "$WORK/names" ] || echo "there is no $2 at all"
	grep -vxF -f "$WORK/words" "$WORK/names" | sed "s/^/$1 does not name the $2 /" || true
}

: "${KEYS:=$OUT/tests/repo/keys}"
{
	"$KEYS" | sed -n 's/^key //p' | unsaid envgap.conf.5 key
	"$KEYS" | sed -n 's/^value //p' | unsaid envgap.conf.5 value
} >"$WORK/keys"
verdict 'every configuration key and its values are in envgap.conf(5)' "$WORK/keys"
"$KEYS" | sed -n 's/^test key //p' | unsaid envgap-test.5 key >"$WORK/test"
verdict 'every key of a test is in envgap-test(5)' "$WORK/test"
rows command tools | unsaid envgap.1 command >"$WORK/commands"
verdict 'every command is in envgap(1)' "$WORK/commands"

for page in envgap.1 envgapd.8; do
	for code in 0 1 2 3; do
		grep -A 40 '^\.Sh EXIT STATUS' "man/$page" 2>/dev/null | grep -qE "^\.It ([A-Z][a-z] )?$code\$" ||
			echo "man/$page: EXIT STATUS has no $code"
	done
done >"$WORK/codes"
verdict 'every exit code is in the manual' "$WORK/codes"
finish
