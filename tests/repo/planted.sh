#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The checks of the repository find the mistakes that are planted here, and let pass what is right.
. tests/repo/lib.sh

SPDX='/* SPDX-License-Identifier: GPL-3.0-or-later */'

# plant FILE LINE...: a file of an otherwise empty tree.
plant() {
	file=$WORK/tree/$1
	mkdir -p "${file%/*}"
	shift
	printf '%s\n' "$@" >"$file"
}

# finds CHECK PATTERN NAME: with what is planted the check fails with this finding.  Digs it up again.
finds() {
	: >"$WORK/missed"
	if SRC=$SRC TREE=$WORK/tree sh "$SRC/tests/repo/$1.sh" >"$WORK/said" 2>&1; then
		echo "it passed" >"$WORK/missed"
	elif ! grep -qE -- "$2" "$WORK/said"; then
		cp "$WORK/said" "$WORK/missed"
	fi
	verdict "$1 finds $3" "$WORK/missed"
	rm -rf "$WORK/tree"
}

# passes CHECK NAME: with what is planted the check finds nothing.
passes() {
	SRC=$SRC TREE=$WORK/tree sh "$SRC/tests/repo/$1.sh" 2>&1 | grep -v '^ok' >"$WORK/said" || true
	verdict "$1 lets pass $2" "$WORK/said"
	rm -rf "$WORK/tree"
}

plant lib/obs/bad.c '#include "ledger/ledger.h"' && plant lib/ledger/ledger.h ''
finds rooms 'bad.c:1: lib/obs may not use lib/ledger' 'an include that points upwards'
plant lib/feed/bad.c '#include <time.h>'
finds rooms 'bad.c:1: lib/feed is pure and may not use time.h' 'a clock in a pure room'
plant lib/report/bad.c '  #  include <sys/socket.h>'
finds rooms 'lib/report is pure' 'a socket in a pure room'
plant lib/query/bad.c '#include <sqlite3.h>'
finds rooms '<sqlite3.h> does not belong in lib/query' 'a foreign library away from home'
plant tools/bad.c '#include <curl/multi.h>'
finds rooms '<curl/multi.h> does not belong in tools' 'a header of a foreign directory away from home'
plant tools/bad.c '#include "fetch/fetch.h"' && plant lib/fetch/fetch.h ''
finds rooms 'tools may not use lib/fetch' 'the network in the command'
plant lib/obs/bad.c '#include "bad.h"' && plant lib/obs/bad.h ''
finds rooms 'does not name its room' 'an include without a room'
plant lib/misc/bad.h ''
finds rooms 'lib/misc is not on the page' 'a room that nobody has agreed on'
plant lib/obs/bad.c '#include <stdio.h>' '#include "obs/bad.h"' && plant lib/obs/bad.h ''
finds rooms 'does not include its own header first' 'a header that is not included first'
plant lib/obs/good.c '#include "obs/good.h"' '#include <stdio.h>' '#include "base/error.h"'
plant lib/obs/good.h '' && plant lib/base/error.h '' && plant daemon/rrd/good.c '#include "rrd/x.h"' '#include <rrd.h>'
plant lib/rrd/x.h '' && plant daemon/rrd/good.h '' && plant daemon/rrd/good.c '#include "daemon/rrd/good.h"' '#include <rrd.h>'
passes rooms 'what the page allows'

plant lib/obs/bad.h '#pragma once' 'size_t f(void);'
finds headers "size_t" 'a header that does not stand alone'

plant lib/obs/bad.c 'double x = strtod("1", 0);'
finds words "bad.c:1: 'strtod'" 'a locale in a number'
plant lib/obs/bad.c 'int f(void)' '{' '	if (x)' '		goto out;'
finds words "bad.c:4: 'goto'" 'goto'
plant lib/ledger/bad.c '	exit(1);'
finds words "'exit'" 'a library that exits'
plant lib/ledger/bad.c '	printf("%d", 1);'
finds words "'printf'" 'a library that prints'
plant lib/query/bad.c '	text_addf(out, "%5.1f", x);'
finds words '%5.1f' 'a number that is formatted elsewhere'
plant lib/apply/bad.c '	now = time(NULL);'
finds words "'time'" 'a clock below the programs'
plant lib/feed/bad.c '	f = fopen(path, "r");'
finds words "'fopen'" 'a file in a pure room'
plant daemon/bad.c '/* TODO: later */'
finds words 'TODO' 'a promise without an issue'
plant lib/obs/bad.c 'typedef struct { int x; } thing;'
finds words 'typedef struct' 'a hidden struct'
plant lib/obs/good.c '/* strtod( and goto are only named here; TODO(#7) */' 'const char *s = "goto system(x) 91 % for 5%% go";' \
	'	x_strtod(1); p->read(p); at = job.time(self); snprintf(a, 1, "%d %s", 1, "%%g");' "char c = '\"'; // exit("
