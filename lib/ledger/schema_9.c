/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/schema_9.h"

#include <stddef.h>

/* Derived, as assessment is: a verdict on a group rests on no row of the log. */
#define ASSESSMENT_TOTAL                                                                           \
	"CREATE TABLE assessment_total ("                                                          \
	" target_id TEXT NOT NULL, area_id TEXT NOT NULL, decides INTEGER NOT NULL,"               \
	" fault TEXT, from_day INTEGER NOT NULL, to_day INTEGER NOT NULL,"                         \
	" expected INTEGER NOT NULL, used INTEGER NOT NULL, rebuilt INTEGER NOT NULL,"             \
	" weight_share REAL, value REAL, num REAL, den REAL,"                                      \
	" status TEXT NOT NULL, qualifier TEXT NOT NULL, known_day INTEGER NOT NULL,"              \
	" decimals INTEGER NOT NULL, missing TEXT,"                                                \
	" PRIMARY KEY (target_id, area_id)) STRICT, WITHOUT ROWID"

const char *const SCHEMA_STEP_9[] = {ASSESSMENT_TOTAL, NULL};
