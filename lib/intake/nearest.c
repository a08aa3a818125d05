/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/nearest.h"

#include <stdlib.h>

#include "base/unicode.h"

static const struct {
	const char *what, *table;
	size_t items, count,
		item_bytes; /* offsets in struct catalogue; the id is each item's first member */
} kinds[] = {
	[NEAREST_INDICATOR] = {"indicator", "indicators.csv",
			       offsetof(struct catalogue, indicators),
			       offsetof(struct catalogue, indicator_count),
			       sizeof(struct indicator)},
	[NEAREST_AREA] = {"area", "areas.csv", offsetof(struct catalogue, areas),
			  offsetof(struct catalogue, area_count), sizeof(struct area)},
	[NEAREST_SOURCE] = {"source", "sources.csv", offsetof(struct catalogue, sources),
			    offsetof(struct catalogue, source_count), sizeof(struct source)},
};

bool nearest_fail(const struct catalogue *catalogue, enum nearest_kind kind, struct span id,
		  struct error *err)
{
	const char *base = (const char *)catalogue;
	const char *items = NULL;
	size_t count = 0;
	memcpy(&items, base + kinds[kind].items, sizeof items);
	memcpy(&count, base + kinds[kind].count, sizeof count);
	const char *nearest = NULL;
	AUTO_FREE const char **ids = calloc(count ? count : 1, sizeof *ids);
	for (size_t i = 0; ids != NULL && i < count; i++)
		ids[i] = items + i * kinds[kind].item_bytes;
	if (ids != NULL)
		nearest = unicode_nearest(id, ids, count);
	if (id.len == 0)
		return error_set(err, ERROR_INPUT, "the %s is missing", kinds[kind].what);
	return error_set(err, ERROR_NOT_FOUND, "%s '%.*s' is not in %s%s%s%s", kinds[kind].what,
			 SPAN_ARGS(id), kinds[kind].table, nearest ? "; did you mean '" : "",
			 nearest ? nearest : "", nearest ? "'?" : "");
}
