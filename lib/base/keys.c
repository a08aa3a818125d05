/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/keys.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/unicode.h"

enum { KEYS_NAMES_MAX = 256, KEYS_LIST_BYTES = 256, KEYS_UNIT_BYTES = 32 };

struct unit {
	char letter;
	long factor;
};

static const struct unit durations[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}, {0, 0}};
static const struct unit sizes[] = {{'G', 1L << 30}, {'M', 1L << 20}, {'K', 1L << 10}, {0, 0}};

static void *field_of(const struct key *key, void *record)
{
	return (char *)record + key->offset;
}

static bool has_bounds(const struct key *key)
{
	return key->min < key->max;
}

static bool out_of_bounds(const struct key *key, struct span written, struct error *err)
{
	char low[NUMBER_BYTES];
	char high[NUMBER_BYTES];
	return error_set(err, ERROR_INPUT, "%s '%.*s' is not within %s..%s", key->name,
			 SPAN_ARGS(written), number_print(key->min, low),
			 number_print(key->max, high));
}

static bool set_text(const struct key *key, void *field, struct span written, struct error *err)
{
	if (written.len < (size_t)key->min)
		return error_set(err, ERROR_INPUT, "%s must not be empty", key->name);
	if (key->max > 0 && written.len > (size_t)key->max)
		return error_set(err, ERROR_LIMIT, "%s is %zu bytes long; at most %zu are taken",
				 key->name, written.len, (size_t)key->max);
	if (span_find_char(written, '\0') != NULL)
		return error_set(err, ERROR_INPUT, "%s has a NUL byte inside", key->name);
	char *copy = span_dup(written);
	if (copy == NULL)
		return error_memory(err);
	char **text = field;
	free(*text);
	*text = copy;
	return true;
}

static bool set_integer(const struct key *key, void *field, struct span written, struct error *err)
{
	int64_t value;
	if (!number_read_integer(written, INT64_MIN, INT64_MAX, &value, NULL))
		return error_set(err, ERROR_INPUT, "%s '%.*s' is not a whole number", key->name,
				 SPAN_ARGS(written));
	if (has_bounds(key) && ((double)value < key->min || (double)value > key->max))
		return out_of_bounds(key, written, err);
	*(long *)field = (long)value;
	return true;
}

static bool set_number(const struct key *key, void *field, struct span written, struct error *err)
{
	struct number number;
	if (!number_read(written, &number, NULL))
		return error_set(err, ERROR_INPUT, "%s '%.*s' is not a number such as 12 or 0.5",
				 key->name, SPAN_ARGS(written));
	if (has_bounds(key) && (number.value < key->min || number.value > key->max))
		return out_of_bounds(key, written, err);
	*(struct key_number *)field = (struct key_number){.is_set = true, .value = number.value};
	return true;
}

static bool set_switch(const struct key *key, void *field, struct span written, struct error *err)
{
	static const struct key_choice words[] = {{"true", 1}, {"false", 0}, {"yes", 1}, {"no", 0},
						  {"on", 1},   {"off", 0},   {NULL, 0}};
	for (const struct key_choice *word = words; word->name != NULL; word++) {
		if (!span_is(written, word->name))
			continue;
		*(bool *)field = word->value != 0;
		return true;
	}
	return error_set(err, ERROR_INPUT, "%s '%.*s' is not true or false", key->name,
			 SPAN_ARGS(written));
}

/* A count with a letter behind it, or without one. */
static bool read_units(const struct unit *units, struct span written, int64_t *ret)
{
	long factor = 1;
	struct span digits = written;
	for (const struct unit *unit = units; unit->letter != 0; unit++) {
		if (written.len == 0 || written.start[written.len - 1] != unit->letter)
			continue;
		factor = unit->factor;
		digits.len--;
		break;
	}
	int64_t count;
	if (!number_read_integer(digits, 0, INT64_MAX / factor, &count, NULL))
		return false;
	*ret = count * factor;
	return true;
}

/* In the largest unit that divides it. */
static const char *print_units(const struct unit *units, double value, char buffer[KEYS_UNIT_BYTES])
{
	const struct unit *unit = units;
	long whole = (long)value;
	while (unit->letter != 0 && (whole == 0 || whole % unit->factor != 0))
		unit++;
	struct text out = text_with_limit(KEYS_UNIT_BYTES);
	text_addf(&out, "%ld", unit->letter != 0 ? whole / unit->factor : whole);
	if (unit->letter != 0)
		text_add_char(&out, unit->letter);
	if (!span_copy(text_span(&out), buffer, KEYS_UNIT_BYTES))
		buffer[0] = '\0';
	text_done(&out);
	return buffer;
}

static bool set_units(const struct key *key, void *field, struct span written, struct error *err)
{
	bool is_size = key->type == KEY_SIZE_BYTES;
	const struct unit *units = is_size ? sizes : durations;
	int64_t value;
	if (!read_units(units, written, &value))
		return error_set(err, ERROR_INPUT, "%s '%.*s' is not a %s", key->name,
				 SPAN_ARGS(written),
				 is_size ? "size such as 64K, 16M or 1G"
					 : "duration such as 90s, 15m, 6h or 7d");
	char low[KEYS_UNIT_BYTES];
	char high[KEYS_UNIT_BYTES];
	if (has_bounds(key) && ((double)value < key->min || (double)value > key->max))
		return error_set(err, ERROR_INPUT, "%s '%.*s' is not within %s..%s", key->name,
				 SPAN_ARGS(written), print_units(units, key->min, low),
				 print_units(units, key->max, high));
	*(long *)field = (long)value;
	return true;
}

