/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/config.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/unicode.h"
#include "config/feed_check.h"
#include "config/feed_tables.h"
#include "config/keys.h"
#include "config/reader.h"
#include "config/request_build.h"
#include "feed/table.h"

static void begin_feed(struct reader *reader, const struct key *key, void *record, int line)
{
	if (key->group != config_feed_keys)
		return;
	struct config_feed *feed = record;
	feed->file = reader->file;
	feed->section = reader->bytes;
	feed->line = line;
	reader->marks = &feed->marks;
}

/* An unreadable file is a problem like any other; only memory stops the work. */
static bool open_file(struct config *config, const char *path, struct problems *problems,
		      struct reader *ret_reader, struct span *ret_bytes, struct error *err)
{
	struct error why = {0};
	if (config_files_read(&config->files, path, NULL, ret_bytes, &why)) {
		const char *kept = config->files.items[config->files.count - 1].path;
		*ret_reader = (struct reader){.problems = problems,
					      .file = kept,
					      .bytes = *ret_bytes,
					      .begin = begin_feed};
		return true;
	}
	if (why.code == ERROR_MEMORY)
		return error_memory(err);
	problem_add(problems, PROBLEM_ERROR, path, 0, "%s", why.text);
	*ret_bytes = (struct span){0};
	return true;
}

static bool read_main(struct config *config, struct problems *problems, struct error *err)
{
	struct reader reader;
	struct span bytes;
	if (!keys_set_fallbacks(config_root_keys, config, err) ||
	    !open_file(config, config->path, problems, &reader, &bytes, err))
		return false;
	config->is_unread = bytes.start == NULL;
	if (config->is_unread)
		return true;
	reader.marks = &config->marks;
	bool ok = reader_read(&reader, bytes, config_root_keys, config, err);
	config->is_unread = reader.is_unread;
	return ok;
}

static void done_feeds(struct key_list *feeds)
{
	struct config_feed *items = feeds->items;
	for (size_t i = 0; i < feeds->count; i++)
		free(items[i].marks.items);
	for (size_t i = 0; i < feeds->count; i++)
		feed_tables_free(&items[i].mapping);
}

static bool join_feeds(struct key_list *into, struct key_list *from, struct error *err)
{
	size_t total = into->count + from->count;
	if (total > CONFIG_FEEDS_MAX)
		return error_set(err, ERROR_LIMIT, "more than %d feeds", CONFIG_FEEDS_MAX);
	if (from->count == 0)
		return true;
	struct config_feed *items = realloc(into->items, total * sizeof *items);
	if (items == NULL)
		return error_memory(err);
	memcpy(items + into->count, from->items, from->count * sizeof *items);
	free(from->items);
	*into = (struct key_list){items, total};
	*from = (struct key_list){0};
	return true;
}

struct including {
	struct config *config;
	struct problems *problems;
};

static bool include_file(void *self, const char *path, struct error *err)
{
	struct including *including = self;
	struct config *config = including->config;
	struct reader reader;
	struct span bytes;
	if (!open_file(config, path, including->problems, &reader, &bytes, err))
		return false;
	if (bytes.start == NULL)
		return true;
	reader.elsewhere = config_root_keys;
	struct config part = {0};
	bool ok = reader_read(&reader, bytes, config_included_keys, &part, err) &&
		  join_feeds(&config->feeds, &part.feeds, err);
	done_feeds(&part.feeds);
	keys_free(config_included_keys, &part);
	return ok;
}

static int mark_line(const struct config_marks *marks, const struct key *key, int entry)
{
	int line = 0;
	for (size_t i = 0; i < marks->count; i++) {
		const struct config_mark *mark = &marks->items[i];
		if (mark->key == key && (mark->entry == entry || (mark->entry < 0 && line == 0)))
			line = mark->line;
	}
	return line;
}

static int root_line(const struct config *config, const char *key, int entry)
{
	return mark_line(&config->marks, keys_find(config_root_keys, key), entry);
}

bool config_says(const struct config *config, const char *key)
{
	return root_line(config, key, -1) > 0;
}

static bool include_all(struct config *config, struct problems *problems, struct error *err)
{
	struct including including = {config, problems};
	for (size_t i = 0; i < config->include.count; i++) {
		AUTO_FREE char *path = config_path_beside(config->path, config->include.items[i]);
		if (path == NULL)
			return error_memory(err);
		struct error why = {0};
		size_t before = config->files.count;
		bool ok = config_files_glob(&config->files, path, include_file, &including, &why);
		if (!ok && why.code == ERROR_MEMORY)
			return error_memory(err);
		if (ok && config->files.count == before && strpbrk(path, "*?[") == NULL) {
			ok = false;
			(void)error_set(&why, ERROR_NOT_FOUND, "there is no such file");
		}
		if (!ok)
			problem_add(problems, PROBLEM_ERROR, config->path,
				    root_line(config, "include", (int)i), "include '%s': %s",
				    config->include.items[i], why.text);
	}
	return true;
}

