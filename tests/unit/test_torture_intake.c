/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeout: 240 s */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "intake/document.h"
#include "intake/figure.h"
#include "intake/import.h"
#include "intake/request.h"
#include "tests/unit/office.h"
#include "tests/unit/torture.h"

enum { LIBRARY_RUNS_MAX = 150 };

struct scene {
	struct office office;
	struct desk desk;
	int64_t rows;
	long value; /* another one each time, so that it is new */
};

static struct intake intake_of(const struct scene *scene)
{
	return desk_intake(&scene->desk, OFFICE_NOW, "tester");
}

/* What was not done has left nothing in the log. */
static void look_at_log(void *self, bool done)
{
	struct scene *scene = self;
	if (!ledger_begin(scene->desk.ledger, NULL))
		fail_msg("the next transaction cannot begin");
	ledger_rollback(scene->desk.ledger);
	int64_t rows = office_rows(&scene->desk);
	if (!done)
		assert_int_equal(rows, scene->rows);
	scene->rows = rows;
}

static bool open_desk(void *self, struct error *err)
{
	const struct scene *scene = self;
	AUTO_DESK struct desk desk = {0};
	AUTO_PROBLEMS struct problems problems = {0};
	return desk_open(scene->office.path, OFFICE_NOW, "tester", &desk, &problems, err);
}

static bool record(void *self, struct error *err)
{
	struct scene *scene = self;
	const struct intake intake = intake_of(scene);
	struct figure_result result;
	char value[32];
	(void)snprintf(value, sizeof value, "%ld.5", scene->value++ % 90);
	const struct figure figure = {.indicator = "usw",
				      .area = "VN",
				      .period = "2024",
				      .value = value,
				      .source = "stat",
				      .published = "2025-03-01"};
	return figure_record(&intake, &figure, &result, err) && result.load != 0;
}

static bool import(void *self, struct error *err)
{
	struct scene *scene = self;
	AUTO_PROBLEMS struct problems findings = {0};
	const struct intake intake = intake_of(scene);
	struct import_counts counts;
	char document[512];
	(void)snprintf(document, sizeof document,
		       "indicator,area,period,value,source,published\n"
		       "usw,P1,2020,%ld.5,stat,2021-02-01\nusw,P1,2021,77,stat,2022-02-01\n",
		       scene->value++ % 90);
	return import_table(&intake, "a.csv", span_of(document), &counts, &findings, err) &&
	       counts.rows == 2;
}

static bool import_with_mistakes(void *self, struct error *err)
{
	struct scene *scene = self;
	AUTO_PROBLEMS struct problems findings = {0};
	const struct intake intake = intake_of(scene);
	struct error why = {0};
	struct import_counts counts;
	bool done = import_table(&intake, "b.csv",
				 span_of("indicator,area,period,value,source\n"
					 "uws,P1,2020,7,stat\nusw,P1,2020,700,stat\n"),
				 &counts, &findings, &why);
	if (done || why.code != ERROR_INPUT)
		return error_set(err, why.code, "%s", why.text) || done;
	return findings.errors == 2;
}

static bool read_run(const struct intake *intake, const struct config_feed *feed,
		     struct feed_state *state, struct error *err)
{
	AUTO_FEED_INTAKE struct feed_intake *run = NULL;
	struct feed_intake_counts counts;
	const struct feed_got got = {.url = "file:", .bytes = 1};
	const char *cause = "";
	if (!feed_intake_new(intake, feed, false, &run, err))
		return false;
	if (!feed_intake_document(run, office_document(feed->id), &cause, err)) {
		/* jansson says "invalid token near" when it could not keep the token */
		if (err != NULL && strcmp(cause, "syntax") == 0)
			err->code = ERROR_MEMORY;
		return false;
	}
	return feed_intake_end(run, &got, state, &counts, &cause, err);
}

static bool poll_feeds(void *self, struct error *err)
{
	struct scene *scene = self;
	const struct intake intake = intake_of(scene);
	const struct config *config = scene->desk.setup->config;
	for (size_t i = 0; i < config->feeds.count; i++) {
		struct feed_state state = {0};
		if (!read_run(&intake, config_feed_at(config, i), &state, err))
			return false;
	}
	return true;
}

