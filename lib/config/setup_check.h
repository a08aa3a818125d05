/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Feeds against the catalogue: is everything there that they name? */

#include "config/setup.h"

/* `partial` as from catalogue_load: nothing is said about what may be in those tables.  false:
 * memory. */
MUST_CHECK bool setup_check(const struct setup *setup, unsigned partial, struct problems *problems,
			    struct error *err);
