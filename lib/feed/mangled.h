/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cells that a spreadsheet has changed on their way. */

#include "base/text.h"

/* Does the code look as it was typed?  Otherwise ERROR_INPUT with what it may have been: "Mar-75"
 * was MAR75, "34:01:00" was 34:01. */
MUST_CHECK bool feed_mangled_check_code(struct span text, struct error *err);

/* The same for a value: "3-May" was 3.5 or 5.3, "########" was anything. */
MUST_CHECK bool feed_mangled_check_value(struct span text, struct error *err);
