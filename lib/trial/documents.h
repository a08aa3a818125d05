/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the bytes of a trial's documents. */

#include "trial/trial.h"

/* Read one whole, with a NUL behind; for the caller to free.  ERROR_NOT_FOUND and so on name the
 * path. */
MUST_CHECK bool document_read(const char *path, char **ret, size_t *ret_len, struct error *err);
