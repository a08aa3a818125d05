/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A document that comes in pieces and is read more than once: in memory while it is small, beyond
 * that in a temporary file without a name, which is gone when whoever holds it is.  All zeros is an
 * empty spool that holds nothing, not even a byte. */

#include "base/text.h"

enum { SPOOL_MEMORY_BYTES = 256 << 10 }; /* that are held at most */

struct spool {
	struct text held;  /* what is not in the file */
	size_t file_bytes; /* they come first */
	size_t limit_bytes;
	char *directory; /* where the file is made; NULL: all stays in memory */
	int file;	 /* 0: none */
};

#define AUTO_SPOOL AUTO(spool_done)

/* An empty one for at most limit_bytes.  The directory is copied; NULL keeps all in memory. */
MUST_CHECK bool spool_init(struct spool *spool, const char *directory, size_t limit_bytes,
			   struct error *err);

/* Append.  ERROR_LIMIT beyond the ceiling; ERROR_SYSTEM when the file cannot be written, as on a
 * full disk; ERROR_MEMORY. */
MUST_CHECK bool spool_add(struct spool *spool, struct span bytes, struct error *err);

/* How many bytes it has. */
size_t spool_len(const struct spool *spool);

/* Forget what is in it. */
void spool_clear(struct spool *spool);

/* Move it: *from is empty afterwards. */
struct spool spool_take(struct spool *from);

/* The bytes from `at` on, at least one and at most room (none at the end): borrowed, or read into
 * `buffer`. */
MUST_CHECK bool spool_read(const struct spool *spool, size_t at, char *buffer, size_t room,
			   struct span *ret, struct error *err);

/* Free what it holds; it holds nothing then. */
void spool_done(struct spool *spool);
