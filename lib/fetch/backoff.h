/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How long to wait before asking again.  Plain arithmetic; the same seed gives the same wait, so
 * that a due time can be recomputed and a test can say what it will be. */

#include <stdint.h>

struct backoff_rule {
	int64_t base_ms;    /* after the first failure */
	int64_t cap_ms;	    /* the wait stops growing here; jitter included */
	int jitter_percent; /* 0..50: the wait lies within so much of what it would be */
};

/* Wait after `failures` (1 or more) in a row: base * 2^(failures-1), at most cap, moved by the
 * jitter that `seed` gives but never more than cap; not less than what the host asked for
 * (retry_after_ms, 0: nothing; RFC 9110, 10.2.3), whatever the cap.  0 for no failures. */
int64_t backoff_wait_ms(const struct backoff_rule *rule, int failures, int64_t retry_after_ms,
			uint64_t seed);

/* Where in 0 .. span_ms - 1 this seed falls: spreads feeds of one interval over it.  0 for a span
 * below 1. */
int64_t backoff_spread_ms(int64_t span_ms, uint64_t seed);

/* A seed from a name, such as a feed's id (FNV-1a), and a count. */
uint64_t backoff_seed(const char *name, uint64_t count);
