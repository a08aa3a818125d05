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
no_english 0 poll waste
out_has "nguồn tin 'waste': không đổi (cùng nội dung)"
printf 'VN,2021,81\n' >>"$work/documents/f.csv"
no_english 0 poll waste
out_has "nguồn tin 'waste': 4 dòng, 1 dòng mới, 2 dòng bị từ chối"
no_english 0 feeds waste --rejects
out_has 'không phải là số'
stop
if grep -q 'không' "$work/log"; then fault 'there is Vietnamese in the log'; fi

begin 'a trial of a feed is told in Vietnamese, though envgapd is who reads it'
printf 'a,p,v\nVN,2018,78\nXX,2019,78.4\nVN,2020,about 7\n' >"$work/documents/f.csv"
# no_english reads the records as well: their heading is of words to be typed
no_english 0 feeds waste --test
out_has 'area,period,series'
err_has 'yêu cầu: GET file:'
err_has 'trả lời: 46 byte sau'
err_has "bị từ chối: dòng 4, cột 'v': 'about 7': 'about 7' không phải là số"
err_has 'numbers.marks và numbers.strip liệt kê những gì có thể đứng cạnh số'
err_has "nguồn tin 'waste': 3 dòng, đọc được 1, bị từ chối 2, bỏ qua 0; "
no_english 2 feeds nofeed --test
err_has "envgapd: không có nguồn tin 'nofeed'"
rm "$work/documents/f.csv"
no_english 1 feeds waste --test
run envgap feeds waste --test
status_is 1
err_has 'request: GET file:'
printf 'a,p,v\nVN,2018,78\nXX,2019,78.4\nVN,2020,viele\n' >"$work/documents/f.csv"

begin 'the line for a monitoring system is Vietnamese but for what it reads itself'
no_english 3 check hw XX
out_has 'ENVGAP UNKNOWN - '
run vi --as-of 2021-12-01 check hw VN
out_has 'ENVGAP OK - hw VN 85 % '
out_has '(2021), đạt so với >=85 đến 2021 | value=85%;;;0;100 gap=0'
no_english 3 check ip_cwwt VN
out_has 'ENVGAP UNKNOWN - ip_cwwt VN không có số liệu'
out_has ': không đánh giá được '
no_english 0 duties --check
out_has 'ENVGAP DUTIES OK - 0 quá hạn, 0 đến hạn trong 30 ngày | overdue=0;;0 due_soon=0;0 late=0 on_time=0'

begin 'every question is answered in Vietnamese'
for question in status 'status --all' gaps 'show hw VN' '--as-of 2021-12-01 explain hw VN' 'explain hw VN 2021' areas \
	'areas VN' duties 'duties --all' 'duties --remind' events feeds 'feeds waste' 'feeds waste --warnings' \
	methods verify 'report --area VN --year 2021'; do
	# shellcheck disable=SC2086
	run vi $question
	status_is 0
	sed -i 's/Ministry of Environment//g' "$work/out" # sources have one name
	found=$(english_in) && fault "'$question' says in English: $found"
done

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
