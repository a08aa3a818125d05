/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/jsonstat.h"

#include <stdlib.h>

#include "base/number.h"
#include "feed/json_document.h"
#include "feed/pointer.h"

enum { SHOWN_BYTES = 240 };

void feed_jsonstat_done(struct feed_jsonstat *jsonstat)
{
	for (size_t i = 0; i < jsonstat->cube.count; i++)
		free(jsonstat->dims[i].codes);
	text_done(&jsonstat->names);
}

/* -- which part of the document is the data set -- */

static bool is_dataset(const json_t *value)
{
	return json_object_get(value, "value") != NULL;
}

static bool fail_without(struct feed_source *source, const json_t *top, struct error *err)
{
	static const char *const tellers[] = {"error", "warning"};
	AUTO_TEXT struct text there = text_with_limit(SHOWN_BYTES);
	for (size_t i = 0; i < COUNT_OF(tellers); i++) {
		const json_t *told = json_object_get(top, tellers[i]);
		if (told == NULL)
			continue;
		feed_json_gather(told, ", ", &there);
		return feed_fail(source, FEED_CAUSE_ERROR_BODY, err, "the source says: %.*s",
				 SPAN_ARGS(text_span(&there)));
	}
	const char *class = json_string_value(json_object_get(top, "class"));
	if (class != NULL && strcmp(class, "collection") == 0)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "the document is a collection of links, not data");
	return feed_fail(source, FEED_CAUSE_SHAPE, err, "the document is %s without data sets",
			 feed_json_kind(top));
}

/* The one data set among the members. */
static bool find_member(struct feed_source *source, json_t *top, struct feed_jsonstat *jsonstat,
			struct error *err)
{
	AUTO_TEXT struct text there = text_with_limit(SHOWN_BYTES);
	const char *name;
	json_t *member;
	size_t count = 0;
	jsonstat->names = text_with_limit(FEED_FIELD_BYTES);
	json_object_foreach(top, name, member)
	{
		if (!is_dataset(member))
			continue;
		text_addf(&there, "%s'/%s'", count++ > 0 ? ", " : "", name);
		jsonstat->dataset = member;
		text_clear(&jsonstat->names);
		text_addf(&jsonstat->names, "/%s", name);
	}
	if (count == 0)
		return fail_without(source, top, err);
	if (count > 1)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "the document has %zu data sets; records says which: %.*s", count,
				 SPAN_ARGS(text_span(&there)));
	jsonstat->path = text_span(&jsonstat->names);
	return text_ok(&jsonstat->names, "the name of a data set", err) ||
	       feed_fail_as(source,
			    jsonstat->names.too_long ? FEED_CAUSE_LIMIT : FEED_CAUSE_INTERNAL);
}

static bool find_dataset(struct feed_source *source, const json_t *top,
			 struct feed_jsonstat *jsonstat, struct error *err)
{
	json_t *at = feed_pointer_get(top, source->plan->records);
	jsonstat->path = source->plan->records;
	jsonstat->dataset = at;
	if (is_dataset(at))
		return true;
	if (source->plan->records.len > 0)
		return feed_fail(source, FEED_CAUSE_SHAPE, err, "there is no data set at '%.*s'",
				 SPAN_ARGS(source->plan->records));
	return find_member(source, at, jsonstat, err);
}

/* -- its dimensions -- */

/* A member of the data set (2.0) or of its dimensions (1.x). */
static const json_t *part(const struct feed_jsonstat *jsonstat, const char *name)
{
	const json_t *found = json_object_get(jsonstat->dataset, name);
	if (found == NULL)
		found = json_object_get(json_object_get(jsonstat->dataset, "dimension"), name);
	return found;
}

static bool read_size(const json_t *value, size_t *ret)
{
	int64_t size;
	if (!json_is_string(value) ||
	    !number_read_integer(feed_json_text(value), 0, FEED_ROWS_MAX, &size, NULL))
		return false;
	*ret = (size_t)size;
	return true;
}

static bool fail_dim(struct feed_source *source, struct span id, const char *why, struct error *err)
{
	return feed_fail(source, FEED_CAUSE_SHAPE, err, "dimension '%.*s': %s", SPAN_ARGS(id), why);
}

/* {"A": 0, "B": 1}, in any order. */
static bool place_codes(json_t *index, struct feed_jsonstat_dim *dim)
{
	const char *code;
	json_t *value;
	size_t at;
	json_object_foreach(index, code, value)
	{
		if (!read_size(value, &at) || at >= dim->size || dim->codes[at].start != NULL)
			return false;
		dim->codes[at] = span_of(code);
	}
	return json_object_size(index) == dim->size;
}

static bool list_codes(const json_t *index, struct feed_jsonstat_dim *dim)
{
	for (size_t i = 0; i < dim->size && i < json_array_size(index); i++) {
		const json_t *code = json_array_get(index, i);
		if (!feed_json_is_text(code))
			return false;
		dim->codes[i] = feed_json_text(code);
	}
	return json_array_size(index) == dim->size;
}

/* Without an index there is one category. */
static bool only_code(const json_t *category, struct feed_jsonstat_dim *dim)
{
	json_t *labels = json_object_get(category, "label");
	if (dim->size != 1 || json_object_size(labels) != 1)
		return false;
	dim->codes[0] = span_of(json_object_iter_key(json_object_iter(labels)));
	return true;
}

