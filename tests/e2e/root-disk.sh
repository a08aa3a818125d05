#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 120 s
# Disks that are full or of the wrong kind, and files that are damaged.  The state directory is on a small
# ext4 of its own, in a mount namespace of its own, so that nothing is left whatever happens.
[ -n "${DISK_ALONE:-}" ] || DISK_ALONE=yes exec unshare --mount --propagation private "$0"
# shellcheck source=tests/e2e/sdbox-office
. tests/e2e/sdbox-office
readonly office=$TMPDIR/office disk=$TMPDIR/disk srv=$TMPDIR/srv log=$TMPDIR/log
readonly conf=$office/envgap.conf state=$TMPDIR/disk/state
daemon='' web=''
trap 'kill $daemon $web 2>/dev/null; wait' EXIT
trap 'exit 1' TERM INT

make_disk() { # BLOCK_BYTES
	umount "$disk" 2>/dev/null
	rm -f "$TMPDIR/image"
	truncate -s 16M "$TMPDIR/image"
	mkfs.ext4 -q -b "$1" -m 0 -O ^has_journal "$TMPDIR/image" && mkdir -p "$disk" &&
		mount -o loop "$TMPDIR/image" "$disk" && mkdir "$state"
}
fill() { dd if=/dev/zero of="$disk/ballast" bs=4k 2>/dev/null || true; }
free_some() { rm -f "$disk/ballast"; }

gap() { "$OUT/envgap" -c "$conf" "$@"; }
start() {
	"$OUT/envgapd" -c "$conf" >/dev/null 2>>"$log" &
	daemon=$!
}
stop() {
	kill "$daemon" 2>/dev/null
	wait "$daemon"
	daemon=''
}
logged() { grep -Eq -- "$1" "$log" || { tail -n 5 "$log" && return 1; }; }
sql() { sqlite3 -readonly "$state/ledger.db" "$1"; }
rows() { is "$1" sql 'SELECT count(*) FROM observation'; }
shows() { gap --format csv status -t usw-2030 | grep -q ",$1,"; }
record() { gap record usw "$1" "$2" "$3" --source env --published 2025-06-30; }
# table N: figures of 60 years, the values of which differ from those of any other table.
table() {
	local year
	echo 'indicator,area,period,value,source,published'
	for ((year = 1960; year < 2020; year++)); do
		echo "usw,DNB,$year,$((10 + $1 / 100 % 80)).$((100 + $1 % 100)),env,2024-06-30"
	done
}
import() { table "$1" >"$TMPDIR/table.csv" && gap import "$TMPDIR/table.csv"; }
rrd() { find "$state/rrd" -name 1.rrd; }
rrd_values() { rrdtool fetch "$(rrd)" AVERAGE --start 1420000000 --end 1720000000 | awk '$2 ~ /^[0-9]/ { printf "%s%.6g", n++ ? " " : "", $2 }'; }
has_rrd() { is "$1" rrd_values; }

mkdir -p "$srv"
office_figures 2023 >"$srv/yearbook.csv"
"$OUT/tests/fakes/fakehttp" -d "$srv" -i 100 -r "$TMPDIR/port" >/dev/null 2>&1 &
web=$!
within 5 test -s "$TMPDIR/port"
office_make "$office" "http://127.0.0.1:$(cut -d ' ' -f 2 "$TMPDIR/port")/yearbook.csv"
printf 'state_dir = "%s";\nrun_dir = "%s";\n' "$state" "$TMPDIR/run" >>"$conf"
sed -i 's/every = "1d"/every = "1m"/' "$conf"

# -- a disk of the wrong kind

check 'a small disk of blocks of 1 KiB is made' make_disk 1024
check 'a ledger does not begin on blocks of 1 KiB' exits 3 'blocks of 1024 bytes.*at least 4096' "$OUT/envgapd" -c "$conf" --once
check 'nothing was made there' is '' find "$state" -name 'ledger*'

# -- a full disk, below min_free_space

check 'a small disk is made' make_disk 4096
start
check 'envgapd starts on it and polls' within 5 gap poll yearbook
check 'it reads its feed' rows 8
check 'it writes an RRD file' within 5 has_rrd '76.5 77.5 78.5 79.5 80.5 81.5 82.5 83.5'
fill
gap reload >/dev/null # whatever wakes it makes it look
check 'it says that polling pauses' within 5 logged 'disk/state, less than min_free_space: polling pauses'
check 'a poll by hand is refused, and why' exits 3 'min_free_space' gap poll yearbook
acknowledged=0
while [ $acknowledged -lt 400 ] && import $acknowledged >/dev/null 2>&1; do
	acknowledged=$((acknowledged + 1))
