/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Numbers in the spelling of one source, the inside of base/number.h. */

#include "base/number.h"

/* Append the number without groups and with '.' as its decimal sign.  What is not part of a number
 * stays in, for the reader of plain numbers to refuse.  ERROR_INPUT for a range, an ambiguous or a
 * badly grouped number, and a sign that the rule does not allow.  `text` is trimmed. */
MUST_CHECK bool numeral_plain(const struct number_rule *rule, struct span text, struct text *out,
			      struct error *err);
