/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the first version of the tables. */

/* From an empty database to version 1; ends with NULL. */
extern const char *const SCHEMA_STEP_1[];
