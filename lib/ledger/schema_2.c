/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/schema_2.h"

#include <stddef.h>

/* Replaced in place.  Hashes are of things in the archive, but for `settings` and `request`. */
#define FEED_DOCUMENTS                                                                             \
	"CREATE TABLE feed_good ("                                                                 \
	" feed_id TEXT PRIMARY KEY, document BLOB NOT NULL, section BLOB NOT NULL,"                \
	" settings BLOB NOT NULL, request BLOB NOT NULL, received INTEGER NOT NULL,"               \
	" rows INTEGER NOT NULL, present INTEGER NOT NULL, columns TEXT NOT NULL,"                 \
	" units TEXT NOT NULL) STRICT, WITHOUT ROWID;"                                             \
	"CREATE TABLE feed_held ("                                                                 \
	" feed_id TEXT PRIMARY KEY, document BLOB NOT NULL, section BLOB NOT NULL,"                \
	" settings BLOB NOT NULL, received INTEGER NOT NULL, url TEXT, why TEXT NOT NULL,"         \
	" rows INTEGER NOT NULL) STRICT, WITHOUT ROWID;"

const char *const SCHEMA_STEP_2[] = {FEED_DOCUMENTS, NULL};
