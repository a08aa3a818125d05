/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/source.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include "feed/filter.h"
#include "feed/mangled.h"
#include "feed/published.h"
#include "feed/scale.h"
#include "feed/status.h"
#include "feed/table.h"
#include "feed/value.h"

bool feed_fail(struct feed_source *source, enum feed_cause cause, struct error *err,
	       const char *fmt, ...)
{
	char text[ERROR_TEXT_BYTES];
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	feed_fail_as(source, cause);
	return error_set(err, cause == FEED_CAUSE_LIMIT ? ERROR_LIMIT : ERROR_INPUT, "%s", text);
}

bool feed_fail_as(struct feed_source *source, enum feed_cause cause)
{
	if (source->page->cause == FEED_CAUSE_NONE)
		source->page->cause = cause;
	return false;
}

void feed_source_done(struct feed_source *source)
{
	text_done(&source->place);
	for (size_t i = 0; i < COUNT_OF(source->scratch); i++)
		text_done(&source->scratch[i]);
}

/* A record while it is read: where it is refused if what comes next fails. */
struct reading {
	struct feed_source *source;
	const struct feed_plan *plan;
	const struct feed_cells *cells;
	const struct feed_field *at; /* the field at hand */
	struct span found;
	struct span period_mark;   /* a status code that stood beside the period */
	bool is_unwanted;	   /* a look-up passes it over */
	struct feed_record record; /* what is before it begin() clears */
	struct error why;
};

/* A text is as good as empty when its first byte is: what is behind it is not cleared for each
 * record. */
static void begin(struct reading *reading, struct feed_source *source,
		  const struct feed_cells *cells)
{
	struct feed_record *record = &reading->record;
	memset(reading, 0, offsetof(struct reading, record));
	reading->source = source;
	reading->plan = source->plan;
	reading->cells = cells;
	memset(record, 0, offsetof(struct feed_record, place));
	record->place[0] = '\0';
	reading->why.code = ERROR_NONE;
	reading->why.line = reading->why.column = 0;
	reading->why.text[0] = '\0';
}

/* The head that fits, whole characters only. */
static void copy_cut(struct span text, char *buffer, size_t size)
{
	size_t len = text.len < size ? text.len : size - 1;
	while (len < text.len && len > 0 && ((unsigned char)text.start[len] & 0xc0) == 0x80)
		len--;
	if (len > 0)
		memcpy(buffer, text.start, len);
	buffer[len] = '\0';
}

static bool print_place(const struct reading *reading, const struct feed_field *field,
			char place[FEED_PLACE_BYTES], struct error *err)
{
	struct text *out = &reading->source->place;
	const struct feed_piece *piece = field != NULL ? feed_field_origin(field) : NULL;
	if (out->limit_bytes == 0 || out->failed) {
		text_done(out);
		*out = text_with_limit(FEED_FIELD_BYTES * 4);
	}
	text_clear(out);
	reading->cells->place(reading->cells, piece, out);
	if (out->failed && !out->too_long)
		return error_memory(err);
	copy_cut(text_span(out), place, FEED_PLACE_BYTES);
	return true;
}

static bool is_ours(enum error_code code)
{
	return code == ERROR_MEMORY || code == ERROR_SYSTEM;
}

static bool refuse(struct reading *reading, struct error *err)
{
	struct feed_refusal refusal = {0};
	const struct feed_sink *sink = reading->source->sink;
	if (is_ours(reading->why.code)) {
		feed_fail_as(reading->source, FEED_CAUSE_INTERNAL);
		return error_set(err, reading->why.code, "%s", reading->why.text);
	}
	if (!print_place(reading, reading->at, refusal.place, err))
		return feed_fail_as(reading->source, FEED_CAUSE_INTERNAL);
	copy_cut(reading->found, refusal.found, sizeof refusal.found);
	copy_cut(span_of(reading->why.text), refusal.why, sizeof refusal.why);
	reading->source->page->refused++;
	return sink->refuse(sink->self, &refusal, err) ||
	       feed_fail_as(reading->source, FEED_CAUSE_INTERNAL);
}

