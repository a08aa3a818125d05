/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* URL templates. */

#include <stdint.h>

#include "base/keys.h"

/* What stands in braces in a URL template. */
struct feed_url {
	const char *pattern;
	const struct key_map *variables; /* may be NULL */
	const struct key_map *secrets;	 /* may be NULL */
	int64_t page, page_size;	 /* {page} and {per_page} */
	int64_t offset;			 /* {offset} */
};

/* Put the URL together.  {name} is filled percent-encoded (letters, digits and -._~;,:@ stay),
 * {+name} as it is.  A name that is unknown is ERROR_INPUT. */
MUST_CHECK bool feed_url_fill(const struct feed_url *url, struct text *out, struct error *err);

/* The same for people: secrets stay "{key}". */
MUST_CHECK bool feed_url_show(const struct feed_url *url, struct text *out, struct error *err);
