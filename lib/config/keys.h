/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The keys of envgap.conf: what the manual lists and the reader knows. */

#include "base/keys.h"

/* Into struct config. */
extern const struct key config_root_keys[];

/* Into struct config: what an included file may have. */
extern const struct key config_included_keys[];

/* Into struct config_feed. */
extern const struct key config_feed_keys[];
