/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Areas, their codes and members: do they point at something, and does no code mean two areas at
 * once? */

#include "config/raw.h"

/* false: memory. */
MUST_CHECK bool check_places(const struct raw *raw, struct error *err);
