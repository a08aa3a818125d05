/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeout: 240 s */
#include "tests/unit/unit.h"

#include "control/message.h"
#include "query/check.h"
#include "query/duties.h"
#include "query/events.h"
#include "query/explain_verdict.h"
#include "query/export.h"
#include "query/feeds.h"
#include "query/gaps.h"
#include "query/graph.h"
#include "query/show.h"
#include "query/status.h"
#include "rrd/wire.h"
#include "tests/unit/torture_query.h"

enum { LIBRARY_RUNS_MAX = 200 };

static bool find_series(const struct query *query, struct query_series *ret, struct error *err)
{
	return query_find_series(query, &(struct query_written){"ip_cwwt", "VN", NULL, NULL}, ret,
				 err);
}

static bool ask_status(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_REPORT struct report *report = NULL;
	const struct query_filter filter = {.all = true};
	return query_status(&world->query, &filter, &report, err) &&
	       torture_render(report, out, err);
}

static bool ask_gaps(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_REPORT struct report *report = NULL;
	const struct query_filter filter = {0};
	return query_gaps(&world->query, &filter, &report, err) && torture_render(report, out, err);
}

static bool ask_show(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_REPORT struct report *report = NULL;
	struct query_series series;
	return find_series(&world->query, &series, err) &&
	       query_show(&world->query, &series, true, &report, err) &&
	       torture_render(report, out, err);
}

static bool ask_explain(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_REPORT struct report *report = NULL;
	struct query_series series;
	return find_series(&world->query, &series, err) &&
	       query_explain_verdict(&world->query, &series, NULL, &report, err) &&
	       torture_render(report, out, err);
}

static bool ask_events(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_REPORT struct report *report = NULL;
	const struct query_events_filter filter = {.since = DAY_NONE, .until = DAY_NONE, .last = 3};
	return query_events(&world->query, &filter, &report, err) &&
	       torture_render(report, out, err);
}

static bool ask_feeds(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_REPORT struct report *report = NULL;
	const struct query_feeds feeds = {0};
	return query_feeds(&world->query, &feeds, &report, err) && torture_render(report, out, err);
}

static bool ask_check(const struct query_world *world, struct text *out, struct error *err)
{
	const struct check_options options = {0};
	struct query_series series;
	enum check_status status;
	return find_series(&world->query, &series, err) &&
	       query_check(&world->query, &series, &options, out, &status, err);
}

static bool add_piece(void *self, struct span piece, struct error *err)
{
	text_add(self, piece.start, piece.len);
	return text_ok(self, "the export", err);
}

static bool ask_export(const struct query_world *world, struct text *out, struct error *err)
{
	return query_export(&world->query, add_piece, out, err);
}

/* What a picture shows, written for the worker and read again as the worker does. */
static bool ask_graph(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_QUERY_GRAPH struct query_graph graph = {0};
	AUTO_RRD_REQUEST struct rrd_request request = {0};
	AUTO_TEXT struct text wire = text_with_limit(RRD_REQUEST_MAX_BYTES);
	struct query_series series;
	if (!find_series(&world->query, &series, err) ||
	    !query_graph(&world->query, &series, NULL, &graph, err) ||
	    !rrd_wire_write_graph(&wire, &graph.graph, err))
		return false;
	text_add_string(out, text_part(&wire, out));
	AUTO_FREE char *bytes = text_take(&wire);
	if (bytes == NULL)
		return error_memory(err);
	bytes[strlen(bytes) - strlen(".\n")] = '\0';
	return rrd_wire_read(bytes, &request, err) && request.verb == RRD_GRAPH &&
	       request.graph.point_count == graph.graph.point_count;
}

static bool send_rows(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_RRD_ROWS struct rrd_rows rows = {0};
	AUTO_RRD_REQUEST struct rrd_request request = {0};
	AUTO_TEXT struct text wire = text_with_limit(RRD_REQUEST_MAX_BYTES);
	(void)world;
	if (!rrd_rows_init(&rows, 20, 400, err) ||
	    !rrd_wire_write_put(&wire, 7, FREQUENCY_MONTH, &rows, err))
		return false;
	text_add_string(out, text_part(&wire, out));
	AUTO_FREE char *bytes = text_take(&wire);
	if (bytes == NULL)
		return error_memory(err);
	bytes[strlen(bytes) - strlen(".\n")] = '\0';
	return rrd_wire_read(bytes, &request, err) && request.rows.count == 400;
}

static bool send_message(const struct query_world *world, struct text *out, struct error *err)
{
	AUTO_MESSAGE struct control_message sent = {0}, got = {0};
	AUTO_TEXT struct text bytes = text_with_limit(CONTROL_MESSAGE_BYTES);
	(void)world;
	control_set(&sent, "verb", "record");
	control_set(&sent, "raw", "two\nlines");
	if (sent.failed)
		return error_memory(err);
	if (!control_encode(&sent, &bytes, err))
		return false;
	text_add(out, bytes.data, bytes.len);
	return control_decode(text_span(&bytes), &got, err) &&
	       strcmp(control_get(&got, "raw"), "two\nlines") == 0;
}

static bool ask_duties(const struct query_world *world, struct text *out, struct error *err)
{
	const struct duties_question all = {.due_before = DAY_NONE};
	const struct duties_question one = {.duty = "plan", .due_before = DAY_NONE};
	AUTO_REPORT struct report *summary = NULL;
	AUTO_REPORT struct report *owners = NULL;
	return query_duties(&world->query, &all, &summary, err) &&
	       torture_render(summary, out, err) &&
	       query_duties(&world->query, &one, &owners, err) &&
	       torture_render(owners, out, err) &&
	       query_duties_letters(&world->query, &all, out, err);
}

static const struct torture_question questions[] = {
	{"status", ask_status},	  {"gaps", ask_gaps},	  {"show", ask_show},
	{"explain", ask_explain}, {"events", ask_events}, {"feeds", ask_feeds},
	{"check", ask_check},	  {"export", ask_export}, {"graph", ask_graph},
	{"duties", ask_duties},	  {"put", send_rows},	  {"message", send_message},
};

static void ask_all(enum torture_whose whose)
{
	struct query_world world;
	query_world_open(&world);
	torture_questions(&world, questions, COUNT_OF(questions), whose,
			  whose == TORTURE_LIBRARIES ? LIBRARY_RUNS_MAX : 0);
	query_world_close(&world);
}

static void our_memory(void **state)
{
	(void)state;
	ask_all(TORTURE_OURS);
}

static void memory_of_libraries(void **state)
{
	(void)state;
	ask_all(TORTURE_LIBRARIES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_memory),
		cmocka_unit_test(memory_of_libraries),
	};
	return cmocka_run_group_tests(tests, torture_set_up, NULL);
}
