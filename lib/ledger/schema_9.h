/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the ninth version of the tables. */

/* From version 8 to 9: the totals that verdicts rest on; ends with NULL. */
extern const char *const SCHEMA_STEP_9[];
