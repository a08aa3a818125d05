/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/feed_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "config/release.h"
#include "config/request_check.h"
#include "obs/day.h"

enum { PROBLEM_BYTES = 2048 };

void feed_problem(struct problems *problems, enum problem_level level,
		  const struct config_feed *feed, const char *key, int entry, const char *fmt, ...)
{
	char text[PROBLEM_BYTES];
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	problem_add(problems, level, feed->file, config_feed_line(feed, key, entry),
		    "feed '%s': %s", feed->id, text);
}

static void check_id(struct config_feed *feed, struct problems *problems)
{
	struct error why = {0};
	if (!id_check(span_of(feed->id), "id", &why))
		feed_problem(problems, PROBLEM_ERROR, feed, "id", -1, "%s", why.text);
}

static void check_times(struct config_feed *feed, struct problems *problems)
{
	if (feed->jitter_s > feed->every_s)
		feed->jitter_s = feed->every_s;
	if (feed->timeout_s > feed->every_s)
		feed_problem(problems, PROBLEM_ERROR, feed, "timeout", -1,
			     "timeout is longer than every");
}

static void check_mapping(struct config_feed *feed, struct problems *problems)
{
	struct error why = {0};
	if (feed->mapping.format == 0 || feed_mapping_check(&feed->mapping, &why))
		return;
	if (why.code == ERROR_MEMORY)
		problems->no_memory = true;
	feed_problem(problems, PROBLEM_ERROR, feed, "read", -1, "read: %s", why.text);
}

/* Put it in canonical order, in place: never longer than it was written. */
static void check_breakdown(struct config_feed *feed, struct problems *problems)
{
	char canonical[BREAKDOWN_BYTES];
	struct error why = {0};
	if (feed->breakdown == NULL)
		return;
	if (feed->indicator == NULL)
		feed_problem(problems, PROBLEM_ERROR, feed, "breakdown", -1,
			     "breakdown needs indicator beside it");
	else if (!breakdown_normalise(span_of(feed->breakdown), canonical, &why))
		feed_problem(problems, PROBLEM_ERROR, feed, "breakdown", -1, "breakdown: %s",
			     why.text);
	else if (strlen(canonical) <= strlen(feed->breakdown))
		memcpy(feed->breakdown, canonical, strlen(canonical) + 1);
}

static void check_series(struct config_feed *feed, struct problems *problems)
{
	if ((feed->indicator != NULL) == (feed->series.count > 0))
		feed_problem(problems, PROBLEM_ERROR, feed,
			     feed->indicator != NULL ? "series" : "id", -1, "%s",
			     feed->indicator != NULL
				     ? "indicator and series do not go together; give one of them"
				     : "key 'indicator' or 'series' is missing: it says what the "
				       "figures are about");
	for (size_t i = 0; i < feed->series.count; i++) {
		struct config_series parsed;
		struct error why = {0};
		if (!config_series_parse(span_of(feed->series.items[i].value), &parsed, &why))
			feed_problem(problems, PROBLEM_ERROR, feed, "series", (int)i,
				     "series '%s': %s", feed->series.items[i].name, why.text);
	}
}

static void check_codes(struct config_feed *feed, struct problems *problems)
{
	for (size_t i = 0; i < feed->codes.count; i++) {
		const struct key_pair *pair = &feed->codes.items[i];
		struct span rest = span_of(pair->name);
		struct span dimension = span_cut(&rest, '=');
		struct error why = {0};
		if (rest.start == NULL)
			(void)error_set(&why, ERROR_INPUT, "write dimension=text of the document");
		else if (key_map_get(&feed->mapping.dims, dimension) == NULL)
			(void)error_set(&why, ERROR_INPUT,
					"dimension '%.*s' is not among the dims of read",
					SPAN_ARGS(dimension));
		else if (pair->value[0] == '\0' || id_check(span_of(pair->value), "code", &why))
			continue;
		feed_problem(problems, PROBLEM_ERROR, feed, "codes", (int)i, "codes '%s': %s",
			     pair->name, why.text);
	}
}

