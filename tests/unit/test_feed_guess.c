/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "feed/guess.h"

static void a_document_is_known_by_its_marks(void **state)
{
	(void)state;
	static const struct {
		enum feed_format_id named;
		const char *start, *guess, *why;
	} cases[] = {
		{FEED_CSV, "{\"a\":[1]}", "json", "any JSON"},
		{FEED_CSV, "\xEF\xBB\xBF\n [[1]]", "json", "behind a byte order mark and blanks"},
		{FEED_JSON, "Year;Share\n2020;1\n", "csv", "anything else is a table"},
		{FEED_JSON, "{\"a\":[1]}", NULL, "it is JSON, only the pointers are wrong"},
		{FEED_SDMXCSV, "Year;Share\n2020;1\n", NULL, "it is a table without its columns"},
		{FEED_JSON,
		 "{\"class\":\"dataset\",\"id\":[],\"size\":[],\"dimension\":{},\"value\":[]}",
		 "jsonstat", "dimension, size and value"},
		{FEED_JSONSTAT, "{\"id\":[],\"size\":[],\"dimension\":{},\"value\":[]}", NULL,
		 "it is what was named"},
		{FEED_JSONSTAT, "{\"columns\":[],\"data\":[{\"key\":[\"1\"],\"values\":[\"2\"]}]}",
		 "pxweb", "columns, data and key"},
		{FEED_JSONSTAT, "{\"header\":{},\"dataSets\":[],\"structure\":{\"dimensions\":{}}}",
		 "sdmxjson", "data sets and a structure"},
		{FEED_JSON, "{\"data\":{\"dataSets\":[],\"structures\":[]}}", "sdmxjson",
		 "version 2"},
		{FEED_JSON, "{\"@odata.context\":\"x\",\"value\":[]}", "odata", "its context"},
		{FEED_JSON, "[{\"page\":1,\"per_page\":50},[{\"countryiso3code\":\"VNM\"}]]",
		 "worldbank", "its head and a record"},
		{FEED_JSON,
		 "{\"data\":[{\"series\":\"S\",\"geoAreaCode\":\"704\",\"timePeriodStart\":2020}]}",
		 "unsdg", "area and period of a record"},
		{FEED_JSON, "{\"results\":[{\"coverage\":{\"datetimeFrom\":{}}}]}", "openaq",
		 "coverage"},
		{FEED_CSV, "STRUCTURE,STRUCTURE_ID,ACTION,A,OBS_VALUE\n", "sdmxcsv", "version 2"},
		{FEED_CSV, "DATAFLOW,A,OBS_VALUE\n", "sdmxcsv", "version 1"},
		{FEED_CSV, "A,B\nDATAFLOW,OBS_VALUE\n", NULL, "only in the first line"},
		{FEED_CSV, "", NULL, "nothing"},
		{FEED_CSV, " \n", NULL, "blanks"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct feed_mapping mapping = {.format = (int)cases[i].named};
		const struct feed_format *got = feed_guess(span_of(cases[i].start), &mapping);
		const char *name = got != NULL ? got->name : "nothing";
		if (strcmp(name, cases[i].guess != NULL ? cases[i].guess : "nothing") != 0)
			fail_msg("%s: %s", cases[i].why, name);
	}
	assert_null(feed_guess((struct span){NULL, 0}, &(struct feed_mapping){.format = FEED_CSV}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_is_known_by_its_marks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
