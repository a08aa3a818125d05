/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Runs that end by themselves. */

#include "daemon/daemon.h"

/* --once: poll every enabled feed now, judge, bring the RRD files up to date.  *ret_failed counts
 * the feeds that failed. */
MUST_CHECK bool once_run(struct daemon *daemon, size_t *ret_failed, struct error *err);
