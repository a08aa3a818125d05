/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Changes of state, said in the log. */

#include "daemon/log.h"
#include "intake/desk.h"
#include "ledger/event.h"

/* The id of the last event; 0 when there is none. */
MUST_CHECK bool events_last(struct ledger *ledger, int64_t *ret, struct error *err);

/* Say every change of state after *last, and move *last on. */
void say_events(const struct log *log, const struct desk *desk, int64_t *last);
