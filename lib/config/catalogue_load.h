/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The catalogue from a directory of CSV tables.  Every problem of every table is found in one
 * run. */

#include "base/keys.h"
#include "base/problem.h"
#include "config/files.h"
#include "config/tables.h"
#include "obs/catalogue.h"

/* Where the tables are.  Each of the further directories may have sources.csv, indicators.csv,
 * areas.csv and area_codes.csv; of two rows with one id (or one area, scheme and code) the one that
 * is read first counts. */
struct catalogue_place {
	const char *directory;
	const struct key_texts *more;
};

enum { CATALOGUE_MORE_MAX = 15 };

/* Read the tables (config/tables.h).  *ret is sorted, with the names of areas as codes of the
 * schemes name and name_vi; when problems->errors is not 0 it is what could be read and good for
 * nothing but further checks.  *ret_partial has bit 1 << table_id for each table that could not be
 * read whole.  Each table that there is, with its bytes, is appended to `files`.  false: memory or
 * a ceiling. */
MUST_CHECK bool catalogue_load(const struct catalogue_place *place, struct config_files *files,
			       struct catalogue **ret, unsigned *ret_partial,
			       struct problems *problems, struct error *err);
