/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the connection, and statements that are prepared once, bound and read in
 * order, and remember their first failure. */

#include <sqlite3.h>
#include <stddef.h>

#include "ledger/hash.h"
#include "ledger/ledger.h"

enum { SQL_SLOTS = 256 }; /* a power of two, well above the number of statements */

struct sql_slot {
	const char *sql; /* the constant, known by its address */
	sqlite3_stmt *statement;
	bool in_use;
};

/* What temp.changed_series holds: series with rows in (after, last]. */
struct changed_series {
	bool is_filled;
	int64_t after, last;
};

struct ledger {
	sqlite3 *db;
	sqlite3_stmt *rollback; /* ready while a write transaction is open */
	bool must_roll_back;
	char *directory;
	struct writer_lock *shared; /* of a reader that has nobody beside it */
	bool is_writer, is_reading;
	int64_t stages; /* runs begun so far */
	int stages_open;
	bool has_stage_tables;
	struct changed_series changed;
	struct log_batch *batch;	       /* rows that wait to be appended; NULL: none */
	const struct catalogue_rows *mirrored; /* rows that are being written; NULL: none */
	struct log_known *known; /* rows of a series as the log has them; NULL: none are kept */
	struct sql_slot slots[SQL_SLOTS];
};

/* A statement in use.  After a failure all calls do nothing until sql_ok tells. */
struct sql {
	struct ledger *ledger;
	sqlite3_stmt *statement;
	int status;	       /* SQLite's; SQLITE_OK, SQLITE_ROW or SQLITE_DONE is well */
	int bound, column;     /* bound and read so far */
	struct sql_slot *slot; /* NULL: not from the cache, which had it in use */
};

#define AUTO_SQL AUTO(sql_done)

/* Take a statement out of the cache.  `text` must be a constant. */
struct sql sql_use(struct ledger *ledger, const char *text);
void sql_done(struct sql *sql);

/* Bind the next parameter.  Texts and blobs are borrowed until sql_done. */
void sql_bind_int(struct sql *sql, int64_t value);
void sql_bind_real(struct sql *sql, bool is_set, double value); /* not set: NULL; rounded to 15 */
void sql_bind_text(struct sql *sql, const char *value);		/* NULL as "" */
void sql_bind_text_or_null(struct sql *sql, const char *value); /* "" as NULL */
void sql_bind_hash(struct sql *sql, const struct sha256 *hash); /* none as NULL */
void sql_bind_hash_copy(struct sql *sql, const struct sha256 *hash); /* not borrowed */
void sql_bind_null(struct sql *sql);

/* Step: is there a row?  False at the end and after a failure. */
bool sql_next(struct sql *sql);

/* Read the next column of the row. */
int64_t sql_read_int(struct sql *sql);
double sql_read_real(struct sql *sql, bool *ret_is_set);
const char *sql_read_text(struct sql *sql); /* NULL as ""; valid until the next step */
void sql_read_text_into(struct sql *sql, char *buffer, size_t size); /* too long: a failure */
struct sha256 sql_read_hash(struct sql *sql);

/* Did all go well? */
MUST_CHECK bool sql_ok(const struct sql *sql, struct error *err);

/* Step to the end of a statement that gives no rows. */
MUST_CHECK bool sql_run(struct sql *sql, struct error *err);

/* The one number that a statement without parameters gives; 0 without a row. */
MUST_CHECK bool sql_number(struct ledger *ledger, const char *text, int64_t *ret,
			   struct error *err);

/* Run a script (statements without parameters). */
MUST_CHECK bool sql_script(sqlite3 *db, const char *script, struct error *err);

/* Say SQLite's failure in our words.  Always false. */
bool sql_fail(sqlite3 *db, int status, struct error *err);
