/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Our sentences in another language.
 *
 * Messages are written in English by who finds out what is wrong, a daemon or a room that knows no
 * language, and some of them lie in the ledger for years.  Whoever shows one to a person translates
 * it then: the formats that messages are made of are the message ids of the translation, so a
 * message is held against them, its values are read off, and put into the format of the language.
 */

#include "base/text.h"

struct tongue;

#define AUTO_TONGUE AUTO(tongue_free_slot)

/* A language from the bytes of a table of messages (base/mo.h), which are copied.  ERROR_INPUT when
 * they are not one. */
MUST_CHECK bool tongue_new(struct span bytes, struct tongue **ret, struct error *err);
void tongue_free(struct tongue *tongue);
void tongue_free_slot(struct tongue **slot);

/* A text that stands in the table as it is; itself when it does not, or for NULL, English. */
const char *tongue_text(const struct tongue *tongue, const char *english);

/* Append a message with what stands before it ("feed 'x': line 3: ..."), line by line.  Of formats
 * that fit the one with most letters of its own is taken; values in '...' stay, others are looked
 * up.  What is not known is left as it is.  NULL: English. */
void tongue_say(const struct tongue *tongue, struct span said, struct text *out);
