/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Fixed spellings such as "0000-00", where 0 stands for any digit; the inside of day and period. */

#include "base/text.h"

/* Has the text this shape?  Everything in it but 0 stands for itself. */
bool shape_matches(struct span text, const char *shape);

/* The number that `count` digits (at most 9) make from offset `at` on; the shape has been checked.
 */
int shape_number(struct span text, size_t at, size_t count);

/* How much of a text a message shows, for "%.*s". */
int shape_clip(struct span text);

/* "'TEXT': NAME VALUE is not within MIN..MAX" as ERROR_INPUT unless it is. */
MUST_CHECK bool shape_check_part(struct span text, const char *name, int value, int min, int max,
				 struct error *err);
