/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where the worker envgap-rrd is. */

#include "base/text.h"

/* The configured path (may be NULL), else beside the running program, else where it was installed.
 * For the caller to free. */
MUST_CHECK bool worker_path(const char *configured, const char *installed, char **ret,
			    struct error *err);
