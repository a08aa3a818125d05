/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_sdmxjson.h"

#include "base/number.h"
#include "feed/format_sdmxcsv.h"
#include "feed/json_document.h"
#include "feed/json_hole.h"
#include "feed/sdmxjson.h"

const char *const feed_sdmxjson_fields[FEED_SLOTS] = {
	[FEED_SLOT_AREA] = "@area",
	[FEED_SLOT_PERIOD] = "@period",
	[FEED_SLOT_SERIES] = "@others",
	[FEED_SLOT_VALUE] = "@value",
	[FEED_SLOT_STATUS] = "@status",
	[FEED_SLOT_UNIT] = "@unit",
	[FEED_SLOT_SCALE] = FEED_SDMX_MULTIPLIER,
};

enum { GROUPS_MAX = 32, KEY_MAX_BYTES = 2048 };

struct reader {
	struct feed_cube_record record; /* first, for print_place */
	struct feed_source *source;
	struct feed_sdmx sdmx;
	const struct feed_holes *holes; /* that series and observations may be in */
	size_t dataset;
	struct span series, observation; /* keys; none: flat */
	bool is_deleted;
	/* the indexes of the observation at hand: of the data set, the series, itself */
	struct span indexes[FEED_SDMX_LEVELS][FEED_CUBE_DIMS_MAX];
	const json_t *groups;		 /* of the data set, by key; or NULL */
	struct text key;		 /* of a group */
	uint64_t group_dims[GROUPS_MAX]; /* which parts of a key have an index; each once */
	size_t group_count;
};

static void done(struct reader *reader)
{
	text_done(&reader->key);
}

static void print_place(const struct feed_cells *cells, const struct feed_piece *piece,
			struct text *out)
{
	const struct reader *reader = (const void *)cells;
	text_addf(out, "%s/%zu", reader->sdmx.path, reader->dataset);
	if (reader->series.start != NULL)
		text_addf(out, "/series/%.*s", SPAN_ARGS(reader->series));
	if (reader->observation.start != NULL)
		text_addf(out, "/observations/%.*s", SPAN_ARGS(reader->observation));
	if (piece != NULL)
		text_add_string(out, "/0");
}

/* Its name, else the first of its names in several languages. */
static const json_t *name_of(const json_t *value)
{
	json_t *names = json_object_get(value, "names");
	const json_t *name = json_object_get(value, "name");
	return name != NULL ? name : json_object_iter_value(json_object_iter(names));
}

static void set_dim(struct reader *reader, size_t dim, const json_t *value)
{
	const json_t *code = feed_sdmx_code(value);
	reader->record.codes[dim] = feed_json_text(code);
	reader->record.labels[dim] = name_of(value);
	if (dim == reader->sdmx.unit_dim)
		reader->record.unit = code;
}

/* Dimensions of the data set have one value each. */
static void set_dataset_dims(struct reader *reader)
{
	const struct feed_sdmx_places *places = &reader->sdmx.dims[FEED_SDMX_DATASET];
	for (size_t i = 0; i < places->count; i++) {
		set_dim(reader, places->targets[i], json_array_get(places->values[i], 0));
		reader->indexes[FEED_SDMX_DATASET][i] = span_of("0");
	}
}

/* Follow "0:2:1" as far as the level goes; an empty position, which only a deletion has, is every
 * value. */
static bool set_part(struct reader *reader, enum feed_sdmx_level level, struct span *rest)
{
	const struct feed_sdmx_places *places = &reader->sdmx.dims[level];
	for (size_t i = 0; i < places->count; i++) {
		size_t count = json_array_size(places->values[i]);
		int64_t index;
		struct span part = span_cut(rest, ':');
		set_dim(reader, places->targets[i], NULL);
		reader->indexes[level][i] = part;
		if (part.len == 0 && reader->is_deleted)
			continue;
		if (count == 0 || !number_read_integer(part, 0, (int64_t)count - 1, &index, NULL))
			return false;
		set_dim(reader, places->targets[i],
			json_array_get(places->values[i], (size_t)index));
	}
	return true;
}

static bool set_series_key(struct reader *reader)
{
	struct span rest = reader->series;
	return set_part(reader, FEED_SDMX_SERIES, &rest) && rest.start == NULL;
}

/* The key of an observation outside of any series has the dimensions of the series first. */
static bool set_observation_key(struct reader *reader)
{
	struct span rest = reader->observation;
	return (reader->series.start != NULL || set_part(reader, FEED_SDMX_SERIES, &rest)) &&
	       set_part(reader, FEED_SDMX_OBSERVATION, &rest) && rest.start == NULL;
}

/* Set an attribute: an index into its values, or (2.x) what stands there itself; a list of one is
 * that.  false: there is none. */
