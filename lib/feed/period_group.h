/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The groups of a period pattern that is spelt out, and the steps through one. */

#include "feed/period_parts.h"

enum { FEED_EPOCH_DIGITS_MAX = 15, FEED_YEAR_SHIFT_MAX = 9999 };

enum feed_period_kind {
	FEED_PERIOD_PLAIN,
	FEED_PERIOD_SPLIT, /* makes the year a split one */
	FEED_PERIOD_RANGE, /* makes a range of years */
};

/* How the text of a group is read. */
enum feed_period_reading {
	FEED_PERIOD_DIGITS,
	FEED_PERIOD_CENTURY, /* two digits that stand for a year from 1970 to 2069 */
	FEED_PERIOD_MONTH,   /* a name */
	FEED_PERIOD_SECONDS,
	FEED_PERIOD_MILLISECONDS,
	FEED_PERIOD_ANY, /* any text */
};

struct feed_period_group {
	const char *name;
	int digits_min, digits_max;
	size_t part; /* where it goes in struct feed_period_parts; of seconds and any text nothing
		      */
	enum feed_period_kind kind;
	enum feed_period_reading reading;
	bool is_year;	 /* and may have a shift */
	bool is_shifted; /* and has to have one */
};

/* A step through a spelled pattern: either one literal character or a group. */
struct feed_period_element {
	char literal;
	const struct feed_period_group *group; /* NULL: literal, or a group that is not known */
	struct span name;		       /* what stands in the braces; start NULL: no '}' */
	int64_t fixed;	  /* of {half=1}: it stands for no text; 0: it is read */
	int64_t shift;	  /* of {year-543}: added to what is read */
	bool is_the_next; /* {next_year=+1}: it stands for no text, and is the year after */
};

/* Take the next element off the pattern; false at its end. */
bool feed_period_next(const char **pattern, struct feed_period_element *ret);

/* Append the names of all groups, with blanks between them. */
void feed_period_list_groups(struct text *out);

/* {epoch_s} or {epoch_ms}? */
bool feed_period_is_epoch(const struct feed_period_group *group);
