/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* UN SDG API, PivotData: a record for each area and series, whose years are a text of JSON. */

#include "feed/source.h"

/* What such a document says beside its records. */
extern const struct feed_list_rules feed_unsdgpivot_rules;

/* For struct feed_format: where things stand in a record. */
extern const char *const feed_unsdgpivot_fields[FEED_SLOTS];
extern const char *const feed_unsdgpivot_patterns[];

/* See struct feed_format. */
MUST_CHECK bool feed_unsdgpivot_decode(struct feed_source *source, struct error *err);
