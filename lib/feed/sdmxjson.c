/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/sdmxjson.h"

#include <stdlib.h>

#include "feed/json_document.h"
#include "feed/pointer.h"

enum { SHOWN_BYTES = 240 };

static const char *const level_names[FEED_SDMX_LEVELS] = {"dataSet", "series", "observation"};

const json_t *feed_sdmx_code(const json_t *value)
{
	static const char *const names[] = {"id", "value", "start", "name"};
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const json_t *code = json_object_get(value, names[i]);
		if (json_is_string(code))
			return code;
	}
	return NULL;
}

/* A member that is a whole number. */
static int64_t integer_in(const json_t *object, const char *name, int64_t fallback)
{
	int64_t value;
	bool is_integer =
		feed_json_integer(json_object_get(object, name), INT64_MIN, INT64_MAX, &value);
	return is_integer ? value : fallback;
}

/* -- where things are -- */

static bool fail_without(struct feed_source *source, const json_t *top, struct error *err)
{
	static const char *const tellers[] = {"errors", "error", "errorMessage"};
	AUTO_TEXT struct text told = text_with_limit(SHOWN_BYTES);
	for (size_t i = 0; i < COUNT_OF(tellers) && told.len == 0; i++)
		feed_json_gather(json_object_get(top, tellers[i]), ", ", &told);
	if (told.len == 0)
		return feed_fail(source, FEED_CAUSE_SHAPE, err,
				 "the document has no list of data sets ('dataSets')");
	return feed_fail(source, FEED_CAUSE_ERROR_BODY, err, "the source says: %.*s",
			 SPAN_ARGS(text_span(&told)));
}

/* What people may know a structure by: its name, else the URN or address of its first link. */
static struct span structure_name(const json_t *in, int64_t number)
{
	const json_t *all = json_object_get(in, "structures");
	const json_t *structure = number < 0 ? NULL : json_array_get(all, (size_t)number);
	const json_t *link = json_array_get(json_object_get(structure, "links"), 0);
	const json_t *const names[] = {json_object_get(structure, "name"),
				       json_object_get(link, "urn"), json_object_get(link, "href")};
	struct span name = {0};
	for (size_t i = 0; i < COUNT_OF(names) && name.len == 0; i++)
		name = feed_json_text(names[i]);
	return name.len > 0 ? name : span_of("?");
}

static bool fail_structures(struct feed_source *source, const json_t *in, int64_t one,
			    int64_t other, struct error *err)
{
	return feed_fail(source, FEED_CAUSE_SHAPE, err,
			 "the data sets have different structures, %lld '%.*s' and %lld '%.*s': "
			 "ask the source for one of them, or say by records which data set is "
			 "meant",
			 (long long)one, SPAN_ARGS(structure_name(in, one)), (long long)other,
			 SPAN_ARGS(structure_name(in, other)));
}

bool feed_sdmx_is_meant(const struct feed_sdmx *sdmx, const json_t *dataset)
{
	return sdmx->only == NULL || sdmx->only == dataset;
}

/* The data set that is meant, or the first of all. */
static bool choose(struct feed_source *source, const json_t *top, struct feed_sdmx *sdmx,
		   const json_t **ret, struct error *err)
{
	struct span records = source->plan->records;
	*ret = json_array_get(sdmx->datasets, 0);
	if (records.len == 0 || *ret == NULL)
		return true;
	sdmx->only = feed_pointer_get(top, records);
	for (size_t i = 0; sdmx->only != NULL && i < json_array_size(sdmx->datasets); i++)
		if (json_array_get(sdmx->datasets, i) == sdmx->only) {
			*ret = sdmx->only;
			return true;
		}
	return feed_fail(source, FEED_CAUSE_SHAPE, err,
			 "records '%.*s' is none of the %zu data sets; the first is '%s/0'",
			 SPAN_ARGS(records), json_array_size(sdmx->datasets), sdmx->path);
}

