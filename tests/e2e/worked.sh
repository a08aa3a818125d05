#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 120 s
# The worked cases of tests/README.md on the catalogue for Viet Nam and its published figures; the
# arithmetic of each stands beside it.
. "$(dirname "$0")/office"
office
rm -rf "$work/catalogue"
cp -r "$SRC/conf/catalogue/vietnam" "$work/catalogue"
run envgap import "$work/catalogue/figures.csv"

# as_of DAY [ARGUMENT ...]: the targets as a table for cell_is
as_of() {
	day=$1
	shift
	run envgap --as-of "$day" --format tsv status --all "$@"
}

begin '1: the figure of 2021 exceeds "about 91" as it was known then, and meets it as it is known now'
# about 91 is met within half of the last printed digit, from 90.5 on; exceeded above 91.5 or, when
# higher is better, by more than that half: 91.7 - 91 = 0.7 > 0.5, and 91 - 91 = 0
status_is 0
as_of 2021-12-31 --area VN --indicator ip_cwwt
cell_is na-2021-ip value 91.7
cell_is na-2021-ip exceeded true
cell_is na-2021-ip source monre
as_of 2025-01-31 --area VN --indicator ip_cwwt
cell_is na-2021-ip value 91
cell_is na-2021-ip state met
cell_is na-2021-ip exceeded false
cell_is na-2021-ip source gso

begin '2: 85 meets 85 as an estimate, 87.2 is above 87, and 97 has three verdicts'
# 85 - 85 = 0: met, not exceeded; 87.2 - 87 = 0.2 > 0
as_of 2021-12-31 --area VN
cell_is monre-2021-hw value 85
cell_is monre-2021-hw obs_status E
cell_is monre-2021-hw state met
cell_is monre-2021-hw exceeded false
cell_is na-2021-usw operator '>'
cell_is na-2021-usw value 87.2
cell_is na-2021-usw exceeded true
# 97 - 90 = 7, 97 - 95 = 2 and 97 - 95 = 2
as_of 2026-11-20 --area VN --indicator usw
for target in plan-2025-usw:90 na-2025-usw:95 ref-2030-usw:95; do
	cell_is "${target%:*}" target_value "${target#*:}"
	cell_is "${target%:*}" value 97
	cell_is "${target%:*}" state met
done
cell_is plan-2025-usw exceeded true
cell_is plan-2025-usw act plan-2021-2025
cell_is na-2025-usw act na-2025

begin '3: what is needed until 2030, and a figure that is too old says so'
# (100 - 95) / (2030 - 2025) = 1 a year; from 88 in 2019 to 95 in 2025 7 / 6 = 1.1666... a year
as_of 2026-11-20 --area VN
cell_is ref-2030-ip required_change 1
cell_is ref-2030-ip actual_change 1.16666666666667
cell_is ref-2030-ip state on_track
# (98 - 85) / (2030 - 2021) = 13 / 9 = 1.4444...; one value alone says nothing of 2030, and the figures
# of 2022, 2023, 2024 and 2025 (due half a year after their year) are overdue
cell_is ref-2030-hw required_change 1.44444444444444
cell_is ref-2030-hw state insufficient_data
cell_is ref-2030-hw freshness overdue
cell_is ref-2030-hw overdue_periods 4
# above its target, on a series that is broken twice
run envgap --as-of 2026-11-20 show usw VN
out_has 'Break on 2019-01-01'
out_has 'Break on 2022-01-01'

# part INDICATOR AREA PERIOD NUMERATOR DENOMINATOR
part() {
	run envgap record "$1" "$2" "$3" - --num "$4" --den "$5" --source monre --published 2025-06
	status_is 0
}

begin '4: a region is not the mean of its provinces, and has no value while one of them is silent'
part ip_cwwt P63:70 2024 9 10
part ip_cwwt P63:72 2024 4 5
part ip_cwwt P63:74 2024 27 28
part ip_cwwt P63:75 2024 31 32
part ip_cwwt P63:79 2024 17 17
as_of 2025-07-31 --area R63:DNB --indicator ip_cwwt
cell_is dnb-2030-ip state no_data
cell_is dnb-2030-ip reason members_missing
cell_is dnb-2030-ip members_used 5
cell_is dnb-2030-ip members 6
cell_is dnb-2030-ip missing P63:77
run envgap --as-of 2025-07-31 totals ip_cwwt R63:DNB 2024
out_has 'no total, only 5 of 6 members have reported; missing: Ba Ria - Vung Tau'
part ip_cwwt P63:77 2024 12 15
# (9 + 4 + 27 + 31 + 17 + 12) / (10 + 5 + 28 + 32 + 17 + 15) = 100 / 107 = 93.4579...;
# the mean of 90, 80, 96.43, 96.88, 100 and 80 would be 90.55
as_of 2025-07-31 --area R63:DNB --indicator ip_cwwt
cell_is dnb-2030-ip value 93.4579439252336
cell_is dnb-2030-ip computed true

