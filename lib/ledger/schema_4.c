/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/schema_4.h"

#include <stddef.h>

/* The mirror of how totals are made, and of what became of areas. */
#define TOTAL_COLUMNS                                                                              \
	"ALTER TABLE indicator ADD COLUMN total INTEGER NOT NULL DEFAULT 0;"                       \
	"ALTER TABLE indicator ADD COLUMN total_weight TEXT;"                                      \
	"ALTER TABLE indicator ADD COLUMN total_target TEXT;"                                      \
	"ALTER TABLE indicator ADD COLUMN total_kind TEXT;"                                        \
	"ALTER TABLE indicator ADD COLUMN total_coverage REAL NOT NULL DEFAULT 1"

#define AREA_CHANGE                                                                                \
	"CREATE TABLE area_change ("                                                               \
	" position INTEGER PRIMARY KEY, from_id TEXT NOT NULL, to_id TEXT NOT NULL,"               \
	" day INTEGER NOT NULL, kind INTEGER NOT NULL, note TEXT NOT NULL,"                        \
	" note_vi TEXT NOT NULL, source TEXT NOT NULL, line INTEGER NOT NULL) STRICT"

const char *const SCHEMA_STEP_4[] = {TOTAL_COLUMNS, AREA_CHANGE, NULL};
