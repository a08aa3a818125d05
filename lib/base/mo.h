/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The table of messages that msgfmt makes (GNU gettext manual, "The Format of GNU MO Files"). */

#include <stdint.h>

#include "base/text.h"

enum { MO_BYTES = 16 << 20 };

/* Borrowed bytes that were looked through: every text of them is inside and ends with NUL. */
struct mo {
	const char *bytes;
	uint32_t count, ids, texts; /* how many; where the two tables begin */
};

/* Look through the bytes of a file of this machine's byte order.  They stay where they are for as
 * long as *ret is used.  ERROR_INPUT when they are not such a file. */
MUST_CHECK bool mo_read(struct span bytes, struct mo *ret, struct error *err);

/* The i-th message in the order of strcmp, and its translation. */
const char *mo_id(const struct mo *mo, uint32_t index);
const char *mo_text(const struct mo *mo, uint32_t index);

/* The translation of a message; NULL when there is none. */
const char *mo_find(const struct mo *mo, struct span id);
