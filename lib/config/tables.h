/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The tables of the catalogue and their columns: what the manual lists and the loader knows. */

#include "config/table.h"
#include "obs/catalogue.h"

enum table_id {
	TABLE_SOURCES,
	TABLE_INDICATORS,
	TABLE_AREAS,
	TABLE_AREA_CODES,
	TABLE_AREA_MEMBERS,
	TABLE_AREA_CHANGES,
	TABLE_ACTS,
	TABLE_TARGETS,
	TABLE_MILESTONES,
	TABLE_BREAKS,
	TABLE_OFFICES,
	TABLE_DUTIES,
	TABLE_HOLIDAYS,
	TABLE_COUNT,
};

/* By table_id; rows are struct source, indicator, area, code_row, area_member, area_change, act,
 * target, milestone_row, series_break, duty_office, duty, holiday.  A row's id, where it has one,
 * is its first field. */
extern const struct table config_tables[TABLE_COUNT];

struct code_row {
	char area[ID_BYTES], scheme[ID_BYTES];
	char *code;
	int32_t valid_from, valid_to;
	int line;
};

struct milestone_row {
	char target[ID_BYTES];
	struct period period;
	double value;
	int line;
};