begin '5: a series goes on across a change through numerators and denominators only'
# Dong Nai of today in August 2025: 41 of 43 = 95.3488...; before, 31 + 10 parks had a plant, and of
# how many nobody said: without 32 and 10 above there would be two series.  (31 + 9) / (32 + 10) =
# 40 / 42 = 95.2380...
run envgap --as-of 2026-11-20 show ip_cwwt P34:75
out_has '95.3 %'
out_has '2024: 95.24 %, computed from 2 of 2 members'
out_has 'Before it began: computed from the areas that went wholly into it'
run envgap record ip_auto P63:70 2023 90 --source press --published 2024-01
run envgap record ip_auto P34:75 2025 - --num 41 --den 43 --source dongnai --published 2025-12-31 --status E
run envgap --as-of 2026-11-20 show ip_auto P34:75
out_has 'no total, only 1 of 2 members have reported; missing: Binh Phuoc (no numerator and'
out_has 'Dong Nai until 2025-06-30 is another territory: P63:75; shown beside, not joined'
# South-East of today was another territory in 2024: Ho Chi Minh of today 27 + 17 + 12 of 28 + 17 + 15,
# Dong Nai 40 of 42, Tay Ninh 4 of 5 and Long An, which is asked for, 16 of 18:
# (56 + 40 + 4 + 16) / (60 + 42 + 5 + 18) = 116 / 125 = 92.8
run envgap --as-of 2026-11-20 totals ip_cwwt R34:DNB 2024
out_has 'missing: Tay Ninh (Long An: no value)'
part ip_cwwt P63:80 2024 16 18
run envgap --as-of 2026-11-20 totals ip_cwwt R34:DNB 2024
out_has '116 / 125 × 100 = 92.80 %'
run envgap --as-of 2026-11-20 totals ip_cwwt R63:DNB 2024
out_has '100 / 107 × 100 = 93.46 %'

begin '6: before 10 December means 9 December, owed by who followed whom'
run envgap --as-of 2026-11-20 --format tsv duties --period 2026
cell_is south-east-yearly latest 2026-12-09
cell_is south-east-yearly recipient monre
cell_is south-east-yearly recipient_answers mae
# on 20 November 9 December is 19 days away
run envgap --as-of 2026-11-20 --lang vi duties
out_has 'trước 10/12/2026'
run envgap --as-of 2026-12-10 --format tsv duties --period 2026
cell_is south-east-yearly missing 1
run envgap --as-of 2026-12-10 --lang vi duties --remind
out_has 'Báo cáo kết quả thực hiện kế hoạch vùng Đông Nam Bộ'

begin '7: what cannot be right is refused, what is odd is taken with its reason'
run envgap record ip_cwwt VN 2026 '95 per cento dei comuni' --source na
err_has "'95 per cento dei comuni' is not a number"
run envgap record hw VN 2024 98.86 --num 21562 --den 21810 --source monre --published 2025-03
# 21562 / 21810 = 98.8629 %, printed 98.86
status_is 0
is 'what is said' "$(cat "$work/err")" ''
run envgap record usw VN 2014 4.3 --num 9 --den 200 --source press --published 2015-03
# 9 / 200 = 4.5 %
err_has 'the value is not what numerator by denominator gives: 4.3; 4.5'
run envgap record usw VN 2013 84 --source press --published 2014-03 --raw 84
err_has 'the figure is printed without its unit: %'
run envgap record hw VN 2015 85 --source press --published 2016-03
err_has 'the value is exactly its own target: is it a measurement?: waste-2015-hw'
run envgap record coastal_hw_sw VN 2010 60 --source press --published 2026-03
err_has 'published long after its period, and nothing newer is there'
run envgap record ip_cwwt VN 2026 95 --source na --published 2025-09-31
err_has 'day 31 is not within 1..30'
run envgap record ip_cwwt VN 2025 95 --source na --published 2027-09-20
err_has 'is after today'
run envgap record msw_generated VN 2018 1.234 --source monre --published 2019-03 --raw 1.234
err_has 'the digits as printed can be read in two ways'
run envgap record ip_cwwt P63:75 2026 95 --source monre --published 2026-10 --status E
err_has "area 'P63:75' (Dong Nai) did not exist in 2026: it ended on 2025-06-30 and became P34:75"
finish_case
exit $any_failed
