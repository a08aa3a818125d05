/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/reader.h"

#include <libconfig.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "config/lint.h"

enum { SCALAR_BYTES = 64, MARKS_MAX = 1000000, READER_TEXT_BYTES = 2048 };

#define BIT(type) (1u << (type))
#define ANY_LIST (BIT(CONFIG_TYPE_LIST) | BIT(CONFIG_TYPE_ARRAY))
#define ANY_INTEGER (BIT(CONFIG_TYPE_INT) | BIT(CONFIG_TYPE_INT64))

/* How each type of key may be written, and how that is put in words. */
struct writing {
	unsigned types;
	const char *expected;
};

static const struct writing writings[] = {
	[KEY_TEXT] = {BIT(CONFIG_TYPE_STRING), "text in quotes"},
	[KEY_TEXT_LIST] = {BIT(CONFIG_TYPE_STRING) | ANY_LIST,
			   "a list of texts such as [ \"a\", \"b\" ]"},
	[KEY_MAP] = {BIT(CONFIG_TYPE_GROUP) | ANY_LIST,
		     "{ name = \"text\"; } or ( [ \"name\", \"text\" ] )"},
	[KEY_INTEGER] = {ANY_INTEGER, "a whole number"},
	[KEY_NUMBER] = {ANY_INTEGER | BIT(CONFIG_TYPE_FLOAT), "a number"},
	[KEY_SWITCH] = {BIT(CONFIG_TYPE_BOOL), "true or false"},
	[KEY_DURATION_S] = {BIT(CONFIG_TYPE_STRING) | ANY_INTEGER,
			    "a duration such as \"90s\", \"15m\", \"6h\" or \"7d\""},
	[KEY_SIZE_BYTES] = {BIT(CONFIG_TYPE_STRING) | ANY_INTEGER,
			    "a size such as \"64K\", \"16M\" or \"1G\""},
	[KEY_CHOICE] = {BIT(CONFIG_TYPE_STRING), "text in quotes"},
	[KEY_GROUP] = {BIT(CONFIG_TYPE_GROUP), "a group in braces { }"},
	[KEY_GROUP_LIST] = {BIT(CONFIG_TYPE_LIST), "a list of groups ( { }, { } )"},
};

static const char *found_name(int type)
{
	static const char *const names[] = {
		[CONFIG_TYPE_GROUP] = "a group",	[CONFIG_TYPE_INT] = "a whole number",
		[CONFIG_TYPE_INT64] = "a whole number", [CONFIG_TYPE_FLOAT] = "a number",
		[CONFIG_TYPE_STRING] = "a text",	[CONFIG_TYPE_BOOL] = "true or false",
		[CONFIG_TYPE_ARRAY] = "an array",	[CONFIG_TYPE_LIST] = "a list"};
	bool known = type > 0 && (size_t)type < COUNT_OF(names) && names[type] != NULL;
	return known ? names[type] : "nothing";
}

void reader_problem(struct reader *reader, enum problem_level level, int line, const char *fmt, ...)
{
	char text[READER_TEXT_BYTES];
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	problem_add(reader->problems, level, reader->file, line, "%s%s", reader->who, text);
}

static int line_of(const config_setting_t *setting)
{
	return (int)config_setting_source_line(setting);
}

static void wrong(struct reader *reader, const config_setting_t *at, const struct error *err)
{
	if (err->code == ERROR_MEMORY)
		reader->no_memory = true;
	reader_problem(reader, PROBLEM_ERROR, line_of(at), "%s", err->text);
}

static void mark(struct reader *reader, const struct key *key, int entry,
		 const config_setting_t *setting)
{
	struct config_marks *marks = reader->marks;
	if (marks == NULL)
		return;
	if (!array_grow(&marks->items, &marks->room, marks->count, sizeof *marks->items, MARKS_MAX,
			"marks", NULL)) {
		reader->no_memory = true;
		return;
	}
	marks->items[marks->count++] = (struct config_mark){key, entry, line_of(setting)};
}

