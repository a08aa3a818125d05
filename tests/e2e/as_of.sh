#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The published figures of 2021, as they stood then and as they stand now.
. "$(dirname "$0")/office"
office

cat >"$work/figures.csv" <<'END'
indicator,area,period,value,status,source,published,num,den,place
ip_cwwt,VN,2013,73,A,monre,2013-12-27,141,194,
ip_cwwt,VN,2019-06,88,A,mpi,2019-07-03,221,251,
ip_cwwt,VN,2020-01,89,A,monre,2020,244,274,
ip_cwwt,VN,2020,89.6,A,monre,2021,251,280,
ip_cwwt,VN,2021-01/2021-09,91.7,A,monre,2021-10-08,,,review of nine months
usw,VN,2021-01/2021-09,87.2,E,monre,2021-10-08,,,review of nine months
hw,VN,2021,85,E,monre,2021-10-08,,,review of nine months
ip_cwwt,VN,2015,63,A,gso,2025-01,,,
ip_cwwt,VN,2020,89,A,gso,2025-01,,,
ip_cwwt,VN,2021,91,A,gso,2025-01,,,
ip_cwwt,VN,2023,92,A,gso,2025-01,,,
END
run envgap import "$work/figures.csv"

begin 'at the end of 2021 nine months with 91.7 % stand in for the year: about 91 is met and exceeded'
status_is 0
run envgap --as-of 2021-12-31 --format tsv status
status_is 0
cell_is ip-2021 value 91.7
cell_is ip-2021 obs_period 2021-01/2021-09
cell_is ip-2021 period 2021
cell_is ip-2021 stand_in true
cell_is ip-2021 state met
cell_is ip-2021 exceeded true
cell_is ip-2021 final false
cell_is ip-2021 source monre

begin 'an estimate of 87.2 % is above 87, and marked as an estimate'
cell_is usw-2021 value 87.2
cell_is usw-2021 obs_status E
cell_is usw-2021 stand_in true
cell_is usw-2021 state met
cell_is usw-2021 final false

begin 'an estimate of 85 % meets at least 85'
cell_is hw-2021 value 85
cell_is hw-2021 obs_status E
cell_is hw-2021 stand_in false
cell_is hw-2021 state met
cell_is hw-2021 exceeded false
cell_is hw-2021 final false

begin 'a target is not there before its act was adopted'
out_lacks se-2030
run envgap --as-of 2021-10-07 --format tsv status
out_lacks hw-2021

# "2021" as a date of publication is known from 31 December on; early 2020 is what was known.
begin 'a day before the review, the beginning of 2020 is the latest that was known'
cell_is ip-2021 value 89
cell_is ip-2021 obs_period 2020-01

begin 'today 2021 reads 91 by the statistics office: about 91 is met, not exceeded, and final'
run envgap --format tsv status --all
cell_is ip-2021 value 91
cell_is ip-2021 obs_period 2021
cell_is ip-2021 stand_in false
cell_is ip-2021 source gso
cell_is ip-2021 state met
cell_is ip-2021 exceeded false
cell_is ip-2021 final true
cell_is ip-2021 published 2025-01

# 2025-01 is known from the last day of January on.
begin 'what is published in a month is known from the end of that month'
run envgap --as-of 2025-01-30 --format tsv status --all
cell_is ip-2021 value 91.7
run envgap --as-of 2025-01-31 --format tsv status --all
cell_is ip-2021 value 91

begin 'what this office had received by a day is another question: then it had nothing'
run envgap --received-by 2021-12-31 --format tsv status
cell_is ip-2021 state no_data
cell_is ip-2021 value ''
today=$(TZ=Asia/Ho_Chi_Minh date +%F)
run envgap --received-by "$today" --format tsv status --all
cell_is ip-2021 value 91

# As of 2022-12-31 one value a year is known: 73 (2013), 88 (June 2019 for 2019), 89.6 (2020),
# 91.7 (nine months for 2021); 2015 and 91 for 2021 came in 2025 only.
#   pace                    (91.7 - 73) / (2021 - 2013) = 18.7 / 8 = 2.3375 a year
#   projection for 2025     91.7 + (2025 - 2021) * 2.3375 = 101.05, at most 100 is possible
#   needed                  (92 - 91.7) / (2025 - 2021) = 0.075 a year
#   share of the way missed (92 - 101.05) / (92 - 91.7) = -9.05 / 0.3 = -30.16666...: on track
begin 'as of 2022-12-31 the five-year plan is on track, with the projection worked out by hand'
run envgap --as-of 2022-12-31 --format tsv status --target ip-2025
cell_is ip-2025 value 91.7
cell_is ip-2025 state on_track
cell_is ip-2025 actual_change 2.3375
cell_is ip-2025 projected_raw 101.05
cell_is ip-2025 projected 100
cell_is ip-2025 freshness fresh
is 'what is needed, at six digits' "$(printf '%.6f' "$(cell ip-2025 required_change)")" 0.075000
is 'the share missed, at six digits' "$(printf '%.6f' "$(cell ip-2025 measure)")" -30.166667

begin 'days that are no days are refused'
run envgap --as-of 2021-02-30 status
status_is 2
err_has "2021-02-30"

begin 'targets of acts without a day of adoption count on every day, and an answer about the past says so'
cp "$work/catalogue/acts.csv" "$work/acts.csv"
sed -i 's/^plan-2021,\(.*\),2020-11-11$/plan-2021,\1,/' "$work/catalogue/acts.csv"
run envgap rebuild
note='without a day of adoption, so their targets count on every day: plan-2021'
run envgap --as-of 2019-12-31 status
status_is 0
out_has ip-2021
out_has "$note"
run envgap --lang vi --as-of 2019-12-31 status
out_has 'nên chỉ tiêu của chúng được tính ở mọi ngày: plan-2021'
run envgap --as-of 2021-12-31 status --target hw-2021
out_lacks "$note"
run envgap status --all
out_lacks "$note"
mv "$work/acts.csv" "$work/catalogue/acts.csv"
run envgap rebuild

# 85 (nine months, published 2021-10-08) is withdrawn today and said again with its publication.
begin 'a figure that was withdrawn and is said again stands again from today on, and stood before'
run envgap withdraw hw VN 2021 --source monre --why 'of another indicator'
status_is 0
run envgap --format tsv status --all --target hw-2021
cell_is hw-2021 value ''
run envgap record hw VN 2021 86 --status E --source monre --published 2021-11-08
status_is 0
run envgap --format tsv status --all --target hw-2021
cell_is hw-2021 value 86
run envgap --as-of 2021-12-31 --format tsv status --all --target hw-2021
cell_is hw-2021 value 85
run envgap verify
status_is 0
