/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of query_show(), a file each. */

#include "query/rows.h"

/* What all parts look at. */
struct show {
	const struct query *query;
	const struct query_series *asked;
	const struct judged_series *series;
	struct report *report;
};

/* Does the vintage count on the day of the question? */
bool show_counts(const struct show *show, size_t vintage);

/* "2015 ▁ 2016 ▅ ...": one bar a period; only the bars when labels would not fit. */
void show_add_spark(const struct show *show);

/* The last value with its publisher and date, and when the next is expected. */
void show_add_latest(const struct show *show);

/* The tables "values" and "vintages", and which publishers differ. */
void show_add_values(const struct show *show);
void show_add_vintages(const struct show *show);
void show_add_differences(const struct show *show);

/* Is this vintage in force, of another publisher, for exactly the period of the point's row, and
 * another value? */
bool show_differs(const struct show *show, const struct standing_point *point, size_t vintage);

/* A verdict that would be another one with another publisher's value. */
struct otherwise_item {
	const struct query_row *row; /* borrowed from the targets */
	const struct observation *vintage;
	struct verdict verdict; /* with it */
};

struct otherwise {
	struct otherwise_item *items;
	size_t count, room;
};

#define AUTO_OTHERWISE AUTO(otherwise_done)
/* Free the items and make it empty again. */
void otherwise_done(struct otherwise *otherwise);

/* Judge each target again with each value that another publisher has in force; only memory can
 * fail. */
MUST_CHECK bool show_find_otherwise(const struct show *show, const struct query_rows *targets,
				    struct otherwise *ret, struct error *err);

/* Is a verdict on the target among them? */
bool otherwise_has(const struct otherwise *otherwise, const struct query_row *row);

/* A line for each target that is open and not reached: how much of the way from its baseline is
 * done, and when it is reached if the method's change goes on. */
void show_add_ways(const struct show *show, const struct query_rows *targets);

/* The table "otherwise", and a line for each. */
void show_add_otherwise(const struct show *show, const struct otherwise *otherwise);

/* Is the target not yet due on the day of the question? */
bool show_is_open(const struct show *show, const struct query_row *row);

/* The table "targets"; states that would be others are marked. */
void show_add_targets(const struct show *show, const struct query_rows *targets,
		      const struct otherwise *otherwise);

/* The table "milestones" of all targets: each held against the value of its own period. */
MUST_CHECK bool show_add_milestones(const struct show *show, const struct query_rows *targets,
				    struct error *err);

/* The table "totals": what members give for each period, what of it stands, whether what is
 * published agrees; lines for people, and warnings where figures contradict each other. */
void show_add_totals(const struct show *show);

/* Which other territories the series is not joined with, and why. */
void show_add_territory(const struct show *show);

/* The table "methods": what each method says of each target that is not yet due, the one that
 * decides first; and whether they disagree. */
MUST_CHECK bool show_add_methods(const struct show *show, const struct query_rows *targets,
				 struct error *err);

/* Trends of the last comparable run: Theil-Sen, Mann-Kendall, and the chance to reach the target
 * that is due last; and which targets count from a value of their own before a break.
 * ERROR_MEMORY. */
MUST_CHECK bool show_add_evidence(const struct show *show, const struct query_rows *targets,
				  struct error *err);
