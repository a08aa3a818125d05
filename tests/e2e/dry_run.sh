#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# envgapd --dry-run FEED --records: what would come of a feed, and nothing else.
. "$(dirname "$0")/office"
office

cat >"$work/documents/usw.csv" <<'END'
Area;Year;Share;Mark
Hill;2020;86,5;
Hill;2021;"87,2";e
River;2021;about 88;
Nowhere;2021;80;
Hill;2022;1 000;
Hill;2023;;
END
waste='id = "waste"; url = "file:usw.csv"; source = "gso"; indicator = "usw"; area_scheme = "name";
published = "2024-06";
read = {
	format = "csv";
	fields = { area = "Area"; period = "Year"; value = "Share"; status = "Mark"; };
	status = { estimated = [ "e" ]; };
	numbers = { decimal = ","; };
	periods = { patterns = [ "YYYY" ]; };
};'
feed "$waste"

# By hand from the document: "87,2" is 87.2, and its mark e is an estimate; "about" is a qualifier
# that numbers alone do not take; "1 000" needs a declared grouping; Nowhere is in no catalogue;
# the empty cell of 2023 says that the value is missing.
begin 'every record is shown as it was read, with the ids that it is bound to'
run envgapd --dry-run waste --records
status_is 0
cat >"$work/expected.csv" <<'END'
area,period,series,value,status,unit,published,place,indicator,breakdown,area_id
Hill,2020,usw,"86,5",,,,"line 2, column 'Share'",usw,,P1
Hill,2021,usw,"87,2",e,,,"line 3, column 'Share'",usw,,P1
Nowhere,2021,usw,80,,,,"line 5, column 'Share'",,,
Hill,2023,usw,,,,,"line 7, column 'Share'",usw,,P1
END
is 'the table' "$(cat "$work/out")" "$(cat "$work/expected.csv")"

begin 'what was refused is named with its place and its reason'
err_has "about 88"
err_has "1 000"
err_has "area 'Nowhere' has no counterpart in the catalogue"

begin 'the sum says what would be new'
err_has "feed 'waste': 6 rows, 3 read, 3 refused, 0 passed over; 3 would be new (0 revisions), 0 unchanged"

begin 'a dry run writes nothing, not even a ledger'
is 'what lies in the state directory' "$(find "$work/state" -mindepth 1)" ''
is 'what lies in the temporary directory' "$(ls "$TMPDIR")" office

begin 'with a ledger it counts against what is there, and leaves every byte as it was'
run envgapd --once
status_is 0
find "$work/state" -type f ! -name '*-shm' -exec sha256sum {} + | sort >"$work/before"
run envgapd --dry-run waste
err_has "0 would be new (0 revisions), 3 unchanged"
find "$work/state" -type f ! -name '*-shm' -exec sha256sum {} + | sort >"$work/after"
is 'the state directory' "$(cat "$work/after")" "$(cat "$work/before")"

begin 'it works beside a running daemon'
start
run envgapd --dry-run waste
status_is 0
err_has '3 unchanged'
stop

begin 'a feed that is no answer ends with its cause and exit status 1'
printf '<!DOCTYPE html><p>Back soon\n' >"$work/documents/usw.csv"
run envgapd --dry-run waste
status_is 1
err_has "feed 'waste': markup"

begin 'a field that no record has is pointed out'
printf '[{"a":"Hill","y":2020,"v":86.5,"mark":"e"},{"a":"Hill","y":2021,"v":87}]\n' >"$work/documents/usw.json"
marked='id = "waste"; url = "file:usw.json"; source = "gso"; indicator = "usw"; area_scheme = "name";
read = {
	format = "json"; records = "";
	fields = { area = "/a"; period = "/y"; value = "/v"; status = "/mark"; };
	status = { estimated = [ "e" ]; };
	periods = { patterns = [ "YYYY" ]; };
};'
feed "$marked"
run envgapd --dry-run waste
status_is 0
is 'the notes' "$(grep -c 'no record has' "$work/err")" 0
feed "$(echo "$marked" | sed 's|/mark|/mrak|')"
run envgapd --dry-run waste
status_is 0
err_has "note: no record has what fields.status says ('/mrak')"
feed "$waste"

begin 'a column of a wide table that no pattern fits is pointed out'
printf 'town,note,2019,2020,2021 (prel.)\nHill,-,85,86.5,87\n' >"$work/documents/wide.csv"
wide='id = "waste"; url = "file:wide.csv"; source = "gso"; indicator = "usw"; area_scheme = "name";
read = {
	format = "csv"; csv = { wide = [ "{period}" ]; leave_out = [ "note" ]; };
	fields = { area = "town"; };
	periods = { patterns = [ "YYYY" ]; };
};'
feed "$wide"
run envgapd --dry-run waste
status_is 0
err_has "note: column '2021 (prel.)' is passed over, because no pattern of csv.wide fits it"
is 'the notes' "$(grep -c 'is passed over' "$work/err")" 1
feed "$(echo "$wide" | sed 's|"{period}" \]|"{period}", "{period} (prel.)" ]|')"
run envgapd --dry-run waste
status_is 0
is 'the notes' "$(grep -c 'is passed over' "$work/err")" 0
feed "$waste"

begin 'a mistake of the configuration is said once, with its place'
cp "$conf" "$work/kept"
echo 'nonsense = 1;' >>"$conf"
run envgapd --dry-run json
status_is 2
is 'what is said' "$(cat "$work/err")" "$conf:$(wc -l <"$conf"): key 'nonsense' is not known here"
cp "$work/kept" "$conf"

begin 'a log names no line of a table that is not there'
mv "$work/catalogue/sources.csv" "$work/sources"
run envgapd --once
status_is 2
err_has "envgapd: $work/catalogue/sources.csv: there is no such file; the catalogue needs it"
mv "$work/sources" "$work/catalogue/sources.csv"

begin 'a feed that is not there is a mistake of the caller'
run envgapd --dry-run wastex
status_is 2
err_has "there is no feed 'wastex'"
