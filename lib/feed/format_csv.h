/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A CSV table with one value a row. */

#include "feed/source.h"

/* See struct feed_format. */
MUST_CHECK bool feed_csv_decode(struct feed_source *source, struct error *err);