static bool read_cell(struct reading *reading, const struct feed_field *field, size_t scratch,
		      struct feed_cell *ret)
{
	struct text *text = &reading->source->scratch[scratch];
	reading->at = field;
	reading->found = (struct span){0};
	*ret = (struct feed_cell){.kind = FEED_CELL_ABSENT};
	if (field->count == 0)
		return true;
	if (!feed_field_read(field, reading->cells, text, ret, &reading->why))
		return false;
	if (ret->kind != FEED_CELL_ABSENT && !reading->plan->format->is_cube)
		reading->source->page->present |= (uint32_t)1 << scratch;
	if (ret->kind == FEED_CELL_NUMBER && field != &reading->plan->fields[FEED_SLOT_VALUE]) {
		feed_number_plain(ret->text, text);
		ret->text = text_span(text);
		if (!text_ok(text, "a number", &reading->why))
			return false;
	}
	ret->text = span_trim(ret->text);
	reading->found = ret->text;
	return true;
}

/* Do the filters want it?  false: a field could not be read. */
static bool filter(struct reading *reading, bool *ret_wanted)
{
	*ret_wanted = true;
	for (size_t i = 0; i < reading->plan->filter_count && *ret_wanted; i++) {
		const struct feed_filter *row = &reading->plan->filter_rows[i];
		struct feed_cell cell = {0};
		if (!read_cell(reading, &reading->plan->filters[i], 0, &cell))
			return false;
		if (!feed_filter_passes(row, &reading->plan->matches[i],
					&reading->plan->matches_not[i], cell.text, ret_wanted,
					&reading->why))
			return false;
	}
	return true;
}

static bool read_code(struct reading *reading, enum feed_slot slot, const char *what,
		      struct span *ret)
{
	struct feed_cell cell = {0};
	if (!read_cell(reading, &reading->plan->fields[slot], slot, &cell))
		return false;
	if (cell.text.len == 0 && slot == FEED_SLOT_SERIES)
		return error_set(&reading->why, ERROR_INPUT,
				 "there is no series; name it in fields.series, or give the feed "
				 "an indicator");
	if (cell.text.len == 0)
		return error_set(&reading->why, ERROR_INPUT, "there is no %s", what);
	if (slot != FEED_SLOT_PERIOD && !feed_mangled_check_code(cell.text, &reading->why))
		return error_within(&reading->why, "%s", what);
	*ret = cell.text;
	return true;
}

/* The area, or what stands for an empty one. */
static bool read_area(struct reading *reading)
{
	const struct feed_field *fallback = &reading->plan->fields[FEED_SLOT_AREA_DEFAULT];
	struct feed_cell cell = {0};
	bool is_empty =
		read_cell(reading, &reading->plan->fields[FEED_SLOT_AREA], FEED_SLOT_AREA, &cell) &&
		cell.text.len == 0 && fallback->count > 0;
	if (reading->why.code != ERROR_NONE)
		return false;
	enum feed_slot slot = is_empty ? FEED_SLOT_AREA_DEFAULT : FEED_SLOT_AREA;
	return read_code(reading, slot, "area", &reading->record.area);
}

static bool read_period(struct reading *reading)
{
	const struct feed_plan *plan = reading->plan;
	struct feed_record *record = &reading->record;
	if (!read_code(reading, FEED_SLOT_PERIOD, "period", &record->period))
		return false;
	struct span text = record->period;
	feed_value_take_mark(&plan->mapping->periods.marks, &text, &reading->period_mark);
	return feed_period_read(plan->patterns, plan->pattern_count, &plan->mapping->periods, text,
				&record->period_parsed, &reading->why);
}

