#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every header compiles by itself, and once however often it is included.
. tests/repo/lib.sh

flags="-std=gnu17 -D_GNU_SOURCE -Ilib -I. -I$OUT -Wall -Wextra -Werror -fsyntax-only"
flags="$flags $(pkg-config --cflags sqlite3 jansson libcurl libconfig librrd 2>/dev/null || true)"
for header in $(sources '*.h'); do
	$CC $flags -include "$header" -include "$header" -x c /dev/null 2>"$WORK/one" ||
		sed -n 1,3p "$WORK/one"
done >"$WORK/alone"
verdict 'every header stands alone' "$WORK/alone"

for header in $(sources '*.h'); do
	grep -q '^#pragma once$' "$header" || echo "$header: no #pragma once"
done >"$WORK/once"
verdict 'every header has #pragma once' "$WORK/once"
finish
