/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A row of an assessment case file: one call of one method, and what it has to give.
 *
 * Columns: case, direction (up, down), baseline_year, target_year, target, series (year:value;...),
 * expected_measure (empty: none), expected_category (empty: not compared), source, kind, extra
 * (key=value;...).  Kind published_not_reproduced: the official category is not required, but the
 * one under `our` in extra.
 *
 * Or a file of published trends: indicator, iso3, direction, t0, green_threshold, series, ratio,
 * predicted, published.  Such a row is read as one of kind published, or published_not_reproduced
 * where the rule gives another arrow, for 2030. */

#include "assess/trend.h"
#include "base/csv.h"

enum { VECTOR_VALUES_MAX = 200, VECTOR_TEXT_BYTES = 512 };

struct vector {
	char name[VECTOR_TEXT_BYTES], category[VECTOR_TEXT_BYTES], kind[VECTOR_TEXT_BYTES];
	char extra[VECTOR_TEXT_BYTES];
	int sense;
	struct measure base_year, target_year, target, expected;
	double times[VECTOR_VALUES_MAX], values[VECTOR_VALUES_MAX];
	size_t count;
	int line;
};

/* Where the columns are, by the header row. */
struct vector_columns {
	size_t at[11];
	bool of_trends;
};

MUST_CHECK bool vector_read_header(const struct csv_row *row, struct vector_columns *ret,
				   struct error *err);
MUST_CHECK bool vector_read(const struct csv_row *row, const struct vector_columns *columns,
			    struct vector *ret, struct error *err);

/* Read year:value;... pairs. */
MUST_CHECK bool vector_read_pairs(struct span text, double *times, double *values,
				  size_t *ret_count, struct error *err);

/* The value of a key in `extra`; false when it is not there.  And as a number; unset when it is not
 * there or empty. */
bool vector_extra(const struct vector *vector, const char *key, struct span *ret);
struct measure vector_extra_number(const struct vector *vector, const char *key);

/* The last part of the name behind '/': what is measured. */
const char *vector_part(const struct vector *vector);

/* The value of the series in a year. */
struct measure vector_value_in(const struct vector *vector, double year);

/* 1e-6 of the larger one, or 1e-9; of a number printed with six digits 5e-6 or 1e-7; both unset is
 * equal. */
bool vector_close(struct measure a, struct measure b, bool six_digits);
