/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_json.h"

#include "feed/json_document.h"
#include "feed/json_records.h"

bool feed_json_decode(struct feed_source *source, struct error *err)
{
	static const struct feed_json_counts none = {0};
	json_auto_t *top = NULL;
	if (!feed_json_load(source, &top, err) || !feed_json_check(source, top, err))
		return false;
	return feed_json_announce(source, top, &none, err) && feed_json_records(source, top, err);
}
