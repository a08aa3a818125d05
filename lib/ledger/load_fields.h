/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the columns of a load for every statement that reads one. */

#include "ledger/fields.h"
#include "ledger/load.h"

/* Of `load l`. */
#define LOAD_COLUMNS "l.load_id, l.received, l.actor, l.feed_id, l.document, l.mapping, l.kind"

/* Read LOAD_COLUMNS into a zeroed load. */
void load_read_columns(struct sql *sql, struct load *ret);