static bool set_extra(struct reader *reader, size_t extra, const json_t *values,
		      const json_t *given)
{
	const json_t *value = NULL;
	int64_t index;
	if (json_array_size(given) == 1)
		given = json_array_get(given, 0);
	bool is_index = json_array_size(values) > 0 &&
			feed_json_integer(given, INT64_MIN, INT64_MAX, &index);
	bool is_inline = json_is_string(given) || (values == NULL && json_is_number(given));
	if (is_index && index >= 0)
		value = json_array_get(values, (size_t)index);
	if (is_index ? value == NULL : !is_inline)
		return false;
	reader->record.extras[extra] = is_index ? feed_sdmx_code(value) : given;
	reader->record.extra_labels[extra] = is_index ? name_of(value) : given;
	return true;
}

static void clear_extra(struct reader *reader, size_t extra)
{
	reader->record.extras[extra] = NULL;
	reader->record.extra_labels[extra] = NULL;
}

/* Set the extras from the list, from `first` on. */
static void set_extras(struct reader *reader, const struct feed_sdmx_places *places,
		       const json_t *list, size_t first)
{
	for (size_t i = 0; i < places->count; i++) {
		clear_extra(reader, places->targets[i]);
		(void)set_extra(reader, places->targets[i], places->values[i],
				json_array_get(list, first + i));
	}
}

/* -- attributes of groups: {"0::1:": [...]}, with the dimensions of the data set, the series and
 * the observation, in this order, and nothing for those that do not matter -- */

static uint64_t dims_of_key(const char *key)
{
	struct span rest = span_of(key);
	uint64_t dims = 0;
	for (size_t i = 0; rest.start != NULL && i < FEED_CUBE_DIMS_MAX; i++)
		dims |= span_cut(&rest, ':').len > 0 ? (uint64_t)1 << i : 0;
	return dims;
}

/* Note which dimensions make groups. */
static bool find_groups(struct reader *reader, json_t *groups, struct error *err)
{
	const char *key;
	json_t *list;
	reader->groups = groups;
	reader->group_count = 0;
	json_object_foreach(groups, key, list)
	{
		uint64_t dims = dims_of_key(key);
		size_t i = 0;
		while (i < reader->group_count && reader->group_dims[i] != dims)
			i++;
		if (i == GROUPS_MAX)
			return feed_fail(reader->source, FEED_CAUSE_LIMIT, err,
					 "attributes are given for more than %d groups of "
					 "dimensions",
					 GROUPS_MAX);
		if (i == reader->group_count)
			reader->group_dims[reader->group_count++] = dims;
	}
	return true;
}

/* The key of the group of these dimensions in which the observation is. */
static void print_group(const struct reader *reader, uint64_t dims, struct text *out)
{
	size_t at = 0;
	for (size_t level = 0; level < FEED_SDMX_LEVELS; level++) {
		for (size_t i = 0; i < reader->sdmx.dims[level].count; i++, at++) {
			struct span index = reader->indexes[level][i];
			if (at > 0)
				text_add_char(out, ':');
			if ((dims >> at & 1) != 0)
				text_add(out, index.start, index.len);
		}
	}
}

static bool set_groups(struct reader *reader, struct error *err)
{
	const struct feed_sdmx_places *places = &reader->sdmx.groups;
	struct text *key = &reader->key;
	for (size_t i = 0; i < places->count; i++)
		clear_extra(reader, places->targets[i]);
	for (size_t g = 0; g < reader->group_count; g++) {
		text_clear(key);
		print_group(reader, reader->group_dims[g], key);
		if (!text_ok(key, "the key of a group", err))
			return feed_fail_as(reader->source, FEED_CAUSE_INTERNAL);
		const json_t *list = json_object_getn(reader->groups, key->data, key->len);
		for (size_t i = 0; i < places->count; i++)
			(void)set_extra(reader, places->targets[i], places->values[i],
					json_array_get(list, i));
	}
	return true;
}

static void set_observation(struct reader *reader, const json_t *list)
{
	const struct feed_sdmx *sdmx = &reader->sdmx;
	struct feed_cube_record *record = &reader->record;
	record->value = json_array_get(list, 0);
	set_extras(reader, &sdmx->measures, list, 1);
	set_extras(reader, &sdmx->attributes[FEED_SDMX_OBSERVATION], list,
		   1 + sdmx->measures.count);
	if (sdmx->status < FEED_CUBE_EXTRAS_MAX)
		record->status = record->extras[sdmx->status];
	if (sdmx->unit < FEED_CUBE_EXTRAS_MAX)
		record->unit = record->extras[sdmx->unit];
}

