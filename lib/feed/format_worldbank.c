/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_worldbank.h"

#include "feed/json_document.h"
#include "feed/json_records.h"
#include "feed/pointer.h"

const char *const feed_worldbank_fields[FEED_SLOTS] = {
	[FEED_SLOT_AREA] = "/countryiso3code",	   [FEED_SLOT_PERIOD] = "/date",
	[FEED_SLOT_SERIES] = "/indicator/id",	   [FEED_SLOT_VALUE] = "/value",
	[FEED_SLOT_STATUS] = "/obs_status",	   [FEED_SLOT_UNIT] = "/unit",
	[FEED_SLOT_PUBLISHED] = "^/0/lastupdated",
};

const char *const feed_worldbank_patterns[] = {"YYYY", "YYYYQn", "YYYYMmm", NULL};

/* All texts of [{"id": "120", "key": ..., "value": ...}, ...]; the same one once. */
static void gather_messages(const json_t *messages, struct text *out)
{
	const json_t *before = NULL;
	json_t *message;
	size_t i;
	json_array_foreach(messages, i, message)
	{
		if (before == NULL || !json_equal(before, message)) {
			AUTO_TEXT struct text one = text_with_limit(ERROR_TEXT_BYTES);
			feed_json_gather(message, ": ", &one);
			text_addf(out, "%s%.*s", out->len > 0 ? "; " : "",
				  SPAN_ARGS(text_span(&one)));
		}
		before = message;
	}
}

static bool fail_message(struct feed_source *source, const json_t *messages, struct error *err)
{
	AUTO_TEXT struct text told = text_with_limit(ERROR_TEXT_BYTES);
	if (json_is_array(messages))
		gather_messages(messages, &told);
	else
		feed_json_gather(messages, ": ", &told);
	return feed_fail(source, FEED_CAUSE_ERROR_BODY, err, "the World Bank says: %.*s",
			 SPAN_ARGS(text_span(&told)));
}

static bool check_envelope(struct feed_source *source, const json_t *top, struct error *err)
{
	const json_t *messages = feed_pointer_get(top, span_of("/0/message"));
	if (messages == NULL)
		messages = feed_pointer_get(top, span_of("/message"));
	if (messages != NULL)
		return fail_message(source, messages, err);
	if (!json_is_array(top))
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "the answer is %s, not a list of a header and records",
				 feed_json_kind(top));
	if (json_array_size(top) != 2 || !json_is_object(json_array_get(top, 0)))
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "the answer is a list of %zu that begins with %s, not of a header "
				 "and records",
				 json_array_size(top), feed_json_kind(json_array_get(top, 0)));
	return true;
}

const struct feed_list_rules feed_worldbank_rules = {
	.counts = {.page = "/0/page", .pages = "/0/pages", .total = "/0/total"},
	.check = check_envelope,
	.reads = {"/0/message", "/message"}};

bool feed_worldbank_decode(struct feed_source *source, struct error *err)
{
	json_auto_t *top = NULL;
	if (!feed_json_load(source, &top, err) || !feed_json_open(source, top, err))
		return false;
	/* no rows: the total is 0 and null stands for the list */
	if (source->page->total == 0 && json_is_null(json_array_get(top, 1)))
		return true;
	return feed_json_records(source, top, err);
}