static bool resolve_root(struct config *config, struct error *err)
{
	char **const paths[] = {&config->state_dir, &config->run_dir, &config->catalogue,
				&config->worker};
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		if (!config_path_resolve(config->path, paths[i], err))
			return false;
	}
	struct text control = text_with_limit(4200);
	text_addf(&control, "%s/control", config->run_dir);
	config->control = text_take(&control);
	if (config->control == NULL)
		return error_memory(err);
	return true;
}

static bool resolve_more(struct config *config, struct problems *problems, struct error *err)
{
	for (size_t i = 0; i < config->catalogue_more.count; i++) {
		char **path = &config->catalogue_more.items[i];
		struct stat status;
		if (!config_path_resolve(config->path, path, err) || *path == NULL)
			return false;
		if (stat(*path, &status) != 0 || !S_ISDIR(status.st_mode))
			problem_add(problems, PROBLEM_ERROR, config->path,
				    root_line(config, "catalogue_more", (int)i),
				    "catalogue_more '%s': there is no such directory", *path);
	}
	return true;
}

static bool enable_feed(struct config *config, struct span id)
{
	bool is_found = false;
	for (size_t i = 0; i < config->feeds.count; i++) {
		struct config_feed *feed = config_feed_at(config, i);
		if (feed->id == NULL || !span_is(id, feed->id))
			continue;
		feed->is_enabled = true;
		is_found = true;
	}
	return is_found;
}

/* Feeds that one line of the main file switches on. */
static bool enable_feeds(struct config *config, struct problems *problems, struct error *err)
{
	AUTO_FREE const char **ids = calloc(config->feeds.count + 1, sizeof *ids);
	size_t count = 0;
	if (ids == NULL)
		return error_memory(err);
	for (size_t i = 0; i < config->feeds.count; i++)
		if (config_feed_at(config, i)->id != NULL)
			ids[count++] = config_feed_at(config, i)->id;
	for (size_t i = 0; i < config->enable.count; i++) {
		struct span id = span_of(config->enable.items[i]);
		if (enable_feed(config, id))
			continue;
		const char *nearest = unicode_nearest(id, ids, count);
		problem_add(problems, PROBLEM_ERROR, config->path,
			    root_line(config, "enable", (int)i),
			    nearest != NULL ? "enable '%.*s': there is no such feed; did you mean "
					      "'%s'?"
					    : "enable '%.*s': there is no such feed",
			    SPAN_ARGS(id), nearest);
	}
	return true;
}

/* file: URLs are compared with these, so they have to be the real ones. */
static bool resolve_file_feeds(struct config *config, struct problems *problems, struct error *err)
{
	for (size_t i = 0; i < config->file_feeds.count; i++) {
		char **path = &config->file_feeds.items[i];
		if (!config_path_resolve(config->path, path, err))
			return false;
		char *real = realpath(*path, NULL);
		if (real == NULL) {
			problem_add(problems, PROBLEM_ERROR, config->path,
				    root_line(config, "file_feeds", (int)i),
				    "file_feeds '%s': there is no such directory", *path);
			continue;
		}
		free(*path);
		*path = real;
	}
	return true;
}

static bool resolve_feed(struct config_feed *feed, struct error *err)
{
	for (size_t i = 0; i < feed->secrets.count; i++) {
		if (!config_path_resolve(feed->file, &feed->secrets.items[i].value, err))
			return false;
	}
	struct feed_lookup *lookups = feed->mapping.lookups.items;
	for (size_t i = 0; i < feed->mapping.lookups.count; i++) {
		if (!config_path_resolve(feed->file, &lookups[i].file, err))
			return false;
	}
	return config_path_resolve(feed->file, &feed->ca_file, err);
}

/* Records that are all of one indicator need not say of which. */
static bool set_series_field(struct config_feed *feed, struct error *err)
{
	if (feed->indicator == NULL || feed->mapping.fields.series != NULL)
		return true;
	struct text field = text_with_limit(FEED_FIELD_BYTES);
	text_addf(&field, "=%s", feed->indicator);
	feed->mapping.fields.series = text_take(&field);
	return feed->mapping.fields.series != NULL || error_memory(err);
}