static bool offer_observation(struct reader *reader, struct span key, const json_t *list,
			      struct error *err)
{
	struct feed_source *source = reader->source;
	const struct feed_cells *cells = &reader->record.cells;
	reader->observation = key;
	if (!set_observation_key(reader))
		return feed_record_refuse(source, cells,
					  "its key is not an index for each dimension", err);
	if (!set_groups(reader, err))
		return false;
	set_observation(reader, list);
	if (reader->is_deleted)
		return feed_record_delete(source, cells, err);
	if (json_array_size(list) == 0)
		return feed_record_refuse(source, cells,
					  "there is no list that begins with a value", err);
	return feed_record_offer(source, cells, err);
}

/* -- members by their keys, of the tree or where they stand -- */

typedef bool each_fn(struct reader *reader, struct span key, const json_t *value,
		     struct error *err);

static bool each_in_tree(struct reader *reader, json_t *members, each_fn *each, struct error *err)
{
	json_t *value;
	const char *key;
	json_object_foreach(members, key, value)
	{
		if (!each(reader, span_of(key), value, err))
			return false;
	}
	return true;
}

static bool each_member(struct reader *reader, json_t *members, each_fn *each, struct error *err)
{
	const struct feed_hole *hole = feed_hole_find(reader->holes, members);
	if (hole == NULL)
		return each_in_tree(reader, members, each, err);
	struct feed_hole_cursor cursor = feed_hole_begin(hole);
	while (feed_hole_next(&cursor)) {
		json_auto_t *value = feed_hole_value(&cursor);
		if (value == NULL) {
			feed_fail_as(reader->source, FEED_CAUSE_INTERNAL);
			return error_memory(err);
		}
		if (!each(reader, cursor.name, value, err))
			return false;
	}
	return true;
}

static bool offer_series(struct reader *reader, struct span key, const json_t *series,
			 struct error *err)
{
	const struct feed_sdmx_places *attributes = &reader->sdmx.attributes[FEED_SDMX_SERIES];
	reader->series = key;
	bool ok = set_series_key(reader);
	set_extras(reader, attributes, json_object_get(series, "attributes"), 0);
	/* what is in a series is no hole, whatever it looks like */
	ok = ok ? each_in_tree(reader, json_object_get(series, "observations"), offer_observation,
			       err)
		: feed_record_refuse(reader->source, &reader->record.cells,
				     "its key is not an index for each dimension", err);
	/* they are of this series alone */
	set_extras(reader, attributes, NULL, 0);
	reader->series = reader->observation = (struct span){0};
	return ok;
}

static bool offer_dataset(struct reader *reader, const json_t *dataset, struct error *err)
{
	reader->is_deleted = span_is(feed_json_text(json_object_get(dataset, "action")), "Delete");
	reader->observation = (struct span){0};
	set_dataset_dims(reader);
	set_extras(reader, &reader->sdmx.attributes[FEED_SDMX_DATASET],
		   json_object_get(dataset, "attributes"), 0);
	return find_groups(reader, json_object_get(dataset, "dimensionGroupAttributes"), err) &&
	       each_member(reader, json_object_get(dataset, "series"), offer_series, err) &&
	       each_member(reader, json_object_get(dataset, "observations"), offer_observation,
			   err);
}

static bool offer_all(struct reader *reader, struct error *err)
{
	const json_t *dataset;
	json_array_foreach(reader->sdmx.datasets, reader->dataset, dataset)
	{
		if (feed_sdmx_is_meant(&reader->sdmx, dataset) &&
		    !offer_dataset(reader, dataset, err))
			return false;
	}
	return true;
}

static bool take_apart(void *self, json_t *top, const struct feed_holes *holes, struct error *err)
{
	static const struct feed_json_counts none = {0};
	struct reader *reader = self;
	struct feed_source *source = reader->source;
	reader->sdmx = (struct feed_sdmx){0};
	reader->holes = holes;
	return feed_json_check(source, top, err) && feed_json_announce(source, top, &none, err) &&
	       feed_sdmx_open(source, top, &reader->sdmx, err);
}

bool feed_sdmxjson_decode(struct feed_source *source, struct error *err)
{
	static const struct feed_hole_rules rules = {.names = {"series", "observations"},
						     .places = {"/data/dataSets/*", "/dataSets/*"},
						     .has_names = true};
	AUTO(done)
	struct reader reader = {
		.record = {.cells = {feed_cube_read, print_place}, .cube = &reader.sdmx.cube},
		.source = source,
		.key = text_with_limit(KEY_MAX_BYTES),
	};
	const struct feed_hole_opener opener = {take_apart, &reader};
	struct feed_holes holes;
	json_auto_t *top = NULL;
	return feed_hole_open(source, &rules, &opener, &holes, &top, err) &&
	       offer_all(&reader, err);
}
