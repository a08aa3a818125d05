#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A feed is tried before it is switched on: envgap feeds FEED --test, envgap test, enable.
. "$(dirname "$0")/office"
office

cat >"$work/documents/usw.csv" <<'END'
Area,Year,Share
Hill,2020,86.5
Hill,2021,about 88
END
feed 'id = "waste"; enabled = false; url = "file:usw.csv"; source = "gso"; indicator = "usw";
area_scheme = "name"; headers = { X-Key = "{key}"; }; secrets = { key = "secret"; };
read = {
	format = "csv";
	fields = { area = "Area"; period = "Year"; value = "Share"; };
	numbers = { decimal = "."; };
	periods = { patterns = [ "YYYY" ]; };
};'
echo never-to-be-seen >"$work/secret"
chmod 600 "$work/secret"

begin 'a feed that is off can be tried: request, answer, records, refusals, and what would be new'
run envgap feeds waste --test
status_is 0
err_has 'request: GET file:usw.csv'
err_has 'request: X-Key: {key}'
err_has 'answer: '
out_has "Hill,2020,usw,86.5"
err_has "refused: line 3, column 'Share'"
err_has '1 would be new'
is 'the secret' "$(grep -c never-to-be-seen "$work/out" "$work/err" | grep -cv ':0$')" 0
is 'what lies in the state directory' "$(find "$work/state" -mindepth 1)" ''

begin 'a document of another format than was named is recognised'
mv "$work/documents/usw.csv" "$work/documents/kept"
echo '{"columns":[{"code":"t"}],"data":[{"key":["2020"],"values":["1"]}]}' >"$work/documents/usw.csv"
run envgap feeds waste --test
status_is 1
err_has "answer: it looks like a document for format = 'pxweb' (PX-Web API version 1, answer json)"
mv "$work/documents/kept" "$work/documents/usw.csv"

begin 'trying needs a feed, and one that there is'
run envgap feeds --test
status_is 2
err_has '--test needs a feed'
run envgap feeds wast --test
status_is 2
err_has "there is no feed 'wast'"

begin 'a test holds the document against what it must give, and says what differs'
cat >"$work/waste.test" <<END
configuration = "$conf";
feed = "waste";
documents = [ "documents/usw.csv" ];
catalogue = "catalogue";
observations = "expected.csv";
refusals = "refused.csv";
END
printf 'area,period,indicator,value\nP1,2020,usw,86.50\n' >"$work/expected.csv"
printf 'place\n"line 3, column '"'Share'"'"\n' >"$work/refused.csv"
run envgap test "$work/waste.test"
status_is 0
out_has "ok $work/waste.test"
out_has '1 passed, 0 failed'
printf 'area,period,indicator,value\nP1,2020,usw,86\n' >"$work/expected.csv"
run envgap test "$work"
status_is 1
out_has "not ok $work/waste.test: 1 difference"
out_has "expected.csv:2: P1 2020 usw: value is '86.5', not '86' (line 2, column 'Share')"
out_has '0 passed, 1 failed'
run envgap test "$work/documents"
status_is 2
err_has 'there is no file *.test'

begin 'one line switches it on'
echo 'enable = [ "waste" ];' >>"$conf"
run envgapd --once
status_is 0
run envgap --format csv feeds waste
out_has 'waste,'
run envgap --format json feeds waste
out_has '"enabled"'
