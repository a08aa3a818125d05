/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_json.h"

#include "feed/json_document.h"
#include "feed/json_records.h"

const struct feed_list_rules feed_json_rules = {0};

bool feed_json_decode(struct feed_source *source, struct error *err)
{
	return feed_json_records_decode(source, err);
}
