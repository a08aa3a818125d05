#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 120 s
# Hosts that fail in every way at once: each feed ends with a named cause, within its time and bytes, and
# the daemon's other feeds keep their schedule.
. "$(dirname "$0")/office"
office

mkdir -p "$work/site"
serve "$work/site"
bad=$url
tls=https${url#http}

cat >"$work/documents/good.csv" <<'END'
area,year,value
VN,2019,84.5
END
# A second host, which wants an hour of rest.
"$OUT/tests/fakes/fakehttp" -r "$work/port-of-resting" 2>>"$work/server.log" &
resting_pid=$!
wait_for "$work/port-of-resting" || echo '  the second server does not start'
resting=http://127.0.0.1:$(sed 's/[^0-9]//g' "$work/port-of-resting")
GOOD=10
RESTING=12
csv='format = "csv"; fields = { area = "area"; period = "year"; value = "value"; };
	numbers = { decimal = "."; }; periods = { patterns = [ "YYYY" ]; };'
json='format = "json"; records = "/rows"; fields = { area = "/area"; period = "/year"; value = "/value"; };
	numbers = { decimal = "."; }; periods = { patterns = [ "YYYY" ]; };'
next=' paging = { style = "next"; next = "/next"; max_pages = 20; };'

# What the host does, how it is read, and the cause that a person is to see.
cat >"$work/faults" <<'END'
bad-chunk csv bad_answer
bad-status csv bad_answer
chunked-cut csv truncated
close-at/0 csv lost
close-at/30 csv lost
close-at/90 csv truncated
deep json limit
empty csv empty
endless-body csv too_large
endless-head csv bad_answer
endless-interim csv bad_answer
endless-line csv bad_answer
endless-trailer csv bad_answer
gzip-bomb csv too_large_decoded
gzip-cut csv truncated
gzip-not csv bad_encoding
hops/6 csv redirects
html csv markup
html json markup
huge csv too_large
huge-chunk csv bad_answer
length-and-chunks csv -
longer csv length_mismatch
many-headers csv bad_answer
negative-length csv bad_answer
pages/1 next limit
plain json syntax
redirect-file csv redirect_refused
redirect-loop csv redirects
reset csv lost
reset-at/90 csv lost
rows-are-none json shape
slow-drip csv timeout
slow-head csv timeout
stall csv timeout
stall-body csv timeout
status/404 csv http_status
truncated csv truncated
two-lengths csv length_mismatch
unclosed json too_large
wrong-types json -
END
# A name that has no host, a port where nobody listens, a host that does not speak TLS.
cat >"$work/elsewhere" <<END
http://nowhere.invalid/ resolve
http://127.0.0.1:1/ connect
$tls/ connect
END

id_of() {
	echo "$1-$2" | tr -c 'a-z0-9\n' -
}

read_as() {
	case $1 in
	csv) echo "$csv" ;;
	json) echo "$json" ;;
	next) echo "$json$next" ;;
	esac
}

bad_feed() {
	echo "id = \"$1\"; url = \"$2\"; allow_http = true; source = \"gso\"; indicator = \"hw\";
	timeout = \"2s\"; connect_timeout = \"2s\"; max_document = \"1M\"; every = \"1d\"; read = { $3 };"
}

good_feed() {
	echo "id = \"good-$1\"; url = \"file:good.csv\"; source = \"gso\"; indicator = \"usw\"; every = \"1d\";
	jitter = \"0s\"; read = { $csv };"
}

begin 'feeds that are well are polled'
set --
for number in $(seq $GOOD); do
	set -- "$@" "$(good_feed "$number")"
done
feed "$@"
run envgapd --once
status_is 0

# From now on one of them is due each second.
now=$(date +%s)
for number in $(seq $GOOD); do
	sqlite3 "$work/state/ledger.db" \
		"UPDATE feed_state SET next_due = $((now + 1 + number)) WHERE feed_id = 'good-$number'"
done

begin 'while every other host fails, each of them is polled within a second of its time'
while read -r path as cause; do
	set -- "$@" "$(bad_feed "$(id_of "$path" "$as")" "$bad/fault/$path" "$(read_as "$as")")"
done <"$work/faults"
number=0
while read -r address cause; do
	number=$((number + 1))
	set -- "$@" "$(bad_feed "elsewhere-$number" "$address" "$csv")"
done <"$work/elsewhere"
for number in $(seq $RESTING); do
	set -- "$@" "$(bad_feed "resting-$number" "$resting/fault/status/429?Retry-After:+3600" "$csv")"
done
feed "$@"
start
sleep 2
before=$(date +%s%N)
run envgap record usw VN 2021 88 --source gso
status_is 0
took=$((($(date +%s%N) - before) / 1000000))
[ $took -lt 1000 ] || fault "a figure was recorded in $took ms"
# What was done is written down some seconds later.
until [ "$(sqlite3 -readonly "$work/state/ledger.db" \
	"SELECT count(*) FROM feed_state WHERE feed_id LIKE 'good-%' AND last_try > $now")" = $GOOD ] ||
	[ "$(date +%s)" -gt $((now + GOOD + 30)) ]; do
	sleep 0.2
done
sqlite3 -readonly -separator ' ' "$work/state/ledger.db" \
	"SELECT feed_id, last_try FROM feed_state WHERE feed_id LIKE 'good-%'" >"$work/tries"
is 'the number of them' "$(wc -l <"$work/tries")" $GOOD
while read -r feed last; do
	late=$((last - now - 1 - ${feed#good-}))
	{ [ $late -ge 0 ] && [ $late -le 1 ]; } || fault "$feed was polled $late s after its time"
done <"$work/tries"

begin 'every failure has a cause'
not_tried() {
	run envgap --format tsv feeds
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "last_try") at = i }
		$at == "" && !/^resting/ { n++ } END { exit n == 0 }' "$work/out"
}
tries=0
while not_tried && [ $tries -lt 100 ]; do
	tries=$((tries + 1))
	sleep 0.2
done
while read -r path as cause; do
	[ "$cause" = - ] && cause=
	cell_is "$(id_of "$path" "$as")" cause "$cause"
done <"$work/faults"
number=0
while read -r address cause; do
	number=$((number + 1))
	cell_is "elsewhere-$number" cause "$cause"
done <"$work/elsewhere"

begin 'a host that wants rest has it from all of its feeds, and the good data stay'
is 'the number of those that were told' "$(grep -c 'resting.*http_status' "$work/out")" 2
asked=$(date +%s)
run envgap poll resting-1
status_is 1
err_has "envgap: feed 'resting-1': its server, or its budget, allows no request now; next try in 3"
[ "$(date +%s)" -lt $((asked + 10)) ] || fault 'poll waited for the host'
run envgap --format tsv feeds
for number in $(seq $RESTING); do
	due=$(date -d "$(cell "resting-$number" next_due)" +%s)
	[ "$due" -gt $((asked + 3000)) ] || fault "resting-$number is said to be due sooner than it can be"
done
run envgap --format tsv status --all --target usw-2021
cell_is usw-2021 value 88
run envgap verify
status_is 0

begin 'none of them made the daemon large'
peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$daemon_pid/status")
[ "${peak:-999999}" -lt 49152 ] || fault "it has had $peak KiB"
echo "  peak $peak KiB"

begin 'it ends as asked'
stop
is "its exit status" "$status" 0
end "$resting_pid" TERM
