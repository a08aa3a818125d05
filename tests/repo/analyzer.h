/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What clang's analyzer cannot see from one file alone, put in front of every file that it looks
 * at: recording an error is always false, and so is what returns it. */

#include "base/error.h"

#define error_set(...) ((void)(error_set)(__VA_ARGS__), false)
#define error_memory(...) ((void)(error_memory)(__VA_ARGS__), false)
#define error_errno(...) ((void)(error_errno)(__VA_ARGS__), false)
#define error_at(...) ((void)(error_at)(__VA_ARGS__), false)
#define error_within(...) ((void)(error_within)(__VA_ARGS__), false)
