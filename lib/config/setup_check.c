/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/setup_check.h"

#include <stdlib.h>

#include "base/unicode.h"
#include "config/feed_check.h"

/* The ids of one table, for "did you mean". */
struct names {
	const char **items;
	size_t count;
	enum table_id table;
	bool is_partial;
};

struct check {
	const struct catalogue *catalogue;
	struct names sources, indicators, areas;
	struct problems *problems;
};

static void free_names(struct check *check)
{
	free(check->sources.items);
	free(check->indicators.items);
	free(check->areas.items);
}

/* The id is the first field of every item. */
static bool make_names(struct names *names, const void *items, size_t count, size_t item_bytes,
		       struct error *err)
{
	names->items = calloc(count + 1, sizeof *names->items);
	if (names->items == NULL)
		return error_memory(err);
	for (size_t i = 0; i < count; i++)
		names->items[i] = (const char *)items + i * item_bytes;
	names->count = count;
	return true;
}

static int compare_name(const void *id, const void *item)
{
	return strcmp(id, *(const char *const *)item);
}

/* Where in a feed an id stands. */
struct use {
	const struct config_feed *feed;
	const char *key;
	int entry;
	const char *what; /* in front of the id */
};

static void check_id_in(const struct check *check, const struct names *names, const struct use *use,
			const char *id)
{
	if (names->is_partial ||
	    bsearch(id, names->items, names->count, sizeof *names->items, compare_name) != NULL)
		return;
	const char *table = config_tables[names->table].name;
	const char *nearest = unicode_nearest(span_of(id), names->items, names->count);
	feed_problem(check->problems, PROBLEM_ERROR, use->feed, use->key, use->entry,
		     nearest != NULL ? "%s '%s' is not in %s; did you mean '%s'?"
				     : "%s '%s' is not in %s",
		     use->what, id, table, nearest);
}

static void check_scheme(const struct check *check, const struct config_feed *feed,
			 unsigned partial)
{
	bool is_known = strcmp(feed->area_scheme, "id") == 0 ||
			(partial & (1u << TABLE_AREA_CODES | 1u << TABLE_AREAS)) != 0;
	const char *nearest = NULL;
	for (size_t i = 0; i < check->catalogue->code_count && !is_known; i++) {
		const char *scheme = check->catalogue->codes[i].scheme;
		is_known = strcmp(feed->area_scheme, scheme) == 0;
		if (unicode_nearest(span_of(feed->area_scheme), &scheme, 1) != NULL)
			nearest = scheme;
	}
	if (is_known)
		return;
	feed_problem(check->problems, PROBLEM_ERROR, feed, "area_scheme", -1,
		     nearest != NULL ? "area_scheme '%s' is not in area_codes.csv; did you mean "
				       "'%s'?"
				     : "area_scheme '%s' is not in area_codes.csv; id, name and "
				       "name_vi are always there",
		     feed->area_scheme, nearest);
}

static void check_series(const struct check *check, const struct config_feed *feed)
{
	for (size_t i = 0; i < feed->series.count; i++) {
		struct config_series series;
		if (!config_series_parse(span_of(feed->series.items[i].value), &series, NULL))
			continue; /* named when the file was read */
		check_id_in(check, &check->indicators,
			    &(struct use){feed, "series", (int)i, "indicator"}, series.indicator);
	}
}

static void check_feed(const struct check *check, const struct config_feed *feed, unsigned partial)
{
	if (feed->source != NULL)
		check_id_in(check, &check->sources, &(struct use){feed, "source", -1, "source"},
			    feed->source);
	if (feed->indicator != NULL)
		check_id_in(check, &check->indicators,
			    &(struct use){feed, "indicator", -1, "indicator"}, feed->indicator);
	check_series(check, feed);
	for (size_t i = 0; i < feed->areas.count; i++)
		check_id_in(check, &check->areas, &(struct use){feed, "areas", (int)i, "area"},
			    feed->areas.items[i].value);
	if (feed->area_scheme != NULL)
		check_scheme(check, feed, partial);
}

bool setup_check(const struct setup *setup, unsigned partial, struct problems *problems,
		 struct error *err)
{
	const struct catalogue *all = setup->catalogue;
	AUTO(free_names)
	struct check check = {
		.catalogue = all,
		.problems = problems,
		.sources = {.table = TABLE_SOURCES,
			    .is_partial = (partial & 1u << TABLE_SOURCES) != 0},
		.indicators = {.table = TABLE_INDICATORS,
			       .is_partial = (partial & 1u << TABLE_INDICATORS) != 0},
		.areas = {.table = TABLE_AREAS, .is_partial = (partial & 1u << TABLE_AREAS) != 0},
	};
	if (!make_names(&check.sources, all->sources, all->source_count, sizeof *all->sources,
			err) ||
	    !make_names(&check.indicators, all->indicators, all->indicator_count,
			sizeof *all->indicators, err) ||
	    !make_names(&check.areas, all->areas, all->area_count, sizeof *all->areas, err))
		return false;
	for (size_t i = 0; i < setup->config->feeds.count; i++) {
		const struct config_feed *feed = config_feed_at(setup->config, i);
		/* one that is off may wait for its rows */
		if (feed->id != NULL && feed->is_enabled)
			check_feed(&check, feed, partial);
	}
	return true;
}
