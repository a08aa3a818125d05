/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Budgets of requests that feeds share, beside the pace of their hosts.  A feed without a budget
 * may always ask. */

#include "config/config.h"
#include "fetch/pace.h"

/* Make the feed's budget known. */
MUST_CHECK bool budget_set(struct pace *pace, const struct config_feed *feed, struct error *err);

/* Milliseconds until it has room; 0: now. */
int64_t budget_wait_ms(const struct pace *pace, const struct config_feed *feed, int64_t now_ms);

/* A request of the feed begins, or began in an earlier life of the daemon. */
void budget_started(struct pace *pace, const struct config_feed *feed, int64_t now_ms);
