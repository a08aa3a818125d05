/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Wide CSV tables: a row has many values, and the header of a column says what they are.
 *
 * A header pattern (csv.wide) is text with groups:
 *   {period}   a text that a period pattern of the mapping reads
 *   {year}     four digits
 *   {month}    an English month name, also cut to three letters or more and a dot
 *   {name}     any text: what is measured
 *   {*}        any text
 * Texts of csv.flags are taken out of a header before it is looked at.  A field names what was
 * found with '@': "@period", "@year", "@month", "@name", "@flag"; "@header" is the whole header and
 * "@value" the cell, "@next" that on its right.  Columns that a field names are never value
 * columns. */

#include "base/csv.h"
#include "feed/source.h"

/* What stands between the flags of one header. */
enum { FEED_FLAG_SEPARATOR = ';' };

enum feed_wide_part {
	FEED_WIDE_VALUE,
	FEED_WIDE_HEADER,
	FEED_WIDE_PERIOD,
	FEED_WIDE_YEAR,
	FEED_WIDE_MONTH,
	FEED_WIDE_NAME,
	FEED_WIDE_FLAG,
	FEED_WIDE_NEXT, /* the cell on the right of the value's */
	FEED_WIDE_PARTS
};

/* For fields that are not given. */
extern const char *const feed_wide_fields[FEED_SLOTS];

struct feed_wide_column {
	size_t column;
	char *parts[FEED_WIDE_PARTS]; /* NULL: not in its header */
};

struct feed_wide {
	struct feed_wide_column *columns;
	size_t count, room;
};

#define AUTO_FEED_WIDE AUTO(feed_wide_done)

/* Make the '@' fields of a plan special pieces; no-op when the table is not wide. */
MUST_CHECK bool feed_wide_bind(struct feed_plan *plan, struct error *err);

/* Find the value columns of a header to which the fields are bound; `unread` gets the headers that
 * no pattern fits, see feed/feed.h.  ERROR_INPUT when there is none. */
MUST_CHECK bool feed_wide_find(struct feed_plan *plan, const struct csv_row *header,
			       struct feed_wide *ret, char unread[FEED_UNREAD_BYTES],
			       struct error *err);

/* Frees the columns. */
void feed_wide_done(struct feed_wide *wide);

/* Can the patterns be read, and do they have what the fields name? */
MUST_CHECK bool feed_wide_check(struct feed_plan *plan, struct error *err);
