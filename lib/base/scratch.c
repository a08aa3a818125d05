/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

enum { FILES_OPEN = 8 };

bool scratch_make(char ret[SCRATCH_BYTES], struct error *err)
{
	char path[SCRATCH_BYTES];
	const char *tmp = getenv("TMPDIR");
	if (tmp == NULL || tmp[0] == '\0')
		tmp = "/tmp";
	if (snprintf(path, sizeof path, "%s/envgap-XXXXXX", tmp) >= SCRATCH_BYTES)
		return error_set(err, ERROR_LIMIT,
				 "scratch directory: TMPDIR is longer than %d bytes",
				 SCRATCH_BYTES);
	if (mkdtemp(path) == NULL)
		return error_errno(err, "scratch directory below %s", tmp);
	memcpy(ret, path, sizeof path);
	return true;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

void scratch_remove(const char *path)
{
	if (path[0] != '\0')
		(void)nftw(path, remove_one, FILES_OPEN, FTW_DEPTH | FTW_PHYS);
}
