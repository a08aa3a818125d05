#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# systemd takes the unit as it is, and finds little in it that could be closed further.
. tests/repo/lib.sh

mkdir -p "$WORK/bin" "$WORK/units"
for program in envgap envgapd; do
	cp /bin/true "$WORK/bin/$program"
done
for unit in systemd/*.in; do
	sed -e "s|@bindir@|$WORK/bin|g;s|@sbindir@|$WORK/bin|g;s|@sysconfdir@|/etc|g" "$unit" \
		>"$WORK/units/$(basename "$unit" .in)"
done

for unit in "$WORK"/units/*; do
	systemd-analyze verify --man=no "$unit" 2>&1 | grep -F "$(basename "$unit")" || true
done >"$WORK/verify"
verdict 'systemd takes the units without a warning' "$WORK/verify"

for unit in "$WORK"/units/*.service; do
	systemd-analyze security --no-pager --offline=true --threshold=15 "$unit" >"$WORK/security" 2>&1 ||
		tail -n 1 "$WORK/security"
done >"$WORK/exposed"
verdict 'the exposure of the service is at most 1.5' "$WORK/exposed"

grep -q '^u envgap ' systemd/envgap.sysusers && grep -q '^g envgap-edit ' systemd/envgap.sysusers ||
	echo 'systemd/envgap.sysusers: user envgap or group envgap-edit is not made' >"$WORK/users"
[ -e "$WORK/users" ] || systemd-sysusers --dry-run "$PWD/systemd/envgap.sysusers" 2>&1 | grep -iE "ignoring|fail|unknown" >"$WORK/users" || true
verdict 'the users of the service are made' "$WORK/users"
finish
