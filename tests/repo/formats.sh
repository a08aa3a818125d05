#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every feed format has a case that is read, a case that is no answer, and a page.
. tests/repo/lib.sh

formats=$(find lib/feed -name 'format_*.c' 2>/dev/null | sed 's|.*/format_||;s|\.c$||' | sort || true)
[ -n "$formats" ] || echo 'lib/feed: no format' >"$WORK/cases"
for format in $formats; do
	for outcome in observations cause; do
		grep -rqs --include='*.test' "^$outcome = " "tests/feeds/$format" ||
			echo "tests/feeds/$format: no case says '$outcome'"
	done
done >>"$WORK/cases"
verdict 'every format has good and bad cases' "$WORK/cases"

for dir in tests/feeds/*/*/; do
	[ -d "$dir" ] || continue
	[ -n "$(find "$dir" -name '*.test')" ] || echo "$dir: no file *.test"
	for file in "$dir"*; do
		case $file in
		*.test | */README.md) ;;
		*) grep -qsF "\"${file##*/}\"" "$dir"*.test || echo "$file: no test speaks of it" ;;
		esac
	done
done >"$WORK/whole"
verdict 'every case says what comes out' "$WORK/whole"

sed -n 's/^\t\tid = "\(.*\)";/\1/p' conf/feeds.d/*.conf | sort >"$WORK/ready"
[ -s "$WORK/ready" ] || echo 'conf/feeds.d: no feed' >"$WORK/feeds"
while read -r feed; do
	grep -qsF "feed = \"$feed\"" "tests/feeds/ready/$feed/feed.test" ||
		echo "tests/feeds/ready/$feed: no test of the ready-made feed"
done <"$WORK/ready" >>"$WORK/feeds"
for key in documentation licence attribution limits verified; do
	[ "$(grep -c "^		$key = " conf/feeds.d/*.conf | awk -F: '{ n += $2 } END { print n }')" = "$(wc -l <"$WORK/ready")" ] ||
		echo "conf/feeds.d: a feed does not say its $key"
done >>"$WORK/feeds"
verdict 'every ready-made feed has a test and says whose it is' "$WORK/feeds"

for format in $formats; do
	for page in "docs/formats/$format.md" "tests/fuzz/fuzz_$format.c" "tests/fuzz/mappings/$format"; do
		[ -f "$page" ] || echo "$page: not there"
	done
done >"$WORK/pages"
verdict 'every format has a page and a fuzzer' "$WORK/pages"
finish
