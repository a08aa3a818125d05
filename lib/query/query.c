/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/query.h"

#include <stdlib.h>

#include "base/unicode.h"
#include "obs/area_lookup.h"

/* Say that an id is not there, and which is near; NULL: none is. */
static bool fail_unknown(const char *what, const char *written, const char *nearest,
			 struct error *err)
{
	if (nearest != NULL)
		return error_set(err, ERROR_NOT_FOUND,
				 "%s '%s' is not in the catalogue; did you mean '%s'?", what,
				 written, nearest);
	return error_set(err, ERROR_NOT_FOUND, "%s '%s' is not in the catalogue", what, written);
}

/* Is the folded text a part of the name?  Else *ret stays. */
static bool is_in_name(const char *folded, const char *name, bool *ret, struct error *err)
{
	AUTO_FREE char *other = unicode_fold(span_of(name), err);
	if (other == NULL)
		return false;
	*ret = *ret || strstr(other, folded) != NULL;
	return true;
}

/* The only indicator in whose names it stands; NULL when there are none or several. */
static bool find_named(const struct catalogue *catalogue, const char *written,
		       const struct indicator **ret, struct error *err)
{
	AUTO_FREE char *folded = unicode_fold(span_of(written), err);
	const struct indicator *found = NULL;
	size_t count = 0;
	if (folded == NULL)
		return false;
	for (size_t i = 0; folded[0] != '\0' && i < catalogue->indicator_count; i++) {
		const struct indicator *indicator = &catalogue->indicators[i];
		bool is_named = false;
		if (!is_in_name(folded, indicator->name, &is_named, err) ||
		    !is_in_name(folded, indicator->name_vi, &is_named, err))
			return false;
		count += is_named;
		found = is_named ? indicator : found;
	}
	*ret = count == 1 ? found : NULL;
	return true;
}

bool query_find_indicator(const struct query *query, const char *id, const struct indicator **ret,
			  struct error *err)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	const struct indicator *found = catalogue_indicator(catalogue, span_of(id));
	if (found != NULL) {
		*ret = found;
		return true;
	}
	AUTO_FREE const char **ids = calloc(catalogue->indicator_count + 1, sizeof *ids);
	if (ids == NULL)
		return error_memory(err);
	for (size_t i = 0; i < catalogue->indicator_count; i++)
		ids[i] = catalogue->indicators[i].id;
	const char *nearest = unicode_nearest(span_of(id), ids, catalogue->indicator_count);
	if (nearest == NULL && !find_named(catalogue, id, &found, err))
		return false;
	return fail_unknown("indicator", id, found != NULL ? found->id : nearest, err);
}

static bool fail_unknown_area(const struct catalogue *catalogue, const char *written,
			      struct error *err)
{
	AUTO_FREE const char **ids = calloc(catalogue->area_count + 1, sizeof *ids);
	if (ids == NULL)
		return error_memory(err);
	for (size_t i = 0; i < catalogue->area_count; i++)
		ids[i] = catalogue->areas[i].id;
	return fail_unknown("area", written,
			    unicode_nearest(span_of(written), ids, catalogue->area_count), err);
}

bool query_find_area_in(const struct query *query, const char *written, struct period period,
			const struct area **ret, struct error *err)
{
	const struct catalogue *catalogue = query->judge.catalogue;
	struct error why = {0};
	if (area_lookup(catalogue, span_of(written), period, ret, &why))
		return true;
	return why.code == ERROR_NOT_FOUND ? fail_unknown_area(catalogue, written, err)
					   : error_set(err, why.code, "%s", why.text);
}

bool query_find_area(const struct query *query, const char *written, const struct area **ret,
		     struct error *err)
{
	int32_t day = query->judge.as_of.day;
	return query_find_area_in(query, written, (struct period){day, day + 1}, ret, err);
}

bool query_find_series(const struct query *query, const struct query_written *written,
		       struct query_series *ret, struct error *err)
{
	struct query_series found = {0};
	struct period period = {query->judge.as_of.day, query->judge.as_of.day + 1};
	if (!query_find_indicator(query, written->indicator, &found.indicator, err) ||
	    (written->period != NULL && !period_parse(span_of(written->period), &period, err)) ||
	    !query_find_area_in(query, written->area, period, &found.area, err) ||
	    !breakdown_normalise(span_of(written->breakdown), found.breakdown, err))
		return false;
	*ret = found;
	return true;
}

struct series_key query_series_key(const struct query_series *series)
{
	return (struct series_key){series->indicator->id, series->breakdown, series->area->id};
}

struct report_table *query_add_table(const struct query *query, struct report *report,
				     const char *name, const struct query_column *columns,
				     size_t count)
{
	struct report_column made[QUERY_COLUMNS_MAX] = {0};
	for (size_t i = 0; i < count && i < QUERY_COLUMNS_MAX; i++) {
		made[i] = (struct report_column){
			.key = columns[i].key,
			.heading = columns[i].heading < 0 ? NULL
							  : word_of(query->language,
								    (enum word)columns[i].heading),
			.flags = columns[i].flags,
			.drop = columns[i].drop,
		};
	}
	return report_add_table(report, name, made, count);
}

void query_add_day(const struct query *query, struct report *report)
{
	char day[DAY_BYTES];
	report_field_text(report, "as_of", day_print(query->judge.as_of.day, day));
	if (query->judge.as_of.by_receipt)
		report_field_text(report, "received_by", day);
}

const char *query_name(const struct query *query, const char *name, const char *local_name)
{
	bool has_local = local_name != NULL && local_name[0] != '\0';
	return query->language->has_local_names && has_local ? local_name : name;
}

const char *query_source_name(const struct query *query, const char *id)
{
	if (id[0] == '\0')
		return word_of(query->language, WORD_COMPUTED);
	const struct source *source = catalogue_source(query->judge.catalogue, span_of(id));
	return source == NULL ? id : query_name(query, source->name, source->name_vi);
}

bool query_is_adopted(const struct query *query, const struct act *act)
{
	return act == NULL || act->adopted == DAY_NONE || act->adopted <= query->judge.as_of.day;
}
