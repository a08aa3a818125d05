/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* gzip (RFC 1952) as it arrives, with one or more members.  libcurl's own decoding accepts a
 * stream that was cut off and has no ceiling; this one knows whether the end was seen. */

#define ZLIB_CONST
#include <zlib.h>

#include "base/spool.h"

struct gunzip {
	z_stream stream;
	bool started;
	bool ended; /* at the end of a member, with nothing after it so far */
};

/* Decode the next bytes onto `out`.  ERROR_INPUT for what is not gzip (also behind its end), else
 * what spool_add says; ERROR_MEMORY. */
MUST_CHECK bool gunzip_add(struct gunzip *gunzip, struct span bytes, struct spool *out,
			   struct error *err);

/* Free what it holds; it can begin anew. */
void gunzip_done(struct gunzip *gunzip);
