#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# envgapd as it serves: requests, reloads, signals, readers beside it.
. "$(dirname "$0")/office"
office

cat >"$work/documents/waste.csv" <<'END'
area,period,value
VN,2019,84.5
VN,2020,86
END
waste='id = "waste"; url = "file:waste.csv"; source = "gso"; indicator = "usw"; published = "2021-02";
every = "1h"; jitter = "0s";
read = {
	format = "csv";
	fields = { area = "area"; period = "period"; value = "value"; };
	numbers = { decimal = "."; };
	periods = { patterns = [ "YYYY" ]; };
};'
feed "$waste"

# The value of a target, asked as a reader.
value_of() {
	run envgap --format tsv status --all --target "$1"
	cell "$1" value
}

# due FEED: when it is polled next, as the ledger remembers it
due() {
	run envgap --format tsv feeds
	cell "$1" next_due
}

begin 'it starts, polls what is due and answers readers'
start
tries=0
until [ "$(value_of usw-2021)" = 86 ] || [ $tries -gt 50 ]; do
	tries=$((tries + 1))
	sleep 0.05
done
is 'the latest value' "$(value_of usw-2021)" 86

begin 'a figure that is recorded over the socket is in the very next status'
run envgap record usw VN 2021-01/2021-09 87.2 --status E --source monre --published 2021-10-08
status_is 0
out_is "usw VN 2021-01/2021-09 from 'monre': recorded as row 3"
is 'the latest value' "$(value_of usw-2021)" 87.2
run envgap record usw VN 2021-01/2021-09 87.3 --status E --source monre --correct
out_is "usw VN 2021-01/2021-09 from 'monre': corrected as row 4; before: 87.2 (row 3)"
is 'the latest value' "$(value_of usw-2021)" 87.3
run envgap withdraw usw VN 2021-01/2021-09 --source monre --why 'not for this indicator'
status_is 0
is 'the latest value' "$(value_of usw-2021)" 86

begin 'who asked is known to the daemon'
grep -q "record by $(id -un): exit 0" "$work/log" || fault 'the log does not name the user'

begin 'a refusal of the daemon is a refusal of the command'
run envgap record usw VN 2021 87,2 --source monre
status_is 2
err_has "envgap: value '87,2' has a comma"

begin 'a table travels as an open file, and from a pipe too'
printf 'indicator,area,period,value,source\nip_cwwt,VN,2020,89,gso\n' >"$work/table.csv"
run envgap import "$work/table.csv"
status_is 0
out_is "$work/table.csv: 1 row: 1 new (0 of them revisions), 0 unchanged"
is 'the latest value' "$(value_of ip-2025)" 89
printf 'indicator,area,period,value,source\nip_cwwt,VN,2020,8 9,gso\n' | envgap import - >"$work/out" 2>"$work/err"
status=$?
status_is 2
err_has "-:2: value: '8 9'"

begin 'a feed is polled when it is asked for, and the answer says what came'
run envgap poll waste
status_is 0
out_is "feed 'waste': unchanged (same content)"
echo 'VN,2021,88' >>"$work/documents/waste.csv"
run envgap poll waste
status_is 0
out_is "feed 'waste': 3 rows, 1 new, 0 refused"
is 'the latest value' "$(value_of usw-2021)" 88
run envgap poll wast
status_is 2
err_has "envgap: there is no feed 'wast'"

begin 'a feed that fails says so to who asked, with exit status 1'
mv "$work/documents/waste.csv" "$work/documents/away.csv"
run envgap poll waste
status_is 1
err_has "envgap: feed 'waste': file"
mv "$work/documents/away.csv" "$work/documents/waste.csv"
run envgap poll waste
status_is 0

begin 'a reload takes over what the files say now'
sed -i 's/^usw-2021,plan-2021,usw,VN,>,87,/usw-2021,plan-2021,usw,VN,>,89,/' "$work/catalogue/targets.csv"
run envgap reload
status_is 0
out_is reloaded
run envgap --format tsv status --all --target usw-2021
cell_is usw-2021 target_value 89
cell_is usw-2021 state missed

