#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Whoever reads Vietnamese reads no English sentence when something is wrong, whoever found it out.
. "$(dirname "$0")/office"
office

vi() { envgap --lang vi "$@"; }

# What is quoted, options, paths and words in capitals are to be typed; these words make sentences.
english='the|is|are|was|has|have|there|of|and|not|must|with|write|needs|takes|cannot|known|already|does|it|its|an|be|for|as'
english_in() {
	cat "$work/out" "$work/err" |
		sed -E "s/(^|[ (])'[^']*'/\\1/g; s/\"[^\"]*\"//g; s/--[a-z-]+//g; s|[^ ]*/[^ ]*||g; s/(value|period)_[a-z]+//g" |
		grep -E -m 1 "(^|[^[:alnum:]_.])($english)([^[:alnum:]_.]|\$)"
}

# no_english STATUS COMMAND...: it fails with that status and says why, in Vietnamese
no_english() {
	wanted=$1
	shift
	run vi "$@"
	status_is "$wanted"
	[ -s "$work/out" ] || [ -s "$work/err" ] || fault "'$*' says nothing"
	found=$(english_in) && fault "'$*' says in English: $found"
	:
}

begin 'mistakes on the command line are told in Vietnamese'
no_english 2 frobnicate
err_has "'frobnicate' không phải là lệnh"
no_english 2 statsu
err_has "có phải là 'status'?"
no_english 2
no_english 2 show
no_english 2 status x
no_english 2 status --bogus
no_english 2 status --zoom 3
no_english 2 status --as-of
no_english 2 status --as-of 2021-13-40
no_english 2 status --as-of 08/10/2021
no_english 2 status --as-of 2021-01-01 --received-by 2021-01-01
no_english 2 status --format xml
no_english 2 graph hw VN
no_english 2 report --area VN -o x.pdf
no_english 2 methods nope
no_english 2 feeds --accept
no_english 3 import "$work/not-there.csv"

begin 'the language is known before the options are'
run envgap status --bogus --lang=vi
err_has 'không có tuỳ chọn'
run env LC_ALL=vi_VN.UTF-8 "$OUT/envgap" -c "$conf" frobnicate
err_has 'không phải là lệnh'
run env LC_ALL=vi_VN.UTF-8 "$OUT/envgap" -c "$conf" --lang en frobnicate
err_has "'frobnicate' is not a command; 'envgap help' lists them"

begin 'figures that cannot be are refused in Vietnamese'
no_english 2 show hw VN
no_english 2 record hw VN 2021 abc --source monre
no_english 2 record hw VN 2021 1.234,5 --source monre
no_english 2 record hw VN 2099 5 --source monre
no_english 2 record hw VN 2021 5
no_english 2 record hw VN 2021 5 --source monr
err_has "nguồn 'monr' không có trong sources.csv; có phải là 'monre'?"
no_english 2 record hw VN 2021-Q9 5 --source monre
no_english 2 record ip_cwwt VN 2021 917 --source monre
err_has 'có phải mất dấu thập phân, ý là 91.7 không?'
no_english 0 record hw VN 2021 85 --source monre --published 2021-10-08 --status E
err_has 'cảnh báo: giá trị đúng bằng chỉ tiêu của chính nó'
out_has 'đã ghi thành dòng 1'
no_english 0 record hw VN 2021 86 --source monre --published 2022-10-08
out_has 'trước đó: 85 (dòng 1)'
no_english 2 show hw XX
no_english 2 explain hw VN 1999
no_english 2 withdraw hw VN 2020 --source monre --why x
no_english 2 ack hw XX
no_english 2 note hw VN
no_english 2 duties nodu

begin 'a table is refused row by row in Vietnamese'
cat >"$work/t.csv" <<'END'
indicator,area,period,value,source
hw,XX,2021,5,monre
hw,VN,2021,1.234.5,monre
hw,VN,2021,,monre
hw,VN,20 21,5,monre
hx,VN,2021,5,monre
END
no_english 2 import "$work/t.csv"
err_has 't.csv:3: giá trị:'
err_has '5 lỗi, không có gì bị thay đổi'
no_english 1 lint "$work/t.csv"

begin 'what envgapd refuses is told in Vietnamese, and its log is English'
mkdir -p "$work/documents"
printf 'a,p,v\nVN,2018,78\nXX,2019,78.4\nVN,2020,viele\n' >"$work/documents/f.csv"
feed "id = \"waste\"; url = \"file:$work/documents/f.csv\"; source = \"gso\"; indicator = \"usw\"; unit = \"%\";
	every = \"1d\"; read = { format = \"csv\"; fields = { area = \"a\"; period = \"p\"; value = \"v\"; };
	periods = { patterns = [ \"YYYY\" ]; }; };"
LC_ALL=vi_VN.UTF-8 start
no_english 2 record hw VN 2021 abc --source monre
err_has "giá trị: 'abc' không phải là số"
no_english 2 poll nofeed
run vi poll waste
no_english 0 feeds waste --rejects
out_has 'không phải là số'
stop
if grep -q 'không' "$work/log"; then fault 'there is Vietnamese in the log'; fi

begin 'what lay in the ledger is translated when it is shown, and machines read English'
no_english 0 feeds waste --rejects
run vi --format json feeds waste --rejects
out_has 'is not a number'
out_lacks 'không'
run envgap --format json feeds waste --rejects
cp "$work/out" "$work/json"
run vi --format json feeds waste --rejects
cmp -s "$work/out" "$work/json" || fault 'JSON changes with the language'

begin 'what is wrong with configuration and catalogue is told in Vietnamese'
sed -i '2s/,Plan/,,,Plan/' "$work/catalogue/acts.csv"
sed -i '3s/>/=>/' "$work/catalogue/targets.csv"
no_english 2 record hw VN 2022 85 --source monre
err_has 'dòng này có'
err_has "'=>' không phải là toán tử"
sed -i 's/^catalogue/catalog/' "$conf"
no_english 2 record hw VN 2022 85 --source monre
err_has "không có khoá 'catalog'; có phải là 'catalogue'?"

begin 'help is Vietnamese for every command'
run vi help
[ "$(english_in)" = '' ] || fault "help says: $(english_in)"
for command in $(awk '/^  [a-z]/ { print $1 }' "$work/out"); do
	run vi "$command" --help
	status_is 0
	found=$(english_in) && fault "$command --help says: $found"
	out_has 'cách dùng: envgap'
done
run envgap --help
out_has 'usage: envgap'
