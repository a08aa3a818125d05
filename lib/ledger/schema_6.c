/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/schema_6.h"

#include <stddef.h>

const char *const SCHEMA_STEP_6[] = {
	"ALTER TABLE indicator ADD COLUMN definition_vi TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE indicator ADD COLUMN formula_vi TEXT NOT NULL DEFAULT ''",
	"ALTER TABLE act ADD COLUMN adopter_vi TEXT NOT NULL DEFAULT ''", NULL};
