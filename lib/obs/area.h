/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Areas, the codes and names that they carry, and the groups that they are in. */

#include "obs/day.h"
#include "obs/ids.h"

struct area {
	char id[ID_BYTES];
	char *name, *name_vi;
	char kind[ID_BYTES];
	int32_t valid_from, valid_to; /* half-open; DAY_NONE: open */
	int line;
	size_t sort_from, sort_to; /* scratch of catalogue_sort() */
};

struct area_code {   /* gso, iso, m49, name, name_vi and any other scheme */
	size_t area; /* index */
	char scheme[ID_BYTES];
	char *code, *folded; /* folded: area_code_fold() of it */
	int32_t valid_from, valid_to;
};

struct area_member {
	char group[ID_BYTES], area[ID_BYTES];
	int32_t valid_from, valid_to;
	int line;
};

/* A code or name as it is compared: unicode_fold(), and without leading zeros when it is a number,
 * so that "4" and "004" are one.  For the caller to free. */
MUST_CHECK char *area_code_fold(struct span code, struct error *err);

/* Is the day within a half-open validity, in which DAY_NONE is open?  DAY_NONE as day is any day.
 */
bool area_valid_on(int32_t from, int32_t to, int32_t day);

/* Is the area valid on that day?  DAY_NONE as day is always. */
bool area_is_valid(const struct area *area, int32_t day);

/* Append it to a list of areas that may be meant: "P63:75 (until 2025-06-30)". */
void area_add_candidate(struct text *list, const struct area *area);
