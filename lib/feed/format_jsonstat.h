/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* JSON-stat 1.x and 2.0: a cube of values in row-major order.  The data set is the document, or a
 * member of it. */

#include "feed/source.h"

/* See struct feed_format. */
MUST_CHECK bool feed_jsonstat_decode(struct feed_source *source, struct error *err);
