/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the sixth version of the tables. */

/* From version 5 to 6: definitions and adopters in a second language; ends with NULL. */
extern const char *const SCHEMA_STEP_6[];
