/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_odata.h"

#include "feed/json_document.h"
#include "feed/json_records.h"

const char *const feed_odata_fields[FEED_SLOTS] = {
	[FEED_SLOT_AREA] = "/SpatialDim",
	[FEED_SLOT_PERIOD] = "/TimeDim",
	[FEED_SLOT_SERIES] = "{/IndicatorCode}{?/Dim1}{?/Dim2}{?/Dim3}",
	[FEED_SLOT_VALUE] = "/NumericValue",
	[FEED_SLOT_PUBLISHED] = "/Date",
};

const char *const feed_odata_patterns[] = {"YYYY", NULL};

/* {"error": {"code": ..., "message": ...}} */
static bool check_error(struct feed_source *source, const json_t *top, struct error *err)
{
	const json_t *told = json_object_get(top, "error");
	AUTO_TEXT struct text text = text_with_limit(ERROR_TEXT_BYTES);
	if (told == NULL)
		return true;
	feed_json_gather(told, ", ", &text);
	return feed_fail(source, FEED_CAUSE_ERROR_BODY, err, "the source says: %.*s",
			 SPAN_ARGS(text_span(&text)));
}

const struct feed_list_rules feed_odata_rules = {
	.counts = {.total = "/@odata.count", .next = "/@odata.nextLink"},
	.check = check_error,
	.reads = {"/error"}};

bool feed_odata_decode(struct feed_source *source, struct error *err)
{
	return feed_json_records_decode(source, err);
}
