#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every prototype in a header has a comment above it; prototypes that follow one another without a
# blank line share theirs.
. tests/repo/lib.sh

sources '*.h' | grep -v '^tests/' | xargs awk '
	FNR == 1 { commented = in_comment = depth = open = 0 }
	!in_comment && /^[ \t]*$/ { commented = 0 }
	{
		line = $0
		if (in_comment) { if (line !~ /\*\//) next; sub(/^.*\*\//, "", line); in_comment = 0 }
		while (match(line, /\/\*/)) {
			if (depth == 0) commented = 1
			rest = substr(line, RSTART)
			if (!match(rest, /\*\//)) { in_comment = 1; sub(/\/\*.*/, "", line); break }
			line = substr(line, 1, length(line) - length(rest)) substr(rest, RSTART + 2)
		}
		if (depth == 0 && open == 0 && line ~ /^[A-Za-z_].*\(/ && line !~ /^(#|_Static_assert|static_assert)/ && !commented)
			printf "%s:%d: no comment above: %s\n", FILENAME, FNR, line
		# a prototype may go over several lines
		parens = line; opened = gsub(/\(/, "", parens); closed = gsub(/\)/, "", parens)
		open += opened - closed
		braces = line; opened = gsub(/\{/, "", braces); closed = gsub(/\}/, "", braces)
		depth += opened - closed
	}' >"$WORK/comments"
verdict 'every prototype has a comment' "$WORK/comments"
finish
