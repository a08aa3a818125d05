/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The Link header of an answer (RFC 8288). */

#include "feed/feed.h"

/* The target of the first link with the relation "next", as it is written; "" when there is none.
 * Several header fields are joined by ','.  Links with an anchor are about another document.
 * ERROR_LIMIT: it is longer than FEED_URL_BYTES. */
MUST_CHECK bool feed_link_next(struct span header, char ret[FEED_URL_BYTES], struct error *err);
