/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/format_pxweb.h"

#include "feed/cube.h"
#include "feed/json_document.h"
#include "feed/json_hole.h"
#include "feed/pointer.h"

enum { SHOWN_BYTES = 240 };

/* PX's signs for what is not known, not public or not applicable.  "-" is none of them: it is the
 * number 0 in one office and a missing value in another. */
const char *const feed_pxweb_missing[] = {".",	   "..",     "...",    "....",
					  ".....", "......", "\u2026", NULL};

/* The dimension whose codes are the columns with values. */
static const char content_id[] = "content";

struct reader {
	struct feed_cube_record record; /* first, for print_place */
	struct feed_source *source;
	struct feed_cube cube;
	struct span contents[FEED_CUBE_DIMS_MAX]; /* codes of the columns with values */
	const json_t *content_labels[FEED_CUBE_DIMS_MAX];
	size_t content_count;
	const json_t *rows;
	const struct feed_hole *hole; /* that they stand for */
	size_t row, column;
};

static void print_place(const struct feed_cells *cells, const struct feed_piece *piece,
			struct text *out)
{
	const struct reader *reader = (const void *)cells;
	text_addf(out, "/data/%zu", reader->row);
	if (piece != NULL)
		text_addf(out, "/values/%zu", reader->column);
}

static bool add_content(struct reader *reader, struct span code, const json_t *column,
			struct error *err)
{
	if (reader->content_count == FEED_CUBE_DIMS_MAX)
		return feed_fail(reader->source, FEED_CAUSE_LIMIT, err,
				 "the document has more than %d columns with values",
				 FEED_CUBE_DIMS_MAX);
	reader->content_labels[reader->content_count] = json_object_get(column, "text");
	reader->contents[reader->content_count++] = code;
	return true;
}

/* Type d is a dimension, t is time, c has values; others are comments. */
static bool read_column(struct reader *reader, const json_t *column, struct error *err)
{
	const struct span type = feed_json_text(json_object_get(column, "type"));
	const struct span code = feed_json_text(json_object_get(column, "code"));
	if (code.len == 0)
		return feed_fail(reader->source, FEED_CAUSE_SHAPE, err,
				 "a column is %s without a code", feed_json_kind(column));
	if (span_is(type, "c"))
		return add_content(reader, code, column, err);
	if (!span_is(type, "t") && !span_is(type, "d"))
		return true;
	if (!feed_cube_add(reader->source, &reader->cube, code, err))
		return false;
	if (span_is(type, "t"))
		feed_cube_set_role(&reader->cube.time, reader->cube.count - 1);
	return true;
}

static bool fail_without(struct feed_source *source, const json_t *top, const json_t *columns,
			 struct error *err)
{
	AUTO_TEXT struct text told = text_with_limit(SHOWN_BYTES);
	const json_t *error = json_object_get(top, "error");
	if (columns != NULL || error == NULL)
		return feed_fail(source, FEED_CAUSE_SHAPE, err, "'columns' is %s, not a list",
				 feed_json_kind(columns));
	feed_json_gather(error, ", ", &told);
	return feed_fail(source, FEED_CAUSE_ERROR_BODY, err, "the source says: %.*s",
			 SPAN_ARGS(text_span(&told)));
}

static bool read_columns(struct reader *reader, const json_t *top, struct error *err)
{
	const json_t *columns = json_object_get(top, "columns");
	const json_t *column;
	size_t i;
	if (!json_is_array(columns))
		return fail_without(reader->source, top, columns, err);
	reader->cube.area = reader->cube.time = FEED_CUBE_NONE;
	if (!feed_cube_add(reader->source, &reader->cube, span_of(content_id), err))
		return false;
	json_array_foreach(columns, i, column)
	{
		if (!read_column(reader, column, err))
			return false;
	}
	if (reader->content_count == 0)
		return feed_fail(reader->source, FEED_CAUSE_SHAPE, err,
				 "no column has values (type 'c')");
	return feed_cube_bind(reader->source, &reader->cube, err);
}

/* Are there as many keys and values as columns, and are the keys texts? */
static bool fits(struct reader *reader, const json_t *row)
{
	const json_t *keys = json_object_get(row, "key");
	const json_t *values = json_object_get(row, "values");
	if (json_array_size(keys) != reader->cube.count - 1 ||
	    json_array_size(values) != reader->content_count)
		return false;
	for (size_t i = 1; i < reader->cube.count; i++) {
		const json_t *key = json_array_get(keys, i - 1);
		if (!feed_json_is_text(key))
			return false;
		reader->record.codes[i] = feed_json_text(key);
	}
	return true;
}

static bool offer_row(struct reader *reader, const json_t *row, struct error *err)
{
	const json_t *values = json_object_get(row, "values");
	if (!fits(reader, row))
		return feed_record_refuse(reader->source, &reader->record.cells,
					  "the row does not have a key for each dimension and a "
					  "value for each column",
					  err);
	for (reader->column = 0; reader->column < reader->content_count; reader->column++) {
		reader->record.codes[0] = reader->contents[reader->column];
		reader->record.labels[0] = reader->content_labels[reader->column];
		reader->record.value = json_array_get(values, reader->column);
		if (!feed_record_offer(reader->source, &reader->record.cells, err))
			return false;
	}
	return true;
}

static bool find_rows(struct reader *reader, const json_t *top, const struct feed_holes *holes,
		      struct error *err)
{
	reader->rows = json_object_get(top, "data");
	reader->hole = feed_hole_find(holes, reader->rows);
	if (!json_is_array(reader->rows))
		return feed_fail(reader->source, FEED_CAUSE_SHAPE, err, "'data' is %s, not a list",
				 feed_json_kind(reader->rows));
	reader->record.cells = (struct feed_cells){feed_cube_read, print_place};
	reader->record.cube = &reader->cube;
	reader->record.updated = feed_pointer_get(top, span_of("/metadata/0/updated"));
	return true;
}

static bool take_apart(void *self, json_t *top, const struct feed_holes *holes, struct error *err)
{
	static const struct feed_json_counts none = {0};
	struct reader *reader = self;
	struct feed_source *source = reader->source;
	*reader = (struct reader){.source = source};
	return feed_json_check(source, top, err) && feed_json_announce(source, top, &none, err) &&
	       read_columns(reader, top, err) && find_rows(reader, top, holes, err);
}

static bool offer_hole(struct reader *reader, struct error *err)
{
	struct feed_hole_cursor cursor = feed_hole_begin(reader->hole);
	while (feed_hole_next(&cursor)) {
		json_auto_t *row = feed_hole_value(&cursor);
		reader->row = cursor.offset;
		if (row == NULL) {
			feed_fail_as(reader->source, FEED_CAUSE_INTERNAL);
			return error_memory(err);
		}
		if (!offer_row(reader, row, err))
			return false;
	}
	return true;
}

static bool offer_all(struct reader *reader, struct error *err)
{
	const json_t *row;
	if (reader->hole != NULL)
		return offer_hole(reader, err);
	json_array_foreach(reader->rows, reader->row, row)
	{
		if (!offer_row(reader, row, err))
			return false;
	}
	return true;
}

bool feed_pxweb_decode(struct feed_source *source, struct error *err)
{
	static const struct feed_hole_rules rules = {.names = {"data"}, .has_rows = true};
	struct reader reader = {.source = source};
	const struct feed_hole_opener opener = {take_apart, &reader};
	struct feed_holes holes;
	json_auto_t *top = NULL;
	return feed_hole_open(source, &rules, &opener, &holes, &top, err) &&
	       offer_all(&reader, err);
}
