/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of milestones.csv, to their targets. */

#include "config/raw.h"

/* Check them and hang them onto the targets of `raw`, ascending.  false: memory or a ceiling. */
MUST_CHECK bool milestones_attach(const struct raw *raw, struct error *err);
