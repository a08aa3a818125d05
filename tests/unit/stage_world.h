/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Runs of one feed that are staged and appended in the world of the ledger. */

#include "ledger/stage.h"
#include "tests/unit/ledger_world.h"

/* A figure of usw. */
struct stage_cell {
	const char *area, *period;
	double value;
	const char *known, *locator;
};

enum { STAGE_WORLD_AREAS = 3 };

extern const struct stage_cell stage_world_two_areas[STAGE_WORLD_AREAS];

/* A stage, for the caller to free. */
struct stage *stage_world_new(struct ledger_world *world);

/* Put figures on it. */
void stage_world_add(struct ledger_world *world, struct stage *stage,
		     const struct stage_cell *cells, size_t count);

/* The poll of "wb" that brings them. */
struct load stage_world_load(void);

/* Append what is staged in a transaction of its own; complete: what is gone is withdrawn. */
struct stage_counts stage_world_append(struct ledger_world *world, struct stage *stage,
				       bool complete);

/* A whole run: stage, append, forget. */
struct stage_counts stage_world_run(struct ledger_world *world, const struct stage_cell *cells,
				    size_t count, bool complete);

/* What is in force of usw. */
struct observation stage_world_in_force(struct ledger_world *world, const char *area,
					const char *period);
