/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Totals of a group from the figures of its members in the ledger; of an area before it began, from
 * the areas that went wholly into it. */

#include "assess/total.h"
#include "ledger/series.h"

struct judge;

enum { TOTAL_AREAS_MAX = 100000, TOTAL_FIGURES_MAX = 4000000 };

/* All totals of a series. */
struct totals {
	struct total *items; /* by period, also those that are refused */
	size_t count;
	struct observation *rows; /* of those with a value, for standing_add_totals */
	size_t row_count;
	int64_t newest; /* the last row of the log that any of it rests on */
};

/* Free them and make it empty again. */
void totals_done(struct totals *totals);

/* Can there be totals of this indicator in the area: has it members and the indicator a rule, or
 * has it predecessors? */
bool judge_has_totals(const struct catalogue *catalogue, const struct indicator *indicator,
		      const char *area);

/* Is a figure of `indicator` in `area` part of totals of `of` in `group`: as the value of a member
 * or predecessor, or as its weight? */
bool judge_total_rests_on(const struct catalogue *catalogue, const struct indicator *of,
			  const char *group, const char *indicator, const char *area);

/* Make the totals of a series: for each period for which a member has a value. */
MUST_CHECK bool judge_totals(const struct judge *judge, const struct series_key *key,
			     struct totals *ret, struct error *err);

/* One member in a total, or an area of which a member was made. */
struct total_share {
	const struct area *area;
	const struct area *within; /* the member that it went into; NULL: it is a member */
	enum total_part part;
	bool has_figure;
	struct total_figure figure;
	struct measure weight;
};

/* What each expected member has to say of a period, by area id, followed by the areas of which its
 * figure is made where it has none of its own; the same as the totals rest on.
 * Empty when there is no total of the period. */
struct total_shares {
	struct total_share *items;
	size_t count;
	struct total total;
	enum total_form form; /* TOTAL_NONE: the same territory under another id */
};

#define AUTO_TOTAL_SHARES AUTO(total_shares_done)
/* Free them and make it empty again. */
void total_shares_done(struct total_shares *shares);

/* Of one period, in the place of what `ret` had. */
MUST_CHECK bool judge_total_shares(const struct judge *judge, const struct series_key *key,
				   struct period period, struct total_shares *ret,
				   struct error *err);
