/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_sdmxcsv.h"

#include "feed/format_csv.h"

const char *const feed_sdmxcsv_fields[FEED_SLOTS] = {
	[FEED_SLOT_AREA] = "REF_AREA",	   [FEED_SLOT_PERIOD] = "TIME_PERIOD",
	[FEED_SLOT_VALUE] = "OBS_VALUE",   [FEED_SLOT_STATUS] = "OBS_STATUS",
	[FEED_SLOT_UNIT] = "UNIT_MEASURE", [FEED_SLOT_SCALE] = FEED_SDMX_MULTIPLIER,
};

/* SDMX's Gregorian and reporting periods, reporting years of other months than January aside, and
 * a year, a month or a day as a start with its duration. */
const char *const feed_sdmx_patterns[] = {
	"ISO",
	"YYYY-Mmm",
	"YYYY-Dddd",
	"{year}-A1",
	"{year}-T1{month=1}{to_month=4}",
	"{year}-T2{month=5}{to_month=8}",
	"{year}-T3{month=9}{to_month=12}",
	"{year}-01-01/P1Y",
	"{year}-{month}-01/P1M",
	"{year}-{month}-{day}/P1D",
	NULL,
};

/* What stands for a value that is missing or does not apply. */
const char *const feed_sdmx_missing[] = {"NaN", "#N/A", NULL};

/* A character of an id. */
static bool is_code(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
	       (c != '\0' && strchr("_@$-.", c) != NULL);
}

/* "2021-01-01T00:00:00" has colons of its own. */
static bool is_time(struct span cell)
{
	enum { YEAR_DIGITS = 4 };
	return cell.len > YEAR_DIGITS && cell.start[YEAR_DIGITS] == '-' &&
	       span_find_char(cell, 'T') != NULL;
}

struct span feed_sdmxcsv_code(struct span cell)
{
	size_t len = 0;
	while (len < cell.len && is_code(cell.start[len]))
		len++;
	const char *colon = span_find(cell, ": ");
	if (colon != NULL)
		cell.len = (size_t)(colon - cell.start);
	else if (len > 0 && len < cell.len && cell.start[len] == ':' && !is_time(cell))
		cell.len = len;
	return cell;
}

struct span feed_sdmxcsv_name(struct span header, bool *ret_labelled)
{
	struct span name = feed_sdmxcsv_code(span_trim(header));
	*ret_labelled = name.len < span_trim(header).len;
	const char *bracket = span_find_char(name, '[');
	if (bracket != NULL)
		name.len = (size_t)(bracket - name.start);
	return span_trim(name);
}

bool feed_sdmxcsv_deletes(struct span action)
{
	return span_is(span_trim(action), "D") || span_is(span_trim(action), "Delete");
}

bool feed_sdmxcsv_decode(struct feed_source *source, struct error *err)
{
	return feed_csv_decode(source, err);
}
