#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 120 s
# The service under a real systemd: installed with `make install`, started, asked, reloaded, hung, killed.
# shellcheck source=tests/e2e/sdbox-office
. tests/e2e/sdbox-office
readonly box=tests/e2e/sdbox name=envgap$$
readonly state=/var/lib/envgap unit=envgapd.service
trap '$box stop $name' EXIT
trap 'exit 1' TERM INT

inside() { $box sh $name -- "$@"; }
as() {
	local user=$1
	shift
	inside setpriv --reuid="$user" --regid="$user" --init-groups -- "$@"
}
property() { inside systemctl show -P "$1" $unit; }
has_property() { is "$2" property "$1"; }
journal() { inside journalctl -q --no-pager -o cat -u $unit "$@"; }
journal_has() { journal | grep -Eq -- "$1" || { journal | tail -n 20 && echo "no '$1' in the journal" && return 1; }; }
owner() { inside stat -c '%a %U %G' "$1"; }
value_in_status() { as "$1" envgap --format csv status -t usw-2030 | cut -d, -f 1-30; }
shows() { value_in_status "$1" | grep -q ",$2,"; }

# -- a machine with envgap on it

check 'a systemd boots in a box' $box start $name
root=$($box root $name) || exit 1
check 'make install puts everything there' \
	"$MAKE" -s install DESTDIR="$root" VARIANT="${OUT##*/}" BUILD="$(dirname "$OUT")" CC="${CC:-gcc}"
install -m 0755 "$OUT/tests/fakes/fakehttp" "$root/usr/local/bin/fakehttp"
office_make "$TMPDIR/office" http://127.0.0.1:8080/yearbook.csv
sed "s|$TMPDIR/office|/etc/envgap|" "$TMPDIR/office/envgap.conf" >"$root/etc/envgap/envgap.conf"
cp -r "$TMPDIR/office/catalogue" "$root/etc/envgap/"
mkdir "$root/srv/yearbook"
office_figures 2023 >"$root/srv/yearbook/yearbook.csv"
inside systemd-run -q --unit=yearbook fakehttp -d /srv/yearbook -p 8080 -i 600

