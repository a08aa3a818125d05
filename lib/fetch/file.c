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
		return error_errno(err, "no such file");
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

static bool read_all(int fd, struct text *body, struct error *err)
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
		text_add(body, chunk, (size_t)got);
		if (!text_ok(body, "the file", err))
			return false;
	}
}

bool file_read(const char *root, const char *url, struct text *body, struct error *err)
{
	char path[PATH_MAX];
	if (!place(root, url, path, err))
		return false;
	/* O_NONBLOCK: a FIFO must not hold us up before we know what it is */
	AUTO(close_slot) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat about;
	if (fd < 0 || fstat(fd, &about) != 0)
		return error_errno(err, "cannot be opened");
	if (!S_ISREG(about.st_mode))
		return error_set(err, ERROR_REFUSED, "it is not a regular file");
	return read_all(fd, body, err);
}
