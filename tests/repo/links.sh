#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What each program is linked with: starting the command must not cost what only the daemon needs.
. tests/repo/lib.sh

# not_linked PROGRAM LIBRARY...
not_linked() {
	program=$OUT/$1
	shift
	ldd "$program" >"$WORK/ldd" 2>&1 || { echo "$program: $(cat "$WORK/ldd")"; return; }
	for library in "$@"; do
		! readelf -d "$program" | grep -q "NEEDED.*\[$library\." || echo "$program is linked with $library"
	done
}

not_linked envgap libcurl librrd >"$WORK/envgap"
verdict 'the command is linked with neither libcurl nor librrd' "$WORK/envgap"
not_linked envgapd librrd >"$WORK/envgapd"
verdict 'the daemon is not linked with librrd' "$WORK/envgapd"
not_linked envgap-rrd libcurl libsqlite3 libsystemd >"$WORK/rrd"
verdict 'the worker is linked with neither network, ledger nor service' "$WORK/rrd"

for program in envgap envgapd envgap-rrd; do
	[ -x "$OUT/$program" ] || { echo "$program: not there"; continue; }
	readelf -hW "$OUT/$program" | grep -q 'Type: *DYN' || echo "$program: is not position independent"
	readelf -dW "$OUT/$program" | grep -q 'FLAGS.*NOW' || echo "$program: binds lazily"
	readelf -lW "$OUT/$program" | grep -q 'GNU_RELRO' || echo "$program: has no relro"
	readelf -lW "$OUT/$program" | grep 'GNU_STACK' | grep -q 'RWE' && echo "$program: has an executable stack"
done >"$WORK/hard" || true
verdict 'the programs are hardened' "$WORK/hard"
finish
