/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/plan.h"

#include <stdio.h>
#include <stdlib.h>

#include "feed/filter.h"
#include "feed/pointer.h"
#include "feed/published.h"
#include "feed/wide.h"

enum { KEY_BYTES = 80 };

struct slot {
	const char *key;
	size_t field;
};

static const struct slot slots[FEED_SLOTS] = {
	[FEED_SLOT_AREA] = {"fields.area", offsetof(struct feed_fields, area)},
	[FEED_SLOT_PERIOD] = {"fields.period", offsetof(struct feed_fields, period)},
	[FEED_SLOT_SERIES] = {"fields.series", offsetof(struct feed_fields, series)},
	[FEED_SLOT_VALUE] = {"fields.value", offsetof(struct feed_fields, value)},
	[FEED_SLOT_STATUS] = {"fields.status", offsetof(struct feed_fields, status)},
	[FEED_SLOT_UNIT] = {"fields.unit", offsetof(struct feed_fields, unit)},
	[FEED_SLOT_PUBLISHED] = {"fields.published", offsetof(struct feed_fields, published)},
	[FEED_SLOT_AREA_DEFAULT] = {"fields.area_default",
				    offsetof(struct feed_fields, area_default)},
	[FEED_SLOT_SCALE] = {"fields.scale", offsetof(struct feed_fields, scale)},
	[FEED_SLOT_VERSION] = {"fields.version", offsetof(struct feed_fields, version)},
	[FEED_SLOT_QUALIFIER] = {"fields.qualifier", offsetof(struct feed_fields, qualifier)},
};

const char *feed_slot_key(enum feed_slot slot)
{
	return slots[slot].key;
}

/* Are fields pointers, not names? */
static bool has_pointers(const struct feed_plan *plan)
{
	return plan->format->is_json && !plan->format->is_cube;
}

const char *feed_slot_given(const struct feed_mapping *mapping, enum feed_slot slot)
{
	const char *given;
	memcpy(&given, (const char *)&mapping->fields + slots[slot].field, sizeof given);
	return given;
}

static const char *written_field(const struct feed_plan *plan, size_t slot)
{
	const char *written = feed_slot_given(plan->mapping, (enum feed_slot)slot);
	if (written == NULL && plan->format->fields != NULL)
		written = plan->format->fields[slot];
	if (written == NULL && plan->mapping->csv.wide.count > 0)
		written = feed_wide_fields[slot];
	return written;
}

/* Nothing is in it yet; a field without pieces is empty, whatever is behind. */
static void clear(struct feed_plan *plan)
{
	memset(plan, 0, offsetof(struct feed_plan, fields));
	for (size_t i = 0; i < FEED_SLOTS; i++)
		plan->fields[i].count = 0;
}

static bool parse_fields(struct feed_plan *plan, struct error *err)
{
	for (size_t slot = 0; slot < FEED_SLOTS; slot++) {
		const char *written = written_field(plan, slot);
		if (written != NULL && !feed_field_parse(written, has_pointers(plan),
							 slots[slot].key, &plan->fields[slot], err))
			return false;
	}
	return true;
}

/* An array of its own size: most mappings have few of each, and a plan is made for each document.
 */
static bool make_room(size_t count, size_t item_bytes, void *ret, struct error *err)
{
	void *items = count > 0 ? calloc(count, item_bytes) : NULL;
	memcpy(ret, &items, sizeof items);
	return count == 0 || items != NULL || error_memory(err);
}

static bool parse_dims(struct feed_plan *plan, struct error *err)
{
	const struct key_map *dims = &plan->mapping->dims;
	char key[KEY_BYTES];
	if (dims->count > FEED_DIMS_MAX)
		return error_set(err, ERROR_LIMIT, "dims has more than %d dimensions",
				 FEED_DIMS_MAX);
	if (!make_room(dims->count, sizeof *plan->dims, &plan->dims, err))
		return false;
	for (size_t i = 0; i < dims->count; i++) {
		(void)snprintf(key, sizeof key, "dims.%s", dims->items[i].name);
		if (!feed_field_parse(dims->items[i].value, has_pointers(plan), key, &plan->dims[i],
				      err))
			return false;
	}
	return true;
}