static bool has_type(const config_setting_t *setting, unsigned types)
{
	return (BIT(config_setting_type(setting)) & types) != 0;
}

static struct span text_of(const config_setting_t *setting)
{
	return span_of(config_setting_get_string(setting));
}

/* As it would be written in quotes; numbers go through our own printer. */
static struct span scalar_of(const config_setting_t *setting, char buffer[SCALAR_BYTES])
{
	switch (config_setting_type(setting)) {
	case CONFIG_TYPE_STRING:
		return text_of(setting);
	case CONFIG_TYPE_BOOL:
		return span_of(config_setting_get_bool(setting) ? "true" : "false");
	case CONFIG_TYPE_FLOAT:
		return span_of(number_print(config_setting_get_float(setting), buffer));
	default:
		(void)snprintf(buffer, SCALAR_BYTES, "%lld", config_setting_get_int64(setting));
		return span_of(buffer);
	}
}

static bool list_fits(struct reader *reader, const config_setting_t *setting, const struct key *key,
		      size_t count)
{
	size_t max = key->max > 0 ? (size_t)key->max : CONFIG_MAP_MAX;
	if (count <= max)
		return true;
	reader_problem(reader, PROBLEM_ERROR, line_of(setting),
		       "key '%s' has %zu entries; at most %zu are taken", key->name, count, max);
	return false;
}

static void read_scalar(struct reader *reader, const config_setting_t *setting,
			const struct key *key, void *record)
{
	char buffer[SCALAR_BYTES];
	struct error err = {0};
	if (!key_set_text(key, record, scalar_of(setting, buffer), &err))
		wrong(reader, setting, &err);
}

static void add_text(struct reader *reader, const config_setting_t *setting, const struct key *key,
		     struct key_texts *texts)
{
	if (config_setting_type(setting) != CONFIG_TYPE_STRING) {
		reader_problem(reader, PROBLEM_ERROR, line_of(setting),
			       "key '%s' has %s inside; every item must be text in quotes",
			       key->name, found_name(config_setting_type(setting)));
		return;
	}
	mark(reader, key, (int)texts->count, setting);
	texts->items[texts->count] = span_dup(text_of(setting));
	reader->no_memory = reader->no_memory || texts->items[texts->count] == NULL;
	texts->count += texts->items[texts->count] != NULL;
}

static void read_texts(struct reader *reader, const config_setting_t *setting,
		       const struct key *key, void *record)
{
	struct key_texts *texts = (struct key_texts *)(void *)((char *)record + key->offset);
	bool is_one = config_setting_type(setting) == CONFIG_TYPE_STRING;
	int count = is_one ? 1 : config_setting_length(setting);
	if (!list_fits(reader, setting, key, (size_t)count))
		return;
	texts->items = calloc((size_t)count + 1, sizeof *texts->items);
	if (texts->items == NULL) {
		reader->no_memory = true;
		return;
	}
	for (int i = 0; i < count; i++)
		add_text(reader, is_one ? setting : config_setting_get_elem(setting, (unsigned)i),
			 key, texts);
}

/* One entry of a map: a member of a group, or a pair of texts. */
static bool pair_of(const config_setting_t *entry, struct span *ret_name, struct span *ret_value)
{
	if (has_type(entry, BIT(CONFIG_TYPE_STRING))) {
		*ret_name = span_of(config_setting_name(entry));
		*ret_value = text_of(entry);
		return config_setting_name(entry) != NULL;
	}
	if (!has_type(entry, ANY_LIST) || config_setting_length(entry) != 2)
		return false;
	const config_setting_t *name = config_setting_get_elem(entry, 0);
	const config_setting_t *value = config_setting_get_elem(entry, 1);
	if (!has_type(name, BIT(CONFIG_TYPE_STRING)) || !has_type(value, BIT(CONFIG_TYPE_STRING)))
		return false;
	*ret_name = text_of(name);
	*ret_value = text_of(value);
	return true;
}

