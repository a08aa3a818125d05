#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What "envgap explain" prints is arithmetic: awk does every line of it again, from its own numbers.
. "$(dirname "$0")/office"
office

# The steps of the file out, one a line, continuation lines joined: "  a = (95 - 88) / 6 = 1.1667".
steps() {
	awk '
	/^      [^ ]/ { line = line " " substr($0, 7); next }
	{ if (line ~ /^  [A-Za-z0-9]+ = /) print line; line = $0 }
	END { if (line ~ /^  [A-Za-z0-9]+ = /) print line }' "$work/out"
}

# recomputed COUNT: every step that has an expression comes out as printed, and there are at least
# so many.  A tenth digit that was rounded away may count in what follows: 1e-6 is left to it.
recomputed() {
	steps | grep ' = .* = ' | grep -v -e ' of ' -e ';' >"$work/steps"
	{
		echo 'function abs(x) { return x < 0 ? -x : x }'
		echo 'function check(text, found, said) {'
		echo '	if (abs(found - said) > 1e-6 * (1 + abs(said))) print text ": " found'
		echo '}'
		# The normal distribution and Student's by Simpson's rule, the latter over the angle
		# whose tangent is t / sqrt(n): its density is the cosine to the power of n - 1.
		cat <<'AWK'
function simpson(kind, n, low, high,   i, h, sum) {
	h = (high - low) / 2000
	for (i = 0; i <= 2000; i++)
		sum += (i % 2001 == 0 || i == 2000 ? 1 : i % 2 ? 4 : 2) * density(kind, n, low + i * h)
	return sum * h / 3
}
function density(kind, n, u) {
	return kind == "normal" ? exp(-u * u / 2) / sqrt(8 * atan2(1, 1)) : cos(u) ^ (n - 1)
}
function Phi(z) { return 0.5 + simpson("normal", 0, 0, z) }
function F(t, n,   quarter) {
	quarter = 2 * atan2(1, 1)
	return simpson("student", n, -quarter, atan2(t, sqrt(n))) / simpson("student", n, -quarter, quarter)
}
AWK
		echo 'BEGIN {'
		awk -F ' = ' '{
			expression = $2
			gsub(/ln\(/, "log(", expression)
			while (match(expression, /\|[^|]*\|/))
				expression = substr(expression, 1, RSTART - 1) "abs(" \
					substr(expression, RSTART + 1, RLENGTH - 2) ")" \
					substr(expression, RSTART + RLENGTH)
			print "	check(\"" $0 "\", " expression ", " $NF ")"
		}' "$work/steps"
		echo '}'
	} >"$work/steps.awk"
	is 'what does not come out' "$(awk -f "$work/steps.awk" 2>&1)" ''
	if [ "$(wc -l <"$work/steps")" -lt "$1" ]; then
		fault "$(wc -l <"$work/steps") steps, not $1"
	fi
}

# step NAME: the first result of that name.
step() { steps | sed -n "s/^  $1 = .* = //p" | head -1; }

cat >"$work/catalogue/targets.csv" <<'END'
id,act,indicator,area,op,value,period,base_period,base_value,method
ip-2099,plan-2025,ip_cwwt,VN,>=,100,2099,2015,63,
dust-2099,plan-2025,pm25,VN,<=,10,2099,,,sdr
usw-keep,plan-2025,usw,VN,keep,80,2099,,,
hw-better,plan-2025,hw,VN,better,,2099,2018,85,
END
cat >"$work/catalogue/milestones.csv" <<'END'
target,period,value
ip-2099,2050,97
END
publish() { run envgap record "$1" VN "$2" "$3" --source gso --published 2025-01; }
for pair in 2015:63 2017:78 2019:88 2020:89 2021:91 2022:91 2023:92 2024:95; do
	publish ip_cwwt "${pair%:*}" "${pair#*:}"
done

begin 'every step of a target on a share comes out'
run envgap explain ip_cwwt VN
status_is 0
recomputed 30
out_has 'ip-2099: >=100 % by 2099-12-31: '

begin 'the values that were used stand there with publisher, date and row'
out_has '2024     95  2024        95 %  Statistics Office  2025-01      8'
out_has 'Values used: 8'

begin 'gap, needed pace and path are those of the target'
# (100 - 95) / (2099 - 2024) = 1 / 15
is needed "$(step needed)" 0.06666666667
# On the way to the milestone: 63 + (97 - 63) * (2024 - 2015) / (2050 - 2015)
is path "$(step path)" 71.74285714

begin 'the slope and the count of Theil and Sen and of Mann and Kendall are those of the values'
awk '/^ *20[0-9][0-9] +[0-9]/ { t[n + 0] = $1; x[n + 0] = $2; n++ }
END {
	for (i = 0; i < n; i++)
		for (j = i + 1; j < n; j++) {
			printf "%.10g\n", (x[j] - x[i]) / (t[j] - t[i])
			s += (x[j] > x[i]) - (x[j] < x[i])
		}
	print s >"/dev/stderr"
}' "$work/out" 2>"$work/s" | sort -g >"$work/slopes"
median=$(awk '{ v[NR] = $1 } END { printf "%.10g", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }' \
	"$work/slopes")
is slope "$(steps | sed -n 's/^  m = median .* = //p')" "$median"
is S "$(steps | sed -n 's/^  S = .* = //p')" "$(cat "$work/s")"

begin 'the measure that is worked out is the one that decides'
run envgap --format json explain ip_cwwt VN
out_has '"steps": ['
out_has '"expression": "(100 - 95) / (2099 - 2024)"'
out_has '"rule": "method"'
run envgap --format tsv explain ip_cwwt VN
cell_is 2024 x 95

begin 'what should fall is worked out as well, and not on the logit scale'
for pair in 2019:42 2020:40 2021:37 2022:38 2023:35 2024:34; do
	for month in 01 02 03 04 05 06 07 08 09 10 11 12; do
		publish pm25 "${pair%:*}-$month" "${pair#*:}"
	done
done
run envgap explain pm25 VN
status_is 0
recomputed 25
out_has 'Made into years: 2019.916667: 42'
run envgap --lang vi explain pm25 VN
status_is 0
recomputed 25

begin 'a level to be held, and one that is to be better than its base'
for pair in 2019:82 2020:81 2021:80 2022:79 2023:78; do
	publish usw "${pair%:*}" "${pair#*:}"
	publish hw "${pair%:*}" "${pair#*:}"
done
run envgap explain usw VN
status_is 0
recomputed 15
run envgap explain hw VN
status_is 0
recomputed 6

begin 'another target is explained when it is named, and none is said'
run envgap explain ip_cwwt VN --target nothing
status_is 2
err_has "target 'nothing' is not in the catalogue"
run envgap explain ip_cwwt P1
status_is 2
err_has 'ip_cwwt P1: no target is in force'

begin 'without values the rule says so'
run envgap withdraw hw VN 2019 --source gso --why test
for year in 2020 2021 2022 2023; do run envgap withdraw hw VN $year --source gso --why test; done
run envgap explain hw VN
status_is 0
out_has 'no value at all that can be used  no data'
