#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Duties: who owes what until when, who delivered, who is late, who is missing, and the reminders.
. "$(dirname "$0")/office"
office

catalogue=$work/catalogue
cat >"$catalogue/offices.csv" <<'END'
id,name,name_vi,valid_from,valid_to,successor,area,publisher,contact
monre_units,Units of MONRE,Các đơn vị thuộc Bộ TN&MT,,2025-03-01,mae_units,,monre,units@monre.example
mae_units,Units of MAE,Các đơn vị thuộc Bộ NN&MT,2025-03-01,,,,,units@mae.example
mpi,Ministry of Planning,Bộ KH&ĐT,,2025-03-01,mof,,,
mof,Ministry of Finance,Bộ Tài chính,2025-03-01,,,,,
land,Land Administration,Tổng cục Đất đai,,2022-11-01,,,,
END
cat >"$catalogue/duties.csv" <<'END'
id,version_of,title,title_vi,deliver,indicators,area,each_kind,member_day,owner,recipient,period,deadline,grace_days,shift,valid_from,valid_to,text
plan,,South-East plan: result report,Báo cáo kết quả Kế hoạch vùng Đông Nam Bộ,document,,,,,monre_units,mpi,year,before 12-10,,,2023-06-14,,trước ngày 10 tháng 12
res02,,Report on Resolution 02,Báo cáo Nghị quyết 02,document,,VN,province,2021-07-01,,land,once:2021,by 2021-08-10,,,,,muộn nhất đến ngày 10/8/2021
facility,,Report of facilities,Báo cáo cơ sở,document,,,,,land,,year,by next 01-05,,,,2022-12-01,
facility-2022,facility,Report of facilities,Báo cáo cơ sở,document,,,,,land,,year,by next 01-15,,,2022-12-01,,
opinions,,Opinions on the draft,Ý kiến góp ý dự thảo,document,,,,,land,monre_units,once:2023,from 2023-08-20 to 2023-08-31,,,,,
figures,,Figures of waste,Số liệu chất thải,figures,usw;ip_cwwt,VN,,,monre_units,mpi,year,by next 03-31,,,2020-01-01,,
monthly,,Monthly pace,Tiến độ tháng,document,,,,,mae_units,,month,by day 31,,,2026-01-01,,
END
{
	i=0
	while [ $i -lt 63 ]; do
		i=$((i + 1))
		printf 'P63:%02d,province,Province %02d,,,2025-07-01\n' $i $i
	done
} >>"$catalogue/areas.csv"
head -1 "$catalogue/areas.csv" >"$work/head"
[ -f "$catalogue/area_members.csv" ] || echo 'group,area,valid_from,valid_to' >"$catalogue/area_members.csv"
i=0
while [ $i -lt 63 ]; do
	i=$((i + 1))
	printf 'VN,P63:%02d,,\n' $i
done >>"$catalogue/area_members.csv"

# owner DUTY PERIOD AS-OF COLUMN: of the only owner
owner() {
	run envgap --as-of "$3" --format tsv duties "$1" --period "$2"
	status_is 0
}

begin 'an office without figures has duties: what is due next, with the successor of its owner'
run envgap record usw VN 2019 80 --source monre --published 2020-02-01
status_is 0
run envgap --as-of 2026-11-22 duties
status_is 0
out_has 'before 2026-12-10'
out_has '0 of 1'
# 22 November to 9 December are 8 + 9 = 17 days.
tr -s ' \n' '  ' <"$work/out" >"$work/flat"
grep -q 'due in 17 days: Units of MONRE (until 2025-02-28; now Units of MAE)' "$work/flat" ||
	fault 'the successor of the owner is not named'
grep -qF '[plan], to Ministry of Planning (until 2025-02-28; now Ministry of Finance)' \
	"$work/flat" || fault 'the successor of the recipient is not named'
run envgap --as-of 2026-11-22 --format tsv duties --period 2026
cell_is plan latest 2026-12-09
cell_is plan due 2026-12-10
cell_is plan recipient mpi
cell_is plan recipient_answers mof

begin '10 December is late where the rule says before 10 December, and 9 December is in time'
run envgap --as-of 2024-12-10 deliver plan 2024 --on 2024-12-10 --note 'by courier'
status_is 0
out_is 'plan 2024 monre_units: delivered on 2024-12-10, 1 day late (before 12-10)'
run envgap deliver plan 2025 --on 2025-12-09 --owner mae_units
status_is 0
out_is 'plan 2025 monre_units: delivered on 2025-12-09, in time (before 12-10)'
owner plan 2024 2026-11-22
cell_is monre_units state late
cell_is monre_units late_days 1
cell_is monre_units answers monre_units
owner plan 2025 2026-11-22
cell_is monre_units state on_time
cell_is monre_units answers mae_units

