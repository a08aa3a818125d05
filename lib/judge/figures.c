/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge/figures.h"

#include <limits.h>

/* Whose figures count: those of a publisher of the owner, or of one that took over its work. */
struct publishers {
	const struct catalogue *catalogue;
	const struct obliged *obliged;
};

static bool follows(const struct catalogue *catalogue, const char *publisher, const char *source)
{
	size_t left = catalogue->source_count;
	const struct source *at = catalogue_source(catalogue, span_of(publisher));
	for (; at != NULL && left > 0; left--) {
		if (strcmp(at->id, source) == 0)
			return true;
		at = catalogue_source(catalogue, span_of(at->successor));
	}
	return false;
}

/* Where no office of the owner names a publisher, all are welcome. */
static bool is_of_owner(const struct publishers *publishers, const char *source)
{
	const struct catalogue *catalogue = publishers->catalogue;
	const struct duty_office *office = publishers->obliged->office;
	size_t left = catalogue->office_count;
	bool is_any = true;
	while (office != NULL && left-- > 0) {
		if (office->publisher[0] != '\0' && follows(catalogue, office->publisher, source))
			return true;
		is_any = is_any && office->publisher[0] == '\0';
		if (office == publishers->obliged->answers)
			break;
		office = catalogue_office(catalogue, span_of(office->successor));
	}
	return is_any;
}

static int32_t known_day(const struct judge *judge, const struct observation *row)
{
	return judge->as_of.by_receipt ? zone_day(judge->zone, row->received) : row->known_day;
}

static int32_t earlier(int32_t found, int32_t day)
{
	if (day == DAY_NONE)
		return found;
	return found == DAY_NONE || day < found ? day : found;
}

/* Since when a figure of one publisher stands: rows come by source and known day; a withdrawal, or
 * a word that it is missing, takes it away. */
static int32_t first_day(const struct judge *judge, const struct publishers *publishers,
			 struct period period, const struct vintages *vintages)
{
	int32_t found = DAY_NONE, standing = DAY_NONE;
	const char *source = "";
	for (size_t i = 0; i < vintages->count; i++) {
		const struct observation *row = &vintages->rows[i];
		int32_t day = known_day(judge, row);
		if (!period_equal(row->period, period) || day > judge->as_of.day ||
		    !is_of_owner(publishers, row->source))
			continue;
		if (strcmp(row->source, source) != 0) {
			found = earlier(found, standing);
			standing = DAY_NONE;
			source = row->source;
		}
		if (!row->has_value)
			standing = DAY_NONE;
		else if (standing == DAY_NONE)
			standing = day;
	}
	return earlier(found, standing);
}

static bool find_one(const struct judge *judge, const struct obligation *obligation,
		     const char *indicator, const struct obliged *obliged, int32_t *ret,
		     struct error *err)
{
	AUTO_VINTAGES struct vintages vintages = {0};
	const struct publishers publishers = {judge->catalogue, obliged};
	const struct series_key key = {indicator, "", obliged->area->id};
	int64_t series = 0;
	if (!series_find(judge->ledger, &key, &series, err) ||
	    (series != 0 && !vintages_read(judge->ledger, series, DAY_NONE, &vintages, err)))
		return false;
	*ret = first_day(judge, &publishers, obligation->period, &vintages);
	return true;
}

bool figures_find(const struct judge *judge, const struct obligation *obligation,
		  struct judged_owner *owner, struct error *err)
{
	const struct duty *duty = obligation->duty;
	int32_t last = DAY_NONE;
	for (size_t i = 0; i < duty->indicator_count; i++) {
		int32_t day = DAY_NONE;
		if (owner->obliged.area != NULL &&
		    !find_one(judge, obligation, duty->indicators[i], &owner->obliged, &day, err))
			return false;
		owner->indicators += day != DAY_NONE;
		if (day == DAY_NONE)
			owner->missing[i / CHAR_BIT] |= (uint8_t)(1U << i % CHAR_BIT);
		last = day > last ? day : last; /* DAY_NONE is the least */
	}
	if (owner->indicators == duty->indicator_count)
		owner->day = last;
	return true;
}
