#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# envgapd --check: everything that is wrong is named in one run.
. "$(dirname "$0")/office"
office

begin 'a good configuration is counted and called good'
run envgapd --check
status_is 0
out_is "$conf: good: feeds 0, indicators 4, areas 4, targets 5"
is 'what is said beside it' "$(cat "$work/err")" ''

begin 'a file that is not there is said once'
for how in --check --once ''; do
	# shellcheck disable=SC2086
	run "$OUT/envgapd" -c "$work/nowhere.conf" $how
	status_is 2
	is "lines of envgapd $how" "$(grep -c 'nowhere.conf: there is no such file' "$work/err")" 1
done

begin 'who has no configuration is told how to come by one'
run "$OUT/envgap" -c "$work/nowhere.conf" status
status_is 2
err_has "$work/nowhere.conf: there is no such file"
err_has "envgap: 'envgap init DIR' makes a configuration; -c FILE or ENVGAP_CONF says where there is one"
run envgap status --area nowhere
is 'the advice' "$(grep -c 'envgap init' "$work/err")" 0

begin 'all errors of all files are named at once, with their lines and what would have been right'
cat >>"$conf" <<'END'
concurency = 3;
log_level = "loud";
END
cat >>"$work/catalogue/targets.csv" <<'END'
ip-2021,plan-2021,ip_cwwt,VN,>=,92,2022
usw-x,plan-2020,usw,VN,>=,92,2021
usw-y,plan-2021,usw,VN,>=,92,2021-13
END
echo '2nd,region,Second,,,' >>"$work/catalogue/areas.csv"
run envgapd --check
status_is 2
err_has "$conf:10: key 'concurency'"
err_has "did you mean 'concurrency'"
err_has "$conf:11: "
err_has "'loud'"
err_has "$work/catalogue/areas.csv:6: "
err_has "'2nd'"
err_has "$work/catalogue/targets.csv:7: "
err_has "'ip-2021'"
err_has "$work/catalogue/targets.csv:8: "
err_has "'plan-2020'"
err_has "$work/catalogue/targets.csv:9: "
err_has "'2021-13'"
err_has '6 errors'

begin 'a configuration that cannot be read at all is named with the line'
office
echo 'state_dir = ;' >>"$conf"
run envgapd --check
status_is 2
err_has "$conf:10: "

begin 'a target beyond its baseline is a warning, and the configuration is good all the same'
office
cat >"$work/catalogue/targets.csv" <<'END'
id,act,indicator,area,op,value,base_period,base_value,period
usw-2030,se-2030,usw,R1,>=,95,2020,97,2030
END
run envgapd --check
status_is 0
err_has "$work/catalogue/targets.csv:2: warning: "
out_has 'good, with warnings'

begin 'a configuration that is not there is no good one'
run "$OUT/envgapd" -c "$work/nowhere.conf" --check
status_is 2
err_has "$work/nowhere.conf"

begin 'a word too many is answered with how to use it'
run envgapd --check --once
status_is 2
err_has 'usage: envgapd'

begin 'a mistake elsewhere keeps no question from its answer, but a place that cannot be read does'
office
run envgapd --once
echo 'evry = 3;' >>"$conf"
run envgap status
status_is 0
err_has "$conf has mistakes, which 'envgapd --check' names"
sed -i 's/^state_dir = .*/state_dir = 7;/' "$conf"
run envgap status
status_is 2
err_has "key 'state_dir' is a whole number"
