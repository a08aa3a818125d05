/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How totals are made, and what became of areas: do they point at something, and do the days fit?
 */

#include "config/raw.h"

/* Name what is wrong; false: memory. */
void check_totals(const struct raw *raw);
MUST_CHECK bool check_changes(const struct raw *raw, struct error *err);