passes words 'words in comments and strings, members, longer names'

awk 'BEGIN { for (i = 0; i < 501; i++) print "" }' >"$WORK/long"
plant lib/obs/bad.c "$(cat "$WORK/long")x" && awk 'BEGIN { for (i = 0; i < 501; i++) print "int x;" }' >"$WORK/tree/lib/obs/bad.c"
finds size 'bad.c: over 500 lines' 'a long file'
mkdir -p "$WORK/tree/lib/obs"
awk 'BEGIN { print "int f(void)\n{"; for (i = 0; i < 61; i++) print "\tx();"; print "}" }' >"$WORK/tree/lib/obs/bad.c"
finds size 'bad.c:2: 61 lines: int f' 'a long function'
mkdir -p "$WORK/tree/lib/obs"
awk 'BEGIN { print "int f(void)\n{"; for (i = 0; i < 60; i++) print "\tx();"; print "}" }' >"$WORK/tree/lib/obs/good.c"
passes size 'a function of 60 lines'

plant lib/obs/bad.h "$SPDX" '/* About the file. */' '' 'int f(int);'
finds comments 'bad.h:4: no comment above: int f' 'a prototype without a comment'
plant lib/obs/good.h '/* F, and' '' ' * G. */' 'int f(int a,' '      int b);' 'int g(int);' '' 'struct x {' '	int (*call)(void);' '};' \
	'' '#define CALL(x) (x)' '' '/* One. */ bool h(void);'
passes comments 'prototypes that share a comment, members, macros'

plant lib/obs/bad.c 'int x;'
finds files 'lib/obs/bad.c' 'a source without a licence'
plant docs/bad.md "see /ho""me/somebody/notes"
finds files 'docs/bad.md:1' 'a path of a machine'
plant lib/obs/bad.c~ ''
finds files 'bad.c~' 'a stray file'

plant docs/decisions/0001-a.md '' && plant docs/decisions/0001-b.md ''
finds docs '0001: two pages' 'a decision number used twice'
plant docs/a.md 'see [b](b.md)'
finds docs "leads to 'b.md'" 'a link that leads nowhere'
plant README.md 'make demo' 'make check' 'make coffee'
finds docs "'make coffee' is no target" 'a command that is not there'

printf '%s\n' '#!/bin/sh' 'echo key url; echo key interval; echo value json' >"$WORK/keys"
chmod +x "$WORK/keys"
plant man/envgap.conf.5 '.Sh KEYS' 'url json'
KEYS=$WORK/keys finds manual 'does not name the key interval' 'a key that is not in the manual'
plant tools/commands.c 'static const struct command commands[] = {' '	{"dance", 0, 0},' '};' && plant man/envgap.1 'status'
KEYS=$WORK/keys finds manual 'does not name the command dance' 'a command that is not in the manual'

plant lib/ledger/bad.c '"INSERT OR REPLACE INTO load VALUES (1)";'
finds log 'lib/ledger/bad.c:1' 'a row of the log that is replaced'

mkdir -p "$WORK/tree" "$WORK/out/lib/obs"
printf '%s\n' 'static int calls; int f(void); int f(void) { return ++calls; }' \
	'const char *const names[] = {"a"}; static const int n[] = {1}; const int *g(void); const int *g(void) { return n; }' |
	$CC -fPIE -O0 -x c -c -o "$WORK/out/lib/obs/bad.o" -
OUT=$WORK/out finds globals 'bad.o: calls can change' 'a counter at file scope'
mkdir -p "$WORK/tree"
printf '%s\n' 'const char *const names[] = {"a"}; static const int n[] = {1}; const int *g(void); const int *g(void) { return n; }' |
	$CC -fPIE -O0 -x c -c -o "$WORK/out/lib/obs/bad.o" -
OUT=$WORK/out passes globals 'constant tables'
finish
