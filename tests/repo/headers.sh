#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every header compiles by itself, and once however often it is included.
# timeout: 180 s
. tests/repo/lib.sh

flags="-std=gnu17 -D_GNU_SOURCE -Ilib -I. -I$OUT -Wall -Wextra -Werror -fsyntax-only"
flags="$flags $(pkg-config --cflags sqlite3 jansson libcurl libconfig librrd 2>/dev/null || true)"
sources '*.h' | CC=$CC flags=$flags xargs -P "$(nproc)" -I @ sh -c '
	said=$($CC $flags -include "$1" -include "$1" -x c /dev/null 2>&1) ||
		echo "$said" | sed -n 1,3p' - @ >"$WORK/alone"
verdict 'every header stands alone' "$WORK/alone"

for header in $(sources '*.h'); do
	grep -q '^#pragma once$' "$header" || echo "$header: no #pragma once"
done >"$WORK/once"
verdict 'every header has #pragma once' "$WORK/once"
finish
