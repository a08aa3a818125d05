/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/tables.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "config/tables.h"
#include "ledger/archive.h"
#include "ledger/load.h"

enum { PATH_BYTES = 4096, WARNING_BYTES = 8192 };

/* What was taken in: the hash of each file that there was. */
struct taken {
	int64_t at; /* unix seconds */
	struct sha256 *hashes;
	size_t count;
};

static void done(struct taken *taken)
{
	free(taken->hashes);
}

static bool read_taken(struct ledger *ledger, struct taken *ret)
{
	struct load load;
	if (!load_last(ledger, LOAD_CATALOGUE, NULL, &load, NULL) || load.id == 0)
		return false;
	ret->at = load.received;
	return archive_get_pages(ledger_directory(ledger), &load.document, &ret->hashes,
				 &ret->count, NULL);
}

static bool has(const struct taken *taken, struct sha256 hash)
{
	for (size_t i = 0; i < taken->count; i++)
		if (sha256_equal(&taken->hashes[i], &hash))
			return true;
	return false;
}

/* Copying, renaming, saving: all of it leaves the time of a change behind. */
static bool is_touched(const char *path, int64_t since)
{
	struct stat status;
	return stat(path, &status) == 0 && status.st_ctim.tv_sec >= since;
}

static void put_path(struct text *path, const struct config *config, const char *name)
{
	text_clear(path);
	text_addf(path, "%s/%s", config->catalogue, name);
}

/* Only then is it worth reading them. */
static bool is_any_touched(const struct config *config, int64_t since)
{
	AUTO_TEXT struct text path = text_with_limit(PATH_BYTES);
	if (is_touched(config->catalogue, since))
		return true;
	for (enum table_id id = 0; id < TABLE_COUNT; id++) {
		put_path(&path, config, config_tables[id].name);
		if (!path.failed && is_touched(path.data, since))
			return true;
	}
	return false;
}

/* The names of those that are not as they were taken; *ret_files: how many there are. */
static void find_changed(const struct config *config, const struct taken *taken, struct text *names,
			 size_t *ret_files)
{
	AUTO(config_files_done) struct config_files files = {0};
	AUTO_TEXT struct text path = text_with_limit(PATH_BYTES);
	*ret_files = 0;
	for (enum table_id id = 0; id < TABLE_COUNT; id++) {
		const char *name = config_tables[id].name;
		struct span bytes;
		put_path(&path, config, name);
		if (path.failed || !config_files_read(&files, path.data, name, &bytes, NULL))
			continue;
		++*ret_files;
		if (!has(taken, sha256_of(bytes)))
			text_addf(names, "%s%s", names->len > 0 ? ", " : "", name);
	}
}

void tables_warn(const struct session *session, struct ledger *ledger)
{
	const struct config *config = session->config;
	AUTO(done) struct taken taken = {0};
	AUTO_TEXT struct text names = text_with_limit(WARNING_BYTES);
	AUTO_TEXT struct text warning = text_with_limit(WARNING_BYTES);
	size_t files;
	if (!read_taken(ledger, &taken) || !is_any_touched(config, taken.at))
		return;
	find_changed(config, &taken, &names, &files);
	bool is_fewer = config->catalogue_more.count == 0 && files < taken.count;
	if (names.len > 0)
		text_addf(&warning,
			  "envgap: the answer does not know what has changed in %s since the "
			  "tables were taken in; 'envgap reload' takes them in\n",
			  names.data);
	else if (is_fewer)
		text_addf(&warning,
			  "envgap: the answer still knows a table that is not in '%s' any more; "
			  "'envgap reload' takes in what is there\n",
			  config->catalogue);
	session_complain(session, text_span(&warning));
}
