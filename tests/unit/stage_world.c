/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/stage_world.h"

const struct stage_cell stage_world_two_areas[STAGE_WORLD_AREAS] = {
	{"VN", "2021", 87.2, "2022-01-31", "a"},
	{"VN", "2022", 88.1, "2023-01-31", "b"},
	{"P63:75", "2021", 90.5, "2022-01-31", "c"},
};

struct stage *stage_world_new(struct ledger_world *world)
{
	struct stage *stage;

	ledger_world_must(world, stage_new(world->ledger, &stage, &world->err));
	return stage;
}

void stage_world_add(struct ledger_world *world, struct stage *stage,
		     const struct stage_cell *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct series_key key = {"usw", "", cells[i].area};
		struct observation obs =
			ledger_world_value(cells[i].period, cells[i].value, cells[i].known);
		struct provenance from = {.locator = cells[i].locator};
		ledger_world_must(world, stage_add(stage, &key, &obs, &from, &world->err));
	}
}

struct load stage_world_load(void)
{
	return (struct load){
		.kind = LOAD_POLL, .received = LEDGER_WORLD_NOW, .actor = "envgapd", .feed = "wb"};
}

struct stage_counts stage_world_append(struct ledger_world *world, struct stage *stage,
				       bool complete)
{
	struct load load = stage_world_load();
	struct stage_order order = {.load = &load,
				    .complete = complete,
				    .withdrawn_day = ledger_world_day("2023-11-14")};
	struct stage_counts counts;

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, stage_append(stage, &order, &counts, &world->err));
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	return counts;
}

struct stage_counts stage_world_run(struct ledger_world *world, const struct stage_cell *cells,
				    size_t count, bool complete)
{
	AUTO_STAGE struct stage *stage = stage_world_new(world);

	stage_world_add(world, stage, cells, count);
	assert_int_equal(stage_count(stage), count);
	return stage_world_append(world, stage, complete);
}

struct observation stage_world_in_force(struct ledger_world *world, const char *area,
					const char *period)
{
	struct series_key series = {"usw", "", area};
	struct log_key key = {.source = "gso"};
	struct observation obs;

	assert_true(period_parse(span_of(period), &key.period, NULL));
	ledger_world_must(world, series_find(world->ledger, &series, &key.series, &world->err));
	ledger_world_must(world, log_in_force(world->ledger, &key, DAY_NONE, &obs, &world->err));
	return obs;
}