static void check_timezone(const struct config *config, struct problems *problems)
{
	struct zone *zone = NULL;
	struct error why = {0};
	if (zone_open(config->timezone, &zone, &why))
		zone_free(zone);
	else
		problem_add_failure(problems, config->path, root_line(config, "timezone", -1),
				    "timezone", &why);
}

static bool finish(struct config *config, struct problems *problems, struct error *err)
{
	if (!resolve_root(config, err) || !resolve_more(config, problems, err) ||
	    !resolve_file_feeds(config, problems, err))
		return false;
	if (!config->is_unread)
		check_timezone(config, problems);
	for (size_t i = 0; i < config->feeds.count; i++) {
		struct config_feed *feed = config_feed_at(config, i);
		if (feed->max_document_bytes == 0)
			feed->max_document_bytes = config->max_document_bytes;
		if (!resolve_feed(feed, err) || !request_complete(feed, err) ||
		    !set_series_field(feed, err) || !feed_tables_read(config, feed, problems, err))
			return false;
		feed_check(config, feed, problems);
	}
	return enable_feeds(config, problems, err) && feed_check_ids(config, problems, err);
}

bool config_load(const char *path, struct config **ret, struct problems *problems,
		 struct error *err)
{
	AUTO_CONFIG struct config *config = calloc(1, sizeof *config);
	if (config == NULL)
		return error_memory(err);
	config->path = span_dup(span_of(path));
	if (config->path == NULL)
		return error_memory(err);
	if (!read_main(config, problems, err) || !include_all(config, problems, err) ||
	    !finish(config, problems, err))
		return false;
	*ret = ptr_take(&config);
	return true;
}

/* What another file of the same kind would refuse does not matter here: it was read before. */
static bool read_section(struct config *config, struct span section, struct error *err)
{
	AUTO_PROBLEMS struct problems problems = {0};
	struct config part = {0};
	struct reader reader = {.problems = &problems,
				.file = config->path,
				.bytes = section,
				.begin = begin_feed,
				.elsewhere = config_root_keys};
	bool ok = reader_read(&reader, section, config_included_keys, &part, err) &&
		  join_feeds(&config->feeds, &part.feeds, err);
	done_feeds(&part.feeds);
	keys_free(config_included_keys, &part);
	return ok;
}

static bool complete_section(struct config *config, struct config_feed *feed, struct error *err)
{
	AUTO_PROBLEMS struct problems problems = {0};
	return resolve_feed(feed, err) && set_series_field(feed, err) &&
	       feed_tables_read(config, feed, &problems, err) && problems_ok(&problems, err);
}

bool config_read_section(const struct config_section *section, struct config **ret,
			 const struct config_feed **ret_feed, struct error *err)
{
	AUTO_CONFIG struct config *config = calloc(1, sizeof *config);
	if (config == NULL)
		return error_memory(err);
	config->path = span_dup(span_of(section->path));
	if (config->path == NULL)
		return error_memory(err);
	if (!read_section(config, section->bytes, err))
		return false;
	for (size_t i = 0; i < config->feeds.count; i++) {
		struct config_feed *feed = config_feed_at(config, i);
		if (feed->id == NULL || strcmp(feed->id, section->feed) != 0)
			continue;
		if (!complete_section(config, feed, err))
			return false;
		*ret_feed = feed;
		*ret = ptr_take(&config);
		return true;
	}
	return error_set(err, ERROR_NOT_FOUND, "feed '%s' is not in the archived file",
			 section->feed);
}

void config_free(struct config *config)
{
	if (config == NULL)
		return;
	done_feeds(&config->feeds);
	keys_free(config_root_keys, config);
	config_files_done(&config->files);
	free(config->marks.items);
	free(config->control);
	free(config->path);
	free(config);
}

void config_free_slot(struct config **slot)
{
	config_free(*slot);
}

struct config_feed *config_feed_at(const struct config *config, size_t i)
{
	return (struct config_feed *)config->feeds.items + i;
}

const struct config_feed *config_feed_find(const struct config *config, struct span id)
{
	for (size_t i = 0; i < config->feeds.count; i++) {
		const struct config_feed *feed = config_feed_at(config, i);
		if (feed->id != NULL && span_is(id, feed->id))
			return feed;
	}
	return NULL;
}

int config_feed_line(const struct config_feed *feed, const char *key, int entry)
{
	int line = mark_line(&feed->marks, keys_find(config_feed_keys, key), entry);
	return line > 0 ? line : feed->line;
}
