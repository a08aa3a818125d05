/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A mapping made ready for reading: its fields and patterns read once, the format's own where the
 * mapping says nothing. */

#include <regex.h>

#include "feed/feed.h"
#include "feed/field.h"
#include "feed/period_pattern.h"

struct feed_plan {
	const struct feed_mapping *mapping;
	const struct feed_format *format;
	/* the mapping's, with the format's decimal sign, separator and levels */
	struct feed_numbers numbers;
	struct feed_statuses status;
	struct key_texts expand;
	char separator[2], *expand_item, expand_text[FEED_FIELD_BYTES]; /* of the format */
	struct span records;						/* pointer */
	const char *revision;						/* pointer; NULL: none */
	struct feed_field *dims, *filters; /* as many as the mapping has */
	const struct feed_filter *filter_rows;
	size_t filter_count;
	regex_t *matches, *matches_not;
	size_t match_count;		    /* filters whose expressions are compiled */
	regex_t parts[FEED_LOOKUPS_MAX];    /* of lookups that have one */
	size_t part_count;		    /* lookups that are past that */
	size_t lookup_at[FEED_LOOKUPS_MAX]; /* slot, or FEED_SLOTS and the number of a dimension */
	struct feed_period_pattern patterns[FEED_LIST_MAX];
	size_t pattern_count;
	struct feed_period_pattern published[FEED_PUBLISHED_MAX];
	size_t published_count;
	struct feed_field fields[FEED_SLOTS]; /* last: pieces are written before they are read */
};

/* The key of a slot: "fields.area". */
const char *feed_slot_key(enum feed_slot slot);

/* What the mapping itself says of a slot, borrowed; NULL: nothing. */
const char *feed_slot_given(const struct feed_mapping *mapping, enum feed_slot slot);

/* Add to `err`, the ERROR_NOT_FOUND of a column, how to name another, when only the format says
 * that it is there.  Always false. */
bool feed_plan_fail_default(const struct feed_plan *plan, const struct feed_field *field,
			    struct error *err);

/* May what only the format names be absent from a document: a status, a unit, a multiplier? */
bool feed_plan_may_lack(const struct feed_plan *plan, const struct feed_field *field);

/* Is there a multiplier of which the mapping does not say what it does? */
bool feed_plan_has_unsaid_scale(const struct feed_plan *plan);

/* Frees *slot with its expressions, and makes it NULL. */
void feed_plan_free(struct feed_plan **slot);
#define AUTO_FEED_PLAN AUTO(feed_plan_free)

/* ERROR_INPUT names the key.  For the caller to feed_plan_free(); the mapping has to outlive it. */
MUST_CHECK bool feed_plan_new(const struct feed_mapping *mapping, struct feed_plan **ret,
			      struct error *err);

/* Call `each` for every field that is used, until it returns false. */
bool feed_plan_fields(struct feed_plan *plan,
		      bool (*each)(void *self, struct feed_field *field, struct error *err),
		      void *self, struct error *err);
