/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Look-up tables: what a document calls something, and what it is called here. */

#include "feed/mapping.h"
#include "obs/day.h"

enum {
	FEED_TABLE_ROWS_MAX = 100000,
	FEED_TABLE_MAX_BYTES = 16 << 20,
};

struct feed_table;

/* Give the bytes of a file that a mapping names; they last until the loading is done. */
typedef bool feed_table_open_fn(void *self, const char *file, struct span *ret, struct error *err);

/* Make the tables of all lookups of a mapping; `give` is asked for those with a file.  After a
 * failure feed_tables_free() is still right.  ERROR_INPUT: columns that are not there, dates that
 * are none, one text with two meanings at a time. */
MUST_CHECK bool feed_tables_load(struct feed_mapping *mapping, feed_table_open_fn *give, void *self,
				 struct error *err);

/* Frees the tables, not the rest of the mapping. */
void feed_tables_free(struct feed_mapping *mapping);

/* What `text` means on that day; *ret is NULL when the table does not say, and borrowed from it
 * otherwise.  ERROR_INPUT when it is not UTF-8. */
MUST_CHECK bool feed_table_find(const struct feed_table *table, struct span text, int32_t day,
				const char **ret, struct error *err);
