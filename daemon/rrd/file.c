/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/rrd/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "daemon/rrd/librrd.h"

enum { DIRECTORY_MODE = 0750, FILE_MODE = 0640 };

/* Mostly the directory is there: then none has to be made. */
static bool has_parent(const char *path)
{
	char parent[RRD_PATH_BYTES];
	const struct span head = {path, (size_t)(strrchr(path, '/') - path)};
	return span_copy(head, parent, sizeof parent) && access(parent, W_OK) == 0;
}

/* Make every missing directory above the last '/' of the path. */
static bool make_parents(const char *path, struct error *err)
{
	char partial[RRD_PATH_BYTES];
	if (has_parent(path))
		return true;
	for (const char *end = strchr(path + 1, '/'); end != NULL; end = strchr(end + 1, '/')) {
		struct span head = {path, (size_t)(end - path)};
		if (!span_copy(head, partial, sizeof partial))
			return error_set(err, ERROR_LIMIT, "path is longer than %d bytes",
					 RRD_PATH_BYTES);
		if (mkdir(partial, DIRECTORY_MODE) != 0 && errno != EEXIST)
			return error_errno(err, "make directory '%s'", partial);
	}
	return true;
}

static bool scratch_path(const char *state_dir, char buffer[RRD_PATH_BYTES], struct error *err)
{
	int len = snprintf(buffer, RRD_PATH_BYTES, "%s/rrd/tmp/%ld.rrd", state_dir, (long)getpid());
	if (len < 0 || len >= RRD_PATH_BYTES)
		return error_set(err, ERROR_LIMIT, "path is longer than %d bytes", RRD_PATH_BYTES);
	return true;
}

static bool fill(const char *path, const struct rrd_layout *layout, const struct rrd_rows *rows,
		 struct error *err)
{
	char number[NUMBER_BYTES];
	AUTO_WORDS struct words shape = words_new();
	words_add(&shape, "DS:value:GAUGE:%" PRId32 ":U:U", layout->step_s);
	words_add(&shape, "RRA:LAST:0:1:%" PRId32, layout->rows);
	int64_t start_s = (int64_t)rows->first * layout->step_s;
	if (!librrd_create(path, start_s, layout->step_s, &shape, err))
		return error_within(err, "create '%s'", path);
	AUTO_WORDS struct words values = words_new();
	for (size_t i = 0; i < rows->count; i++) {
		int64_t at_s = rrd_time_of_index(layout, rows->first + (int32_t)i);
		words_add(&values, "%" PRId64 ":%s", at_s,
			  isnan(rows->values[i]) ? "U" : rrd_print_value(rows->values[i], number));
	}
	if (!librrd_update(path, &values, err))
		return error_within(err, "fill '%s'", path);
	return true;
}

static bool read_rows(const char *path, const struct rrd_layout *layout, struct rrd_rows *ret,
		      struct error *err)
{
	struct librrd_rows got __attribute__((cleanup(librrd_rows_done))) = {0};
	AUTO_RRD_ROWS struct rrd_rows rows = {0};
	if (!librrd_fetch(path, layout->rows, layout->step_s, &got, err))
		return error_within(err, "file '%s' is damaged", path);
	int32_t first = rrd_index_of_time(layout, got.start_s + layout->step_s);
	if (!rrd_rows_init(&rows, first, got.count, err))
		return false;
	memcpy(rows.values, got.values, got.count * sizeof *rows.values);
	*ret = rows;
	rows = (struct rrd_rows){0};
	return true;
}

static bool check(const char *path, const struct rrd_layout *layout, const struct rrd_rows *want,
		  struct error *err)
{
	AUTO_RRD_ROWS struct rrd_rows got = {0};
	int32_t index;
	if (!read_rows(path, layout, &got, err))
		return false;
	if (!rrd_rows_equal(want, &got, &index))
		return error_set(err, ERROR_SYSTEM,
				 "period %" PRId32 " did not come back from librrd as it was given",
				 index);
	return true;
}

static bool publish(const char *scratch, const char *path, struct error *err)
{
	/* librrd gives 0644 whatever the umask says. */
	if (chmod(scratch, FILE_MODE) != 0)
		return error_errno(err, "set the mode of '%s'", scratch);
	if (rename(scratch, path) != 0)
		return error_errno(err, "rename '%s' to '%s'", scratch, path);
	return true;
}

static bool remove_file(const char *path, struct error *err)
{
	if (unlink(path) != 0 && errno != ENOENT)
		return error_errno(err, "remove '%s'", path);
	return true;
}

bool file_put(const char *state_dir, int64_t series, const struct rrd_layout *layout,
	      const struct rrd_rows *rows, size_t *ret_left_out, struct error *err)
{
	char path[RRD_PATH_BYTES], scratch[RRD_PATH_BYTES];
	size_t left_out;
	struct rrd_rows held = rrd_rows_held(rows, layout, &left_out);
	if (!rrd_path_of_series(state_dir, layout, series, path, err) ||
	    !scratch_path(state_dir, scratch, err))
		return false;
	bool done = held.count == 0 ? remove_file(path, err)
				    : make_parents(path, err) && make_parents(scratch, err) &&
					      fill(scratch, layout, &held, err) &&
					      check(scratch, layout, &held, err) &&
					      publish(scratch, path, err);
	if (!done) {
		(void)unlink(scratch);
		return false;
	}
	*ret_left_out = left_out;
	return true;
}

bool file_get(const char *state_dir, int64_t series, const struct rrd_layout *layout,
	      struct rrd_rows *ret, struct error *err)
{
	char path[RRD_PATH_BYTES];
	if (!rrd_path_of_series(state_dir, layout, series, path, err))
		return false;
	if (access(path, R_OK) == 0)
		return read_rows(path, layout, ret, err);
	if (errno != ENOENT)
		return error_errno(err, "read '%s'", path);
	return rrd_rows_init(ret, 0, 0, err);
}

static void sweep(const char *path)
{
	DIR *directory = opendir(path);
	if (directory == NULL)
		return;
	for (const struct dirent *entry = readdir(directory); entry != NULL;
	     entry = readdir(directory))
		(void)unlinkat(dirfd(directory), entry->d_name, 0);
	(void)closedir(directory);
}

bool file_claim(const char *state_dir, struct error *err)
{
	char scratch[RRD_PATH_BYTES];
	if (!scratch_path(state_dir, scratch, err) || !make_parents(scratch, err))
		return false;
	*strrchr(scratch, '/') = '\0';
	int fd = open(scratch, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return error_errno(err, "open '%s'", scratch);
	while (flock(fd, LOCK_EX) != 0) {
		if (errno == EINTR)
			continue;
		(void)error_errno(err, "lock '%s'", scratch);
		(void)close(fd);
		return false;
	}
	sweep(scratch);
	return true; /* the lock goes with the process */
}
