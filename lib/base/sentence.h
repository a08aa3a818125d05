/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* printf backwards: which values a text has where a format has its directives. */

#include "base/text.h"

enum { SENTENCE_VALUES = 16 };

/* The values of a format as texts, by the number of the argument, from 0; a width or precision
 * given as an argument counts and stays empty.  Borrowed from the text. */
struct sentence_values {
	struct span items[SENTENCE_VALUES];
	size_t count;
};

/* Is `said` what printf could have made of the format?  A %s takes as little as it can; at the very
 * beginning it takes nothing with ": " in it, because that is a context in front of a message.  A
 * line feed at the end of the format need not be there. */
MUST_CHECK bool sentence_match(const char *format, struct span said, struct sentence_values *ret);

/* How many letters of the format are its own. */
size_t sentence_letters(const char *format);

/* Does the format have the value of this number in '...'? */
bool sentence_quotes(const char *format, size_t value);

/* One value as it is to be written. */
typedef void sentence_value_fn(void *self, struct span value, struct text *out);

/* Append a format, filled with these values; those not in '...' go through `write`.  Understands
 * "%2$s".  A line feed at the end is left out. */
void sentence_fill(const char *format, const struct sentence_values *values,
		   sentence_value_fn *write, void *self, struct text *out);
