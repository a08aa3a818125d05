/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_jsonstat.h"

#include <inttypes.h>

#include "base/number.h"
#include "feed/json_document.h"
#include "feed/json_records.h"
#include "feed/jsonstat.h"

struct reader {
	struct feed_cube_record record; /* first, for print_place */
	struct feed_source *source;
	struct feed_jsonstat jsonstat;
	struct feed_hole_cursor status; /* when it is in a hole */
	json_t *status_value;		/* of the cell at hand, read there */
	size_t offset;
};

static void done(struct reader *reader)
{
	feed_jsonstat_done(&reader->jsonstat);
	json_decref(reader->status_value);
}

static void print_place(const struct feed_cells *cells, const struct feed_piece *piece,
			struct text *out)
{
	const struct reader *reader = (const void *)cells;
	(void)piece;
	text_addf(out, "%.*s/value/%zu", SPAN_ARGS(reader->jsonstat.path), reader->offset);
}

/* The element of a list, or the member of an object whose name is the offset. */
static const json_t *at_offset(const json_t *from, size_t offset)
{
	char name[NUMBER_BYTES];
	if (json_is_array(from) && json_array_size(from) == 1)
		return json_array_get(from, 0);
	if (json_is_array(from))
		return json_array_get(from, offset);
	(void)snprintf(name, sizeof name, "%zu", offset);
	return json_object_get(from, name);
}

static const json_t *status_at(const json_t *status, size_t offset)
{
	return feed_json_is_text(status) ? status : at_offset(status, offset);
}

/* {"base": "Euro"}, {"label": "%"} or just a text. */
static const json_t *unit_text(const json_t *unit)
{
	static const char *const names[] = {"label", "base", "symbol"};
	for (size_t i = 0; json_is_object(unit) && i < COUNT_OF(names); i++)
		if (feed_json_is_text(json_object_get(unit, names[i])))
			return json_object_get(unit, names[i]);
	return feed_json_is_text(unit) ? unit : NULL;
}

static void set_unit(struct feed_cube_record *record, const json_t *unit)
{
	if (record->unit == NULL)
		record->unit = unit_text(unit);
	if (record->multiplier == NULL)
		record->multiplier = json_object_get(unit, "multiplier");
}

/* The codes of the cell: the last dimension runs fastest. */
static void fill_codes(struct reader *reader)
{
	struct feed_cube_record *record = &reader->record;
	size_t rest = reader->offset;
	record->unit = record->multiplier = NULL;
	for (size_t i = record->cube->count; i-- > 0;) {
		const struct feed_jsonstat_dim *dim = &reader->jsonstat.dims[i];
		struct span code = dim->codes[rest % dim->size];
		rest /= dim->size;
		record->codes[i] = code;
		record->labels[i] = json_object_getn(dim->labels, code.start, code.len);
		if (dim->units != NULL)
			set_unit(record, json_object_getn(dim->units, code.start, code.len));
	}
}

static bool fail_memory(struct reader *reader, struct error *err)
{
	feed_fail_as(reader->source, FEED_CAUSE_INTERNAL);
	return error_memory(err);
}

/* The status of the cell at hand, from a hole: offsets only grow. */
static bool find_status(struct reader *reader, struct error *err)
{
	const struct feed_hole *hole = reader->jsonstat.status_hole;
	bool is_one = !hole->is_object && hole->count == 1;
	json_decref(reader->status_value);
	reader->record.status = reader->status_value = NULL;
	if (!feed_hole_seek(&reader->status, is_one ? 0 : reader->offset))
		return true;
	reader->record.status = reader->status_value = feed_hole_value(&reader->status);
	return reader->status_value != NULL || fail_memory(reader, err);
}

static bool offer(struct reader *reader, size_t offset, const json_t *value, struct error *err)
{
	reader->offset = offset;
	reader->record.value = value;
	if (reader->jsonstat.status_hole == NULL)
		reader->record.status = status_at(reader->jsonstat.status, offset);
	else if (!find_status(reader, err))
		return false;
	fill_codes(reader);
	return feed_record_offer(reader->source, &reader->record.cells, err);
}

static bool offer_sparse(struct reader *reader, json_t *values, struct error *err)
{
	size_t cells = reader->jsonstat.cells;
	const char *name;
	json_t *value;
	json_object_foreach(values, name, value)
	{
		int64_t offset;
		if (cells == 0 ||
		    !number_read_integer(span_of(name), 0, (int64_t)cells - 1, &offset, NULL))
			return feed_fail(reader->source, FEED_CAUSE_SHAPE, err,
					 "'value' has a member '%.64s', which is none of its %zu "
					 "cells",
					 name, cells);
		if (!offer(reader, (size_t)offset, value, err))
			return false;
	}
	return true;
}

static bool offer_hole(struct reader *reader, struct error *err)
{
	struct feed_hole_cursor cursor = feed_hole_begin(reader->jsonstat.value_hole);
	while (feed_hole_next(&cursor)) {
		json_auto_t *value = feed_hole_value(&cursor);
		if (value == NULL)
			return fail_memory(reader, err);
		if (!offer(reader, cursor.offset, value, err))
			return false;
	}
	return true;
}

static bool offer_all(struct reader *reader, struct error *err)
{
	json_t *values = json_object_get(reader->jsonstat.dataset, "value");
	json_t *value;
	size_t i;
	if (reader->jsonstat.status_hole != NULL)
		reader->status = feed_hole_begin(reader->jsonstat.status_hole);
	if (reader->jsonstat.value_hole != NULL)
		return offer_hole(reader, err);
	if (json_is_object(values))
		return offer_sparse(reader, values, err);
	json_array_foreach(values, i, value)
	{
		if (!offer(reader, i, value, err))
			return false;
	}
	return true;
}

static bool take_apart(void *self, json_t *top, const struct feed_holes *holes, struct error *err)
{
	static const struct feed_json_counts none = {0};
	struct reader *reader = self;
	struct feed_source *source = reader->source;
	struct feed_jsonstat *jsonstat = &reader->jsonstat;
	feed_jsonstat_done(jsonstat);
	*jsonstat = (struct feed_jsonstat){0};
	if (!feed_json_check(source, top, err) || !feed_json_announce(source, top, &none, err) ||
	    !feed_jsonstat_open(source, top, holes, jsonstat, err) ||
	    !feed_cube_bind(source, &jsonstat->cube, err))
		return false;
	const json_t *updated = json_object_get(jsonstat->dataset, "updated");
	if (source->plan->revision == NULL &&
	    !span_copy(feed_json_text(updated), source->page->revision,
		       sizeof source->page->revision))
		return feed_fail(source, FEED_CAUSE_LIMIT, err, "'updated' is longer than %d bytes",
				 FEED_MARK_BYTES - 1);
	reader->record.updated = updated;
	return true;
}

bool feed_jsonstat_decode(struct feed_source *source, struct error *err)
{
	static const struct feed_hole_rules rules = {.names = {"value", "status"},
						     .is_at_records = true};
	AUTO(done)
	struct reader reader = {
		.record = {.cells = {feed_cube_read, print_place}, .cube = &reader.jsonstat.cube},
		.source = source,
	};
	const struct feed_hole_opener opener = {take_apart, &reader};
	struct feed_holes holes;
	json_auto_t *top = NULL;
	return feed_hole_open(source, &rules, &opener, &holes, &top, err) &&
	       offer_all(&reader, err);
}
