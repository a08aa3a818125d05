#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the command says to people is in every po/*.po: help, messages, reasons, words.  Every text of
# these rooms with two words in it is looked for, and the messages of the ledger, whose other texts are
# SQL; what nobody reads is on the page untranslated.txt.
. tests/repo/lib.sh

rooms='lib/base lib/obs lib/config lib/feed lib/assess lib/report lib/control lib/apply lib/intake lib/judge lib/query lib/trial lib/fetch tools'

# One entry: flags, id joined into one line, and whether it is for people.
cat >"$WORK/sentences.awk" <<'AWK'
function unquoted(line) {
	sub(/^[^"]*"/, "", line)
	sub(/"$/, "", line)
	return line
}
function is_for_people(text) {
	if (text in kept_english || text ~ /^</ || text ~ /[a-z]=\\"/ || text ~ /[{][a-z-]+:/) # HTML, CSS
		return 0
	gsub(/%[-+0-9.*]*(l|ll|z|j)?[a-zA-Z]/, "%", text)
	return text ~ /[A-Za-z][A-Za-z]+[.,;:]? / || text ~ / [A-Za-z][A-Za-z]+/ || (is_keyword && text ~ /[a-z][a-z]/)
}
function end_entry() {
	if (id != "" && is_for_people(id))
		printf "%s\nmsgid \"%s\"\nmsgstr \"\"\n\n", flags, id
	id = ""; flags = "#,"; in_id = 0
}
BEGIN {
	while ((getline line < page) > 0)
		if (sub(/^text "/, "", line) && sub(/"$/, "", line))
			kept_english[line] = 1
	print "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	flags = "#,"
}
/^$/ { end_entry() }
/^#, / { sub(/^#,/, ""); gsub(/ fuzzy,?/, ""); if ($0 != "") flags = (flags == "#," ? "#," : flags ",") $0 }
/^msgid / { in_id = 1; id = unquoted($0) }
/^"/ && in_id { id = id unquoted($0) }
/^msgstr/ { in_id = 0 }
END { end_entry() }
AWK

page=$SRC/tests/repo/untranslated.txt
sed -n 's/^file //p' "$page" >"$WORK/passed_over"
files=
for room in $rooms; do
	[ ! -d "$room" ] || files="$files $(find "$room" -name '*.c' | grep -vxF -f "$WORK/passed_over" | sort | tr '\n' ' ')"
done
sentences() {
	sed 's/%<PRI[di]64>/%ld/g;s/%<PRIu64>/%lu/g' |
		awk -v page="$page" -v is_keyword="$1" -f "$WORK/sentences.awk"
}
files="$files daemon/dry_run.c daemon/requests.c" # what envgap hands on of what envgapd says
gather() {
	# shellcheck disable=SC2086
	xgettext "$@" --from-code=UTF-8 -L C --no-location --no-wrap --sort-output -o - $gathered 2>/dev/null
}
gathered=$files
gather -a | sentences 0 >"$WORK/all.pot"
gathered="$files daemon/job.c $(find lib/ledger -name '*.c' 2>/dev/null | sort | tr '\n' ' ')"
gather -k -kerror_set:3 -kerror_within:2 -kerror_errno:2 -kproblem_add:5 -kend_unchanged:2 | sentences 1 >"$WORK/messages.pot"
msgcat --no-wrap --use-first "$WORK/all.pot" "$WORK/messages.pot" -o "$WORK/said.pot"

: >"$WORK/missing"
: >"$WORK/formats"
for po in po/*.po; do
	msgmerge -q -N --no-wrap "$po" "$WORK/said.pot" -o "$WORK/merged.po"
	rm -f "$WORK/bare.po"
	msgattrib --untranslated --no-obsolete --no-wrap "$WORK/merged.po" -o "$WORK/bare.po"
	if [ -s "$WORK/bare.po" ]; then
		echo "$po: give these a translation; what nobody reads goes to tests/repo/untranslated.txt:"
		sed '1,/^$/d' "$WORK/bare.po"
	fi >>"$WORK/missing"
	msgfmt --check-format -o /dev/null "$WORK/merged.po" 2>>"$WORK/formats" || true
	msgfmt --check -o /dev/null "$po" 2>>"$WORK/formats" || true
done
verdict 'everything that people read is translated' "$WORK/missing"
verdict 'the directives of every translation fit' "$WORK/formats"

sed -n 's/^text "\(.*\)"$/\1/p' "$page" >"$WORK/page"
gather -a | sed 's/%<PRI[di]64>/%ld/g;s/%<PRIu64>/%lu/g' |
	awk '/^msgid /{sub(/^msgid "/,"");sub(/"$/,"");id=$0;next} /^"/{sub(/^"/,"");sub(/"$/,"");id=id $0;next} {print id}' >"$WORK/written"
grep -vxF -f "$WORK/written" "$WORK/page" >"$WORK/stale" || true
while read -r file; do
	[ -f "$file" ] || echo "$file"
done <"$WORK/passed_over" >>"$WORK/stale"
verdict 'what is on untranslated.txt is written somewhere' "$WORK/stale"
finish
