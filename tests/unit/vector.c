/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/vector.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

enum column {
	CASE,
	DIRECTION,
	BASELINE_YEAR,
	TARGET_YEAR,
	TARGET,
	SERIES,
	MEASURE,
	CATEGORY,
	SOURCE,
	KIND,
	EXTRA,
	COLUMNS,
};

static const char *const names[COLUMNS] = {
	"case",	  "direction",	      "baseline_year",	   "target_year", "target",
	"series", "expected_measure", "expected_category", "source",	  "kind",
	"extra",
};

/* Of a file of published trends: what stands for each. */
static const char *const trend_names[COLUMNS] = {
	"indicator", "direction", "t0",	       "t0",   "green_threshold", "series",
	"ratio",     "published", "indicator", "iso3", "predicted",
};

static const double trend_target_year = 2030;

static size_t find_cell(const struct csv_row *row, const char *name)
{
	size_t i = 0;
	while (i < row->count && !span_is(row->cells[i], name))
		i++;
	return i;
}

bool vector_read_header(const struct csv_row *row, struct vector_columns *ret, struct error *err)
{
	struct vector_columns columns = {.of_trends = find_cell(row, "predicted") < row->count};
	const char *const *wanted = columns.of_trends ? trend_names : names;
	for (size_t i = 0; i < COLUMNS; i++) {
		columns.at[i] = find_cell(row, wanted[i]);
		if (columns.at[i] == row->count)
			return error_set(err, ERROR_INPUT, "there is no column '%s'", wanted[i]);
	}
	*ret = columns;
	return true;
}

static bool read_number(struct span text, double *ret, struct error *err)
{
	static const struct number_rule rule = {.decimal = '.', .exponents = true};
	struct number number;
	if (!number_read_json(text, &number, NULL) && !number_read_by(&rule, text, &number, err))
		return false;
	*ret = number.value;
	return true;
}

static bool read_measure(struct span text, struct measure *ret, struct error *err)
{
	double value = 0;
	if (text.len > 0 && !read_number(text, &value, err))
		return false;
	*ret = (struct measure){.is_set = text.len > 0, .value = value};
	return true;
}

bool vector_read_pairs(struct span text, double *times, double *values, size_t *ret_count,
		       struct error *err)
{
	size_t count = 0;
	for (struct span rest = text; rest.len > 0; count++) {
		struct span value = span_cut(&rest, ';');
		struct span year = span_cut(&value, ':');
		if (count == VECTOR_VALUES_MAX)
			return error_set(err, ERROR_LIMIT, "more than %d values",
					 VECTOR_VALUES_MAX);
		if (!read_number(year, &times[count], err) ||
		    !read_number(value, &values[count], err))
			return false;
	}
	*ret_count = count;
	return true;
}

/* What a row of trends says with other columns. */
static void read_trend(struct vector *vector)
{
	char text[VECTOR_TEXT_BYTES];
	bool as_published = strcmp(vector->category, vector->extra) == 0;
	snprintf(text, sizeof text, "%.200s %.200s", vector->name, vector->kind);
	memcpy(vector->name, text, sizeof text);
	snprintf(text, sizeof text, "our=%.200s", vector->extra);
	memcpy(vector->extra, text, sizeof text);
	snprintf(vector->kind, sizeof vector->kind, "%s",
		 as_published ? "published" : "published_not_reproduced");
	vector->target_year = measure_of(trend_target_year);
}

bool vector_read(const struct csv_row *row, const struct vector_columns *columns,
		 struct vector *ret, struct error *err)
{
	struct span cells[COLUMNS];
	for (size_t i = 0; i < COLUMNS; i++) {
		if (columns->at[i] >= row->count)
			return error_set(err, ERROR_INPUT, "the row is short of '%s'", names[i]);
		cells[i] = row->cells[columns->at[i]];
	}
	*ret = (struct vector){.line = row->line,
			       .sense = span_is(cells[DIRECTION], "up") ? 1 : -1};
	if (!span_copy(cells[CASE], ret->name, sizeof ret->name) ||
	    !span_copy(cells[CATEGORY], ret->category, sizeof ret->category) ||
	    !span_copy(cells[KIND], ret->kind, sizeof ret->kind) ||
	    !span_copy(cells[EXTRA], ret->extra, sizeof ret->extra))
		return error_set(err, ERROR_LIMIT, "a cell is longer than %d bytes",
				 VECTOR_TEXT_BYTES - 1);
	if (!read_measure(cells[BASELINE_YEAR], &ret->base_year, err) ||
	    !read_measure(cells[TARGET_YEAR], &ret->target_year, err) ||
	    !read_measure(cells[TARGET], &ret->target, err) ||
	    !read_measure(cells[MEASURE], &ret->expected, err) ||
	    !vector_read_pairs(cells[SERIES], ret->times, ret->values, &ret->count, err))
		return false;
	if (columns->of_trends)
		read_trend(ret);
	return true;
}

bool vector_extra(const struct vector *vector, const char *key, struct span *ret)
{
	struct span rest = span_of(vector->extra);
	size_t key_len = strlen(key);
	bool found = false;
	while (rest.start != NULL) {
		struct span piece = span_cut(&rest, ';');
		bool is_key = span_starts(piece, key) && piece.len > key_len &&
			      piece.start[key_len] == '=';
		bool goes_on = memchr(piece.start, '=', piece.len) == NULL;
		if (found && goes_on)
			ret->len = (size_t)(piece.start + piece.len - ret->start);
		else if (found)
			return true;
		if (!is_key)
			continue;
		*ret = (struct span){piece.start + key_len + 1, piece.len - key_len - 1};
		found = true;
	}
	return found;
}

struct measure vector_extra_number(const struct vector *vector, const char *key)
{
	struct span text;
	struct measure number = {0};
	if (!vector_extra(vector, key, &text) || !read_measure(text, &number, NULL))
		return (struct measure){0};
	return number;
}

const char *vector_part(const struct vector *vector)
{
	const char *slash = strrchr(vector->name, '/');
	return slash != NULL ? slash + 1 : vector->name;
}

struct measure vector_value_in(const struct vector *vector, double year)
{
	for (size_t i = 0; i < vector->count; i++) {
		if (vector->times[i] == year)
			return measure_of(vector->values[i]);
	}
	return (struct measure){0};
}

bool vector_close(struct measure a, struct measure b, bool six_digits)
{
	if (!a.is_set || !b.is_set)
		return a.is_set == b.is_set;
	double apart = fabs(a.value - b.value);
	double relative = six_digits ? 5e-6 : 1e-6, absolute = six_digits ? 1e-7 : 1e-9;
	return apart <= absolute || apart <= relative * fmax(fabs(a.value), fabs(b.value));
}
