/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* RRD files follow the log: rebuilds the files of marked series. */

#include "intake/desk.h"
#include "rrd/client.h"

struct flush {
	struct desk *desk;
	struct rrd_client *client; /* NULL: no RRD files are kept */
};

/* Rebuild the files of at most `limit` marked series (0: of all).  *ret_more says whether marks are
 * left.  A series whose file cannot be built keeps its mark; err says why, and nothing else is
 * tried. */
MUST_CHECK bool flush_some(const struct flush *flush, size_t limit, bool *ret_more,
			   struct error *err);
