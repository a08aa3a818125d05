/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* `file:` documents: regular files below one directory. */

#include "base/spool.h"
#include "fetch/cause.h"

/* Is the URL a file: one? */
bool file_is_url(const char *url);

/* Read the file that `url` names (`file:a/b` below root, `file:/x/a/b` or `file:///x/a/b` anywhere,
 * which then has to be below root; %-escapes are not decoded) onto `body`.  ERROR_REFUSED when it
 * is not below root or not a regular file, what spool_add says when it cannot be taken, else what
 * the kernel says; *ret_cause is what to call it.  Messages name no path of a document. */
MUST_CHECK bool file_read(const char *root, const char *url, struct spool *body,
			  enum fetch_cause *ret_cause, struct error *err);
