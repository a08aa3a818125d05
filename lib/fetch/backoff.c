/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/backoff.h"

/* Spread the bits of a seed evenly (the finalizer of MurmurHash3), so that seeds that differ by
 * one give waits that have nothing to do with each other. */
static uint64_t mix(uint64_t x)
{
	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	x *= UINT64_C(0xc4ceb9fe1a85ec53);
	x ^= x >> 33;
	return x;
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t doubled(const struct backoff_rule *rule, int failures)
{
	int64_t wait = least(rule->base_ms, rule->cap_ms);
	for (int i = 1; i < failures && wait < rule->cap_ms; i++)
		wait = wait > rule->cap_ms / 2 ? rule->cap_ms : wait * 2;
	return wait;
}

int64_t backoff_wait_ms(const struct backoff_rule *rule, int failures, int64_t retry_after_ms,
			uint64_t seed)
{
	if (failures < 1)
		return 0;
	int64_t wait = doubled(rule, failures);
	int64_t reach = wait / 100 * rule->jitter_percent;
	wait += backoff_spread_ms(2 * reach + 1, seed) - reach;
	wait = least(wait, rule->cap_ms);
	return wait < retry_after_ms ? retry_after_ms : wait;
}

int64_t backoff_spread_ms(int64_t span_ms, uint64_t seed)
{
	return span_ms < 1 ? 0 : (int64_t)(mix(seed) % (uint64_t)span_ms);
}

uint64_t backoff_seed(const char *name, uint64_t count)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (const char *c = name; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	return hash + count;
}
