/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the fourth version of the tables. */

/* From version 3 to 4: totals of indicators and changes of areas; ends with NULL. */
extern const char *const SCHEMA_STEP_4[];
