# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# For tests/bench/run: a table of 11 000 communes, 34 provinces and their history, read and checked by
# envgap, with and without its way into the ledger, beside sqlite3 .import of the same table.

# measure_areas MEASURE OUT WORK: sets areas_check, areas_once and areas_cli to CPU seconds.
measure_areas() {
	local dir=$3/areas name
	mkdir -p "$dir/catalogue" "$dir/state" "$dir/run"
	awk -v DIR="$dir/catalogue" -v COMMUNES=11000 -f tests/bench/areas.awk
	printf 'id,name\ns,S\n' >"$dir/catalogue/sources.csv"
	printf 'id,name,direction,frequency,basis\nr,R,up,year,end\n' >"$dir/catalogue/indicators.csv"
	printf 'catalogue = "catalogue";\nstate_dir = "state";\nrun_dir = "run";\n' >"$dir/envgap.conf"
	for name in areas area_codes area_members area_changes; do
		echo ".import $dir/catalogue/$name.csv $name"
	done >"$dir/import.sql"
	areas_check=$("$1" -r 5 -- "$2/envgapd" -c "$dir/envgap.conf" --check)
	areas_once=$("$1" -r 5 -b "rm -rf $dir/state; mkdir $dir/state" -- "$2/envgapd" -c "$dir/envgap.conf" --once)
	areas_cli=$("$1" -r 5 -b "rm -f $dir/cli.db" -- sqlite3 "$dir/cli.db" '.mode csv' ".read $dir/import.sql")
	areas_check=${areas_check%% *} areas_once=${areas_once%% *} areas_cli=${areas_cli%% *}
}
