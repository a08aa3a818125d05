/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rrd/client.h"

#include <stdlib.h>
#include <string.h>

#include "rrd/wire.h"
#include "rrd/worker.h"

enum { TIMEOUT_MS = 10000, GRAPHS_A_LIFE = 200 };

struct rrd_client {
	char *program, *state_dir;
	const struct clock *clock;
	long timeout_ms;
	int graphs_a_life, graphs;
	struct rrd_worker worker;
};

bool rrd_client_open(const struct rrd_client_options *options, struct rrd_client **ret,
		     struct error *err)
{
	if (options->state_dir != NULL && options->state_dir[0] != '/')
		return error_set(err, ERROR_INPUT, "state directory '%s' is not an absolute path",
				 options->state_dir);
	AUTO_RRD_CLIENT struct rrd_client *client = calloc(1, sizeof *client);
	if (client == NULL)
		return error_memory(err);
	client->worker = rrd_worker_none();
	client->clock = options->clock;
	client->timeout_ms = options->timeout_ms > 0 ? options->timeout_ms : TIMEOUT_MS;
	client->graphs_a_life = options->graphs_a_life > 0 ? options->graphs_a_life : GRAPHS_A_LIFE;
	client->program = span_dup(span_of(options->program));
	if (options->state_dir != NULL)
		client->state_dir = span_dup(span_of(options->state_dir));
	if (client->program == NULL || (options->state_dir != NULL && client->state_dir == NULL))
		return error_memory(err);
	*ret = ptr_take(&client);
	return true;
}

void rrd_client_free(struct rrd_client *client)
{
	if (client == NULL)
		return;
	rrd_worker_stop(&client->worker);
	free(client->program);
	free(client->state_dir);
	free(client);
}

void rrd_client_free_pointer(struct rrd_client **client)
{
	rrd_client_free(*client);
	*client = NULL;
}

/* -- answers ------------------------------------------------------------------------------------*/

static bool read_exactly(struct rrd_client *client, int64_t deadline_ms, char *bytes, size_t count,
			 struct error *err)
{
	struct rrd_turn turn = {client->clock, deadline_ms, client->timeout_ms};
	for (size_t done = 0; done < count;) {
		size_t got;
		if (!rrd_worker_receive(&client->worker, &turn, bytes + done, count - done, &got,
					err))
			return false;
		done += got;
	}
	return true;
}

/* The line up to its LF, byte by byte: it is short, and what follows is not ours yet. */
static bool read_line(struct rrd_client *client, int64_t deadline_ms, char *line, size_t size,
		      struct error *err)
{
	for (size_t len = 0; len < size; len++) {
		if (!read_exactly(client, deadline_ms, line + len, 1, err))
			return false;
		if (line[len] != '\n')
			continue;
		line[len] = '\0';
		return true;
	}
	return error_set(err, ERROR_SYSTEM, "RRD worker '%s' gave an answer that is none",
			 client->program);
}

static bool read_answer(struct rrd_client *client, int64_t deadline_ms, struct text *ret,
			bool *ret_alive, struct error *err)
{
	char line[RRD_ANSWER_LINE_BYTES], bytes[16384];
	if (!read_line(client, deadline_ms, line, sizeof line, err))
		return false;
	struct span rest = span_of(line), word = span_cut(&rest, ' ');
	int64_t left;
	if (span_is(word, "error")) {
		*ret_alive = true;
		return error_set(err, ERROR_SYSTEM, "RRD worker: %.*s", SPAN_ARGS(rest));
	}
	if (!span_is(word, "ok") ||
	    !number_read_integer(rest, 0, RRD_PICTURE_MAX_BYTES, &left, NULL))
		return error_set(err, ERROR_SYSTEM, "RRD worker '%s' gave an answer that is none",
				 client->program);
	while (left > 0) {
		size_t part = left < (int64_t)sizeof bytes ? (size_t)left : sizeof bytes;
		if (!read_exactly(client, deadline_ms, bytes, part, err))
			return false;
		text_add(ret, bytes, part);
		left -= (int64_t)part;
	}
	*ret_alive = true;
	return text_ok(ret, "answer of the RRD worker", err);
}

