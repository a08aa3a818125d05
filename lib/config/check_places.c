/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/check_places.h"

#include <stdlib.h>

#include "obs/area.h"

/* A code with the days on which it is in use: its own, as far as the area exists. */
struct folded_code {
	const struct code_row *row;
	char *folded;
	int32_t from, to;
};

struct folded_codes {
	struct folded_code *items;
	size_t count;
};

static void free_folded(struct folded_codes *codes)
{
	for (size_t i = 0; i < codes->count; i++)
		free(codes->items[i].folded);
	free(codes->items);
}

static void check_areas(const struct raw *raw)
{
	for (size_t i = 0; i < raw->rows[TABLE_AREAS].count; i++) {
		const struct area *area = raw_row(raw, TABLE_AREAS, i);
		if (area != NULL)
			(void)raw_check_validity(raw, TABLE_AREAS, area->line, area->valid_from,
						 area->valid_to);
	}
}

static void check_code(const struct raw *raw, const struct code_row *code)
{
	const struct area *area = raw_refer(raw, &(struct raw_reference){.from = TABLE_AREA_CODES,
									 .line = code->line,
									 .who = "",
									 .column = "area",
									 .id = code->area,
									 .to = TABLE_AREAS});
	if (strcmp(code->scheme, "id") == 0)
		raw_problem(raw, PROBLEM_ERROR, TABLE_AREA_CODES, code->line,
			    "scheme 'id' is for the ids of areas.csv; use another name");
	if (!raw_check_validity(raw, TABLE_AREA_CODES, code->line, code->valid_from,
				code->valid_to) ||
	    area == NULL)
		return;
	if (!raw_overlaps(code->valid_from, code->valid_to, area->valid_from, area->valid_to))
		raw_problem(raw, PROBLEM_ERROR, TABLE_AREA_CODES, code->line,
			    "code '%s' is valid only while area '%s' is not", code->code,
			    code->area);
}

static int compare_codes(const void *a, const void *b)
{
	const struct folded_code *left = a;
	const struct folded_code *right = b;
	int order = strcmp(left->row->scheme, right->row->scheme);
	if (order == 0)
		order = strcmp(left->folded, right->folded);
	return order != 0 ? order : (left->row > right->row) - (left->row < right->row);
}

static bool same_code(const struct folded_code *a, const struct folded_code *b)
{
	return strcmp(a->row->scheme, b->row->scheme) == 0 && strcmp(a->folded, b->folded) == 0;
}

/* The last earlier row of the same code that is valid at the same time. */
static void check_overlap(const struct raw *raw, const struct folded_codes *codes, size_t at)
{
	const struct folded_code *late = &codes->items[at];
	for (size_t i = at; i-- > 0 && same_code(&codes->items[i], &codes->items[at]);) {
		const struct folded_code *early = &codes->items[i];
		if (!raw_overlaps(early->from, early->to, late->from, late->to))
			continue;
		raw_problem(raw, PROBLEM_ERROR, TABLE_AREA_CODES, late->row->line,
			    "code '%s' of scheme '%s' is that of '%s' on line %d at the same time",
			    late->row->code, late->row->scheme, early->row->area,
			    early->row->line % RAW_PART_LINES);
		return;
	}
}

static struct folded_code code_in_use(const struct raw *raw, const struct code_row *row)
{
	const struct area *area = raw_find(raw, TABLE_AREAS, row->area);
	struct folded_code code = {.row = row, .from = row->valid_from, .to = row->valid_to};
	if (area == NULL)
		return code;
	if (area->valid_from > code.from)
		code.from = area->valid_from;
	if (code.to == DAY_NONE || (area->valid_to != DAY_NONE && area->valid_to < code.to))
		code.to = area->valid_to;
	return code;
}

static bool fold_codes(const struct raw *raw, struct folded_codes *codes, struct error *err)
{
	size_t count = raw->rows[TABLE_AREA_CODES].count;
	codes->items = calloc(count + 1, sizeof *codes->items);
	if (codes->items == NULL)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		const struct code_row *row = raw_row(raw, TABLE_AREA_CODES, i);
		if (row == NULL)
			continue;
		struct folded_code *code = &codes->items[codes->count];
		*code = code_in_use(raw, row);
		code->folded = area_code_fold(span_of(row->code), err);
		if (code->folded == NULL)
			return false;
		codes->count++;
	}
	qsort(codes->items, codes->count, sizeof *codes->items, compare_codes);
	return true;
}

static bool check_codes(const struct raw *raw, struct error *err)
{
	AUTO(free_folded) struct folded_codes codes = {0};
	if (!fold_codes(raw, &codes, err))
		return false;
	for (size_t i = 0; i < codes.count; i++) {
		check_code(raw, codes.items[i].row);
		check_overlap(raw, &codes, i);
	}
	return true;
}

static void check_member(const struct raw *raw, const struct area_member *member)
{
	struct raw_reference ref = {.from = TABLE_AREA_MEMBERS,
				    .line = member->line,
				    .who = "",
				    .column = "group",
				    .id = member->group,
				    .to = TABLE_AREAS};
	(void)raw_refer(raw, &ref);
	ref.column = "area";
	ref.id = member->area;
	(void)raw_refer(raw, &ref);
	(void)raw_check_validity(raw, TABLE_AREA_MEMBERS, member->line, member->valid_from,
				 member->valid_to);
	if (strcmp(member->group, member->area) == 0)
		raw_problem(raw, PROBLEM_ERROR, TABLE_AREA_MEMBERS, member->line,
			    "area '%s' cannot be a member of itself", member->area);
}

static int compare_members(const void *a, const void *b)
{
	const struct area_member *const *left = a;
	const struct area_member *const *right = b;
	int order = strcmp((*left)->group, (*right)->group);
	if (order == 0)
		order = strcmp((*left)->area, (*right)->area);
	return order != 0 ? order : (*left > *right) - (*left < *right);
}

static void check_twice(const struct raw *raw, const struct area_member **sorted, size_t at)
{
	const struct area_member *late = sorted[at];
	for (size_t i = at; i-- > 0;) {
		const struct area_member *early = sorted[i];
		if (strcmp(early->group, late->group) != 0 || strcmp(early->area, late->area) != 0)
			return;
		if (!raw_overlaps(early->valid_from, early->valid_to, late->valid_from,
				  late->valid_to))
			continue;
		raw_problem(raw, PROBLEM_ERROR, TABLE_AREA_MEMBERS, late->line,
			    "area '%s' is in '%s' already, by line %d", late->area, late->group,
			    early->line);
		return;
	}
}

static bool check_members(const struct raw *raw, struct error *err)
{
	size_t total = raw->rows[TABLE_AREA_MEMBERS].count;
	AUTO_FREE const struct area_member **sorted = calloc(total + 1, sizeof *sorted);
	if (sorted == NULL)
		return error_memory(err);
	size_t count = 0;
	for (size_t i = 0; i < total; i++) {
		const struct area_member *member = raw_row(raw, TABLE_AREA_MEMBERS, i);
		if (member != NULL)
			sorted[count++] = member;
	}
	qsort(sorted, count, sizeof *sorted, compare_members);
	for (size_t i = 0; i < count; i++) {
		check_member(raw, sorted[i]);
		check_twice(raw, sorted, i);
	}
	return true;
}

bool check_places(const struct raw *raw, struct error *err)
{
	check_areas(raw);
	return check_codes(raw, err) && check_members(raw, err);
}
