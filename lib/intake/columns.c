/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/columns.h"

static const char *const ignored[] = {"note", "comment"};

static const enum exchange_column required[] = {EXCHANGE_INDICATOR, EXCHANGE_AREA, EXCHANGE_PERIOD,
						EXCHANGE_VALUE, EXCHANGE_SOURCE};

static bool is_ignored(struct span heading)
{
	if (heading.len > 0 && heading.start[0] == '#')
		return true;
	for (size_t i = 0; i < COUNT_OF(ignored); i++) {
		if (span_is(heading, ignored[i]))
			return true;
	}
	return heading.len == 0;
}

static void read_one(struct columns *columns, struct span heading, size_t index, size_t known,
		     const struct problem_place *place)
{
	enum exchange_column column;
	if (is_ignored(heading))
		return;
	if (!exchange_column_find(heading, &column) || column >= known) {
		const char *nearest = exchange_column_nearest(heading, known);
		problem_add(place->findings, PROBLEM_ERROR, place->name, place->line,
			    "column '%.*s' is not known%s%s%s", SPAN_ARGS(heading),
			    nearest ? "; did you mean '" : "", nearest ? nearest : "",
			    nearest ? "'?" : "");
	} else if (columns->at[column] != 0) {
		problem_add(place->findings, PROBLEM_ERROR, place->name, place->line,
			    "column '%.*s' is there twice", SPAN_ARGS(heading));
	} else {
		columns->at[column] = index + 1;
	}
}

bool columns_read(struct columns *columns, const struct csv_row *heading, size_t known,
		  const char *name, struct problems *findings)
{
	const struct problem_place place = {findings, name, heading->line};
	size_t before = findings->errors;
	columns->is_read = true;
	columns->count = heading->count;
	for (size_t i = 0; i < heading->count; i++)
		read_one(columns, span_trim(heading->cells[i]), i, known, &place);
	for (size_t i = 0; i < COUNT_OF(required); i++) {
		if (columns->at[required[i]] == 0)
			problem_add(findings, PROBLEM_ERROR, name, heading->line,
				    "column '%s' is missing", exchange_column_name(required[i]));
	}
	return findings->errors == before;
}

const char *columns_cell(const struct columns *columns, const struct csv_row *row,
			 enum exchange_column column)
{
	size_t at = columns->at[column];
	return at == 0 || at > row->count ? "" : row->cells[at - 1].start;
}
