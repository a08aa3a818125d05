#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# envgap explain INDICATOR AREA PERIOD: from what stands back to the cell of the document.
. "$(dirname "$0")/office"
office

cat >"$work/documents/waste.csv" <<'END'
code;year;treated;mark
01;2020;86,25;
01;2021;87,5;e
END
feed 'id = "waste"; url = "file:waste.csv"; source = "gso"; indicator = "usw"; published = "2022-03";
area_scheme = "gso";
read = {
	format = "csv"; csv = { delimiter = ";"; };
	fields = { area = "code"; period = "year"; value = "treated"; status = "mark"; };
	numbers = { decimal = ","; };
	periods = { patterns = [ "YYYY" ]; };
	status = { estimated = [ "e" ]; };
};'
run envgapd --once
run envgap record usw P1 2021 88 --source monre --published 2022-05
document=$(sha256sum <"$work/documents/waste.csv" | cut -d' ' -f1)

begin 'a value of a feed is followed to the cell, with the settings by which it was read'
run envgap explain usw P1 2021
status_is 0
out_has 'Urban solid waste treated, Hill, 2021: 87.5 % e'
out_has 'poll of feed waste by envgapd'
out_has 'publisher: Statistics Office, published 2022-03'
out_has 'from file:waste.csv'
out_has "document $document"
out_has "place: line 3, column 'treated'"
out_has 'the text there: "87,5"'
out_has 'read again from the archive: "87,5"'
out_has 'fields.value = "treated"; numbers.decimal = ","'
out_has "status 'e' is E"

begin 'every row about the period is listed, those of other publishers too'
run envgap --format tsv explain usw P1 2021
status_is 0
cell_is gso explained true
cell_is gso raw 87,5
cell_is gso document "$document"
cell_is monre value 88
cell_is monre explained false
cell_is monre kind record

begin 'another publisher is asked for by its id'
run envgap explain usw P1 2021 --source monre
status_is 0
out_has 'Hill, 2021: 88 %'
out_has "recorded by hand by $(id -un)"
run envgap explain usw P1 2020 --source monre
status_is 2
err_has 'envgap: there is no figure of usw P1 for 2020 from monre'

begin 'the settings of then count, whatever the configuration says now'
feed
run envgap explain usw P1 2021
status_is 0
out_has 'fields.value = "treated"; numbers.decimal = ","'

begin 'what is not in the archive any more is said'
rm "$work/state/archive/$(echo "$document" | cut -c1-2)/$document.zst"
run envgap explain usw P1 2021
status_is 0
out_has 'cannot be read again from the archive'
out_has 'the text there: "87,5"'
run envgap --format json explain usw P1 2021
out_has '"archived": null'

begin 'a figure of a table is followed to its line'
printf 'indicator,area,period,value,source,raw\nusw,VN,2021,87.2,gso,"about 87,2"\n' >"$work/table.csv"
run envgap import "$work/table.csv"
run envgap explain usw VN 2021
out_has 'import of a table'
out_has 'the text there: "about 87,2"'
out_has 'read again from the archive: "usw,VN,2021,87.2,gso,"about 87,2""'

begin 'the verdicts that rest on it are named, and only those'
out_has usw-2021
run envgap explain usw P1 2020
out_has 'No verdict rests on it.'
run envgap --lang vi explain usw P1 2020
out_has 'Không có kết luận nào dựa vào số này.'

begin 'a question as of a day sees what was known then'
run envgap --as-of 2022-04-30 --format tsv explain usw P1 2021
status_is 0
out_lacks monre
run envgap --as-of 2022-01-31 explain usw P1 2021
status_is 2

begin 'a withdrawn figure says so'
run envgap withdraw usw VN 2021 --source gso --why 'printed by mistake'
run envgap explain usw VN 2021
status_is 0
out_has 'printed by mistake'

begin 'wrong use says what would have been right'
run envgap explain usw P1 21
status_is 2
err_has "'21' is not a period such as"
run envgap explain usw P1 2021 --target usw-2021
status_is 2
err_has "--target is for 'explain' without a period"