done
echo "# $acknowledged tables of 60 figures went into what the ledger had set aside"
check 'a table that has no room is refused, and the disk is named' exits 3 'disk/state/.*No space left' import 500
check 'no part of it was taken in' rows $((8 + 60 * acknowledged))
figures=0
while [ $figures -lt 2000 ] && refusal=$(record DNB 2015 $((10 + figures / 100)).$((100 + figures % 100)) 2>&1); do
	figures=$((figures + 1))
done
# What could be written but not judged is said to be in the log, and is.
grep -q 'it is in the log' <<<"$refusal" && figures=$((figures + 1))
echo "# $figures figures did too"
check 'a figure that has no room is refused, and the disk is named' says 'disk/state/.*disk is full' echo "$refusal"
check 'with exit status 3' exits 3 'disk is full' record VN 2024 91
check 'who asks is answered' shows 83.5
check 'the daemon still runs' kill -0 "$daemon"
free_some
check 'polling goes on by itself' within 6 logged 'disk/state: polling goes on'
check 'a figure is taken in again' record VN 2024 91
check 'and shown' shows 91
check 'and written to the RRD file' within 5 has_rrd '76.5 77.5 78.5 79.5 80.5 81.5 82.5 83.5 91'
check 'what was acknowledged is there' rows $((9 + 60 * acknowledged + figures))
check 'the ledger is sound' says verified gap verify

# -- a full disk that nobody warned of

stop
sed -i 's/min_free_space = .*/min_free_space = "0";/' "$conf"
start
check 'envgapd starts without a reserve' within 5 gap poll yearbook
office_figures 2025 | sed 's/2025,.*/2025,86.25/' >"$srv/yearbook.csv"
fill
check 'a poll that has no room fails' exits 1 'disk is full|No space left' gap poll yearbook
check 'the log names the disk' logged "feed 'yearbook': .*(disk/state.*(No space left|disk is full))"
check 'who asks is still answered' shows 91
free_some
check 'the next poll takes in what was missed' says '2 new' gap poll yearbook
check 'and it is shown' shows 86.25
check 'the ledger is sound after that too' says verified gap verify

# -- damaged RRD files

good=$(rrd_values)
for damage in 'truncate -s 100' 'truncate -s 0' 'dd if=/dev/urandom bs=64 count=1 conv=notrunc status=none of='; do
	eval "$damage${damage:+ }$(rrd)" 2>/dev/null || eval "$damage$(rrd)"
	cp "$(rrd)" "$TMPDIR/damaged.rrd"
	gap rebuild >/dev/null
	check "a rebuild repairs an RRD file after: ${damage%% status*}" within 10 has_rrd "$good"
done
rm -f "$(rrd)"
record VN 2014 74 >/dev/null
check 'an RRD file that is gone is made again with the next value' within 10 has_rrd "74 $good"

# -- a damaged archive, ledger

document=$(find "$state/archive" -type f -size +0 | head -n 1)
cp -p "$document" "$TMPDIR/document"
truncate -s 5 "$document"
check 'verify names a damaged document' exits 1 "$(basename "$document" | cut -c 1-16)" gap verify
rm "$document"
check 'verify names a missing document' exits 1 "$(basename "$document" | cut -c 1-16)" gap verify
cp -p "$TMPDIR/document" "$document"
check 'verify is content when it is back' says verified gap verify
stop

cp "$state/ledger.db" "$TMPDIR/ledger.db"
sqlite3 "$state/ledger.db" 'PRAGMA user_version = 99'
check 'a newer ledger is refused by envgapd, by name' exits 3 'version 99, made by a newer envgap' "$OUT/envgapd" -c "$conf"
check 'a newer ledger is refused by the command' exits 3 'version 99, made by a newer envgap' gap status
check 'nothing is recorded in a newer ledger' exits 3 'version 99' record VN 2013 73
check 'and stays as it is' is 99 sqlite3 -readonly "$state/ledger.db" 'PRAGMA user_version'

rm -f "$state"/ledger.db-*
head -c 40960 /dev/urandom >"$state/ledger.db"
check 'garbage is no ledger for envgapd' exits 3 'ledger' "$OUT/envgapd" -c "$conf"
check 'garbage is no ledger for the command' exits 3 'not a ledger|damaged' gap status
rm -f "$state"/ledger.db-*
cp "$TMPDIR/ledger.db" "$state/ledger.db"
dd if=/dev/urandom of="$state/ledger.db" bs=4096 seek=8 count=20 conv=notrunc status=none
check 'a ledger that is damaged inside is found by verify' exits '[13]' 'damaged|malformed' gap verify
rm -f "$state"/ledger.db-*
cp "$TMPDIR/ledger.db" "$state/ledger.db"
check 'a copy of the ledger that was put back is as good as before' says verified gap verify
exit $failed
