/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the file system under the state directory is like. */

#include <stdint.h>

#include "base/error.h"

enum {
	LEDGER_BLOCK_BYTES_MIN = 4096, /* SQLite's shared memory file dies of SIGBUS on less */
	LEDGER_PATH_BYTES = 4096,
};

/* Bytes that we may still write there. */
MUST_CHECK bool ledger_free_bytes(const char *state_dir, int64_t *ret, struct error *err);

/* Are its blocks big enough?  ERROR_SYSTEM names both sizes. */
MUST_CHECK bool ledger_check_blocks(const char *state_dir, struct error *err);