begin 'as of a day before it came it had not come; by receipt it came when somebody said so'
owner plan 2024 2024-12-09
cell_is monre_units state due_soon
cell_is monre_units days_left 0
run envgap --received-by 2025-12-31 --format tsv duties plan --period 2024
cell_is monre_units state missing

begin 'on the tenth of August is in time where the rule says no later than; 61 of 63'
i=0
while [ $i -lt 60 ]; do
	i=$((i + 1))
	envgap deliver res02 2021 --owner "$(printf 'P63:%02d' $i)" --on 2021-08-10 >/dev/null ||
		fault 'a delivery is refused'
done
run envgap deliver res02 2021 --owner 'Province 61' --on 2021-08-11
out_is 'res02 2021 P63:61: delivered on 2021-08-11, 1 day late (by 2021-08-10)'
run envgap --as-of 2021-08-20 duties --period 2021
out_has '61 of 63'
# 10 to 20 August are 10 days.
out_has '2, overdue by 10 days: Province 62, Province 63'
run envgap --as-of 2021-08-20 --format tsv duties --period 2021
cell_is res02 expected 63
cell_is res02 received 61
cell_is res02 on_time 60
cell_is res02 late 1
cell_is res02 missing 2
run envgap --as-of 2021-08-20 --format tsv duties res02 --state missing --period 2021
is 'the missing' "$(sed 1d "$work/out" | wc -l)" 2

begin 'where nobody delivered everybody is missing'
run envgap --as-of 2021-08-09 --format tsv duties --period 2021
cell_is res02 received 0
run envgap --as-of 2023-09-02 --format tsv duties --period 2023 opinions
cell_is land state missing
# 31 August to 2 September
cell_is land late_days 2

begin 'a rule without a known successor is shown as such'
run envgap --as-of 2023-08-25 duties opinions --period 2023
out_has 'Land Administration (until 2022-10-31;   2023-08-20'
out_has '          no successor is known)'
out_has '2023-08-20 to 2023-08-31'

begin 'the version in force at the end of the period counts'
run envgap --as-of 2023-01-10 --format tsv duties facility --period 2021
cell_is land latest 2022-01-05
run envgap --as-of 2023-01-10 --format tsv duties facility --period 2022
cell_is land latest 2023-01-15
cell_is land version facility-2022
cell_is land state due_soon

begin 'figures are a delivery when the last of them is known, from the publisher of the owner'
run envgap record usw VN 2025 97 --source monre --published 2026-03-20
run envgap --as-of 2026-03-25 --format tsv duties figures --period 2025
cell_is monre_units state due_soon
cell_is monre_units figures 1
cell_is monre_units missing_indicators ip_cwwt
run envgap record ip_cwwt VN 2025 95 --source monre --published 2026-04-02
run envgap --as-of 2026-04-05 --format tsv duties figures --period 2025
cell_is monre_units state late
cell_is monre_units delivered 2026-04-02
cell_is monre_units late_days 2
run envgap withdraw ip_cwwt VN 2025 --source monre --why 'another year'
run envgap --format tsv duties figures --period 2025
cell_is monre_units state missing

begin 'a month that is short ends on its last day'
run envgap --as-of 2026-02-15 --format tsv duties monthly --period 2026-01
cell_is mae_units latest 2026-02-28
cell_is mae_units days_left 13

begin 'a document goes to the archive, and a wrong delivery is taken back'
echo 'a scanned report' >"$work/report.pdf"
run envgap deliver monthly 2026-01 --on 2026-02-27 --document "$work/report.pdf"
status_is 0
hash=$(sha256sum <"$work/report.pdf" | cut -d' ' -f1)
run envgap --format tsv duties monthly --period 2026-01
cell_is mae_units document "$hash"
cell_is mae_units state on_time
is 'the archive has it' "$(find "$work/state/archive" -name "$hash*" | wc -l)" 1
run envgap deliver monthly 2026-01 --remove
status_is 2
err_has 'a withdrawal says why'
run envgap deliver monthly 2026-01 --remove --why 'it was the report of another month'
status_is 0
out_is 'monthly 2026-01 mae_units: the delivery of 2026-02-27 is taken back'
run envgap --format tsv duties monthly --period 2026-01
cell_is mae_units state missing
run envgap deliver monthly 2026-01 --remove --why 'again'
status_is 1
err_has 'there is no delivery to take back'

