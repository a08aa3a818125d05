/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the rows of a small run, put aside in memory.  Ids of series are 1, 2, ...
 * in the order in which they came. */

#include "base/text.h"
#include "ledger/log.h"

enum { STAGE_MEMORY_ROWS = 16384 };

/* A row; texts are places in `texts`. */
struct stage_memory_row {
	struct observation obs; /* its series is an id of this memory */
	uint32_t locator, raw, warning;
};

struct stage_memory {
	struct stage_memory_row *rows;
	size_t count, row_room;
	uint32_t *order; /* NULL: as they came */
	uint32_t *keys;	 /* of each series: three texts, one after the other */
	size_t key_count, key_room;
	uint32_t *slots; /* by the hash of its key: id of a series, or 0 */
	size_t slot_count;
	int64_t last; /* id of the series that was named last */
	struct text texts;
};

/* Free what is in it; it is empty afterwards. */
void stage_memory_done(struct stage_memory *memory);

/* Is there room for another row? */
bool stage_memory_has_room(const struct stage_memory *memory);

/* The id of a series, made when it is new. */
MUST_CHECK bool stage_memory_name(struct stage_memory *memory, const struct series_key *key,
				  int64_t *ret, struct error *err);
MUST_CHECK bool stage_memory_add(struct stage_memory *memory, const struct observation *obs,
				 const struct provenance *from, struct error *err);

/* Borrowed until the next series or row. */
struct series_key stage_memory_key(const struct stage_memory *memory, int64_t series);
struct provenance stage_memory_from(const struct stage_memory *memory,
				    const struct stage_memory_row *row);

/* Sort by series, period, source and known day.  *ret_twice: two rows have all of it the same. */
MUST_CHECK bool stage_memory_sort(struct stage_memory *memory, bool *ret_twice, struct error *err);

/* The i-th row, sorted if that was asked for. */
const struct stage_memory_row *stage_memory_at(const struct stage_memory *memory, size_t i);
