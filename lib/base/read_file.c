/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/read_file.h"

#include <errno.h>
#include <unistd.h>

#include "base/text.h"

enum { CHUNK_BYTES = 65536 };

bool read_file(int fd, size_t limit, char **ret, size_t *ret_len, struct error *err)
{
	char chunk[CHUNK_BYTES];
	AUTO_TEXT struct text all = text_with_limit(limit + 1);
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
