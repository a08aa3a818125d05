#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tests/bench/instructions.sh [-u]
# Count the instructions of the hot paths with callgrind and hold them against instructions.txt: more
# than a fifth above, or anything above a ceiling (the third number of a line), is a failure.  -u writes the file anew, for a change that is worth its price.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/bench/data.sh
. tests/bench/areas.sh

out=$PWD/${OUT:-build/release}
expected=tests/bench/instructions.txt
work=$(mktemp -d /tmp/envgap-instructions.XXXXXX)
trap 'rm -rf "$work"' EXIT

# count NAME FUNCTION[,FUNCTION...] COMMAND...: the instructions within these functions.
count() {
	valgrind --tool=callgrind --callgrind-out-file="$work/profile" $(printf -- " --toggle-collect=%s" ${2//,/ }) \
		"${@:3}" >/dev/null 2>"$work/said" || { cat "$work/said" >&2; exit 1; }
	printf '%s %s\n' "$1" "$(awk '/^(summary|totals):/ { print $2; exit }' "$work/profile")" >>"$work/counts"
}

# whole COMMAND...: the instructions of a program.
whole() {
	valgrind --tool=callgrind --callgrind-out-file="$work/profile" "$@" >/dev/null 2>"$work/said" ||
		{ cat "$work/said" >&2; exit 1; }
	awk '/^(summary|totals):/ { print $2; exit }' "$work/profile"
}

make_conf "$work" >"$work/envgap.conf"
make_catalogue "$work/catalogue" 20 50 20
make_figures 20 50 1 >"$work/figures.csv"
make_figures 1 50 500 | awk -F, -v OFS=, 'NR == 1 { print "area,year,value,note" }
	NR > 1 { print $3, $4, $5, "a note that makes the line longer" }' >"$work/table.csv"
awk 'BEGIN {
	printf "{\"records\":["
	for (i = 0; i < 10000; i++)
		printf "%s\n{\"area\":\"a%03d\",\"date\":\"%d\",\"value\":%.7f,\"note\":\"a note that makes it longer\",\"more\":[1,2]}",
			i ? "," : "", i % 50, 1800 + i / 50, i / 7
	print "\n]}"
}' >"$work/document.json"
cat >>"$work/envgap.conf" <<-END
	file_feeds = [ "$work" ];
	feeds = ( { id = "csv"; url = "file://$work/table.csv"; source = "stat"; indicator = "i000";
	  read = { format = "csv"; fields = { area = "area"; period = "year"; value = "value"; };
	   periods = { patterns = [ "YYYY" ]; }; numbers = { decimal = "."; }; }; },
	 { id = "json"; url = "file://$work/document.json"; source = "stat"; indicator = "i000";
	  read = { format = "json"; records = "/records";
	   fields = { area = "/area"; period = "/date"; value = "/value"; };
	   periods = { patterns = [ "YYYY" ]; }; numbers = { decimal = "."; }; }; } );
END

# world_bank RECORDS: an answer of the World Bank, 226 bytes for each.
world_bank() {
	awk -v n="$1" 'BEGIN {
		printf "[{\"page\":1,\"pages\":1,\"per_page\":%d,\"total\":%d,\"sourceid\":\"2\",\"lastupdated\":\"2026-06-30\"},[", n, n
		split("1 3 6 13", decimals)
		for (i = 0; i < n; i++) {
			value = i % 17 == 5 ? "null" : sprintf("%." decimals[i % 4 + 1] "f", 40 + (i * 37 % 100) / 7)
			printf "%s{\"indicator\":{\"id\":\"EN.ATM.PM25.MC.M3\",\"value\":\"PM2.5 air pollution, mean annual exposure\"},\"country\":{\"id\":\"VN\",\"value\":\"Viet Nam\"},\"countryiso3code\":\"VNM\",\"date\":\"%d\",\"value\":%s,\"unit\":\"\",\"obs_status\":\"\",\"decimal\":1}", i ? "," : "", 2024 - i % 60, value
		}
		printf "]]"
	}'
}
world_bank 60 >"$work/small.json"
world_bank 10000 >"$work/large.json"

count decode_world_bank_60 feed_decode "$out/tests/bench/decode" "$work/small.json"
count decode_world_bank_10000 feed_decode "$out/tests/bench/decode" "$work/large.json"
for size in 60:small 10000:large; do
	awk -v name="decode_world_bank_${size%:*}" -v bytes="$(stat -c %s "$work/${size#*:}.json")" \
		'$1 == name { printf "note: %s: %.1f instructions a byte; 50 are wanted\n", name, $2 / bytes }' \
		"$work/counts"
done
count decode_csv_1mb feed_reader_push,feed_reader_end "$out/envgapd" -c "$work/envgap.conf" --dry-run csv
count decode_json_1mb feed_reader_push,feed_reader_end "$out/envgapd" -c "$work/envgap.conf" --dry-run json
count append_1000_rows import_table "$out/envgap" -c "$work/envgap.conf" import "$work/figures.csv"
count judge_1000_series apply_rebuild "$out/envgap" -c "$work/envgap.conf" rebuild
count status_1000_targets query_status "$out/envgap" -c "$work/envgap.conf" --format tsv status
count judge_30_points assess_one "$out/tests/bench/assess_one"
count print_1000_targets status_run "$out/envgap" -c "$work/envgap.conf" --format json status

make_areas "$work/areas"
areas_once=$(whole "$out/envgapd" -c "$work/areas/envgap.conf" --once)
areas_again=$(whole "$out/envgapd" -c "$work/areas/envgap.conf" --once)
areas_cli=$(whole sqlite3 "$work/areas/cli.db" ".read $work/areas/import.sql")
printf 'load_communes %s\nload_communes_again %s\n' "$areas_once" "$areas_again" >>"$work/counts"
awk -v ours="$areas_once" -v again="$areas_again" -v theirs="$areas_cli" 'BEGIN {
	said = sprintf("11 000 communes: %.2f x sqlite3 .import with a key, again %.2f x; at most 2 and 1", ours / theirs, again / theirs)
	is_bad = !(theirs > 0 && ours > 0 && ours <= 2 * theirs && again <= theirs)
	print (is_bad ? "not ok " : "ok ") said
	exit is_bad
}' || too_slow=1

if [ "${1:-}" = -u ]; then
	{ sed -n '/^#/p' $expected
		awk 'NR == FNR { if ($1 != "#" && NF > 2) most[$1] = " " $3; next }
			{ print $0 most[$1] }' $expected "$work/counts"; } >"$work/new"
	cp "$work/new" $expected
fi
awk 'NR == FNR { if ($1 != "#") { was[$1] = $2; most[$1] = NF > 2 ? $3 : $2 * 1.2 } next }
	{
		said = $1 ": " $2 " instructions, " was[$1] + 0 " expected"
		if (was[$1] == 0 || $2 > was[$1] * 1.2 || $2 > most[$1]) { print "not ok " said; bad = 1 }
		else print "ok " said (($2 < was[$1] * 0.8) ? "; take it over with -u" : "")
	}
	END { exit bad }' $expected "$work/counts" && [ -z "${too_slow:-}" ]
