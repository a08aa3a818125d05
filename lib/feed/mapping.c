/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/mapping.h"

#include <strings.h>

#include "feed/json_records.h"
#include "feed/plan.h"
#include "feed/pointer.h"
#include "feed/ratio.h"
#include "feed/scale.h"
#include "feed/status.h"
#include "feed/table.h"
#include "feed/wide.h"

bool feed_mapping_init(struct feed_mapping *mapping, struct error *err)
{
	struct feed_mapping fresh = {0};
	if (!keys_set_fallbacks(feed_mapping_keys, &fresh, err)) {
		feed_mapping_done(&fresh);
		return false;
	}
	*mapping = fresh;
	return true;
}

void feed_mapping_done(struct feed_mapping *mapping)
{
	feed_tables_free(mapping);
	keys_free(feed_mapping_keys, mapping);
}

static bool check_pointer(const char *pointer, const char *key, struct error *err)
{
	return pointer == NULL || feed_pointer_check(span_of(pointer), key, err);
}

static bool check_pointers(const struct key_texts *list, const char *key, struct error *err)
{
	for (size_t i = 0; i < list->count; i++)
		if (!check_pointer(list->items[i], key, err))
			return false;
	return true;
}

static bool check_all_pointers(const struct feed_mapping *mapping, struct error *err)
{
	return check_pointers(&mapping->expand, "expand", err) &&
	       check_pointers(&mapping->answer.require, "answer.require", err) &&
	       check_pointers(&mapping->answer.forbid, "answer.forbid", err) &&
	       check_pointer(mapping->answer.error_text, "answer.error_text", err) &&
	       check_pointer(mapping->paging.page, "paging.page", err) &&
	       check_pointer(mapping->paging.pages, "paging.pages", err) &&
	       check_pointer(mapping->paging.total, "paging.total", err) &&
	       check_pointer(mapping->paging.next, "paging.next", err);
}

/* What a record cannot do without. */
static bool check_present(const struct feed_plan *plan, struct error *err)
{
	static const enum feed_slot needed[] = {FEED_SLOT_AREA, FEED_SLOT_PERIOD, FEED_SLOT_SERIES,
						FEED_SLOT_VALUE};
	const struct feed_mapping *mapping = plan->mapping;
	for (size_t i = 0; i < COUNT_OF(needed); i++)
		if (plan->fields[needed[i]].count == 0)
			return error_set(err, ERROR_INPUT,
					 needed[i] == FEED_SLOT_SERIES
						 ? "%s is missing: format %s needs it, or the "
						   "feed says 'indicator'"
						 : "%s is missing: format %s needs it",
					 feed_slot_key(needed[i]), plan->format->name);
	if (plan->pattern_count == 0)
		return error_set(err, ERROR_INPUT,
				 "periods.patterns is missing: it says how periods are written, "
				 "for instance \"YYYY\"");
	if (plan->format->is_json && !plan->format->is_cube && plan->format->records == NULL &&
	    mapping->records == NULL && !mapping->is_lines)
		return error_set(err, ERROR_INPUT,
				 "records is missing: it points to the list of records, for "
				 "instance \"/data\"");
	return true;
}

enum { TREES = 1, CUBES = 2, TABLES = 4, BUNDLES = 8, SDMX = 16 };

static unsigned kind_of(const struct feed_format *format)
{
	unsigned sdmx = format->is_sdmx ? SDMX : 0;
	unsigned bundles = format->id == FEED_JSONSTAT || format->id == FEED_SDMXJSON ? BUNDLES : 0;
	if (!format->is_json)
		return TABLES | sdmx;
	return (format->is_cube ? CUBES : TREES) | sdmx | bundles;
}

