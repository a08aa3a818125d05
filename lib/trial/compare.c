/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/compare.h"

#include <stdio.h>
#include <stdlib.h>

enum { LABEL_BYTES = 1024, CELLS_BYTES = 4 * ROWS_CELL_BYTES };

/* By the cells that say what the row is about, or by the others. */
static int compare_cells(const struct rows *rows, const struct row *a, const struct row *b,
			 bool keys)
{
	for (size_t i = 0; i < rows->column_count; i++) {
		if (rows->columns[i]->is_key != keys)
			continue;
		int order = strcmp(a->cells[i], b->cells[i]);
		if (order != 0)
			return order;
	}
	return 0;
}

static int compare_sorting(const void *a, const void *b, void *rows)
{
	int order = compare_cells(rows, a, b, true);
	return order != 0 ? order : compare_cells(rows, a, b, false);
}

static void sort(struct rows *rows)
{
	if (rows->count > 1)
		qsort_r(rows->items, rows->count, sizeof *rows->items, compare_sorting, rows);
}

/* Which of the two comes first; a row that is not there comes last. */
static int order_of(const struct rows *expected, size_t a, const struct rows *got, size_t b)
{
	if (a == expected->count)
		return 1;
	if (b == got->count)
		return -1;
	return compare_cells(expected, &expected->items[a], &got->items[b], true);
}

/* Keep the rows that are on one side only, in their order. */
static void drop_equal(struct rows *expected, struct rows *got)
{
	size_t kept_a = 0;
	size_t kept_b = 0;
	size_t a = 0;
	size_t b = 0;
	while (a < expected->count || b < got->count) {
		int order = order_of(expected, a, got, b);
		if (order == 0)
			order = compare_cells(expected, &expected->items[a], &got->items[b], false);
		if (order == 0) {
			row_done(&expected->items[a++], expected->column_count);
			row_done(&got->items[b++], got->column_count);
		} else if (order < 0) {
			expected->items[kept_a++] = expected->items[a++];
		} else {
			got->items[kept_b++] = got->items[b++];
		}
	}
	expected->count = kept_a;
	got->count = kept_b;
}

/* "VNM 2019 pm25" */
static const char *label(const struct rows *rows, const struct row *row, char buffer[LABEL_BYTES])
{
	size_t len = 0;
	buffer[0] = '\0';
	for (size_t i = 0; i < rows->column_count && len < LABEL_BYTES; i++) {
		if (!rows->columns[i]->is_key || row->cells[i][0] == '\0')
			continue;
		int put = snprintf(buffer + len, LABEL_BYTES - len, "%s%s", len > 0 ? " " : "",
				   row->cells[i]);
		len += put > 0 ? (size_t)put : 0;
	}
	return buffer;
}

/* ": value '12.5', status 'A'" of the cells that are no part of the label. */
static void add_cells(struct text *out, const struct rows *rows, const struct row *row,
		      const struct row *other)
{
	const char *between = ": ";
	for (size_t i = 0; i < rows->column_count; i++) {
		const char *cell = row->cells[i];
		bool is_dull = other != NULL ? strcmp(cell, other->cells[i]) == 0 : cell[0] == '\0';
		if (rows->columns[i]->is_key || is_dull)
			continue;
		text_addf(out, "%s%s ", between, rows->columns[i]->name);
		text_addf(out, other != NULL ? "is '%s', not '%s'" : "'%s'", cell,
			  other != NULL ? other->cells[i] : "");
		between = ", ";
	}
}

static const char *text_or_empty(const struct text *text)
{
	return text->data != NULL ? text->data : "";
}

static void add_place(struct text *out, const struct row *got)
{
	if (got->place != NULL && got->place[0] != '\0')
		text_addf(out, " (%s)", got->place);
}

static void tell_different(const char *path, const struct rows *rows, const struct row *want,
			   const struct row *got, struct trial_findings *findings)
{
	char buffer[LABEL_BYTES];
	AUTO_TEXT struct text cells = text_with_limit(CELLS_BYTES);
	add_cells(&cells, rows, got, want);
	add_place(&cells, got);
	finding_add(findings, "%s:%d: %s%s", path, want->line, label(rows, want, buffer),
		    text_or_empty(&cells));
}

static void tell_unexpected(const char *said, const struct rows *rows, const struct row *got,
			    struct trial_findings *findings)
{
	char buffer[LABEL_BYTES];
	AUTO_TEXT struct text cells = text_with_limit(CELLS_BYTES);
	add_cells(&cells, rows, got, NULL);
	add_place(&cells, got);
	finding_add(findings, "%s: %s%s", said, label(rows, got, buffer), text_or_empty(&cells));
}

void rows_compare(const struct rows_kind *kind, const char *path, struct rows *expected,
		  struct rows *got, struct trial_findings *findings)
{
	char buffer[LABEL_BYTES];
	size_t a = 0;
	size_t b = 0;
	sort(expected);
	sort(got);
	drop_equal(expected, got);
	while (a < expected->count || b < got->count) {
		int order = order_of(expected, a, got, b);
		if (order == 0)
			tell_different(path, expected, &expected->items[a], &got->items[b],
				       findings);
		else if (order < 0)
			finding_add(findings, "%s:%d: %s: %s", path, expected->items[a].line,
				    label(expected, &expected->items[a], buffer), kind->not_come);
		else
			tell_unexpected(kind->not_expected, got, &got->items[b], findings);
		a += order <= 0;
		b += order >= 0;
	}
}
