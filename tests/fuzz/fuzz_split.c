/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/feed.h"

/* The reader that picks out what a mapping needs while the document goes by, and the tree of the
 * whole document, have to say the same.  The first byte chooses a format, then as in feed.h. */

enum { FORMATS = 9 };

static void read_mappings(const struct fuzz_mappings *all[FORMATS])
{
	static const char *const names[FORMATS] = {
		"tests/fuzz/mappings/json",	"tests/fuzz/mappings/worldbank",
		"tests/fuzz/mappings/unsdg",	"tests/fuzz/mappings/unsdgpivot",
		"tests/fuzz/mappings/odata",	"tests/fuzz/mappings/openaq",
		"tests/fuzz/mappings/jsonstat", "tests/fuzz/mappings/pxweb",
		"tests/fuzz/mappings/sdmxjson",
	};
	for (size_t i = 0; i < FORMATS; i++)
		all[i] = fuzz_mappings_read(names[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct fuzz_mappings *all[FORMATS];
	struct span input = {(const char *)data, size};
	if (all[0] == NULL)
		read_mappings(all);
	const struct fuzz_mappings *mappings = all[fuzz_take_byte(&input) % FORMATS];
	const struct feed_mapping *mapping = fuzz_mapping_at(mappings, fuzz_take_byte(&input));
	size_t piece_bytes = fuzz_piece_bytes(fuzz_take_byte(&input));
	struct fuzz_way tree = {.piece_bytes = 4096, .by_a_tree = true};
	struct fuzz_way split = {.piece_bytes = piece_bytes > 0 ? piece_bytes : 4096};
	fuzz_compare(mapping, &tree, &split, input);
	return 0;
}
