/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From a tree to records: the list at a pointer, and lists within its records (`expand`). */

#include <jansson.h>

#include "feed/source.h"

enum { FEED_EXPAND_MAX = 4 };

/* Offer every element of the array at the plan's pointer, or of the lists in them that `expand`
 * names; one that is a text is read as JSON.  FEED_CAUSE_SHAPE when there is no array. */
MUST_CHECK bool feed_json_records(struct feed_source *source, const json_t *top, struct error *err);

/* What a format makes of a record before its fields are read; it may add members.  When it refuses
 * it writes why, at most FEED_WHY_BYTES.  false: there is no memory. */
enum feed_json_look { FEED_JSON_TAKE, FEED_JSON_PASS, FEED_JSON_REFUSE };
typedef bool feed_json_look_fn(const json_t *top, json_t *record, enum feed_json_look *ret,
			       char *why);

/* The same with such a look; NULL: all are taken. */
MUST_CHECK bool feed_json_records_looked(struct feed_source *source, const json_t *top,
					 feed_json_look_fn *look, struct error *err);

/* Offer one record of the list, the one with this number, or the records in its lists. */
MUST_CHECK bool feed_json_record_offer(struct feed_source *source, const json_t *top,
				       json_t *record, size_t index, struct error *err);

/* The same with such a look. */
MUST_CHECK bool feed_json_record_looked(struct feed_source *source, const json_t *top,
					json_t *record, size_t index, feed_json_look_fn *look,
					struct error *err);

/* Read the document with a list of records that the source holds, as its format's rules say. */
MUST_CHECK bool feed_json_records_decode(struct feed_source *source, struct error *err);

/* Read the cell of a value, NULL for none; `name` says what it is.  ERROR_INPUT when it is neither
 * a text nor a number. */
MUST_CHECK bool feed_json_cell(const json_t *value, struct span name, struct feed_cell *ret,
			       struct error *err);

/* Does no field go up beyond the first record, and are there not too many levels? */
MUST_CHECK bool feed_json_check_levels(struct feed_plan *plan, struct error *err);

/* Does it need to know under which name or number a record stands? */
bool feed_json_is_keyed(struct feed_plan *plan);
