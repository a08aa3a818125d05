/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The log of observations: append-only, the only truth. */

#include "ledger/load.h"
#include "ledger/series.h"
#include "obs/observation.h"

enum { VINTAGES_MAX = 1000000 }; /* rows of one series */

/* Where a row comes from, for `explain`; NULL and "" are the same. */
struct provenance {
	const char *locator; /* the cell: page, line, pointer */
	const char *raw;     /* as it stood there */
	const char *warning;
};

/* Is something doubtful about a row that is about to be appended?  *ret_warning ("": nothing) takes
 * the place of from->warning, and is borrowed until the next call.  series->id is 0 when the series
 * is not in the ledger yet. */
typedef bool log_look_fn(void *self, const struct series *series, const struct observation *obs,
			 const struct provenance *from, const char **ret_warning,
			 struct error *err);

struct log_look {
	log_look_fn *look; /* NULL: nobody looks */
	void *self;
};

/* Let somebody look, unless the row is a withdrawal; from->warning is replaced. */
MUST_CHECK bool log_look_at(const struct log_look *look, const struct series *series,
			    const struct observation *obs, struct provenance *from,
			    struct error *err);

/* How far back whoever looks at a figure looks for its neighbours: six lengths of its period, and
 * two weeks at least. */
int32_t log_look_since(struct period period);

enum append_result {
	APPEND_UNCHANGED, /* says what is in force on its known day already */
	APPEND_NEW,	  /* a period and source that had no row on its known day */
	APPEND_REVISED,	  /* differs from the row in force on its known day */
};

/* Append obs as a row of `obs->load`, unless it says what the row of the same series, period and
 * source in force on obs->known_day says (obs_differs); a withdrawal of nothing is unchanged too.
 * Numbers are rounded to 15 digits.  obs->seq and ->received are not looked at.  *ret_seq is the
 * new row, or, unchanged, the row in force (0: none). */
MUST_CHECK bool log_append(struct ledger *ledger, const struct observation *obs,
			   const struct provenance *from, enum append_result *ret_result,
			   int64_t *ret_seq, struct error *err);

/* Append it under its own seq and load without comparing, for a restore; ERROR_REFUSED when the seq
 * is taken. */
MUST_CHECK bool log_restore(struct ledger *ledger, const struct observation *obs,
			    const struct provenance *from, struct error *err);

struct log_key {
	int64_t series;
	struct period period;
	const char *source;
};

/* The row in force for a key as known on a day (DAY_NONE: now); withdrawals are rows too.
 * ret->seq is 0 when there is none. */
MUST_CHECK bool log_in_force(struct ledger *ledger, const struct log_key *key, int32_t known_day,
			     struct observation *ret, struct error *err);

/* All rows of one series by period, source, known day, seq.  The array can be handed in again and
 * again; it grows. */
struct vintages {
	struct observation *rows;
	size_t count, room;
};

#define AUTO_VINTAGES AUTO(vintages_done)

/* Those with known_day <= cutoff; DAY_NONE: all. */
MUST_CHECK bool vintages_read(struct ledger *ledger, int64_t series, int32_t cutoff,
			      struct vintages *ret, struct error *err);
void vintages_done(struct vintages *vintages);

/* Those of periods that begin between these days, both included, or on `from` or later; `received`
 * is not read. */
MUST_CHECK bool vintages_read_between(struct ledger *ledger, int64_t series, int32_t first_day,
				      int32_t last_day, struct vintages *ret, struct error *err);
MUST_CHECK bool vintages_read_since(struct ledger *ledger, int64_t series, int32_t from,
				    struct vintages *ret, struct error *err);

/* One row with all that is known about it. */
struct log_row {
	struct observation obs;
	struct provenance from; /* never NULL inside */
	struct series series;
	struct load load;
};

/* Called for each; the row is borrowed until the callback returns; false stops, err says why. */
typedef bool log_row_fn(void *self, const struct log_row *row, struct error *err);

/* The row of this seq, handed to take; ERROR_NOT_FOUND when there is none. */
MUST_CHECK bool log_read(struct ledger *ledger, int64_t seq, log_row_fn *take, void *self,
			 struct error *err);

/* Rows with seq >= from, in order of seq. */
MUST_CHECK bool log_each(struct ledger *ledger, int64_t from, log_row_fn *take, void *self,
			 struct error *err);

/* Rows of one series in the order of vintages_read, with their provenance. */
MUST_CHECK bool log_each_of_series(struct ledger *ledger, int64_t series, log_row_fn *take,
				   void *self, struct error *err);

/* Which rows with warnings are asked for. */
struct log_warned {
	const char *feed;  /* only what it brought last; NULL: any */
	int64_t series;	   /* only of this one; 0: any */
	int32_t known_day; /* known by then; DAY_NONE: ever */
};

/* Those that are in force and carry a warning, or would be in force but for a withdrawal that was
 * there when they came, in order of seq. */
MUST_CHECK bool log_each_warned(struct ledger *ledger, const struct log_warned *which,
				log_row_fn *take, void *self, struct error *err);

/* The highest seq, 0 in an empty log, and the number of rows. */
MUST_CHECK bool log_last_seq(struct ledger *ledger, int64_t *ret, struct error *err);
MUST_CHECK bool log_count(struct ledger *ledger, int64_t *ret, struct error *err);
