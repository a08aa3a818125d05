#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Today's status is what the appliers stored; where they are behind, it is judged.  Both say the same.
. "$(dirname "$0")/office"
office
demo=$SRC/conf/catalogue/vietnam
cat >"$work/demo.conf" <<END
state_dir = "$work/demo";
run_dir = "$work/run";
catalogue = "$demo";
timezone = "Asia/Ho_Chi_Minh";
min_free_space = "16M";
END
mkdir "$work/demo"
ask() {
	"$OUT/envgap" -c "$work/demo.conf" "$@"
}
run ask import "$demo/figures.csv"

# forget NAME: as if the appliers had not come so far; what they stored is spoilt.
forget() {
	sqlite3 "$work/demo/ledger.db" "UPDATE assessment SET state = 'met', gap = 1;
		UPDATE applied SET seq = seq - 1 WHERE applier = '$1'"
}

begin 'there is something to compare'
status_is 0
run ask --format tsv status --all
status_is 0
is 'enough rows' "$(($(wc -l <"$work/out") > 20))" 1

begin 'what is stored is what is answered'
sqlite3 "$work/demo/ledger.db" 'UPDATE assessment SET gap = 4711 WHERE gap IS NOT NULL'
run ask --format tsv status --all
out_has 4711
run ask rebuild

for format in tsv csv json table; do
	ask --format $format status --all >"$work/stored.$format"
done
for progress in rows catalogue standing day; do
	begin "where the appliers are behind by their '$progress', the same is judged anew"
	forget $progress
	for format in tsv csv json table; do
		run ask --format $format status --all
		status_is 0
		is "the answer as $format" "$(cksum <"$work/out")" "$(cksum <"$work/stored.$format")"
	done
	run ask rebuild
	status_is 0
done

begin 'a total that names an area the catalogue does not have is judged anew'
before=$(sqlite3 "$work/demo/ledger.db" 'SELECT count(*) FROM assessment_total WHERE expected > used')
is 'there are some' "$((before > 0))" 1
sqlite3 "$work/demo/ledger.db" "UPDATE assessment_total SET missing = replace(missing, 'P', 'X')"
run ask --format tsv status --all
status_is 0
is 'the answer' "$(cksum <"$work/out")" "$(cksum <"$work/stored.tsv")"
sqlite3 "$work/demo/ledger.db" "UPDATE assessment_total SET fault = 'moonshine'"
run ask --format tsv status --all
is 'the answer with an unknown fault' "$(cksum <"$work/out")" "$(cksum <"$work/stored.tsv")"
sqlite3 "$work/demo/ledger.db" 'DELETE FROM assessment_total'
run ask --format tsv status --all
is 'the answer without any' "$(cksum <"$work/out")" "$(cksum <"$work/stored.tsv")"
run ask rebuild
status_is 0

begin 'a word that this program does not know is judged anew'
sqlite3 "$work/demo/ledger.db" "UPDATE assessment SET state = 'splendid', gap = 1"
run ask --format tsv status --all
status_is 0
is 'the answer' "$(cksum <"$work/out")" "$(cksum <"$work/stored.tsv")"
