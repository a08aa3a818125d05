/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "intake/figure.h"
#include "tests/unit/office.h"

static int set_up(void **state)
{
	struct office *office = calloc(1, sizeof *office);
	if (office == NULL)
		return -1;
	office_open(office);
	*state = office;
	return 0;
}

static int tear_down(void **state)
{
	office_close(*state);
	free(*state);
	return 0;
}

/* A file of /proc has no length, but something in it: it never looks as it did when it was read. */
static void files_that_keep_changing_are_not_read_for_ever(void **state)
{
	const struct office *office = *state;
	AUTO_SETUP struct setup *setup = NULL;
	AUTO_PROBLEMS struct problems problems = {0};
	struct error err = {0};
	office_write(office, "envgap.conf", "include = [ \"/proc/uptime\" ];\n");
	assert_false(
		setup_load(&(struct setup_source){.path = office->path}, &setup, &problems, &err));
	assert_int_equal(err.code, ERROR_BUSY);
	assert_non_null(strstr(err.text, "kept changing"));
	assert_null(setup);
}

static void an_include_pattern_that_matches_more_than_before_is_a_change(void **state)
{
	const struct office *office = *state;
	AUTO_SETUP struct setup *setup = NULL;
	AUTO_PROBLEMS struct problems problems = {0};
	office_write(office, "envgap.conf",
		     "catalogue = \"catalogue\";\ninclude = [ \"documents/*.conf\" ];\n");
	assert_true(
		setup_load(&(struct setup_source){.path = office->path}, &setup, &problems, NULL));
	assert_true(setup_unchanged(setup));
	office_write(office, "documents/more.conf", "feeds = ();\n");
	assert_false(setup_unchanged(setup));
}

static void a_user_whose_name_is_too_long_changes_nothing(void **state)
{
	const struct office *office = *state;
	AUTO_DESK struct desk desk = {0};
	char actor[LEDGER_ACTOR_BYTES + 1];
	struct error err = {0};
	bool changed = true;
	struct figure_result result;
	const struct figure figure = {.indicator = "usw",
				      .area = "VN",
				      .period = "2024",
				      .value = "50",
				      .source = "stat",
				      .published = "2025-03-01"};
	memset(actor, 'a', sizeof actor - 1);
	actor[sizeof actor - 1] = '\0';
	office_open_desk(office, OFFICE_NOW, &desk);
	const struct intake intake = desk_intake(&desk, OFFICE_NOW, actor);
	assert_false(figure_record(&intake, &figure, &result, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_non_null(strstr(err.text, "is too long"));
	assert_int_equal(office_rows(&desk), 0);
	err = (struct error){0};
	assert_false(apply_catalogue(&intake.apply, NULL, 0, NULL, &changed, &err));
	assert_non_null(strstr(err.text, "is too long"));
	assert_true(changed); /* not written on failure */
}

static void a_catalogue_of_too_many_files_is_not_put_in_force(void **state)
{
	enum { TOO_MANY = 1001 };
	const struct office *office = *state;
	AUTO_DESK struct desk desk = {0};
	AUTO_FREE struct apply_file *files = calloc(TOO_MANY, sizeof *files);
	struct error err = {0};
	bool changed;
	assert_non_null(files);
	office_open_desk(office, OFFICE_NOW, &desk);
	const struct intake intake = desk_intake(&desk, OFFICE_NOW, "tester");
	assert_false(apply_catalogue(&intake.apply, files, TOO_MANY, NULL, &changed, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

/* An indicator that has figures cannot go; the old catalogue stays in force. */
static void a_catalogue_without_a_used_indicator_is_refused(void **state)
{
	const struct office *office = *state;
	AUTO_DESK struct desk desk = {0};
	AUTO_PROBLEMS struct problems problems = {0};
	struct error err = {0};
	struct figure_result result;
	bool changed;
	const struct figure figure = {.indicator = "dust",
				      .area = "VN",
				      .period = "2024-05-01",
				      .value = "50",
				      .source = "stat",
				      .published = "2025-03-01"};
	office_open_desk(office, OFFICE_NOW, &desk);
	const struct intake intake = desk_intake(&desk, OFFICE_NOW, "tester");
	if (!figure_record(&intake, &figure, &result, &err))
		fail_msg("%s", err.text);
	office_write(office, "catalogue/indicators.csv",
		     "id,name,unit,direction,frequency,basis\nusw,Waste,%,up,year,mean\n"
		     "pm25,Fine dust,x,down,year,mean\n");
	assert_false(desk_reload(&desk, OFFICE_NOW, "tester", &problems, &changed, &err));
	assert_int_equal(err.code, ERROR_REFUSED);
	assert_non_null(strstr(err.text, "dust"));
	assert_non_null(catalogue_indicator(desk.setup->catalogue, span_of("dust")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(files_that_keep_changing_are_not_read_for_ever,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_include_pattern_that_matches_more_than_before_is_a_change, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(a_user_whose_name_is_too_long_changes_nothing,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_catalogue_of_too_many_files_is_not_put_in_force,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_catalogue_without_a_used_indicator_is_refused,
						set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