/* Texts that may be absent. */
static bool read_optional(struct reading *reading, enum feed_slot slot, struct span *ret)
{
	struct feed_cell cell = {0};
	if (!read_cell(reading, &reading->plan->fields[slot], slot, &cell))
		return false;
	*ret = cell.text;
	return true;
}

static bool read_dims(struct reading *reading)
{
	struct feed_record *record = &reading->record;
	record->dim_count = reading->plan->mapping->dims.count;
	for (size_t i = 0; i < record->dim_count; i++) {
		struct feed_cell cell = {0};
		if (!read_cell(reading, &reading->plan->dims[i], FEED_SLOTS + i, &cell))
			return false;
		record->dims[i] = cell.text;
	}
	return true;
}

/* Without separators at the ends, as where one of two codes is not there. */
static struct span without_ends(struct span text, const char *separator)
{
	if (separator == NULL || separator[0] == '\0')
		return text;
	while (text.len > 0 && text.start[0] == separator[0])
		text = span_trim(span_behind(text, 1));
	while (text.len > 0 && text.start[text.len - 1] == separator[0])
		text = span_trim((struct span){text.start, text.len - 1});
	return text;
}

/* A mark beside the number or the period is a status as well; of the two the one that says more
 * counts. */
static bool add_mark(struct reading *reading, struct span mark)
{
	struct feed_record *record = &reading->record;
	enum obs_status status = OBS_NORMAL;
	bool is_break = false;
	if (mark.len == 0)
		return true;
	if (!feed_status_read(&reading->plan->status, mark, &status, &is_break, &reading->why))
		return false;
	record->status_parsed = feed_status_weaker(record->status_parsed, status);
	record->is_break = record->is_break || is_break;
	if (record->status.len == 0)
		record->status = mark;
	return true;
}

static bool read_status(struct reading *reading)
{
	struct feed_record *record = &reading->record;
	const struct feed_statuses *statuses = &reading->plan->status;
	struct span qualifier = {0};
	if (!read_optional(reading, FEED_SLOT_STATUS, &record->status))
		return false;
	record->status = without_ends(record->status, statuses->separator);
	return feed_status_read(statuses, record->status, &record->status_parsed, &record->is_break,
				&reading->why) &&
	       add_mark(reading, reading->period_mark) &&
	       read_optional(reading, FEED_SLOT_QUALIFIER, &qualifier) &&
	       obs_qualifier_parse(qualifier, &record->qualifier, &reading->why);
}

/* The mapping's numbers, with the record's own multiplier in `own`. */
static bool read_scale(struct reading *reading, struct feed_numbers *own,
		       const struct feed_numbers **ret)
{
	const struct feed_plan *plan = reading->plan;
	struct feed_cell cell = {0};
	double factor = 1;
	*ret = &plan->numbers;
	if (plan->fields[FEED_SLOT_SCALE].count == 0 || feed_plan_has_unsaid_scale(plan))
		return true;
	if (!read_cell(reading, &plan->fields[FEED_SLOT_SCALE], FEED_SLOT_SCALE, &cell) ||
	    !feed_scale_read(&plan->numbers, plan->format->has_powers, cell.text, &factor,
			     &reading->why))
		return false;
	*own = plan->numbers;
	own->scale.value = factor * (own->scale.is_set ? own->scale.value : 1);
	own->scale.is_set = true;
	*ret = own;
	return true;
}

static bool read_number(struct reading *reading, struct feed_cell *cell)
{
	struct feed_record *record = &reading->record;
	UNINITIALISED struct feed_numbers own;
	const struct feed_numbers *numbers;
	struct feed_dressing dressing = {0};
	if (!read_scale(reading, &own, &numbers) ||
	    !read_cell(reading, &reading->plan->fields[FEED_SLOT_VALUE], FEED_SLOT_VALUE, cell))
		return false;
	if (reading->source->is_deleted)
		*cell = (struct feed_cell){.kind = FEED_CELL_NULL};
	record->value = cell->text;
	feed_value_undress(numbers, cell, &dressing);
	if (record->qualifier == QUALIFIER_NONE)
		record->qualifier = dressing.qualifier;
	return feed_value_read(numbers, cell, &record->is_missing, &record->number,
			       &reading->why) &&
	       add_mark(reading, dressing.mark);
}