static void check_release(struct config_feed *feed, struct problems *problems)
{
	for (size_t i = 0; i < feed->release.count; i++) {
		struct release release;
		struct error why = {0};
		if (!release_parse(span_of(feed->release.items[i]), &release, &why))
			feed_problem(problems, PROBLEM_ERROR, feed, "release", (int)i,
				     "release: %s", why.text);
	}
	if (feed->release.count > 0 && feed->release_every_s > feed->every_s)
		feed_problem(problems, PROBLEM_ERROR, feed, "release_every", -1,
			     "release_every is longer than every");
	if ((feed->calls > 0) != (feed->budget != NULL))
		feed_problem(
			problems, PROBLEM_ERROR, feed, "budget", -1,
			"budget and calls go together: the name that feeds share, and how many "
			"requests it allows");
}

static void check_units(struct config_feed *feed, struct problems *problems)
{
	if (feed->unit != NULL && feed->units.count > 0)
		feed_problem(problems, PROBLEM_ERROR, feed, "units", -1,
			     "unit and units do not go together; give one of them");
}

static void check_published(struct config_feed *feed, struct problems *problems)
{
	int32_t day;
	struct error why = {0};
	if (feed->published != NULL && !day_parse_published(span_of(feed->published), &day, &why))
		feed_problem(problems, PROBLEM_ERROR, feed, "published", -1, "published: %s",
			     why.text);
}

void feed_check(const struct config *config, struct config_feed *feed, struct problems *problems)
{
	typedef void check_fn(struct config_feed *, struct problems *);
	static check_fn *const checks[] = {check_id,	    check_times,  check_mapping,
					   check_breakdown, check_series, check_codes,
					   check_published, check_units,  check_release};
	/* that they are missing was said when the file was read */
	if (feed->id == NULL || feed->url == NULL)
		return;
	for (size_t i = 0; i < COUNT_OF(checks); i++)
		checks[i](feed, problems);
	request_check(config, feed, problems);
}

/* Feeds that share a budget have to agree on it. */
static void check_budgets(const struct config *config, struct problems *problems)
{
	for (size_t i = 0; i < config->feeds.count; i++) {
		const struct config_feed *feed = config_feed_at(config, i);
		for (size_t k = 0; feed->budget != NULL && k < i; k++) {
			const struct config_feed *other = config_feed_at(config, k);
			if (other->budget == NULL || strcmp(other->budget, feed->budget) != 0)
				continue;
			if (other->calls != feed->calls || other->calls_per_s != feed->calls_per_s)
				feed_problem(problems, PROBLEM_ERROR, feed, "budget", -1,
					     "budget '%s' has other calls or calls_per at %s:%d",
					     feed->budget, other->file,
					     config_feed_line(other, "budget", -1));
			break;
		}
	}
}

static int compare_ids(const void *a, const void *b)
{
	const struct config_feed *const *left = a;
	const struct config_feed *const *right = b;
	int order = strcmp((*left)->id, (*right)->id);
	return order != 0 ? order : (*left > *right) - (*left < *right);
}

bool feed_check_ids(const struct config *config, struct problems *problems, struct error *err)
{
	AUTO_FREE const struct config_feed **sorted =
		calloc(config->feeds.count + 1, sizeof *sorted);
	if (sorted == NULL)
		return error_memory(err);
	size_t count = 0;
	check_budgets(config, problems);
	for (size_t i = 0; i < config->feeds.count; i++) {
		const struct config_feed *feed = config_feed_at(config, i);
		if (feed->id != NULL)
			sorted[count++] = feed;
	}
	qsort(sorted, count, sizeof *sorted, compare_ids);
	for (size_t i = 1; i < count; i++) {
		if (strcmp(sorted[i]->id, sorted[i - 1]->id) == 0)
			feed_problem(problems, PROBLEM_ERROR, sorted[i], "id", -1,
				     "id is taken by the feed at %s:%d", sorted[i - 1]->file,
				     config_feed_line(sorted[i - 1], "id", -1));
	}
	return true;
}

bool config_series_parse(struct span written, struct config_series *ret, struct error *err)
{
	struct config_series parsed = {0};
	struct span rest = written;
	struct span indicator = span_cut(&rest, '/');
	if (!id_check(indicator, "indicator", err) ||
	    !breakdown_normalise(rest, parsed.breakdown, err))
		return false;
	if (!span_copy(indicator, parsed.indicator, sizeof parsed.indicator))
		return error_set(err, ERROR_LIMIT, "indicator is too long");
	*ret = parsed;
	return true;
}
