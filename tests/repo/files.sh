#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What holds for every file: a licence line in sources, no path of somebody's machine, no stray file.
. tests/repo/lib.sh

every_file | grep -E '\.([ch]|sh|awk)$|^\.ci/(run|deps)$|^tests/(run|coverage|repo/lint)$|^conf/demo/run$|^Makefile$' |
	while read -r file; do
		head -n 2 "$file" | grep -q 'SPDX-License-Identifier: GPL-3\.0-or-later' || echo "$file"
	done >"$WORK/spdx"
verdict 'every source says its licence' "$WORK/spdx"

# Data of others (cases, catalogue) may say what it likes about paths.
every_file | grep -Ev '^(tests/repo/|tests/feeds/|tests/assess/|conf/catalogue/|LICENSE$)|\.(png|svg|gz|zst)$' |
	tr '\n' '\0' |
	xargs -0 grep -HnE '(^|[^A-Za-z0-9_./~)-])/(work|root|home/[a-z]+|Users/[a-z]+)(/|$|[^A-Za-z0-9_-])' \
	>"$WORK/paths" 2>/dev/null || true
verdict 'no path of a machine is in the tree' "$WORK/paths"

every_file | grep -E '(~|\.orig|\.rej|\.swp|\.o|\.a|\.d|\.gcda|\.gcno|\.pyc)$' >"$WORK/stray" || true
verdict 'no made or stray file is in the tree' "$WORK/stray"

every_file | grep -E '\.sh$|^\.ci/(run|deps)$|^tests/(run|coverage|repo/lint)$|^conf/demo/run$' |
	grep -v '^tests/repo/lib\.sh$' | while read -r file; do
		case $(head -n 1 "$file") in
		'#!'*) [ -x "$file" ] || echo "$file: cannot be run" ;;
		esac
	done >"$WORK/mode"
verdict 'every script can be run' "$WORK/mode"
finish
