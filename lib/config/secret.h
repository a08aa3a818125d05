/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Secrets live in files of their own, so that no configuration, row or message holds one. */

#include "base/text.h"

enum { SECRET_MAX_BYTES = 4096 };

/* Read a secret: the file's first line without blanks at its ends.  The message never holds any of
 * it.  For the caller to free. */
MUST_CHECK bool secret_read(const char *path, char **ret, struct error *err);
