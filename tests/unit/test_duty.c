/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "apply/deliver.h"
#include "judge/duty.h"
#include "tests/unit/desk_world.h"

enum { DAY_S = 86400 };

static const char offices[] = "id,name,valid_from,valid_to,successor,area,publisher,contact\n"
			      "old,Old ministry,,2025-03-01,new,VN,,\n"
			      "new,New ministry,2025-03-01,2026-01-01,newest,VN,,\n"
			      "newest,Newest ministry,2026-01-01,,,VN,,a@b.example\n"
			      "gone,Gone,,2025-03-01,,,,\n";
/* 2026-12-05 and 06 are Saturday and Sunday. */
static const char duties[] =
	"id,version_of,title,deliver,indicators,area,each_kind,owner,recipient,period,deadline,"
	"grace_days,shift,valid_from,valid_to\n"
	"plan,,Plan,document,,,,old,gone,year,before 12-10,,,2024-01-01,\n"
	"soon,,Soon,document,,,,new,,year,by 11-21,,,2026-01-01,\n"
	"grace,,Grace,document,,,,newest,,year,by 11-21,3,,2026-01-01,\n"
	"moved,,Moved,document,,,,newest,,year,by 12-05,,next,2026-01-01,\n"
	"back,,Back,document,,,,newest,,year,by 12-06,,previous,2026-01-01,\n"
	"waste,,Waste,figures,usw,VN,,newest,,year,by next 03-31,,,2024-01-01,\n"
	"area,,Area,document,,VN,,,,once:2026-11,in 2026-11,,,,\n";

static void open_duties(struct desk_world *world)
{
	desk_world_write(world, "catalogue/offices.csv", offices);
	desk_world_write(world, "catalogue/duties.csv", duties);
	desk_world_reload(world, DESK_WORLD_NOW);
}

static int32_t day_of(const char *text)
{
	int32_t day = 0;
	assert_true(day_parse(span_of(text), &day, NULL));
	return day;
}

static void say(const struct judged_duty *duty, struct text *out)
{
	char period[PERIOD_BYTES], day[DAY_BYTES];
	for (size_t i = 0; i < duty->count; i++) {
		const struct judged_owner *owner = &duty->owners[i];
		text_addf(out, "%s %s %s %s", duty_family(duty->obligation.duty),
			  period_print(duty->obligation.period, period), owner->obliged.key,
			  owner->obliged.answers ? owner->obliged.answers->id : "-");
		text_addf(out, " %s %s %d\n", day_print(duty->obligation.latest, day),
			  duty_state_name(owner->state), owner->late_days);
	}
}

static bool take(void *self, const struct judged_duty *duty, struct error *err)
{
	(void)err;
	say(duty, self);
	return true;
}

/* What stands as of that day, a line for each owner. */
static void assert_duties(struct desk_world *world, const struct as_of *as_of,
			  const struct duty_filter *filter, const char *wanted)
{
	AUTO_TEXT struct text out = text_with_limit(1 << 16);
	const struct judge judge = {world->desk.ledger, world->desk.setup->catalogue,
				    world->desk.zone, *as_of};
	desk_world_must(world, judge_each_duty(&judge, filter, take, &out, &world->err));
	assert_string_equal(out.data ? out.data : "", wanted);
}

static void assert_duty(struct desk_world *world, const char *duty, const char *as_of,
			const char *wanted)
{
	const struct as_of day = {day_of(as_of), false};
	const struct duty_filter filter = {.duty = duty, .due_before = DAY_NONE};
	assert_duties(world, &day, &filter, wanted);
}

static bool deliver(struct desk_world *world, const struct delivered *said)
{
	AUTO_TEXT struct text out = text_with_limit(1 << 16);
	return apply_deliver(&world->intake.apply, said, span_of("bytes"), &out, &world->err);
}

