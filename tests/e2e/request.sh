#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How feeds ask: queries, bodies and forms, dates, and answers that come in several documents.
. "$(dirname "$0")/office"
office
serve "$work/documents"
common='allow_http = true; source = "gso"; indicator = "usw";'
read='format = "json"; records = "/rows"; periods = { patterns = [ "YYYY" ]; };
fields = { area = "/area"; period = "/year"; value = "/value"; };'
rows() {
	printf '{ "count": 3, "rows": ['
	comma=
	for year in "$@"; do
		printf '%s{ "area": "VN", "year": "%s", "value": %s }' "$comma" "$year" $((year - 1950))
		comma=,
	done
	echo '] }'
}
dry() {
	run envgapd --dry-run "$1" --records
}

begin 'an answer is read by its offsets until as many records came as were announced'
rows 2019 2020 >"$work/documents/rows?offset=0&limit=2"
rows 2021 >"$work/documents/rows?offset=2&limit=2"
feed "id = \"offsets\"; url = \"$url/rows?offset={offset}&limit={per_page}\"; $common
read = { $read paging = { style = \"offset\"; size = 2; total = \"/count\"; }; };"
dry offsets
status_is 0
out_has 'VN,2019,usw,69'
out_has 'VN,2021,usw,71'

begin 'an offset whose page does not come leaves nothing behind'
rm "$work/documents/rows?offset=2&limit=2"
run envgapd --once
status_is 1
err_has "feed 'offsets': http_status: HTTP 404"
run envgap --format tsv status --all
cell_is usw-2021 value ''

begin 'pages go on as their Link headers say, relative to the page'
mkdir -p "$work/documents/v1/more"
rows 2019 >"$work/documents/v1/first"
printf 'Link: <more/second>; rel="next"; title="a, b"\r\n' >"$work/documents/v1/first.head"
rows 2020 >"$work/documents/v1/more/second"
printf 'Link: <../first>; rel=prev, <third>; rel=next\r\n' >"$work/documents/v1/more/second.head"
rows 2021 >"$work/documents/v1/more/third"
feed "id = \"links\"; url = \"$url/v1/first\"; $common
read = { $read paging = { style = \"link\"; total = \"/count\"; }; };"
dry links
status_is 0
out_has 'VN,2019,usw,69'
out_has 'VN,2020,usw,70'
out_has 'VN,2021,usw,71'

begin 'pages go on by the mark that each gives for the next; the first is asked for without one'
year_at() {
	printf '{ "next": %s, "rows": [ { "area": "VN", "year": %s, "value": %s } ] }\n' "$1" "$2" \
		$(($2 - 1950))
}
year_at '"b/2="' 2019 >"$work/documents/marks?n=1"
year_at 7 2020 >"$work/documents/marks?after=b%2F2%3D&n=1"
year_at null 2021 >"$work/documents/marks?after=7&n=1"
feed "id = \"marks\"; url = \"$url/marks?after={cursor}&n=1\"; $common
read = { $read paging = { style = \"cursor\"; next = \"/next\"; }; };"
dry marks
status_is 0
err_has 'request: GET the document that the last one named'
out_has 'VN,2019,usw,69'
out_has 'VN,2020,usw,70'
out_has 'VN,2021,usw,71'

begin 'a mark that comes again is a circle'
year_at '"b/2="' 2021 >"$work/documents/marks?after=7&n=1"
dry marks
status_is 1
err_has 'page 4 names a page as the next one that was read before'

begin 'pages that never end stop at the ceiling, with its name'
feed "id = \"endless\"; url = \"$url/page/1\"; $common
read = { $read answer = { min_rows = 0; }; paging = { style = \"link\"; max_pages = 5; }; };"
dry endless
status_is 1
err_has 'the answer does not end after 5 pages (paging.max_pages)'

begin 'a server that gives the same page whatever it is asked for is noticed'
rows 2019 2020 >"$work/documents/always"
feed "id = \"always\"; url = \"$url/always?page={page}\"; $common
read = { $read paging = { style = \"page\"; until = \"short\"; size = 2; }; };"
dry always
status_is 1
err_has 'paging: page 2 is byte for byte the one before'

begin 'a number of records that is not there is a failure, also where it does not decide the end'
rows 2019 >"$work/documents/short?page=1"
feed "id = \"short\"; url = \"$url/short?page={page}\"; $common
read = { $read paging = { style = \"page\"; until = \"short\"; size = 2; total = \"/total\"; }; };"
dry short
status_is 1
err_has "shape: paging.total: the document has nothing at '/total'"

begin 'a number of records such as >1000 is shown as what it is'
echo '{ "found": ">1", "rows": [ { "area": "VN", "year": 2019, "value": 69 } ] }' \
	>"$work/documents/found?page=1"
feed "id = \"found\"; url = \"$url/found?page={page}\"; $common
read = { $read paging = { style = \"page\"; until = \"short\"; total = \"/found\"; }; };"
dry found
status_is 1
err_has "paging.total: what stands at '/found' is no whole number: '>1'"

begin 'a number of records that changes between pages is said without the pages that nobody counts'
rows 2019 >"$work/documents/grows?page=1"
rows 2020 | sed 's/"count": 3/"count": 4/' >"$work/documents/grows?page=2"
feed "id = \"grows\"; url = \"$url/grows?page={page}\"; $common
read = { $read paging = { style = \"page\"; total = \"/count\"; }; };"
dry grows
status_is 1
err_has 'the source changed while it was read: 3 records became 4'

begin 'a number of pages that changes is said alike'
echo '{ "last": 2, "rows": [ { "area": "VN", "year": 2019, "value": 69 } ] }' \
	>"$work/documents/pages?page=1"
echo '{ "last": 3, "rows": [ { "area": "VN", "year": 2020, "value": 70 } ] }' \
	>"$work/documents/pages?page=2"
feed "id = \"pages\"; url = \"$url/pages?page={page}\"; $common
read = { $read paging = { style = \"page\"; pages = \"/last\"; }; };"
dry pages
status_is 1
err_has 'the source changed while it was read: 2 pages became 3'

begin 'a name may occur again in a query, and dates are of today'
year=$(date +%Y)
rows 2019 >"$work/documents/query?format=json&areaCode=4&areaCode=8&q=a%20b%26c&from=$((year - 5))"
feed "id = \"query\"; url = \"$url/query?format=json\"; $common
query = [ \"areaCode=4\", \"areaCode={code}\", \"q=a b&c\", \"from={year-5}\" ]; variables = { code = \"8\"; };
read = { $read };"
dry query
status_is 0
out_has 'VN,2019,usw,69'

begin 'a form is posted as one'
feed "id = \"form\"; url = \"$url/fault/echo\"; $common method = \"POST\";
form = [ \"area=VN,x\", \"area={year}\" ];
read = { format = \"csv\"; csv = { header = false; delimiter = \";\"; };
fields = { area = \"=VN\"; period = \"=2020\"; value = \"#1\"; }; periods = { patterns = [ \"YYYY\" ]; }; };"
run envgapd --dry-run form
err_has "area=VN,x&area=$(date +%Y)"
err_has 'Content-Type: application/x-www-form-urlencoded'

begin 'an answer of another content type than it has to have is none'
rows 2019 >"$work/documents/rows.html"
feed "id = \"kind\"; url = \"$url/rows.html\"; $common
read = { $read answer = { content_types = [ \"application/json\" ]; }; };"
dry kind
status_is 1
err_has "content_type: the answer is 'text/html', not 'application/json' (answer.content_types)"


begin 'a dry run shows the ratios and duplicates that are refused when all is read'
cat >"$work/documents/parts.csv" <<'END'
area;2020 treated;2020 collected;2021 treated;2021 collected
VN;40;0;69;75
END
feed "id = \"parts\"; url = \"$url/parts.csv\"; allow_http = true; source = \"gso\";
series = ( [ \"rate\", \"usw\" ] );
read = { format = \"csv\"; fields = { area = \"area\"; series = \"@name\"; };
csv = { wide = [ \"{period} {name}\" ]; }; periods = { patterns = [ \"YYYY\" ]; };
ratios = ( { series = \"rate\"; numerator = \"treated\"; denominator = \"collected\"; } ); };"
dry parts
err_has "the denominator 'collected' is 0"
rows 2019 2019 >"$work/documents/twice"
feed "id = \"twice\"; url = \"$url/twice\"; $common read = { $read };"
dry twice
err_has "refused: /rows/1/value: "

begin 'a ratio of two series of one document keeps its numerator and denominator'
cat >"$work/documents/waste.csv" <<'END'
area;2020 treated;2020 collected;2021 treated;2021 collected
VN;40;80;69;75
END
feed "id = \"ratio\"; url = \"$url/waste.csv\"; allow_http = true; source = \"gso\";
series = ( [ \"rate\", \"usw\" ] ); published = \"2022-06\";
read = { format = \"csv\"; fields = { area = \"area\"; series = \"@name\"; };
csv = { wide = [ \"{period} {name}\" ]; }; periods = { patterns = [ \"YYYY\" ]; };
ratios = ( { series = \"rate\"; numerator = \"treated\"; denominator = \"collected\"; max = 100; } ); };"
run envgapd --once
err_has "feed 'ratio': 4 rows, 2 new (0 revisions), 0 withdrawn, 0 refused"
run envgap export
out_has 'usw,,VN,2021,92,%,A,gso,2022-06,69,75,'
out_has ',69 / 75,'
