/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fakes/http/files.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct {
	const char *ending, *type;
} types[] = {
	{".csv", "text/csv; charset=utf-8"},   {".html", "text/html; charset=utf-8"},
	{".json", "application/json"},	       {".svg", "image/svg+xml"},
	{".txt", "text/plain; charset=utf-8"}, {".xml", "application/xml"},
};

static const char *type_of(const char *path)
{
	size_t len = strlen(path);
	for (size_t i = 0; i < COUNT_OF(types); i++) {
		size_t ending = strlen(types[i].ending);
		if (len > ending && strcmp(path + len - ending, types[i].ending) == 0)
			return types[i].type;
	}
	return "application/octet-stream";
}

/* A regular file below the directory, or -1. */
static int open_file(const char *dir, struct span path, struct stat *ret_about)
{
	char name[PATH_MAX];
	int len = snprintf(name, sizeof name, "%s%.*s", dir, SPAN_ARGS(path));
	if (len < 0 || (size_t)len >= sizeof name || strstr(name + strlen(dir), "..") != NULL)
		return -1;
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0 && (fstat(fd, ret_about) != 0 || !S_ISREG(ret_about->st_mode))) {
		close(fd);
		return -1;
	}
	return fd;
}

static void put_content(struct connection *c, int fd)
{
	char chunk[65536];
	ssize_t got;
	while ((got = read(fd, chunk, sizeof chunk)) > 0)
		text_add(&c->out, chunk, (size_t)got);
}

/* Further header lines of a file are those of the file beside it that ends in ".head". */
static void add_head(const char *dir, struct span path, char *more, size_t size)
{
	char beside[PATH_MAX];
	struct stat about;
	size_t used = strlen(more);
	int len = snprintf(beside, sizeof beside, "%.*s.head", SPAN_ARGS(path));
	if (len < 0 || (size_t)len >= sizeof beside)
		return;
	int fd = open_file(dir, span_of(beside), &about);
	if (fd < 0)
		return;
	ssize_t got = read(fd, more + used, size - used - 1);
	more[used + (got > 0 ? (size_t)got : 0)] = '\0';
	close(fd);
}

static void put_file(const char *dir, struct connection *c, const struct request *request,
		     struct span found, int fd, const struct stat *about)
{
	char etag[64], date[64], more[2048];
	struct tm tm;
	snprintf(etag, sizeof etag, "\"%llx-%llx\"", (unsigned long long)about->st_size,
		 (unsigned long long)about->st_mtim.tv_sec * 1000000000ULL +
			 (unsigned long long)about->st_mtim.tv_nsec);
	strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT",
		 gmtime_r(&about->st_mtim.tv_sec, &tm));
	char path[PATH_MAX];
	(void)!span_copy(request->path, path, sizeof path);
	snprintf(more, sizeof more, "Content-Type: %s\r\nETag: %s\r\nLast-Modified: %s\r\n",
		 type_of(path), etag, date);
	add_head(dir, found, more, sizeof more);
	struct span match = request_header(request, "If-None-Match");
	struct span since = request_header(request, "If-Modified-Since");
	if (match.len > 0 ? span_is(match, etag) : span_is(since, date)) {
		text_addf(&c->out, "HTTP/1.1 304 Not Modified\r\n%s\r\n", more);
		return;
	}
	connection_put_head(c, 200, more, (size_t)about->st_size);
	put_content(c, fd);
}

void files_answer(const struct site *site, struct connection *c, const struct request *request)
{
	/* path and query are one piece of the request line: a file may be named after both */
	struct span both = {request->path.start, request->path.len};
	if (request->query.len > 0)
		both.len += 1 + request->query.len;
	struct stat about;
	int fd = -1;
	if (site->dir != NULL)
		fd = open_file(site->dir, both, &about);
	if (fd < 0 && site->dir != NULL) {
		both = request->path;
		fd = open_file(site->dir, both, &about);
	}
	if (fd < 0) {
		connection_put_status(c, 404, "");
		return;
	}
	put_file(site->dir, c, request, both, fd, &about);
	close(fd);
}
