/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/desk.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "assess/method.h"
#include "base/version.h"

enum { LOCK_WAIT_MS = 5000, DIRECTORY_MODE = 0750 };

void desk_close(struct desk *desk)
{
	ledger_close(&desk->ledger);
	writer_lock_free(&desk->lock);
	zone_free(desk->zone);
	catalogue_free(&desk->before);
	setup_free(desk->setup);
	free(desk->path);
	*desk = (struct desk){0};
}

struct intake desk_intake(const struct desk *desk, int64_t now, const char *actor)
{
	return (struct intake){.apply = {.ledger = desk->ledger,
					 .catalogue = desk->setup->catalogue,
					 .zone = desk->zone,
					 .now = now,
					 .actor = actor},
			       .config = desk->setup->config};
}

/* The tables that the setup was read from, as the archive keeps them. */
static bool put_in_force(struct desk *desk, const struct setup *setup, const struct apply *apply,
			 bool *ret_changed, struct error *err)
{
	struct catalogue *before = NULL;
	const struct config_files *read = &setup->files;
	AUTO_FREE struct apply_file *files = calloc(read->count ? read->count : 1, sizeof *files);
	size_t count = 0;
	if (files == NULL)
		return error_memory(err);
	for (size_t i = 0; i < read->count; i++) {
		const struct config_file *file = &read->items[i];
		if (!file->is_missing)
			files[count++] = (struct apply_file){file->path, {file->bytes, file->len}};
	}
	struct load load;
	if (!apply_catalogue(apply, files, count, &before, ret_changed, err))
		return false;
	if (before != NULL) {
		catalogue_free(&desk->before);
		desk->before = before;
	}
	if (!load_last(apply->ledger, LOAD_CATALOGUE, NULL, &load, err))
		return false;
	desk->tables = load.document;
	return true;
}

/* A first start makes the directory; its parent has to be there. */
static bool make_directory(const char *path, struct error *err)
{
	if (mkdir(path, DIRECTORY_MODE) == 0 || errno == EEXIST)
		return true;
	return error_errno(err, "state_dir '%s' cannot be made", path);
}

static bool open_ledger(struct desk *desk, const char *directory, int64_t now, struct error *err)
{
	const struct ledger_build build = {.program = "envgap " ENVGAP_VERSION, .now = now};
	return writer_lock_take(directory, LOCK_WAIT_MS, &desk->lock, err) &&
	       ledger_open_writer(desk->lock, &build, &desk->ledger, err);
}

bool desk_begin(struct desk *desk, int64_t now, const char *actor, struct error *err)
{
	bool changed = false;
	const struct intake intake = desk_intake(desk, now, actor);
	return put_in_force(desk, desk->setup, &intake.apply, &changed, err);
}

static bool read_setup(const char *path, struct setup **ret, struct problems *problems,
		       struct error *err)
{
	const struct setup_source source = {.path = path, .method_at = method_name_at};
	return setup_load(&source, ret, problems, err);
}

bool desk_open_blank(const char *path, int64_t now, struct desk *ret, struct problems *problems,
		     struct error *err)
{
	AUTO_DESK struct desk desk = {.path = span_dup(span_of(path))};
	if (desk.path == NULL)
		return error_memory(err);
	if (!read_setup(path, &desk.setup, problems, err) ||
	    !zone_open(desk.setup->config->timezone, &desk.zone, err) ||
	    !intake_check_time(now, err) || !make_directory(desk.setup->config->state_dir, err) ||
	    !open_ledger(&desk, desk.setup->config->state_dir, now, err))
		return false;
	*ret = desk;
	desk = (struct desk){0};
	return true;
}

bool desk_open(const char *path, int64_t now, const char *actor, struct desk *ret,
	       struct problems *problems, struct error *err)
{
	AUTO_DESK struct desk desk = {0};
	if (!desk_open_blank(path, now, &desk, problems, err) ||
	    !desk_begin(&desk, now, actor, err))
		return false;
	*ret = desk;
	desk = (struct desk){0};
	return true;
}

bool desk_open_scratch(struct setup **setup, const char *directory, int64_t now, const char *actor,
		       struct desk *ret, struct error *err)
{
	AUTO_DESK struct desk desk = {.setup = ptr_take(setup)};
	if (!zone_open(desk.setup->config->timezone, &desk.zone, err) ||
	    !open_ledger(&desk, directory, now, err) || !desk_begin(&desk, now, actor, err))
		return false;
	*ret = desk;
	desk = (struct desk){0};
	return true;
}

static void warn_of_fixed(const struct setup *before, const struct setup *after,
			  struct problems *problems)
{
	const struct {
		const char *key, *before, *after;
	} fixed[] = {
		{"state_dir", before->config->state_dir, after->config->state_dir},
		{"run_dir", before->config->run_dir, after->config->run_dir},
	};
	for (size_t i = 0; i < COUNT_OF(fixed); i++) {
		if (strcmp(fixed[i].before, fixed[i].after) != 0)
			problem_add(problems, PROBLEM_WARNING, after->config->path, 0,
				    "%s cannot change while the daemon runs: '%s' stays in use "
				    "until a restart",
				    fixed[i].key, fixed[i].before);
	}
}

bool desk_reload(struct desk *desk, int64_t now, const char *actor, struct problems *problems,
		 bool *ret_changed, struct error *err)
{
	AUTO_SETUP struct setup *setup = NULL;
	struct zone *zone = NULL;
	if (!read_setup(desk->path, &setup, problems, err) ||
	    !zone_open(setup->config->timezone, &zone, err))
		return false;
	struct intake intake = desk_intake(desk, now, actor);
	intake.apply.catalogue = setup->catalogue;
	intake.apply.zone = zone;
	if (!put_in_force(desk, setup, &intake.apply, ret_changed, err)) {
		zone_free(zone);
		return false;
	}
	warn_of_fixed(desk->setup, setup, problems);
	setup_free(desk->setup);
	zone_free(desk->zone);
	desk->setup = ptr_take(&setup);
	desk->zone = zone;
	return true;
}
