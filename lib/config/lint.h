/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What libconfig takes without a word although it cannot be meant: whole numbers that it wraps
 * around at 32 bits, @include (whose file nobody would watch), text that is never closed. */

#include "base/text.h"

/* The first such thing: ERROR_INPUT with its line. */
MUST_CHECK bool lint_check(struct span document, struct error *err);
