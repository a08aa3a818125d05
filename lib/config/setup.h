/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Configuration and catalogue together, checked against each other: what a start, a reload and
 * --check read. */

#include "config/catalogue_load.h"
#include "config/config.h"

struct setup {
	struct config *config;
	struct catalogue *catalogue;
	struct config_files files; /* of the catalogue; config->files has the others */
};

/* What to read, and what only the rooms above can tell. */
struct setup_source {
	const char *path;			/* of envgap.conf */
	const char *(*method_at)(size_t index); /* the names of methods that a target may name, NULL
						   beyond the last; NULL: any */
	const char
		*catalogue; /* read these tables and no others; NULL: as the configuration says */
};

/* Read everything.  *ret only when there is no error; the problems have the warnings as well.  When
 * a file changes meanwhile all are read again, up to three times.  ERROR_INPUT with the first
 * problem and the count, ERROR_BUSY when files keep changing, ERROR_MEMORY. */
MUST_CHECK bool setup_load(const struct setup_source *source, struct setup **ret,
			   struct problems *problems, struct error *err);
/* Free it and everything in it; NULL is fine. */
void setup_free(struct setup *setup);
/* setup_free() for AUTO_SETUP. */
void setup_free_slot(struct setup **slot);
#define AUTO_SETUP AUTO(setup_free_slot)

/* Do all files look as they did when they were read? */
bool setup_unchanged(const struct setup *setup);
