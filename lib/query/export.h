/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The whole log as a table that can be restored: the columns of obs/exchange.h. */

#include "query/query.h"

/* Takes a piece of the table; false stops, err says why. */
typedef bool export_fn(void *self, struct span piece, struct error *err);

/* Hand out the heading and every row in order of seq, piece by piece.  A value is written with the
 * decimals it was printed with when that is the same at 15 digits.  The same log always gives the
 * same bytes. */
MUST_CHECK bool query_export(const struct query *query, export_fn *take, void *self,
			     struct error *err);
