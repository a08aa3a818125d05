/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/secret.h"

#include <fcntl.h>
#include <unistd.h>

static bool read_once(const char *path, char *buffer, size_t size, size_t *ret_len,
		      struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return error_errno(err, "secret file '%s'", path);
	ssize_t len = read(fd, buffer, size);
	if (len < 0)
		(void)error_errno(err, "secret file '%s'", path);
	(void)close(fd);
	if (len < 0)
		return false;
	*ret_len = (size_t)len;
	return true;
}

bool secret_read(const char *path, char **ret, struct error *err)
{
	char buffer[SECRET_MAX_BYTES + 1];
	size_t len = 0;
	if (!read_once(path, buffer, sizeof buffer, &len, err))
		return false;
	struct span rest = {buffer, len};
	struct span line = span_trim(span_cut(&rest, '\n'));
	bool is_text = line.len > 0 && span_find_char(line, '\0') == NULL;
	char *secret = is_text && len <= SECRET_MAX_BYTES ? span_dup(line) : NULL;
	explicit_bzero(buffer, sizeof buffer);
	if (len > SECRET_MAX_BYTES)
		return error_set(err, ERROR_LIMIT, "secret file '%s' is longer than %d bytes", path,
				 SECRET_MAX_BYTES);
	if (!is_text)
		return error_set(err, ERROR_INPUT, "secret file '%s' has no text on its first line",
				 path);
	if (secret == NULL)
		return error_memory(err);
	*ret = secret;
	return true;
}
