/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the seventh version of the tables. */

/* From version 6 to 7: what people say about series and targets; ends with NULL. */
extern const char *const SCHEMA_STEP_7[];
