/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/mapping_file.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "feed/table.h"

struct text mapping_file_text(const char *path)
{
	struct text text = text_with_limit(MAPPING_FILE_MAX_BYTES);
	char block[4096];
	size_t got;
	FILE *file = fopen(path, "rb");
	while (file != NULL && (got = fread(block, 1, sizeof block, file)) > 0)
		text_add(&text, block, got);
	if (file != NULL)
		fclose(file);
	return text;
}

static bool add_text(struct key_texts *list, struct span value)
{
	char **items = realloc(list->items, (list->count + 1) * sizeof *items);
	if (items == NULL)
		return false;
	list->items = items;
	items[list->count++] = span_dup(value);
	return true;
}

static bool add_pair(struct key_map *map, struct span name, struct span value)
{
	struct key_pair *items = realloc(map->items, (map->count + 1) * sizeof *items);
	if (items == NULL)
		return false;
	map->items = items;
	items[map->count++] = (struct key_pair){span_dup(name), span_dup(value)};
	return true;
}

static bool set_key(const struct key *keys, char *record, struct span name, struct span value,
		    struct error *err);

static bool set_in_list(const struct key *key, struct key_list *list, struct span rest,
			struct span value, struct error *err)
{
	int64_t number;
	if (!number_read_integer(span_cut(&rest, '.'), 1, 100, &number, err))
		return false;
	size_t count = (size_t)number > list->count ? (size_t)number : list->count;
	char *items = calloc(count, key->item_bytes);
	if (list->count > 0)
		memcpy(items, list->items, list->count * key->item_bytes);
	for (size_t i = list->count; i < count; i++)
		if (!keys_set_fallbacks(key->group, items + i * key->item_bytes, err))
			return false;
	free(list->items);
	*list = (struct key_list){items, count};
	return set_key(key->group, items + ((size_t)number - 1) * key->item_bytes, rest, value,
		       err);
}

static bool set_key(const struct key *keys, char *record, struct span name, struct span value,
		    struct error *err)
{
	char first[64];
	struct span rest = name;
	if (!span_copy(span_cut(&rest, '.'), first, sizeof first))
		return error_set(err, ERROR_INPUT, "key '%.*s' is too long", SPAN_ARGS(name));
	const struct key *key = keys_find(keys, first);
	if (key == NULL)
		return error_set(err, ERROR_INPUT, "there is no key '%s'", first);
	void *field = record + key->offset;
	if (key->type == KEY_GROUP)
		return set_key(key->group, field, rest, value, err);
	if (key->type == KEY_GROUP_LIST)
		return set_in_list(key, field, rest, value, err);
	if (key->type == KEY_TEXT_LIST)
		return add_text(field, value);
	if (key->type == KEY_MAP)
		return add_pair(field, rest, value);
	return key_set_text(key, record, value, err);
}

static struct span unquote(struct span value)
{
	if (value.len < 2 || value.start[0] != '"' || value.start[value.len - 1] != '"')
		return value;
	return (struct span){value.start + 1, value.len - 2};
}

/* What the look-ups of a mapping in this file may read: files beside it. */
struct beside {
	const char *path;
	struct text texts[FEED_LOOKUPS_MAX];
	size_t count;
};

static bool open_beside(void *self, const char *file, struct span *ret, struct error *err)
{
	struct beside *beside = self;
	AUTO_TEXT struct text path = text_with_limit(4096);
	const char *slash = strrchr(beside->path, '/');
	text_add(&path, beside->path, slash == NULL ? 0 : (size_t)(slash + 1 - beside->path));
	text_add_string(&path, file);
	if (!text_ok(&path, "a path", err) || beside->count == FEED_LOOKUPS_MAX)
		return false;
	beside->texts[beside->count] = mapping_file_text(path.data);
	*ret = text_span(&beside->texts[beside->count++]);
	return ret->len > 0 || error_set(err, ERROR_NOT_FOUND, "'%s' is not there", file);
}

static bool load_tables(const char *path, struct feed_mapping *mapping, struct error *err)
{
	struct beside beside = {.path = path};
	bool ok = feed_tables_load(mapping, open_beside, &beside, err);
	for (size_t i = 0; i < beside.count; i++)
		text_done(&beside.texts[i]);
	return ok;
}

bool mapping_file_parse(struct span text, struct feed_mapping *mapping, mapping_file_other *other,
			void *self, struct error *err)
{
	struct span rest = text;
	while (rest.len > 0) {
		struct span value = span_trim(span_cut(&rest, '\n'));
		if (value.len == 0 || value.start[0] == '#')
			continue;
		struct span name = span_trim(span_cut(&value, '='));
		if (other != NULL && other(self, name, unquote(span_trim(value))))
			continue;
		if (!set_key(feed_mapping_keys, (char *)mapping, name, unquote(span_trim(value)),
			     err))
			return false;
	}
	return true;
}

bool mapping_file_read(const char *path, struct feed_mapping *mapping, mapping_file_other *other,
		       void *self, struct error *err)
{
	AUTO_TEXT struct text text = mapping_file_text(path);
	if (text.len == 0)
		return error_set(err, ERROR_INPUT, "%s is not there", path);
	return mapping_file_parse(text_span(&text), mapping, other, self, err) &&
	       load_tables(path, mapping, err);
}
