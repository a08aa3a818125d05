/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Derived tables: what stands, what was judged, how far the appliers are.  Emptied and refilled by
 * a rebuild, compared by verify. */

#include "ledger/log.h"

enum { DERIVED_NAME_BYTES = 32, STANDING_ROWS_MAX = 100000 };

/* What stands for one reporting period of a series. */
struct standing_row {
	struct period reporting;
	int64_t seq;
	bool stand_in;
};

struct standing_rows {
	struct standing_row *items;
	size_t count, room;
};

#define AUTO_STANDING_ROWS AUTO(standing_rows_done)

/* Replace all rows of a series; count 0 clears it.  Writes only what differs; *ret_changed (may be
 * NULL) says whether anything did. */
MUST_CHECK bool standing_put(struct ledger *ledger, int64_t series, const struct standing_row *rows,
			     size_t count, bool *ret_changed, struct error *err);

/* Those of a series by period.  The array can be handed in again and again. */
MUST_CHECK bool standing_read(struct ledger *ledger, int64_t series, struct standing_rows *ret,
			      struct error *err);
void standing_rows_done(struct standing_rows *rows);

/* The value that stands for a reporting period; not set where what stands is that it is missing. */
struct standing_value {
	int32_t from_day;
	bool is_set;
	double value;
};

struct standing_values {
	struct standing_value *items;
	size_t count, room;
};

#define AUTO_STANDING_VALUES AUTO(standing_values_done)

/* The values of standing_read, without judging anew.  The array can be handed in again. */
MUST_CHECK bool standing_values_read(struct ledger *ledger, int64_t series,
				     struct standing_values *ret, struct error *err);
void standing_values_done(struct standing_values *values);

/* Called for each series that has any, in order of id. */
typedef bool standing_fn(void *self, int64_t series, const struct standing_rows *rows,
			 struct error *err);
MUST_CHECK bool standing_each(struct ledger *ledger, standing_fn *take, void *self,
			      struct error *err);

/* A number that may not be there. */
struct derived_number {
	bool is_set;
	double value;
};

/* The verdict on one target in one area, as judged on `day`. */
struct assessment_row {
	char target[ID_BYTES], area[ID_BYTES];
	int32_t day;
	char state[DERIVED_NAME_BYTES], reason[DERIVED_NAME_BYTES]; /* reason "": none */
	char method[DERIVED_NAME_BYTES], symbol[DERIVED_NAME_BYTES];
	bool exceeded, is_final, late, provisional;
	int64_t seq;		 /* the deciding row; 0: none */
	struct period reporting; /* of the deciding value; from == to: none */
	bool stand_in;
	struct derived_number value; /* what was judged; where a year is made from its months not
				      * that of the deciding row */
	int32_t last_from;	     /* first day of the last usable period; DAY_NONE: none */
	struct derived_number target_value, target_value_high, base_value;
	struct derived_number gap, gap_to_path;
	struct derived_number actual_change, required_change, required_from_base;
	struct derived_number projected, projected_raw, projected_gap;
	struct derived_number band_low, band_high, measure;
	int32_t used_count;	    /* usable values that the method looked at */
	int32_t used_from, used_to; /* their first day and the day after their last; equal: none */
};

/* Put it in the place of the one of its target and area. */
MUST_CHECK bool assessment_put(struct ledger *ledger, const struct assessment_row *row,
			       struct error *err);

/* ret->target is "" when there is none. */
MUST_CHECK bool assessment_read(struct ledger *ledger, const char *target, const char *area,
				struct assessment_row *ret, struct error *err);

/* The same with the deciding row, without when it was received; ret_deciding->seq is 0 when there
 * is none. */
MUST_CHECK bool assessment_read_decided(struct ledger *ledger, const char *target, const char *area,
					struct assessment_row *ret,
					struct observation *ret_deciding, struct error *err);

/* Take one away; no failure when there is none. */
MUST_CHECK bool assessment_remove(struct ledger *ledger, const char *target, const char *area,
				  struct error *err);

/* Called for each by target and area, with the deciding row (NULL: none; borrowed). */
typedef bool assessment_fn(void *self, const struct assessment_row *row,
			   const struct observation *deciding, struct error *err);
MUST_CHECK bool assessment_each(struct ledger *ledger, assessment_fn *take, void *self,
				struct error *err);

/* Do two say the same (all fields but day; numbers at 15 digits)? */
bool assessment_equal(const struct assessment_row *a, const struct assessment_row *b);

/* Empty standing, assessment, assessment_total and applied. */
MUST_CHECK bool derived_clear(struct ledger *ledger, struct error *err);

/* How far an applier ("standing", "assessment") has come; 0 at first. */
MUST_CHECK bool applied_read(struct ledger *ledger, const char *applier, int64_t *ret_seq,
			     struct error *err);
MUST_CHECK bool applied_put(struct ledger *ledger, const char *applier, int64_t seq,
			    struct error *err);
