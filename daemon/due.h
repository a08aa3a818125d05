/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is due next, among many: a heap of times.  Entries are never taken out of the middle;
 * whoever pops one looks whether it still holds. */

#include <stdint.h>

#include "base/error.h"

#include <stddef.h>

enum { DUE_MAX = 1000000 };

struct due_entry {
	int64_t at;
	size_t what;
};

struct due {
	struct due_entry *items;
	size_t count, room;
};

/* Remember that `what` is due at `at`. */
MUST_CHECK bool due_push(struct due *due, int64_t at, size_t what, struct error *err);

/* The earliest; NULL when there is none.  Borrowed until the next call. */
const struct due_entry *due_first(const struct due *due);

/* Take the earliest away; there has to be one. */
void due_pop(struct due *due);
void due_done(struct due *due);
