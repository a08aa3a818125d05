/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Series whose RRD file is behind the log. */

#include "ledger/ledger.h"

struct rrd_dirty {
	int64_t series;
	int64_t seq; /* the highest row that its file may lack */
};

/* The series has rows up to seq that its file may lack. */
MUST_CHECK bool rrd_dirty_mark(struct ledger *ledger, struct rrd_dirty mark, struct error *err);

/* Mark every series that has a row. */
MUST_CHECK bool rrd_dirty_mark_all(struct ledger *ledger, struct error *err);

/* Its file now holds everything up to mark.seq; a later mark stays. */
MUST_CHECK bool rrd_dirty_clear(struct ledger *ledger, struct rrd_dirty mark, struct error *err);

/* The marked ones with series above `after`, in order of id, at most `room` of them into marks. */
MUST_CHECK bool rrd_dirty_list(struct ledger *ledger, int64_t after, struct rrd_dirty *marks,
			       size_t room, size_t *ret_count, struct error *err);

/* How many are marked. */
MUST_CHECK bool rrd_dirty_count(struct ledger *ledger, int64_t *ret, struct error *err);
