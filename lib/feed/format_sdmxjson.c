/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_sdmxjson.h"

#include "base/number.h"
#include "feed/json_document.h"
#include "feed/sdmxjson.h"

struct reader {
	struct feed_cube_record record; /* first, for print_place */
	struct feed_source *source;
	const struct feed_sdmx *sdmx;
	size_t dataset;
	const char *series, *observation; /* keys; NULL: flat */
	bool is_deleted;
};

static void print_place(const struct feed_cells *cells, const struct feed_piece *piece,
			struct text *out)
{
	const struct reader *reader = (const void *)cells;
	text_addf(out, "%s/%zu", reader->sdmx->path, reader->dataset);
	if (reader->series != NULL)
		text_addf(out, "/series/%s", reader->series);
	if (reader->observation != NULL)
		text_addf(out, "/observations/%s", reader->observation);
	if (piece != NULL)
		text_add_string(out, "/0");
}

static void set_dim(struct reader *reader, size_t dim, const json_t *value)
{
	const json_t *code = feed_sdmx_code(value);
	reader->record.codes[dim] = feed_json_text(code);
	reader->record.labels[dim] = json_object_get(value, "name");
	if (dim == reader->sdmx->unit_dim)
		reader->record.unit = code;
}

/* Dimensions of the data set have one value each. */
static void set_dataset_dims(struct reader *reader)
{
	const struct feed_sdmx_places *places = &reader->sdmx->dims[FEED_SDMX_DATASET];
	for (size_t i = 0; i < places->count; i++)
		set_dim(reader, places->targets[i], json_array_get(places->values[i], 0));
}

/* Follow "0:2:1" as far as the level goes; an empty position, which only a deletion has, is every
 * value. */
static bool set_part(struct reader *reader, enum feed_sdmx_level level, struct span *rest)
{
	const struct feed_sdmx_places *places = &reader->sdmx->dims[level];
	for (size_t i = 0; i < places->count; i++) {
		size_t count = json_array_size(places->values[i]);
		int64_t index;
		struct span part = span_cut(rest, ':');
		set_dim(reader, places->targets[i], NULL);
		if (part.len == 0 && reader->is_deleted)
			continue;
		if (count == 0 || !number_read_integer(part, 0, (int64_t)count - 1, &index, NULL))
			return false;
		set_dim(reader, places->targets[i],
			json_array_get(places->values[i], (size_t)index));
	}
	return true;
}

static bool set_key(struct reader *reader, enum feed_sdmx_level level, const char *key)
{
	struct span rest = span_of(key);
	return set_part(reader, level, &rest) && rest.start == NULL;
}

/* The key of an observation outside of any series has the dimensions of the series first. */
static bool set_observation_key(struct reader *reader)
{
	struct span rest = span_of(reader->observation);
	return (reader->series != NULL || set_part(reader, FEED_SDMX_SERIES, &rest)) &&
	       set_part(reader, FEED_SDMX_OBSERVATION, &rest) && rest.start == NULL;
}

/* An attribute is an index into its values, or (2.x) stands there itself; a list of one is that. */
static const json_t *attribute(const json_t *values, const json_t *given)
{
	if (json_array_size(given) == 1)
		given = json_array_get(given, 0);
	int64_t index;
	if (json_array_size(values) > 0 && feed_json_integer(given, INT64_MIN, INT64_MAX, &index))
		return index < 0 ? NULL : feed_sdmx_code(json_array_get(values, (size_t)index));
	return json_is_string(given) ? given : NULL;
}

/* Set the extras from the list, from `first` on. */
static void set_extras(struct reader *reader, const struct feed_sdmx_places *places,
		       const json_t *list, size_t first)
{
	for (size_t i = 0; i < places->count; i++)
		reader->record.extras[places->targets[i]] =
			attribute(places->values[i], json_array_get(list, first + i));
}

static void set_observation(struct reader *reader, const json_t *list)
{
	const struct feed_sdmx *sdmx = reader->sdmx;
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

static bool offer(struct reader *reader, const json_t *list, struct error *err)
{
	struct feed_source *source = reader->source;
	const struct feed_cells *cells = &reader->record.cells;
	if (!set_observation_key(reader))
		return feed_record_refuse(source, cells,
					  "its key is not an index for each dimension", err);
	set_observation(reader, list);
	if (reader->is_deleted)
		return feed_record_delete(source, cells, err);
	if (json_array_size(list) == 0)
		return feed_record_refuse(source, cells,
					  "there is no list that begins with a value", err);
	return feed_record_offer(source, cells, err);
}

static bool offer_observations(struct reader *reader, const json_t *in, struct error *err)
{
	json_t *observations = json_object_get(in, "observations");
	const json_t *list;
	const char *key;
	json_object_foreach(observations, key, list)
	{
		reader->observation = key;
		if (!offer(reader, list, err))
			return false;
	}
	reader->observation = NULL;
	return true;
}

static bool offer_series(struct reader *reader, json_t *series, struct error *err)
{
	const json_t *one;
	const char *key;
	json_object_foreach(series, key, one)
	{
		reader->series = key;
		bool ok = set_key(reader, FEED_SDMX_SERIES, key);
		set_extras(reader, &reader->sdmx->attributes[FEED_SDMX_SERIES],
			   json_object_get(one, "attributes"), 0);
		ok = ok ? offer_observations(reader, one, err)
			: feed_record_refuse(reader->source, &reader->record.cells,
					     "its key is not an index for each dimension", err);
		if (!ok)
			return false;
	}
	reader->series = NULL;
	return true;
}

static bool offer_dataset(struct reader *reader, const json_t *dataset, struct error *err)
{
	reader->is_deleted = span_is(feed_json_text(json_object_get(dataset, "action")), "Delete");
	set_dataset_dims(reader);
	set_extras(reader, &reader->sdmx->attributes[FEED_SDMX_DATASET],
		   json_object_get(dataset, "attributes"), 0);
	return offer_series(reader, json_object_get(dataset, "series"), err) &&
	       offer_observations(reader, dataset, err);
}

static bool offer_all(struct reader *reader, struct error *err)
{
	const json_t *dataset;
	json_array_foreach(reader->sdmx->datasets, reader->dataset, dataset)
	{
		if (!offer_dataset(reader, dataset, err))
			return false;
	}
	return true;
}

bool feed_sdmxjson_decode(struct feed_source *source, struct error *err)
{
	static const struct feed_json_counts none = {0};
	struct feed_sdmx sdmx = {0};
	json_auto_t *top = NULL;
	if (!feed_json_load(source, &top, err) || !feed_json_check(source, top, err) ||
	    !feed_json_announce(source, top, &none, err) ||
	    !feed_sdmx_open(source, top, &sdmx, err))
		return false;
	struct reader reader = {
		.record = {.cells = {feed_cube_read, print_place}, .cube = &sdmx.cube},
		.source = source,
		.sdmx = &sdmx,
	};
	return offer_all(&reader, err);
}