/* A key that the format would pass over in silence. */
static bool check_foreign(const struct feed_plan *plan, struct error *err)
{
	const struct feed_mapping *mapping = plan->mapping;
	unsigned kind = kind_of(plan->format);
	const struct {
		const char *key;
		bool is_set;
		unsigned for_kinds;
	} rows[] = {
		{"records", mapping->records != NULL, TREES | BUNDLES},
		{"deletes", mapping->deletes != FEED_DELETES_IGNORE, SDMX},
		{"lines", mapping->is_lines, TREES},
		{"single", mapping->is_single, TREES},
		{"lone", mapping->takes_lone, TREES},
		{"expand", mapping->expand.count > 0, TREES},
		{"lists", mapping->lists != FEED_LISTS_ONE, TREES},
		{"revision", mapping->revision != NULL, TREES | CUBES},
		{"answer.type", mapping->answer.type != FEED_ANSWER_ANY, TREES | CUBES},
		{"answer.require", mapping->answer.require.count > 0, TREES | CUBES},
		{"answer.forbid", mapping->answer.forbid.count > 0, TREES | CUBES},
		{"answer.error_text", mapping->answer.error_text != NULL, TREES | CUBES},
		{"paging.page", mapping->paging.page != NULL, TREES | CUBES},
		{"paging.pages", mapping->paging.pages != NULL, TREES | CUBES},
		{"paging.total", mapping->paging.total != NULL, TREES | CUBES},
		{"paging.next", mapping->paging.next != NULL, TREES | CUBES},
		{"answer.columns", mapping->answer.columns.count > 0, TABLES},
		{"csv.encoding", mapping->csv.encoding != FEED_UTF_8, TABLES},
		{"csv.delimiter", mapping->csv.delimiter != 0, TABLES},
		{"csv.skip_lines", mapping->csv.skip_lines != 0, TABLES},
		{"csv.header_first", mapping->csv.header_first != NULL, TABLES},
		{"csv.skip_after", mapping->csv.skip_after != 0, TABLES},
		{"csv.header_rows", mapping->csv.header_rows > 1, TABLES},
		{"csv.names", mapping->csv.names.count > 0, TABLES},
		{"csv.fill_down", mapping->csv.fill_down.count > 0, TABLES},
		{"csv.footer", mapping->csv.footer.count > 0, TABLES},
		{"csv.short_rows", mapping->csv.short_rows, TABLES},
		{"csv.wide", mapping->csv.wide.count > 0, TABLES},
		{"csv.flags", mapping->csv.flags.count > 0, TABLES},
		{"csv.leave_out", mapping->csv.leave_out.count > 0, TABLES},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].is_set && (rows[i].for_kinds & kind) == 0)
			return error_set(err, ERROR_INPUT, "%s says nothing to format %s",
					 rows[i].key, plan->format->name);
	return true;
}

static bool check_spans(const struct feed_plan *plan, struct error *err)
{
	const struct feed_periods *periods = &plan->mapping->periods;
	for (size_t i = 0; i < plan->pattern_count; i++) {
		const struct feed_period_pattern *pattern = &plan->patterns[i];
		if (pattern->kinds.is_split && periods->split_year == FEED_SPAN_UNSAID)
			return error_set(err, ERROR_INPUT,
					 "pattern '%s' needs periods.split_year: first, last or "
					 "whole",
					 pattern->name);
		if (pattern->kinds.is_range && periods->range == FEED_SPAN_UNSAID)
			return error_set(err, ERROR_INPUT,
					 "pattern '%s' needs periods.range: first, last, middle or "
					 "whole",
					 pattern->name);
	}
	if (periods->split_year == FEED_SPAN_MIDDLE)
		return error_set(err, ERROR_INPUT,
				 "periods.split_year 'middle': two years have no year in the "
				 "middle; first, last or whole");
	if ((periods->split_year == FEED_SPAN_WHOLE) != (periods->split_month != 0))
		return error_set(err, ERROR_INPUT,
				 "periods.split_month goes with periods.split_year 'whole': it is "
				 "the month with which the year begins");
	return true;
}

/* Twelve names, or twelve several times, of which none means two months. */
static bool check_months(const struct key_texts *months, struct error *err)
{
	enum { MONTHS = 12 };
	if (months->count % MONTHS != 0)
		return error_set(err, ERROR_INPUT,
				 "periods.months has %zu names; there have to be 12, from January "
				 "on, or 12 again for other spellings",
				 months->count);
	for (size_t i = 0; i < months->count; i++) {
		bool is_twice = months->items[i][0] == '\0';
		for (size_t k = 0; k < i; k++)
			is_twice =
				is_twice || (k % MONTHS != i % MONTHS &&
					     strcasecmp(months->items[i], months->items[k]) == 0);
		if (is_twice)
			return error_set(err, ERROR_INPUT,
					 "periods.months: '%s' does not say which month it is",
					 months->items[i]);
	}
	return true;
}