static bool parse_filters(struct feed_plan *plan, struct error *err)
{
	plan->filter_rows = plan->mapping->filters.items;
	plan->filter_count = plan->mapping->filters.count;
	char key[KEY_BYTES];
	if (plan->filter_count > FEED_LIST_MAX)
		return error_set(err, ERROR_LIMIT, "there are more than %d filters", FEED_LIST_MAX);
	if (!make_room(plan->filter_count, sizeof *plan->filters, &plan->filters, err) ||
	    !make_room(plan->filter_count, sizeof *plan->matches, &plan->matches, err) ||
	    !make_room(plan->filter_count, sizeof *plan->matches_not, &plan->matches_not, err))
		return false;
	for (size_t i = 0; i < plan->filter_count; i++) {
		(void)snprintf(key, sizeof key, "the field of filter %zu", i + 1);
		if (!feed_field_parse(plan->filter_rows[i].field, has_pointers(plan), key,
				      &plan->filters[i], err) ||
		    !feed_filter_compile(&plan->filter_rows[i], &plan->matches[i],
					 &plan->matches_not[i], err))
			return false;
		plan->match_count = i + 1;
	}
	return true;
}

static bool find_target(const struct feed_plan *plan, struct span field, size_t *ret)
{
	static const struct {
		const char *name;
		enum feed_slot slot;
	} rows[] = {
		{"area", FEED_SLOT_AREA}, {"series", FEED_SLOT_SERIES}, {"unit", FEED_SLOT_UNIT}};
	const struct key_map *dims = &plan->mapping->dims;
	struct span name = field;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (span_is(field, rows[i].name)) {
			*ret = rows[i].slot;
			return true;
		}
	}
	bool is_dim = span_is(span_cut(&name, '.'), "dims") && name.start != NULL;
	for (size_t i = 0; is_dim && i < dims->count; i++) {
		if (span_is(name, dims->items[i].name)) {
			*ret = FEED_SLOTS + i;
			return true;
		}
	}
	return false;
}

static bool find_targets(struct feed_plan *plan, struct error *err)
{
	const struct feed_lookup *lookups = plan->mapping->lookups.items;
	size_t count = plan->mapping->lookups.count;
	if (count > FEED_LOOKUPS_MAX)
		return error_set(err, ERROR_LIMIT, "there are more than %d lookups",
				 FEED_LOOKUPS_MAX);
	for (size_t i = 0; i < count; i++) {
		const char *field = lookups[i].field != NULL ? lookups[i].field : "";
		if (lookups[i].file == NULL && lookups[i].map.count == 0 && lookups[i].part == NULL)
			return error_set(err, ERROR_INPUT,
					 "the look-up of '%s' has neither file nor map", field);
		if (!find_target(plan, span_of(field), &plan->lookup_at[i]))
			return error_set(
				err, ERROR_INPUT,
				"lookups: '%s' is none of area, series, unit and dims.NAME "
				"with a name of dims",
				field);
		if (lookups[i].part != NULL &&
		    !feed_filter_compile_part(field, lookups[i].part, &plan->parts[i], err))
			return error_within(err, "lookups");
		plan->part_count = i + 1;
	}
	return true;
}

static bool add_pattern(struct feed_plan *plan, const char *written, struct error *err)
{
	if (plan->pattern_count == FEED_LIST_MAX)
		return error_set(err, ERROR_LIMIT, "there are more than %d period patterns",
				 FEED_LIST_MAX);
	return feed_period_pattern_parse(written, &plan->patterns[plan->pattern_count++], err);
}

static bool parse_patterns(struct feed_plan *plan, struct error *err)
{
	const struct key_texts *list = &plan->mapping->periods.patterns;
	for (size_t i = 0; i < list->count; i++)
		if (!add_pattern(plan, list->items[i], err))
			return false;
	const char *const *own = plan->format->patterns;
	for (size_t i = 0; list->count == 0 && own != NULL && own[i] != NULL; i++)
		if (!add_pattern(plan, own[i], err))
			return false;
	return true;
}

