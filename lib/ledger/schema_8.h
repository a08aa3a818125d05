/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the eighth version of the tables. */

/* From version 7 to 8: credible changes of indicators, and rows that carry a warning; ends with
 * NULL. */
extern const char *const SCHEMA_STEP_8[];