static bool check_shapes(const struct feed_plan *plan, struct error *err)
{
	char one[FEED_SHAPE_BYTES];
	char other[FEED_SHAPE_BYTES];
	for (size_t i = 0; i < plan->pattern_count; i++) {
		feed_period_pattern_shape(&plan->patterns[i], one);
		for (size_t k = 0; k < i; k++) {
			feed_period_pattern_shape(&plan->patterns[k], other);
			if (strcmp(one, other) == 0)
				return error_set(err, ERROR_INPUT,
						 "period pattern '%s' is never reached: '%s' looks "
						 "the same",
						 plan->patterns[i].name, plan->patterns[k].name);
		}
	}
	return true;
}

static bool check_zeros(const struct feed_numbers *numbers, struct error *err)
{
	for (size_t i = 0; i < numbers->zero.count; i++)
		for (size_t k = 0; k < numbers->missing.count; k++)
			if (strcmp(numbers->zero.items[i], numbers->missing.items[k]) == 0)
				return error_set(err, ERROR_INPUT,
						 "'%s' is in numbers.missing and in numbers.zero",
						 numbers->zero.items[i]);
	return true;
}

static bool check_numbers(const struct feed_numbers *numbers, struct error *err)
{
	int grouping = numbers->grouping == NUMBER_GROUPS_INDIAN ? ',' : numbers->grouping;
	if (numbers->decimal != 0 && numbers->decimal == grouping)
		return error_set(err, ERROR_INPUT,
				 "numbers.decimal and numbers.grouping are both '%c'",
				 numbers->decimal);
	if (numbers->grouping != 0 && numbers->decimal == 0)
		return error_set(err, ERROR_INPUT,
				 "numbers.grouping needs numbers.decimal beside it");
	for (size_t i = 0; i < numbers->scale_words.count; i++)
		if (!feed_scale_check(&numbers->scale_words.items[i], err))
			return false;
	if (numbers->scale.is_set && numbers->scale.value == 0)
		return error_set(err, ERROR_INPUT, "numbers.scale 0 would make every value 0");
	if (numbers->min.is_set && numbers->max.is_set && numbers->min.value > numbers->max.value)
		return error_set(err, ERROR_INPUT,
				 "numbers.min is above numbers.max: no value would be plausible");
	return check_zeros(numbers, err);
}

static bool says_something(const struct feed_filter *row)
{
	return row->is.count > 0 || row->is_not.count > 0 || row->min.is_set || row->max.is_set ||
	       row->matches != NULL || row->matches_not != NULL || row->empty != FEED_EMPTY_ANY;
}

static bool check_filters(const struct feed_plan *plan, struct error *err)
{
	for (size_t i = 0; i < plan->filter_count; i++)
		if (!says_something(&plan->filter_rows[i]))
			return error_set(err, ERROR_INPUT,
					 "filter %zu on '%s' has none of is, is_not, min, max, "
					 "matches, matches_not and empty",
					 i + 1, plan->filter_rows[i].field);
	return true;
}

static bool needs_name(void *self, struct feed_field *field, struct error *err)
{
	(void)self;
	for (size_t i = 0; i < field->count; i++)
		if (field->pieces[i].kind == FEED_PIECE_COLUMN)
			return error_set(err, ERROR_INPUT,
					 "column '%.*s' has no name without a header (csv.header): "
					 "say '#3' for the third column",
					 SPAN_ARGS(field->pieces[i].text));
	return true;
}

static bool check_no_header(const struct feed_csv *csv, struct error *err)
{
	const struct {
		const char *key;
		bool is_set;
	} rows[] = {{"csv.header_first", csv->header_first != NULL},
		    {"csv.skip_after", csv->skip_after != 0},
		    {"csv.header_rows", csv->header_rows > 1},
		    {"csv.wide", csv->wide.count > 0 && csv->names.count == 0}};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].is_set)
			return error_set(err, ERROR_INPUT,
					 "%s needs a header, and csv.header says that there is "
					 "none",
					 rows[i].key);
	return true;
}

/* Can there be such a line before the header? */
static bool has_line(void *self, struct feed_field *field, struct error *err)
{
	const struct feed_csv *csv = self;
	for (size_t i = 0; i < field->count; i++)
		if (field->pieces[i].kind == FEED_PIECE_LINE && csv->header_first == NULL &&
		    field->pieces[i].column >= (size_t)csv->skip_lines)
			return error_set(
				err, ERROR_INPUT,
				"'%.*s' is a line before the header, and neither "
				"csv.skip_lines nor csv.header_first says that there is one",
				SPAN_ARGS(field->pieces[i].text));
	return true;
}

