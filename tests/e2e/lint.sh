#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Figures that are doubtful: said when they come, kept with their row, shown wherever it is shown.
. "$(dirname "$0")/office"
office

shifted='the value looks shifted by decimal places beside its neighbours'

begin 'one number that is value and target is taken with a warning'
run envgap record hw VN 2021 85 --source monre --published 2021-10-08 --status E
status_is 0
err_has 'envgap: warning: the value is exactly its own target: is it a measurement?: hw-2021'

begin 'the same figure again does not warn again'
run envgap record hw VN 2021 85 --source monre --published 2021-10-08 --status E
status_is 0
out_has 'nothing new'
is 'what is said' "$(cat "$work/err")" ''

begin 'a figure that was printed without its sign is taken with a warning'
run envgap record ip_cwwt VN 2021-01/2021-09 91.7 --source monre --published 2021-10-08 --raw 91,7
status_is 0
err_has 'envgap: warning: the figure is printed without its unit: %'

begin 'a lost decimal sign is refused where it leaves the bounds'
run envgap record ip_cwwt VN 2021 917 --source monre
status_is 2
err_has 'is a decimal sign lost, and 91.7 meant?'
run envgap record ip_cwwt VN 2021 2021 --source monre
status_is 2
err_has 'is it the year?'

begin 'a table is checked without being taken in'
cat >"$work/t.csv" <<'END'
indicator,area,period,value,source,published,num,den
usw,VN,2018,86,gso,2019-06-01,,
usw,VN,2019,85.5,gso,2020-06-01,,
usw,VN,2020,8.6,gso,2021-06-01,,
usw,VN,2022,4.3,monre,2023-06-01,9,200
END
run envgap lint "$work/t.csv"
status_is 0
out_has "t.csv:4: warning: $shifted"
out_has 't.csv:5: warning: the value is not what numerator by denominator gives: 4.3; 4.500'
out_has 't.csv: 4 rows: 4 would be new (0 of them revisions), 0 unchanged; 2 warnings'
run envgap lint
out_lacks usw

begin 'standard input and tables in disorder are checked too'
(head -1 "$work/t.csv"; sed 1d "$work/t.csv" | sort -r) >"$work/r.csv"
run envgap lint - <"$work/r.csv"
status_is 0
out_has "-:3: warning: $shifted"
out_has '2 warnings'

begin 'a table that memory does not hold is checked too'
{
	echo indicator,area,period,value,source
	awk 'BEGIN { for (i = 0; i < 20000; i++)
		printf "usw,VN,%d-%02d-%02d,50,gso\n", 1960 + int(i / 336), int(i % 336 / 28) + 1, i % 28 + 1 }'
} >"$work/large.csv"
run envgap lint "$work/large.csv"
status_is 0
out_has '20000 rows: 20000 would be new'

begin 'what would be refused makes the exit status 1'
echo 'usw,VN,2023,920,gso,2024-06-01,,' >>"$work/t.csv"
run envgap lint "$work/t.csv"
status_is 1
out_has 't.csv:6: value 920 is above what usw can be: at most 100 %; is a decimal sign lost, and 92 meant?'
out_has '1 error, would be refused whole'
run envgap lint "$work/not-there.csv"
status_is 3

begin 'the same warnings come with the import'
sed -i '$d' "$work/t.csv"
run envgap import "$work/t.csv"
status_is 0
err_has "t.csv:4: warning: $shifted"
err_has 't.csv:5: warning: the value is not what numerator by denominator gives: 4.3; 4.500'

begin 'they are shown wherever the figure is'
run envgap lint
out_has 'target: the value is exactly its own target: is it a measurement?'
out_has "$shifted"
run envgap --format tsv lint
cell_is parts detail '4.3; 4.500'
cell_is power seq 5
run envgap show usw VN
out_has 'warning: 2022, Ministry of Environment: the value is not what numerator by denominator gives: 4.3;'
run envgap explain usw VN 2022
out_has 'warning: the value is not what numerator by denominator gives: 4.3; 4.500'
run envgap --lang vi lint
out_has 'giá trị không khớp với tử số chia mẫu số'

begin 'what was revised to something plausible is doubtful no more, except to who asks as of then'
run envgap record usw VN 2022 88.2 --source monre --published 2024-01-01
run envgap lint
out_lacks '4.500'
run envgap --as-of 2023-12-31 lint
out_has '4.500'

begin 'a change beyond what the indicator allows is said'
sed -i '1s/$/,jump/; 2,$s/$/,5/' "$work/catalogue/indicators.csv"
run envgap record usw VN 2023 95 --source monre --published 2024-06-01
err_has 'the change is greater than is credible in the time: 95; 88.2 (2022)'

begin 'the warnings of a feed are counted and shown'
mkdir -p "$work/documents"
printf 'a,p,v\nVN,2018,78\nVN,2019,78.4\nVN,2020,7.9\n' >"$work/documents/f.csv"
feed 'id = "f"; url = "file:f.csv"; source = "mpi"; indicator = "hw"; unit = "%";
read = {
	format = "csv";
	fields = { area = "a"; period = "p"; value = "v"; };
	numbers = { decimal = "."; };
	periods = { patterns = [ "YYYY" ]; };
};'
run envgapd --once
run envgap feeds f
out_has 'Warnings about its figures: 2.  "envgap feeds f --warnings" shows them.'
run envgap feeds f --warnings
out_has "$shifted"
out_lacks usw

begin 'what a feed brings that was published before a withdrawal in force is told, too'
run envgap withdraw hw VN 2018 --source mpi --why 'of another indicator'
status_is 0
printf 'a,p,v,d\nVN,2018,77,2019-06-01\nVN,2019,78.4,\n' >"$work/documents/f.csv"
sed -i 's/value = "v";/value = "v"; published = "d";/' "$work/feeds.conf"
run envgapd --once
run envgap feeds f --warnings
out_has 'a withdrawal of a later day is in force'
run envgap --format tsv feeds f --warnings
cell_is withdrawn value 77
cell_is withdrawn detail "$(TZ=Asia/Ho_Chi_Minh date +%F)"

begin 'an export carries them, and a restored ledger has them'
envgap --format tsv lint >"$work/before"
envgap export >"$work/export.csv"
rm -rf "$work/state"
mkdir "$work/state"
run envgap import --restore "$work/export.csv"
status_is 0
envgap --format tsv lint >"$work/after"
is 'what is doubtful' "$(cat "$work/after")" "$(cat "$work/before")"

finish_case
exit "$any_failed"
