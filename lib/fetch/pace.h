/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How often and how many at once one host is asked.  Plain arithmetic over times that the caller
 * gives (monotonic milliseconds). */

#include <stdint.h>

#include "base/text.h"

enum { PACE_HOSTS_MAX = 10000, PACE_BUDGET_MAX = 1000 };

/* 0 in a field: no such bound. */
struct pace_rule {
	int max_running;  /* requests to the host at once */
	int budget;	  /* requests ... */
	int64_t per_ms;	  /* ... in any span of so long */
	int64_t apart_ms; /* from one start to the next, at least */
};

struct pace;

/* An empty table.  ERROR_MEMORY. */
MUST_CHECK bool pace_new(struct pace **ret, struct error *err);
void pace_free(struct pace *pace);

#define AUTO_PACE AUTO(pace_free_slot)

/* pace_free() for AUTO_PACE. */
void pace_free_slot(struct pace **slot);

/* Set the rule of a host (compared as written; the caller lower-cases).  What is known about it
 * stays, unless the budget changes: then the span begins anew.  ERROR_LIMIT beyond
 * PACE_HOSTS_MAX, ERROR_INPUT for a budget over PACE_BUDGET_MAX. */
MUST_CHECK bool pace_set(struct pace *pace, const char *host, const struct pace_rule *rule,
			 struct error *err);

/* How long to wait before the host of this name may be asked: 0 now; PACE_WHEN_DONE until one of
 * its running requests ends; otherwise milliseconds.  A host without a rule may be asked at once.
 */
int64_t pace_wait_ms(const struct pace *pace, const char *name, int64_t now_ms);

#define PACE_WHEN_DONE INT64_C(-1)

/* A request to the host begins, or ends. */
void pace_started(struct pace *pace, const char *name, int64_t now_ms);
void pace_ended(struct pace *pace, const char *name);

/* The host wants rest: nothing before `until_ms`.  Never shortens an earlier wish. */
void pace_rest(struct pace *pace, const char *name, int64_t until_ms);
