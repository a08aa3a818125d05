# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# For the end-to-end tests, read with ".": a small office of its own below $TMPDIR, the programs
# that run in it, and how a case says what it found.  Nothing keeps running after the test.
#
#   office               make the directory, configuration and catalogue
#   feed 'TEXT' ...      put these feeds into the configuration
#   serve DIR            start the HTTP server; its address is in $url
#   start                start envgapd, wait until it is ready
#   stop                 end it
#   envgap, envgapd      the programs with the office's configuration
#   run COMMAND...       run it: $status, and the files out and err
#   begin 'SENTENCE'     begin a case; it ends with the next one
#   status_is N, out_is TEXT, out_has WORDS, out_lacks WORDS, err_has WORDS, is WHAT FOUND WANTED
set -u

work=$TMPDIR/office
conf=$work/envgap.conf
url=
case_name=
case_why=
any_failed=0
daemon_pid=
server_pid=

finish_case() {
	[ -n "$case_name" ] || return 0
	if [ -z "$case_why" ]; then
		echo "ok $case_name"
	else
		echo "not ok $case_name: $case_why"
		any_failed=1
	fi
	case_name=
}

begin() {
	finish_case
	case_name=$1
	case_why=
}

# Keep the first reason, and show what there was; the rest of the case goes on.
fault() {
	echo "  $1"
	[ -z "$case_why" ] || return 0
	case_why=$(echo "$1" | head -1)
	sed 's/^/  out: /' "$work/out" | cut -c1-200 | head -40
	sed 's/^/  err: /' "$work/err" | head -40
}

run() {
	status=0
	"$@" >"$work/out" 2>"$work/err" || status=$?
}

status_is() {
	if [ "$status" = "$1" ]; then :; else fault "exit status $status, not $1"; fi
}

out_has() {
	if grep -qF -e "$1" "$work/out"; then :; else fault "'$1' is not in its answer"; fi
}

out_lacks() {
	if grep -qF -e "$1" "$work/out"; then fault "'$1' is in its answer"; fi
}

err_has() {
	if grep -qF -e "$1" "$work/err"; then :; else fault "'$1' is not among its errors"; fi
}

out_is() {
	printf '%s\n' "$1" >"$work/wanted"
	if cmp -s "$work/wanted" "$work/out"; then :; else fault "it does not answer '$1'"; fi
}

is() {
	if [ "$2" = "$3" ]; then :; else fault "$1 is '$2', not '$3'"; fi
}

envgap() {
	"$OUT/envgap" -c "$conf" "$@"
}

envgapd() {
	"$OUT/envgapd" -c "$conf" "$@"
}

# cell ROW-PATTERN COLUMN: of the TSV table in the file out, the cell of the only row that has the
# pattern, in the column of that name.
cell() {
	awk -F '\t' -v pattern="$1" -v name="$2" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	index("\t" $0 "\t", pattern) { found = $at[name]; rows++ }
	END { print rows == 1 && name in at ? found : "(" rows + 0 " rows, column " at[name] + 0 ")" }
	' "$work/out"
}

# cell_is ROW-PATTERN COLUMN WANTED
cell_is() {
	is "$2 of $1" "$(cell "$1" "$2")" "$3"
}

write_conf() {
	cat >"$conf" <<END
state_dir = "$work/state";
run_dir = "$work/run";
catalogue = "$work/catalogue";
timezone = "Asia/Ho_Chi_Minh";
file_feeds = [ "$work/documents" ];
worker = "$OUT/envgap-rrd";
per_host_pace = "0s";
min_free_space = "1M";
include = [ "feeds.conf" ];
END
}

feed() {
	{
		echo 'feeds = ('
		first=1
		for text in "$@"; do
			[ $first = 1 ] || echo ,
			first=0
			printf '{ %s }\n' "$text"
		done
		echo ');'
	} >"$work/feeds.conf"
}

write_catalogue() {
	cat >"$work/catalogue/sources.csv" <<'END'
id,name
gso,Statistics Office
monre,Ministry of Environment
mpi,Ministry of Planning
END
	cat >"$work/catalogue/indicators.csv" <<'END'
id,name,name_vi,unit,direction,low,high,frequency,release_lag_days,basis,stand_in_months,preference
ip_cwwt,Industrial parks with wastewater treatment,Khu công nghiệp,%,up,0,100,year,180,end,1,gso;monre;mpi
usw,Urban solid waste treated,Chất thải rắn đô thị,%,up,0,100,year,180,mean,9,gso;monre
hw,Hazardous waste treated,Chất thải nguy hại,%,up,0,100,year,180,mean,9,monre
pm25,Fine dust,Bụi mịn,µg/m3,down,0,,month,30,mean,0,
END
	cat >"$work/catalogue/areas.csv" <<'END'
id,kind,name,name_vi,valid_from,valid_to
VN,country,Viet Nam,Việt Nam,,
R1,region,South-East,Đông Nam Bộ,,
P1,province,Hill,Đồi,,
P2,province,River,Sông,,2025-07-01
END
	cat >"$work/catalogue/area_codes.csv" <<'END'
area,scheme,code
VN,iso3,VNM
P1,gso,01
P2,gso,02
END
	cat >"$work/catalogue/acts.csv" <<'END'
id,title,adopter,adopted
plan-2021,Plan for 2021,Assembly,2020-11-11
review-2021,Sector target for 2021,Ministry,2021-10-08
plan-2025,Five-year plan,Assembly,2021-07-27
se-2030,Plan for the South-East,Ministry,2023-06-14
END
	cat >"$work/catalogue/targets.csv" <<'END'
id,act,indicator,area,op,value,period
ip-2021,plan-2021,ip_cwwt,VN,about,91,2021
usw-2021,plan-2021,usw,VN,>,87,2021
hw-2021,review-2021,hw,VN,>=,85,2021
ip-2025,plan-2025,ip_cwwt,VN,>=,92,2025
usw-2030,se-2030,usw,R1,>=,95,2030
END
}

office() {
	mkdir -p "$work/state" "$work/run" "$work/catalogue" "$work/documents"
	: >"$work/out"
	: >"$work/err"
	write_conf
	feed
	write_catalogue
}

# wait_for FILE: at most three seconds.
wait_for() {
	tries=0
	until [ -e "$1" ]; do
		tries=$((tries + 1))
		[ $tries -le 150 ] || return 1
		sleep 0.02
	done
}

serve() {
	rm -f "$work/port"
	"$OUT/tests/fakes/fakehttp" -d "$1" -r "$work/port" 2>"$work/server.log" &
	server_pid=$!
	wait_for "$work/port" || echo "  the server does not start"
	url=http://127.0.0.1:$(sed 's/[^0-9]//g' "$work/port")
}

start() {
	"$OUT/envgapd" -c "$conf" 2>>"$work/log" &
	daemon_pid=$!
	wait_for "$work/run/control" || {
		echo "  envgapd does not start:"
		sed 's/^/  log: /' "$work/log"
		return 1
	}
}

# End a process of ours and tell how: $status.
end() {
	kill "-$2" "$1" 2>/dev/null || :
	status=0
	wait "$1" 2>/dev/null || status=$?
}

stop() {
	[ -n "$daemon_pid" ] || return 0
	end "$daemon_pid" TERM
	daemon_pid=
}

clean_up() {
	code=$?
	finish_case
	stop
	[ -z "$server_pid" ] || end "$server_pid" TERM
	[ $code != 0 ] || code=$any_failed
	exit "$code"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
