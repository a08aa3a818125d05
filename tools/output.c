/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/output.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUTPUT_MODE = 0666 };

static bool write_all(int fd, struct span bytes)
{
	while (bytes.len > 0) {
		ssize_t written = write(fd, bytes.start, bytes.len);
		if (written <= 0)
			return false;
		bytes.start += written;
		bytes.len -= (size_t)written;
	}
	return true;
}

bool output_write(const char *path, struct span bytes, struct error *err)
{
	char beside[PATH_MAX];
	int len = snprintf(beside, sizeof beside, "%s.XXXXXX", path);
	if (len < 0 || len >= (int)sizeof beside)
		return error_set(err, ERROR_INPUT, "-o: the path is too long");
	int fd = mkstemp(beside);
	if (fd < 0)
		return error_errno(err, "%s", path);
	mode_t mask = umask(0);
	(void)umask(mask);
	bool done = write_all(fd, bytes) && fchmod(fd, OUTPUT_MODE & ~mask) == 0 && fsync(fd) == 0;
	done = close(fd) == 0 && done;
	if (done && rename(beside, path) == 0)
		return true;
	(void)error_errno(err, "%s", path);
	(void)unlink(beside);
	return false;
}
