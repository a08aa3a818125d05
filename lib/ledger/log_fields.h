/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the columns of an observation for every statement that reads one, and the
 * comparison that decides about appending. */

#include "ledger/fields.h"
#include "ledger/log.h"

/* What a statement of the log is about, without seq; a staged row has the same columns. */
#define OBSERVATION_VALUES(t)                                                                      \
	t ".source_id, " t ".from_day, " t ".to_day, " t ".value, " t ".decimals, " t ".num, " t   \
	  ".den, " t ".qualifier, " t ".status, " t ".is_break, " t ".published, " t ".known_day"

/* Of `observation o`. */
#define OBSERVATION_COLUMNS "o.seq, o.series_id, o.load_id, " OBSERVATION_VALUES("o")

/* Bind or read OBSERVATION_VALUES; read OBSERVATION_COLUMNS, into a zeroed observation. */
void observation_bind_values(struct sql *sql, const struct observation *obs);
void observation_read_values(struct sql *sql, struct observation *ret);
void observation_read_columns(struct sql *sql, struct observation *ret);

/* Read `locator, raw, warning`; borrowed until the next step. */
void provenance_read_columns(struct sql *sql, struct provenance *ret);
void provenance_bind(struct sql *sql, const struct provenance *from);

/* What would appending obs (of obs->series, known or 0) be?  *ret_seq is the row in force. */
MUST_CHECK bool log_compare(struct ledger *ledger, const struct observation *obs,
			    enum append_result *ret_result, int64_t *ret_seq, struct error *err);

/* The same when the row in force is known; NULL: there is none. */
enum append_result log_result_of(const struct observation *in_force, const struct observation *obs);

/* Append without comparing; *ret_seq is the new row. */
MUST_CHECK bool log_add(struct ledger *ledger, const struct observation *obs,
			const struct provenance *from, int64_t *ret_seq, struct error *err);
