/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a value of a tree is.  jansson would keep of a number what a double or 64 bits hold; here
 * "1.90" stays "1.90", and 1e999 is one number that cannot be kept and not a document that cannot
 * be read.  So numbers are handed to jansson as texts behind a mark, U+FFFF, which Unicode sets
 * aside for the inside of programs. */

#include <jansson.h>

#include "base/text.h"

/* Append JSON with its numbers as marked texts.  What is not JSON is copied as it is. */
void feed_json_mark(struct span json, struct text *out);

/* Is it a number, a text? */
bool feed_json_is_number(const json_t *value);
bool feed_json_is_text(const json_t *value);

/* The text of either, a number as it was written; an empty span for anything else. */
struct span feed_json_text(const json_t *value);

/* Is it a whole number that is written with digits alone, within the bounds? */
MUST_CHECK bool feed_json_integer(const json_t *value, int64_t min, int64_t max, int64_t *ret);

/* "an object", "a list" ... */
const char *feed_json_kind(const json_t *value);