static bool check_header(struct feed_plan *plan, struct error *err)
{
	const struct feed_csv *csv = &plan->mapping->csv;
	if (plan->format->is_json)
		return true;
	if (!feed_plan_fields(plan, has_line, (void *)(uintptr_t)csv, err))
		return false;
	if (csv->wide.count == 0 && csv->flags.count + csv->leave_out.count > 0)
		return error_set(err, ERROR_INPUT,
				 "csv.flags and csv.leave_out say nothing without csv.wide");
	if (csv->header_first != NULL && csv->skip_lines > 0)
		return error_set(err, ERROR_INPUT,
				 "csv.skip_lines and csv.header_first both say where the header "
				 "is");
	if (csv->has_header)
		return feed_wide_check(plan, err);
	if (!check_no_header(csv, err))
		return false;
	if (plan->mapping->answer.columns.count > 0)
		return error_set(err, ERROR_INPUT,
				 "answer.columns needs a header, and csv.header says that there "
				 "is none");
	if (csv->names.count > 0)
		return feed_wide_check(plan, err);
	return feed_plan_fields(plan, needs_name, NULL, err);
}

static bool check_counting(const struct feed_plan *plan, struct error *err)
{
	const struct feed_paging *paging = &plan->mapping->paging;
	bool own = plan->format->paging == FEED_PAGING_PAGE;
	bool multiplies = plan->expand.count > 0 || plan->mapping->csv.wide.count > 0;
	if (paging->until == FEED_UNTIL_COUNT && paging->pages == NULL && paging->total == NULL &&
	    !own)
		return error_set(err, ERROR_INPUT,
				 "paging.style counts up and needs to know the end: paging.pages, "
				 "the pointer to the number of pages, paging.total, that to the "
				 "number of records, or paging.until");
	if (paging->until == FEED_UNTIL_SHORT && multiplies)
		return error_set(err, ERROR_INPUT,
				 "paging.until 'short' counts records, and expand or csv.wide make "
				 "several of one: say 'empty'");
	return true;
}

static bool check_paging(const struct feed_plan *plan, struct error *err)
{
	const struct feed_paging *paging = &plan->mapping->paging;
	int style = paging->style == FEED_PAGING_FORMAT ? (int)plan->format->paging : paging->style;
	bool is_counted = style == FEED_PAGING_PAGE || style == FEED_PAGING_OFFSET;
	bool is_marked = style == FEED_PAGING_CURSOR;
	if (paging->until != FEED_UNTIL_COUNT && !is_counted && !is_marked)
		return error_set(err, ERROR_INPUT,
				 "paging.until goes with paging.style 'page', 'offset' or "
				 "'cursor'");
	if (is_marked && paging->next == NULL)
		return error_set(err, ERROR_INPUT,
				 "paging.style 'cursor' needs paging.next, the pointer to what is "
				 "filled in for {cursor}");
	if (paging->style == FEED_PAGING_NEXT && paging->next == NULL &&
	    plan->format->paging != FEED_PAGING_NEXT)
		return error_set(err, ERROR_INPUT,
				 "paging.style 'next' needs paging.next, the pointer to the URL of "
				 "the next document");
	return !is_counted || check_counting(plan, err);
}

static bool check_plan(struct feed_plan *plan, struct error *err)
{
	return check_present(plan, err) && check_foreign(plan, err) && check_spans(plan, err) &&
	       check_months(&plan->mapping->periods.months, err) && check_shapes(plan, err) &&
	       check_filters(plan, err) && check_header(plan, err) && check_paging(plan, err) &&
	       feed_json_check_levels(plan, err);
}

bool feed_mapping_check(const struct feed_mapping *mapping, struct error *err)
{
	AUTO_FEED_PLAN struct feed_plan *plan = NULL;
	return feed_plan_new(mapping, &plan, err) && check_plan(plan, err) &&
	       check_all_pointers(mapping, err) && check_numbers(&mapping->numbers, err) &&
	       feed_status_check(&mapping->status, err) && feed_ratio_check(mapping, err);
}
