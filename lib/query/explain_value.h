/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where does a value come from?  From what stands for a period back to the cell of the document. */

#include "query/query.h"

enum { EXPLAIN_CELL_BYTES = 512, EXPLAIN_RULES_BYTES = 1024 };

/* A cell, read again from the archive. */
struct explain_cell {
	char url[EXPLAIN_CELL_BYTES];	 /* where the document came from, keys unfilled; "": no feed
					  */
	char raw[EXPLAIN_CELL_BYTES];	 /* what stands at the row's place; "" unless is_found */
	char rules[EXPLAIN_RULES_BYTES]; /* the settings by which it was read, as keys; "": none */
	bool is_found;
	char why[EXPLAIN_CELL_BYTES]; /* why not */
};

/* Reads the cell of a row; only failures of memory stop the answer. */
struct explain_reader {
	bool (*read)(void *self, const struct log_row *row, struct explain_cell *ret,
		     struct error *err);
	void *self;
};

struct explain_question {
	const struct query_series *series;
	const char *period;
	const char *source; /* NULL: what stands, whoever published it */
	struct explain_reader reader;
};

/* The row that stands for the period, or (with a source) that is in force of this publisher: value,
 * status, who brought it, when, from which document and cell, by which settings; a table "rows" of
 * all that was said about the period and a table "verdicts" of the targets that it decides.
 * ERROR_INPUT for what is no period, ERROR_NOT_FOUND when there is no such figure on the day. */
MUST_CHECK bool query_explain_value(const struct query *query,
				    const struct explain_question *question, struct report **ret,
				    struct error *err);