static bool read_codes(struct feed_source *source, struct feed_jsonstat *jsonstat, size_t i,
		       struct error *err)
{
	struct feed_jsonstat_dim *dim = &jsonstat->dims[i];
	const struct span id = jsonstat->cube.ids[i];
	const json_t *dimensions = json_object_get(jsonstat->dataset, "dimension");
	const json_t *category =
		json_object_get(json_object_getn(dimensions, id.start, id.len), "category");
	json_t *index = json_object_get(category, "index");
	dim->labels = json_object_get(category, "label");
	dim->units = json_object_get(category, "unit");
	dim->codes = calloc(dim->size + 1, sizeof *dim->codes);
	if (dim->codes == NULL) {
		feed_fail_as(source, FEED_CAUSE_INTERNAL);
		return error_memory(err);
	}
	bool ok = json_is_object(index)	 ? place_codes(index, dim)
		  : json_is_array(index) ? list_codes(index, dim)
					 : only_code(category, dim);
	return ok ||
	       fail_dim(source, id,
			"its categories do not have one code for each position of its size", err);
}

static bool read_dim(struct feed_source *source, struct feed_jsonstat *jsonstat, const json_t *id,
		     const json_t *size, struct error *err)
{
	size_t i = jsonstat->cube.count;
	struct span name = feed_json_text(id);
	size_t value;
	if (!feed_json_is_text(id) || !read_size(size, &value))
		return fail_dim(source, name, "it has no size that is a whole number", err);
	if (!feed_cube_add(source, &jsonstat->cube, name, err))
		return false;
	jsonstat->dims[i].size = value;
	if (value > 0 && jsonstat->cells > FEED_ROWS_MAX / value)
		return feed_fail(source, FEED_CAUSE_LIMIT, err,
				 "the data set has more than %d cells", FEED_ROWS_MAX);
	jsonstat->cells *= value;
	return read_codes(source, jsonstat, i, err);
}

static void read_role(const struct feed_jsonstat *jsonstat, const char *name, int *role)
{
	const json_t *list = json_object_get(part(jsonstat, "role"), name);
	size_t count = json_is_string(list) ? 1 : json_array_size(list);
	*role = FEED_CUBE_NONE;
	for (size_t k = 0; k < count; k++) {
		const json_t *id = json_is_string(list) ? list : json_array_get(list, k);
		for (size_t i = 0; i < jsonstat->cube.count; i++)
			if (span_equal(jsonstat->cube.ids[i], feed_json_text(id)))
				feed_cube_set_role(role, i);
	}
}

static bool read_dims(struct feed_source *source, struct feed_jsonstat *jsonstat, struct error *err)
{
	const json_t *ids = part(jsonstat, "id");
	const json_t *sizes = part(jsonstat, "size");
	size_t count = json_array_size(ids);
	if (count == 0 || json_array_size(sizes) != count)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "the data set has %zu dimensions in 'id' and %zu in 'size'", count,
				 json_array_size(sizes));
	jsonstat->cells = 1;
	for (size_t i = 0; i < count; i++)
		if (!read_dim(source, jsonstat, json_array_get(ids, i), json_array_get(sizes, i),
			      err))
			return false;
	read_role(jsonstat, "geo", &jsonstat->cube.area);
	read_role(jsonstat, "time", &jsonstat->cube.time);
	return true;
}

/* -- its values -- */

struct cells {
	bool is_list, is_object;
	size_t count; /* in the list */
};

static struct cells look_at(const json_t *value, const struct feed_hole *hole)
{
	if (hole != NULL)
		return (struct cells){!hole->is_object, hole->is_object, hole->count};
	return (struct cells){json_is_array(value), json_is_object(value), json_array_size(value)};
}

static bool read_values(struct feed_source *source, const struct feed_holes *holes,
			struct feed_jsonstat *jsonstat, struct error *err)
{
	const json_t *values = json_object_get(jsonstat->dataset, "value");
	const struct feed_hole *hole = feed_hole_find(holes, values);
	const struct cells cells = look_at(values, hole);
	if (!cells.is_list && !cells.is_object)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "'value' is %s, not a list or an object", feed_json_kind(values));
	if (cells.is_list && cells.count != jsonstat->cells)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "'value' has %zu values where the dimensions make %zu",
				 cells.count, jsonstat->cells);
	/* read by the tree it is said with the name */
	if (hole != NULL && hole->is_object && hole->count > 0 && hole->last >= jsonstat->cells)
		return feed_fail(source, FEED_CAUSE_SHAPE, err, "'value' has more than its cells");
	jsonstat->values = values;
	jsonstat->value_hole = hole;
	return true;
}

static bool read_status(struct feed_source *source, const struct feed_holes *holes,
			struct feed_jsonstat *jsonstat, struct error *err)
{
	const json_t *status = json_object_get(jsonstat->dataset, "status");
	const struct feed_hole *hole = feed_hole_find(holes, status);
	/* a status is only looked for forward, which is right for values in their order */
	if (hole != NULL && jsonstat->value_hole == NULL)
		return feed_fail(source, FEED_CAUSE_SHAPE, err, "'value' is in no order");
	/* Eurostat before 2018: {"value": [...], "category": ...} */
	const json_t *inside = json_object_get(status, "value");
	if (json_is_array(inside) || json_is_object(inside))
		status = inside;
	const struct cells cells = look_at(status, hole);
	if (cells.is_list && cells.count != jsonstat->cells && cells.count != 1)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "'status' has %zu codes for %zu values", cells.count,
				 jsonstat->cells);
	jsonstat->status = status;
	jsonstat->status_hole = hole;
	return true;
}

bool feed_jsonstat_open(struct feed_source *source, const json_t *top,
			const struct feed_holes *holes, struct feed_jsonstat *jsonstat,
			struct error *err)
{
	return find_dataset(source, top, jsonstat, err) && read_dims(source, jsonstat, err) &&
	       read_values(source, holes, jsonstat, err) &&
	       read_status(source, holes, jsonstat, err);
}