/* Is the multiplier of which the mapping says nothing one that changes nothing? */
static bool check_unsaid_scale(struct reading *reading)
{
	const struct feed_plan *plan = reading->plan;
	struct feed_cell cell = {0};
	struct number power;
	if (reading->record.is_missing || !feed_plan_has_unsaid_scale(plan))
		return true;
	if (!read_cell(reading, &plan->fields[FEED_SLOT_SCALE], FEED_SLOT_SCALE, &cell))
		return false;
	if (cell.text.len == 0 || (number_read_json(cell.text, &power, NULL) && power.value == 0))
		return true;
	return error_set(&reading->why, ERROR_INPUT,
			 "UNIT_MULT is '%.*s', a power of ten, and the feed does not say what it "
			 "does: fields.scale = \"UNIT_MULT\" multiplies by it, fields.scale = "
			 "\"=0\" takes the number as it stands",
			 SPAN_ARGS(cell.text));
}

static bool read_value(struct reading *reading)
{
	struct feed_record *record = &reading->record;
	struct feed_cell cell = {0};
	const struct feed_field *field = &reading->plan->fields[FEED_SLOT_VALUE];
	if (!read_number(reading, &cell) || !check_unsaid_scale(reading))
		return false;
	if (record->is_missing)
		record->status_parsed = OBS_MISSING;
	else if (record->status_parsed == OBS_MISSING)
		return error_set(&reading->why, ERROR_INPUT,
				 "there is a value although status '%.*s' says that it is missing",
				 SPAN_ARGS(record->status));
	return print_place(reading, field, record->place, &reading->why);
}

static struct span *looked_up(struct reading *reading, size_t at)
{
	struct feed_record *record = &reading->record;
	if (at >= FEED_SLOTS)
		return &record->dims[at - FEED_SLOTS];
	return at == FEED_SLOT_AREA   ? &record->area
	       : at == FEED_SLOT_UNIT ? &record->unit
				      : &record->series;
}

/* The table does not have it. */
static bool stay_unknown(struct reading *reading, const struct feed_lookup *lookup,
			 struct span text)
{
	reading->is_unwanted = lookup->unknown == FEED_UNKNOWN_PASS;
	if (reading->is_unwanted || lookup->unknown == FEED_UNKNOWN_KEEP)
		return !reading->is_unwanted;
	return error_set(&reading->why, ERROR_INPUT, "%s '%.*s' is not in the table%s%s",
			 lookup->field, SPAN_ARGS(text), lookup->file != NULL ? " " : "",
			 lookup->file != NULL ? lookup->file : "");
}

/* Is there no part in it that the expression of the look-up finds?  Then it is as unknown as a text
 * that the table does not have. */
static bool lacks_part(struct reading *reading, const struct feed_lookup *lookup, struct span text)
{
	reading->is_unwanted = lookup->unknown == FEED_UNKNOWN_PASS;
	if (reading->is_unwanted || lookup->unknown == FEED_UNKNOWN_KEEP)
		return !reading->is_unwanted;
	return error_set(&reading->why, ERROR_INPUT,
			 "%s '%.*s' has no part that is written as '%s'", lookup->field,
			 SPAN_ARGS(text), lookup->part);
}

