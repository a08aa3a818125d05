#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No statement of ours takes a row of the log away by putting another in its place: nothing else would
# stop it (docs/decisions/0016-guards-of-the-log.md).
. tests/repo/lib.sh

sources '*.c' | grep '^\(lib\|daemon\|tools\)/' |
	xargs grep -HnE 'REPLACE INTO "?(load|series|observation|event|delivery|migration)\b' >"$WORK/log" || true
verdict 'no row of the log is replaced' "$WORK/log"
finish
