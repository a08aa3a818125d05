/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/column.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/unicode.h"
#include "config/cell.h"
#include "obs/catalogue.h"

enum { CHOICES_MAX = 32, CELL_TEXT_MAX_BYTES = 65536, CHOICES_TEXT_BYTES = 256 };

typedef bool cell_fn(const struct column *column, void *record, struct span cell,
		     struct error *err);

static void *field_of(const struct column *column, void *record)
{
	return (char *)record + column->offset;
}

static bool set_id(const struct column *column, void *record, struct span cell, struct error *err)
{
	char *id = field_of(column, record);
	if (cell.len == 0) {
		id[0] = '\0';
		return true;
	}
	if (!id_check(cell, column->name, err))
		return false;
	return span_copy(cell, id, ID_BYTES) ||
	       error_set(err, ERROR_LIMIT, "%s is too long", column->name);
}

static bool set_label(const struct column *column, void *record, struct span cell,
		      struct error *err)
{
	char label[ID_BYTES];
	if (!span_copy(cell, label, sizeof label))
		return error_set(err, ERROR_LIMIT, "'%.*s' is longer than %d bytes",
				 SPAN_ARGS(cell), ID_BYTES - 1);
	memcpy(field_of(column, record), label, sizeof label);
	return true;
}

static bool set_breakdown(const struct column *column, void *record, struct span cell,
			  struct error *err)
{
	char breakdown[BREAKDOWN_BYTES];
	if (!breakdown_normalise(cell, breakdown, err))
		return false;
	memcpy(field_of(column, record), breakdown, sizeof breakdown);
	return true;
}

static bool set_text(const struct column *column, void *record, struct span cell, struct error *err)
{
	char **text = field_of(column, record);
	if (cell.len > CELL_TEXT_MAX_BYTES)
		return error_set(err, ERROR_LIMIT, "is longer than %d bytes", CELL_TEXT_MAX_BYTES);
	char *copy = span_dup(cell);
	if (copy == NULL)
		return error_memory(err);
	free(*text);
	*text = copy;
	return true;
}

static bool add_id(struct column_ids *ids, struct span id, const char *what, struct error *err)
{
	if (!id_check(id, what, err))
		return false;
	if (ids->count == COLUMN_IDS_MAX)
		return error_set(err, ERROR_LIMIT, "%s has more than %d ids", what, COLUMN_IDS_MAX);
	for (size_t i = 0; i < ids->count; i++) {
		if (span_is(id, ids->items[i]))
			return error_set(err, ERROR_INPUT, "'%.*s' is there twice", SPAN_ARGS(id));
	}
	void *grown = realloc(ids->items, (ids->count + 1) * sizeof *ids->items);
	if (grown == NULL)
		return error_memory(err);
	ids->items = grown;
	return span_copy(id, ids->items[ids->count++], ID_BYTES);
}

static bool set_ids(const struct column *column, void *record, struct span cell, struct error *err)
{
	struct column_ids ids = {0};
	struct span rest = cell;
	bool ok = true;
	while (ok && rest.len > 0)
		ok = add_id(&ids, span_trim(span_cut(&rest, ';')), column->name, err);
	if (!ok) {
		free(ids.items);
		return false;
	}
	*(struct column_ids *)field_of(column, record) = ids;
	return true;
}

static bool bounds_hold(const struct column *column, double value, struct span cell,
			struct error *err)
{
	char low[NUMBER_BYTES];
	char high[NUMBER_BYTES];
	if (column->min >= column->max || (value >= column->min && value <= column->max))
		return true;
	return error_set(err, ERROR_INPUT, "'%.*s' is not within %s..%s", SPAN_ARGS(cell),
			 number_print(column->min, low), number_print(column->max, high));
}

static bool set_number(const struct column *column, void *record, struct span cell,
		       struct error *err)
{
	struct number number;
	if (cell.len == 0)
		return true;
	if (!cell_check_number(cell, err) || !number_read(cell, &number, err) ||
	    !bounds_hold(column, number.value, cell, err))
		return false;
	*(double *)field_of(column, record) = number.value;
	if (column->has_offset > 0)
		*((bool *)record + column->has_offset) = true;
	if (column->decimals_offset > 0)
		memcpy((char *)record + column->decimals_offset, &number.decimals, sizeof(int));
	return true;
}

static bool set_integer(const struct column *column, void *record, struct span cell,
			struct error *err)
{
	int64_t value;
	if (cell.len == 0)
		return true;
	if (!cell_check_number(cell, err))
		return false;
	if (!number_read_integer(cell, INT32_MIN, INT32_MAX, &value, NULL))
		return error_set(err, ERROR_INPUT, "'%.*s' is not a whole number", SPAN_ARGS(cell));
	if (!bounds_hold(column, (double)value, cell, err))
		return false;
	*(int *)field_of(column, record) = (int)value;
	return true;
}

static bool set_day(const struct column *column, void *record, struct span cell, struct error *err)
{
	int32_t day = DAY_NONE;
	if (cell.len > 0 && (!cell_check_day(cell, err) || !day_parse(cell, &day, err)))
		return false;
	*(int32_t *)field_of(column, record) = day;
	return true;
}

/* A spreadsheet makes "Oct-21" of a month, as it does of a period. */
static bool set_last_day(const struct column *column, void *record, struct span cell,
			 struct error *err)
{
	int32_t day = DAY_NONE;
	if (!cell_check_period(cell, err) || !day_parse_published(cell, &day, err))
		return false;
	*(int32_t *)field_of(column, record) = day;
	return true;
}

