/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* OData (JSON), with the names of WHO's Global Health Observatory. */

#include "feed/source.h"

/* What such a document says beside its records. */
extern const struct feed_list_rules feed_odata_rules;

/* For struct feed_format: where things stand in a record. */
extern const char *const feed_odata_fields[FEED_SLOTS];
extern const char *const feed_odata_patterns[];

/* See struct feed_format. */
MUST_CHECK bool feed_odata_decode(struct feed_source *source, struct error *err);
