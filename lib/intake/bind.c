/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/bind.h"

#include <stdio.h>

#include "assess/lint.h"

enum { DAY_LEN = 10 };

/* One record on its way; steps fill `bound` or set err. */
struct binding {
	const struct intake *intake;
	const struct config_feed *feed;
	const struct feed_record *record;
	struct bound bound;
	bool is_ignored;
	struct error err;
};

/* Stops the steps; the record is refused, or passed over when the feed wants that. */
static bool unknown(struct binding *binding, int policy, const char *what, struct span text)
{
	binding->is_ignored = policy == CONFIG_UNKNOWN_IGNORE;
	return error_set(&binding->err, ERROR_INPUT,
			 "%s '%.*s' has no counterpart in the catalogue", what, SPAN_ARGS(text));
}

static bool find_indicator(struct binding *binding)
{
	const struct config_feed *feed = binding->feed;
	struct config_series series = {0};
	struct span named = span_of(feed->indicator);
	if (feed->indicator == NULL) {
		const char *written = key_map_get(&feed->series, binding->record->series);
		if (written == NULL)
			return unknown(binding, feed->unknown_series, "series",
				       binding->record->series);
		if (!config_series_parse(span_of(written), &series, &binding->err))
			return false;
		named = span_of(series.indicator);
		memcpy(binding->bound.breakdown, series.breakdown, sizeof series.breakdown);
	} else if (feed->breakdown != NULL) {
		(void)snprintf(binding->bound.breakdown, sizeof binding->bound.breakdown, "%s",
			       feed->breakdown);
	}
	binding->bound.indicator = catalogue_indicator(binding->intake->apply.catalogue, named);
	return binding->bound.indicator != NULL ||
	       unknown(binding, CONFIG_UNKNOWN_REFUSE, "indicator", named);
}

/* The catalogue's code for what the document says in a dimension; "" leaves the dimension out. */
static bool add_dimension(struct binding *binding, struct text *breakdown, const char *dimension,
			  struct span said)
{
	AUTO_TEXT struct text key = text_with_limit(BREAKDOWN_BYTES + FEED_FIELD_BYTES);
	text_addf(&key, "%s=%.*s", dimension, SPAN_ARGS(said));
	if (!text_ok(&key, "a dimension", &binding->err))
		return false;
	const char *code = key_map_get(&binding->feed->codes, text_span(&key));
	struct span written = code ? span_of(code) : said;
	if (written.len == 0)
		return true;
	text_addf(breakdown, "%s%s=%.*s", breakdown->len ? ";" : "", dimension, SPAN_ARGS(written));
	return true;
}

static bool find_breakdown(struct binding *binding)
{
	AUTO_TEXT struct text breakdown = text_with_limit(BREAKDOWN_BYTES);
	const struct key_map *dims = &binding->feed->mapping.dims;
	text_add_string(&breakdown, binding->bound.breakdown);
	for (size_t i = 0; i < dims->count && i < binding->record->dim_count; i++) {
		if (!add_dimension(binding, &breakdown, dims->items[i].name,
				   binding->record->dims[i]))
			return false;
	}
	return text_ok(&breakdown, "the breakdown", &binding->err) &&
	       breakdown_normalise(text_span(&breakdown), binding->bound.breakdown, &binding->err);
}

static bool find_area(struct binding *binding)
{
	const struct catalogue *catalogue = binding->intake->apply.catalogue;
	const struct config_feed *feed = binding->feed;
	struct span said = binding->record->area;
	const char *named = key_map_get(&feed->areas, said);
	if (named != NULL) {
		binding->bound.area = catalogue_area(catalogue, span_of(named));
		return binding->bound.area != NULL ||
		       unknown(binding, CONFIG_UNKNOWN_REFUSE, "area", span_of(named));
	}
	struct error reason = {0};
	if (catalogue_area_by_code(catalogue, feed->area_scheme ? feed->area_scheme : "id", said,
				   period_last_day(binding->record->period_parsed),
				   &binding->bound.area, &reason))
		return true;
	if (reason.code == ERROR_NOT_FOUND)
		return unknown(binding, feed->unknown_area, "area", said);
	return error_set(&binding->err, reason.code, "%s", reason.text);
}