static bool set_period(const struct column *column, void *record, struct span cell,
		       struct error *err)
{
	struct period period = {0};
	if (cell.len > 0 && (!cell_check_period(cell, err) || !period_parse(cell, &period, err)))
		return false;
	*(struct period *)field_of(column, record) = period;
	return true;
}

static bool not_a_choice(const struct column_choice *choices, struct span cell, struct error *err)
{
	const char *names[CHOICES_MAX];
	size_t count = 0;
	AUTO_TEXT struct text list = text_with_limit(CHOICES_TEXT_BYTES);
	for (; choices->name != NULL && count < CHOICES_MAX; choices++) {
		text_addf(&list, "%s%s", count == 0 ? "" : ", ", choices->name);
		names[count++] = choices->name;
	}
	const char *nearest = unicode_nearest(cell, names, count);
	if (nearest != NULL)
		return error_set(err, ERROR_INPUT, "'%.*s' is not known; did you mean '%s'?",
				 SPAN_ARGS(cell), nearest);
	return error_set(err, ERROR_INPUT, "'%.*s' is not one of %.*s", SPAN_ARGS(cell),
			 SPAN_ARGS(text_span(&list)));
}

static bool find_choice(const struct column_choice *choices, struct span cell, int *ret,
			struct error *err)
{
	for (const struct column_choice *choice = choices; choice->name != NULL; choice++) {
		if (!span_is(cell, choice->name))
			continue;
		*ret = choice->value;
		return true;
	}
	return not_a_choice(choices, cell, err);
}

static bool set_choice(const struct column *column, void *record, struct span cell,
		       struct error *err)
{
	return cell.len == 0 || find_choice(column->choices, cell, field_of(column, record), err);
}

static bool set_flag(const struct column *column, void *record, struct span cell, struct error *err)
{
	int value = 0;
	if (cell.len > 0 && !find_choice(column->choices, cell, &value, err))
		return false;
	*(bool *)field_of(column, record) = value != 0;
	return true;
}

static bool set_switch(const struct column *column, void *record, struct span cell,
		       struct error *err)
{
	/* spreadsheets write TRUE and FALSE when they know what a cell is */
	static const struct column_choice words[] = {{"yes", 1},   {"no", 0},	{"true", 1},
						     {"false", 0}, {"TRUE", 1}, {"FALSE", 0},
						     {NULL, 0}};
	int value = 0;
	if (cell.len > 0 && !find_choice(words, cell, &value, NULL))
		return error_set(err, ERROR_INPUT, "'%.*s' is not yes or no", SPAN_ARGS(cell));
	*(bool *)field_of(column, record) = value != 0;
	return true;
}

static bool set_frequency(const struct column *column, void *record, struct span cell,
			  struct error *err)
{
	return cell.len == 0 || frequency_parse(cell, field_of(column, record), err);
}

static bool set_op(const struct column *column, void *record, struct span cell, struct error *err)
{
	return cell.len == 0 || target_op_parse(cell, field_of(column, record), err);
}

static cell_fn *setter_of(enum column_type type)
{
	static cell_fn *const setters[] = {
		[COLUMN_ID] = set_id,
		[COLUMN_LABEL] = set_label,
		[COLUMN_BREAKDOWN] = set_breakdown,
		[COLUMN_TEXT] = set_text,
		[COLUMN_ID_LIST] = set_ids,
		[COLUMN_NUMBER] = set_number,
		[COLUMN_INTEGER] = set_integer,
		[COLUMN_DAY] = set_day,
		[COLUMN_LAST_DAY] = set_last_day,
		[COLUMN_PERIOD] = set_period,
		[COLUMN_CHOICE] = set_choice,
		[COLUMN_SWITCH] = set_switch,
		[COLUMN_FREQUENCY] = set_frequency,
		[COLUMN_OP] = set_op,
		[COLUMN_FLAG] = set_flag,
	};
	return setters[type];
}

/* "'x' is ..." becomes "due 'x' is ..."; what names its column itself stays. */
static bool name_it(const struct column *column, struct error *why, struct error *err)
{
	const char *text = why->text;
	if (span_starts(span_of(text), column->name))
		return error_set(err, why->code, "%s", text);
	return error_set(err, why->code, "%s%s%s", column->name, text[0] == '\'' ? " " : ": ",
			 text);
}

bool column_set(const struct column *column, void *record, struct span cell, struct error *err)
{
	struct error why = {0};
	if (column->is_required && cell.len == 0)
		return error_set(err, ERROR_INPUT, "%s is empty; it must be given", column->name);
	bool ok = cell_check_any(cell, &why);
	if (ok && cell.len == 0 && column->fallback != NULL)
		cell = span_of(column->fallback);
	if (ok && setter_of(column->type)(column, record, cell, &why))
		return true;
	return why.code == ERROR_MEMORY ? error_memory(err) : name_it(column, &why, err);
}

bool column_clear(const struct column *column, void *record, struct error *err)
{
	struct span cell = span_of(column->fallback != NULL ? column->fallback : "");
	return setter_of(column->type)(column, record, cell, err);
}

void columns_free(const struct column *columns, void *record)
{
	for (const struct column *column = columns; column->name != NULL; column++) {
		if (column->type == COLUMN_TEXT)
			free(ptr_take(field_of(column, record)));
		if (column->type == COLUMN_ID_LIST)
			free(ptr_take(field_of(column, record)));
	}
}
