#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The demonstration's catalogue, figures and documents: what has to be seen in them.
. "$(dirname "$0")/office"
mkdir -p "$work/state" "$work/run"
: >"$work/out"
: >"$work/err"
sed -e "s|@PLACE@|file:|g" -e "s|@CONF@|$SRC/conf|g" -e "s|@STATE@|$work/state|g" \
    -e "s|@RUN@|$work/run|g" -e "s|@OUT@|$OUT|g" "$SRC/conf/demo/envgap.conf.in" >"$conf"

begin 'configuration and catalogue are without fault; what nobody knows better is noted by --check alone'
run envgapd --check
status_is 0
is 'acts without a day' "$(grep -c 'note: act .* adopted is empty' "$work/err")" 6
is 'warnings' "$(grep -c warning: "$work/err")" 0

begin 'every figure is taken in, what looks odd with a warning, and a second time none is new'
grep -v '^landfill,,VN,' "$SRC/conf/catalogue/vietnam/figures.csv" >"$work/figures.csv"
run envgap import "$work/figures.csv"
status_is 0
err_has 'figures.csv:4: warning: the value is exactly its own target'
is 'what is no warning' "$(grep -vc warning "$work/err")" 0
run envgap import "$work/figures.csv"
out_has ' 0 new'

begin 'three feeds answer, and one record is refused with its reason'
run envgapd --once
status_is 0
err_has "feed 'pm25': 11 rows, 11 new"
is 'acts without a day' "$(grep -c 'adopted is empty' "$work/err")" 0
err_has "feed 'forest': 4 rows, 4 new"
err_has "feed 'landfill': 6 rows, 5 new (0 revisions), 0 withdrawn, 1 refused"

# judged DAY TARGET COLUMN WANTED ...: by this day, the columns of this target.
judged() {
	run envgap --as-of "$1" --format tsv status --all --target "$2"
	status_is 0
	target=$2
	shift 2
	while [ $# -ge 2 ]; do
		cell_is "$target" "$1" "$2"
		shift 2
	done
}

begin 'at the end of 2021 the nine months stand for the year and exceed about 91'
judged 2021-12-31 na-2021-ip value 91.7 obs_period 2021-01/2021-09 stand_in true state met exceeded true final false
begin 'at the end of 2021 the estimate of 87.2 is above 87'
judged 2021-12-31 na-2021-usw value 87.2 obs_status E state met
begin 'at the end of 2021 the estimate of 85 meets 85, and is not final'
judged 2021-12-31 monre-2021-hw value 85 obs_status E state met exceeded false final false
begin 'later the statistics office says 91, which meets about 91 and does not exceed it'
judged 2026-11-22 na-2021-ip value 91 source gso state met exceeded false final true

begin 'the targets of one area are told apart by their ids, and no state is cut'
run envgap --as-of 2021-12-31 gaps --area VN
status_is 0
out_has 'As of 2021-12-31 · Viet Nam · '
out_has 'seds-2030-forest'
out_lacks 'AREA '
out_has 'overdue'
out_has '1 period: ~47.07'
run envgap status
out_has 'AREA '
out_lacks ' · Viet Nam · '

# Known by then: 73 (2013), 88 (June 2019, for the year), 89.6 (2020), 91.7 (nine months of 2021).
# Change a year from the first to the last: (91.7 - 73) / 8 = 2.3375.
# At the end of 2025, four years on: 91.7 + 4 * 2.3375 = 101.05, at most 100.
begin 'at the end of 2022 the outlook for 2025 is that of a hand calculation'
judged 2022-12-31 plan-2025-ip value 91.7 actual_change 2.3375 projected 100 projected_raw 101.05 state on_track

begin 'hazardous waste: nothing shows a shortfall that is not known'
judged 2026-11-22 ref-2030-hw state insufficient_data freshness overdue overdue_periods 4 reference true
judged 2026-11-22 dnb-2030-hw state no_data value '' gap ''

begin 'a printed "over" stands beside the value that decides'
judged 2026-11-22 plan-2025-usw value 97 qualifier over state met

# 2019 and nine months of 2021 are left behind the break of 2019: two points are too few.
begin 'figures that are not comparable are not one series'
judged 2021-12-31 ref-2030-usw value 87.2 state insufficient_data reason break
judged 2026-11-22 ref-2030-ip state on_track

begin 'the figures of the feed are those of the catalogue, but for the one that is refused'
run envgap import "$SRC/conf/catalogue/vietnam/figures.csv"
status_is 0
out_has ' 1 new'

begin 'the demonstration runs through, and names who follows whom'
run "$SRC/conf/demo/run" "$OUT" "$work/show"
status_is 0
out_has 'before 2026-12-10'
out_has 'only 1 of 3 members have reported; missing: Ho Chi Minh, Tay Ninh'
out_has 'came from Long An (P63:80; merged, 2025-07-01), Tay Ninh (P63:72; merged,'
out_has 'Units of MONRE (until 2025-02-28; now Units of MAE)'
out_has 'now Ministry of Agriculture and Environment'
out_has 'nay là Bộ Tài chính'
is 'pictures and reports' "$(ls "$work/show" | grep -c '\.png$\|\.html$\|\.svg$')" 11
