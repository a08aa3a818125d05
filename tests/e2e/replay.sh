#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A feed that is to be read differently has its last document read again, out of the archive.
. "$(dirname "$0")/office"
office

cat >"$work/documents/waste.csv" <<'END'
area,period,treated,collected
01,2019,84,94
01,2020,86,96
02,2020,70,80
END
# waste COLUMN [MORE]: the feed with its value in this column
waste() {
	feed "id = \"waste\"; url = \"file:waste.csv\"; source = \"gso\"; indicator = \"usw\"; ${2-}
	every = \"7d\"; jitter = \"0s\"; area_scheme = \"gso\";
	read = {
		format = \"csv\";
		fields = { area = \"area\"; period = \"period\"; value = \"$1\"; };
		numbers = { decimal = \".\"; };
		periods = { patterns = [ \"YYYY\" ]; };
	};"
}
ask() { sqlite3 -readonly "$work/state/ledger.db" "$1"; }
# standing: what stands, a line each
standing() {
	ask "SELECT s.indicator_id || ' ' || s.area_id || ' ' || date(o.from_day * 86400, 'unixepoch') || ' ' || o.value
		FROM standing t JOIN observation o ON o.seq = t.seq JOIN series s ON s.series_id = o.series_id ORDER BY 1"
}

begin 'a feed is polled'
waste treated
start
run envgap poll waste
status_is 0
is 'what stands' "$(standing)" 'usw P1 2019-01-01 84.0
usw P1 2020-01-01 86.0
usw P2 2020-01-01 70.0'
day=$(ask 'SELECT min(known_day) FROM observation')

begin 'a comment in the file changes no row'
echo '# a comment' >>"$work/feeds.conf"
run envgap reload
status_is 0
is 'the rows' "$(ask 'SELECT count(*) FROM observation')" 3

begin 'another column corrects every row at once, without the document being there'
mv "$work/documents/waste.csv" "$work/documents/away.csv"
waste collected
run envgap reload
status_is 0
out_is reloaded
is 'what stands' "$(standing)" 'usw P1 2019-01-01 94.0
usw P1 2020-01-01 96.0
usw P2 2020-01-01 80.0'
is 'the load' "$(ask 'SELECT kind || " " || actor || " " || feed_id FROM load ORDER BY load_id DESC LIMIT 1')" 'replay envgapd waste'
grep -q "feed 'waste': its last document was read again, as it is to be read now: 3 rows, 3 new (3 corrected), 0 withdrawn" "$work/log" ||
	fault 'the log does not say so'

begin 'a correction is known since the row that it corrects'
is 'the known days' "$(ask 'SELECT group_concat(DISTINCT known_day) FROM observation')" "$day"

begin 'another indicator withdraws what only the settings of before gave'
sed -i 's/indicator = "usw"/indicator = "hw"/' "$work/feeds.conf"
run envgap reload
is 'what stands' "$(standing)" 'hw P1 2019-01-01 94.0
hw P1 2020-01-01 96.0
hw P2 2020-01-01 80.0'
is 'the withdrawals' "$(ask "SELECT count(*) || ' ' || max(warning) FROM observation WHERE status = 'W'")" \
	'3 not given any more by the document as it is read now'

begin 'and back again'
sed -i 's/indicator = "hw"/indicator = "usw"/' "$work/feeds.conf"
run envgap reload
is 'what stands' "$(standing)" 'usw P1 2019-01-01 94.0
usw P1 2020-01-01 96.0
usw P2 2020-01-01 80.0'

begin 'so does the catalogue: a code that is now of another area moves its rows'
sed -i 's/^P2,gso,02/R1,gso,02/' "$work/catalogue/area_codes.csv"
run envgap reload
is 'what stands' "$(standing)" 'usw P1 2019-01-01 94.0
usw P1 2020-01-01 96.0
usw R1 2020-01-01 80.0'

begin 'what somebody put over a row of the feed stays'
run envgap record usw P1 2020 99 --source gso --correct
status_is 0
waste treated
run envgap reload
is 'what stands' "$(standing)" 'usw P1 2019-01-01 84.0
usw P1 2020-01-01 99.0
usw R1 2020-01-01 70.0'

begin 'settings that were changed while the daemon was away are followed when it comes back'
stop
waste collected
sed -i 's/^R1,gso,02/P2,gso,02/' "$work/catalogue/area_codes.csv"
run envgapd --once
status_is 1
is 'what stands' "$(standing)" 'usw P1 2019-01-01 94.0
usw P1 2020-01-01 99.0
usw P2 2020-01-01 80.0'

begin 'settings that cannot read the document leave what stands, and the log says why'
start
waste burnt
run envgap reload
status_is 0
is 'what stands' "$(standing)" 'usw P1 2019-01-01 94.0
usw P1 2020-01-01 99.0
usw P2 2020-01-01 80.0'
grep -q "feed 'waste': .*'burnt'.*: what stands stays" "$work/log" || fault 'the log does not say so'

begin 'a document that is asked for in another way is not read in place of it'
before=$(ask 'SELECT max(seq) FROM observation')
waste treated
sed -i 's/file:waste.csv/file:other.csv/' "$work/feeds.conf"
run envgap reload
status_is 0
is 'the last row' "$(ask 'SELECT max(seq) FROM observation')" "$before"

begin 'what is derived agrees with the log'
stop
run envgap verify
status_is 0
