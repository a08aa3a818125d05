/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Documents of a feed.  The first byte of an input chooses a mapping out of tests/fuzz/mappings,
 * the second how it is read (at once, in pieces, by a tree beside that, into a sink that fails),
 * the rest is the document. */

#include "tests/fuzz/fuzz.h"

enum { FUZZ_MAPPINGS_MAX = 64 };

struct feed_mapping;

struct fuzz_mappings {
	struct feed_mapping *items[FUZZ_MAPPINGS_MAX];
	size_t count;
};

/* Read the blocks of a file of mappings, separated by lines "--".  Aborts when there are none or
 * one is wrong.  They are kept for ever. */
const struct fuzz_mappings *fuzz_mappings_read(const char *name);

/* The mapping that a byte chooses. */
const struct feed_mapping *fuzz_mapping_at(const struct fuzz_mappings *mappings, uint8_t byte);

/* A way to read a document. */
struct fuzz_way {
	size_t piece_bytes; /* 0: all at once */
	bool by_a_tree;	    /* of the whole document; only in pieces */
};

/* Eight sizes of pieces; 0 for 0. */
size_t fuzz_piece_bytes(uint8_t byte);

/* Read a document in both ways and hold the outcomes against each other. */
void fuzz_compare(const struct feed_mapping *mapping, const struct fuzz_way *a,
		  const struct fuzz_way *b, struct span document);

/* Read a document and hold the outcome against what lib/feed promises. */
void fuzz_feed(const struct fuzz_mappings *mappings, const uint8_t *data, size_t size);

/* The whole of a format's harness. */
#define FUZZ_FEED(name)                                                                            \
	int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)                               \
	{                                                                                          \
		static const struct fuzz_mappings *mappings;                                       \
		if (mappings == NULL)                                                              \
			mappings = fuzz_mappings_read("tests/fuzz/mappings/" name);                \
		fuzz_feed(mappings, data, size);                                                   \
		return 0;                                                                          \
	}
