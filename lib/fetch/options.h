/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A request as libcurl options. */

#include "fetch/transfer.h"

/* Set up transfer->easy for the first hop.  ERROR_MEMORY, or ERROR_SYSTEM for an option that
 * libcurl does not take. */
MUST_CHECK bool options_set(struct fetch_transfer *transfer, const struct fetch_request *request,
			    struct error *err);

/* How much of timeout_ms is left for the hop that begins. */
MUST_CHECK bool options_set_time(struct fetch_transfer *transfer);
