/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the parts of an explanation. */

#include "query/explain_method.h"
#include "query/rows.h"

/* Everything that is looked at. */
struct explaining {
	const struct query *query;
	const struct query_series *asked;
	struct query_rows rows;
	const struct query_row *row; /* the target */
	struct judged_series series;
	struct judgement judgement;
	struct report *report;
	struct working working;
};

/* An empty line, and a heading. */
void explain_heading(const struct explaining *explaining, enum word word);

/* The table "values": the run of yearly values, or, where years are made from shorter periods, each
 * of those. */
void explain_values(const struct explaining *explaining);

/* The table "rules", up to the one that decided. */
void explain_rules(const struct explaining *explaining);
