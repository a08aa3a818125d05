/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Templates of URLs, headers and bodies. */

#include <stdint.h>

#include "base/keys.h"
#include "obs/day.h"

#define FEED_FORM_TYPE "application/x-www-form-urlencoded"

/* What stands in braces in a URL template. */
struct feed_url {
	const char *pattern;
	const struct key_map *variables; /* may be NULL */
	const struct key_map *secrets;	 /* may be NULL */
	int64_t page, page_size;	 /* {page} and {per_page} */
	int64_t offset;			 /* {offset} */
	const char *cursor; /* {cursor}; NULL: it stays; "": the parameter is left out */
	int32_t today;	    /* for {today-400d} and the like (feed/window.h); DAY_NONE: they stay */
};

/* Put the URL together.  {name} is filled percent-encoded (letters, digits and -._~;,:@ stay),
 * {+name} as it is.  A parameter of the query that is only a {cursor} of "" is left out.  A name
 * that is unknown is ERROR_INPUT. */
MUST_CHECK bool feed_url_fill(const struct feed_url *url, struct text *out, struct error *err);

/* The same for people: secrets stay "{key}". */
MUST_CHECK bool feed_url_show(const struct feed_url *url, struct text *out, struct error *err);

/* How what is filled into a body is written. */
enum feed_body_kind { FEED_BODY_PLAIN, FEED_BODY_JSON, FEED_BODY_FORM };

/* By the content type, which may be NULL. */
enum feed_body_kind feed_body_kind(const char *content_type);

/* Put a body together.  Braces are JSON's own, so {name} is filled only where the name is known:
 * inside the quotes of a JSON text, percent-encoded in a form, as it is elsewhere and for {+name}.
 * All else stays. */
MUST_CHECK bool feed_body_fill(const struct feed_url *url, enum feed_body_kind kind,
			       struct text *out, struct error *err);

/* The same for people: secrets stay "{key}". */
MUST_CHECK bool feed_body_show(const struct feed_url *url, enum feed_body_kind kind,
			       struct text *out, struct error *err);

/* Append "name=value" as a part of a query or form: both percent-encoded, {name} left to be filled.
 */
void feed_url_add_pair(struct span pair, struct text *out);
