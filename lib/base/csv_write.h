/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one CSV writer (RFC 4180). */

#include "base/text.h"

/* Append one field, quoted when it has to be; first says whether a ',' goes before it. */
void csv_write_field(struct text *out, struct span field, bool first);

/* End the row (LF). */
void csv_write_end(struct text *out);
