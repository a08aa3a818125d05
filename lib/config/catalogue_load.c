/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/catalogue_load.h"

#include <stdlib.h>

#include "config/catalogue_more.h"
#include "config/check_duties.h"
#include "config/check_places.h"
#include "config/check_targets.h"
#include "config/check_things.h"
#include "config/check_totals.h"
#include "config/milestones.h"
#include "obs/area.h"
#include "obs/membership.h"

enum { CATALOGUE_PATH_BYTES = 4096 };

static char *path_of(const char *directory, const char *name)
{
	struct text path = text_with_limit(CATALOGUE_PATH_BYTES);
	bool has_slash = directory[0] != '\0' && directory[strlen(directory) - 1] == '/';
	text_addf(&path, "%s%s%s", directory, has_slash ? "" : "/", name);
	return text_take(&path);
}

/* A table that is not there is empty, or a problem when it is required. */
static bool not_read(struct raw *raw, enum table_id id, struct config_files *files,
		     const struct error *why, struct error *err)
{
	const struct table *table = &config_tables[id];
	if (why->code == ERROR_MEMORY)
		return error_memory(err);
	bool is_needed = table->is_required && raw->more->count == 0;
	if (why->code == ERROR_NOT_FOUND && !is_needed)
		return config_files_note_missing(files, raw->files[id], table->name, err);
	raw->rows[id].is_partial = true;
	raw_problem(raw, PROBLEM_ERROR, id, 0, "%s%s", why->text,
		    why->code == ERROR_NOT_FOUND ? "; the catalogue needs it" : "");
	return true;
}

static bool read_table(struct raw *raw, enum table_id id, const char *directory,
		       struct config_files *files, struct error *err)
{
	struct span bytes;
	struct error why = {0};
	raw->files[id] = path_of(directory, config_tables[id].name);
	if (raw->files[id] == NULL)
		return error_memory(err);
	if (!config_files_read(files, raw->files[id], config_tables[id].name, &bytes, &why))
		return not_read(raw, id, files, &why, err);
	return table_read(&config_tables[id], bytes, raw->files[id], raw->problems, &raw->rows[id],
			  err);
}

static bool read_all(struct raw *raw, const struct catalogue_place *place,
		     struct config_files *files, struct error *err)
{
	for (enum table_id id = 0; id < TABLE_COUNT; id++) {
		if (!read_table(raw, id, place->directory, files, err))
			return false;
	}
	return catalogue_more_read(raw, files, err);
}

/* The array of a table, whose rows then belong to the catalogue. */
static void *move_rows(struct raw *raw, enum table_id id, size_t *ret_count)
{
	*ret_count = raw->rows[id].count;
	raw->rows[id].count = 0;
	return ptr_take(&raw->rows[id].items);
}

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b; /* DAY_NONE is the least */
}

static int32_t earlier_end(int32_t a, int32_t b)
{
	if (a == DAY_NONE || b == DAY_NONE)
		return a == DAY_NONE ? b : a;
	return a < b ? a : b;
}

static bool add_code(struct catalogue *catalogue, const struct area *area,
		     const struct code_row *row, struct error *err)
{
	if (row->code == NULL || row->code[0] == '\0' || row->scheme[0] == '\0')
		return true;
	struct area_code *code = &catalogue->codes[catalogue->code_count];
	*code = (struct area_code){.area = (size_t)(area - catalogue->areas),
				   .valid_from = later(row->valid_from, area->valid_from),
				   .valid_to = earlier_end(row->valid_to, area->valid_to)};
	memcpy(code->scheme, row->scheme, sizeof code->scheme);
	code->code = span_dup(span_of(row->code));
	catalogue->code_count++;
	if (code->code == NULL)
		return error_memory(err);
	code->folded = area_code_fold(span_of(row->code), err);
	return code->folded != NULL;
}

