/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The columns of tables of figures: the first ones can be imported, all of them are exported and
 * restored. */

#include "base/text.h"

enum exchange_column {
	EXCHANGE_INDICATOR,
	EXCHANGE_BREAKDOWN,
	EXCHANGE_AREA,
	EXCHANGE_PERIOD,
	EXCHANGE_VALUE,
	EXCHANGE_UNIT,
	EXCHANGE_STATUS,
	EXCHANGE_SOURCE,
	EXCHANGE_PUBLISHED,
	EXCHANGE_NUM,
	EXCHANGE_DEN,
	EXCHANGE_QUALIFIER,
	EXCHANGE_PLACE,
	EXCHANGE_RAW,
	EXCHANGE_IMPORTED, /* so many can be imported */
	EXCHANGE_SEQ = EXCHANGE_IMPORTED,
	EXCHANGE_KNOWN,
	EXCHANGE_RECEIVED,
	EXCHANGE_ACTOR,
	EXCHANGE_LOAD,
	EXCHANGE_LOAD_KIND,
	EXCHANGE_FEED,
	EXCHANGE_DOCUMENT,
	EXCHANGE_MAPPING,
	EXCHANGE_BREAK,
	EXCHANGE_WARNING,
	EXCHANGE_DECIMALS, /* of the value, where its text has others */
	EXCHANGE_COLUMNS,
};

/* The heading of a column. */
const char *exchange_column_name(enum exchange_column column);

/* Which column is it? false when it is none. */
bool exchange_column_find(struct span heading, enum exchange_column *ret);

/* The heading nearest to a wrong one among the first `count`; NULL when none is near. */
const char *exchange_column_nearest(struct span heading, size_t count);
