/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Text inside XML and HTML. */

#include "base/text.h"

/* Append with < > & and both quotes escaped; control characters that XML does not know become
 * blanks. */
void xml_add(struct text *out, struct span text);
/* The same of a C string; NULL is "". */
void xml_add_string(struct text *out, const char *text);
