# SPDX-License-Identifier: GPL-3.0-or-later
# Polls that bring something new, beside a bare program and collectd.  Sourced by tests/bench/run,
# whose variables and functions it uses.
# shellcheck shell=bash

large_feeds=10

# make_collectd DIR EVERY_S PATH COUNT: a configuration that reads one value of each document.
make_collectd() {
	mkdir -p "$1"
	{
		printf 'FQDNLookup false\nBaseDir "%s"\nPIDFile "%s/pid"\nInterval %d\n' "$1" "$1" "$2"
		printf 'PluginDir "/usr/lib/collectd"\nTypesDB "/usr/share/collectd/types.db"\n'
		printf 'LoadPlugin curl_json\nLoadPlugin rrdtool\n<Plugin rrdtool>\nDataDir "%s/rrd"\n' "$1"
		printf 'CreateFilesAsync false\n</Plugin>\n<Plugin curl_json>\n'
		for ((i = 0; i < $4; i++)); do
			printf '<URL "http://127.0.0.1:%d%s/%05d.json">\nInstance "f%05d"\n<Key "1/0/value">\nType "gauge"\n</Key>\n</URL>\n' \
				"$port" "$3" $i $i
		done
		echo '</Plugin>'
	} >"$1/conf"
}

# collect NAME EVERY_S PATH COUNT: what a cycle of collectd takes, and its largest resident set in MiB;
# the first cycle makes the files and does not count.
collect() {
	local pid before
	if ! has collectd || [ ! -e /usr/lib/collectd/curl_json.so ]; then
		echo '- -'
		return
	fi
	make_collectd "$work/$1" "$2" "$3" "$4"
	collectd -f -C "$work/$1/conf" >/dev/null 2>&1 </dev/null &
	pid=$!
	sleep $((2 * $2))
	before=$(cpu_of $pid)
	sleep $((3 * $2))
	echo "$(calc "($(cpu_of $pid) - $before) / 3e9" 5) $(awk '/^VmHWM/ { print $2 / 1024 }' /proc/$pid/status)"
	kill $pid
	wait $pid 2>/dev/null || true
}

# once NAME: a run of all feeds; seconds, MiB, seconds on the clock.
once() { "$measure" -r 1 -- "$out/envgapd" -c "$work/$1/envgap.conf" --once 2>"$work/once.$1"; }

# A place whose feeds have been read, and whose documents are others by then.
take_small() {
	place small_feeds $((feeds / 250 + 1)) 250 0
	make_documents "$work/next" "$feeds"
	make_feeds "$feeds" 1m "http://127.0.0.1:$((port + 3))" >>"$work/small_feeds/envgap.conf"
	echo "worker = \"$out/envgap-rrd\";" >>"$work/small_feeds/envgap.conf"
	once small_feeds >/dev/null
	small_idle=$(once small_feeds)
	make_documents "$work/next" "$feeds" 500
	small=$(once small_feeds)
	mkdir "$work/limit_rrd"
	local sink=(-l "$work/limit.db" -r "$work/limit_rrd")
	small_extract=$("$bench/limit_take" "${sink[@]}" "$feeds" "$port" '')
	small_project=$("$bench/limit_take" -p "${sink[@]}" "$feeds" $((port + 3)) '')
	small_rrd=$("$bench/limit_take" -p -r "$work/limit_rrd" "$feeds" "$port" '')
}

# take_large NAME COUNT AREAS DAYS: documents that are larger, new to a place.
take_large() {
	make_large "$work/www/$1" "$2" "$3" "$4"
	place "$1" 1 250 0
	make_feeds "$2" 1d "http://127.0.0.1:$port/$1" '' YYYY-MM-DD >>"$work/$1/envgap.conf"
	echo 'rrd = false;' >>"$work/$1/envgap.conf"
	once "$1"
	"$bench/limit_take" "$2" "$port" "/$1"
	"$bench/limit_take" -p -l "$work/limit_$1.db" "$2" "$port" "/$1"
}

take_in() {
	say "taking in $feeds feeds that have changed, $large_feeds of 2.3 MB, one of 56 MB"
	local every_s=$((feeds > 2000 ? 60 : 10))
	take_small
	collected=$(collect collect_small $every_s '' "$feeds")
	{ read -r large; read -r large_extract; read -r large_project; } < <(take_large large $large_feeds 250 40)
	collected_large=$(collect collect_large 4 /large $large_feeds)
	{ read -r huge; read -r huge_extract; read -r huge_project; } < <(take_large huge 1 250 1000)
}

third() { set -- $1; echo "$3"; }

print_taking() {
	local took rss
	took=$(first "$small") rss=$(second "$small")
	goal P3 "$feeds feeds, all changed: $took s / collectd $(first "$collected") s" "$(ratio "$took" "$(first "$collected")")" '<=' "$([ "$feeds" -gt 2000 ] && echo 0.7 || echo 0.5)"
	goal P3 "the same / bare projection and RRD $(first "$small_rrd") s" "$(ratio "$took" "$(first "$small_rrd")")" '<=' 1.15
	goal P4 "all 60 figures stored / bare tree, table and RRD $(first "$small_extract") s" "$(ratio "$took" "$(first "$small_extract")")" '<=' 0.5
	goal P4 "the same / collectd, which keeps one of 60" "$(ratio "$took" "$(first "$collected")")" '<=' 1.0
	goal P4 "(without news $(first "$small_idle") s; bare projection, table and RRD $(first "$small_project") s)" "$(ratio "$took" "$(first "$small_project")")" '<=' 1.2
	goal P5 "the same on the clock: $(third "$small") s / bare projection $(third "$small_project") s" "$(ratio "$(third "$small")" "$(third "$small_project")")" '<=' 1.5
	goal P6 'largest resident set, MiB' "$rss" '<=' 32
	goal P6 "collectd $(second "$collected") MiB / the same" "$(ratio "$(second "$collected")" "$rss")" '>=' 10
	goal P7 "$large_feeds documents of 2.3 MB: $(first "$large") s / bare tree $(first "$large_extract") s" "$(ratio "$(first "$large")" "$(first "$large_extract")")" '<=' 0.2
	goal P7 "the same / collectd $(first "$collected_large") s" "$(ratio "$(first "$large")" "$(first "$collected_large")")" '<=' 1.1
	goal P7 "(the same / bare projection and table $(first "$large_project") s)" "$(ratio "$(first "$large")" "$(first "$large_project")")" '<=' 1.1
	goal P7 "resident set $(second "$large") MiB less that of small documents, MiB" "$(calc "$(second "$large") - $rss" 1)" '<=' 8
	goal P8 "one of 56 MB: $(first "$huge") s / bare tree $(first "$huge_extract") s" "$(ratio "$(first "$huge")" "$(first "$huge_extract")")" '<=' 0.15
	goal P8 "(the same / bare projection and table $(first "$huge_project") s)" "$(ratio "$(first "$huge")" "$(first "$huge_project")")" '<=' 1.1
	goal P8 "resident set $(second "$huge") MiB (tree: $(second "$huge_extract")) / small documents" "$(ratio "$(second "$huge")" "$rss")" '<=' 1.5
}
