/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeout: 120 s; drawing under a sanitizer takes its time */
#include "tests/unit/unit.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rrd/worker.h"
#include "tests/unit/rrd_world.h"

/* 2019 .. 2022 */
static const struct rrd_point four[] = {
	{49, 80, false, 0}, {50, 91, false, 0}, {51, 91.5, true, 1}, {52, 92, false, 1}};

static struct rrd_graph yearly(void)
{
	return (struct rrd_graph){.frequency = FREQUENCY_YEAR,
				  .points = four,
				  .point_count = COUNT_OF(four),
				  .title = "Tỷ lệ khu công nghiệp: <đạt> & \\chuẩn\\l",
				  .subtitle = "of: 100 %",
				  .unit = "%: a",
				  .notes = {"Source: MONRE\\"},
				  .publishers = {"GSO", "MONRE"},
				  .targets = {{95, 51, 60, "Target 2030: 95 %"}},
				  .target_count = 1,
				  .has_due = true,
				  .due = 60};
}

/* Everything that a picture can have. */
static struct rrd_graph full(void)
{
	struct rrd_graph graph = yearly();
	graph.breaks[0] = 50;
	graph.break_count = 1;
	graph.path[0] = (struct rrd_vertex){51, 91};
	graph.path[1] = (struct rrd_vertex){60, 95};
	graph.path_count = 2;
	graph.projection = (struct rrd_projection){true, true, {52, 92}, {60, 98}, 90, 106};
	graph.has_bounds = true;
	graph.bound_high = 100;
	return graph;
}

static unsigned read_u32(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;
	return (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 | b[3];
}

/* A PNG begins with its signature and the IHDR chunk: width at byte 16, height at 20 (RFC 2083). */
static void expect_png(struct rrd_client *client, const struct rrd_graph *graph, unsigned width,
		       unsigned height)
{
	struct error err = {0};
	AUTO_TEXT struct text picture = text_with_limit(1);
	if (!rrd_client_graph(client, graph, &picture, &err))
		fail_msg("%s", err.text);
	assert_true(picture.len > 1000);
	assert_memory_equal(picture.data, "\x89PNG\r\n\x1a\n", 8);
	assert_int_equal(read_u32(picture.data + 16), width);
	assert_int_equal(read_u32(picture.data + 20), height);
	assert_memory_equal(picture.data + picture.len - 8, "IEND", 4);
}

static void a_picture_is_as_large_as_it_was_asked_for(void **state)
{
	struct rrd_world *world = *state;
	struct rrd_graph graph = full();
	expect_png(world->client, &graph, 800, 400);
	graph.zoom = 2;
	expect_png(world->client, &graph, 1600, 800);
	graph.zoom = 1;
	graph.width = 640;
	graph.height = 480;
	expect_png(world->client, &graph, 640, 480);
	assert_int_equal(rrd_world_entries(world->state), 0); /* no temporary files */
}

static void pictures_of_all_kinds_can_be_drawn(void **state)
{
	struct rrd_world *world = *state;
	AUTO_RRD_CLIENT struct rrd_client *client =
		rrd_world_script(world, "exec \"$WORKER\" \"$@\" 2>\"$HERE/stderr\"", 0, 0);
	static const struct rrd_point old[] = {{5, 70, false, 0}, {12, 71, false, 0}};
	struct rrd_graph graph = yearly();
	graph.points = NULL;
	graph.point_count = 0;
	expect_png(client, &graph, 800, 400); /* no value at all */
	graph.points = old;
	graph.point_count = 2;
	expect_png(client, &graph, 800, 400); /* partly before 1980 */
	char text[RRD_TEXT_MAX + 1] = "";
	for (size_t i = 0; i + 3 < sizeof text; i += 3)
		memcpy(text + i, "ệ", 3);
	graph = full();
	graph.title = graph.subtitle = graph.unit = graph.notes[0] = graph.publishers[0] = text;
	graph.targets[0].text = text;
	expect_png(client, &graph, 800, 400); /* texts as long as they may be */
	graph = full();
	expect_png(client, &graph, 800, 400);
	/* Pango says there what it could not read, and draws something else. */
	char path[RRD_WORLD_PATH_BYTES + 16];
	struct stat status;
	(void)snprintf(path, sizeof path, "%s/stderr", world->directory);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_size, 0);
}

static void many_days_can_be_drawn(void **state)
{
	struct rrd_world *world = *state;
	struct rrd_point *points = calloc(RRD_POINTS_MAX, sizeof *points);
	assert_non_null(points);
	for (int i = 0; i < RRD_POINTS_MAX; i++)
		points[i] = (struct rrd_point){15000 + i, i % 100, false, i % RRD_PUBLISHERS_MAX};
	struct rrd_graph graph = {
		.frequency = FREQUENCY_DAY, .points = points, .point_count = RRD_POINTS_MAX};
	expect_png(world->client, &graph, 800, 400);
	free(points);
}

