/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Lists of names for people, in the order of a dictionary. */

#include "base/error.h"

#include <stddef.h>

/* The name of the element at this place; borrowed for the call. */
typedef const char *name_at_fn(const void *self, size_t at);

/* The places 0 to count - 1 in the order of their names (base/collate.h), equal names as they were.
 * For the caller to free. */
MUST_CHECK bool name_order(const void *self, size_t count, name_at_fn *name_at, size_t **ret,
			   struct error *err);
