/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/feed_tables.h"

#include "config/feed_check.h"
#include "feed/table.h"

static bool open_table(void *self, const char *file, struct span *ret, struct error *err)
{
	struct config *config = self;
	return config_files_read(&config->files, file, NULL, ret, err) ||
	       error_within(err, "'%s'", file);
}

bool feed_tables_read(struct config *config, struct config_feed *feed, struct problems *problems,
		      struct error *err)
{
	struct error why = {0};
	if (feed_tables_load(&feed->mapping, open_table, config, &why))
		return true;
	if (why.code == ERROR_MEMORY)
		return error_memory(err);
	feed_problem(problems, PROBLEM_ERROR, feed, "read", -1, "read: %s", why.text);
	return true;
}
