/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/trial.h"

#include <stdlib.h>

#include "config/reader.h"
#include "feed/table.h"
#include "obs/day.h"

#define AT(field) offsetof(struct trial, field)
/* clang-format off */
#define TEXT(name, field, max, help)                                                               \
	{name, KEY_TEXT, AT(field), 1, max, NULL, 0, NULL, NULL, 0, help}
/* clang-format on */

const struct key trial_keys[] = {
	TEXT("name", name, 256, "what it shows, in words"),
	TEXT("configuration", configuration, 4096,
	     "envgap.conf or a file of feeds, in which the feed stands"),
	TEXT("feed", feed, ID_BYTES - 1, "id of the feed"),
	{"read", KEY_GROUP, AT(mapping), 0, 0, NULL, 0, NULL, feed_mapping_keys, 0,
	 "instead of a feed: how the documents are read"},
	TEXT("catalogue", catalogue, 4096,
	     "directory of tables; with it observations are compared, without it records"),
	{"documents", KEY_TEXT_LIST, AT(documents), 0, TRIAL_DOCUMENTS_MAX, NULL, 0, NULL, NULL, 0,
	 "the documents of the answer, in the order in which they are asked for"},
	{"links", KEY_TEXT_LIST, AT(links), 0, TRIAL_DOCUMENTS_MAX, NULL, 0, NULL, NULL, 0,
	 "the Link header with which each of them comes; an empty text for none"},
	TEXT("observations", observations, 4096, "CSV table of what has to come out"),
	TEXT("refusals", refusals, 4096, "CSV table of the records that have to be refused"),
	{"passed_over", KEY_INTEGER, AT(passed_over), -1, 5000000, "-1", 0, NULL, NULL, 0,
	 "how many records the filters do not want; -1 does not look at it"},
	TEXT("cause", cause, 64, "why it has to be no answer: a word such as error_body"),
	TEXT("why", why, 4096, "the message beside the cause"),
	TEXT("today", today, 10, "day on which the documents come in, such as 2026-01-31"),
	{0},
};

static bool resolve_all(struct trial *trial, struct error *err)
{
	char **const paths[] = {&trial->configuration, &trial->catalogue, &trial->observations,
				&trial->refusals};
	for (size_t i = 0; i < COUNT_OF(paths); i++)
		if (!config_path_resolve(trial->path, paths[i], err))
			return false;
	for (size_t i = 0; i < trial->documents.count; i++)
		if (!config_path_resolve(trial->path, &trial->documents.items[i], err))
			return false;
	return true;
}

static int line_of(const struct config_marks *marks, const char *name)
{
	for (size_t i = 0; i < marks->count; i++)
		if (strcmp(marks->items[i].key->name, name) == 0 && marks->items[i].entry < 0)
			return marks->items[i].line;
	return 0;
}

/* What no single key can check. */
static void check(struct trial *trial, const struct config_marks *marks)
{
	struct error why = {0};
	int32_t day;
	const char *wrong = NULL;
	if (trial->has_mapping == (trial->feed != NULL))
		wrong = trial->has_mapping ? "feed and read do not go together; give one of them"
					   : "key 'feed' or 'read' is missing: it says how the "
					     "documents are read";
	else if (trial->observations == NULL && trial->refusals == NULL && trial->cause == NULL)
		wrong = "it expects nothing: key 'observations', 'refusals' or 'cause' is missing";
	else if (trial->cause != NULL && (trial->observations != NULL || trial->refusals != NULL))
		wrong = "cause says that it is no answer; then nothing comes out, and observations "
			"and refusals do not go with it";
	else if (trial->why != NULL && trial->cause == NULL)
		wrong = "why needs cause beside it";
	else if (trial->catalogue != NULL && trial->feed == NULL)
		wrong = "catalogue needs a feed: a mapping alone does not say what the figures are "
			"about";
	if (wrong != NULL)
		problem_add(&trial->problems, PROBLEM_ERROR, trial->path, 0, "%s", wrong);
	if (trial->today != NULL && !day_parse(span_of(trial->today), &day, &why))
		problem_add_failure(&trial->problems, trial->path, line_of(marks, "today"), "today",
				    &why);
}

