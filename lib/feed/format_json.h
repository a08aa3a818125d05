/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Any JSON document with a list of records in it, by JSON pointers. */

#include "feed/source.h"

/* What such a document says beside its records. */
extern const struct feed_list_rules feed_json_rules;

/* See struct feed_format. */
MUST_CHECK bool feed_json_decode(struct feed_source *source, struct error *err);
