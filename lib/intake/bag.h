/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An export of the whole ledger as a directory, which is a bag of RFC 8493 (BagIt): files below
 * data/, and their SHA-256 in manifest-sha256.txt, as sha256sum(1) reads it. */

#include "base/text.h"
#include "ledger/hash.h"

enum { BAG_NAME_BYTES = 128, BAG_FILES_MAX = 20000000, BAG_TAG_BYTES = 1 << 16 };

struct bag;

#define AUTO_BAG AUTO(bag_free)

/* Open one and read all of it: every file that its manifests name is there and has its hash, and
 * below data/ there is nothing else.  ERROR_INPUT names the file that is wrong; ERROR_VERSION when
 * a newer envgap made it. */
MUST_CHECK bool bag_open(const char *path, struct bag **ret, struct error *err);

/* Frees *slot, which may be NULL, and makes it NULL. */
void bag_free(struct bag **slot);

/* Its path; borrowed. */
const char *bag_path(const struct bag *bag);

/* The files below data/, by name ("events.csv", "documents/0a1b..."); borrowed. */
size_t bag_count(const struct bag *bag);
const char *bag_name(const struct bag *bag, size_t index);

/* Is there a file of this name? */
bool bag_has(const struct bag *bag, const char *name);

/* The bytes of one of them, mapped, until bag_unmap. */
MUST_CHECK bool bag_map(const struct bag *bag, const char *name, struct span *ret,
			struct error *err);
void bag_unmap(struct span *bytes);

#define AUTO_BAG_MAP AUTO(bag_unmap)

/* Called for each line of a manifest; the name is NUL-terminated; false stops, err says why. */
typedef bool bag_line_fn(void *self, const struct sha256 *hash, const char *name,
			 struct error *err);

/* Read the text of a manifest, "HASH  NAME" a line; the failure has its line. */
MUST_CHECK bool bag_read_manifest(struct span text, bag_line_fn *take, void *self,
				  struct error *err);
