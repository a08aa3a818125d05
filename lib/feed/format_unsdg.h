/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* UN SDG API, Series/Data and Indicator/Data: pages of records, each with its dimensions. */

#include "feed/source.h"

/* What such a document says beside its records. */
extern const struct feed_list_rules feed_unsdg_rules;

/* For struct feed_format: where things stand in a record. */
extern const char *const feed_unsdg_fields[FEED_SLOTS];
extern const char *const feed_unsdg_patterns[];

/* See struct feed_format. */
MUST_CHECK bool feed_unsdg_decode(struct feed_source *source, struct error *err);
