#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# envgapd killed with SIGKILL at random moments, under polls, records, imports and reloads.
# KILLS says how often, SEED which moments; `make kill` runs it longer.  timeout: 120 s
. "$(dirname "$0")/office"
. "$(dirname "$0")/kill-office"
kills=${KILLS:-10}
seed=${SEED:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}

# -- who asks for something all the time, until the file `stop` is there; what is answered with
# exit status 0 has to stay

next() {
	next=$(($(cat "$work/$1.version" 2>/dev/null || echo 0) + 1))
	echo $next >"$work/$1.version"
}

acknowledged() {
	lines_of "$1" "$2" >>"$work/acknowledged.$1"
}

keep_recording() {
	until [ -e "$work/stop" ]; do
		next record
		if envgap record usw P1 2021 "$(low_or_high "$next")" --source gso --published 2022-06 --correct; then
			acknowledged record "$next"
		fi
		sleep 0.02
	done
}

keep_importing() {
	until [ -e "$work/stop" ]; do
		next import
		new_import "$next"
		if envgap import "$work/import.csv"; then acknowledged import "$next"; fi
		sleep 0.1
	done
}

keep_polling() {
	until [ -e "$work/stop" ]; do
		next documents
		new_documents "$next"
		for name in csv pages json; do
			if envgap poll $name; then acknowledged $name "$next"; fi
		done
	done
}

# A poll is answered when everything before it was judged.
keep_reloading() {
	until [ -e "$work/stop" ]; do
		next catalogue
		new_catalogue "$next"
		if envgap reload && envgap poll json; then :; fi
		sleep 0.05
	done
}

# -- three ways to be killed; each leaves $hit 1 when there was something to kill

kill_it() {
	sleep "$1"
	[ -z "$drivers" ] || : >"$work/stop"
	hit=0
	kill -KILL "$daemon_pid" 2>/dev/null && hit=1
	status=0
	wait "$daemon_pid" 2>/dev/null || status=$?
	[ $status = 137 ] || hit=0
	daemon_pid=
	for pid in $drivers; do wait "$pid"; done
	drivers=
}

kill_serving() {
	start_again || return
	rm -f "$work/stop"
	for who in recording importing polling reloading; do
		"keep_$who" >"$work/$who.log" 2>&1 &
		drivers="$drivers $!"
	done
	kill_it "$1"
}

kill_once() {
	next documents
	new_documents "$next"
	"$OUT/envgapd" -c "$conf" --once 2>>"$work/log" &
	daemon_pid=$!
	kill_it "$1"
}

kill_starting() {
	next catalogue
	new_catalogue "$next"
	next import
	new_import "$next"
	if envgap import "$work/import.csv" >"$work/out" 2>&1; then acknowledged import "$next"; fi
	"$OUT/envgapd" -c "$conf" 2>>"$work/log" &
	daemon_pid=$!
	kill_it "$1"
}

# KIND SECONDS, one a line: half of the kills hit a daemon that serves.
moments() {
	awk -v seed="$seed" -v kills="$kills" 'BEGIN {
		srand(seed)
		for (i = 0; i < kills; i++) {
			kind = rand()
			if (kind < 0.5)
				printf "serving %.4f\n", 0.5 * rand()
			else
				printf "%s %.4f\n", kind < 0.75 ? "once" : "starting", 0.12 * rand()
		}
	}'
}

round() {
	"kill_$1" "$2" || fault 'envgapd does not start'
	cat "$work"/acknowledged.* >"$work/acknowledged" 2>/dev/null
	check_dead
	start_again || fault 'envgapd does not start after the kill'
	check_alive
	stop
	is 'exit status of a stop after the kill' "$status" 0
	[ ! -e "$work/run/control" ] || fault 'its socket stays when it stops'
	check_rebuilt
	total=$((total + hit))
	eval "hit_$1=\$((hit_$1 + hit))"
	[ -z "$case_why" ] || echo "  in round $rounds: $1 killed after $2 s, seed $seed"
}

drivers=
rounds=0 total=0 hit_serving=0 hit_once=0 hit_starting=0
begin "killed at random moments (seed $seed): nothing is lost, nothing is there twice"
kill_office >"$TMPDIR/office.log" 2>&1 || cat "$TMPDIR/office.log"
moments >"$work/moments"
while read -r kind seconds <&3; do
	rounds=$((rounds + 1))
	round "$kind" "$seconds"
	[ $((rounds % 50)) != 0 ] || echo "  $rounds rounds, $total kills"
	[ -z "$case_why" ] || { sed 's/^/  log: /' "$work/log" | tail -40; break; }
done 3<"$work/moments"
is 'number of rounds' $rounds "$kills"
echo "  $rounds rounds, $total kills: $hit_serving serving, $hit_once in --once, $hit_starting starting"
echo "  acknowledged, and there: $(sort -u "$work/acknowledged" | wc -l) rows" \
	"of $(ask_ledger 'SELECT count(*) FROM observation') in $(ask_ledger 'SELECT count(*) FROM load') loads"
echo "  events of states: $(ask_ledger 'SELECT count(*) FROM event'), none twice, none missing"
