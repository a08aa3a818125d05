/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/exchange.h"

#include "base/unicode.h"

static const char *const names[EXCHANGE_COLUMNS] = {
	[EXCHANGE_INDICATOR] = "indicator",
	[EXCHANGE_BREAKDOWN] = "breakdown",
	[EXCHANGE_AREA] = "area",
	[EXCHANGE_PERIOD] = "period",
	[EXCHANGE_VALUE] = "value",
	[EXCHANGE_UNIT] = "unit",
	[EXCHANGE_STATUS] = "status",
	[EXCHANGE_SOURCE] = "source",
	[EXCHANGE_PUBLISHED] = "published",
	[EXCHANGE_NUM] = "num",
	[EXCHANGE_DEN] = "den",
	[EXCHANGE_QUALIFIER] = "qualifier",
	[EXCHANGE_PLACE] = "place",
	[EXCHANGE_RAW] = "raw",
	[EXCHANGE_SEQ] = "seq",
	[EXCHANGE_KNOWN] = "known",
	[EXCHANGE_RECEIVED] = "received",
	[EXCHANGE_ACTOR] = "actor",
	[EXCHANGE_LOAD] = "load",
	[EXCHANGE_LOAD_KIND] = "load_kind",
	[EXCHANGE_FEED] = "feed",
	[EXCHANGE_DOCUMENT] = "document",
	[EXCHANGE_MAPPING] = "mapping",
	[EXCHANGE_BREAK] = "break",
	[EXCHANGE_WARNING] = "warning",
	[EXCHANGE_DECIMALS] = "decimals",
};

const char *exchange_column_name(enum exchange_column column)
{
	return names[column];
}

bool exchange_column_find(struct span heading, enum exchange_column *ret)
{
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (span_is(heading, names[i])) {
			*ret = (enum exchange_column)i;
			return true;
		}
	}
	return false;
}

const char *exchange_column_nearest(struct span heading, size_t count)
{
	return unicode_nearest(heading, names, count < COUNT_OF(names) ? count : COUNT_OF(names));
}
