#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 240 s
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

# The rest against SQL over what the ledger exports: whole numbers (hundredths) in SQL, one division at
# the end, equal in all of the 15 digits that a figure has.
begin 'a table of four kinds of totals is taken, in which communes are silent here and there'
{
	echo 'id,name,unit,direction,frequency,basis,total,total_kind,total_coverage,total_weight,total_target'
	echo 'r,Share,%,up,year,end,ratio,commune,0.99,,'
	echo 'f,Flow,t,up,year,sum,sum,commune,0.99,,'
	echo 'w,Rate,%,up,year,end,weighted,commune,0.99,people,'
	echo 'people,People,n,up,year,end,sum,commune,1,,'
	echo 'good,Communes at 50 %,n,up,year,end,count,commune,0.99,,half'
} >"$work/catalogue/indicators.csv"
printf 'id,title,adopted\nplan,Plan,2020-01-01\n' >"$work/catalogue/acts.csv"
{
	echo 'id,act,indicator,area,each_kind,op,value,period'
	echo 'half,plan,w,VN,commune,>=,50,2030'
	echo 'vn,plan,r,VN,,>=,50,2025'
} >"$work/catalogue/targets.csv"
run envgapd --check
status_is 0
awk 'BEGIN {
	print "indicator,area,period,value,num,den,source,published"
	for (i = 0; i < 11000; i++) {
		den = (i * 7919) % 997 + 3
		if (i % 1009) printf "r,C%05d,2025,,%d,%d,s,2026-02\n", i, (i * 104729) % den, den
		if (i % 2003) printf "f,C%05d,2025,%d.%02d,,,s,2026-02\n", i, (i * 31) % 5000, (i * 19) % 100
		if (i % 1511) printf "w,C%05d,2025,%d.%02d,,,s,2026-02\n", i, (i * 61) % 100, (i * 13) % 100
		printf "people,C%05d,2025,%d,,,s,2026-02\n", i, (i * 7907) % 9001 + 100
	}
}' >"$work/figures.csv"
for gone in 00000 01009 02018 03027 10090; do
	envgap withdraw r "C$gone" 2025 --source s --why silent >/dev/null
done
for gone in 00000 02003 10015; do
	envgap withdraw f "C$gone" 2025 --source s --why silent >/dev/null
done
run envgap import "$work/figures.csv"
status_is 0
envgap export >"$work/log.csv"

# What is in force: of each series and period the last row, unless it is a withdrawal.
view='CREATE TABLE m AS SELECT area, "group" AS province FROM members WHERE "group" LIKE '"'N%'"';
CREATE TABLE f AS SELECT indicator, l.area, province, status, CAST(replace(value, ".", "") AS INTEGER)
  * CASE WHEN instr(value, ".") = 0 THEN 100 WHEN length(value) - instr(value, ".") = 1 THEN 10 ELSE 1 END
  AS cents, CAST(num AS INTEGER) AS num, CAST(den AS INTEGER) AS den, max(CAST(seq AS INTEGER))
 FROM log l JOIN m ON m.area = l.area WHERE period = "2025" GROUP BY indicator, l.area;
DELETE FROM f WHERE status = "W";'
# exact EXPRESSIONS-OVER-f: "dividend divisor" in whole numbers, divided at the very end
exact() {
	printf '.import --csv "%s" log\n.import --csv "%s" members\n%s\n.mode list\n.separator " "\nSELECT %s;\n' \
		"$work/log.csv" "$work/catalogue/area_members.csv" "$view" "$1" | sqlite3 :memory: |
		awk '{ printf "%.15g\n", $1 / $2 }'
}
all_digits() {
	envgap --format json totals "$2" "$1" 2025 >"$work/out" 2>"$work/err" || true
	sed -n 's/^ *"value": \([-0-9.e+]*\),*$/\1/p' "$work/out" | sed 's/\.0$//; q'
}

# C01511 has no rate and is of N15 (1511 = 15 + 34 x 44), C01009 no share and of N23 (23 + 34 x 29).
for place in VN N15 N23; do
	where="area <> ''"
	[ "$place" = VN ] || where="province = '$place'"
	begin "ratio, weighted mean, sum and count over $place are those of SQL, digit by digit"
	is ratio "$(all_digits $place r)" \
		"$(exact "100 * sum(num), sum(den) FROM f WHERE indicator = 'r' AND $where")"
	is sum "$(all_digits $place f)" \
		"$(exact "sum(cents), 100 FROM f WHERE indicator = 'f' AND $where")"
	is weighted "$(all_digits $place w)" \
		"$(exact "sum(a.cents * b.cents), 100 * sum(b.cents) FROM f a JOIN f b ON b.area = a.area
		AND b.indicator = 'people' WHERE a.indicator = 'w' AND a.$where")"
	is count "$(all_digits $place good)" \
		"$(exact "count(*), 1 FROM f WHERE indicator = 'w' AND cents >= 5000 AND $where")"
	is 'members with a rate' "$(envgap --format json totals w $place 2025 |
		sed -n 's/^ *"members_used": \([0-9]*\),*$/\1/p')" \
		"$(exact "count(*), 1 FROM f WHERE indicator = 'w' AND $where")"
done

begin 'who is silent is named, and with one more than the coverage allows there is no total'
# the five of which the share was withdrawn, and the one before; figures dated before that do not return
run envgap totals r VN 2025
out_has 'computed from 10994 of 11000 members'
out_has 'missing: Commune 0, Commune 1009,'
# of the 324 communes i = 5 + 34 k of N05 the share of 99 % is 320.76: 321 will do, 320 will not
for silent in 00005 00039 00073; do
	envgap withdraw r "C$silent" 2025 --source s --why silent >/dev/null
done
run envgap totals r N05 2025
out_has 'computed from 321 of 324 members'
run envgap withdraw r C00107 2025 --source s --why silent
run envgap totals r N05 2025
out_has 'no total, only 320 of 324 members have reported'

begin 'the country is judged on the total, and verify finds it right'
run envgap --format json status --all --target vn
out_has '"computed": true'
run envgap verify
status_is 0
finish_case
exit $any_failed
