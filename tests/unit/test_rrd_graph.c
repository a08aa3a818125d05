/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <math.h>
#include <stdlib.h>

#include "rrd/wire.h"

#define UNKNOWN ((double)NAN)

/* 2019 .. 2022 */
static const struct rrd_point four[] = {
	{49, 80, false, 0}, {50, 91, false, 0}, {51, 91.5, true, 1}, {52, 92, false, 1}};

static struct rrd_graph yearly(void)
{
	return (struct rrd_graph){.frequency = FREQUENCY_YEAR,
				  .points = four,
				  .point_count = COUNT_OF(four),
				  .width = 800,
				  .height = 400};
}

/* A picture with one of everything. */
static struct rrd_graph full(void)
{
	struct rrd_graph sent = yearly();
	sent.picture = RRD_SVG;
	sent.zoom = 1.5;
	sent.title = "Tỷ lệ khu công nghiệp – Việt Nam = 100 %: <ok>";
	sent.unit = "%";
	sent.notes[0] = "one";
	sent.notes[1] = "two";
	sent.publishers[1] = "MONRE";
	sent.publishers[0] = "GSO";
	sent.has_range = sent.has_bounds = sent.has_due = true;
	sent.low = 60;
	sent.high = 100.5;
	sent.bound_low = 0;
	sent.bound_high = 100;
	sent.due = 60;
	sent.breaks[0] = 50;
	sent.break_count = 1;
	sent.targets[0] = (struct rrd_target){95, 51, 60, "Target 2030: 95 %"};
	sent.targets[1] = (struct rrd_target){97.25, 51, 60, NULL};
	sent.target_count = 2;
	sent.path[0] = (struct rrd_vertex){51, 91};
	sent.path[1] = (struct rrd_vertex){60, 95};
	sent.path_count = 2;
	sent.projection = (struct rrd_projection){true, true, {52, 92}, {60, 94}, 90, 99.5};
	sent.earlier[0] = (struct rrd_vertex){50, 88.25};
	sent.earlier_count = 1;
	sent.words.due = "hạn";
	return sent;
}

static void expect_points(const struct rrd_graph *got)
{
	for (size_t i = 0; i < COUNT_OF(four); i++) {
		assert_int_equal(got->points[i].index, four[i].index);
		assert_true(number_equal(got->points[i].value, four[i].value));
		assert_int_equal(got->points[i].is_estimate, four[i].is_estimate);
		assert_int_equal(got->points[i].publisher, four[i].publisher);
	}
}

static void expect_frame(const struct rrd_graph *got)
{
	assert_int_equal(got->picture, RRD_SVG);
	assert_int_equal(got->frequency, FREQUENCY_YEAR);
	assert_int_equal(got->width, 800);
	assert_int_equal(got->height, 400);
	assert_true(number_equal(got->zoom, 1.5));
	assert_null(got->subtitle);
	assert_string_equal(got->unit, "%");
	assert_string_equal(got->notes[1], "two");
	assert_string_equal(got->publishers[0], "GSO");
	assert_string_equal(got->publishers[1], "MONRE");
	assert_string_equal(got->words.due, "hạn");
	assert_null(got->words.path);
}

static void a_picture_comes_through_the_wire_as_it_was(void **state)
{
	(void)state;
	struct rrd_graph sent = full();
	struct error err = {0};
	AUTO_TEXT struct text bytes = text_with_limit(RRD_REQUEST_MAX_BYTES);
	assert_true(rrd_wire_write_graph(&bytes, &sent, &err));
	assert_memory_equal(bytes.data + bytes.len - 3, "\n.\n", 3);
	bytes.data[bytes.len - 2] = '\0';
	AUTO_RRD_REQUEST struct rrd_request request = {0};
	if (!rrd_wire_read(bytes.data, &request, &err))
		fail_msg("%s", err.text);
	const struct rrd_graph *got = &request.graph;
	assert_int_equal(request.verb, RRD_GRAPH);
	expect_frame(got);
	assert_string_equal(got->title, sent.title);
	assert_true(got->has_range && got->has_bounds && got->has_due);
	assert_true(number_equal(got->high, 100.5) && number_equal(got->bound_high, 100));
	assert_int_equal(got->due, 60);
	assert_int_equal(got->breaks[0], 50);
	assert_int_equal(got->target_count, 2);
	assert_string_equal(got->targets[0].text, "Target 2030: 95 %");
	assert_string_equal(got->targets[1].text, "");
	assert_true(number_equal(got->targets[1].value, 97.25));
	assert_int_equal(got->targets[1].to, 60);
	assert_int_equal(got->path_count, 2);
	assert_int_equal(got->path[1].index, 60);
	assert_true(got->projection.is_set && got->projection.has_band);
	assert_true(number_equal(got->projection.high, 99.5));
	assert_int_equal(got->point_count, COUNT_OF(four));
	expect_points(got);
	const struct rrd_graph *drawn = &request.graph;
	assert_int_equal(drawn->earlier_count, 1);
	assert_int_equal(drawn->earlier[0].index, 50);
	assert_true(number_equal(drawn->earlier[0].value, 88.25));
}

