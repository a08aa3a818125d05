/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Makes allocations fail, one after the other, and looks whether the work survives it.  Only tests
 * that are named test_torture*.c are linked for it. */

#include "base/error.h"

/* Whose allocations fail. */
enum torture_whose {
	TORTURE_OURS,	   /* malloc, calloc, realloc, strdup, strndup of the project's own code */
	TORTURE_LIBRARIES, /* those of SQLite and jansson */
};

struct torture {
	const char *what; /* for the message of a failure */
	enum torture_whose whose;
	/* The work, from nothing to nothing: true when it was done and gave what it should. */
	bool (*run)(void *self, struct error *err);
	/* Called after each run, with memory again; may be NULL. */
	void (*settle)(void *self, bool done);
	void *self;
	bool copes;    /* it may do without some of the memory */
	long runs_max; /* 0: every allocation fails once; otherwise about so many, evenly spread */
};

/* To be called before anything else of SQLite or jansson. */
void torture_prepare(void);

/* The same as a group's setup. */
int torture_set_up(void **state);

/* Run it with the first allocation failing, then the second, and so on until it is through: once
 * so that all later ones fail too, once so that only that one does.  Each failure has to be
 * ERROR_MEMORY.  A single failure of a library's allocation may also go unnoticed. */
void torture(const struct torture *torture);
