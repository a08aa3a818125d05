/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* OpenAQ API, version 3: measurements of a sensor over periods, with their coverage. */

#include "feed/source.h"

/* For struct feed_format: where things stand in a record. */
extern const char *const feed_openaq_fields[FEED_SLOTS];
extern const char *const feed_openaq_patterns[];

/* See struct feed_format. */
MUST_CHECK bool feed_openaq_decode(struct feed_source *source, struct error *err);