static void what_was_not_given_has_a_default(void **state)
{
	(void)state;
	struct rrd_graph graph = {.words.due = "hạn"};
	rrd_graph_set_defaults(&graph);
	assert_int_equal(graph.width, 800);
	assert_int_equal(graph.height, 400);
	assert_true(number_equal(graph.zoom, 1));
	assert_string_equal(graph.words.due, "hạn");
	assert_string_equal(graph.words.projection, "projection");
}

static void a_request_that_is_not_right_is_refused_by_name(void **state)
{
	(void)state;
	static const struct {
		const char *request, *says;
	} cases[] = {
		{"", "request '' is not put, get or graph"},
		{"delete 1 A\n", "request 'delete' is not put, get or graph"},
		{"get 1\n", "'get' is followed by 2 words, not 1"},
		{"get 1 A 3 4 5 6\n", "'get' is followed by 2 words, not 5"},
		{"get 0 A\n", "series id"},
		{"get 1 5\n", "frequency '5' is not A, S, Q, M, W or D"},
		{"get 1 A\n1\n", "there are more lines than the request needs"},
		{"put 1 A x 0\n", "first period"},
		{"put 1 A 0 120001\n", "count of rows"},
		{"put 1 A 0 2\n1\n", "row 2"},
		{"put 1 A 0 1\nnan\n", "row 1"},
		{"put 1 A 0 1\n1\n2\n", "there are more lines than the request needs"},
		{"graph gif\n", "picture 'gif' is neither png nor svg"},
		{"graph png\nfrequency=A\n", "there is neither a value nor a target to draw"},
		{"graph png\ncolour=red\n", "'colour' is not a known KEY=VALUE"},
		{"graph png\ntitle\n", "'title' is not a known KEY=VALUE"},
		{"graph png\ntitle=a\ntitle=b\n", "more than 1 of title"},
		{"graph png\ntitle=a\tb\n", "title has a control character at byte 2"},
		{"graph png\ntitle=\xff\n", "title is not UTF-8 at byte 1"},
		{"graph png\nfrequency=year\n", "frequency: 'year' is not A, S, Q, M, W or D"},
		{"graph png\npoint=1 2\n", "point: status '' is neither A nor E"},
		{"graph png\npoint=1 2 A 6\n", "point: publisher"},
		{"graph png\npoint=1 2 A 0 x\n", "point: 'x' is too much"},
		{"graph png\npoint=1 2 A 0\n", "frequency of a picture is not"},
		{"graph png\ntarget=1 x 2 t\n", "target: period"},
		{"graph png\nwidth=-1\n", "width"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		struct rrd_request request = {0};
		AUTO_FREE char *bytes = span_dup(span_of(cases[i].request));
		if (rrd_wire_read(bytes, &request, &err) || strstr(err.text, cases[i].says) == NULL)
			fail_msg("%zu: '%s' does not say '%s'", i, err.text, cases[i].says);
	}
}

static void a_line_of_a_picture_is_named_by_its_number(void **state)
{
	(void)state;
	char bytes[] = "graph png\nfrequency=A\npoint=1 x A 0\n";
	struct error err = {0};
	struct rrd_request request = {0};
	assert_false(rrd_wire_read(bytes, &request, &err));
	assert_int_equal(err.line, 3);
}

static void more_than_there_is_room_for_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		int room;
	} cases[] = {
		{"break=1\n", RRD_BREAKS_MAX},	       {"path=1 1\n", RRD_PATH_MAX},
		{"target=1 1 1 t\n", RRD_TARGETS_MAX}, {"note=t\n", RRD_NOTES_MAX},
		{"publisher=t\n", RRD_PUBLISHERS_MAX}, {"point=1 1 A 0\n", RRD_POINTS_MAX},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text bytes = text_with_limit(RRD_REQUEST_MAX_BYTES);
		text_add_string(&bytes, "graph png\n");
		for (int k = 0; k <= cases[i].room; k++)
			text_add_string(&bytes, cases[i].line);
		struct error err = {0};
		struct rrd_request request = {0};
		assert_false(rrd_wire_read(bytes.data, &request, &err));
		assert_int_equal(err.code, ERROR_LIMIT);
		assert_int_equal(err.line, 2 + cases[i].room);
	}
	char longest[RRD_LINE_MAX_BYTES + 64] = "graph png\nnote=";
	memset(longest + strlen(longest), 'x', RRD_LINE_MAX_BYTES);
	struct error err = {0};
	struct rrd_request request = {0};
	assert_false(rrd_wire_read(longest, &request, &err));
	assert_string_equal(err.text, "line is longer than 512 bytes");
}

