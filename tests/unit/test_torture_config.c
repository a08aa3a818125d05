/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeout: 240 s */
#include "tests/unit/unit.h"

#include "assess/method.h"
#include "config/setup.h"
#include "tests/unit/office.h"
#include "tests/unit/torture.h"

struct reading {
	struct office office;
	size_t feeds; /* wanted */
	bool is_broken;
};

static bool load(void *self, struct error *err)
{
	const struct reading *reading = self;
	AUTO_PROBLEMS struct problems problems = {0};
	AUTO_SETUP struct setup *setup = NULL;
	struct error why = {0};
	bool done = setup_load(
		&(struct setup_source){.path = reading->office.path, .method_at = method_name_at},
		&setup, &problems, &why);
	if (done)
		return !reading->is_broken && setup->config->feeds.count == reading->feeds &&
		       setup->catalogue->target_count == 3;
	if (why.code == ERROR_INPUT)
		return reading->is_broken && problems.errors >= 4;
	return error_set(err, why.code, "%s", why.text);
}

static void configuration_and_catalogue(void **state)
{
	struct reading reading = {.feeds = 3};
	(void)state;
	office_open(&reading.office);
	office_configure_formats(&reading.office);
	torture(&(struct torture){.what = "setup_load", .run = load, .self = &reading});
	office_close(&reading.office);
}

/* Problems need memory too.  (The last ones are spent on saying the first of them, which does
 * without its file's name rather than be silent.) */
static void a_broken_configuration(void **state)
{
	struct reading reading = {.is_broken = true};
	(void)state;
	office_open(&reading.office);
	office_configure(&reading.office, "{ id = \"a\"; url = 7; colour = \"red\"; },\n"
					  "{ id = \"b\"; url = \"file:x\"; source = \"nobody\"; }");
	torture(&(struct torture){.what = "broken", .run = load, .self = &reading, .copes = true});
	office_close(&reading.office);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(configuration_and_catalogue),
		cmocka_unit_test(a_broken_configuration),
	};
	return cmocka_run_group_tests(tests, torture_set_up, NULL);
}
