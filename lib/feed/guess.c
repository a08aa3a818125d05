/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/guess.h"

enum { MARKS_MAX = 3 };

/* A document of the format has them all. */
struct marks {
	enum feed_format_id format;
	const char *all[MARKS_MAX];
};

/* The first that fits counts; the last one always does. */
static const struct marks json_marks[] = {
	{FEED_SDMXJSON, {"\"dataSets\"", "\"structure"}},
	{FEED_ODATA, {"\"@odata.context\""}},
	{FEED_PXWEB, {"\"columns\"", "\"data\"", "\"key\""}},
	{FEED_JSONSTAT, {"\"dimension\"", "\"size\"", "\"value\""}},
	{FEED_OPENAQ, {"\"results\"", "\"coverage\"", "\"datetimeFrom\""}},
	{FEED_UNSDG, {"\"geoAreaCode\"", "\"timePeriodStart\"", "\"series\""}},
	{FEED_WORLDBANK, {"\"per_page\"", "\"countryiso3code\""}},
	{FEED_JSON, {NULL}},
};

/* Of the first line. */
static const struct marks table_marks[] = {
	{FEED_SDMXCSV, {"DATAFLOW", "OBS_VALUE"}},
	{FEED_SDMXCSV, {"STRUCTURE", "OBS_VALUE"}},
	{FEED_CSV, {NULL}},
};

static bool has_all(struct span text, const struct marks *marks)
{
	for (size_t i = 0; i < MARKS_MAX && marks->all[i] != NULL; i++)
		if (span_find(text, marks->all[i]) == NULL)
			return false;
	return true;
}

static const struct feed_format *first_fit(struct span text, const struct marks *marks)
{
	while (!has_all(text, marks))
		marks++;
	return feed_format_find((int)marks->format);
}

const struct feed_format *feed_guess(struct span start, const struct feed_mapping *mapping)
{
	static const char bom[] = "\xEF\xBB\xBF";
	const struct feed_format *named = feed_format_find(mapping->format);
	if (span_starts(start, bom))
		start = span_behind(start, strlen(bom));
	start = span_trim(start);
	if (start.len == 0 || named == NULL)
		return NULL;
	bool is_json = start.start[0] == '{' || start.start[0] == '[';
	const struct feed_format *guess = is_json ? first_fit(start, json_marks)
						  : first_fit(span_cut(&start, '\n'), table_marks);
	/* any JSON can be read by pointers, and any table by columns: then it is no other format */
	bool is_any = guess->id == FEED_JSON || guess->id == FEED_CSV;
	return guess == named || (is_any && named->is_json == is_json) ? NULL : guess;
}

const char *feed_guess_file(struct span start)
{
	enum { BEGIN_BYTES = 4 };
	static const struct {
		unsigned char begins[BEGIN_BYTES];
		size_t len;
		const char *kind;
	} kinds[] = {
		{{'P', 'K', 3, 4}, 4, "a spreadsheet (.xlsx, .ods) or another zip archive"},
		{{0xd0, 0xcf, 0x11, 0xe0}, 4, "a spreadsheet or document of old office programs"},
		{{'%', 'P', 'D', 'F'}, 4, "a PDF document"},
		{{0x1f, 0x8b}, 2, "a compressed file (.gz)"}};
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (start.len >= kinds[i].len &&
		    memcmp(start.start, kinds[i].begins, kinds[i].len) == 0)
			return kinds[i].kind;
	return NULL;
}
