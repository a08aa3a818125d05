/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* References from one URL to another. */

#include "base/text.h"

/* Append the URL that `reference` means where it stands in the document at `base` (RFC 3986, 5.2,
 * without its fragment).  A base that is itself relative gives a relative URL; an empty one the
 * reference as it is. */
MUST_CHECK bool feed_url_resolve(struct span base, struct span reference, struct text *out,
				 struct error *err);

/* Are scheme, host and port of two absolute URLs the same? */
bool feed_url_same_origin(struct span a, struct span b);
