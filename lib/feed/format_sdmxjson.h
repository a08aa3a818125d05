/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* SDMX-JSON 1.0 and 2.x data messages: series, flat and cross-section. */

#include "feed/source.h"

/* See struct feed_format. */
extern const char *const feed_sdmxjson_fields[FEED_SLOTS];
MUST_CHECK bool feed_sdmxjson_decode(struct feed_source *source, struct error *err);
