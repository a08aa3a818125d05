/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/schema_7.h"

#include <stddef.h>

#include "ledger/schema_guard.h"

/* target_id '' is the whole series, year 0 every year.  A row says all that holds from then on. */
#define NOTES                                                                                      \
	"CREATE TABLE note ("                                                                      \
	" note_id INTEGER PRIMARY KEY CHECK (note_id > 0), at INTEGER NOT NULL,"                   \
	" actor TEXT NOT NULL CHECK (actor <> ''),"                                                \
	" indicator_id TEXT NOT NULL, breakdown TEXT NOT NULL, area_id TEXT NOT NULL,"             \
	" target_id TEXT NOT NULL, year INTEGER NOT NULL,"                                         \
	" cause TEXT, remedy TEXT, text TEXT,"                                                     \
	" is_removal INTEGER NOT NULL CHECK (is_removal IN (0, 1))) STRICT;"

const char *const SCHEMA_STEP_7[] = {NOTES GUARD("note", "note_id = NEW.note_id"), NULL};