static void duties_come_in_the_order_of_their_deadlines(void **state)
{
	struct desk_world *world = *state;
	open_duties(world);
	const struct as_of as_of = {day_of("2026-11-22"), false};
	const struct duty_filter filter = {.due_before = DAY_NONE};
	/* plan 2024 was due 2024-12-09, more than a year before.  21 to 22 November is 1 day; the
	 * days of grace end on the 24th.  5 December is a Saturday: 7 December; 6 December a
	 * Sunday: 4 December.  The figures of 2026 are due in 2027, and
	 * where the deadline of 2026 has passed that of 2027 comes next.  On 9 December 2025
	 * "new" was there; what is missing since is for "newest" to bring. */
	assert_duties(world, &as_of, &filter,
		      "plan 2025 old newest 2025-12-09 missing 348\n"
		      "waste 2025 newest newest 2026-03-31 missing 236\n"
		      "grace 2026 newest newest 2026-11-21 due_soon 0\n"
		      "soon 2026 new newest 2026-11-21 missing 1\n"
		      "area 2026-11 VN newest 2026-11-30 due_soon 0\n"
		      "back 2026 newest newest 2026-12-04 due_soon 0\n"
		      "moved 2026 newest newest 2026-12-07 due_soon 0\n"
		      "plan 2026 old newest 2026-12-09 due_soon 0\n"
		      "waste 2026 newest newest 2027-03-31 awaited 0\n"
		      "grace 2027 newest newest 2027-11-21 awaited 0\n"
		      "soon 2027 new newest 2027-11-21 awaited 0\n");
	const struct duty_filter old = {.duty = "plan", .due_before = DAY_NONE, .all = true};
	assert_duties(world, &as_of, &old,
		      "plan 2024 old newest 2024-12-09 missing 713\n"
		      "plan 2025 old newest 2025-12-09 missing 348\n"
		      "plan 2026 old newest 2026-12-09 due_soon 0\n");
	const struct duty_filter before = {.duty = "plan", .due_before = day_of("2026-12-09")};
	assert_duties(world, &as_of, &before, "plan 2025 old newest 2025-12-09 missing 348\n");
	const struct duty_filter far = {.duty = "plan", .due_before = day_of("2029-12-09")};
	assert_duties(world, &as_of, &far,
		      "plan 2025 old newest 2025-12-09 missing 348\n"
		      "plan 2026 old newest 2026-12-09 due_soon 0\n"
		      "plan 2027 old newest 2027-12-09 awaited 0\n"
		      "plan 2028 old newest 2028-12-09 awaited 0\n");
}

static void days_of_grace_are_in_time_and_lateness_counts_from_the_deadline(void **state)
{
	struct desk_world *world = *state;
	open_duties(world);
	assert_duty(world, "grace", "2026-11-24",
		    "grace 2026 newest newest 2026-11-21 due_soon 0\n"
		    "grace 2027 newest newest 2027-11-21 awaited 0\n");
	assert_duty(world, "grace", "2026-11-25",
		    "grace 2026 newest newest 2026-11-21 missing 4\n"
		    "grace 2027 newest newest 2027-11-21 awaited 0\n");
}

static void a_delivery_counts_from_its_day_and_by_receipt_from_when_it_was_said(void **state)
{
	struct desk_world *world = *state;
	open_duties(world);
	const struct delivered said = {
		.duty = "plan", .period = "2025", .on = "2025-12-09", .owner = "new"};
	const struct duty_filter filter = {.duty = "plan", .due_before = day_of("2026-12-09")};
	const struct as_of today = {day_of("2026-11-22"), false};
	const struct as_of before = {day_of("2026-11-21"), true};
	const struct as_of received = {day_of("2026-11-22"), true};
	desk_world_must(world, deliver(world, &said));
	assert_duties(world, &today, &filter, "plan 2025 old new 2025-12-09 on_time 0\n");
	assert_duties(world, &received, &filter, "plan 2025 old new 2025-12-09 on_time 0\n");
	assert_duties(world, &before, &filter, "plan 2025 old newest 2025-12-09 missing 347\n");

	/* Taken back on the day after: as of any day it never was; by receipt it was for a day. */
	const struct delivered back = {.duty = "plan",
				       .period = "2025",
				       .owner = "old",
				       .why = "wrong",
				       .is_removal = true};
	desk_world_set_time(world, DESK_WORLD_NOW + DAY_S);
	desk_world_must(world, deliver(world, &back));
	const struct as_of after = {day_of("2026-11-23"), true};
	assert_duties(world, &today, &filter, "plan 2025 old newest 2025-12-09 missing 348\n");
	assert_duties(world, &received, &filter, "plan 2025 old new 2025-12-09 on_time 0\n");
	assert_duties(world, &after, &filter, "plan 2025 old newest 2025-12-09 missing 349\n");
	desk_world_refuses(world, deliver(world, &back), ERROR_REFUSED,
			   "plan 2025 old: there is no delivery to take back");
}

static void of_several_deliveries_the_earliest_decides(void **state)
{
	struct desk_world *world = *state;
	open_duties(world);
	const struct delivered late = {.duty = "plan", .period = "2025", .on = "2025-12-20"};
	const struct delivered early = {
		.duty = "plan", .period = "2025", .on = "2025-12-01", .name = "report.pdf"};
	desk_world_must(world, deliver(world, &late));
	const struct duty_filter filter = {.duty = "plan", .due_before = day_of("2026-12-09")};
	const struct as_of today = {day_of("2026-11-22"), false};
	/* 9 to 20 December */
	assert_duties(world, &today, &filter, "plan 2025 old new 2025-12-09 late 11\n");
	desk_world_must(world, deliver(world, &early));
	assert_duties(world, &today, &filter, "plan 2025 old new 2025-12-09 on_time 0\n");
	desk_world_asserts(world, "SELECT count(*) FROM delivery WHERE document IS NOT NULL", "1");
}

static void the_log_of_deliveries_is_append_only(void **state)
{
	struct desk_world *world = *state;
	open_duties(world);
	const struct delivered said = {.duty = "plan", .period = "2025", .on = "2025-12-01"};
	desk_world_must(world, deliver(world, &said));
	desk_world_asserts(world,
			   "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name "
			   "= 'delivery'",
			   "3");
}

