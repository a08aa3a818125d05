/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "ledger/catalogue_mirror.h"
#include "obs/membership.h"
#include "tests/unit/ledger_world.h"

static char *text(const char *string)
{
	return span_dup(span_of(string));
}

static void name(char id[ID_BYTES], const char *string)
{
	assert_true(span_copy(span_of(string), id, ID_BYTES));
}

/* One element more at the end of an array; what is in there is zero. */
static void *more(void *slot, size_t *count, size_t item_bytes)
{
	char *items, *old;

	memcpy(&old, slot, sizeof old);
	items = realloc(old, (*count + 1) * item_bytes);
	assert_non_null(items);
	memcpy(slot, &items, sizeof items);
	memset(items + *count * item_bytes, 0, item_bytes);
	return items + (*count)++ * item_bytes;
}

#define MORE(items, count) more(&(items), &(count), sizeof *(items))

static void add_source(struct catalogue *catalogue, const char *id)
{
	struct source *source = MORE(catalogue->sources, catalogue->source_count);

	name(source->id, id);
	source->name = text("Tổng cục Thống kê");
	source->name_vi = text("");
	source->licence = text("open");
	source->url = text("https://gso.example");
	name(source->successor, "nso");
	source->line = 3;
}

static void add_indicator(struct catalogue *catalogue, const char *id)
{
	struct indicator *indicator = MORE(catalogue->indicators, catalogue->indicator_count);

	name(indicator->id, id);
	indicator->name = text("Urban solid waste");
	indicator->name_vi = text("Chất thải rắn đô thị");
	indicator->definition = text("collected and treated");
	indicator->formula = text("a/b");
	name(indicator->unit, "%");
	indicator->direction = DIRECTION_DOWN;
	indicator->has_high = true;
	indicator->high = 100;
	indicator->frequency = FREQUENCY_QUARTER;
	indicator->release_lag_days = 90;
	indicator->basis = BASIS_MEAN;
	indicator->stand_in_months = 9;
	indicator->decimals = -1;
	indicator->preference = calloc(2, ID_BYTES);
	indicator->preference_count = 2;
	name(indicator->preference[0], "monre");
	name(indicator->preference[1], "gso");
	indicator->line = 4;
	indicator->total = TOTAL_WEIGHTED;
	name(indicator->total_weight, "waste");
	name(indicator->total_target, "usw-2030");
	name(indicator->total_kind, "province");
	indicator->total_coverage = 0.75;
	indicator->has_jump = true;
	indicator->jump = 2.5;
}

static void add_area(struct catalogue *catalogue, const char *id)
{
	struct area *area = MORE(catalogue->areas, catalogue->area_count);
	struct area_code *code = MORE(catalogue->codes, catalogue->code_count);
	struct area_member *member = MORE(catalogue->members, catalogue->member_count);

	name(area->id, id);
	area->name = text("Viet Nam");
	area->name_vi = text("Việt Nam");
	name(area->kind, "country");
	area->valid_from = -100;
	area->valid_to = DAY_NONE;
	code->area = catalogue->area_count - 1;
	name(code->scheme, "iso");
	code->code = text(id);
	code->folded = text(id);
	code->valid_from = DAY_NONE;
	code->valid_to = 20000;
	name(member->group, "ASEAN");
	name(member->area, id);
	member->valid_from = 10000;
	member->valid_to = DAY_NONE;
}

static void add_change(struct catalogue *catalogue)
{
	struct area_change *change = MORE(catalogue->changes, catalogue->change_count);

	name(change->from, "P63:75");
	name(change->to, "P34:75");
	change->day = 20270;
	change->kind = CHANGE_MERGE;
	change->note = text("two became one");
	change->note_vi = text("hợp nhất");
	change->source = text("Resolution 202");
	change->line = 7;
}

