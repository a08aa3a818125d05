#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# envgapd --once: every feed polled over HTTP, everything judged, and the end.
. "$(dirname "$0")/office"
office
serve "$work/documents"

cat >"$work/documents/usw.csv" <<'END'
area;year;share
VN;2019;85,5
VN;2020;86
VN;2021;87,2
END
printf '[{"page":1,"pages":2,"per_page":2,"total":3},[
{"indicator":{"id":"HW"},"countryiso3code":"VNM","date":"2022","value":null},
{"indicator":{"id":"HW"},"countryiso3code":"VNM","date":"2021","value":85}]]' >"$work/documents/hw-1.json"
printf '[{"page":2,"pages":2,"per_page":2,"total":3},[
{"indicator":{"id":"HW"},"countryiso3code":"VNM","date":"2020","value":83.5}]]' >"$work/documents/hw-2.json"
cat >"$work/documents/ip.json" <<'END'
{ "unit": "%", "rows": [
  { "where": "VN", "when": "2020", "share": 89, "published": "2021-01-15" },
  { "where": "VN", "when": "2021", "share": "91.0", "published": "2025-01" },
  { "where": "XX", "when": "2021", "share": 90, "published": "2025-01" }
] }
END
http='allow_http = true; every = "1d";'
csv_read='format = "csv"; fields = { area = "area"; period = "year"; value = "share"; };
numbers = { decimal = ","; }; periods = { patterns = [ "YYYY" ]; };'
csv_feed="id = \"usw-csv\"; url = \"$url/usw.csv\"; $http source = \"gso\"; indicator = \"usw\";
published = \"2022-06\"; read = { $csv_read };"
bank_feed="id = \"hw-bank\"; url = \"$url/hw-{page}.json\"; $http source = \"monre\"; indicator = \"hw\";
area_scheme = \"iso3\"; published = \"2022-07\"; read = { format = \"worldbank\"; };"
json_feed="id = \"ip-json\"; url = \"$url/ip.json\"; $http source = \"gso\"; indicator = \"ip_cwwt\"; unit = \"%\";
read = {
	format = \"json\"; records = \"/rows\";
	fields = { area = \"/where\"; period = \"/when\"; value = \"/share\"; unit = \"^/unit\"; published = \"/published\"; };
	numbers = { decimal = \".\"; }; periods = { patterns = [ \"YYYY\" ]; };
};"
feed "$csv_feed" "$bank_feed" "$json_feed"

begin 'feeds of three formats are polled over HTTP, and their values judged'
run envgapd --once
status_is 0
err_has "feed 'usw-csv': 3 rows, 3 new (0 revisions), 0 withdrawn, 0 refused"
err_has "feed 'hw-bank': 3 rows, 3 new (0 revisions), 0 withdrawn, 0 refused"
err_has "feed 'ip-json': 3 rows, 2 new (0 revisions), 0 withdrawn, 1 refused"
run envgap --format tsv status --all
cell_is usw-2021 value 87.2
cell_is usw-2021 state met
cell_is hw-2021 value 85
cell_is hw-2021 state met
cell_is hw-2021 final true
cell_is ip-2021 value 91
cell_is ip-2021 exceeded false
cell_is ip-2021 published 2025-01

begin 'each feed says what came of it, and what it refused'
run envgap --format tsv feeds
cell_is usw-csv rows 3
cell_is ip-json refused 1
run envgap feeds ip-json --rejects
out_has "area 'XX' has no counterpart in the catalogue"

begin 'RRD files are kept for what stands'
is 'the number of files' "$(find "$work/state/rrd" -name '*.rrd' | wc -l | tr -d ' ')" 3

begin 'a second time nothing is new: no row, no event'
rows() { envgap export | wc -l; }
before=$(rows)
run envgapd --once
status_is 0
is 'the number of rows' "$(rows)" "$before"
run envgap --format tsv feeds
cell_is usw-csv note 'unchanged (304)'
cell_is ip-json note 'unchanged (304)'
cell_is hw-bank failures 0

begin 'a revised document is a revision, and its validator is asked again'
sleep 0.01
sed -i 's/91.0/91.2/' "$work/documents/ip.json"
run envgapd --once
status_is 0
err_has "feed 'ip-json': 3 rows, 1 new (1 revisions)"
run envgap --format tsv status --all --target ip-2021
cell_is ip-2021 value 91.2

begin 'a record that was refused is taken when the catalogue knows it, although the document is the same'
echo 'XX,country,Another,,,' >>"$work/catalogue/areas.csv"
run envgapd --once
status_is 0
err_has "feed 'ip-json': its last document was read again, as it is to be read now: 3 rows, 1 new (0 corrected), 0 withdrawn, 0 refused"

begin 'half of a paged answer changes nothing'
sed -i 's/83.5/83.9/' "$work/documents/hw-2.json"
sed -i 's/:85}/:86}/' "$work/documents/hw-1.json"
mv "$work/documents/hw-2.json" "$work/documents/away.json"
run envgapd --once
status_is 1
err_has "feed 'hw-bank': http_status: HTTP 404"
run envgap --format tsv status --all --target hw-2021
cell_is hw-2021 value 85
run envgap --format tsv feeds
cell_is hw-bank cause http_status
cell_is hw-bank failures 1
cell_is usw-csv cause ''
mv "$work/documents/away.json" "$work/documents/hw-2.json"
run envgapd --once
status_is 0
run envgap --format tsv feeds
cell_is hw-bank cause ''
run envgap --format tsv status --all --target hw-2021
cell_is hw-2021 value 86

# Every way in which the server can answer badly, with the cause that a person is to see.
faults='
206 partial_content
brotli bad_encoding
chunked-cut truncated
empty empty
gzip-bomb too_large_decoded
gzip-cut truncated
gzip-garbage bad_encoding
gzip-no-end truncated
gzip-not bad_encoding
html markup
huge too_large
longer length_mismatch
longer-large length_mismatch
many-headers bad_answer
not-http bad_answer
redirect-file redirect_refused
redirect-loop redirects
redirect-nowhere redirect_refused
reset lost
reset-body lost
slow-drip timeout
stall timeout
status/404 http_status
status/500 http_status
truncated truncated
two-lengths length_mismatch
'
begin 'every bad answer ends with a cause of its own, and leaves the good data alone'
set --
for path in $(echo "$faults" | awk 'NF { print $1 }'); do
	set -- "$@" "id = \"f-$(echo "$path" | tr / -)\"; url = \"$url/fault/$path\"; $http source = \"gso\";
	indicator = \"usw\"; timeout = \"1s\"; max_document = \"1M\";
	read = { format = \"csv\"; fields = { area = \"area\"; period = \"year\"; value = \"value\"; };
	numbers = { decimal = \".\"; }; periods = { patterns = [ \"YYYY\" ]; }; };"
done
feed "$csv_feed" "$@"
run envgapd --once
status_is 1
run envgap --format tsv feeds
echo "$faults" | awk 'NF' >"$work/faults"
while read -r path cause; do
	cell_is "f-$(echo "$path" | tr / -)" cause "$cause"
done <"$work/faults"
cell_is usw-csv cause ''
run envgap --format tsv status --all --target usw-2021
cell_is usw-2021 value 87.2

begin 'a host that wants a pause gets it'
feed "id = \"busy\"; url = \"$url/fault/status/503?Retry-After:+7200\"; $http source = \"gso\"; indicator = \"usw\";
retry_cap = \"1h\"; read = { $csv_read };"
run envgapd --once
status_is 1
seconds=$(sed -n 's/.*next try in \([0-9]*\) s.*/\1/p' "$work/err")
[ "${seconds:-0}" -ge 7200 ] || fault "the next try is in ${seconds:-0} s, not in 7200 s or later"
due=$(envgap --format tsv feeds | awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "next_due") at = i } NR == 2 { print $at }')
start
run envgap --format tsv feeds
cell_is busy next_due "${due:-a time}"
stop

begin 'without encryption only where the configuration allows it'
feed "id = \"plain\"; url = \"$url/usw.csv\"; source = \"gso\"; indicator = \"usw\"; read = { $csv_read };"
run envgapd --check
status_is 2
err_has "allow_http"
