#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No file over 500 lines, no function over 60, no line over 100 columns (a tab is 8).
. tests/repo/lib.sh

sources '*.[ch]' '*.sh' '*.awk' | xargs awk '
	FNR == 501 { print FILENAME ": over 500 lines" }' >"$WORK/files"
verdict 'no file is over 500 lines' "$WORK/files"

sources '*.c' '*.h' | xargs awk '
	FNR == 1 { inside = 0 }
	/^\{/ { inside = 1; began = FNR; named = previous }
	/^\}/ {
		if (inside && FNR - began - 1 > 60)
			printf "%s:%d: %d lines: %s\n", FILENAME, began, FNR - began - 1, named
		inside = 0
	}
	{ previous = $0 }' >"$WORK/functions"
verdict 'no function is over 60 lines' "$WORK/functions"
finish
