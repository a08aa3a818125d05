/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cells that a spreadsheet has changed on their way. */

#include "base/text.h"

/* Does the text look as it was typed?  Otherwise ERROR_INPUT with what it may have been: "Mar-75"
 * was MAR75 or 3-75, "34:01:00" was 34:01, "########" was anything.  `is_code`: a long code is
 * also asked whether it became "1.23E+11". */
MUST_CHECK bool feed_mangled_check(struct span text, bool is_code, struct error *err);
