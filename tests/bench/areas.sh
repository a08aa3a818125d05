# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# For tests/bench/run and instructions.sh: a table of 11 000 communes, 34 provinces and their history, read
# and checked by envgap, with and without its way into the ledger, beside sqlite3 .import of the same table
# into tables with a key.

# make_areas DIR: the catalogue and its envgap.conf, and import.sql for sqlite3.
make_areas() {
	local name
	mkdir -p "$1/catalogue" "$1/state" "$1/run"
	awk -v DIR="$1/catalogue" -v COMMUNES=11000 -f tests/bench/areas.awk
	printf 'id,name\ns,S\n' >"$1/catalogue/sources.csv"
	printf 'id,name,direction,frequency,basis\nr,R,up,year,end\n' >"$1/catalogue/indicators.csv"
	printf 'catalogue = "catalogue";\nstate_dir = "state";\nrun_dir = "run";\n' >"$1/envgap.conf"
	{
		echo '.mode csv'
		echo 'CREATE TABLE areas (id TEXT PRIMARY KEY, kind, name, name_vi, valid_from, valid_to);'
		echo 'CREATE TABLE area_codes (area, scheme, code, valid_from, valid_to, PRIMARY KEY (area, scheme, valid_from));'
		echo 'CREATE TABLE area_members ("group", area, valid_from, valid_to, PRIMARY KEY ("group", area, valid_from));'
		echo 'CREATE TABLE area_changes (day, "from", "to", kind, note, source, PRIMARY KEY (day, "from", "to"));'
		for name in areas area_codes area_members area_changes; do
			echo ".import --skip 1 $1/catalogue/$name.csv $name"
		done
	} >"$1/import.sql"
}

# measure_areas MEASURE OUT WORK: sets areas_check, areas_once (a new ledger), areas_again (nothing has
# changed) and areas_cli to CPU seconds.
measure_areas() {
	local dir=$3/areas fresh
	make_areas "$dir"
	fresh="rm -rf $dir/state; mkdir $dir/state"
	areas_check=$("$1" -r 7 -- "$2/envgapd" -c "$dir/envgap.conf" --check)
	areas_once=$("$1" -r 7 -b "$fresh" -- "$2/envgapd" -c "$dir/envgap.conf" --once)
	areas_again=$("$1" -r 7 -- "$2/envgapd" -c "$dir/envgap.conf" --once)
	areas_cli=$("$1" -r 7 -b "rm -f $dir/cli.db" -- sqlite3 "$dir/cli.db" ".read $dir/import.sql")
	areas_check=${areas_check%% *} areas_once=${areas_once%% *} areas_again=${areas_again%% *} areas_cli=${areas_cli%% *}
}
