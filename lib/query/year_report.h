/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The account of a year: what became of the targets of an area, gaps first. */

#include "judge/notes.h"
#include "query/rows.h"

#include "assess/completion.h"

enum { YEAR_REPORT_MEMBERS_SHOWN = 40, YEAR_REPORT_BEFORE_MAX = 8 };

struct year_question {
	const char *area; /* id or name, needed */
	int year;	  /* 0: that of the day of the question */
	const char *act;  /* NULL: all acts */
};

/* A value of the series beside the one that decides. */
struct year_value {
	bool is_set;
	struct observation row; /* value and decimals are what is shown */
	bool stand_in;
	struct period period;
};

/* One target.  Its verdict is of the last day that the year's figures decide about. */
struct year_item {
	struct query_row row;
	size_t place;		 /* of its area's name in a dictionary */
	struct year_value start; /* at adoption */
	bool is_baseline;	 /* the act's own */
	bool joins;		 /* no break between it and the deciding value */
	struct year_value last_year;
	struct year_value part, same_part; /* of this year where it is not whole, and of the last
					      one */
	struct completion completion;
};

struct year_items {
	struct year_item *items; /* gaps first, then by name of the area */
	size_t count, room;
};

/* Borrows from the catalogue. */
struct year_report {
	const struct query *query;
	const struct area *area;
	const struct act *act; /* NULL: all */
	int year;
	struct year_items own, members; /* targets of the area, and of areas within it */
	const struct area *before[YEAR_REPORT_BEFORE_MAX]; /* ended, became this one, and have
							      targets */
	size_t before_count;
	struct acks acks;
	struct notes notes;
};

#define AUTO_YEAR_REPORT AUTO(year_report_done)
/* Free what it owns. */
void year_report_done(struct year_report *report);

/* Judge the targets in force in the year that are due in it or later: of acts (not of references,
 * unless the question names one).  ERROR_NOT_FOUND for ids, ERROR_INPUT for a year to come. */
MUST_CHECK bool year_report_read(const struct query *query, const struct year_question *question,
				 struct year_report *ret, struct error *err);

/* How they stand. */
struct year_counts {
	long all, met, exceeded, unknown, estimates;
	long by_state[STATE_NOT_ASSESSABLE + 1];
};
struct year_counts year_report_count(const struct year_items *items);

/* Is it worth a page of its own: a gap, or not known? */
bool year_item_needs_care(const struct year_item *item);

/* The note that applies next, as notes_next. */
const struct note *year_report_note(const struct year_report *report, const struct year_item *item,
				    size_t *at);

/* As an answer with the tables "targets", "members" and "duties": for machines, and for a terminal.
 * CSV and TSV have one table, in which the column "row" says what a row is. */
MUST_CHECK bool year_report_table(const struct year_report *report, enum report_format format,
				  struct report **ret, struct error *err);
