/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* SDMX-CSV 1.0 and 2.0: CSV with the names of dimensions in the header, perhaps each with its label
 * behind a colon, and an action for each row. */

#include "feed/source.h"

/* The attribute with the power of ten of the values. */
#define FEED_SDMX_MULTIPLIER "UNIT_MULT"

/* For struct feed_format. */
extern const char *const feed_sdmxcsv_fields[FEED_SLOTS];
extern const char *const feed_sdmx_patterns[];
extern const char *const feed_sdmx_missing[];

/* The name in a header: DIM_1 of "DIM_1: Dimension 1" and ATTR of "ATTR[en;fr]". *ret_labelled: has
 * it a label? */
struct span feed_sdmxcsv_name(struct span header, bool *ret_labelled);

/* A of "A: Value A" and "A:Value A". */
struct span feed_sdmxcsv_code(struct span cell);

/* Does this action delete? */
bool feed_sdmxcsv_deletes(struct span action);

/* See struct feed_format. */
MUST_CHECK bool feed_sdmxcsv_decode(struct feed_source *source, struct error *err);
