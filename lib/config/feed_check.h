/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What no single key of a feed can say: do they fit together, and with the root's? */

#include "config/config.h"

/* Check one feed; puts its breakdown in canonical order and sets file_root. */
void feed_check(const struct config *config, struct config_feed *feed, struct problems *problems);

/* Is every id there once? */
MUST_CHECK bool feed_check_ids(const struct config *config, struct problems *problems,
			       struct error *err);

/* Add a problem at the line of a key (or of an entry of a map) of the feed. */
void feed_problem(struct problems *problems, enum problem_level level,
		  const struct config_feed *feed, const char *key, int entry, const char *fmt, ...)
	PRINTF_LIKE(6, 7);