begin 'what cannot be right is refused with what would have been right'
run envgap deliver plann 2026
status_is 2
err_has "did you mean 'plan'?"
run envgap deliver plan 2026-01
err_has "duty 'plan' is owed for each year, not for 2026-01"
run envgap deliver plan 2022
err_has "duty 'plan' does not hold for 2022"
run envgap deliver res02 2021
err_has "owed by 63; say whose delivery it is with --owner: P63:01, P63:02"
run envgap deliver res02 2021 --owner VN
err_has "'VN' does not owe duty 'res02' for 2021; those who do: P63:01"
run envgap deliver plan 2025 --on 2199-01-01
err_has '--on: 2199-01-01 has not come yet'
run envgap deliver plan 2025 --remove --on 2025-01-01
err_has '--remove takes back the last delivery'
run envgap duties --state overdue
status_is 2
err_has "--state: 'overdue' is not one of on_time, late, missing, due_soon, awaited"
run envgap duties monthyl
err_has "did you mean 'monthly'?"
run envgap duties --owner mae_unit
err_has "did you mean 'mae_units'?"
run envgap duties --check --remind
status_is 3

begin 'the letters that remind are ready to mail, one for each owner, in both languages'
run envgap --as-of 2026-12-20 duties plan --remind --period 2026
status_is 0
out_has 'To: Units of MAE'
out_has ' <units@mae.example>'
out_has 'Subject: Reminder: South-East plan: result report'
out_has 'Content-Type: text/plain; charset=UTF-8'
out_has 'Recipient: Ministry of Planning (until 2025-02-28; now Ministry of Finance)'
# 9 to 20 December
out_has 'Due: before 2026-12-10 (overdue by 11 days)'
out_has 'Owed by: Units of MONRE (until 2025-02-28; now Units of MAE)'
out_has 'and why it is late'
out_lacks 'From envgap'
run envgap --as-of 2026-12-20 --lang vi duties plan --remind --period 2026
out_has 'Kính gửi: Các đơn vị thuộc Bộ NN&MT'
out_has 'Thời hạn: trước 10/12/2026 (quá hạn 11 ngày)'
out_has 'Kỳ báo cáo: 2026'
out_has 'Subject: =?UTF-8?Q?'
run envgap --as-of 2021-08-20 --lang en duties res02 --remind --period 2021
out_has 'From envgap '
out_has 'To: Province 62:;'
is 'letters' "$(grep -c '^From ' "$work/out")" 2
run envgap --as-of 2021-08-20 --format csv duties res02 --remind --period 2021
is 'rows' "$(sed 1d "$work/out" | wc -l)" 2
run envgap --as-of 2026-03-25 duties figures --remind --period 2025
out_has 'Missing figures: Industrial parks with wastewater treatment (ip_cwwt)'
out_lacks 'Urban solid waste'
run envgap --as-of 2026-12-02 duties plan --remind --period 2026
out_has 'Please send it in time'

begin 'of figures each letter names all that are missing and none that is there, as the table does'
# Of 2025 there is usw (97, known on 2026-03-20); ip_cwwt and hw are not there.
# Of 2024 nothing is there: all three are missing.
sed -i 's/,usw;ip_cwwt,/,ip_cwwt;usw;hw,/' "$catalogue/duties.csv"
run envgap rebuild
status_is 0
run envgap --as-of 2026-03-25 duties figures --remind
is 'letters' "$(grep -c '^To: ' "$work/out")" 1
is 'lists' "$(tr '\n' ' ' <"$work/out" | sed 's/  */ /g' | grep -o 'Missing figures: [^:]*Owed' |
	grep -o '([a-z_]*)' | tr '\n' ' ')" '(ip_cwwt) (usw) (hw) (ip_cwwt) (hw) '
run envgap --as-of 2026-03-25 --format csv duties figures --remind
out_has ',0,3,ip_cwwt;usw;hw,'
out_has ',1,3,ip_cwwt;hw,'
run envgap --as-of 2026-03-25 duties figures --period 2025
is 'the state' "$(tr '\n' ' ' <"$work/out" | grep -c 'no figure of .* ip_cwwt, hw')" 1
run envgap --as-of 2026-03-25 --lang vi duties figures --remind --period 2025
out_has 'Số liệu còn thiếu: Khu công nghiệp (ip_cwwt); Chất thải nguy hại (hw)'
# In an mbox, beside a letter to somebody else.
run envgap --as-of 2026-03-25 duties --remind --period 2025
out_has 'From envgap '
out_has 'Missing figures: Industrial parks with wastewater treatment (ip_cwwt);'
out_has 'Hazardous waste treated (hw)'
sed -i 's/,ip_cwwt;usw;hw,/,usw;ip_cwwt,/' "$catalogue/duties.csv"
run envgap rebuild