static void expect_refused(const struct rrd_graph *graph, const char *says)
{
	struct error err = {0};
	if (rrd_graph_check(graph, &err) || strstr(err.text, says) == NULL)
		fail_msg("'%s' does not say '%s'", err.text, says);
}

static void a_picture_that_cannot_be_drawn_is_refused(void **state)
{
	(void)state;
	struct rrd_graph graph = yearly();
	assert_true(rrd_graph_check(&graph, NULL));
	graph.width = 399;
	expect_refused(&graph, "width '399' is not within 400..4000");
	graph = yearly();
	graph.has_range = true;
	expect_refused(&graph, "range does not go from low to high");
	graph = yearly();
	graph.has_bounds = true;
	graph.bound_low = UNKNOWN;
	expect_refused(&graph, "bounds does not go from low to high");
	graph = yearly();
	graph.has_due = true;
	graph.due = 1000;
	expect_refused(&graph, "due: period 1000 is not within years 1710 to 2230");
	graph = yearly();
	graph.path_count = 1;
	expect_refused(&graph, "a path has two vertices or more");
	graph.path_count = 2;
	expect_refused(&graph, "path is not in ascending order");
	graph = yearly();
	graph.target_count = 1;
	graph.targets[0].value = (double)INFINITY;
	expect_refused(&graph, "target has a value that is not finite");
	graph = yearly();
	graph.break_count = 1;
	graph.breaks[0] = -1000;
	expect_refused(&graph, "break: period -1000");
	graph.break_count = RRD_BREAKS_MAX + 1;
	expect_refused(&graph, "a picture has at most 64 breaks");
	graph = yearly();
	graph.projection.is_set = true;
	expect_refused(&graph, "projection does not go forward");
	graph.projection = (struct rrd_projection){true, true, {1, 1}, {2, 1}, 3, 2};
	expect_refused(&graph, "band does not go from low to high");
	struct rrd_point points[] = {{5, 1, false, 0}, {5, 1, false, 0}};
	graph = yearly();
	graph.points = points;
	graph.point_count = 2;
	expect_refused(&graph, "points are not in ascending order");
	points[1] = (struct rrd_point){6, 1, false, RRD_PUBLISHERS_MAX};
	expect_refused(&graph, "publisher 6 is not within 0..5");
	points[1] = (struct rrd_point){6, UNKNOWN, false, 0};
	expect_refused(&graph, "point has a value that is not finite");
}

static void a_text_that_is_too_long_is_not_sent(void **state)
{
	(void)state;
	char title[RRD_TEXT_MAX + 2] = "";
	memset(title, 'x', RRD_TEXT_MAX + 1);
	struct rrd_graph graph = yearly();
	graph.title = title;
	struct error err = {0};
	AUTO_TEXT struct text bytes = text_with_limit(RRD_REQUEST_MAX_BYTES);
	assert_false(rrd_wire_write_graph(&bytes, &graph, &err));
	assert_string_equal(err.text, "title is longer than 300 bytes");
	graph.title = NULL;
	graph.target_count = 1;
	graph.targets[0] = (struct rrd_target){1, 1, 2, "a\nb"};
	err = (struct error){0};
	assert_false(rrd_wire_write_graph(&bytes, &graph, &err));
	assert_string_equal(err.text, "target has a control character at byte 2");
}

static void rows_that_are_no_rows_are_not_sent(void **state)
{
	(void)state;
	double infinite = (double)INFINITY;
	struct rrd_rows rows = {0, 1, &infinite}, many = {0, RRD_ROWS_MAX + 1, NULL}, none = {0};
	AUTO_TEXT struct text bytes = text_with_limit(RRD_REQUEST_MAX_BYTES);
	struct error err = {0};
	assert_false(rrd_wire_write_put(&bytes, 1, FREQUENCY_YEAR, &rows, &err));
	assert_string_equal(err.text, "row 1 is not a finite number");
	assert_false(rrd_wire_write_put(&bytes, 1, FREQUENCY_YEAR, &many, NULL));
	assert_false(rrd_wire_write_put(&bytes, 0, FREQUENCY_YEAR, &none, NULL));
	assert_false(rrd_wire_write_get(&bytes, 1, FREQUENCY_NONE, NULL));
	assert_int_equal(bytes.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_picture_comes_through_the_wire_as_it_was),
		cmocka_unit_test(what_was_not_given_has_a_default),
		cmocka_unit_test(a_request_that_is_not_right_is_refused_by_name),
		cmocka_unit_test(a_line_of_a_picture_is_named_by_its_number),
		cmocka_unit_test(more_than_there_is_room_for_is_refused),
		cmocka_unit_test(a_picture_that_cannot_be_drawn_is_refused),
		cmocka_unit_test(a_text_that_is_too_long_is_not_sent),
		cmocka_unit_test(rows_that_are_no_rows_are_not_sent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