/* The number of the structure that all data sets have that are meant. */
static bool find_structure(struct feed_source *source, const json_t *in,
			   const struct feed_sdmx *sdmx, const json_t *first, int64_t *ret,
			   struct error *err)
{
	const int64_t number = integer_in(first, "structure", 0);
	const json_t *dataset;
	size_t i;
	json_array_foreach(sdmx->datasets, i, dataset)
	{
		int64_t other = integer_in(dataset, "structure", 0);
		if (feed_sdmx_is_meant(sdmx, dataset) && other != number)
			return fail_structures(source, in, number, other, err);
	}
	*ret = number;
	return true;
}

/* Data sets and structure stand at the top (before 1.0) or in `data`. */
static bool find_parts(struct feed_source *source, const json_t *top, struct feed_sdmx *sdmx,
		       const json_t **ret_structure, struct error *err)
{
	const json_t *data = json_object_get(top, "data");
	const json_t *in = json_is_object(data) ? data : top;
	sdmx->path = json_is_object(data) ? "/data/dataSets" : "/dataSets";
	sdmx->datasets = json_object_get(in, "dataSets");
	if (!json_is_array(sdmx->datasets))
		return fail_without(source, top, err);
	const json_t *first = NULL;
	int64_t number = 0;
	if (!choose(source, top, sdmx, &first, err) ||
	    !find_structure(source, in, sdmx, first, &number, err))
		return false;
	*ret_structure = json_object_get(in, "structure");
	if (*ret_structure == NULL && number >= 0)
		*ret_structure = json_array_get(json_object_get(in, "structures"), (size_t)number);
	return json_is_object(*ret_structure) || json_array_size(sdmx->datasets) == 0 ||
	       feed_fail(source, FEED_CAUSE_SHAPE, err, "the document has no structure");
}

/* -- dimensions -- */

/* A dimension before it is put in its place. */
struct found {
	const json_t *dim;
	int64_t position; /* in the key of the structure */
	enum feed_sdmx_level level;
	size_t at; /* in the level */
};

struct dims_found {
	struct found items[FEED_CUBE_DIMS_MAX];
	size_t count;
};

static bool collect_level(struct feed_source *source, const json_t *list,
			  enum feed_sdmx_level level, struct dims_found *found, struct error *err)
{
	const json_t *dim;
	size_t i;
	json_array_foreach(list, i, dim)
	{
		if (found->count == FEED_CUBE_DIMS_MAX)
			return feed_fail(source, FEED_CAUSE_LIMIT, err,
					 "the structure has more than %d dimensions",
					 FEED_CUBE_DIMS_MAX);
		if (!feed_json_is_text(json_object_get(dim, "id")))
			return feed_fail(source, FEED_CAUSE_SHAPE, err,
					 "a dimension is %s without an id", feed_json_kind(dim));
		found->items[found->count++] =
			(struct found){.dim = dim,
				       .position = integer_in(dim, "keyPosition", INT32_MAX),
				       .level = level,
				       .at = i};
	}
	return true;
}

static int by_position(const void *a, const void *b)
{
	const struct found *one = a;
	const struct found *other = b;
	if (one->position != other->position)
		return one->position < other->position ? -1 : 1;
	if (one->level != other->level)
		return one->level < other->level ? -1 : 1;
	return one->at < other->at ? -1 : one->at > other->at;
}

/* Its id, its `role` (1.0) or one of its `roles` (2.x). */
static bool is_called(const json_t *dim, const char *name)
{
	const json_t *roles = json_object_get(dim, "roles");
	const json_t *role;
	size_t i;
	if (span_is(feed_json_text(json_object_get(dim, "id")), name) ||
	    span_is(feed_json_text(json_object_get(dim, "role")), name))
		return true;
	json_array_foreach(roles, i, role)
	{
		if (span_is(feed_json_text(role), name))
			return true;
	}
	return false;
}

