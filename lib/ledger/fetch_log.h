/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Runs of feeds in which something was new, refused or failed, and the refused records; kept for a
 * while only. */

#include "ledger/ledger.h"

/* Texts: NULL and "" are the same; read ones are never NULL and borrowed until the callback
 * returns. */
struct fetch_row {
	int64_t id; /* not looked at when appending */
	int64_t at; /* unix seconds */
	const char *feed;
	const char *outcome; /* "new", "refused", "failed" */
	const char *cause, *text;
	const char *url; /* the template, keys unfilled */
	int http_status; /* 0: none */
	int64_t bytes, duration_ms, rows, appended, revised, withdrawn, refused;
	int64_t load; /* 0: none */
};

/* Append one run. */
MUST_CHECK bool fetch_append(struct ledger *ledger, const struct fetch_row *row, int64_t *ret_id,
			     struct error *err);

/* Called for each; false stops, err says why. */
typedef bool fetch_fn(void *self, const struct fetch_row *row, struct error *err);

/* The last `last` ones (0: all) of a feed (NULL: of all), oldest first. */
MUST_CHECK bool fetch_each(struct ledger *ledger, const char *feed, size_t last, fetch_fn *take,
			   void *self, struct error *err);

/* A record that was refused, with its place and why. */
struct reject_row {
	int64_t id, fetch; /* id is not looked at when appending */
	int64_t at;
	const char *feed;
	const char *locator, *raw; /* where, and what stood there */
	const char *cause, *text;  /* a stable word, and a sentence */
};

/* Append one refused record. */
MUST_CHECK bool reject_append(struct ledger *ledger, const struct reject_row *row,
			      struct error *err);

/* Called for each; false stops, err says why. */
typedef bool reject_fn(void *self, const struct reject_row *row, struct error *err);

/* Those of the last run of a feed that refused any, in the order in which they came. */
MUST_CHECK bool reject_each_last(struct ledger *ledger, const char *feed, reject_fn *take,
				 void *self, struct error *err);

/* All kept ones of a feed, oldest first. */
MUST_CHECK bool reject_each(struct ledger *ledger, const char *feed, reject_fn *take, void *self,
			    struct error *err);

/* Forget runs, and refused records, from before these times. */
MUST_CHECK bool fetch_expire(struct ledger *ledger, int64_t before, int64_t rejects_before,
			     struct error *err);