check 'systemd-sysusers makes the user and the groups' inside systemd-sysusers
check 'systemd-tmpfiles makes the directories' inside systemd-tmpfiles --create
check 'the user is not somebody who logs in' says '^envgap:x:[0-9]+:[0-9]+:.*:/var/lib/envgap:.*nologin$' inside getent passwd envgap
check 'the group of those who may write is there' says '^envgap-edit:' inside getent group envgap-edit
check 'the state directory is made before the daemon' is '750 envgap envgap' owner $state
for who in rita:envgap edith:envgap,envgap-edit oscar:; do
	inside useradd -M -U ${who#*:}${who##*:} "${who%%:*}" 2>/dev/null || inside useradd -M -U "${who%%:*}"
	[ -z "${who#*:}" ] || inside usermod -a -G "${who#*:}" "${who%%:*}"
done
inside systemctl daemon-reload
check 'systemd finds nothing wrong with the unit' is '' inside systemd-analyze verify --man=no $unit

# -- before the daemon

check 'root records a figure while no daemon runs' says 'recorded as row 1' \
	inside envgap record usw VN 2015 75.5 --source stat --published 2016-06-30
check 'what root made belongs to the service' is '640 envgap envgap' owner $state/ledger.db
check 'so does the lock' is '640 envgap envgap' owner $state/writer.lock

# -- up

check 'starting returns when it is ready, within a second' takes_at_most 1000 inside systemctl start $unit
check 'it is active' has_property ActiveState active
check 'it says what it does' within 5 says '^Status|1 feeds, 0 failing, 0 being read' property StatusText
check 'the watchdog is on' has_property WatchdogUSec 30s
check 'it runs as its own user' is envgap inside ps -o user= -p "$(property MainPID)"
check 'the control socket is for the group that may write' is '660 envgap envgap-edit' owner /run/envgap/control
check 'the state directory can be read by the group and by nobody else' is '750 envgap envgap' owner $state
check 'nothing in it is open to others' is '' inside find $state -perm /007 ! -type l
check 'nothing in it can be written by the group' is '' inside find $state -perm /020 ! -type l

# -- polling and RRD files in the sandbox

has_rows() { is "$1" inside sqlite3 -readonly $state/ledger.db 'SELECT count(*) FROM observation'; }
check 'it polls over HTTP in its sandbox' within 10 has_rows 9
rrd_file() { inside find $state/rrd -name '*.rrd' -print -quit; }
rrd_values() {
	inside rrdtool fetch "$(rrd_file)" AVERAGE --start 1400000000 --end 1720000000 |
		awk '$2 ~ /^[0-9]/ { printf "%s%.6g", n++ ? " " : "", $2 }'
}
# 75.5 by hand, then those of the yearbook: the year less 1940, and a half.
check 'the worker writes the RRD file that rrdtool reads' within 10 is '75.5 76.5 77.5 78.5 79.5 80.5 81.5 82.5 83.5' rrd_values
check 'the RRD file belongs to the service' is '640 envgap envgap' owner "$(rrd_file)"

# -- who may what

check 'a member of envgap asks while the daemon runs' shows rita 83.5
check 'a member of envgap-edit records' says 'recorded as row 10' \
	as edith envgap record usw VN 2024 90 --source stat --published 2025-06-30
check 'the next status shows it' shows rita 90
check 'the log knows who it was' is edith inside sqlite3 -readonly $state/ledger.db \
	'SELECT actor FROM load ORDER BY load_id DESC LIMIT 1'
check 'the export says so too' says ',edith,' as rita envgap export
check 'who may only read may not record' exits 3 'may not ask envgapd to write; members of the group envgap-edit may' \
	as rita envgap record usw VN 2024 91 --source stat --published 2025-06-30
check 'who may only read may not reload' exits 3 'members of the group envgap-edit may' as rita envgap reload
check 'others may not read' exits 3 "ledger|permission|Permission" as oscar envgap status
check 'others may not record' exits 3 'may not ask' as oscar envgap record usw VN 2024 91 --source stat --published 2025-06-30
check 'a member shows one series' says '83.5' as rita envgap show usw VN
check 'a member draws a graph' as rita envgap graph usw VN -o /tmp/rita.png
check 'it is a picture' is PNG inside sh -c 'head -c 4 /tmp/rita.png | tail -c 3'
check 'a poll by hand says what came of it' says "feed 'yearbook': unchanged" as edith envgap poll yearbook

# -- reload

config=$root/etc/envgap/envgap.conf
pid=$(property MainPID)
check 'a reload takes over a good configuration' inside systemctl reload $unit
check 'it is the same process' has_property MainPID "$pid"
cp "$config" "$TMPDIR/good.conf"
echo 'every = "1d";' >>"$config"
check 'a reload of a bad configuration fails' exits 1 'control process exited|Job for' inside systemctl reload $unit
check 'the journal says why, with file and line' journal_has "envgap.conf:[0-9]+: .*every"
check 'it goes on with the old configuration' has_property ActiveState active
check 'and still answers' says unchanged as edith envgap poll yearbook
cp "$TMPDIR/good.conf" "$config"
printf 'bad id!,x\n' >>"$root/etc/envgap/catalogue/areas.csv"
check 'a reload of a bad catalogue names the row' exits 1 'areas.csv:[0-9]+' as edith envgap reload
sed -i '$d' "$root/etc/envgap/catalogue/areas.csv"
sed -i 's/,>=,95,/,>=,89,/' "$root/etc/envgap/catalogue/targets.csv"
check 'a reload judges by the new target' says reloaded as edith envgap reload
check 'and the state follows' within 5 says "target 'usw-2030' in VN: .* -> met " journal
sed -i 's/,>=,89,/,>=,95,/' "$root/etc/envgap/catalogue/targets.csv"
inside systemctl reload $unit

# -- a disk with less room than it should have

sed -i 's/min_free_space = .*/min_free_space = "1000G";/' "$config"
check 'a reload takes over how much room there has to be' inside systemctl reload $unit
check 'the status says that polling pauses' within 5 is '1 feeds, 0 failing, 0 being read; polling pauses: the disk is nearly full' \
	property StatusText
check 'the journal says under what directory' journal_has 'MiB are free under /var/lib/envgap, less than min_free_space: polling pauses'
check 'a poll by hand is refused' exits 3 min_free_space as edith envgap poll yearbook
sed -i 's/min_free_space = .*/min_free_space = "1M";/' "$config"
inside systemctl reload $unit
check 'polling goes on when there is room' within 5 is '1 feeds, 0 failing, 0 being read' property StatusText

# -- the journal

has_field() {
	[ -n "$(journal "$@")" ] || { inside journalctl -u $unit -o export | grep -a ENVGAP | sort | uniq -c && return 1; }
}
check 'messages name their feed' has_field ENVGAP_FEED=yearbook
check 'messages name their fetch' has_field ENVGAP_FEED=yearbook ENVGAP_FETCH=1
check 'messages name their target, indicator and area' has_field ENVGAP_TARGET=usw-2030 ENVGAP_INDICATOR=usw ENVGAP_AREA=VN
check 'a record names its indicator and area' says 'record by edith' journal ENVGAP_INDICATOR=usw ENVGAP_AREA=VN
rm "$root/srv/yearbook/yearbook.csv"
check 'a failing feed is named' exits 1 404 as edith envgap poll yearbook
check 'the failure names feed and fetch' has_field ENVGAP_FEED=yearbook ENVGAP_FETCH=2 PRIORITY=4
check 'the status counts it' within 5 says '1 feeds, 1 failing' property StatusText
office_figures 2023 >"$root/srv/yearbook/yearbook.csv"

# -- hung and killed

mkdir -p "$root/etc/systemd/system/$unit.d"
printf '[Service]\nWatchdogSec=2s\nRestartSec=100ms\nTimeoutAbortSec=1s\n' >"$root/etc/systemd/system/$unit.d/short.conf"
inside systemctl daemon-reload
inside systemctl restart $unit
restarted() { has_property NRestarts "$1" && has_property SubState running; }
before=$(property NRestarts)
inside kill -STOP "$(property MainPID)"
check 'a daemon that hangs is started again' within 15 restarted $((before + 1))
check 'the journal says that it was the watchdog' journal_has 'Watchdog timeout'
inside systemctl kill -s KILL --kill-who=main $unit
check 'a daemon that was killed is started again' within 10 restarted $((before + 2))
check 'and answers as before' shows rita 90
check 'its ledger is sound' says verified as edith envgap verify
sleep 3
check 'it stays alive under a watchdog of two seconds' restarted $((before + 2))

# -- down

check 'it stops within a second' takes_at_most 1000 inside systemctl stop $unit
check 'it stopped without a complaint' has_property Result success
check 'a member asks while it is stopped' shows rita 90
inside sqlite3 $state/ledger.db .tables >/dev/null
check 'a member asks after root has looked at the ledger with sqlite3' shows rita 90
check 'root records while it is stopped' says 'recorded as row 11' \
	inside envgap record usw DNB 2023 93 --source env --published 2024-06-30
check 'everything still belongs to the service' is '' inside find $state ! -user envgap
check 'a member of envgap-edit cannot write past the daemon' exits 3 'ermission|writer.lock' \
	as edith envgap record usw DNB 2024 94 --source env --published 2025-06-30
check 'it starts again on what root wrote' inside systemctl start $unit
check 'and shows it' says ',93,' as rita envgap --format csv status -t usw-dnb

# -- the sandbox

check 'the exposure is at most 1.5' says 'Overall exposure level' inside systemd-analyze security --no-pager --threshold=15 $unit
check 'nobody complains about fonts' no journal --grep fontconfig --case-sensitive=no
check 'no error of ours is in the journal' no journal -p err --grep 'cannot'
inside systemctl stop $unit
check 'nothing else failed in the box' is '' inside systemctl --failed --no-legend
check 'the box goes' $box stop $name
exit $failed
