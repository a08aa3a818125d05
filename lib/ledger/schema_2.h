/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: from version 1 of the tables to version 2, which remembers what the last
 * good document of a feed looked like and which one is held back. */

/* Ends with NULL. */
extern const char *const SCHEMA_STEP_2[];
