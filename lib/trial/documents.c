/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial/documents.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/read_file.h"

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

bool document_read(const char *path, char **ret, size_t *ret_len, struct error *err)
{
	AUTO(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_errno(err, "%s", path);
	return read_file(fd, TRIAL_DOCUMENT_MAX_BYTES, ret, ret_len, err) ||
	       error_within(err, "%s", path);
}
