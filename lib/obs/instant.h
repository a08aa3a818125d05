/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Instants as text, always in UTC: "2026-11-22T18:05:09Z" (RFC 3339). */

#include "obs/day.h"

enum { INSTANT_BYTES = 32, DAY_SECONDS = 86400 };

/* From unix seconds.  Returns buffer. */
const char *instant_print(int64_t at, char buffer[INSTANT_BYTES]);

/* Back to unix seconds; only this spelling is read. */
MUST_CHECK bool instant_parse(struct span text, int64_t *ret, struct error *err);
