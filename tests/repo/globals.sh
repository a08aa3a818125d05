#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# No object of ours has anything that can change and outlives a call.  Constant tables with pointers
# are in .data.rel.ro and fine.
. tests/repo/lib.sh

objects=$(find "$OUT/lib" "$OUT/daemon" "$OUT/tools" -name '*.o' 2>/dev/null | sort)
if [ -z "$objects" ]; then
	echo "not ok globals: there is no object below $OUT"
	exit 1
fi
objdump -t $objects | awk -v out="$OUT/" '
	/file format/ { file = $1; sub(/:$/, "", file); sub(out, "", file); next }
	NF < 4 { next }
	{ section = $(NF - 2); size = $(NF - 1) }
	section ~ /^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ && section !~ /^\.data\.rel\.ro/ &&
	size !~ /^0+$/ && $NF !~ /^\.(data|bss|tdata|tbss)/ {
		print file ": " $NF " can change (" section ")"
	}' >"$WORK/globals"
verdict 'there are no mutable globals' "$WORK/globals"
finish
