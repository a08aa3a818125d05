/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* "envgap feeds FEED --test": the daemon's dry run, whose program has the network. */

#include "tools/session.h"

/* Become "envgapd --dry-run FEED --records": comes back only when that cannot be started. */
MUST_CHECK bool try_feed_run(struct session *session, struct error *err);