static bool parse_all(struct feed_plan *plan, struct error *err)
{
	const struct feed_mapping *mapping = plan->mapping;
	const struct feed_format *format = plan->format;
	plan->numbers = mapping->numbers;
	if (plan->numbers.decimal == 0)
		plan->numbers.decimal = (unsigned char)format->decimal;
	plan->numbers.exponents = plan->numbers.exponents || format->is_sdmx;
	plan->numbers.own_missing = format->missing;
	plan->status = mapping->status;
	/* flags of one header stand in '@flag' with this between them */
	plan->separator[0] = mapping->csv.flags.count > 1 && !mapping->status.letters
				     ? FEED_FLAG_SEPARATOR
				     : format->separator;
	if (plan->status.separator == NULL)
		plan->status.separator = plan->separator;
	plan->expand = mapping->expand;
	plan->expand_item = plan->expand_text;
	if (plan->expand.count == 0 && format->expand != NULL &&
	    span_copy(span_of(format->expand), plan->expand_text, sizeof plan->expand_text))
		plan->expand = (struct key_texts){&plan->expand_item, 1};
	plan->records = span_of(mapping->records != NULL ? mapping->records
				: mapping->is_lines	 ? ""
							 : format->records);
	plan->revision = mapping->revision != NULL ? mapping->revision : format->revision;
	return feed_pointer_check(plan->records, "records", err) &&
	       (plan->revision == NULL ||
		feed_pointer_check(span_of(plan->revision), "revision", err)) &&
	       parse_fields(plan, err) && parse_dims(plan, err) && parse_filters(plan, err) &&
	       find_targets(plan, err) && parse_patterns(plan, err) &&
	       feed_published_parse(plan, err);
}

void feed_plan_free(struct feed_plan **slot)
{
	struct feed_plan *plan = *slot;
	*slot = NULL;
	for (size_t i = 0; plan != NULL && i < plan->match_count; i++) {
		if (plan->filter_rows[i].matches != NULL)
			regfree(&plan->matches[i]);
		if (plan->filter_rows[i].matches_not != NULL)
			regfree(&plan->matches_not[i]);
	}
	for (size_t i = 0; plan != NULL && i < plan->part_count; i++) {
		const struct feed_lookup *lookups = plan->mapping->lookups.items;
		if (lookups[i].part != NULL)
			regfree(&plan->parts[i]);
	}
	if (plan != NULL) {
		free(plan->dims);
		free(plan->filters);
		free(plan->matches);
		free(plan->matches_not);
	}
	free(plan);
}

bool feed_plan_new(const struct feed_mapping *mapping, struct feed_plan **ret, struct error *err)
{
	AUTO_FEED_PLAN struct feed_plan *plan = malloc(sizeof *plan);
	if (plan == NULL)
		return error_memory(err);
	clear(plan);
	plan->mapping = mapping;
	plan->format = feed_format_find(mapping->format);
	if (plan->format == NULL)
		return error_set(err, ERROR_INPUT, "the mapping has no format");
	if (!parse_all(plan, err))
		return false;
	*ret = ptr_take(&plan);
	return true;
}

bool feed_plan_may_lack(const struct feed_plan *plan, const struct feed_field *field)
{
	static const enum feed_slot slots_lacking[] = {FEED_SLOT_STATUS, FEED_SLOT_UNIT,
						       FEED_SLOT_SCALE};
	for (size_t i = 0; i < COUNT_OF(slots_lacking); i++)
		if (field == &plan->fields[slots_lacking[i]])
			return feed_slot_given(plan->mapping, slots_lacking[i]) == NULL;
	return false;
}

bool feed_plan_has_unsaid_scale(const struct feed_plan *plan)
{
	return plan->fields[FEED_SLOT_SCALE].count > 0 && plan->mapping->fields.scale == NULL;
}

bool feed_plan_fail_default(const struct feed_plan *plan, const struct feed_field *field,
			    struct error *err)
{
	struct error why = *err;
	size_t slot = 0;
	while (slot < FEED_SLOTS && field != &plan->fields[slot])
		slot++;
	if (slot == FEED_SLOTS || feed_slot_given(plan->mapping, (enum feed_slot)slot) != NULL ||
	    why.code != ERROR_NOT_FOUND)
		return false;
	*err = (struct error){0};
	return error_set(err, why.code, "%s: name another in %s", why.text, slots[slot].key);
}

bool feed_plan_fields(struct feed_plan *plan,
		      bool (*each)(void *self, struct feed_field *field, struct error *err),
		      void *self, struct error *err)
{
	for (size_t i = 0; i < FEED_SLOTS; i++)
		if (!each(self, &plan->fields[i], err))
			return false;
	for (size_t i = 0; i < plan->mapping->dims.count; i++)
		if (!each(self, &plan->dims[i], err))
			return false;
	for (size_t i = 0; i < plan->filter_count; i++)
		if (!each(self, &plan->filters[i], err))
			return false;
	return true;
}