static void an_svg_has_the_title_for_those_who_cannot_see_it(void **state)
{
	struct rrd_world *world = *state;
	struct rrd_graph graph = full();
	struct error err = {0};
	graph.picture = RRD_SVG;
	AUTO_TEXT struct text picture = text_with_limit(1);
	if (!rrd_client_graph(world->client, &graph, &picture, &err))
		fail_msg("%s", err.text);
	assert_true(span_starts(text_span(&picture), "<?xml version=\"1.0\""));
	assert_non_null(strstr(picture.data, "<title>Tỷ lệ khu công nghiệp&#58; &lt;đạt&gt; "
					     "&amp; &#92;chuẩn&#92;l</title>"));
	assert_non_null(strstr(picture.data, "</svg>"));
}

/* Of how many parts the line between values is: an SVG path begins each with an M. */
static int parts(struct rrd_client *client, const struct rrd_graph *graph)
{
	AUTO_TEXT struct text picture = text_with_limit(1);
	assert_true(rrd_client_graph(client, graph, &picture, NULL));
	const char *line = strstr(picture.data, "stroke-width:1.8;");
	assert_non_null(line);
	const char *path = strstr(line, " d=\"");
	assert_non_null(path);
	int count = 0;
	for (const char *at = path + 4; *at != '"' && *at != '\0'; at++)
		count += *at == 'M';
	return count;
}

static void a_gap_and_a_break_part_the_line(void **state)
{
	struct rrd_world *world = *state;
	struct rrd_point points[] = {
		{49, 80, false, 0}, {50, 81, false, 0}, {51, 82, false, 0}, {52, 83, false, 0}};
	struct rrd_graph graph = {.frequency = FREQUENCY_YEAR,
				  .points = points,
				  .point_count = COUNT_OF(points),
				  .picture = RRD_SVG,
				  .breaks = {51}};
	assert_int_equal(parts(world->client, &graph), 1);
	graph.break_count = 1;
	assert_int_equal(parts(world->client, &graph), 2);
	graph.break_count = 0;
	points[2].index = 52;
	points[3].index = 53;
	assert_int_equal(parts(world->client, &graph), 2);
}

static void expect_failure(struct rrd_client *client, const char *says)
{
	struct rrd_graph graph = yearly();
	struct error err = {0};
	AUTO_TEXT struct text picture = text_with_limit(1);
	assert_false(rrd_client_graph(client, &graph, &picture, &err));
	assert_int_equal(err.code, ERROR_SYSTEM);
	if (strstr(err.text, says) == NULL)
		fail_msg("'%s' does not say '%s'", err.text, says);
	assert_null(picture.data);
}

/* What goes wrong the first time and is a worker after that. */
#define ONCE(what)                                                                                 \
	"test -e \"$HERE/seen\" || { touch \"$HERE/seen\"; " what "; }\nexec \"$WORKER\" \"$@\""

static void a_worker_that_goes_wrong_is_replaced_for_the_next_request(void **state)
{
	struct rrd_world *world = *state;
	static const struct {
		const char *script, *says;
		long timeout_ms;
	} cases[] = {
		{ONCE("kill -SEGV $$"), "RRD worker died of signal 11 (Segmentation fault)", 0},
		{ONCE("read line; kill -KILL $$"), "RRD worker died of signal 9 (Killed)", 0},
		{ONCE("exit 7"), "RRD worker ended by itself with status 7", 0},
		{ONCE("sleep 60"), "RRD worker took longer than 2 s", 2000},
		{ONCE("echo ok 100; sleep 60"), "RRD worker took longer than 1500 ms", 1500},
		{ONCE("echo hello; sleep 60"), "gave an answer that is none", 0},
		{ONCE("echo ok -1; sleep 60"), "gave an answer that is none", 0},
		{ONCE("head -c 2000 /dev/zero; sleep 60"), "gave an answer that is none", 0},
		{ONCE("exec >&- <&-; sleep 60"), "RRD worker died of signal 9 (Killed)", 0},
	};
	char seen[RRD_WORLD_PATH_BYTES + 16];
	(void)snprintf(seen, sizeof seen, "%s/seen", world->directory);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_RRD_CLIENT struct rrd_client *client =
			rrd_world_script(world, cases[i].script, cases[i].timeout_ms, 0);
		expect_failure(client, cases[i].says);
		struct rrd_graph graph = yearly();
		expect_png(client, &graph, 800, 400);
		assert_int_equal(unlink(seen), 0);
	}
}