static bool add_names(struct catalogue *catalogue, const struct area *area, struct error *err)
{
	const struct code_row name = {
		.scheme = "name", .code = area->name, .valid_from = DAY_NONE, .valid_to = DAY_NONE};
	const struct code_row name_vi = {.scheme = "name_vi",
					 .code = area->name_vi,
					 .valid_from = DAY_NONE,
					 .valid_to = DAY_NONE};
	return add_code(catalogue, area, &name, err) && add_code(catalogue, area, &name_vi, err);
}

/* The areas are sorted by now. */
static bool build_codes(struct catalogue *catalogue, const struct table_rows *rows,
			struct error *err)
{
	const struct code_row *codes = rows->items;
	catalogue->codes =
		calloc(rows->count + 2 * catalogue->area_count + 1, sizeof *catalogue->codes);
	if (catalogue->codes == NULL)
		return error_memory(err);
	for (size_t i = 0; i < rows->count; i++) {
		const struct area *area = catalogue_area(catalogue, span_of(codes[i].area));
		if (area != NULL && !add_code(catalogue, area, &codes[i], err))
			return false;
	}
	for (size_t i = 0; i < catalogue->area_count; i++) {
		if (!add_names(catalogue, &catalogue->areas[i], err))
			return false;
	}
	catalogue_sort(catalogue);
	return true;
}

static bool build(struct raw *raw, struct catalogue **ret, struct error *err)
{
	AUTO_CATALOGUE struct catalogue *catalogue = catalogue_new();
	if (catalogue == NULL)
		return error_memory(err);
	catalogue->sources = move_rows(raw, TABLE_SOURCES, &catalogue->source_count);
	catalogue->indicators = move_rows(raw, TABLE_INDICATORS, &catalogue->indicator_count);
	catalogue->areas = move_rows(raw, TABLE_AREAS, &catalogue->area_count);
	catalogue->members = move_rows(raw, TABLE_AREA_MEMBERS, &catalogue->member_count);
	catalogue->changes = move_rows(raw, TABLE_AREA_CHANGES, &catalogue->change_count);
	catalogue->acts = move_rows(raw, TABLE_ACTS, &catalogue->act_count);
	catalogue->targets = move_rows(raw, TABLE_TARGETS, &catalogue->target_count);
	catalogue->breaks = move_rows(raw, TABLE_BREAKS, &catalogue->break_count);
	catalogue->offices = move_rows(raw, TABLE_OFFICES, &catalogue->office_count);
	catalogue->duties = move_rows(raw, TABLE_DUTIES, &catalogue->duty_count);
	catalogue->holidays = move_rows(raw, TABLE_HOLIDAYS, &catalogue->holiday_count);
	catalogue_sort(catalogue);
	if (!build_codes(catalogue, &raw->rows[TABLE_AREA_CODES], err) ||
	    !catalogue_index(catalogue, err))
		return false;
	*ret = ptr_take(&catalogue);
	return true;
}

static unsigned partial_tables(const struct raw *raw)
{
	unsigned partial = 0;
	for (enum table_id id = 0; id < TABLE_COUNT; id++)
		partial |= raw->rows[id].is_partial ? 1u << id : 0u;
	return partial;
}

static bool check_all(const struct raw *raw, struct error *err)
{
	check_things(raw);
	check_totals(raw);
	check_duties(raw);
	return check_places(raw, err) && check_changes(raw, err) && check_targets(raw, err) &&
	       milestones_attach(raw, err);
}

bool catalogue_load(const struct catalogue_place *place, struct config_files *files,
		    struct catalogue **ret, unsigned *ret_partial, struct problems *problems,
		    struct error *err)
{
	AUTO(raw_done) struct raw raw = {.problems = problems, .more = place->more};
	struct catalogue *catalogue = NULL;
	if (!read_all(&raw, place, files, err) || !raw_index(&raw, err) || !check_all(&raw, err))
		return false;
	unsigned partial = partial_tables(&raw);
	if (!build(&raw, &catalogue, err))
		return false;
	*ret_partial = partial;
	*ret = catalogue;
	return true;
}