static bool judge(void *self, struct error *err)
{
	struct scene *scene = self;
	const struct intake intake = intake_of(scene);
	struct apply_counts counts = {0};
	return apply_rebuild(&intake.apply, &counts, err) && counts.series > 0;
}

static bool apply(void *self, struct error *err)
{
	struct scene *scene = self;
	const struct intake intake = intake_of(scene);
	return apply_all(&intake.apply, NULL, err);
}

static bool verify(void *self, struct error *err)
{
	struct scene *scene = self;
	AUTO_PROBLEMS struct problems findings = {0};
	const struct intake intake = intake_of(scene);
	return apply_verify(&intake.apply, &findings, err) && problems_ok(&findings, err);
}

static bool reload(void *self, struct error *err)
{
	struct scene *scene = self;
	AUTO_PROBLEMS struct problems problems = {0};
	bool changed;
	return desk_reload(&scene->desk, OFFICE_NOW, "tester", &problems, &changed, err);
}

/* The answer says by itself that there was no memory, or cannot be sent.  One that only lost its
 * words still says that it was done. */
static bool ask(void *self, struct error *err)
{
	struct scene *scene = self;
	AUTO_MESSAGE struct control_message request = {0}, answer = {0};
	AUTO_TEXT struct text bytes = text_with_limit(CONTROL_MESSAGE_BYTES);
	const struct intake intake = intake_of(scene);
	char value[32];
	(void)snprintf(value, sizeof value, "%ld.25", scene->value++ % 90);
	control_set(&request, "verb", "record");
	control_set(&request, "indicator", "pm25");
	control_set(&request, "area", "VN");
	control_set(&request, "period", "2023");
	control_set(&request, "value", value);
	control_set(&request, "source", "env");
	control_set(&request, "published", "2024-03-01");
	if (request.failed)
		return error_memory(err);
	request_carry_out(&intake, &request, (struct span){0}, &answer);
	if (!control_encode(&answer, &bytes, NULL))
		return error_memory(err);
	if (control_get_integer(&answer, "exit", -1) == 0)
		return true;
	const char *complaint = control_get(&answer, "error");
	return complaint != NULL && strstr(complaint, "no memory") != NULL ? error_memory(err)
									   : false;
}

static const struct {
	const char *what;
	bool (*run)(void *self, struct error *err);
	bool changes_log; /* even when the appliers after it fail */
	bool copes;	  /* says less when there is no memory */
} scenes[] = {
	{"record", record, false, false},
	{"import", import, false, false},
	{"import with mistakes", import_with_mistakes, false, true},
	{"poll", poll_feeds, true, false},
	{"apply", apply, false, false},
	{"rebuild", judge, false, false},
	{"verify", verify, false, false},
	{"reload", reload, false, false},
	{"request", ask, true, true},
};

static void play_all(enum torture_whose whose)
{
	struct scene scene = {0};
	office_open(&scene.office);
	office_configure_formats(&scene.office);
	torture(&(struct torture){.what = "desk",
				  .whose = whose,
				  .run = open_desk,
				  .self = &scene,
				  .runs_max = whose == TORTURE_LIBRARIES ? LIBRARY_RUNS_MAX : 0});
	office_open_desk(&scene.office, OFFICE_NOW, &scene.desk);
	for (size_t i = 0; i < COUNT_OF(scenes); i++) {
		const struct torture all = {
			.what = scenes[i].what,
			.whose = whose,
			.run = scenes[i].run,
			.settle = scenes[i].changes_log ? NULL : look_at_log,
			.self = &scene,
			.copes = scenes[i].copes || whose == TORTURE_LIBRARIES,
			.runs_max = whose == TORTURE_LIBRARIES ? LIBRARY_RUNS_MAX : 0,
		};
		scene.rows = office_rows(&scene.desk);
		torture(&all);
	}
	desk_close(&scene.desk);
	office_close(&scene.office);
}

static void our_memory(void **state)
{
	(void)state;
	play_all(TORTURE_OURS);
}

static void memory_of_libraries(void **state)
{
	(void)state;
	play_all(TORTURE_LIBRARIES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_memory),
		cmocka_unit_test(memory_of_libraries),
	};
	return cmocka_run_group_tests(tests, torture_set_up, NULL);
}