static void add_pair(struct reader *reader, const config_setting_t *entry, const struct key *key,
		     struct key_map *map)
{
	struct span name;
	struct span value;
	if (!pair_of(entry, &name, &value)) {
		reader_problem(reader, PROBLEM_ERROR, line_of(entry),
			       "key '%s' has an entry that is not two texts; write %s", key->name,
			       writings[KEY_MAP].expected);
		return;
	}
	if (key_map_get(map, name) != NULL) {
		reader_problem(reader, PROBLEM_ERROR, line_of(entry), "key '%s' has '%.*s' twice",
			       key->name, SPAN_ARGS(name));
		return;
	}
	struct key_pair pair = {span_dup(name), span_dup(value)};
	if (pair.name == NULL || pair.value == NULL) {
		free(pair.name);
		free(pair.value);
		reader->no_memory = true;
		return;
	}
	mark(reader, key, (int)map->count, entry);
	map->items[map->count++] = pair;
}

static void read_map(struct reader *reader, const config_setting_t *setting, const struct key *key,
		     void *record)
{
	struct key_map *map = (struct key_map *)(void *)((char *)record + key->offset);
	int count = config_setting_length(setting);
	if (!list_fits(reader, setting, key, (size_t)count))
		return;
	map->items = calloc((size_t)count + 1, sizeof *map->items);
	if (map->items == NULL) {
		reader->no_memory = true;
		return;
	}
	for (int i = 0; i < count; i++)
		add_pair(reader, config_setting_get_elem(setting, (unsigned)i), key, map);
}

static void read_group(struct reader *reader, const config_setting_t *group, const struct key *keys,
		       void *record);

static void read_item(struct reader *reader, const config_setting_t *item, const struct key *key,
		      void *record)
{
	struct reader outer = *reader;
	struct error err = {0};
	if (!keys_set_fallbacks(key->group, record, &err))
		wrong(reader, item, &err);
	if (reader->begin != NULL)
		reader->begin(reader, key, record, line_of(item));
	const config_setting_t *id = config_setting_get_member(item, "id");
	bool has_id = id != NULL && has_type(id, BIT(CONFIG_TYPE_STRING));
	if (has_id && outer.who[0] == '\0')
		(void)snprintf(reader->who, sizeof reader->who, "%.4s '%.63s': ", key->name,
			       config_setting_get_string(id));
	read_group(reader, item, key->group, record);
	outer.no_memory = outer.no_memory || reader->no_memory;
	*reader = outer;
}

static void read_list(struct reader *reader, const config_setting_t *setting, const struct key *key,
		      void *record)
{
	struct key_list *list = (struct key_list *)(void *)((char *)record + key->offset);
	int count = config_setting_length(setting);
	if (!list_fits(reader, setting, key, (size_t)count))
		return;
	list->items = calloc((size_t)count + 1, key->item_bytes);
	if (list->items == NULL) {
		reader->no_memory = true;
		return;
	}
	for (int i = 0; i < count; i++) {
		const config_setting_t *item = config_setting_get_elem(setting, (unsigned)i);
		if (config_setting_type(item) != CONFIG_TYPE_GROUP) {
			reader_problem(reader, PROBLEM_ERROR, line_of(item),
				       "key '%s' has %s inside; every item must be a group in "
				       "braces { }",
				       key->name, found_name(config_setting_type(item)));
			continue;
		}
		read_item(reader, item, key, (char *)list->items + list->count++ * key->item_bytes);
	}
}

static void read_nested(struct reader *reader, const config_setting_t *setting,
			const struct key *key, void *record)
{
	read_group(reader, setting, key->group, (char *)record + key->offset);
}

