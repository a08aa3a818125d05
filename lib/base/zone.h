/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Time zones of the machine's zoneinfo (TZif, RFC 8536).  Process-wide TZ is not touched. */

#include <stdint.h>

#include "base/text.h"

enum { ZONE_NAME_BYTES = 64, ZONE_FILE_MAX_BYTES = 1 << 20 };

/* A time zone by its IANA name. */
struct zone;

#define AUTO_ZONE AUTO(zone_free_slot)

/* ERROR_INPUT when there is no zone of this name.  "UTC" is always there, also without files.
 * zone_free() it. */
MUST_CHECK bool zone_open(const char *name, struct zone **ret, struct error *err);

/* A zone from the bytes of a TZif file, for zone_open and for tests.  zone_free() it. */
MUST_CHECK bool zone_read(const void *bytes, size_t len, struct zone **ret, struct error *err);

/* NULL is fine. */
void zone_free(struct zone *zone);

/* For AUTO_ZONE: frees *slot. */
void zone_free_slot(struct zone **slot);

/* Seconds to add to UTC at this instant. */
int32_t zone_offset_s(const struct zone *zone, int64_t at);

/* The civil day (1970-01-01 = 0) at this instant, held within int32_t. */
int32_t zone_day(const struct zone *zone, int64_t at);

/* The seconds since that day's midnight. */
int32_t zone_second_of_day(const struct zone *zone, int64_t at);