static bool write_request(struct rrd_client *client, int64_t deadline_ms, struct span request,
			  struct error *err)
{
	struct rrd_turn turn = {client->clock, deadline_ms, client->timeout_ms};
	while (request.len > 0) {
		size_t sent;
		if (!rrd_worker_send(&client->worker, &turn, request, &sent, err))
			return false;
		request = span_behind(request, sent);
	}
	return true;
}

static bool ask(struct rrd_client *client, const struct text *request, struct text *ret,
		struct error *err)
{
	struct clock clock = *client->clock;
	int64_t deadline_ms = clock.elapsed_ms(clock.self) + client->timeout_ms;
	if (!rrd_worker_start(&client->worker, client->program, client->state_dir, err))
		return false;
	bool alive = false;
	bool done = write_request(client, deadline_ms, text_span(request), err) &&
		    read_answer(client, deadline_ms, ret, &alive, err);
	if (!alive)
		rrd_worker_kill(&client->worker);
	return done;
}

/* -- requests -----------------------------------------------------------------------------------*/

bool rrd_client_put(struct rrd_client *client, int64_t series, enum frequency frequency,
		    const struct rrd_rows *rows, size_t *ret_left_out, struct error *err)
{
	AUTO_TEXT struct text request = text_with_limit(RRD_REQUEST_MAX_BYTES);
	AUTO_TEXT struct text answer = text_with_limit(RRD_REQUEST_MAX_BYTES);
	int64_t left_out;
	if (!rrd_wire_write_put(&request, series, frequency, rows, err) ||
	    !ask(client, &request, &answer, err))
		return false;
	if (!number_read_integer(span_trim(text_span(&answer)), 0, RRD_ROWS_MAX, &left_out, err))
		return error_within(err, "answer of the RRD worker");
	*ret_left_out = (size_t)left_out;
	return true;
}

static bool read_rows(struct span answer, struct rrd_rows *ret, struct error *err)
{
	struct span line = span_cut(&answer, '\n'), word = span_cut(&line, ' ');
	int64_t first, count;
	return number_read_integer(word, INT32_MIN / 2, INT32_MAX / 2, &first, err) &&
	       number_read_integer(line, 0, RRD_ROWS_MAX, &count, err) &&
	       rrd_wire_read_rows(&answer, (int32_t)first, (size_t)count, ret, err);
}

bool rrd_client_get(struct rrd_client *client, int64_t series, enum frequency frequency,
		    struct rrd_rows *ret, struct error *err)
{
	AUTO_TEXT struct text request = text_with_limit(RRD_REQUEST_MAX_BYTES);
	AUTO_TEXT struct text answer = text_with_limit(RRD_REQUEST_MAX_BYTES);
	if (!rrd_wire_write_get(&request, series, frequency, err) ||
	    !ask(client, &request, &answer, err))
		return false;
	if (!read_rows(text_span(&answer), ret, err))
		return error_within(err, "answer of the RRD worker");
	return true;
}

bool rrd_client_graph(struct rrd_client *client, const struct rrd_graph *graph, struct text *ret,
		      struct error *err)
{
	AUTO_TEXT struct text request = text_with_limit(RRD_REQUEST_MAX_BYTES);
	AUTO_TEXT struct text answer = text_with_limit(RRD_PICTURE_MAX_BYTES);
	if (!rrd_wire_write_graph(&request, graph, err) || !ask(client, &request, &answer, err))
		return false;
	/* librrd loses half a kilobyte with each picture. */
	if (++client->graphs >= client->graphs_a_life) {
		rrd_worker_stop(&client->worker);
		client->graphs = 0;
	}
	*ret = answer;
	answer = (struct text){0};
	return true;
}