static void a_request_larger_than_the_socket_waits_for_a_slow_reader(void **state)
{
	struct rrd_world *world = *state;
	struct error err = {0};
	AUTO_RRD_ROWS struct rrd_rows rows = {0};
	assert_true(rrd_rows_init(&rows, 365, RRD_ROWS_MAX, &err));
	for (size_t i = 0; i < rows.count; i++)
		rows.values[i] = 1 / (double)(i + 3);
	AUTO_RRD_CLIENT struct rrd_client *client =
		rrd_world_script(world, "sleep 0.2\nexec \"$WORKER\" \"$@\"", 0, 0);
	size_t left_out;
	if (!rrd_client_put(client, 1, FREQUENCY_DAY, &rows, &left_out, &err))
		fail_msg("%s", err.text);
	assert_int_equal(left_out, RRD_ROWS_MAX - 4018); /* the ring of days */

	/* The rest of a request that nobody reads any more: an error, not SIGPIPE. */
	AUTO_RRD_CLIENT struct rrd_client *gone =
		rrd_world_script(world, "read line; exit 7", 0, 0);
	assert_false(rrd_client_put(gone, 1, FREQUENCY_DAY, &rows, &left_out, &err));
	assert_string_equal(err.text, "RRD worker ended by itself with status 7");

	err = (struct error){0};
	AUTO_RRD_CLIENT struct rrd_client *stuck = rrd_world_script(world, "sleep 60", 1500, 0);
	assert_false(rrd_client_put(stuck, 1, FREQUENCY_DAY, &rows, &left_out, &err));
	assert_string_equal(err.text, "RRD worker took longer than 1500 ms");
}

static void an_answer_that_makes_no_sense_is_refused(void **state)
{
	struct rrd_world *world = *state;
	struct rrd_rows rows = {0};
	size_t left_out;
	struct error err = {0};
	AUTO_RRD_CLIENT struct rrd_client *client = rrd_world_script(
		world, "while read line; do test \"$line\" = . && printf 'ok 4\\nx y\\n'; done", 0,
		0);
	assert_false(rrd_client_put(client, 1, FREQUENCY_YEAR, &rows, &left_out, &err));
	assert_non_null(strstr(err.text, "answer of the RRD worker: "));
	err = (struct error){0};
	assert_false(rrd_client_get(client, 1, FREQUENCY_YEAR, &rows, &err));
	assert_non_null(strstr(err.text, "answer of the RRD worker: "));
}

static void a_program_that_is_not_there_is_named(void **state)
{
	struct rrd_world *world = *state;
	struct rrd_client_options options = {.program = "/nowhere/envgap-rrd",
					     .clock = &world->clock};
	AUTO_RRD_CLIENT struct rrd_client *client = NULL;
	assert_true(rrd_client_open(&options, &client, NULL));
	expect_failure(client, "start RRD worker '/nowhere/envgap-rrd': No such file or directory");
	options.state_dir = "state";
	struct error err = {0};
	struct rrd_client *none = NULL;
	assert_false(rrd_client_open(&options, &none, &err));
	assert_string_equal(err.text, "state directory 'state' is not an absolute path");
	rrd_client_free(none);
}

static void a_worker_is_replaced_after_its_share_of_pictures(void **state)
{
	struct rrd_world *world = *state;
	AUTO_RRD_CLIENT struct rrd_client *client = rrd_world_script(
		world,
		"mkdir -p \"$HERE/lives\"; touch \"$HERE/lives/$$\"\nexec \"$WORKER\" \"$@\"", 0,
		2);
	struct rrd_graph graph = {.frequency = FREQUENCY_YEAR,
				  .points = four,
				  .point_count = COUNT_OF(four),
				  .width = RRD_WIDTH_MIN,
				  .height = RRD_HEIGHT_MIN};
	for (int i = 0; i < 5; i++)
		expect_png(client, &graph, RRD_WIDTH_MIN, RRD_HEIGHT_MIN);
	char lives[RRD_WORLD_PATH_BYTES + 16];
	(void)snprintf(lives, sizeof lives, "%s/lives", world->directory);
	assert_int_equal(rrd_world_entries(lives), 3);
}

static void a_worker_without_a_state_directory_only_draws(void **state)
{
	struct rrd_world *world = *state;
	struct rrd_client_options options = {.program = world->worker, .clock = &world->clock};
	AUTO_RRD_CLIENT struct rrd_client *client = NULL;
	assert_true(rrd_client_open(&options, &client, NULL));
	struct error err = {0};
	struct rrd_rows rows = {0};
	size_t left_out;
	assert_false(rrd_client_put(client, 1, FREQUENCY_YEAR, &rows, &left_out, &err));
	assert_string_equal(err.text,
			    "RRD worker: the worker was started without a state directory");
	assert_false(rrd_client_get(client, 1, FREQUENCY_YEAR, &rows, NULL));
	struct rrd_graph graph = yearly();
	expect_png(client, &graph, 800, 400);
}