/* By the feed's table of units and the indicator's own. */
static bool check_units(struct binding *binding)
{
	struct span said = binding->record->unit;
	const char *meant = key_map_get(&binding->feed->units, said);
	const char *wanted = binding->bound.indicator->unit;
	if (meant == NULL && said.len == 0)
		return error_set(&binding->err, ERROR_INPUT,
				 "there is no unit, and units of the feed has none for that");
	if (meant == NULL)
		return error_set(&binding->err, ERROR_INPUT,
				 "unit '%.*s' is not among the units of the feed", SPAN_ARGS(said));
	return strcmp(meant, wanted) == 0 ||
	       error_set(&binding->err, ERROR_INPUT,
			 "unit '%.*s' is '%s', and the indicator '%s' is in '%s'", SPAN_ARGS(said),
			 meant, binding->bound.indicator->id, wanted);
}

static bool check_unit(struct binding *binding)
{
	if (binding->feed->units.count > 0)
		return check_units(binding);
	struct span said = binding->record->unit;
	const char *wanted = binding->feed->unit;
	return wanted == NULL || said.len == 0 || span_is(said, wanted) ||
	       error_set(&binding->err, ERROR_INPUT,
			 "unit '%.*s' is not the '%s' that the feed promises", SPAN_ARGS(said),
			 wanted);
}

static bool check_value(struct binding *binding)
{
	return binding->record->is_missing ||
	       lint_check_bounds(binding->bound.indicator, binding->record->number.value,
				 binding->record->period_parsed, &binding->err);
}

static bool check_period(struct binding *binding)
{
	const struct feed_record *record = binding->record;
	char period[PERIOD_BYTES];
	/* That there is none of an area that was not there is no fault. */
	if (!record->is_missing &&
	    !area_check_period(binding->intake->apply.catalogue, binding->bound.area,
			       record->period_parsed, &binding->err))
		return false;
	if (record->period_parsed.from <= intake_day(binding->intake) || record->is_missing ||
	    record->status_parsed == OBS_FORECAST)
		return true;
	return error_set(&binding->err, ERROR_INPUT,
			 "period %s has not begun, and the value is not a forecast",
			 period_print(record->period_parsed, period));
}

static bool set_published(struct binding *binding)
{
	struct observation *obs = &binding->bound.obs;
	struct span said = binding->record->published;
	int32_t last = DAY_NONE;
	if (said.len == 0 && binding->feed->published != NULL)
		said = span_of(binding->feed->published);
	if (said.len > DAY_LEN)
		said.len = DAY_LEN; /* a time of day behind the date */
	if (!day_parse_published(said, &last, &binding->err))
		return error_within(&binding->err, "published");
	obs->known_day = obs_known_day(last, intake_day(binding->intake));
	return span_copy(said, obs->published, sizeof obs->published);
}

static bool set_observation(struct binding *binding)
{
	const struct feed_record *record = binding->record;
	struct observation *obs = &binding->bound.obs;
	*obs = (struct observation){
		.period = record->period_parsed,
		.has_value = !record->is_missing,
		.value = record->is_missing ? 0 : record->number.value,
		.decimals = record->number.decimals,
		.has_num = record->has_parts,
		.num = record->numerator,
		.has_den = record->has_parts,
		.den = record->denominator,
		.qualifier = record->qualifier,
		.status = record->is_missing ? OBS_MISSING : record->status_parsed,
		.is_break = record->is_break,
	};
	return (span_copy(span_of(binding->feed->source), obs->source, sizeof obs->source) ||
		error_set(&binding->err, ERROR_INPUT, "the feed's source id is too long")) &&
	       set_published(binding);
}

enum bind_result bind_record(const struct intake *intake, const struct config_feed *feed,
			     const struct feed_record *record, struct bound *ret,
			     char why[FEED_WHY_BYTES])
{
	static bool (*const steps[])(struct binding *) = {
		find_indicator, find_breakdown, find_area,	 check_unit,
		check_period,	check_value,	set_observation,
	};
	struct binding binding = {.intake = intake, .feed = feed, .record = record};
	binding.bound.obs.period = record->period_parsed;
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		if (steps[i](&binding))
			continue;
		if (binding.err.code == ERROR_MEMORY)
			return BIND_NO_MEMORY;
		(void)snprintf(why, FEED_WHY_BYTES, "%.*s", FEED_WHY_BYTES - 1, binding.err.text);
		*ret = binding.bound;
		return binding.is_ignored ? BIND_IGNORED : BIND_REFUSED;
	}
	*ret = binding.bound;
	return BIND_DONE;
}
