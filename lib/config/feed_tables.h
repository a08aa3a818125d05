/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The look-up tables that mappings name. */

#include "config/config.h"

/* Read and make them; their paths have been resolved.  What is wrong with a table is a problem of
 * the feed; false: memory. */
MUST_CHECK bool feed_tables_read(struct config *config, struct config_feed *feed,
				 struct problems *problems, struct error *err);
