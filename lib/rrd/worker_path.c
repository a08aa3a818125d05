/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rrd/worker_path.h"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

static const char name[] = "envgap-rrd";

/* The directory of the running program, with its slash; "" when it is not known. */
static void own_directory(char path[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - 1);
	path[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(path, '/');
	if (slash != NULL)
		slash[1] = '\0';
}

bool worker_path(const char *configured, const char *installed, char **ret, struct error *err)
{
	char beside[PATH_MAX];
	AUTO_TEXT struct text path = text_with_limit(PATH_MAX + sizeof name);
	own_directory(beside);
	text_addf(&path, "%s%s", beside, name);
	if (!text_ok(&path, "the worker's path", err))
		return false;
	const char *found = access(path.data, X_OK) == 0 ? path.data : installed;
	*ret = span_dup(span_of(configured ? configured : found));
	return *ret != NULL || error_memory(err);
}