static void add_act_and_target(struct catalogue *catalogue)
{
	struct act *act = MORE(catalogue->acts, catalogue->act_count);
	struct target *target = MORE(catalogue->targets, catalogue->target_count);

	name(act->id, "na-2021");
	act->number = text("16/2021/QH15");
	act->title = text("five-year plan");
	act->adopter = text("National Assembly");
	act->adopted = 18836;
	act->ends = DAY_NONE;
	act->reference = true;
	name(target->id, "usw-2030");
	name(target->act, "na-2021");
	name(target->indicator, "usw");
	name(target->area, "VN");
	memcpy(target->breakdown, "sex=f", sizeof "sex=f");
	name(target->each_kind, "province");
	target->member_day = 18836;
	target->op = TARGET_RANGE;
	target->has_value = target->has_high = target->relative = true;
	target->value = 0.1 + 0.2;
	target->value_high = 95;
	target->decimals = 1;
	target->period = (struct period){21915, 22280};
	target->text = text("from 0.3 to 95 %");
	target->place = text("p. 3");
	for (int i = 0; i < 3; i++) {
		struct milestone *milestone = MORE(target->milestones, target->milestone_count);
		*milestone = (struct milestone){{1000 * i, 1000 * i + 365}, 10.5 * i, i};
	}
}

static void add_break(struct catalogue *catalogue)
{
	struct series_break *found = MORE(catalogue->breaks, catalogue->break_count);

	name(found->indicator, "usw");
	name(found->source, "gso");
	found->day = 17000;
	found->note = text("new definition");
}

static struct catalogue *sample(void)
{
	struct catalogue *catalogue = catalogue_new();

	assert_non_null(catalogue);
	add_source(catalogue, "gso");
	add_source(catalogue, "monre");
	add_indicator(catalogue, "usw");
	add_indicator(catalogue, "hw");
	add_area(catalogue, "VN");
	add_area(catalogue, "P63:75");
	add_change(catalogue);
	add_act_and_target(catalogue);
	add_break(catalogue);
	catalogue_sort(catalogue);
	return catalogue;
}

static void replace(struct ledger_world *world, const struct catalogue *catalogue)
{
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	ledger_world_must(world, ledger_catalogue_replace(world->ledger, catalogue, &world->err));
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
}

static void assert_same_indicator(const struct indicator *a, const struct indicator *b)
{
	assert_string_equal(a->id, b->id);
	assert_string_equal(a->name_vi, b->name_vi);
	assert_string_equal(a->definition, b->definition);
	assert_string_equal(a->formula, b->formula);
	assert_string_equal(a->unit, b->unit);
	assert_int_equal(a->direction, b->direction);
	assert_int_equal(a->has_low, b->has_low);
	assert_true(a->high == b->high);
	assert_int_equal(a->frequency, b->frequency);
	assert_int_equal(a->release_lag_days, b->release_lag_days);
	assert_int_equal(a->basis, b->basis);
	assert_int_equal(a->stand_in_months, b->stand_in_months);
	assert_int_equal(a->decimals, b->decimals);
	assert_int_equal(a->preference_count, b->preference_count);
	assert_string_equal(a->preference[0], b->preference[0]);
	assert_string_equal(a->preference[1], b->preference[1]);
	assert_int_equal(a->line, b->line);
	assert_int_equal(a->total, b->total);
	assert_string_equal(a->total_weight, b->total_weight);
	assert_string_equal(a->total_target, b->total_target);
	assert_string_equal(a->total_kind, b->total_kind);
	assert_true(b->total_coverage == 0.75);
	assert_true(b->has_jump && b->jump == 2.5);
}

static void assert_same_change(const struct area_change *a, const struct area_change *b)
{
	assert_string_equal(a->from, b->from);
	assert_string_equal(a->to, b->to);
	assert_int_equal(a->day, b->day);
	assert_int_equal(a->kind, b->kind);
	assert_string_equal(a->note, b->note);
	assert_string_equal(a->note_vi, b->note_vi);
	assert_string_equal(a->source, b->source);
	assert_int_equal(a->line, b->line);
}

