#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 120 s
# Totals over 11 000 members against the same sums made by SQL from the same table.
. "$(dirname "$0")/office"
office
command -v sqlite3 >/dev/null || {
	echo 'skipped 11 000 members: no sqlite3'
	exit 0
}

begin 'a table of 11 000 communes and their history is taken'
rm -f "$work"/catalogue/*.csv
awk -v DIR="$work/catalogue" -v COMMUNES=11000 -f "$SRC/tests/bench/areas.awk"
printf 'id,name\ns,S\n' >"$work/catalogue/sources.csv"
{
	echo 'id,name,unit,direction,frequency,basis,total,total_kind'
	echo 'r,Share,%,up,year,end,ratio,commune'
	echo 'f,Flow,t,up,year,sum,sum,commune'
} >"$work/catalogue/indicators.csv"
run envgapd --check
status_is 0
# decimals, so that plain doubles would not add up
awk 'BEGIN {
	print "indicator,area,period,value,num,den,source,published"
	for (i = 0; i < 11000; i++) {
		den = (i * 7919) % 997 + 3
		printf "r,C%05d,2025,,%d,%d,s,2026-01\n", i, (i * 104729) % den, den
		printf "f,C%05d,2025,%d.%02d,,,s,2026-01\n", i, (i * 31) % 5000, (i * 17) % 100
	}
}' >"$work/figures.csv"
run envgap import "$work/figures.csv"
status_is 0

# SQL: over the table itself, with whole numbers (hundredths of the flow)
sql() {
	printf '.mode csv\n.import "%s" f\n.import "%s" m\n%s\n' "$work/figures.csv" \
		"$work/catalogue/area_members.csv" "$1" | sqlite3 :memory:
}

# value_of AREA INDICATOR: at 12 digits
value_of() {
	envgap --format json totals "$2" "$1" 2025 >"$work/out" 2>"$work/err" || true
	sed -n 's/^ *"value": \([0-9.]*\),*$/\1/p' "$work/out" | head -1 |
		awk '{ printf "%.10f", $1 }'
}

begin 'the ratio over a province, and over the country through its provinces, is that of SQL'
wanted=$(sql "SELECT printf('%.10f', 100.0 * sum(CAST(num AS INTEGER)) / sum(CAST(den AS INTEGER)))
 FROM f JOIN m ON m.area = f.area WHERE m.\"group\" = 'N05' AND indicator = 'r';")
is 'the share of a province' "$(value_of N05 r)" "$wanted"
wanted=$(sql "SELECT printf('%.10f', 100.0 * sum(CAST(num AS INTEGER)) / sum(CAST(den AS INTEGER)))
 FROM f WHERE indicator = 'r';")
is 'the share of the country' "$(value_of VN r)" "$wanted"
out_has '"members": 11000'

begin 'the sum of 11 000 decimals is exact'
wanted=$(sql "SELECT printf('%.10f', sum(CAST(replace(value, '.', '') AS INTEGER)) / 100.0)
 FROM f WHERE indicator = 'f';")
is 'the flow of the country' "$(value_of VN f)" "$wanted"

begin 'one silent commune is missed'
run envgap withdraw r C07777 2025 --source s --why test
status_is 0
run envgap totals r VN 2025
out_has '10999 of 11000 members'
out_has 'missing: Commune 7777'
finish_case
exit $any_failed
