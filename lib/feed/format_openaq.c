/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_openaq.h"

#include "feed/json_document.h"
#include "feed/json_hole.h"
#include "feed/json_records.h"
#include "feed/json_want.h"
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

/* Keep the later of two times until which something was measured. */
static void keep_later(json_t **latest, const json_t *record)
{
	json_t *to = feed_pointer_get(record, span_of("/coverage/datetimeTo/utc"));
	if (!feed_json_is_text(to) ||
	    (*latest != NULL && !is_before(feed_json_text(*latest), feed_json_text(to))))
		return;
	json_decref(*latest);
	*latest = json_incref(to);
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

struct reader {
	struct feed_source *source;
	json_t *top;
	const struct feed_hole *hole; /* of the results; NULL: they are in the tree */
};

static bool no_memory(struct feed_source *source, struct error *err)
{
	feed_fail_as(source, FEED_CAUSE_INTERNAL);
	return error_memory(err);
}

/* Note at the top until when something was measured: a period that ends later may still be open. */
static bool note_measured(struct reader *reader, struct error *err)
{
	const json_t *results = json_object_get(reader->top, "results");
	json_auto_t *latest = NULL;
	const json_t *record;
	size_t i;
	struct feed_hole_cursor cursor = {0};
	if (reader->hole != NULL)
		cursor = feed_hole_begin(reader->hole);
	while (reader->hole != NULL && feed_hole_next(&cursor)) {
		json_auto_t *row = feed_hole_value(&cursor);
		if (row == NULL)
			return no_memory(reader->source, err);
		keep_later(&latest, row);
	}
	json_array_foreach(results, i, record)
	{
		keep_later(&latest, record);
	}
	return latest == NULL || !json_is_object(reader->top) ||
	       json_object_set(reader->top, MEASURED, latest) == 0 ||
	       no_memory(reader->source, err);
}

static bool field_keeps_off(void *self, struct feed_field *field, struct error *err)
{
	const struct span *results = self;
	(void)err;
	for (size_t i = 0; i < field->count; i++)
		if (field->pieces[i].kind == FEED_PIECE_TOP &&
		    feed_pointers_meet(field->pieces[i].text, *results))
			return false;
	return true;
}

/* Are the records the results, one by one, which nothing else looks into? */
static bool is_plain(struct feed_plan *plan)
{
	struct span results = span_of("/results");
	return span_equal(plan->records, results) && !feed_json_is_keyed(plan) &&
	       feed_plan_fields(plan, field_keeps_off, &results, NULL);
}

static bool take_apart(void *self, json_t *top, const struct feed_holes *holes, struct error *err)
{
	static const struct feed_json_counts counts = {.page = "/meta/page",
						       .total = "/meta/found"};
	struct reader *reader = self;
	struct feed_source *source = reader->source;
	reader->top = top;
	reader->hole = feed_hole_find(holes, json_object_get(top, "results"));
	if (holes->count > 0 && (reader->hole == NULL || !is_plain(source->plan)))
		return error_set(err, ERROR_REFUSED, "the results have to be in the tree");
	return feed_json_check(source, top, err) && feed_json_announce(source, top, &counts, err) &&
	       note_measured(reader, err);
}

static bool offer_hole(const struct reader *reader, feed_json_look_fn *looked, struct error *err)
{
	struct feed_hole_cursor cursor = feed_hole_begin(reader->hole);
	while (feed_hole_next(&cursor)) {
		json_auto_t *row = feed_hole_value(&cursor);
		if (row == NULL)
			return no_memory(reader->source, err);
		if (!feed_json_record_looked(reader->source, reader->top, row, cursor.offset,
					     looked, err))
			return false;
	}
	return true;
}

bool feed_openaq_decode(struct feed_source *source, struct error *err)
{
	static const struct feed_hole_rules rules = {.names = {"results"}, .has_rows = true};
	bool says_period = source->plan->mapping->fields.period != NULL;
	feed_json_look_fn *looked = says_period ? NULL : look;
	struct feed_holes holes;
	struct reader reader = {.source = source};
	const struct feed_hole_opener opener = {take_apart, &reader};
	json_auto_t *top = NULL;
	if (!feed_hole_open(source, &rules, &opener, &holes, &top, err))
		return false;
	return reader.hole != NULL ? offer_hole(&reader, looked, err)
				   : feed_json_records_looked(source, top, looked, err);
}
