/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* JSON pointers, RFC 6901. */

#include <jansson.h>

#include "base/text.h"

/* Is it a pointer: "" or tokens that each begin with '/', with '~' only as "~0" or "~1"?  The
 * message names `what`. */
MUST_CHECK bool feed_pointer_check(struct span pointer, const char *what, struct error *err);

/* What it points at, borrowed from `from`; NULL when nothing is there (or the pointer is none). */
json_t *feed_pointer_get(const json_t *from, struct span pointer);

/* Has it a "*" between its slashes, the name or number of the record, or "**", that of the one
 * above? */
bool feed_pointer_is_keyed(struct span pointer);

/* How many stars is a token that is nothing else; 0: it is another. */
size_t feed_pointer_stars(struct span token);

/* Does it end in one?  *ret_list: the pointer without that end. */
bool feed_pointer_ends_keyed(struct span pointer, struct span *ret_list);
