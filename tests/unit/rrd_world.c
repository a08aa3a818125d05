/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/rrd_world.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/unit.h"

static void open_client(struct rrd_world *world, const struct rrd_client_options *options,
			struct rrd_client **ret)
{
	struct error err = {0};
	(void)world;
	if (!rrd_client_open(options, ret, &err))
		fail_msg("%s", err.text);
}

int rrd_world_setup(void **state)
{
	struct rrd_world *world = calloc(1, sizeof *world);
	assert_non_null(world);
	const char *above = getenv("TMPDIR"), *out = getenv("OUT");
	(void)snprintf(world->directory, sizeof world->directory, "%s/rrd-XXXXXX",
		       above == NULL ? "/tmp" : above);
	assert_non_null(mkdtemp(world->directory));
	(void)snprintf(world->state, sizeof world->state, "%s/state", world->directory);
	assert_int_equal(mkdir(world->state, 0750), 0);
	/* The worker has its temporary directories here, so that what it leaves is seen. */
	assert_int_equal(setenv("TMPDIR", world->state, 1), 0);
	AUTO_FREE char *here = getcwd(NULL, 0);
	const char *place = out == NULL ? "build/release" : out;
	(void)snprintf(world->worker, sizeof world->worker, "%s%s%s/envgap-rrd",
		       place[0] == '/' ? "" : here, place[0] == '/' ? "" : "/", place);
	world->clock = clock_real();
	struct rrd_client_options options = {
		.program = world->worker, .state_dir = world->state, .clock = &world->clock};
	open_client(world, &options, &world->client);
	*state = world;
	return 0;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

int rrd_world_teardown(void **state)
{
	struct rrd_world *world = *state;
	rrd_client_free(world->client);
	(void)nftw(world->directory, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	char *end = strrchr(world->directory, '/');
	*end = '\0';
	(void)setenv("TMPDIR", world->directory, 1);
	free(world);
	return 0;
}

struct rrd_client *rrd_world_script(struct rrd_world *world, const char *script, long timeout_ms,
				    int graphs_a_life)
{
	char path[RRD_WORLD_PATH_BYTES + 16];
	(void)snprintf(path, sizeof path, "%s/script", world->directory);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	(void)fprintf(file, "#!/bin/sh\nWORKER='%s' HERE='%s'\n%s\n", world->worker,
		      world->directory, script);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, 0700), 0);
	struct rrd_client_options options = {.program = path,
					     .state_dir = world->state,
					     .clock = &world->clock,
					     .timeout_ms = timeout_ms,
					     .graphs_a_life = graphs_a_life};
	struct rrd_client *client = NULL;
	open_client(world, &options, &client);
	return client;
}

static _Noreturn void become_rrdtool(const char *const *words, int out)
{
	char *argv[16] = {strdup("rrdtool")};
	for (size_t i = 0; words[i] != NULL && i + 2 < COUNT_OF(argv); i++)
		argv[i + 1] = strdup(words[i]);
	(void)dup2(out, STDOUT_FILENO);
	(void)execvp("rrdtool", argv);
	_exit(127);
}

void rrd_world_rrdtool(const char *const *words, struct text *out)
{
	int ends[2], status = 0;
	char bytes[4096];
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		become_rrdtool(words, ends[1]);
	(void)close(ends[1]);
	for (ssize_t got; (got = read(ends[0], bytes, sizeof bytes)) > 0;)
		text_add(out, bytes, (size_t)got);
	(void)close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int rrd_world_entries(const char *path)
{
	DIR *directory = opendir(path);
	if (directory == NULL)
		return -1;
	int count = 0;
	for (const struct dirent *entry = readdir(directory); entry != NULL;
	     entry = readdir(directory))
		count += entry->d_name[0] != '.';
	(void)closedir(directory);
	return count;
}
