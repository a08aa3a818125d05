#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A document of many megabytes: what the daemon does beside it, what it leaves when it is killed or
# told to read its files again in the middle, and how much memory it takes.  timeout: 180 s
. "$(dirname "$0")/office"
office
serve "$work/documents"

# 80 000 figures of days, in 16 MB.
awk 'BEGIN {
	areas = split("VN R1 P1 P2", area)
	note = "a note that is as long as publishers make them, about how this figure came to be, which nobody reads and everybody has to carry along"
	printf "{ \"rows\": ["
	for (day = 0; day < 20000; day++)
		for (a = 1; a <= areas; a++)
			printf "%s\n{ \"area\": \"%s\", \"day\": \"%s\", \"value\": %.1f, \"note\": \"%s\" }",
				(day + a == 1 ? "" : ","), area[a], strftime("%Y-%m-%d", day * 86400), (day + a) % 500 / 10, note
	print "\n] }"
}' >"$work/documents/big.json" || exit 1
rows=80000
printf 'area;year;share\nVN;2021;87,2\n' >"$work/documents/small.csv"
big="id = \"big\"; url = \"$url/big.json\"; allow_http = true; every = \"1d\"; source = \"gso\"; indicator = \"pm25\";
read = { format = \"json\"; records = \"/rows\"; fields = { area = \"/area\"; period = \"/day\"; value = \"/value\"; };
numbers = { decimal = \".\"; }; periods = { patterns = [ \"YYYY-MM-DD\" ]; }; };"
small="id = \"small\"; url = \"$url/small.csv\"; allow_http = true; every = \"1d\"; source = \"gso\"; indicator = \"usw\";
published = \"2022-06\"; read = { format = \"csv\"; fields = { area = \"area\"; period = \"year\"; value = \"share\"; };
numbers = { decimal = \",\"; }; periods = { patterns = [ \"YYYY\" ]; }; };"
# Nothing is polled before it is asked for.
feed "$big enabled = false;" "$small enabled = false;"

stored() { sqlite3 -readonly "$work/state/ledger.db" 'SELECT count(*) FROM observation'; }
ask_big() {
	envgap poll big >"$work/big.out" 2>&1 &
	big_pid=$!
}
# Wait until the document has come and is being read: its spool, a file without a name, is as long as it.
big_is_read() {
	tries=0
	while [ $tries -lt 1000 ]; do
		find -L "/proc/$daemon_pid/fd" -links 0 -size +14000k 2>/dev/null | grep -q . && return 0
		tries=$((tries + 1))
	done
	return 1
}

begin 'the daemon is killed while it reads a large document, and nothing of it is there'
start
ask_big
big_is_read || fault 'the document was never in a spool'
kill -9 "$daemon_pid"
wait "$daemon_pid" 2>/dev/null
wait "$big_pid"
rm -f "$work/run/control"
is 'rows in the log' "$(stored)" 0
is 'what is left of it' "$(find "$work/state" -name '*.tmp' -o -name 'spool*' | wc -l)" 0
start
run envgap verify
status_is 0

begin 'a reload in the middle of a large document begins it anew'
ask_big
big_is_read || fault 'the document was never in a spool'
run envgap reload
status_is 0
wait "$big_pid"
run cat "$work/big.out"; sed "s/^/  big: /" "$work/big.out"
out_has "feed 'big': $rows rows, $rows new, 0 refused"
is 'rows in the log' "$(stored)" $rows

begin 'other feeds are polled and questions answered while a large document is read'
sed -i 's/"value": /"value": 5/' "$work/documents/big.json"
ask_big
big_is_read || fault 'the document was never in a spool'
run envgap poll small
status_is 0
out_has "feed 'small': 1 rows, 1 new, 0 refused"
is 'rows in the log' "$(stored)" $((rows + 1))
kill -0 "$big_pid" 2>/dev/null || fault 'the large document was there first'
run envgap record usw P1 2020 70 --source gso --published 2021-06
status_is 0
kill -0 "$big_pid" 2>/dev/null || fault 'the large document was there first'
wait "$big_pid"
run cat "$work/big.out"; sed "s/^/  big: /" "$work/big.out"
out_has "feed 'big': $rows rows, $rows new, 0 refused"

begin 'the same document again is not read'
run envgap poll big
status_is 0
out_has 'unchanged'

begin 'its rows can be explained and the ledger is sound'
run envgap verify
status_is 0
stop
finish_case
exit $any_failed
