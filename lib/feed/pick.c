/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/pick.h"

#include <stdio.h>
#include <stdlib.h>

#include "feed/ratio.h"

void feed_pick_begin(struct feed_pick *pick, const struct feed_mapping *mapping,
		     const struct feed_sink *to)
{
	*pick = (struct feed_pick){.mapping = mapping, .to = *to};
	pick->is_needed = mapping->newest != FEED_NEWEST_ALL || mapping->ratios.count > 0 ||
			  mapping->fields.version != NULL;
}

void feed_pick_done(struct feed_pick *pick)
{
	feed_keep_done(&pick->kept);
}

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	struct feed_pick *pick = self;
	return feed_keep_add(&pick->kept, record, err);
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	struct feed_pick *pick = self;
	return pick->to.refuse(pick->to.self, refusal, err);
}

struct feed_sink feed_pick_sink(struct feed_pick *pick)
{
	return pick->is_needed ? (struct feed_sink){take, refuse, pick} : pick->to;
}

typedef int compare_fn(const struct feed_kept *a, const struct feed_kept *b);

static int compare_order(const struct feed_kept *a, const struct feed_kept *b)
{
	return (a->order > b->order) - (a->order < b->order);
}

static int by_order(const void *a, const void *b)
{
	const struct feed_kept *const *left = a;
	const struct feed_kept *const *right = b;
	return compare_order(*left, *right);
}

static int by_place(const void *a, const void *b)
{
	const struct feed_kept *const *left = a;
	const struct feed_kept *const *right = b;
	int order = feed_kept_compare_place(*left, *right);
	return order != 0 ? order : compare_order(*left, *right);
}

static int by_key(const void *a, const void *b)
{
	const struct feed_kept *const *left = a;
	const struct feed_kept *const *right = b;
	int order = feed_kept_compare_key(*left, *right);
	return order != 0 ? order : compare_order(*left, *right);
}

static void sort(struct feed_keep *keep, int (*by)(const void *, const void *))
{
	if (keep->count > 1)
		qsort(keep->items, keep->count, sizeof(struct feed_kept *), by);
}

/* The end of those from `at` on that are equal to it. */
static size_t group_end(const struct feed_keep *keep, size_t at, compare_fn *compare)
{
	size_t end = at + 1;
	while (end < keep->count && compare(keep->items[at], keep->items[end]) == 0)
		end++;
	return end;
}

/* Numbers by their value, all else by its bytes, so that dates as ISO writes them are in order. */
static int compare_version(struct span a, struct span b)
{
	struct number one;
	struct number other;
	if (number_read_json(a, &one, NULL) && number_read_json(b, &other, NULL))
		return (one.value > other.value) - (one.value < other.value);
	return feed_kept_compare_text(a, b);
}

/* Of several records for one value those with the greatest version stay. */
static void keep_newest_version(struct feed_keep *keep)
{
	sort(keep, by_key);
	for (size_t at = 0; at < keep->count;) {
		size_t end = group_end(keep, at, feed_kept_compare_key);
		struct span best = keep->items[at]->version;
		for (size_t i = at; i < end; i++)
			if (compare_version(keep->items[i]->version, best) > 0)
				best = keep->items[i]->version;
		for (; at < end; at++)
			keep->items[at]->is_gone =
				compare_version(keep->items[at]->version, best) < 0;
	}
}

static bool refuse_ratio(struct feed_pick *pick, const struct feed_kept *part,
			 const struct error *why, struct error *err)
{
	struct feed_refusal refusal = {0};
	(void)snprintf(refusal.place, sizeof refusal.place, "%.*s", SPAN_ARGS(part->place));
	(void)snprintf(refusal.found, sizeof refusal.found, "%.*s", SPAN_ARGS(part->value));
	(void)snprintf(refusal.why, sizeof refusal.why, "%.*s", (int)sizeof refusal.why - 1,
		       why->text);
	return pick->to.refuse(pick->to.self, &refusal, err);
}

static bool make_one(struct feed_pick *pick, const struct feed_ratio_case *subject,
		     struct feed_pick_counts *counts, struct error *err)
{
	struct feed_kept made;
	struct error why = {0};
	switch (feed_ratio_make(subject, &made, &why)) {
	case FEED_RATIO_NONE:
		return true;
	case FEED_RATIO_REFUSED:
		counts->refused++;
		return refuse_ratio(pick, &made, &why, err);
	case FEED_RATIO_MADE:
		break;
	}
	counts->made++;
	return feed_keep_make(&pick->kept, &made, err);
}

