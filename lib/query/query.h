/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A question: to which ledger, as of which day, in which language.  Each question of the command
 * and of the web page is a file of this room; the answer is a report. */

#include "judge/judge.h"
#include "query/words.h"
#include "report/report.h"

struct query {
	struct judge judge;
	const struct language *language;
	int64_t now;		   /* unix seconds, for "today 06:00" */
	enum report_format format; /* of the answer */
};

/* Which series somebody asks about, found in the catalogue. */
struct query_series {
	const struct indicator *indicator;
	const struct area *area;
	char breakdown[BREAKDOWN_BYTES];
};

/* What somebody writes of a series: breakdown NULL is the total, period NULL is the day. */
struct query_written {
	const char *indicator, *area, *breakdown, *period;
};

/* Find an indicator by its id; ERROR_NOT_FOUND says which one is near. */
MUST_CHECK bool query_find_indicator(const struct query *query, const char *id,
				     const struct indicator **ret, struct error *err);

/* Find an area by its id, or by a code or name that only one area carries on the day. */
MUST_CHECK bool query_find_area(const struct query *query, const char *written,
				const struct area **ret, struct error *err);

/* The same for what is asked about a period. */
MUST_CHECK bool query_find_area_in(const struct query *query, const char *written,
				   struct period period, const struct area **ret,
				   struct error *err);

/* All of it. */
MUST_CHECK bool query_find_series(const struct query *query, const struct query_written *written,
				  struct query_series *ret, struct error *err);

/* The key of the series in the ledger; borrows. */
struct series_key query_series_key(const struct query_series *series);

/* A column of an answer: as in report.h, with its heading as a word. */
struct query_column {
	const char *key;
	int heading; /* enum word; -1: never shown to people */
	unsigned flags;
	int drop;
};

enum { QUERY_COLUMNS_MAX = 96, WORD_NONE = -1 };

/* Add a table with headings in the language. */
struct report_table *query_add_table(const struct query *query, struct report *report,
				     const char *name, const struct query_column *columns,
				     size_t count);

/* Add the fields "as_of" and, by day of receipt, "received_by". */
void query_add_day(const struct query *query, struct report *report);

/* A name in the language: name_vi where there is one and it is asked for. */
const char *query_name(const struct query *query, const char *name, const char *local_name);

/* Of the publisher with this id, "computed from members" without one; the id itself when the
 * catalogue does not know it. */
const char *query_source_name(const struct query *query, const char *id);

/* Was the act of the target adopted by the day? */
bool query_is_adopted(const struct query *query, const struct act *act);
