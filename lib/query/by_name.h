/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows in the order in which a person looks for a name. */

#include "query/rows.h"

/* Put the places of the areas into ret[count] by their names in the language of the answer
 * (base/collate.h), of one name by place. */
MUST_CHECK bool by_name_order(const struct query *query, const struct area *const *areas,
			      size_t count, size_t *ret, struct error *err);

/* Within each indicator and breakdown the areas by their names in the language of the answer
 * (base/collate.h), and the targets of an area as they were. */
MUST_CHECK bool by_name_sort(const struct query *query, struct query_rows *rows, struct error *err);
