/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A directory of our own below $TMPDIR, for what is thrown away again. */

#include "base/error.h"

enum { SCRATCH_BYTES = 256 };

/* Make one that only we may read; its path is written into `ret`. */
MUST_CHECK bool scratch_make(char ret[SCRATCH_BYTES], struct error *err);

/* Remove it with everything in it, as far as possible; "" is fine. */
void scratch_remove(const char *path);
