/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/setup.h"

#include <stdlib.h>

#include "config/method_check.h"
#include "config/setup_check.h"

enum { TRIES_MAX = 3 };

static const char *path_of_table(const struct config_files *files, enum table_id id)
{
	for (size_t i = 0; i < files->count; i++) {
		if (files->items[i].table == config_tables[id].name)
			return files->items[i].path;
	}
	return NULL;
}

static bool load_once(const struct setup_source *source, struct setup **ret,
		      struct problems *problems, struct error *err)
{
	unsigned partial = 0;
	AUTO_SETUP struct setup *setup = calloc(1, sizeof *setup);
	if (setup == NULL)
		return error_memory(err);
	if (!config_load(source->path, &setup->config, problems, err))
		return false;
	/* without it nobody knows which catalogue was meant */
	bool has_catalogue = !setup->config->is_unread;
	const struct key_texts none = {0};
	const struct catalogue_place place = {
		.directory = source->catalogue ? source->catalogue : setup->config->catalogue,
		.more = source->catalogue ? &none : &setup->config->catalogue_more,
	};
	if (has_catalogue &&
	    (!catalogue_load(&place, &setup->files, &setup->catalogue, &partial, problems, err) ||
	     !setup_check(setup, partial, problems, err)))
		return false;
	if (has_catalogue && source->method_at != NULL)
		method_check(setup->catalogue, source->method_at,
			     path_of_table(&setup->files, TABLE_TARGETS), problems);
	*ret = ptr_take(&setup);
	return true;
}

bool setup_load(const struct setup_source *source, struct setup **ret, struct problems *problems,
		struct error *err)
{
	for (int i = 0; i < TRIES_MAX; i++) {
		AUTO_SETUP struct setup *setup = NULL;
		problems_done(problems);
		if (!load_once(source, &setup, problems, err) || setup == NULL)
			return false;
		if (!setup_unchanged(setup))
			continue;
		if (!problems_ok(problems, err))
			return false;
		*ret = ptr_take(&setup);
		return true;
	}
	return error_set(err, ERROR_BUSY, "the files of '%s' kept changing while they were read",
			 source->path);
}

void setup_free(struct setup *setup)
{
	if (setup == NULL)
		return;
	config_free(setup->config);
	catalogue_free(&setup->catalogue);
	config_files_done(&setup->files);
	free(setup);
}

void setup_free_slot(struct setup **slot)
{
	setup_free(*slot);
}

bool setup_unchanged(const struct setup *setup)
{
	return config_files_unchanged(&setup->config->files) &&
	       config_files_unchanged(&setup->files);
}
