/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How targets are judged: the table of methods, and what stands beside them. */

#include "query/query.h"

/* All methods in a table "methods", or everything about the one of this name (NULL: all).  JSON has
 * everything of each, with the tables "categories" and "thresholds".  ERROR_NOT_FOUND says which
 * name is near.  Only the language of the query is looked at. */
MUST_CHECK bool query_methods(const struct query *query, const char *name, struct report **ret,
			      struct error *err);
