/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A machine without a battery for its clock boots in 1970, or when it was last shut down, until the
 * network has told it the time.  What is received then would be dated wrongly for ever. */

#include "base/clock.h"
#include "daemon/log.h"

/* Wait until the clock is past the release of this program; systemd is told so, and does not lose
 * its patience.  SIGTERM and SIGINT end the waiting, then *ret_stopped is true.  Blocks both. */
MUST_CHECK bool wait_clock(const struct clock *clock, const struct log *log, bool *ret_stopped,
			   struct error *err);
