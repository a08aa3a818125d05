/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside this room only: the columns of a series for every statement that reads one. */

#include "ledger/fields.h"
#include "ledger/series.h"

/* Of `series s`. */
#define SERIES_COLUMNS "s.series_id, s.indicator_id, s.breakdown, s.area_id"

/* Read SERIES_COLUMNS into a zeroed series. */
void series_read_columns(struct sql *sql, struct series *ret);
