/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the third version of the tables. */

/* From version 2 to 3: what an event was decided by; ends with NULL. */
extern const char *const SCHEMA_STEP_3[];
