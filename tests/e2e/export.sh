#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# timeout: 120 s
# An export of the whole ledger: everything comes back, every answer is the same, and what has been
# damaged is refused whole, with its place.
. "$(dirname "$0")/office"
office

# A ledger with something of everything.
catalogue=$work/catalogue
cat >"$catalogue/offices.csv" <<'END'
id,name,valid_from,valid_to,successor,area,publisher
old-unit,Unit of old,,2025-03-01,new-unit,,monre
new-unit,Unit of now,2025-03-01,,,,monre
END
cat >"$catalogue/duties.csv" <<'END'
id,title,deliver,indicators,area,owner,period,deadline
plan,Report on the plan,document,,,old-unit,year,before 12-10
waste,Figures of waste,figures,usw;hw,VN,old-unit,year,by next 03-31
END
cat >>"$catalogue/area_members.csv" <<'END'
group,area
VN,P1
VN,P2
END
printf 'Year;Share\n2017;71,5\n2018;73,25\n2019;90,125\n' >"$work/documents/usw.csv"
feed 'id = "usw"; url = "file:usw.csv"; source = "gso"; indicator = "usw";
	read = { format = "csv"; fields = { area = "=VN"; period = "Year"; value = "Share"; };
	periods = { patterns = [ "YYYY" ]; }; numbers = { decimal = ","; }; };'
printf 'the plan,\n"as it was sent"\n' >"$work/plan.txt"
cat >"$work/table.csv" <<'END'
indicator,area,period,value,source,published,num,den,qualifier,place,raw
ip_cwwt,VN,2019,,mpi,2019-07-03,221,251,,"line 1, ""page 2""",
ip_cwwt,VN,2020,89.60,monre,2021,,,about,,khoảng 89.60
ip_cwwt,P1,2020-01/2020-09,70,monre,2020-10-08,,,,,
hw,VN,2021,85,monre,2021-10-08,,,,,
END

must() {
	run "$@"
	[ "$status" = 0 ] || fault "'$*' ends with $status"
}

begin 'a ledger is filled'
must envgapd --once
must envgap import "$work/table.csv"
must envgap record usw VN 2020 86 --source monre --published 2021-03 --qualifier over
must envgap record usw VN 2020 85.5 --source monre --published 2021-03 --correct
must envgap record usw VN 2019 91 --source gso --published 2020-09-01
must envgap withdraw ip_cwwt P1 2020-01/2020-09 --source monre --why 'of another area, "not" ours'
must envgap record hw VN 2022 - --status M --source monre --published 2023-01-01
must envgap deliver plan 2024 --on 2024-12-01 --document "$work/plan.txt" --note 'by hand, signed'
must envgap deliver plan 2023 --on 2023-12-11
must envgap deliver plan 2023 --remove --why 'of another year'
must envgap deliver plan 2023 --on 2023-12-01
must envgap note usw VN --cause 'No lorries; " and , in it' --year 2021
must envgap note usw VN --remedy 'More lorries' --year 2021
must envgap note hw VN --text 'to be removed'
must envgap note hw VN --remove
must envgap ack usw-2021 VN --note 'seen' --until 2099-01-01
must envgap ack usw-2021 VN --remove
must envgap ack usw-2021 VN --cause 'floods'
must envgap status --all

# What everybody would ask, in all the forms that say the most.
answers() {
	for day in '' 2021-06-01 2024-11-30 2025-03-31; do
		as_of=${day:+--as-of $day}
		# shellcheck disable=SC2086 # an option and its value, or nothing
		for format in json table; do
			for question in 'status --all' 'gaps --all' 'show usw VN' 'show ip_cwwt VN' \
				'show ip_cwwt P1' 'show hw VN' 'events' 'duties --all' 'duties plan' \
				'duties waste' 'duties --remind' 'report --area VN' \
				'report --area VN --year 2021' 'explain usw VN' \
				'explain usw VN 2019' 'explain ip_cwwt VN 2019' 'totals usw VN' 'lint' \
				'check usw VN' 'backtest' 'areas'; do
				echo "== $as_of $format $question"
				envgap $as_of --format $format $question >"$work/answer" 2>&1
				echo "== ends with $?"
				grep -v '^From envgap ' "$work/answer"
			done
		done
		echo "== $as_of received by"
		# shellcheck disable=SC2086
		envgap $as_of --received-by 2026-01-01 --format json status --all 2>&1
	done
}
answers >"$work/before"

begin 'an export makes a directory that sha256sum finds good'
run envgap export -o "$work/export"
status_is 0
out_has "$work/export: "
(cd "$work/export" && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt) \
	>"$work/out" 2>&1 || fault 'sha256sum does not agree'
is 'a delivered document' "$(cmp "$work/plan.txt" "$work/export/data/documents/$(
	sha256sum <"$work/plan.txt" | cut -d ' ' -f 1)" && echo same)" same
is 'deliveries' "$(($(wc -l <"$work/export/data/deliveries.csv") - 1))" 4
is 'notes' "$(($(wc -l <"$work/export/data/notes.csv") - 1))" 4
is 'rows' "$(($(wc -l <"$work/export/data/observations.csv") - 1))" 12
run envgap export
is 'the figures' "$(cmp "$work/out" "$work/export/data/observations.csv" && echo same)" same

begin 'the same ledger gives the same bytes'
must envgap export -o "$work/again"
is 'both' "$(diff -r "$work/export" "$work/again" && echo same)" same

