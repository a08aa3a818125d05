/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Changes of state, said in the log. */

#include "apply/apply.h"
#include "daemon/log.h"
#include "ledger/event.h"

/* The id of the last event; 0 when there is none. */
MUST_CHECK bool events_last(struct ledger *ledger, int64_t *ret, struct error *err);

/* Say every change of state after *last, and move *last on.  What somebody has acknowledged is said
 * at the level info and with the name, anything else as a notice. */
void say_events(const struct log *log, const struct apply *apply, int64_t *last);