static bool not_a_choice(const struct key *key, struct span written, struct error *err)
{
	const char *names[KEYS_NAMES_MAX];
	size_t count = 0;
	AUTO_TEXT struct text list = text_with_limit(KEYS_LIST_BYTES);
	for (const struct key_choice *c = key->choices; c->name != NULL; c++) {
		if (count == KEYS_NAMES_MAX)
			break;
		text_addf(&list, "%s%s", count == 0 ? "" : ", ", c->name);
		names[count++] = c->name;
	}
	const char *nearest = unicode_nearest(written, names, count);
	if (nearest != NULL)
		return error_set(err, ERROR_INPUT, "%s '%.*s' is not known; did you mean '%s'?",
				 key->name, SPAN_ARGS(written), nearest);
	return error_set(err, ERROR_INPUT, "%s '%.*s' is not one of %.*s", key->name,
			 SPAN_ARGS(written), SPAN_ARGS(text_span(&list)));
}

static bool set_choice(const struct key *key, void *field, struct span written, struct error *err)
{
	for (const struct key_choice *choice = key->choices; choice->name != NULL; choice++) {
		if (!span_is(written, choice->name))
			continue;
		*(int *)field = choice->value;
		return true;
	}
	return not_a_choice(key, written, err);
}

typedef bool set_fn(const struct key *key, void *field, struct span written, struct error *err);

static set_fn *setter_of(enum key_type type)
{
	static set_fn *const setters[] = {
		[KEY_TEXT] = set_text,	      [KEY_INTEGER] = set_integer,
		[KEY_NUMBER] = set_number,    [KEY_SWITCH] = set_switch,
		[KEY_DURATION_S] = set_units, [KEY_SIZE_BYTES] = set_units,
		[KEY_CHOICE] = set_choice,    [KEY_GROUP_LIST] = NULL,
	};
	return setters[type];
}

bool key_set_text(const struct key *key, void *record, struct span written, struct error *err)
{
	set_fn *set = setter_of(key->type);
	if (set == NULL)
		return error_set(err, ERROR_INPUT, "%s is not a single value", key->name);
	return set(key, field_of(key, record), written, err);
}

bool keys_set_fallbacks(const struct key *keys, void *record, struct error *err)
{
	for (const struct key *key = keys; key->name != NULL; key++) {
		if (key->type == KEY_GROUP) {
			if (!keys_set_fallbacks(key->group, field_of(key, record), err))
				return false;
		} else if (key->fallback != NULL &&
			   !key_set_text(key, record, span_of(key->fallback), err)) {
			return false;
		}
	}
	return true;
}

static void free_texts(struct key_texts *texts)
{
	for (size_t i = 0; i < texts->count; i++)
		free(texts->items[i]);
	free(texts->items);
}

static void free_map(struct key_map *map)
{
	for (size_t i = 0; i < map->count; i++) {
		free(map->items[i].name);
		free(map->items[i].value);
	}
	free(map->items);
}

static void free_list(const struct key *key, struct key_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		keys_free(key->group, (char *)list->items + i * key->item_bytes);
	free(list->items);
}

static void free_field(const struct key *key, void *field)
{
	switch (key->type) {
	case KEY_TEXT:
		free(ptr_take(field));
		break;
	case KEY_TEXT_LIST:
		free_texts(field);
		*(struct key_texts *)field = (struct key_texts){0};
		break;
	case KEY_MAP:
		free_map(field);
		*(struct key_map *)field = (struct key_map){0};
		break;
	case KEY_GROUP:
		keys_free(key->group, field);
		break;
	case KEY_GROUP_LIST:
		free_list(key, field);
		*(struct key_list *)field = (struct key_list){0};
		break;
	case KEY_INTEGER:
	case KEY_NUMBER:
	case KEY_SWITCH:
	case KEY_DURATION_S:
	case KEY_SIZE_BYTES:
	case KEY_CHOICE:
		break;
	}
}

void keys_free(const struct key *keys, void *record)
{
	for (const struct key *key = keys; key->name != NULL; key++)
		free_field(key, field_of(key, record));
}

const struct key *keys_find(const struct key *keys, const char *name)
{
	for (const struct key *key = keys; key->name != NULL; key++) {
		if (strcmp(key->name, name) == 0)
			return key;
	}
	return NULL;
}

const char *keys_nearest(const struct key *keys, const char *name)
{
	const char *names[KEYS_NAMES_MAX];
	size_t count = 0;
	for (const struct key *key = keys; key->name != NULL && count < KEYS_NAMES_MAX; key++)
		names[count++] = key->name;
	return unicode_nearest(span_of(name), names, count);
}

const char *key_map_get(const struct key_map *map, struct span name)
{
	for (size_t i = 0; i < map->count; i++) {
		if (span_is(name, map->items[i].name))
			return map->items[i].value;
	}
	return NULL;
}
