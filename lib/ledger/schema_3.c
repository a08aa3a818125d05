/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/schema_3.h"

#include <stddef.h>

/* Acknowledgements are few among many events: their index has only them. */
#define EVENT_INPUTS                                                                               \
	"ALTER TABLE event ADD COLUMN method TEXT;"                                                \
	"ALTER TABLE event ADD COLUMN symbol TEXT;"                                                \
	"ALTER TABLE event ADD COLUMN value REAL;"                                                 \
	"ALTER TABLE event ADD COLUMN target_value REAL;"                                          \
	"ALTER TABLE event ADD COLUMN measure REAL;"                                               \
	"ALTER TABLE event ADD COLUMN used_count INTEGER;"                                         \
	"ALTER TABLE event ADD COLUMN used_from INTEGER;"                                          \
	"ALTER TABLE event ADD COLUMN used_to INTEGER;"                                            \
	"CREATE INDEX event_ack ON event (target_id, area_id, event_id)"                           \
	" WHERE kind IN ('ack', 'unack');"

const char *const SCHEMA_STEP_3[] = {EVENT_INPUTS, NULL};