begin 'no duty has more indicators than a letter can name'
cp "$catalogue/duties.csv" "$work/duties.csv"
sed -i "s/,usw;ip_cwwt,/,$(seq -s ';' -f 'i%g' 257),/" "$catalogue/duties.csv"
run envgapd --check
status_is 2
err_has 'indicators has more than 256 ids'
cp "$work/duties.csv" "$catalogue/duties.csv"

begin 'a letter about something old goes to whoever answers today'
run envgap deliver plan 2024 --owner monre_units --remove --why 'a test'
run envgap --as-of 2024-12-20 duties plan --remind --period 2024
out_has ' <units@monre.example>'
run envgap --as-of 2026-11-22 duties plan --remind --period 2024
out_has ' <units@mae.example>'
run envgap --as-of 2026-11-22 --format tsv duties --remind --owner mae_units --period 2024
cell_is plan answers_name 'Units of MAE'
cell_is plan answers_name_vi 'Các đơn vị thuộc Bộ NN&MT'
cell_is plan title 'South-East plan: result report'
cell_is plan recipient_name 'Ministry of Finance'
cell_is plan recipient_name_vi 'Bộ Tài chính'

begin 'a name with a comma is one address'
cp "$catalogue/offices.csv" "$work/offices.csv"
sed -i 's/^mae_units,Units of MAE,/mae_units,"Units, of ""MAE""" ,/;s/ ,Các/,Các/' "$catalogue/offices.csv"
run envgap rebuild
run envgap --as-of 2026-12-20 duties plan --remind --period 2026
out_has 'To: "Units, of \"MAE\""'
cp "$work/offices.csv" "$catalogue/offices.csv"

begin 'names stand as in a dictionary, and no line is wider than 100 columns'
sed -i 's/^P63:02,province,Province 02,/P63:02,province,Đà Nẵng,/
	s/^P63:03,province,Province 03,/P63:03,province,Dak Lak,/' "$catalogue/areas.csv"
run envgap rebuild
run envgap --as-of 2021-08-01 --format tsv duties res02 --period 2021
is 'the first' "$(cut -f 8 "$work/out" | sed -n '2,4p' | tr '\n' ' ')" 'Dak Lak Đà Nẵng Province 01 '
for lang in en vi; do
	for duty in plan res02 opinions; do
		run envgap --as-of 2026-11-22 --lang $lang duties $duty --all
		is "too wide in $lang" "$(grep -cE '^.{101}' "$work/out")" 0
	done
	run envgap --as-of 2026-11-22 --lang $lang duties --all
	is "too wide in $lang" "$(grep -cE '^.{101}' "$work/out")" 0
done

begin 'a monitoring system gets one line and a status'
run envgap --as-of 2026-12-20 duties plan --period 2026 --check
status_is 2
out_has 'ENVGAP DUTIES CRITICAL - 1 overdue'
run envgap --as-of 2026-11-22 duties plan --period 2026 --check
status_is 1
run envgap --as-of 2026-11-22 duties plan --period 2025 --check
status_is 0
run envgap duties nothing --check
status_is 3
out_has 'ENVGAP DUTIES UNKNOWN'

begin 'a duty that was delivered cannot disappear from the catalogue'
cp "$catalogue/duties.csv" "$work/duties.csv"
grep -v '^monthly' "$work/duties.csv" >"$catalogue/duties.csv"
run envgap record usw VN 2018 79 --source monre --published 2019-02-01
err_has "duty 'monthly' is gone from the catalogue"
cp "$work/duties.csv" "$catalogue/duties.csv"

begin 'a month without the day ends the time with its last day, and says so'
echo 'strictly,,Strict pace,Tiến độ,document,,,,,mae_units,,month,before day 31,,,2026-01-01,,' >>"$catalogue/duties.csv"
run envgap record usw VN 2018 79 --source monre --published 2019-02-01
status_is 0
# April has 30 days, of which all are before the 31st; of May the 31st itself is not.
run envgap --as-of 2026-04-20 duties strictly --period 2026-03
status_is 0
out_has 'by 2026-04-30'
run envgap --as-of 2026-04-20 duties strictly --period 2026-04
status_is 0
out_has 'before 2026-05-31'

begin 'the daemon takes deliveries over its socket'
start
run envgap deliver monthly 2026-02 --on 2026-03-30 --document "$work/report.pdf"
status_is 0
out_is 'monthly 2026-02 mae_units: delivered on 2026-03-30, in time (by day 31)'
run envgap --lang vi duties monthly --period 2026-02
out_has 'đúng hạn'
stop
run envgap verify
status_is 0