/* Look the text up, or the part of it that counts. */
static bool look_up(struct reading *reading, size_t number, struct span *text)
{
	const struct feed_lookup *lookups = reading->plan->mapping->lookups.items;
	const struct feed_lookup *lookup = &lookups[number];
	int32_t day = period_last_day(reading->record.period_parsed);
	const char *to = NULL;
	if (lookup->part != NULL && text->len > 0 &&
	    !feed_filter_part(&reading->plan->parts[number], *text, text))
		return lacks_part(reading, lookup, *text);
	if (lookup->part != NULL && lookup->file == NULL && lookup->map.count == 0)
		return true;
	if (!feed_table_find(lookup->table, *text, day, &to, &reading->why))
		return false;
	if (to != NULL)
		*text = span_of(to);
	return to != NULL || text->len == 0 || stay_unknown(reading, lookup, *text);
}

/* What the texts mean, by the tables. */
static bool translate(struct reading *reading)
{
	const struct feed_plan *plan = reading->plan;
	const struct feed_lookup *lookups = plan->mapping->lookups.items;
	for (size_t i = 0; i < plan->mapping->lookups.count; i++) {
		size_t at = plan->lookup_at[i];
		struct span *text = looked_up(reading, at);
		reading->at = at < FEED_SLOTS ? &plan->fields[at] : &plan->dims[at - FEED_SLOTS];
		reading->found = *text;
		if (lookups[i].table == NULL)
			return error_set(&reading->why, ERROR_INPUT,
					 "the look-up table of %s is not at hand",
					 lookups[i].field);
		if (!look_up(reading, i, text))
			return false;
	}
	return true;
}

static bool read_record(struct reading *reading)
{
	struct feed_record *record = &reading->record;
	return read_area(reading) &&
	       read_code(reading, FEED_SLOT_SERIES, "series", &record->series) &&
	       read_dims(reading) && read_period(reading) &&
	       read_optional(reading, FEED_SLOT_UNIT, &record->unit) &&
	       read_optional(reading, FEED_SLOT_PUBLISHED, &record->published) &&
	       (reading->plan->published_count == 0 ||
		feed_published_read(reading->source, &record->published, &reading->why)) &&
	       read_optional(reading, FEED_SLOT_VERSION, &record->version) && translate(reading) &&
	       read_status(reading) && read_value(reading);
}

static bool count_row(struct feed_source *source, struct error *err)
{
	if (source->page->rows == FEED_ROWS_MAX)
		return feed_fail(source, FEED_CAUSE_LIMIT, err,
				 "the document has more than %d records", FEED_ROWS_MAX);
	source->page->rows++;
	return true;
}

bool feed_record_offer(struct feed_source *source, const struct feed_cells *cells,
		       struct error *err)
{
	UNINITIALISED struct reading reading;
	const struct feed_sink *sink = source->sink;
	bool wanted;
	begin(&reading, source, cells);
	if (!count_row(source, err))
		return false;
	if (!filter(&reading, &wanted))
		return refuse(&reading, err);
	if (!wanted) {
		source->page->passed++;
		return true;
	}
	bool is_read = read_record(&reading);
	if (reading.is_unwanted) {
		source->page->passed++;
		return true;
	}
	if (!is_read)
		return refuse(&reading, err);
	source->page->taken++;
	return sink->take(sink->self, &reading.record, err) ||
	       feed_fail_as(source, FEED_CAUSE_INTERNAL);
}

bool feed_record_pass(struct feed_source *source, struct error *err)
{
	source->page->passed++;
	return count_row(source, err);
}

bool feed_record_delete(struct feed_source *source, const struct feed_cells *cells,
			struct error *err)
{
	if (source->plan->mapping->deletes == FEED_DELETES_IGNORE)
		return feed_record_pass(source, err);
	source->is_deleted = true;
	bool ok = feed_record_offer(source, cells, err);
	source->is_deleted = false;
	return ok;
}

bool feed_record_refuse(struct feed_source *source, const struct feed_cells *cells, const char *why,
			struct error *err)
{
	struct reading reading = {.source = source, .plan = source->plan, .cells = cells};
	error_set(&reading.why, ERROR_INPUT, "%s", why);
	return count_row(source, err) && refuse(&reading, err);
}
