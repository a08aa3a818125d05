#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the README tells a newcomer to type does what it says.
set -u
export PATH="$OUT:$PATH"
unset ENVGAP_CONF

# The blocks of the README that begin with ```sh, as one script; its office is below $TMPDIR.
awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' "$SRC/README.md" |
	sed -e "s|/tmp/office|$TMPDIR/office|g" -e '/^export PATH=/d' >"$TMPDIR/script"
cd "$TMPDIR" || exit 1
sh -eu "$TMPDIR/script" >out 2>err
code=$?

failed=0
verdict() {
	if [ "$2" = yes ]; then
		echo "ok $1"
		return
	fi
	echo "not ok $1"
	sed 's/^/  out: /' out | tail -20
	sed 's/^/  err: /' err | tail -20
	failed=1
}
# has FILE TEXT
has() { if grep -qF -e "$2" "$1"; then echo yes; else echo no; fi; }

verdict 'every command of the README works' "$([ $code = 0 ] && echo yes)"
verdict 'what init writes is good, with a second area' "$(has out 'good: feeds 0, indicators 1, areas 2, targets 1')"
verdict 'its figures are recorded' "$(has out "recycled port 2025 from 'office': recorded as row 3")"
verdict 'its target is judged' "$(has out 'off track')"
verdict 'its duty is held against what was delivered' "$(has out '2025    by 2026-04-30  1 of 1')"
verdict 'its picture is an SVG' "$(has office/recycled.svg '<svg')"
verdict 'its report says what is missing to the target' "$(has office/report.html '60 %')"
verdict 'its export holds every figure' "$([ "$(wc -l <office/all.csv)" = 4 ] && echo yes)"
verdict 'its whole export is sound' "$(cd office/backup && sha256sum --quiet -c manifest-sha256.txt && echo yes)"
verdict 'its feed is read' "$(has err "feed 'recycled': 5 rows, 5 new")"
exit $failed
