#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 120 s
# An area by code or name is the one that carried it then: provinces of Viet Nam before and after
# 1 July 2025, with the published catalogue.  Code 80 was Long An (P63:80) and is Tay Ninh (P34:80);
# the name Tay Ninh was that of code 72 (P63:72).
. "$(dirname "$0")/office"
office
sed -i "s|^catalogue = .*|catalogue = \"$SRC/conf/catalogue/vietnam\";|" "$conf"

begin 'record finds an old code with a period before the change, and a new one after it'
run envgap record ip_cwwt 80 2024 50 --source monre
status_is 0
out_is "ip_cwwt P63:80 2024 from 'monre': recorded as row 1"
run envgap record ip_cwwt gso:80 2026 60 --source monre
status_is 0
out_is "ip_cwwt P34:80 2026 from 'monre': recorded as row 2"
run envgap record ip_cwwt 'Tây Ninh' 2024 70 --source monre
out_is "ip_cwwt P63:72 2024 from 'monre': recorded as row 3"

begin 'a year in which a code or name changed is refused with the areas that are meant'
run envgap record ip_cwwt 80 2025 55 --source monre
status_is 1
err_has "'80' is carried by more than one area in 2025: P34:80 (from 2025-07-01), P63:80 (until 2025-06-30)"
run envgap record ip_cwwt 'Tay Ninh' 2025 55 --source monre
status_is 1
err_has 'P63:72 (until 2025-06-30)'
err_has 'write the id of the one that is meant'

begin 'a name that nobody carries in the period is refused with whose it was'
run envgap record ip_cwwt 'Long An' 2026 55 --source monre
status_is 2
err_has "no area carries 'Long An' in 2026; at another time it is that of P63:80 (until 2025-06-30): write the id that is meant"

begin 'import and lint take the period of each row'
cat >"$work/table.csv" <<'END'
indicator,area,period,value,source
ip_cwwt,72,2023,71,monre
ip_cwwt,Tây Ninh,2026-S1,61,monre
END
run envgap lint "$work/table.csv"
status_is 0
run envgap import "$work/table.csv"
status_is 0
run envgap export
out_has 'ip_cwwt,,P63:72,2023,71,'
out_has 'ip_cwwt,,P34:80,2026-S1,61,'
sed -i 's/2026-S1/2025/' "$work/table.csv"
run envgap import "$work/table.csv"
status_is 2
err_has "table.csv:3: 'Tây Ninh' is carried by more than one area in 2025"

begin 'withdraw means the same area'
run envgap withdraw ip_cwwt 80 2024 --source monre --why 'of another'
out_has "ip_cwwt P63:80 2024 from 'monre': withdrawn by row"

begin 'questions mean who carries it on their day, or in their period'
run envgap show ip_cwwt 'Tây Ninh'
out_has '(ip_cwwt)'
out_has '60 %'
run envgap --as-of 2025-06-30 show ip_cwwt 'Tây Ninh'
out_lacks '60 %'
run envgap --format json --as-of 2025-06-30 show ip_cwwt 'Tây Ninh'
out_has '"area": "P63:72"'
run envgap --format json show ip_cwwt 80
out_has '"area": "P34:80"'
run envgap --format json --as-of 2025-06-30 show ip_cwwt 80
out_has '"area": "P63:80"'
run envgap --format json explain ip_cwwt 'Tây Ninh' 2024
out_has '"area": "P63:72"'
run envgap --format json report --area 'Tây Ninh' --year 2024
out_has '"area": "P63:72"'
run envgap report --area 'Tây Ninh' --year 2025
status_is 1
err_has 'is carried by more than one area in 2025'
run envgap status --all --area 'Long An'
status_is 2
err_has 'at another time it is that of P63:80'

begin 'targets that a former territory of that name kept are pointed to'
for command in status gaps; do
	run envgap --as-of 2026-03-01 $command --area 'dong nam bo'
	out_has "South-East until 2025-10-04 is another territory with targets of its own: envgap $command"
	out_has "R63:DNB"
	run envgap --as-of 2026-03-01 --lang vi $command --area 'dong nam bo'
	out_has "Đông Nam Bộ đến 04/10/2025 là địa bàn khác, có chỉ tiêu riêng: envgap $command --area R63:DNB"
	run envgap --as-of 2026-03-01 $command --area 'dong nam bo' --indicator forest
	out_lacks 'another territory'
	run envgap --as-of 2025-09-01 $command --area 'dong nam bo'
	out_lacks 'another territory'
done
run envgap --as-of 2026-03-01 --format csv status --area 'dong nam bo'
out_lacks 'another territory'

begin 'who writes the name of an indicator is told its id, when there is only one'
run envgap show 'Tỷ lệ che phủ rừng' VN
status_is 2
err_has "indicator 'Tỷ lệ che phủ rừng' is not in the catalogue; did you mean 'forest'?"
run envgap status --indicator 'che phu rung'
err_has "did you mean 'forest'?"
run envgap status --indicator 'nuoc thai'
err_has "indicator 'nuoc thai' is not in the catalogue"
is 'advice' "$(grep -c 'did you mean' "$work/err")" 0

begin 'a mistake is said in the language, and what is to be typed stays'
run envgap --as-of 2026-03-01 --lang vi status --area 'Long An'
err_has 'đó là của P63:80 (đến 2025-06-30): hãy ghi id'
run envgap --lang vi duties --area VN
err_has "'duties' không nhận tuỳ chọn '--area'"

begin 'notes take their year'
run envgap note ip_cwwt 80 --year 2024 --cause 'a flood'
out_is 'ip_cwwt P63:80, 2024: noted'
run envgap note ip_cwwt 80 --cause 'a drought'
out_is 'ip_cwwt P34:80: noted'

begin 'deliveries take their period'
mkdir "$work/own"
cp "$SRC"/conf/catalogue/vietnam/*.csv "$work/own/"
sed -i "s|^catalogue = .*|catalogue = \"$work/own\";|" "$conf"
cat >"$work/own/duties.csv" <<'END'
id,title,deliver,area,each_kind,member_day,period,deadline,valid_to
yearly,Yearly report,document,VN,province,2024-01-01,year,by next 01-31,2025-07-01
END
run envgap deliver yearly 2024 --owner 80 --on 2025-01-15
out_has 'yearly 2024 P63:80: delivered on 2025-01-15, in time'
run envgap deliver yearly 2024 --owner 'tay ninh' --on 2025-01-15
out_has 'yearly 2024 P63:72: delivered on 2025-01-15, in time'
run envgap --lang vi deliver yearly 2024 --owner 'tay ninh' --on 2025-02-01
out_is 'yearly 2024 P63:72: đã gửi ngày 2025-02-01, chậm 1 ngày (by next 01-31); trước đó đã có lần gửi ngày 2025-01-15, cả hai đều được giữ'
run envgap --lang vi deliver yearly 2024 --owner nobody --on 2025-02-01
err_has "'nobody' không có nghĩa vụ báo cáo 'yearly' cho kỳ 2024; đơn vị có nghĩa vụ: "
