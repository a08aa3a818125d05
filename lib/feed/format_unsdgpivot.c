/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_unsdgpivot.h"

#include "feed/json_document.h"
#include "feed/json_records.h"

const char *const feed_unsdgpivot_fields[FEED_SLOTS] = {
	[FEED_SLOT_AREA] = "../geoAreaCode",
	[FEED_SLOT_PERIOD] = "/year",
	[FEED_SLOT_SERIES] = "{../series}{?../dimensions}",
	[FEED_SLOT_VALUE] = "/value",
	[FEED_SLOT_STATUS] = "{/Nature};{/Observation Status}",
	[FEED_SLOT_UNIT] = "/Units",
};

const char *const feed_unsdgpivot_patterns[] = {"[YYYY]", "YYYY", NULL};

/* totalElements counts areas, not years */
const struct feed_list_rules feed_unsdgpivot_rules = {
	.counts = {.page = "/pageNumber", .pages = "/totalPages"}};

bool feed_unsdgpivot_decode(struct feed_source *source, struct error *err)
{
	return feed_json_records_decode(source, err);
}
