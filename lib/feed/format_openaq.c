/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_openaq.h"

#include "feed/json_document.h"
#include "feed/json_records.h"
#include "feed/pointer.h"
#include "obs/shape.h"

/* The member that is added to a record: its period of whole days. */
#define CLOSED "closed period"
/* And to the document: until when something was measured. */
#define MEASURED "measured until"

const char *const feed_openaq_fields[FEED_SLOTS] = {
	[FEED_SLOT_PERIOD] = "/" CLOSED,
	[FEED_SLOT_SERIES] = "/parameter/name",
	[FEED_SLOT_VALUE] = "/value",
	[FEED_SLOT_UNIT] = "/parameter/units",
};

const char *const feed_openaq_patterns[] = {"ISO", NULL};

static struct span text_at(const json_t *from, const char *pointer)
{
	return feed_json_text(feed_pointer_get(from, span_of(pointer)));
}

/* Times in UTC, "2023-03-07T05:00:00Z", which are in the order of their texts. */
static bool is_before(struct span a, struct span b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len == 0 ? 0 : memcmp(a.start, b.start, len);
	return order < 0 || (order == 0 && a.len < b.len);
}

/* Note at the top until when something was measured: a period that ends later may still be open. */
static bool note_measured(json_t *top)
{
	const json_t *results = json_object_get(top, "results");
	json_t *latest = NULL;
	json_t *record;
	size_t i;
	json_array_foreach(results, i, record)
	{
		json_t *to = feed_pointer_get(record, span_of("/coverage/datetimeTo/utc"));
		bool is_later =
			latest == NULL || is_before(feed_json_text(latest), feed_json_text(to));
		if (feed_json_is_text(to) && is_later)
			latest = to;
	}
	return latest == NULL || json_object_set(top, MEASURED, latest) == 0;
}

/* A period is closed when something of the document was measured up to its end or later. */
static bool is_closed(const json_t *top, struct span end)
{
	const json_t *measured = json_object_get(top, MEASURED);
	return measured != NULL && !is_before(feed_json_text(measured), end);
}

/* The day that begins at this local time; false when it is not midnight. */
static bool read_midnight(struct span local, int32_t *ret)
{
	static const char midnight[] = "T00:00:00";
	enum { DATE_BYTES = 10 };
	struct period day;
	if (local.len < DATE_BYTES + strlen(midnight) ||
	    memcmp(local.start + DATE_BYTES, midnight, strlen(midnight)) != 0 ||
	    !period_parse((struct span){local.start, DATE_BYTES}, &day, NULL))
		return false;
	*ret = day.from;
	return true;
}

static bool look(const json_t *top, json_t *record, enum feed_json_look *ret, char *why)
{
	const struct span from = text_at(record, "/period/datetimeFrom/local");
	const struct span to = text_at(record, "/period/datetimeTo/local");
	struct period period;
	char printed[PERIOD_BYTES];
	if (!read_midnight(from, &period.from) || !read_midnight(to, &period.to) ||
	    period.to <= period.from) {
		(void)snprintf(why, FEED_WHY_BYTES,
			       "'%.*s' to '%.*s' is not a period of whole days; aggregates by "
			       "day, month or year are",
			       shape_clip(from), from.start, shape_clip(to), to.start);
		*ret = FEED_JSON_REFUSE;
		return true;
	}
	bool closed = is_closed(top, text_at(record, "/period/datetimeTo/utc"));
	*ret = closed ? FEED_JSON_TAKE : FEED_JSON_PASS;
	if (!closed)
		return true;
	json_t *text = json_string(period_print(period, printed));
	return json_object_set_new(record, CLOSED, text) == 0;
}

bool feed_openaq_decode(struct feed_source *source, struct error *err)
{
	static const struct feed_json_counts counts = {.page = "/meta/page",
						       .total = "/meta/found"};
	bool says_period = source->plan->mapping->fields.period != NULL;
	json_auto_t *top = NULL;
	if (!feed_json_load(source, &top, err) || !feed_json_check(source, top, err) ||
	    !feed_json_announce(source, top, &counts, err))
		return false;
	if (json_is_object(top) && !note_measured(top)) {
		feed_fail_as(source, FEED_CAUSE_INTERNAL);
		return error_memory(err);
	}
	return feed_json_records_looked(source, top, says_period ? NULL : look, err);
}
