/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a transfer came to, once libcurl has said that it is over. */

#include "fetch/transfer.h"

/* Fill transfer->result.  `code` is how libcurl saw it end; a cause that is recorded already
 * stays. */
void verdict_reach(struct fetch_transfer *transfer, CURLcode code);

/* The same for a document that is a file, after reading it. */
void verdict_reach_file(struct fetch_transfer *transfer);
