# SPDX-License-Identifier: GPL-3.0-or-later
# What the measurements are made on; nothing in it depends on chance.  Sourced by tests/bench/run.

# make_catalogue DIR INDICATORS AREAS TARGETS: the tables, with TARGETS of the indicators asking
# something of each of the areas.
make_catalogue() {
	mkdir -p "$1"
	awk -v dir="$1" -v indicators="$2" -v areas="$3" -v targets="$4" 'BEGIN {
		print "id,name\nstat,Office of statistics" > (dir "/sources.csv")
		out = dir "/indicators.csv"
		print "id,name,unit,direction,low,high,frequency,release_lag_days,basis,preference" > out
		for (i = 0; i < indicators; i++)
			printf "i%03d,Indicator %d,%%,up,0,1000,year,180,mean,stat\n", i, i > out
		out = dir "/areas.csv"
		members = dir "/area_members.csv"
		print "id,kind,name\nall,country,All of it" > out
		print "group,area,valid_from,valid_to" > members
		for (a = 0; a < areas; a++) {
			printf "a%03d,province,Province %d\n", a, a > out
			printf "all,a%03d,,\n", a > members
		}
		print "id,title,adopter,adopted\nact,The plan,Council,2015-01-01" > (dir "/acts.csv")
		out = dir "/targets.csv"
		print "id,act,indicator,area,each_kind,op,value,base_period,base_value,period" > out
		for (i = 0; i < targets; i++)
			printf "t%03d,act,i%03d,all,province,>=,80,2015,20,2030\n", i, i > out
	}'
}

# make_figures INDICATORS AREAS YEARS: a sorted table of figures up to 2024.
make_figures() {
	awk -v indicators="$1" -v areas="$2" -v years="$3" 'BEGIN {
		print "indicator,breakdown,area,period,value,source,published"
		for (i = 0; i < indicators; i++)
			for (a = 0; a < areas; a++)
				for (y = 2025 - years; y < 2025; y++)
					printf "i%03d,,a%03d,%d,%.1f,stat,%d-06-30\n", i, a, y,
						(i * 37 + a * 11 + y * 7) % 1000 / 10, y + 1
	}'
}

# make_conf DIR: a configuration without feeds for the state in DIR/state.
make_conf() {
	mkdir -p "$1/state" "$1/run"
	cat <<-END
		state_dir = "$1/state";
		run_dir = "$1/run";
		catalogue = "$1/catalogue";
		min_free_space = "16M";
		per_host_pace = "0s";
		concurrency = 64;
		per_host_concurrency = 16;
	END
}
