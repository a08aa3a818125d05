# SPDX-License-Identifier: GPL-3.0-or-later
# What every check of the repository begins with:  . tests/repo/lib.sh
# A check looks at the tree in $TREE (this one unless told otherwise, so that planted mistakes can be
# shown to it) and prints `ok` or `not ok` for each rule.
set -eu

: "${SRC:=$PWD}" "${TREE:=$SRC}" "${CC:=gcc}" "${MAKE:=make}" "${OUT:=$SRC/build/release}"
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
failed=0
cd "$TREE"

# sources PATTERN...: our files of these names, in every room that is there.
sources() {
	rooms=
	for room in lib daemon tools tests; do
		[ ! -d $room ] || rooms="$rooms $room"
	done
	for pattern in "$@"; do
		find $rooms -type f -name "$pattern"
	done | sort
}

# every_file: all files of the tree that are ours to write.
every_file() {
	find . -name .git -prune -o -path ./build -prune -o -type f -print | sed 's|^\./||' | sort
}

# verdict NAME FILE: ok when the findings in FILE are none.
verdict() {
	if [ -s "$2" ]; then
		sed 's/^/# /' "$2"
		echo "not ok $1: $(wc -l <"$2") found"
		failed=1
	else
		echo "ok $1"
	fi
}

finish() {
	exit $failed
}