static void figures_count_since_the_last_of_them_was_known(void **state)
{
	struct desk_world *world = *state;
	open_duties(world);
	(void)desk_world_record(world, "2025", "90", "monre", "2026-03-30");
	/* The figures of 2024 were due 31 + 332 = 363 days before. */
	assert_duty(world, "waste", "2026-03-29",
		    "waste 2024 newest newest 2025-03-31 missing 363\n"
		    "waste 2025 newest newest 2026-03-31 due_soon 0\n"
		    "waste 2026 newest newest 2027-03-31 awaited 0\n");
	assert_duty(world, "waste", "2026-04-05",
		    "waste 2025 newest newest 2026-03-31 on_time 0\n"
		    "waste 2026 newest newest 2027-03-31 awaited 0\n");
}

static void a_duty_that_nobody_did_is_one_event_on_the_day_after(void **state)
{
	struct desk_world *world = *state;
	open_duties(world);
	const char *count = "SELECT count(*) FROM event WHERE kind = 'duty'";
	desk_world_apply(world);
	desk_world_asserts(world, count, "0"); /* what was late before is not news */
	/* 24 November is the last day of grace. */
	desk_world_set_time(world, DESK_WORLD_NOW + 2 * DAY_S);
	desk_world_apply(world);
	desk_world_asserts(world, count, "0");
	desk_world_set_time(world, DESK_WORLD_NOW + 3 * DAY_S);
	desk_world_apply(world);
	desk_world_apply(world);
	desk_world_asserts(world, count, "1");
	desk_world_asserts(world,
			   "SELECT duty_id || ' ' || new_state || ' ' || note FROM event WHERE "
			   "kind = 'duty'",
			   "grace missing 2026 newest (by 11-21)");
	/* A fortnight in one step: 30 November, 4, 7 and 9 December. */
	desk_world_set_time(world, DESK_WORLD_NOW + 18 * DAY_S);
	desk_world_apply(world);
	desk_world_asserts(world, count, "5");
}

static void what_cannot_be_delivered_is_refused(void **state)
{
	struct desk_world *world = *state;
	open_duties(world);
	static const struct {
		struct delivered said;
		enum error_code code;
		const char *text;
	} cases[] = {
		{{.duty = "plan"}, ERROR_INPUT, "a duty and a period are needed"},
		{{.duty = "plam", .period = "2025"},
		 ERROR_NOT_FOUND,
		 "duty 'plam' is not in the catalogue; did you mean 'plan'?"},
		{{.duty = "plan", .period = "2023"},
		 ERROR_NOT_FOUND,
		 "duty 'plan' does not hold for 2023"},
		{{.duty = "area", .period = "2026"},
		 ERROR_INPUT,
		 "duty 'area' is owed once, for 2026-11, not for 2026"},
		{{.duty = "plan", .period = "2025", .owner = "gone"},
		 ERROR_NOT_FOUND,
		 "'gone' does not owe duty 'plan' for 2025; it is owed by old"},
		{{.duty = "plan", .period = "2025", .owner = "newest"},
		 ERROR_NOT_FOUND,
		 "'newest' does not owe duty 'plan' for 2025; it is owed by old"},
		{{.duty = "plan", .period = "2025", .on = "2026-11-23"},
		 ERROR_INPUT,
		 "--on: 2026-11-23 has not come yet"},
		{{.duty = "plan", .period = "2025", .note = "two\nlines"},
		 ERROR_INPUT,
		 "the note has to be one line of text"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		desk_world_refuses(world, deliver(world, &cases[i].said), cases[i].code,
				   cases[i].text);
}

static void the_mirror_holds_offices_duties_and_holidays(void **state)
{
	struct desk_world *world = *state;
	desk_world_write(world, "catalogue/holidays.csv",
			 "day,name,kind\n2026-12-07,Off,\n2026-12-05,Work,working\n");
	open_duties(world);
	/* On 5 December people work, so that the deadline stays. */
	assert_duty(world, "moved", "2026-11-22",
		    "moved 2026 newest newest 2026-12-05 due_soon 0\n");
	desk_world_asserts(world, "SELECT count(*) FROM duty", "7");
	desk_world_asserts(world, "SELECT group_concat(indicator_id) FROM duty_indicator", "usw");
	desk_world_asserts(world, "SELECT count(*) FROM holiday WHERE is_working", "1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DESK(duties_come_in_the_order_of_their_deadlines),
		WITH_DESK(days_of_grace_are_in_time_and_lateness_counts_from_the_deadline),
		WITH_DESK(a_delivery_counts_from_its_day_and_by_receipt_from_when_it_was_said),
		WITH_DESK(of_several_deliveries_the_earliest_decides),
		WITH_DESK(the_log_of_deliveries_is_append_only),
		WITH_DESK(figures_count_since_the_last_of_them_was_known),
		WITH_DESK(a_duty_that_nobody_did_is_one_event_on_the_day_after),
		WITH_DESK(what_cannot_be_delivered_is_refused),
		WITH_DESK(the_mirror_holds_offices_duties_and_holidays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
