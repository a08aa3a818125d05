#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A document that looks different from the last good one is held back until somebody accepts it.
. "$(dirname "$0")/office"
office

table() {
	printf '%s\n' "$@" >"$work/documents/waste.csv"
}
waste='id = "waste"; url = "file:waste.csv"; source = "gso"; indicator = "usw"; published = "2026-02";
every = "1h"; jitter = "0s"; unit = "%"; area_scheme = "gso";
read = {
	format = "csv";
	fields = { area = "area"; period = "period"; value = "value"; unit = "unit"; };
	numbers = { decimal = "."; };
	periods = { patterns = [ "YYYY" ]; };
};'
feed "$(echo "$waste" | sed 's/unit = "%";//')"

# standing PERIOD: the value that stands for it in the first province
standing() {
	envgap --format tsv show usw P1 >"$work/out" 2>"$work/err"
	cell "$1" value
}
# ask SQL
ask() { sqlite3 -readonly "$work/state/ledger.db" "$1"; }
ten() {
	echo area,period,value,unit,note
	for year in 11 12 13 14 15 16 17 18 19 20; do
		echo "01,20$year,$year.5,%,"
	done
}

begin 'the first document is taken as it comes'
ten >"$work/documents/waste.csv"
start
run envgap poll waste
is 'the rows' "$(ask 'SELECT count(*) FROM observation')" 10

begin 'with less than half of its rows a document is held back, and what stands stays'
table area,period,value,unit,note 01,2011,1,%, 01,2012,2,%, 01,2013,3,%, 01,2014,4,%,
run envgap poll waste
status_is 1
err_has "envgap: feed 'waste': held: rows fell from 10 to 4, by more than 50 %"
is 'the rows' "$(ask 'SELECT count(*) FROM observation')" 10
grep -q "held back, nothing was taken: rows fell from 10 to 4, by more than 50 %; 'envgap feeds waste --accept' takes it" "$work/log" ||
	fault 'the log does not say so'

begin 'the list of feeds says what changed, and the page of the feed how to take it'
run envgap feeds
out_has 'waste: held back: rows fell from 10 to 4, by more than 50 %'
out_has '"envgap feeds waste --accept" takes in'
run envgap feeds waste
out_has '"envgap feeds waste --accept" takes in what is held back; until then what stands stays'
run envgap --lang vi feeds waste
out_has 'tạm giữ lại: số dòng giảm từ 10 xuống 4'
run envgap --format tsv feeds
cell_is waste cause held
cell_is waste held 'rows fell from 10 to 4, by more than 50 %'
cell_is waste failures 0
cell_is waste rows 10

begin 'the same document again is not read again'
run envgap poll waste
status_is 1
is 'the lines in the log of fetches' "$(ask "SELECT count(*) FROM fetch WHERE outcome = 'held'")" 1

begin 'a restart keeps it'
stop
start
run envgap --format tsv feeds
cell_is waste held 'rows fell from 10 to 4, by more than 50 %'

begin 'a document that looks right ends it'
ten | sed 's/20\.5/30.5/' >"$work/documents/waste.csv"
run envgap poll waste
status_is 0
out_is "feed 'waste': 10 rows, 1 new, 0 refused"
run envgap --format tsv feeds
cell_is waste held ''
cell_is waste cause ''

begin 'so does the last good document when it comes again'
table area,period,value,unit,note 01,2011,1,%,
run envgap poll waste
status_is 1
ten | sed 's/20\.5/30.5/' >"$work/documents/waste.csv"
run envgap poll waste
status_is 0
out_is "feed 'waste': unchanged (same content)"
run envgap --format tsv feeds
cell_is waste held ''

begin 'exactly half of the rows are not less than half'
ten | head -6 >"$work/documents/waste.csv"
run envgap poll waste
status_is 0
ten | sed 's/20\.5/30.5/' >"$work/documents/waste.csv"
run envgap poll waste
status_is 0

begin 'a column that is gone is named'
ten | cut -d, -f1-4 >"$work/documents/waste.csv"
run envgap poll waste
status_is 1
err_has "held: gone from the header: 'note'"

begin 'a unit that changed is named, with both units'
ten | sed 's/%/share/' >"$work/documents/waste.csv"
run envgap poll waste
status_is 1
err_has "held: the unit of 'usw' was '%' and is 'share'"

begin 'what is accepted is the document that was held back, not what lies there now'
rm "$work/documents/waste.csv"
run envgap feeds waste --accept
status_is 0
out_is "feed 'waste': accepted: 10 rows, 1 new (1 of them revisions), 0 withdrawn, 0 refused"
is 'the value of 2020' "$(standing 2020)" 20.5
is 'the event' "$(ask "SELECT kind || '|' || actor || '|' || feed_id || '|' || note FROM event WHERE kind = 'accept'")" \
	"accept|$(id -un)|waste|the unit of 'usw' was '%' and is 'share'"
is 'who brought the row' "$(ask 'SELECT kind || "|" || actor FROM load ORDER BY load_id DESC LIMIT 1')" "poll|$(id -un)"
run envgap --format tsv feeds
cell_is waste held ''
cell_is waste note "accepted by $(id -un)"

begin 'it is the new measure, and the daemon knows'
ten | sed 's/%/share/' >"$work/documents/waste.csv"
run envgap poll waste
status_is 0
out_is "feed 'waste': unchanged (same content)"

begin 'there is nothing to accept where nothing is held back'
run envgap feeds waste --accept
status_is 2
err_has "envgap: nothing of feed 'waste' is held back"
run envgap feeds waist --accept
status_is 2
err_has "envgap: feed 'waist' is not configured"
run envgap feeds --accept
status_is 2
err_has 'envgap: --accept needs the id of one feed, alone'

begin 'without a daemon the command accepts it itself'
stop
table area,period,value,unit,note 01,2011,77,share,
run envgapd --once
status_is 1
run envgap feeds waste --accept
status_is 0
is 'the value of 2011' "$(standing 2011)" 77

begin 'what a feed may lose is configured'
feed "$(echo "$waste" | sed 's/unit = "%";//') hold = { rows = 100; columns = false; units = false; };"
ten >"$work/documents/waste.csv"
run envgapd --once
status_is 0
table area,period,value,unit 01,2011,78,head
run envgapd --once
status_is 0
is 'the value of 2011' "$(standing 2011)" 78
