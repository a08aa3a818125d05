#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing on the page words.txt is in the tree.
. tests/repo/lib.sh

cat >"$WORK/rules.awk" <<'AWK'
function begins(path, list,    i, n, word) {
	n = split(list, word, " ")
	for (i = 1; i <= n; i++)
		if (word[i] != "-" && index(path, word[i]) == 1)
			return 1
	return 0
}
function pattern_of_calls(list,    text) {
	text = list
	gsub(/ +/, "|", text)
	return "(^|[^A-Za-z0-9_.>])(" text ")[ \t]*\\("
}
BEGIN {
	while ((getline line < page) > 0) {
		if (line ~ /^(#|[ \t]*$)/)
			continue
		if (split(line, part, / \| /) < 5)
			continue
		if (split(line, part, / \| /) != 5) { print page ": not five parts: " line; continue }
		rules++
		kind[rules] = part[1]
		pattern[rules] = part[1] == "call" ? pattern_of_calls(part[2]) : part[2]
		where[rules] = part[3]; but[rules] = part[4]; why[rules] = part[5]
	}
}
FNR == 1 {
	for (r = 1; r <= rules; r++)
		on[r] = begins(FILENAME, where[r]) && !begins(FILENAME, but[r])
	in_c = FILENAME ~ /\.[ch]$/
}
{
	gsub(/%%/, "", literals)
	for (r = 1; r <= rules; r++) {
		if (!on[r])
			continue
		if (kind[r] == "text") subject = $0
		else if (!in_c) continue
		else subject = kind[r] == "format" ? literals : code
		if (match(subject, pattern[r])) {
			found = substr(subject, RSTART, RLENGTH)
			gsub(/^[^A-Za-z%_]+|[ \t(]+$/, "", found)
			printf "%s:%d: '%s': %s\n", FILENAME, FNR, found, why[r]
		}
	}
}
AWK
every_file | grep -E '^(Makefile|(lib|daemon|tools|tests|conf|man|docs|systemd)/)' |
	grep -E '\.([ch]|sh|awk|[1-8]|md|in|conf|sysusers|tmpfiles)$|^Makefile$' |
	xargs awk -v page="$SRC/tests/repo/words.txt" -f "$SRC/tests/repo/strip.awk" -f "$WORK/rules.awk" \
	>"$WORK/words"
verdict 'nothing on tests/repo/words.txt is written' "$WORK/words"
finish
