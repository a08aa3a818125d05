/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_unsdg.h"

#include "feed/json_document.h"
#include "feed/json_records.h"

const char *const feed_unsdg_fields[FEED_SLOTS] = {
	[FEED_SLOT_AREA] = "/geoAreaCode",
	[FEED_SLOT_PERIOD] = "/timePeriodStart",
	[FEED_SLOT_SERIES] = "{/series}{?/dimensions}",
	[FEED_SLOT_VALUE] = "/value",
	[FEED_SLOT_STATUS] = "{/attributes/Nature};{/attributes/Observation Status}",
	[FEED_SLOT_UNIT] = "/attributes/Units",
};

const char *const feed_unsdg_patterns[] = {"YYYY", NULL};

const struct feed_list_rules feed_unsdg_rules = {
	.counts = {.page = "/pageNumber", .pages = "/totalPages", .total = "/totalElements"}};

bool feed_unsdg_decode(struct feed_source *source, struct error *err)
{
	return feed_json_records_decode(source, err);
}
