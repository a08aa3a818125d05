/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/schema_8.h"

#include <stddef.h>

/* A warning stands with its row, where no one can change it; few rows have one, and the index has
 * only them. */
#define WARNINGS                                                                                   \
	"ALTER TABLE indicator ADD COLUMN jump REAL;"                                              \
	"CREATE INDEX observation_warned ON observation (seq)"                                     \
	" WHERE warning IS NOT NULL AND status <> 'W'"

const char *const SCHEMA_STEP_8[] = {WARNINGS, NULL};
