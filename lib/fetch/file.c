/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK_BYTES = 64 << 10 };

static const char scheme[] = "file:";

bool file_is_url(const char *url)
{
	return strncasecmp(url, scheme, sizeof scheme - 1) == 0;
}

/* The path behind file: and an empty host. */
static const char *path_of(const char *url)
{
	const char *path = url + sizeof scheme - 1;
	return strncmp(path, "//", 2) == 0 ? path + 2 : path;
}

static bool is_below(const char *path, const char *root)
{
	size_t len = strlen(root);
	return strncmp(path, root, len) == 0 && (path[len] == '/' || root[len - 1] == '/');
}

/* realpath() found nothing at the path. */
static bool not_there(const char *root, const char *path, struct error *err)
{
	if (errno != ENOENT && errno != ENOTDIR)
		return error_errno(err, "it cannot be found");
	return path[0] == '/' ? error_set(err, ERROR_SYSTEM, "no such file")
			      : error_set(err, ERROR_SYSTEM, "no such file in '%s'", root);
}

/* Where the file really is, links followed; only when that is below the root. */
static bool place(const char *root, const char *url, char ret[PATH_MAX], struct error *err)
{
	const char *path = path_of(url);
	char real_root[PATH_MAX], joined[PATH_MAX], real[PATH_MAX];
	if (realpath(root, real_root) == NULL)
		return error_errno(err, "the directory for file: '%s'", root);
	int len = path[0] == '/' ? snprintf(joined, sizeof joined, "%s", path)
				 : snprintf(joined, sizeof joined, "%s/%s", real_root, path);
	if (len < 0 || (size_t)len >= sizeof joined)
		return error_set(err, ERROR_REFUSED, "its path is longer than %d bytes", PATH_MAX);
	if (realpath(joined, real) == NULL)
		return not_there(real_root, path, err);
	if (!is_below(real, real_root))
		return error_set(err, ERROR_REFUSED, "it is not below '%s'", root);
	memcpy(ret, real, strlen(real) + 1);
	return true;
}

static void close_slot(const int *slot)
{
	if (*slot >= 0)
		close(*slot);
}

static enum fetch_cause cause_of(enum error_code code, enum fetch_cause otherwise)
{
	if (code == ERROR_REFUSED)
		return FETCH_CAUSE_NOT_ALLOWED;
	if (code == ERROR_LIMIT)
		return FETCH_CAUSE_TOO_LARGE;
	return code == ERROR_MEMORY ? FETCH_CAUSE_INTERNAL : otherwise;
}

static bool keep(struct spool *body, struct span bytes, enum fetch_cause *ret_cause,
		 struct error *err)
{
	if (spool_add(body, bytes, err))
		return true;
	*ret_cause = cause_of(err->code, FETCH_CAUSE_STORAGE);
	return false;
}

static bool read_all(int fd, struct spool *body, enum fetch_cause *ret_cause, struct error *err)
{
	AUTO_FREE char *chunk = malloc(CHUNK_BYTES);
	if (chunk == NULL)
		return error_memory(err);
	for (;;) {
		ssize_t got = read(fd, chunk, CHUNK_BYTES);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_errno(err, "cannot be read");
		if (got == 0)
			return true;
		if (!keep(body, (struct span){chunk, (size_t)got}, ret_cause, err))
			return false;
	}
}

static bool open_regular(const char *path, int *ret, struct error *err)
{
	struct stat about;
	/* O_NONBLOCK: a FIFO must not hold us up before we know what it is */
	*ret = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (*ret < 0 || fstat(*ret, &about) != 0)
		return error_errno(err, "cannot be opened");
	return S_ISREG(about.st_mode) || error_set(err, ERROR_REFUSED, "it is not a regular file");
}

bool file_read(const char *root, const char *url, struct spool *body, enum fetch_cause *ret_cause,
	       struct error *err)
{
	char path[PATH_MAX];
	AUTO(close_slot) int fd = -1;
	if (!place(root, url, path, err) || !open_regular(path, &fd, err)) {
		*ret_cause = cause_of(err->code, FETCH_CAUSE_FILE);
		return false;
	}
	*ret_cause = FETCH_CAUSE_FILE;
	return read_all(fd, body, ret_cause, err);
}
