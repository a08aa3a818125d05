/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What there is to judge: every target in each of its areas. */

#include "judge/judge.h"

enum { JUDGE_ITEMS_MAX = 2000000 };

struct judge_item {
	const struct target *target;
	const struct area *area;
	const struct indicator *indicator;
	const struct act *act;
};

struct judge_items {
	struct judge_item *items;
	size_t count, room;
};

#define AUTO_JUDGE_ITEMS AUTO(judge_items_done)
/* Free the array; the rows borrow. */
void judge_items_done(struct judge_items *items);

/* Those that pass the filter on the day (NULL: all of the catalogue), sorted by series, then due
 * day, then target. They borrow from the catalogue. */
MUST_CHECK bool judge_items_find(const struct catalogue *catalogue,
				 const struct judge_filter *filter, int32_t day,
				 struct judge_items *ret, struct error *err);

/* Order of series: indicator, breakdown, area: <0, 0, >0. */
int judge_compare_series(const struct series_key *a, const struct series_key *b);

/* Are both about the same series? */
bool judge_items_share(const struct judge_item *a, const struct judge_item *b);

/* What is judged, without a verdict. */
struct judged_target judge_item_target(const struct judge_item *item);

/* The key of its series, borrowed from the item. */
struct series_key judge_item_series(const struct judge_item *item);
