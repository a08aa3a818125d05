/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The side that speaks to envgap-rrd, which alone is linked with librrd.  The worker is started
 * with the first request and again after it died, was killed, or drew its share of pictures; it
 * ends by itself when the client is freed or its process is gone.
 *
 * All calls wait for the answer.  Rebuilding the file of a series takes about a millisecond (ten
 * for eleven years of days), a picture about 30, so a loop that serves other things too makes a
 * bounded number of calls in a turn.  Not for several threads at once. */

#include "base/clock.h"
#include "base/text.h"
#include "rrd/graph.h"
#include "rrd/rows.h"

struct rrd_client;

struct rrd_client_options {
	const char *program;   /* path of envgap-rrd */
	const char *state_dir; /* absolute; NULL when only pictures are wanted */
	const struct clock *clock;
	long timeout_ms;   /* for one request; 0: 10 000 */
	int graphs_a_life; /* pictures before the worker is replaced; 0: 200 */
};

#define AUTO_RRD_CLIENT AUTO(rrd_client_free_pointer)

/* Copies the options except the clock, which must outlive the client.  Starts nothing yet. */
MUST_CHECK bool rrd_client_open(const struct rrd_client_options *options, struct rrd_client **ret,
				struct error *err);

/* End the worker and free the client; NULL is fine. */
void rrd_client_free(struct rrd_client *client);
/* For AUTO_RRD_CLIENT. */
void rrd_client_free_pointer(struct rrd_client **client);

/* Make the file of a series anew with exactly these rows, and check it by reading it back.  Rows
 * that a file cannot hold (before 1971, after 2100, or further back from the last known row than
 * the ring reaches) are left out and counted.  Without any known row the file is removed.
 *
 * ERROR_SYSTEM when the worker says no (its words follow), could not be started, died, or took too
 * long; the next request starts a new one. */
MUST_CHECK bool rrd_client_put(struct rrd_client *client, int64_t series, enum frequency frequency,
			       const struct rrd_rows *rows, size_t *ret_left_out,
			       struct error *err);

/* Read the file of a series, without unknown rows at the ends; no file gives no rows.  A damaged
 * file is ERROR_SYSTEM; rrd_client_put repairs it.  Free with rrd_rows_done. */
MUST_CHECK bool rrd_client_get(struct rrd_client *client, int64_t series, enum frequency frequency,
			       struct rrd_rows *ret, struct error *err);

/* Draw a picture.  *ret holds its bytes; free with text_done. */
MUST_CHECK bool rrd_client_graph(struct rrd_client *client, const struct rrd_graph *graph,
				 struct text *ret, struct error *err);
