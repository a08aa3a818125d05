/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Promises to the compiler that the whole tree relies on (GCC and Clang). */

#include <string.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define AUTO(done) __attribute__((cleanup(done)))
/* For a large local array that is written before it is read. */
#define UNINITIALISED __attribute__((uninitialized))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Take the pointer out of *slot and leave NULL behind, so that the slot's AUTO() cleanup has
 * nothing left to free. */
static inline void *ptr_take(void *slot)
{
	void *taken;
	memcpy(&taken, slot, sizeof taken);
	memset(slot, 0, sizeof taken);
	return taken;
}