begin 'an export is not written over anything'
run envgap export -o "$work/export"
status_is 1
err_has "-o: '$work/export' is there already"

begin 'a whole export is restored into an empty ledger only'
run envgap import --restore "$work/export"
status_is 1
err_has 'the ledger holds something already'
err_has 'is restored into an empty state_dir'

begin 'everything comes back'
mv "$work/state" "$work/state-before"
mkdir "$work/state"
run envgap import --restore "$work/export"
status_is 0
out_has "$work/export: restored: figures 12, events "
out_has 'deliveries 4, notes 4, files of documents'
must envgap verify
must envgap export -o "$work/third"
is 'an export of it' "$(diff -r "$work/export" "$work/third" && echo same)" same

begin 'and every answer is the same'
answers >"$work/after"
cmp -s "$work/before" "$work/after" || {
	diff "$work/before" "$work/after" >"$work/out"
	fault 'answers differ'
}
must envgap verify

begin 'the restored ledger goes on as the first one would'
must envgap record usw VN 2021 87 --source gso --published 2022-09-01
out_has 'recorded as row 13'
run envgap deliver plan 2025 --on 2025-12-01
status_is 0
must envgap verify

# refused WHAT WHERE: a changed copy of the export in $work/bad is refused with its place, and the
# ledger stays empty.
refused() {
	rm -rf "$work/state"
	mkdir "$work/state"
	run envgap import --restore "$work/bad"
	[ "$status" = 2 ] || [ "$status" = 1 ] || fault "$1: exit status $status"
	err_has "$2"
	is "$1: rows of the ledger" "$(envgap export 2>/dev/null | sed 1d | wc -l)" 0
	is "$1: documents of the archive" "$(find "$work/state/archive" -type f 2>/dev/null | wc -l)" 0
	rm -rf "$work/bad"
}
copy() { cp -r "$work/export" "$work/bad"; }
# The manifests as whoever changed it on purpose would write them.
sign() {
	(cd "$work/bad" && sed 's/^[^ ]*  //' manifest-sha256.txt | xargs sha256sum >"$work/sums" &&
		mv "$work/sums" manifest-sha256.txt && sed 's/^[^ ]*  //' tagmanifest-sha256.txt |
		xargs sha256sum >"$work/sums" && mv "$work/sums" tagmanifest-sha256.txt)
}

begin 'what has been damaged or cut is refused whole, with its place'
copy
sed -i 's/85.5/85.6/' "$work/bad/data/observations.csv"
refused 'a changed figure' 'bad/data/observations.csv: has changed since it was exported'
copy
truncate -s -1 "$work/bad/data/events.csv"
refused 'a cut table' 'bad/data/events.csv: has changed'
copy
rm "$work/bad/data/notes.csv"
refused 'a table that is gone' 'bad/data/notes.csv: is missing from the export'
copy
truncate -s -10 "$work/bad/manifest-sha256.txt"
refused 'a cut manifest' 'bad/manifest-sha256.txt: has changed'
copy
rm "$work/bad/tagmanifest-sha256.txt"
refused 'an export that was broken off' 'bad/tagmanifest-sha256.txt: is missing'
copy
touch "$work/bad/data/documents/more"
refused 'a file too many' 'bad/data/documents/more: is not in manifest-sha256.txt'

begin 'what was changed on purpose is refused with its line'
copy
sed -i '2s/,2024,/,2024-Q7,/' "$work/bad/data/deliveries.csv"
sign
refused 'a period' "bad/data/deliveries.csv:2: period: '2024-Q7': quarter 7 is not within 1..4"
copy
sed -i '3s/^2,/1,/' "$work/bad/data/notes.csv"
sign
refused 'a number that is there twice' 'bad/data/notes.csv:3: '
copy
sed -i '1s/event/evnt/' "$work/bad/data/events.csv"
sign
refused 'a heading' "bad/data/events.csv:1: column 1 of the heading is 'evnt', not 'event'"
copy
sed -i 's/,monre,/,monre:x,/' "$work/bad/data/observations.csv"
sign
refused 'a publisher that is not in the catalogue' "monre:x"
copy
rm "$work/bad/data/documents/$(sha256sum <"$work/plan.txt" | cut -d ' ' -f 1)"
grep -v "$(sha256sum <"$work/plan.txt" | cut -d ' ' -f 1)" "$work/bad/manifest-sha256.txt" >"$work/sums"
mv "$work/sums" "$work/bad/manifest-sha256.txt"
sign
rm -rf "$work/state" && mkdir "$work/state"
run envgap import --restore "$work/bad"
err_has 'is missing: delivery 1 names it'
rm -rf "$work/bad"
copy
sed -i 's/^Envgap-Export: 1/Envgap-Export: 2/' "$work/bad/bag-info.txt"
sign
rm -rf "$work/state" && mkdir "$work/state"
run envgap import --restore "$work/bad"
status_is 3
err_has 'a newer envgap made this export, in form 2'

begin 'a document that the archive has lost is told, and all else is exported'
rm -rf "$work/state"
cp -r "$work/state-before" "$work/state"
rm "$(find "$work/state/archive" -name "$(sha256sum <"$work/plan.txt" | cut -d ' ' -f 1).zst")"
run envgap verify
status_is 1
err_has 'of delivery 1 is missing'
run envgap export -o "$work/lost"
status_is 1
err_has "documents that are not in the archive any more: 1, named in $work/lost/data/missing.csv"
rm -rf "$work/state"
run envgap import --restore "$work/lost"
status_is 0
out_has 'documents that were missing when it was exported: 1'