static void assert_same_target(const struct target *a, const struct target *b)
{
	assert_string_equal(a->id, b->id);
	assert_string_equal(a->act, b->act);
	assert_string_equal(a->breakdown, b->breakdown);
	assert_string_equal(a->each_kind, b->each_kind);
	assert_int_equal(a->member_day, b->member_day);
	assert_int_equal(a->op, b->op);
	assert_true(a->has_value && b->value == 0.3); /* at 15 digits */
	assert_true(a->value_high == b->value_high);
	assert_int_equal(a->has_tolerance, b->has_tolerance);
	assert_int_equal(a->has_base, b->has_base);
	assert_true(a->relative && b->relative);
	assert_true(period_equal(a->period, b->period));
	assert_true(period_equal(a->base_period, b->base_period));
	assert_string_equal(a->text, b->text);
	assert_string_equal(a->place, b->place);
	assert_int_equal(a->milestone_count, b->milestone_count);
	assert_true(period_equal(a->milestones[1].period, b->milestones[1].period));
	assert_true(a->milestones[2].value == b->milestones[2].value);
	assert_int_equal(a->milestones[2].line, b->milestones[2].line);
}

static void assert_same_areas(const struct catalogue *a, const struct catalogue *b)
{
	assert_int_equal(a->area_count, b->area_count);
	assert_int_equal(a->code_count, b->code_count);
	assert_int_equal(a->member_count, b->member_count);
	for (size_t i = 0; i < a->area_count; i++) {
		assert_string_equal(a->areas[i].id, b->areas[i].id);
		assert_string_equal(a->areas[i].name_vi, b->areas[i].name_vi);
		assert_string_equal(a->areas[i].kind, b->areas[i].kind);
		assert_int_equal(a->areas[i].valid_from, b->areas[i].valid_from);
		assert_int_equal(a->areas[i].valid_to, b->areas[i].valid_to);
		assert_int_equal(a->codes[i].area, b->codes[i].area);
		assert_string_equal(a->codes[i].code, b->codes[i].code);
		assert_string_equal(a->codes[i].folded, b->codes[i].folded);
		assert_int_equal(a->codes[i].valid_to, b->codes[i].valid_to);
		assert_string_equal(a->members[i].area, b->members[i].area);
		assert_string_equal(a->members[i].group, b->members[i].group);
		assert_int_equal(a->members[i].valid_from, b->members[i].valid_from);
	}
}

static void the_mirror_shows_the_whole_catalogue(void **state)
{
	struct ledger_world *world = *state;
	AUTO_CATALOGUE struct catalogue *in = sample();
	AUTO_CATALOGUE struct catalogue *out = NULL;

	replace(world, in);
	ledger_world_must(world, ledger_catalogue_read(world->ledger, &out, &world->err));
	assert_int_equal(out->source_count, 2);
	assert_string_equal(out->sources[1].name, "Tổng cục Thống kê");
	assert_string_equal(out->sources[1].successor, "nso");
	assert_string_equal(out->sources[1].name_vi, "");
	assert_int_equal(out->indicator_count, 2);
	for (size_t i = 0; i < 2; i++)
		assert_same_indicator(&in->indicators[i], &out->indicators[i]);
	assert_same_areas(in, out);
	assert_int_equal(out->change_count, 1);
	assert_same_change(&in->changes[0], &out->changes[0]);
	assert_true(catalogue_has_members(out, "ASEAN"));
	assert_false(catalogue_has_members(out, "VN"));
	assert_int_equal(out->act_count, 1);
	assert_string_equal(out->acts[0].title, "five-year plan");
	assert_int_equal(out->acts[0].adopted, 18836);
	assert_int_equal(out->acts[0].ends, DAY_NONE);
	assert_true(out->acts[0].reference);
	assert_int_equal(out->target_count, 1);
	assert_same_target(&in->targets[0], &out->targets[0]);
	assert_int_equal(out->break_count, 1);
	assert_string_equal(out->breaks[0].area, "");
	assert_string_equal(out->breaks[0].source, "gso");
	assert_string_equal(out->breaks[0].note, "new definition");
	assert_int_equal(out->breaks[0].day, 17000);
}

