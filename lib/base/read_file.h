/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A whole file into memory. */

#include "base/error.h"

#include <stddef.h>

/* Everything from the descriptor's beginning (or, for a pipe, from where it is), at most `limit`
 * bytes, with a NUL behind.  For the caller to free.  ERROR_LIMIT, ERROR_SYSTEM. */
MUST_CHECK bool read_file(int fd, size_t limit, char **ret, size_t *ret_len, struct error *err);
