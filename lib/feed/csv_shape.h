/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What makes a plain table of a printed one: a header of several rows, cells that are merged
 * downwards or sideways, short rows, notes under the table. */

#include "base/csv.h"
#include "feed/mapping.h"

struct feed_csv_shape {
	const struct feed_csv *csv;
	struct text *names; /* of the columns, as far as the header has come */
	size_t name_count, name_room;
	long header_rows;
	struct span *cells; /* of a row that is put together */
	size_t cell_room;
	bool *fills; /* columns of csv.fill_down; NULL: none */
	struct text *above;
	size_t columns;
	bool has_ended; /* the notes have begun */
};

/* Frees what it holds. */
void feed_csv_shape_done(struct feed_csv_shape *shape);

/* Take a row of the header.  *ret_row: all of it, valid until the next call, when *ret_whole. */
MUST_CHECK bool feed_csv_shape_header(struct feed_csv_shape *shape, const struct csv_row *row,
				      struct csv_row *ret_row, bool *ret_whole, struct error *err);

/* Find the columns of csv.fill_down in a header. */
MUST_CHECK bool feed_csv_shape_bind(struct feed_csv_shape *shape, const struct csv_row *header,
				    struct error *err);

/* Is this row, or has one before it been, the first of csv.footer? */
bool feed_csv_shape_ends(struct feed_csv_shape *shape, const struct csv_row *row);

/* The row with the cells that it shares with those above, and, with csv.short_rows, as many cells
 * as there are columns; valid until the next call. */
MUST_CHECK bool feed_csv_shape_row(struct feed_csv_shape *shape, const struct csv_row *row,
				   struct csv_row *ret, struct error *err);
