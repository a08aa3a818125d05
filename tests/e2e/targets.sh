#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every kind of target on the running program, one series each; expectations are worked by hand.
. "$(dirname "$0")/office"
office

begin 'a catalogue with every kind of target is taken'
cat >"$work/catalogue/sources.csv" <<'END'
id,name
gso,Statistics
END
cat >"$work/catalogue/areas.csv" <<'END'
id,kind,name
VN,country,Viet Nam
END
cat >"$work/catalogue/acts.csv" <<'END'
id,title,adopted
a1,Act one,2015-01-01
a2,Act two,2019-01-01
END
rm -f "$work/catalogue/area_codes.csv" "$work/catalogue/breaks.csv" "$work/catalogue/area_members.csv"
{
	echo 'id,name,unit,direction,low,high,frequency,release_lag_days,basis,decimals'
	for id in steps keepup rng better relup about even multi none; do
		echo "$id,$id,%,up,0,100,year,365,end,1"
	done
	echo 'gone,gone,n,down,0,,year,365,end,0'
	echo 'reldown,reldown,t,down,0,,year,365,end,0'
	echo 'band,band,pH,range,0,14,year,365,end,1'
} >"$work/catalogue/indicators.csv"
cat >"$work/catalogue/targets.csv" <<'END'
id,act,indicator,area,op,value,value_high,relative,base_period,base_value,period
steps,a1,steps,VN,>=,80,,,2015,50,2030
keepup,a1,keepup,VN,keep,70,,,,,2030
rng,a1,rng,VN,range,98,100,,,,2030
better,a1,better,VN,better,,,,2017,,2030
gone,a1,gone,VN,<=,0,,,,,2030
reldown,a1,reldown,VN,<=,-35,,yes,2015,,2030
relup,a1,relup,VN,>=,100,,yes,2015,,2030
about,a1,about,VN,about,91,,,,,2030
strict,a1,even,VN,>,70,,,,,2030
incl,a2,even,VN,>=,70,,,,,2030
reached,a1,multi,VN,>=,60,,,,,2030
passed,a1,multi,VN,>=,70,,,,,2022
missed,a2,multi,VN,>=,73,,,,,2022
soon,a1,multi,VN,>=,71,,,,,2026
far,a2,multi,VN,>=,95,,,,,2030
none,a1,none,VN,none,,,,,,2030
band,a1,band,VN,range,6,9,,,,2030
END
printf 'target,period,value\nsteps,2020,55\nsteps,2025,65\n' >"$work/catalogue/milestones.csv"
{
	echo 'indicator,area,period,value,status,source,published'
	# rows INDICATOR FIRST VALUE...: published in the March after
	rows() {
		indicator=$1 year=$2
		shift 2
		for value in "$@"; do
			echo "$indicator,VN,$year,$value,A,gso,$((year + 1))-03"
			year=$((year + 1))
		done
	}
	rows steps 2015 50 52 54 56 58 60 62 64
	rows keepup 2017 75 74 73 72 71 70.5
	rows rng 2017 90 91 92 93 94 95
	rows better 2017 60 62 64 66 68 70
	rows gone 2017 50 40 30 20 10 5
	rows reldown 2015 100 97 94 91 88 85 82 79
	rows relup 2015 20 22 24 26 28 30 32 34
	rows about 2017 86 87 88 89 90 90.6
	rows even 2017 60 62 64 66 68 70
	rows multi 2017 60 62 64 66 68 70 74
	rows none 2017 60 62
	rows band 2017 5 5.2 5.4 5.6 5.8 5.9
} >"$work/figures.csv"
run envgap import "$work/figures.csv"
status_is 0
run envgap --as-of 2023-06-01 --format tsv status --all
status_is 0

begin 'between milestones the path is straight: 59 of 2022 on the way from 55 to 65, 5 ahead with 64'
cell_is steps gap_to_path -5
# (64 - 54) / 5 = 2 a year make 70 in 2025, 5 beyond the milestone that is 1 away.
cell_is steps measure -5
cell_is steps state on_track

begin 'a level to hold is met with 70.5, and lost at -0.9 a year within the next'
cell_is keepup state nearly_on_track
cell_is keepup reason lost_if_continued

begin 'of a range as demand the least demanding end decides; outlooks end at the bound'
cell_is rng gap 3
cell_is rng projected 100

begin 'inside a band from both sides is met; 5.9 is 0.1 short of it'
cell_is band gap 0.1
cell_is band target_value 6

begin 'better than the value of the base period'
cell_is better target_value 60
cell_is better state met

begin 'a target of 0 is like any other: 5 and -9 a year'
cell_is gone gap 5
cell_is gone projected 0
cell_is gone state on_track

begin 'a change in percent is made absolute by the base year: 35 % less than 100, 100 % more than 20'
cell_is reldown target_value 65
cell_is relup target_value 40

begin 'about 91 is met within half of its last digit, with 90.6'
cell_is about state met

begin 'exactly 70 is at least 70, but not above it'
cell_is incl state met
cell_is strict state on_track

begin 'met before its time is not final; with the value of the due year it is'
cell_is reached state met
cell_is reached final false
cell_is passed state met
cell_is passed final true

begin 'several acts on one series: each target has its own verdict'
cell_is missed state missed
cell_is missed gap 3
cell_is soon state on_track
cell_is far state off_track

begin 'a target without a number is not judged'
cell_is none state not_assessable
cell_is none reason target_without_value

begin 'of several that are due on one day the chance is told of one that is not reached'
run envgap --as-of 2023-06-01 --format json show multi VN
is 'targets' "$(jq -r '[.targets[] | select(.due == "2030-12-31") | .target] | join(" ")' "$work/out")" 'far reached'
is 'chance of' "$(jq -r .chance_target "$work/out")" far

begin 'a value after the due year does not undo that it was missed'
run envgap --as-of 2024-06-01 status --all --target missed
out_has 'missed, reached later'

begin 'for compliance a milestone is a step: 60 of 2020 is held against 55'
run envgap --as-of 2023-06-01 show steps VN
out_has 'steps   2020       55 %  60.0 %  met'
out_has 'steps   2025       65 %       -  still to come'

begin 'a milestone that an estimate decides says so'
run envgap record steps VN 2025 66 --status E --source gso --published 2026-02-01
status_is 0
run envgap --as-of 2026-03-01 show steps VN
out_has 'steps   2025       65 %  66.0 % e  met (estimate)'
run envgap --as-of 2023-06-01 show steps VN

begin 'a target that brings its base counts from it over a break, and says so'
out_lacks 'before a break'
printf 'indicator,area,source,day,note\nsteps,VN,,2017-01-01,counted otherwise\n' >"$work/catalogue/breaks.csv"
run envgap import "$work/figures.csv"
run envgap --as-of 2023-06-01 show steps VN
out_has 'steps: its base of 2015 lies before a break in the series; the target gives the value'
rm "$work/catalogue/breaks.csv"
run envgap import "$work/figures.csv"

begin 'how often verdicts came true is told of this history, and never as a share of a few'
run envgap --as-of 2023-06-01 backtest steps VN
status_is 0
# 2015 to 2019 have a value three years on; each of 52 to 61 that the way asks for was reached.
out_has 'Questions: 5; series: 1; targets: 1.'
out_has 'too few'

begin 'one method is told without a ledger'
run "$OUT/envgap" methods sdr
status_is 0
out_has 'Formula: measure = ((x1 - x0) / (t1 - t0)) / ((T - x0) / (tT - t0))'
