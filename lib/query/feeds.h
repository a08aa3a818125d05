/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Is the machine working? */

#include "query/query.h"

/* What the configuration says of a source; each may be NULL. */
struct query_feed_about {
	const char *documentation, *licence, *attribution, *limits, *verified;
};

/* A feed as it is configured; texts are borrowed. */
struct query_feed {
	const char *id, *name, *url; /* url: the template, keys unfilled; name may be NULL */
	bool is_enabled;
	long every_s;
	struct query_feed_about about;
};

struct query_feeds {
	const struct query_feed *items;
	size_t count;
};

/* A table "feeds" of the configured feeds and of those that are only remembered: last success, last
 * try, next due, rows, new, refused, and what there is to say. */
MUST_CHECK bool query_feeds(const struct query *query, const struct query_feeds *feeds,
			    struct report **ret, struct error *err);

/* One feed with its last runs in the table "fetches".  ERROR_NOT_FOUND with the nearest id. */
MUST_CHECK bool query_feed_runs(const struct query *query, const struct query_feeds *feeds,
				const char *id, struct report **ret, struct error *err);

/* A table "rejects" of the records that the last run of the feed which refused any refused: place,
 * what was found, why.  id NULL: of every feed. */
MUST_CHECK bool query_feed_rejects(const struct query *query, const struct query_feeds *feeds,
				   const char *id, struct report **ret, struct error *err);
