/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/read_file.h"

#include <errno.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

enum { CHUNK_BYTES = 65536 };

/* A regular file says beforehand that it is too long. */
static bool check_size(int fd, size_t limit, struct error *err)
{
	struct stat status;
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) ||
	    (uintmax_t)status.st_size <= limit)
		return true;
	return error_set(err, ERROR_LIMIT,
			 "the file has %jd bytes, more than the %zu that may come at once",
			 (intmax_t)status.st_size, limit);
}

bool read_file(int fd, size_t limit, char **ret, size_t *ret_len, struct error *err)
{
	char chunk[CHUNK_BYTES];
	AUTO_TEXT struct text all = text_with_limit(limit + 1);
	if (!check_size(fd, limit, err))
		return false;
	(void)lseek(fd, 0, SEEK_SET);
	for (;;) {
		ssize_t len = read(fd, chunk, sizeof chunk);
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0)
			return error_errno(err, "cannot read the file");
		if (len == 0)
			break;
		text_add(&all, chunk, (size_t)len);
	}
	if (!text_ok(&all, "the file", err))
		return false;
	*ret_len = all.len;
	*ret = text_take(&all);
	return *ret != NULL || error_memory(err);
}