static void free_marks(struct config_marks *marks)
{
	free(marks->items);
}

static bool read_keys(struct trial *trial, struct error *err)
{
	struct span bytes;
	struct error why = {0};
	AUTO(free_marks) struct config_marks marks = {0};
	if (!keys_set_fallbacks(trial_keys, trial, err))
		return false;
	if (!config_files_read(&trial->files, trial->path, NULL, &bytes, &why)) {
		problem_add_failure(&trial->problems, trial->path, 0, "trial", &why);
		return why.code != ERROR_MEMORY || error_memory(err);
	}
	struct reader reader = {
		.problems = &trial->problems, .file = trial->path, .bytes = bytes, .marks = &marks};
	if (!reader_read(&reader, bytes, trial_keys, trial, err))
		return false;
	trial->has_mapping = line_of(&marks, "read") > 0;
	if (!reader.is_unread)
		check(trial, &marks);
	return resolve_all(trial, err);
}

static bool open_table(void *self, const char *file, struct span *ret, struct error *err)
{
	struct trial *trial = self;
	struct error why = {0};
	AUTO_FREE char *path = config_path_beside(trial->path, file);
	if (path == NULL)
		return error_memory(err);
	return config_files_read(&trial->files, path, NULL, ret, &why) ||
	       error_set(err, why.code, "'%s': %s", file, why.text);
}

/* The look-up tables of a mapping of its own; a feed has its tables from its configuration. */
static bool read_tables(struct trial *trial, struct error *err)
{
	struct error why = {0};
	if (!trial->has_mapping || trial->problems.errors > 0 ||
	    feed_tables_load(&trial->mapping, open_table, trial, &why))
		return true;
	if (why.code == ERROR_MEMORY)
		return error_memory(err);
	problem_add(&trial->problems, PROBLEM_ERROR, trial->path, 0, "%s", why.text);
	return true;
}

static bool read_config(struct trial *trial, const char *configuration, struct error *err)
{
	if (trial->feed == NULL)
		return true;
	if (trial->configuration == NULL && configuration == NULL) {
		problem_add(&trial->problems, PROBLEM_ERROR, trial->path, 0,
			    "key 'configuration' is missing: it says where feed '%s' stands",
			    trial->feed);
		return true;
	}
	const char *path = trial->configuration != NULL ? trial->configuration : configuration;
	if (!config_load(path, &trial->config, &trial->problems, err))
		return false;
	if (trial->problems.errors == 0 &&
	    config_feed_find(trial->config, span_of(trial->feed)) == NULL)
		problem_add(&trial->problems, PROBLEM_ERROR, trial->path, 0,
			    "feed '%s' is not in %s", trial->feed, path);
	return true;
}

bool trial_read(const char *path, const char *configuration, struct trial **ret, struct error *err)
{
	AUTO_TRIAL struct trial *trial = calloc(1, sizeof *trial);
	if (trial == NULL)
		return error_memory(err);
	trial->path = span_dup(span_of(path));
	if (trial->path == NULL)
		return error_memory(err);
	if (!read_keys(trial, err) || !read_tables(trial, err) ||
	    !read_config(trial, configuration, err))
		return false;
	if (trial->problems.no_memory)
		return error_memory(err);
	*ret = ptr_take(&trial);
	return true;
}

const char *trial_link(const struct trial *trial, size_t i)
{
	return i < trial->links.count ? trial->links.items[i] : "";
}

void trial_free(struct trial **slot)
{
	struct trial *trial = *slot;
	*slot = NULL;
	if (trial == NULL)
		return;
	feed_tables_free(&trial->mapping);
	keys_free(trial_keys, trial);
	config_files_done(&trial->files);
	problems_done(&trial->problems);
	config_free(trial->config);
	free(trial->path);
	free(trial);
}
