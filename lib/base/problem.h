/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A list of findings about files, so that one run can name all of them. */

#include "base/text.h"

/* A note is worth knowing when somebody checks, and nothing that has to be done. */
enum problem_level { PROBLEM_ERROR, PROBLEM_WARNING, PROBLEM_NOTE };

struct problem {
	enum problem_level level;
	char *file; /* may be NULL */
	int line;   /* 0: about the whole file */
	char *text;
};

struct problems {
	struct problem *items;
	size_t count, room;
	size_t errors, warnings, notes; /* counted even when the list is full */
	bool no_memory;
};

enum { PROBLEMS_MAX = 1000 };

#define AUTO_PROBLEMS AUTO(problems_done)

/* Add one.  Beyond PROBLEMS_MAX only the counts grow. */
void problem_add(struct problems *problems, enum problem_level level, const char *file, int line,
		 const char *fmt, ...) PRINTF_LIKE(5, 6);

/* Add "WHAT: WHY" as an error.  When it is memory that was missing nothing was found out, and
 * problems_ok says so. */
void problem_add_failure(struct problems *problems, const char *file, int line, const char *what,
			 const struct error *why);

/* Append "FILE:LINE: TEXT", without what it has not. */
void problem_print(const struct problem *item, struct text *out);

/* Write "FILE:LINE: TEXT" (warnings "FILE:LINE: warning: TEXT") a line each, sorted by file in
 * order of first mention, then line; without the notes. */
void problems_print(const struct problems *problems, struct text *out);

/* The same with them ("FILE:LINE: note: TEXT"). */
void problems_print_all(const struct problems *problems, struct text *out);

/* Turn "N errors" into an error with code ERROR_INPUT and the first one's text; true when there are
 * no errors.  ERROR_MEMORY when there was no room for one. */
MUST_CHECK bool problems_ok(const struct problems *problems, struct error *err);
void problems_done(struct problems *problems);
