/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A CSV table with one value a row. */

#include "feed/source.h"

/* A table that comes in pieces, of which only the row at hand is kept. */
struct feed_csv_reader;

#define AUTO_FEED_CSV AUTO(feed_csv_free)

/* A reader of the table that the source reads. */
MUST_CHECK bool feed_csv_new(struct feed_source *source, struct feed_csv_reader **ret,
			     struct error *err);

/* Frees *slot, which may be NULL, and makes it NULL. */
void feed_csv_free(struct feed_csv_reader **slot);

/* The next bytes, of any number, and the end. */
MUST_CHECK bool feed_csv_push(struct feed_csv_reader *reader, struct span piece, struct error *err);
MUST_CHECK bool feed_csv_end(struct feed_csv_reader *reader, struct error *err);

/* See struct feed_format. */
MUST_CHECK bool feed_csv_decode(struct feed_source *source, struct error *err);