static bool place_dim(struct feed_source *source, struct feed_sdmx *sdmx, const struct found *found,
		      struct error *err)
{
	struct feed_sdmx_places *places = &sdmx->dims[found->level];
	size_t number = sdmx->cube.count;
	struct span id = feed_json_text(json_object_get(found->dim, "id"));
	if (!feed_cube_add(source, &sdmx->cube, id, err))
		return false;
	places->values[found->at] = json_object_get(found->dim, "values");
	places->targets[found->at] = number;
	places->count++;
	if (is_called(found->dim, "REF_AREA") || is_called(found->dim, "geo"))
		feed_cube_set_role(&sdmx->cube.area, number);
	if (is_called(found->dim, "TIME_PERIOD") || is_called(found->dim, "time"))
		feed_cube_set_role(&sdmx->cube.time, number);
	if (span_is(id, "UNIT_MEASURE"))
		sdmx->unit_dim = number;
	return true;
}

static bool read_dims(struct feed_source *source, const json_t *structure, struct feed_sdmx *sdmx,
		      struct error *err)
{
	const json_t *dims = json_object_get(structure, "dimensions");
	struct dims_found found = {0};
	sdmx->cube.area = sdmx->cube.time = FEED_CUBE_NONE;
	sdmx->unit_dim = FEED_CUBE_DIMS_MAX;
	for (size_t i = 0; i < FEED_SDMX_LEVELS; i++)
		if (!collect_level(source, json_object_get(dims, level_names[i]),
				   (enum feed_sdmx_level)i, &found, err))
			return false;
	if (found.count == 0)
		return feed_fail(source, FEED_CAUSE_SHAPE, err, "the structure has no dimensions");
	qsort(found.items, found.count, sizeof found.items[0], by_position);
	for (size_t i = 0; i < found.count; i++)
		if (!place_dim(source, sdmx, &found.items[i], err))
			return false;
	return true;
}

/* -- attributes and measures -- */

static bool add_extras(struct feed_source *source, struct feed_sdmx *sdmx, const json_t *list,
		       size_t first, struct feed_sdmx_places *places, struct error *err)
{
	for (size_t i = first; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		struct span id = feed_json_text(json_object_get(item, "id"));
		size_t number = sdmx->cube.extra_count;
		if (places->count == FEED_CUBE_DIMS_MAX)
			return feed_fail(source, FEED_CAUSE_LIMIT, err,
					 "the structure has more than %d attributes",
					 FEED_CUBE_DIMS_MAX);
		if (!feed_cube_add_extra(source, &sdmx->cube, id, err))
			return false;
		places->values[places->count] = json_object_get(item, "values");
		places->targets[places->count++] = number;
		if (span_is(id, "OBS_STATUS"))
			sdmx->status = number;
		if (span_is(id, "UNIT_MEASURE"))
			sdmx->unit = number;
	}
	return true;
}

static bool read_extras(struct feed_source *source, const json_t *structure, struct feed_sdmx *sdmx,
			struct error *err)
{
	const json_t *attributes = json_object_get(structure, "attributes");
	const json_t *measures =
		json_object_get(json_object_get(structure, "measures"), "observation");
	sdmx->status = sdmx->unit = FEED_CUBE_EXTRAS_MAX;
	if (!add_extras(source, sdmx, measures, 1, &sdmx->measures, err) ||
	    !add_extras(source, sdmx, json_object_get(attributes, "dimensionGroup"), 0,
			&sdmx->groups, err))
		return false;
	for (size_t i = 0; i < FEED_SDMX_LEVELS; i++)
		if (!add_extras(source, sdmx, json_object_get(attributes, level_names[i]), 0,
				&sdmx->attributes[i], err))
			return false;
	return true;
}

bool feed_sdmx_open(struct feed_source *source, const json_t *top, struct feed_sdmx *sdmx,
		    struct error *err)
{
	const json_t *structure = NULL;
	if (!find_parts(source, top, sdmx, &structure, err))
		return false;
	/* no data sets: nothing has to be found in them */
	return !json_is_object(structure) || (read_dims(source, structure, sdmx, err) &&
					      read_extras(source, structure, sdmx, err) &&
					      feed_cube_bind(source, &sdmx->cube, err));
}