/* All ratios of one group; records that are made are put behind all others. */
static bool make_group(struct feed_pick *pick, size_t at, size_t count,
		       struct feed_pick_counts *counts, struct error *err)
{
	const struct feed_ratio *ratios = pick->mapping->ratios.items;
	for (size_t i = 0; i < pick->mapping->ratios.count; i++) {
		const struct feed_ratio_case subject = {.mapping = pick->mapping,
							.ratio = &ratios[i],
							.group = pick->kept.items + at,
							.count = count};
		if (!make_one(pick, &subject, counts, err))
			return false;
	}
	return true;
}

static bool make_ratios(struct feed_pick *pick, struct feed_pick_counts *counts, struct error *err)
{
	struct feed_keep *keep = &pick->kept;
	if (pick->mapping->ratios.count == 0)
		return true;
	sort(keep, by_place);
	size_t parts = keep->count;
	for (size_t at = 0; at < parts;) {
		size_t end = group_end(keep, at, feed_kept_compare_place);
		end = end < parts ? end : parts;
		if (!make_group(pick, at, end - at, counts, err))
			return false;
		at = end;
	}
	for (size_t i = 0; i < parts && !pick->mapping->keep_parts; i++)
		if (feed_ratio_has_part(pick->mapping, keep->items[i]->series))
			keep->items[i]->is_gone = true;
	return true;
}

static bool is_later(struct period a, struct period b)
{
	return a.to != b.to ? a.to > b.to : a.from > b.from;
}

static int compare_series(const struct feed_kept *a, const struct feed_kept *b)
{
	int order = feed_kept_compare_text(a->series, b->series);
	return order != 0 ? order : feed_kept_compare_area(a, b);
}

/* Of a group only the records of the newest period that has a value stay. */
static void keep_newest_of(struct feed_keep *keep, size_t at, size_t end)
{
	const struct feed_kept *newest = NULL;
	for (size_t i = at; i < end; i++) {
		const struct feed_kept *kept = keep->items[i];
		if (kept->is_gone || kept->is_missing)
			continue;
		if (newest == NULL || is_later(kept->period, newest->period))
			newest = kept;
	}
	for (size_t i = at; i < end; i++) {
		struct feed_kept *kept = keep->items[i];
		if (newest == NULL || kept->is_missing ||
		    !period_equal(kept->period, newest->period))
			kept->is_gone = true;
	}
}

static void keep_newest_period(struct feed_pick *pick)
{
	struct feed_keep *keep = &pick->kept;
	if (pick->mapping->newest == FEED_NEWEST_ALL)
		return;
	if (pick->mapping->newest == FEED_NEWEST_ONE) {
		keep_newest_of(keep, 0, keep->count);
		return;
	}
	sort(keep, by_key);
	for (size_t at = 0; at < keep->count;) {
		size_t end = group_end(keep, at, compare_series);
		keep_newest_of(keep, at, end);
		at = end;
	}
}

static bool hand_on(struct feed_pick *pick, struct feed_pick_counts *counts, struct error *err)
{
	struct feed_keep *keep = &pick->kept;
	struct feed_record record;
	sort(keep, by_order);
	for (size_t i = 0; i < keep->count; i++) {
		const struct feed_kept *kept = keep->items[i];
		counts->consumed += kept->is_gone;
		if (kept->is_gone)
			continue;
		feed_kept_record(kept, &record);
		if (!pick->to.take(pick->to.self, &record, err))
			return false;
	}
	return true;
}

bool feed_pick_end(struct feed_pick *pick, struct feed_pick_counts *ret, struct error *err)
{
	struct feed_pick_counts counts = {0};
	if (pick->mapping->fields.version != NULL)
		keep_newest_version(&pick->kept);
	if (!make_ratios(pick, &counts, err))
		return false;
	keep_newest_period(pick);
	if (!hand_on(pick, &counts, err))
		return false;
	*ret = counts;
	return true;
}

void feed_pick_count(const struct feed_pick_counts *counts, struct feed_run *run)
{
	size_t became = counts->made + counts->refused;
	run->taken += counts->made;
	run->taken -= counts->consumed;
	run->refused += counts->refused;
	run->passed += counts->consumed > became ? counts->consumed - became : 0;
}
