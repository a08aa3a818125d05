#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 120 s
# `make install` makes exactly the files on the page installed.txt, and `make uninstall` removes them.
. tests/repo/lib.sh

dest=$WORK/dest
if $MAKE -s install DESTDIR="$dest" CC="$CC" >"$WORK/log" 2>&1; then
	(cd "$dest" && find . -type f -o -type l) | sed 's|^\.||' | sort >"$WORK/made"
	grep -v '^#' tests/repo/installed.txt | sort | diff -u - "$WORK/made" | sed 1,2d | grep '^[-+]' >"$WORK/diff" || true
	verdict 'install makes what is on tests/repo/installed.txt' "$WORK/diff"
	find "$dest" -type f -perm /022 >"$WORK/mode"
	verdict 'nothing that is installed can be written by others' "$WORK/mode"
	grep -rlE '@[a-z]+@' "$dest" --include='*.service' --include='*.conf' >"$WORK/left" 2>/dev/null || true
	verdict 'no placeholder is left in what is installed' "$WORK/left"
	$MAKE -s uninstall DESTDIR="$dest" CC="$CC" >"$WORK/log" 2>&1 || cat "$WORK/log"
	find "$dest" -type f >"$WORK/left"
	(cd "$dest" && find . -type d -path '*envgap*') >>"$WORK/left"
	verdict 'uninstall removes it' "$WORK/left"
else
	verdict 'make install works' "$WORK/log"
fi
finish
