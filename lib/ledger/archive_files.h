/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: where the archive's files are, and how one is written so that it is whole
 * or not there. */

#include "base/spool.h"
#include "ledger/disk.h"
#include "ledger/hash.h"

/* What a file of the archive is, by how its name ends. */
enum archive_kind {
	ARCHIVE_DOCUMENT, /* .zst: the bytes, compressed */
	ARCHIVE_PAGES,	  /* .pages: hashes of the documents that make one, a line each */
};

/* How the name of a file ends that is being written. */
#define ARCHIVE_TEMPORARY ".tmp"

/* <state>/archive/ab/abcd....zst */
MUST_CHECK bool archive_path(const char *state_dir, const struct sha256 *hash,
			     enum archive_kind kind, char ret[LEDGER_PATH_BYTES],
			     struct error *err);

/* Is it there? */
bool archive_file_exists(const char *state_dir, const struct sha256 *hash, enum archive_kind kind);

/* Say that it was wanted now, so that it does not expire. */
void archive_touch(const char *state_dir, const struct sha256 *hash, enum archive_kind kind);

/* Written beside its place, synced, and then put there. */
MUST_CHECK bool archive_write(const char *state_dir, const struct sha256 *hash,
			      enum archive_kind kind, const struct spool *bytes, struct error *err);

/* A name in the archive's directories; false when it is not one of ours. */
bool archive_parse_name(const char *name, struct sha256 *ret, enum archive_kind *ret_kind);
