/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A desk to write at, for fuzzers of what is written: a ledger in a directory of its own, of which
 * nothing is synced. */

#include "tests/unit/desk_world.h"

/* The desk; a new one when the log of the last one has become long. */
struct desk_world *fuzz_desk(void);