static void read_value(struct reader *reader, const config_setting_t *setting,
		       const struct key *key, void *record)
{
	typedef void read_fn(struct reader *, const config_setting_t *, const struct key *, void *);
	static read_fn *const reads[] = {[KEY_TEXT_LIST] = read_texts,
					 [KEY_MAP] = read_map,
					 [KEY_GROUP] = read_nested,
					 [KEY_GROUP_LIST] = read_list};
	int type = config_setting_type(setting);
	if (!has_type(setting, writings[key->type].types)) {
		reader_problem(reader, PROBLEM_ERROR, line_of(setting),
			       "key '%s' is %s; it must be %s", key->name, found_name(type),
			       writings[key->type].expected);
		return;
	}
	mark(reader, key, -1, setting);
	if (reads[key->type] != NULL)
		reads[key->type](reader, setting, key, record);
	else
		read_scalar(reader, setting, key, record);
}

static void unknown_key(struct reader *reader, const config_setting_t *setting,
			const struct key *keys)
{
	const char *name = config_setting_name(setting);
	const char *nearest = keys_nearest(keys, name);
	if (reader->elsewhere != NULL && keys_find(reader->elsewhere, name) != NULL)
		reader_problem(reader, PROBLEM_ERROR, line_of(setting),
			       "key '%s' belongs into the main file; an included one has only "
			       "'%s'",
			       name, keys[0].name);
	else if (nearest != NULL)
		reader_problem(reader, PROBLEM_ERROR, line_of(setting),
			       "key '%s' is not known; did you mean '%s'?", name, nearest);
	else
		reader_problem(reader, PROBLEM_ERROR, line_of(setting),
			       "key '%s' is not known here", name);
}

static void check_required(struct reader *reader, const config_setting_t *group,
			   const struct key *keys)
{
	for (const struct key *key = keys; key->name != NULL; key++) {
		if ((key->flags & KEY_REQUIRED) != 0 &&
		    config_setting_get_member(group, key->name) == NULL)
			reader_problem(reader, PROBLEM_ERROR, line_of(group),
				       "key '%s' is missing: %s", key->name, key->help);
	}
}

static void read_group(struct reader *reader, const config_setting_t *group, const struct key *keys,
		       void *record)
{
	int count = config_setting_length(group);
	for (int i = 0; i < count && !reader->no_memory; i++) {
		const config_setting_t *setting = config_setting_get_elem(group, (unsigned)i);
		const struct key *key = keys_find(keys, config_setting_name(setting));
		if (key != NULL)
			read_value(reader, setting, key, record);
		else
			unknown_key(reader, setting, keys);
	}
	check_required(reader, group, keys);
}

static void not_understood(struct reader *reader, const config_t *config)
{
	const char *text = config_error_text(config);
	if (strcmp(text, "syntax error") == 0)
		text = "not understood; look for a missing ';', quote or bracket here or on the "
		       "line before";
	else if (strcmp(text, "duplicate setting name") == 0)
		text = "a key that was given before in the same group";
	else if (strcmp(text, "mismatched element type in array") == 0)
		text = "an array [ ] holds values of one kind only; a list ( ) may mix them";
	reader_problem(reader, PROBLEM_ERROR, config_error_line(config), "%s", text);
}

static struct span without_bom(struct span document)
{
	if (!span_starts(document, "\xEF\xBB\xBF"))
		return document;
	return span_behind(document, 3);
}

bool reader_read(struct reader *reader, struct span document, const struct key *keys, void *record,
		 struct error *err)
{
	struct error why = {0};
	struct span plain = without_bom(document);
	if (!lint_check(plain, &why)) {
		reader->is_unread = true;
		reader_problem(reader, PROBLEM_ERROR, why.line, "%s", why.text);
		return true;
	}
	AUTO(config_destroy) config_t config;
	config_init(&config);
	reader->is_unread = config_read_string(&config, plain.start) != CONFIG_TRUE;
	if (reader->is_unread)
		not_understood(reader, &config);
	else
		read_group(reader, config_root_setting(&config), keys, record);
	return !reader->no_memory || error_memory(err);
}
