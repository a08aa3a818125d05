#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What stands comes back from the RRD files: from the worker at 15 digits, from rrdtool at 11.
. "$(dirname "$0")/office"
office

# worker REQUEST: what envgap-rrd answers, without its first line
worker() {
	printf '%s\n.\n' "$1" | "$OUT/envgap-rrd" "$work/state" | tail -n +2
}

# series INDICATOR: its number in the ledger
series() {
	sqlite3 "file:$work/state/ledger.db?mode=ro" "SELECT series_id FROM series WHERE indicator_id = '$1' AND area_id = 'VN'"
}

# file FREQUENCY ID
file() {
	printf '%s/state/rrd/%s/%02x/%d.rrd' "$work" "$1" $(($2 & 255)) "$2"
}

# Values of 15 digits; 2016 is not there, 2018 is said to be missing, 2019 has two publishers of
# which gso comes first, nine months stand in for 2021; 1969 is before every file.
cat >"$work/years.csv" <<'END'
indicator,area,period,value,status,source,published
usw,VN,1969,12.5,A,gso,1970
usw,VN,2015,84.1234567890123,A,gso,2016
usw,VN,2017,85.0000000000001,A,gso,2018
usw,VN,2018,,M,gso,2019
usw,VN,2019,92,A,monre,2020
usw,VN,2019,0.000123456789012345,A,gso,2020
usw,VN,2021-01/2021-09,87.2,E,monre,2021-10-08
END
# Months across a turn of the year with a gap.
cat >"$work/months.csv" <<'END'
indicator,area,period,value,status,source,published
pm25,VN,2020-11,31.4,A,monre,2021
pm25,VN,2020-12,123456789.012345,A,monre,2021
pm25,VN,2021-02,28.25,P,monre,2021
END

begin 'what stands comes back from the worker as it is, gaps are unknown'
run envgap import "$work/years.csv"
status_is 0
run envgap import "$work/months.csv"
status_is 0
run envgapd --once
status_is 0
usw=$(series usw)
pm25=$(series pm25)
# Years count from 1970: 2015 is number 45; 2015..2021 are seven rows.
is 'the years' "$(worker "get $usw A" | tr '\n' ' ')" \
	'45 7 84.1234567890123 U 85.0000000000001 U 0.000123456789012345 U 87.2 '
# Months count from January 1970: 2020-11 is number 50 * 12 + 10 = 610.
is 'the months' "$(worker "get $pm25 M" | tr '\n' ' ')" '610 4 31.4 123456789.012345 U 28.25 '

# A year is 31557600 s on the grid of the files; the value of number k stands at (k + 1) steps:
# 2015 at 46 * 31557600 = 1451649600, 2021 at 52 * 31557600 = 1640995200.
begin 'rrdtool sees the same values at 11 digits, at the ends of their periods'
TZ=UTC rrdtool fetch "$(file A "$usw")" LAST --start 1420092000 --end 1640995199 |
	awk '/^[0-9]/ { sub(":", "", $1); print $1, $2 }' >"$work/out"
out_is '1451649600 8.4123456789e+01
1483207200 -nan
1514764800 8.5000000000e+01
1546322400 -nan
1577880000 1.2345678901e-04
1609437600 -nan
1640995200 8.7200000000e+01'

begin 'a revision is in the file after the next run, and a withdrawal makes a gap'
run envgap record usw VN 2017 85.5 --source gso --published 2019
run envgap withdraw usw VN 2015 --source gso --why 'measured otherwise'
run envgapd --once
status_is 0
is 'the years' "$(worker "get $usw A" | tr '\n' ' ')" '47 5 85.5 U 0.000123456789012345 U 87.2 '

begin 'a running daemon keeps the files up'
start
run envgap record usw VN 2017 85.75 --source gso --published 2020
tries=0
until [ "$(worker "get $usw A" | sed -n 2p)" = 85.75 ] || [ $tries -gt 100 ]; do
	tries=$((tries + 1))
	sleep 0.02
done
is '2017' "$(worker "get $usw A" | sed -n 2p)" 85.75
stop

begin 'files that were lost are made anew after a rebuild'
rm -r "$work/state/rrd"
run envgap rebuild
status_is 0
run envgapd --once
status_is 0
is 'the years' "$(worker "get $usw A" | tr '\n' ' ')" '47 5 85.75 U 0.000123456789012345 U 87.2 '
is 'the months' "$(worker "get $pm25 M" | tr '\n' ' ')" '610 4 31.4 123456789.012345 U 28.25 '

begin 'a damaged file is made anew with the next value'
printf 'nonsense' >"$(file M "$pm25")"
run envgap record pm25 VN 2021-03 27 --source monre --published 2022
run envgapd --once
status_is 0
is 'the months' "$(worker "get $pm25 M" | tr '\n' ' ')" '610 5 31.4 123456789.012345 U 28.25 27 '

begin 'without a worker everything else works, and the files wait'
sed -i 's|^worker = .*|worker = "/nowhere/envgap-rrd";|' "$conf"
run envgap record pm25 VN 2021-04 26 --source monre --published 2022
status_is 0
run envgapd --once
status_is 3
err_has '/nowhere/envgap-rrd'
run envgap --format tsv status --all
status_is 0
write_conf
run envgapd --once
status_is 0
is 'the last month' "$(worker "get $pm25 M" | tail -n 1)" 26