static void a_new_catalogue_replaces_the_old_one_whole(void **state)
{
	struct ledger_world *world = *state;
	AUTO_CATALOGUE struct catalogue *first = sample();
	AUTO_CATALOGUE struct catalogue *second = catalogue_new();
	AUTO_CATALOGUE struct catalogue *out = NULL;

	replace(world, first);
	replace(world, first);
	add_source(second, "ons");
	catalogue_sort(second);
	replace(world, second);
	ledger_world_must(world, ledger_catalogue_read(world->ledger, &out, &world->err));
	assert_int_equal(out->source_count, 1);
	assert_string_equal(out->sources[0].id, "ons");
	assert_int_equal(out->indicator_count + out->area_count + out->code_count +
				 out->member_count + out->act_count + out->target_count +
				 out->break_count,
			 0);
}

static void before_the_first_catalogue_there_is_an_empty_one(void **state)
{
	struct ledger_world *world = *state;
	AUTO_CATALOGUE struct catalogue *out = NULL;
	int64_t load = 9;

	ledger_world_must(world, ledger_catalogue_read(world->ledger, &out, &world->err));
	assert_int_equal(out->source_count, 0);
	ledger_world_must(world, ledger_catalogue_load(world->ledger, &load, &world->err));
	assert_int_equal(load, 0);
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	(void)ledger_world_load(world, LOAD_CATALOGUE, "");
	ledger_world_must(world, ledger_catalogue_load(world->ledger, &load, &world->err));
	assert_int_equal(load, 1);
}

static void use_in_log(struct ledger_world *world)
{
	struct observation obs = ledger_world_value("2021", 87.2, "2022-01-31");

	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	obs.series = ledger_world_series(world, "VN");
	obs.load = ledger_world_load(world, LOAD_RECORD, "");
	(void)ledger_world_append(world, &obs);
	obs.value = 88;
	(void)ledger_world_append(world, &obs);
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
}

/* With everything that the log uses, but without the part that `what` names. */
static struct catalogue *without(const char *what)
{
	struct catalogue *catalogue = catalogue_new();

	add_source(catalogue, strcmp(what, "source") == 0 ? "other" : "gso");
	add_indicator(catalogue, strcmp(what, "indicator") == 0 ? "other" : "usw");
	add_area(catalogue, strcmp(what, "area") == 0 ? "other" : "VN");
	catalogue_sort(catalogue);
	return catalogue;
}

static void what_the_log_uses_cannot_be_taken_away(void **state)
{
	static const struct {
		const char *what, *words;
	} cases[] = {
		{"source", "source 'gso' is gone from the catalogue, but 2 rows"},
		{"indicator", "indicator 'usw' is gone from the catalogue, but 2 rows"},
		{"area", "close it with valid_to"},
	};
	struct ledger_world *world = *state;
	AUTO_CATALOGUE struct catalogue *first = sample();
	AUTO_CATALOGUE struct catalogue *enough = without("nothing");

	replace(world, first);
	use_in_log(world);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_CATALOGUE struct catalogue *lacking = without(cases[i].what);
		ledger_world_must(world, ledger_begin(world->ledger, &world->err));
		ledger_world_expect(world,
				    ledger_catalogue_replace(world->ledger, lacking, &world->err),
				    ERROR_REFUSED, cases[i].words);
		ledger_rollback(world->ledger);
	}
	replace(world, enough); /* hw, P63:75 and monre were not used */
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_mirror_shows_the_whole_catalogue),
		TEST(a_new_catalogue_replaces_the_old_one_whole),
		TEST(before_the_first_catalogue_there_is_an_empty_one),
		TEST(what_the_log_uses_cannot_be_taken_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
