/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/feed.h"

#include "feed/cube.h"
#include "feed/format_csv.h"
#include "feed/format_json.h"
#include "feed/format_jsonstat.h"
#include "feed/format_odata.h"
#include "feed/format_openaq.h"
#include "feed/format_pxweb.h"
#include "feed/format_sdmxcsv.h"
#include "feed/format_sdmxjson.h"
#include "feed/format_unsdg.h"
#include "feed/format_unsdgpivot.h"
#include "feed/format_worldbank.h"

const struct feed_format feed_formats[] = {
	{.id = FEED_WORLDBANK,
	 .name = "worldbank",
	 .help = "World Bank Indicators API, version 2, JSON",
	 .is_json = true,
	 .paging = FEED_PAGING_PAGE,
	 .records = "/1",
	 .revision = "/0/lastupdated",
	 .fields = feed_worldbank_fields,
	 .patterns = feed_worldbank_patterns,
	 .rules = &feed_worldbank_rules,
	 .decode = feed_worldbank_decode},
	{.id = FEED_JSON,
	 .name = "json",
	 .help = "any JSON document with a list of records, by JSON pointers",
	 .is_json = true,
	 .paging = FEED_PAGING_NONE,
	 .rules = &feed_json_rules,
	 .decode = feed_json_decode},
	{.id = FEED_CSV,
	 .name = "csv",
	 .help = "a CSV table with one value a row",
	 .paging = FEED_PAGING_NONE,
	 .decode = feed_csv_decode},
	{.id = FEED_JSONSTAT,
	 .name = "jsonstat",
	 .help = "JSON-stat 1.x or 2.0",
	 .is_json = true,
	 .has_powers = true,
	 .is_cube = true,
	 .paging = FEED_PAGING_NONE,
	 .fields = feed_cube_fields,
	 .patterns = feed_cube_patterns,
	 .decode = feed_jsonstat_decode},
	{.id = FEED_PXWEB,
	 .name = "pxweb",
	 .help = "PX-Web API version 1, answer json",
	 .is_json = true,
	 .decimal = '.',
	 .is_cube = true,
	 .paging = FEED_PAGING_NONE,
	 .fields = feed_cube_fields,
	 .patterns = feed_cube_patterns,
	 .missing = feed_pxweb_missing,
	 .decode = feed_pxweb_decode},
	{.id = FEED_SDMXCSV,
	 .name = "sdmxcsv",
	 .help = "SDMX-CSV 1.0 or 2.0",
	 .is_sdmx = true,
	 .has_powers = true,
	 .decimal = '.',
	 .paging = FEED_PAGING_NONE,
	 .fields = feed_sdmxcsv_fields,
	 .patterns = feed_sdmx_patterns,
	 .missing = feed_sdmx_missing,
	 .decode = feed_sdmxcsv_decode},
	{.id = FEED_SDMXJSON,
	 .name = "sdmxjson",
	 .help = "SDMX-JSON 1.0 or 2.x",
	 .is_json = true,
	 .is_sdmx = true,
	 .has_powers = true,
	 .is_cube = true,
	 .paging = FEED_PAGING_NONE,
	 .fields = feed_sdmxjson_fields,
	 .patterns = feed_sdmx_patterns,
	 .missing = feed_sdmx_missing,
	 .decode = feed_sdmxjson_decode},
	{.id = FEED_UNSDG,
	 .name = "unsdg",
	 .help = "UN SDG API, Series/Data and Indicator/Data",
	 .is_json = true,
	 .decimal = '.',
	 .separator = ';',
	 .joins_objects = true,
	 .paging = FEED_PAGING_PAGE,
	 .records = "/data",
	 .fields = feed_unsdg_fields,
	 .patterns = feed_unsdg_patterns,
	 .rules = &feed_unsdg_rules,
	 .decode = feed_unsdg_decode},
	{.id = FEED_UNSDGPIVOT,
	 .name = "unsdgpivot",
	 .help = "UN SDG API, PivotData",
	 .is_json = true,
	 .decimal = '.',
	 .separator = ';',
	 .joins_objects = true,
	 .paging = FEED_PAGING_PAGE,
	 .expand = "/years",
	 .records = "/data",
	 .fields = feed_unsdgpivot_fields,
	 .patterns = feed_unsdgpivot_patterns,
	 .rules = &feed_unsdgpivot_rules,
	 .decode = feed_unsdgpivot_decode},
	{.id = FEED_ODATA,
	 .name = "odata",
	 .help = "OData, as of WHO's Global Health Observatory",
	 .is_json = true,
	 .paging = FEED_PAGING_NEXT,
	 .records = "/value",
	 .fields = feed_odata_fields,
	 .patterns = feed_odata_patterns,
	 .rules = &feed_odata_rules,
	 .decode = feed_odata_decode},
	{.id = FEED_OPENAQ,
	 .name = "openaq",
	 .help = "OpenAQ API, version 3: aggregates of a sensor by day, month or year",
	 .is_json = true,
	 .paging = FEED_PAGING_NONE,
	 .records = "/results",
	 .fields = feed_openaq_fields,
	 .patterns = feed_openaq_patterns,
	 .decode = feed_openaq_decode},
	{0},
};

const struct feed_format *feed_format_find(int id)
{
	for (const struct feed_format *format = feed_formats; format->id != 0; format++)
		if ((int)format->id == id)
			return format;
	return NULL;
}

const char *feed_cause_name(enum feed_cause cause)
{
	static const char *const names[] = {
		[FEED_CAUSE_NONE] = "none",
		[FEED_CAUSE_MARKUP] = "markup",
		[FEED_CAUSE_TRUNCATED] = "truncated",
		[FEED_CAUSE_SYNTAX] = "syntax",
		[FEED_CAUSE_ERROR_BODY] = "error_body",
		[FEED_CAUSE_EMPTY] = "empty",
		[FEED_CAUSE_SHAPE] = "shape",
		[FEED_CAUSE_LIMIT] = "limit",
		[FEED_CAUSE_PAGING] = "paging",
		[FEED_CAUSE_CHANGED] = "changed",
		[FEED_CAUSE_TYPE] = "content_type",
		[FEED_CAUSE_INTERNAL] = "internal",
	};
	return names[cause];
}

void feed_page_done(struct feed_page *page)
{
	text_done(&page->columns);
}
