/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What of a URL decides whether and how it is fetched. */

#include <stdbool.h>

#include "base/attr.h"

struct address {
	char scheme[16]; /* lower case */
	char host[256];	 /* lower case; "" for file: */
	char port[8];	 /* the scheme's own when none is written; "" for file: */
	bool has_user;	 /* a user name or password stands in it */
};

/* False when the URL cannot be read, or is about no network host. */
MUST_CHECK bool address_read(const char *url, struct address *ret);

/* May what was meant for `from` be told to `to`?  Same scheme, host and port, or the same host by
 * https after http, both at their own ports. */
bool address_may_share(const struct address *from, const struct address *to);
