/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { FILE_MODE = 0600 };

bool spool_init(struct spool *spool, const char *directory, size_t limit_bytes, struct error *err)
{
	struct spool made = {.limit_bytes = limit_bytes};
	if (directory != NULL) {
		made.directory = span_dup(span_of(directory));
		if (made.directory == NULL)
			return error_memory(err);
	}
	made.held = text_with_limit(limit_bytes + 1);
	*spool = made;
	return true;
}

size_t spool_len(const struct spool *spool)
{
	return spool->file_bytes + spool->held.len;
}

/* Where a file cannot be made without a name it loses it at once. */
static int open_named(const char *directory)
{
	AUTO_TEXT struct text path = text_with_limit(4096);
	text_addf(&path, "%s/spool.XXXXXX", directory);
	if (!text_ok(&path, "a path", NULL))
		return -1;
	int fd = mkostemp(path.data, O_CLOEXEC);
	if (fd >= 0)
		(void)unlink(path.data);
	return fd;
}

static bool open_file(struct spool *spool, struct error *err)
{
	if (spool->file > 0)
		return true;
	int fd = open(spool->directory, O_TMPFILE | O_RDWR | O_CLOEXEC, FILE_MODE);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR))
		fd = open_named(spool->directory);
	if (fd < 0)
		return error_errno(err, "a temporary file in '%s'", spool->directory);
	spool->file = fd;
	return true;
}

static bool write_out(struct spool *spool, struct error *err)
{
	struct span rest = text_span(&spool->held);
	if (rest.len > 0 && !open_file(spool, err))
		return false;
	while (rest.len > 0) {
		ssize_t written =
			pwrite(spool->file, rest.start, rest.len, (off_t)spool->file_bytes);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return error_errno(err, "a temporary file in '%s' cannot be written",
					   spool->directory);
		rest.start += written;
		rest.len -= (size_t)written;
		spool->file_bytes += (size_t)written;
	}
	text_clear(&spool->held);
	return true;
}

bool spool_add(struct spool *spool, struct span bytes, struct error *err)
{
	if (bytes.len > spool->limit_bytes - spool_len(spool))
		return error_set(err, ERROR_LIMIT, "the document has more than %zu bytes",
				 spool->limit_bytes);
	if (spool->directory != NULL && spool->held.len > 0 &&
	    spool->held.len + bytes.len > SPOOL_MEMORY_BYTES && !write_out(spool, err))
		return false;
	if (bytes.len == 0)
		return true;
	text_add(&spool->held, bytes.start, bytes.len);
	return text_ok(&spool->held, "the document", err);
}

void spool_clear(struct spool *spool)
{
	text_clear(&spool->held);
	spool->file_bytes = 0;
	if (spool->file > 0)
		(void)close(spool->file);
	spool->file = 0;
}

struct spool spool_take(struct spool *from)
{
	struct spool taken = *from;
	*from = (struct spool){0};
	return taken;
}

bool spool_read(const struct spool *spool, size_t at, char *buffer, size_t room, struct span *ret,
		struct error *err)
{
	if (at >= spool->file_bytes) {
		size_t from = at - spool->file_bytes;
		size_t len = from < spool->held.len ? spool->held.len - from : 0;
		*ret = (struct span){len > 0 ? spool->held.data + from : "",
				     len < room ? len : room};
		return true;
	}
	if (room > spool->file_bytes - at)
		room = spool->file_bytes - at;
	ssize_t got;
	do {
		got = pread(spool->file, buffer, room, (off_t)at);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_errno(err, "a temporary file cannot be read");
	if (got == 0)
		return error_set(err, ERROR_SYSTEM, "a temporary file has become shorter");
	*ret = (struct span){buffer, (size_t)got};
	return true;
}

void spool_done(struct spool *spool)
{
	spool_clear(spool);
	text_done(&spool->held);
	free(spool->directory);
	*spool = (struct spool){0};
}
