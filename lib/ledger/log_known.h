/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: what the log says about the keys of a series, for rows that ascend by
 * period, source and known day.  Read at once, because a look-up for each row costs five times as
 * much. */

#include "ledger/log.h"

struct log_known {
	struct vintages rows;
	struct ledger *ledger; /* which knows of it while `rows` is what the log says */
	int64_t series;
	int32_t first_day;
	size_t at;		 /* what is before it lies before the last key that was asked for */
	struct observation last; /* appended since; its source is "" when nothing was */
};

/* Free the rows. */
void log_known_done(struct log_known *known);

/* Go on to a series (0: one that is not in the log) and its rows of periods that begin between the
 * first and the last day, both included.  What was there before is forgotten. */
MUST_CHECK bool log_known_enter(struct log_known *known, struct ledger *ledger, int64_t series,
				int32_t first_day, int32_t last_day, struct error *err);

/* What appending obs would be, as log_compare says it. */
enum append_result log_known_compare(struct log_known *known, const struct observation *obs);

/* The rows of a series that begin on `from` or later, when nothing was appended since they were
 * read: whoever looks at a row as well need not read them again.  *ret_found is false otherwise. */
MUST_CHECK bool log_known_copy(const struct ledger *ledger, int64_t series, int32_t from,
			       struct vintages *ret, bool *ret_found, struct error *err);

/* obs is appended. */
void log_known_note(struct log_known *known, const struct observation *obs);
