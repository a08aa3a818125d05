/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* World Bank Indicators API, version 2, format=json: [header, records], or [{"message": [...]}]
 * with HTTP 200 when something is wrong. */

#include "feed/source.h"

/* What such a document says beside its records. */
extern const struct feed_list_rules feed_worldbank_rules;

/* For struct feed_format: where things stand in a record. */
extern const char *const feed_worldbank_fields[FEED_SLOTS];
extern const char *const feed_worldbank_patterns[];

/* See struct feed_format. */
MUST_CHECK bool feed_worldbank_decode(struct feed_source *source, struct error *err);