static void a_directory_for_temporary_files_that_is_not_there_is_named(void **state)
{
	struct rrd_world *world = *state;
	AUTO_RRD_CLIENT struct rrd_client *client =
		rrd_world_script(world, "TMPDIR=/nowhere exec \"$WORKER\" \"$@\"", 0, 0);
	expect_failure(client, "'/nowhere/envgap-rrd-");
}

/* Send bytes to a worker and read the first line of its answer. */
static void talk(struct rrd_world *world, struct rrd_worker *worker, struct span bytes, char *line,
		 size_t size)
{
	struct error err = {0};
	struct rrd_turn turn = {&world->clock, world->clock.elapsed_ms(world->clock.self) + 20000,
				20000};
	if (!rrd_worker_start(worker, world->worker, world->state, &err))
		fail_msg("%s", err.text);
	while (bytes.len > 0) {
		size_t sent;
		assert_true(rrd_worker_send(worker, &turn, bytes, &sent, &err));
		bytes = (struct span){bytes.start + sent, bytes.len - sent};
	}
	for (size_t len = 0; len + 1 < size; len++) {
		size_t got;
		assert_true(rrd_worker_receive(worker, &turn, line + len, 1, &got, &err));
		line[len + 1] = '\0';
		if (line[len] == '\n')
			break;
	}
}

static void the_worker_answers_nonsense_with_an_error_and_goes_on(void **state)
{
	struct rrd_world *world = *state;
	static const struct {
		const char *request, *answer;
	} cases[] = {
		{".\n", "error request '' is not put, get or graph\n"},
		{"rm -rf /\n.\n", "error request 'rm' is not put, get or graph\n"},
		{"graph png\nfrequency=A\npoint=1 x A 0\n.\n", "error line 3: point: "},
		{"graph png\nfrequency=A\npoint=1 2 A 0\n.\n",
		 "error everything lies before 1980; such years cannot be drawn\n"},
		{"put 5 A 50 1\n7\n.\n", "ok 2\n"},
	};
	struct rrd_worker worker = rrd_worker_none();
	char line[RRD_WORLD_PATH_BYTES * 2];
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		talk(world, &worker, span_of(cases[i].request), line, sizeof line);
		if (!span_starts(span_of(line), cases[i].answer))
			fail_msg("%s", line);
	}
	rrd_worker_stop(&worker);
	assert_int_equal(worker.pid, 0);
	rrd_worker_stop(&worker);
	rrd_worker_kill(&worker);
}

static void a_request_without_end_does_not_fill_the_memory(void **state)
{
	struct rrd_world *world = *state;
	struct rrd_worker worker = rrd_worker_none();
	char line[RRD_WORLD_PATH_BYTES];
	AUTO_TEXT struct text request = text_with_limit(16 << 20);
	text_add_string(&request, "put 1 A 50 1\n");
	for (int i = 0; i < 100000; i++)
		text_add_char(&request, '1');
	text_add_string(&request, "\n.\n");
	talk(world, &worker, text_span(&request), line, sizeof line);
	assert_string_equal(line, "error a line is longer than 512 bytes\n");
	text_clear(&request);
	for (int i = 0; i < 1000000; i++)
		text_add_string(&request, "123456789\n");
	text_add_string(&request, ".\n");
	assert_false(request.failed);
	talk(world, &worker, text_span(&request), line, sizeof line);
	assert_non_null(strstr(line, "error request"));
	talk(world, &worker, span_of("put 5 A 50 1\n7\n.\n"), line, sizeof line);
	assert_string_equal(line, "ok 2\n");
	rrd_worker_kill(&worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define RRD_TEST(name) cmocka_unit_test_setup_teardown(name, rrd_world_setup, rrd_world_teardown)
		RRD_TEST(a_picture_is_as_large_as_it_was_asked_for),
		RRD_TEST(pictures_of_all_kinds_can_be_drawn),
		RRD_TEST(many_days_can_be_drawn),
		RRD_TEST(an_svg_has_the_title_for_those_who_cannot_see_it),
		RRD_TEST(a_gap_and_a_break_part_the_line),
		RRD_TEST(a_worker_that_goes_wrong_is_replaced_for_the_next_request),
		RRD_TEST(a_request_larger_than_the_socket_waits_for_a_slow_reader),
		RRD_TEST(an_answer_that_makes_no_sense_is_refused),
		RRD_TEST(a_program_that_is_not_there_is_named),
		RRD_TEST(a_worker_is_replaced_after_its_share_of_pictures),
		RRD_TEST(a_worker_without_a_state_directory_only_draws),
		RRD_TEST(a_directory_for_temporary_files_that_is_not_there_is_named),
		RRD_TEST(the_worker_answers_nonsense_with_an_error_and_goes_on),
		RRD_TEST(a_request_without_end_does_not_fill_the_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
