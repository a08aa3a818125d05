/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One failure, told to a person: what went wrong, where, what would have been right.
 *
 * A function that can fail for more than one reason takes `struct error *err` as its last
 * parameter and returns false.  The first failure wins; callers on the way up only add where they
 * were (error_within).  `err` may be NULL.  Texts quote what was found in '...', and end without a
 * full stop. */

#include <stdbool.h>

#include "base/attr.h"

enum error_code {
	ERROR_NONE,
	ERROR_INPUT,	  /* what we were given is not what it should be (exit 2) */
	ERROR_REFUSED,	  /* understood, and the answer is no (exit 1) */
	ERROR_NOT_FOUND,  /* the id, file or row that was named is not there (exit 2) */
	ERROR_LIMIT,	  /* a named ceiling of ours was reached (exit 3) */
	ERROR_BUSY,	  /* somebody else is the writer, or a lock was not got (exit 3) */
	ERROR_PERMISSION, /* the kernel said: not you (exit 3) */
	ERROR_VERSION,	  /* made by a newer program (exit 3) */
	ERROR_SYSTEM,	  /* the kernel or a library said no (exit 3) */
	ERROR_MEMORY,	  /* no memory (exit 3) */
};

enum { ERROR_TEXT_BYTES = 512 };

struct error {
	enum error_code code;
	int line, column; /* 1-based; 0 = not about a place in a text */
	char text[ERROR_TEXT_BYTES];
};

/* Record a failure unless one is recorded already.  Always returns false, so that a caller can
 * `return error_set(...)`. */
bool error_set(struct error *err, enum error_code code, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* Record ERROR_MEMORY with "no memory".  Always false. */
bool error_memory(struct error *err);

/* Record "WHAT: strerror(errno)" as ERROR_SYSTEM, or as ERROR_PERMISSION for EACCES and EPERM.
 * Always false. */
bool error_errno(struct error *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Say where in the text it happened, unless that is known already.  Always false. */
bool error_at(struct error *err, int line, int column);

/* Put "context: " in front of the recorded failure; if both do not fit the context is cut, never
 * the cause.  Always false. */
bool error_within(struct error *err, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* The exit status of a program that ends with this failure: 0, 1, 2 or 3 as noted above. */
int error_exit_status(enum error_code code);
