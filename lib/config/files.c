/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/files.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_BYTES = 64 << 10, PATH_BYTES = 4096, GLOBS_MAX = 1000 };

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static int64_t ns_of(struct timespec at)
{
	return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

static bool read_all(int fd, struct text *out, struct error *err)
{
	char buffer[READ_BYTES];
	for (;;) {
		ssize_t got = read(fd, buffer, sizeof buffer);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_errno(err, "cannot be read");
		if (got == 0)
			break;
		text_add(out, buffer, (size_t)got);
	}
	return text_ok(out, "the file", err);
}

static bool cannot_open(struct error *err)
{
	if (errno == ENOENT || errno == ENOTDIR)
		return error_set(err, ERROR_NOT_FOUND, "there is no such file");
	return error_errno(err, "cannot be opened");
}

static bool append(struct config_files *files, struct config_file *file, struct error *err)
{
	if (!array_grow(&files->items, &files->room, files->count, sizeof *files->items,
			CONFIG_FILES_MAX, "files of the configuration", err))
		return false;
	files->items[files->count++] = *file;
	return true;
}

static bool append_read(struct config_files *files, struct config_file *file, const char *path,
			struct text *bytes, struct error *err)
{
	file->len = bytes->len;
	file->path = span_dup(span_of(path));
	file->bytes = bytes->len > 0 ? text_take(bytes) : span_dup(span_of(""));
	if (file->path != NULL && file->bytes != NULL && append(files, file, err))
		return true;
	free(file->path);
	free(file->bytes);
	return error_memory(err);
}

bool config_files_read(struct config_files *files, const char *path, const char *table,
		       struct span *ret_bytes, struct error *err)
{
	AUTO(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return cannot_open(err);
	struct stat st;
	if (fstat(fd, &st) != 0)
		return error_errno(err, "cannot be looked at");
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERROR_INPUT, "is not a regular file");
	AUTO_TEXT struct text bytes = text_with_limit(CONFIG_FILE_MAX_BYTES);
	if (!read_all(fd, &bytes, err))
		return false;
	struct config_file file = {.table = table,
				   .changed_ns = ns_of(st.st_ctim),
				   .modified_ns = ns_of(st.st_mtim),
				   .inode = (int64_t)st.st_ino};
	if (!append_read(files, &file, path, &bytes, err))
		return false;
	*ret_bytes = (struct span){file.bytes, file.len};
	return true;
}

bool config_files_note_missing(struct config_files *files, const char *path, const char *table,
			       struct error *err)
{
	struct config_file file = {
		.table = table, .is_missing = true, .path = span_dup(span_of(path))};
	if (file.path != NULL && append(files, &file, err))
		return true;
	free(file.path);
	return error_memory(err);
}

static bool note_glob(struct config_files *files, const char *pattern, size_t found,
		      struct error *err)
{
	if (!array_grow(&files->globs, &files->glob_room, files->glob_count, sizeof *files->globs,
			GLOBS_MAX, "include patterns", err))
		return false;
	char *copy = span_dup(span_of(pattern));
	if (copy == NULL)
		return error_memory(err);
	files->globs[files->glob_count++] = (struct config_glob){copy, found};
	return true;
}

bool config_files_glob(struct config_files *files, const char *pattern,
		       bool (*take)(void *self, const char *path, struct error *err), void *self,
		       struct error *err)
{
	AUTO(globfree) glob_t found = {0};
	int rc = glob(pattern, GLOB_ERR, NULL, &found);
	if (rc == GLOB_NOSPACE)
		return error_memory(err);
	if (rc == GLOB_ABORTED && errno != ENOENT)
		return error_errno(err, "the directory cannot be read");
	if (!note_glob(files, pattern, found.gl_pathc, err))
		return false;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		if (!take(self, found.gl_pathv[i], err))
			return false;
	}
	return true;
}

static bool is_unchanged(const struct config_file *file)
{
	struct stat st;
	if (stat(file->path, &st) != 0)
		return file->is_missing && errno == ENOENT;
	return !file->is_missing && (size_t)st.st_size == file->len &&
	       (int64_t)st.st_ino == file->inode && ns_of(st.st_mtim) == file->modified_ns &&
	       ns_of(st.st_ctim) == file->changed_ns;
}

bool config_files_unchanged(const struct config_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		if (!is_unchanged(&files->items[i]))
			return false;
	}
	for (size_t i = 0; i < files->glob_count; i++) {
		AUTO(globfree) glob_t found = {0};
		int rc = glob(files->globs[i].pattern, 0, NULL, &found);
		size_t count = rc == 0 ? found.gl_pathc : 0;
		if (count != files->globs[i].found)
			return false;
	}
	return true;
}

void config_files_done(struct config_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		free(files->items[i].path);
		free(files->items[i].bytes);
	}
	for (size_t i = 0; i < files->glob_count; i++)
		free(files->globs[i].pattern);
	free(files->items);
	free(files->globs);
	*files = (struct config_files){0};
}

char *config_path_beside(const char *beside, const char *path)
{
	const char *slash = strrchr(beside, '/');
	if (path[0] == '/' || slash == NULL)
		return span_dup(span_of(path));
	struct text out = text_with_limit(PATH_BYTES);
	text_add(&out, beside, (size_t)(slash - beside) + 1);
	text_add_string(&out, path);
	return text_take(&out);
}

bool config_path_resolve(const char *beside, char **path, struct error *err)
{
	if (*path == NULL || (*path)[0] == '/')
		return true;
	char *resolved = config_path_beside(beside, *path);
	if (resolved == NULL)
		return error_memory(err);
	free(*path);
	*path = resolved;
	return true;
}
