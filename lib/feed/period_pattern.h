/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How one source writes periods.
 *
 * A pattern is one of the names in feed_period_names ("YYYY", "YYYYQn", "YYYY/YY", "ISO" ...) or
 * is spelt out, text with groups in braces:
 *   {year} {month} {week} {day}    4, 2, 2, 2 digits;  {m} {d}: 1 or 2
 *   {mon}                          an English month name, from three letters: Jan, Sept., March
 *   {yy}                           2 digits, 1970 to 2069
 *   {quarter} {half}               1 digit, or a Roman numeral
 *   {next_year} {next_yy}          the year after {year}: 2019/20 is a split year; alone: FY2020
 *   {to_year} {to_yy}              the last year of a range; behind it {to_next_year} {to_next_yy}
 *   {to_month} {to_m} {to_mon} {to_quarter} {to_half} {to_day} {to_d}
 *                                  the last part of a range within {to_year}, else {year}
 *   {epoch_s} {epoch_ms}           seconds or milliseconds since 1970
 *   {half=1}                       what the text says in other words: "first half {year}{half=1}"
 *   {next_year=+1}                 the year after the {year} before it, which is not written
 *   {year-543} {yyy+1911} {y+2018} years of other calendars, of 4, 3, 1 or 2 digits
 *   {*}                            any text, also none
 * so "Prel. {year}" or "{year}-{month}-01" can be said.  A text that has the shape of a pattern is
 * read by it or refused: "2021-13" under YYYY-MM is no range of years. */

#include "feed/period_parts.h"

struct feed_period_name {
	const char *name, *pattern, *help;
};

/* NULL name ends the table. */
extern const struct feed_period_name feed_period_names[];

enum { FEED_SHAPE_BYTES = 128 };

/* The number of the month with whose name the text begins, 1 to 12, and how long that is.  Names
 * are those listed, or, where there is no list (NULL or empty), the English ones: at least three
 * letters, with the dot behind them.  0: there is none. */
int feed_period_month(const struct key_texts *listed, struct span text, size_t *ret_len);

struct feed_period_pattern {
	const char *name;    /* as written in the mapping; borrowed */
	const char *spelled; /* with groups */
	struct feed_period_kinds kinds;
	bool is_iso;
	bool is_year; /* "{year}" alone */
};

/* Read a pattern.  An unknown name or group: ERROR_INPUT with the nearest or all of them. */
MUST_CHECK bool feed_period_pattern_parse(const char *written, struct feed_period_pattern *ret,
					  struct error *err);

/* What texts of the pattern look like: '9' for a digit, '8' for one or two, '*' for any text;
 * patterns of one shape cannot stand in one list. */
void feed_period_pattern_shape(const struct feed_period_pattern *pattern,
			       char shape[FEED_SHAPE_BYTES]);

/* Read a period by the first pattern whose shape it has.  ERROR_INPUT says which patterns there
 * are, or what is impossible about it ("month 13 is not within 1..12"). */
MUST_CHECK bool feed_period_read(const struct feed_period_pattern *patterns, size_t count,
				 const struct feed_periods *settings, struct span text,
				 struct period *ret, struct error *err);
