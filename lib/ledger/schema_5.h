/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the fifth version of the tables. */

/* From version 4 to 5: offices and duties, and what was delivered; ends with NULL. */
extern const char *const SCHEMA_STEP_5[];