begin 'a reload of files that are wrong keeps the old ones and says why, with file and line'
cp "$work/catalogue/targets.csv" "$work/targets.csv"
echo 'usw-2022,plan-2020,usw,VN,>=,90,2022' >>"$work/catalogue/targets.csv"
echo 'log_level = "loud";' >>"$conf"
run envgap reload
status_is 1
err_has "$work/catalogue/targets.csv:7: "
err_has "'plan-2020'"
err_has "$conf:10: log_level 'loud'"
err_has 'envgap: reload refused, everything stays as it was'
cp "$work/targets.csv" "$work/catalogue/targets.csv"
write_conf
run envgap --format tsv status --all --target usw-2021
cell_is usw-2021 target_value 89
run envgap record usw VN 2018 84 --source gso
status_is 0

begin 'what was acknowledged and is no worse is logged without being a notice'
# The value fell from 88 to 80, and by 2099 it is on its way down: worsening, which is no worse than
# missed.
run envgap record usw VN 2022 80 --source gso
status_is 0
run envgap ack usw-2021 VN --note 'a new plant is being built'
status_is 0
cp "$work/catalogue/targets.csv" "$work/targets.csv"
sed -i 's/,VN,>,89,2021/,VN,>,95,2099/' "$work/catalogue/targets.csv"
run envgap reload
run envgap --format tsv events --target usw-2021 -l 1
cell_is usw-2021 old_state missed
cell_is usw-2021 new_state worsening
grep -q "target 'usw-2021' in VN: missed -> .*, acknowledged by $(id -un)" "$work/log" ||
	fault 'the log does not say who acknowledged it'
# While the level is notice, what is said at the level info is not in the log.
cp "$work/targets.csv" "$work/catalogue/targets.csv"
echo 'log_level = "notice";' >>"$conf"
run envgap reload
run envgap --format tsv events --target usw-2021 -l 1
cell_is usw-2021 new_state missed
is 'changes logged' "$(grep -c "target 'usw-2021' in VN: worsening -> missed" "$work/log")" 0
write_conf
run envgap reload

begin 'SIGHUP reloads too'
sed -i 's/,VN,>,89,/,VN,>,88,/' "$work/catalogue/targets.csv"
before=$(grep -c reloaded "$work/log")
kill -HUP "$daemon_pid"
tries=0
until [ "$(grep -c reloaded "$work/log")" -gt "$before" ] || [ $tries -gt 100 ]; do
	tries=$((tries + 1))
	sleep 0.02
done
sleep 0.1
run envgap --format tsv status --all --target usw-2021
cell_is usw-2021 target_value 88

begin 'a second daemon refuses and names the first'
run envgapd
status_is 3
err_has "process $daemon_pid is the writer"
run envgapd --once
status_is 3
err_has "process $daemon_pid is the writer"

begin 'a daemon that has lost its socket is named by who wants to write'
mv "$work/run/control" "$work/run/lost"
run envgap record usw VN 2018 84 --source gso
status_is 3
err_has "nobody listens at '$work/run/control': $work/state: process $daemon_pid is the writer"
mv "$work/run/lost" "$work/run/control"

begin 'rebuild is done by the daemon, and verify reads beside it'
run envgap verify
status_is 0
run envgap rebuild
status_is 0
run envgap verify
out_is 'verified: what is derived agrees with the log'

begin 'an idle daemon ends within a second of SIGTERM and takes its socket away'
before=$(date +%s%N)
stop
is 'exit status' "$status" 0
[ $((($(date +%s%N) - before) / 1000000)) -lt 1000 ] || fault 'it took more than a second'
[ ! -e "$work/run/control" ] || fault 'the socket is still there'

begin 'readers need no daemon, nor the shared memory of one'
is 'the latest value' "$(value_of usw-2021)" 88
rm -f "$work/state/ledger.db-shm"
is 'the latest value' "$(value_of usw-2021)" 88

begin 'due times survive a restart'
was=$(due waste)
case $was in 20[0-9][0-9]-*) ;; *) fault "next_due is '$was'" ;; esac
start
run envgap --format tsv feeds
is 'when it is due' "$(due waste)" "$was"
stop

begin 'a socket that nobody listens on is no daemon'
start
kill -KILL "$daemon_pid"
wait "$daemon_pid" 2>"$work/err" || :
daemon_pid=
[ -e "$work/run/control" ] || fault 'the socket went away'
run envgap record usw VN 2017 85 --source gso
status_is 0
start
run envgap record usw VN 2016 84.5 --source gso
status_is 0
stop
