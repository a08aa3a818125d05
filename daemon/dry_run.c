/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/dry_run.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>

#include "assess/method.h"
#include "base/csv_write.h"
#include "base/scratch.h"
#include "base/unicode.h"
#include "daemon/job_request.h"
#include "feed/plan.h"

enum { ROW_BYTES = 1 << 16, TICK_MS = 1000, UNREAD_SHOWN = 8 };

static const char heading[] =
	"area,period,series,value,status,unit,published,place,indicator,breakdown,area_id\n";

/* What a dry run holds; a ledger of its own in a scratch directory when there is none to read. */
struct drying {
	const struct dry_run *run;
	struct desk desk;
	struct poller poller;
	struct job job;
	char scratch[SCRATCH_BYTES];
	bool is_done;
	struct error why; /* the feed gave no answer */
};

static void drying_done(struct drying *drying)
{
	feed_intake_free(&drying->job.run);
	free(drying->job.shown);
	fetcher_free(drying->poller.fetcher);
	desk_close(&drying->desk);
	scratch_remove(drying->scratch);
}

static const char *temporary_place(void)
{
	const char *tmp = getenv("TMPDIR");
	return tmp ? tmp : "/tmp";
}

static bool open_scratch(struct drying *drying, struct error *err)
{
	const struct ledger_build build = {
		.program = "envgapd --dry-run",
		.now = drying->run->clock->now(drying->run->clock->self)};
	if (!scratch_make(drying->scratch, err))
		return false;
	return writer_lock_take(drying->scratch, 0, &drying->desk.lock, err) &&
	       ledger_open_writer(drying->desk.lock, &build, &drying->desk.ledger, err);
}

static bool open_ledger(struct drying *drying, struct error *err)
{
	struct error why = {0};
	if (ledger_open_reader(drying->desk.setup->config->state_dir, &drying->desk.ledger, &why))
		return true;
	return why.code == ERROR_NOT_FOUND ? open_scratch(drying, err)
					   : error_set(err, why.code, "%s", why.text);
}

static bool print_record(void *self, const struct feed_record *record, const struct bound *bound,
			 struct error *err)
{
	const struct drying *drying = self;
	AUTO_TEXT struct text row = text_with_limit(ROW_BYTES);
	const struct span cells[] = {
		record->area,
		record->period,
		record->series,
		record->value,
		record->status,
		record->unit,
		record->published,
		span_of(record->place),
		span_of(bound ? bound->indicator->id : ""),
		span_of(bound ? bound->breakdown : ""),
		span_of(bound ? bound->area->id : ""),
	};
	for (size_t i = 0; i < COUNT_OF(cells); i++)
		csv_write_field(&row, cells[i], i == 0);
	csv_write_end(&row);
	if (!text_ok(&row, "a record", err))
		return false;
	return fwrite(row.data, 1, row.len, drying->run->out) == row.len ||
	       error_errno(err, "output");
}

/* As it is written in the configuration, so that no secret is shown. */
static void tell_request(const struct drying *drying, const struct feed_run *wanted)
{
	const struct config_feed *feed = drying->job.feed;
	FILE *out = drying->run->complaints;
	const char *method = feed->method == CONFIG_POST ? "POST" : "GET";
	if (wanted->next[0] != '\0')
		(void)fprintf(out, "request: %s the document that the last one named\n", method);
	else if (wanted->pages_read > 0)
		(void)fprintf(out, "request: %s page %lld\n", method, (long long)wanted->page);
	if (wanted->pages_read > 0)
		return;
	(void)fprintf(out, "request: %s %s\n", method, drying->job.shown);
	for (size_t i = 0; i < feed->headers.count; i++)
		(void)fprintf(out, "request: %s: %s\n", feed->headers.items[i].name,
			      feed->headers.items[i].value);
	if (feed->body != NULL)
		(void)fprintf(out, "request: body: %s\n", feed->body);
}

static void tell_answer(const struct drying *drying, const struct fetch_result *result)
{
	FILE *out = drying->run->complaints;
	const char *type = result->content_type[0] != '\0' ? result->content_type : "no type";
	size_t bytes = spool_len(&result->body);
	long long elapsed_ms = (long long)result->elapsed_ms;
	if (result->http_status != 0)
		(void)fprintf(out, "answer: HTTP %d, %s, %zu bytes after %lld ms\n",
			      result->http_status, type, bytes, elapsed_ms);
	else
		(void)fprintf(out, "answer: %zu bytes after %lld ms\n", bytes, elapsed_ms);
}

/* Whoever tries a feed may have taken another format for it. */
static void tell_guess(const struct drying *drying)
{
	const struct feed_format *guess = feed_intake_guess(drying->job.run);
	if (guess != NULL)
		(void)fprintf(drying->run->complaints,
			      "answer: it looks like a document for format = '%s' (%s)\n",
			      guess->name, guess->help);
}

static void fetched(void *self, struct fetch_result *result)
{
	struct drying *drying = self;
	enum reading_state state;
	const char *cause = fetch_cause_name(result->cause);
	struct error err = {0};
	drying->is_done = true;
	if (result->outcome != FETCH_OK) {
		(void)error_set(&drying->why, ERROR_REFUSED, "%s: %s", cause, result->text);
		return;
	}
	tell_answer(drying, result);
	drying->job.got.bytes += (int64_t)result->wire_bytes;
	const struct feed_head head = {result->content_type, result->link,
				       result->is_link_too_long};
	if (!feed_intake_head(drying->job.run, &head, &cause, &err) ||
	    !feed_intake_open(drying->job.run, &result->body, NULL, &err) ||
	    !feed_intake_step(drying->job.run, SIZE_MAX, &state, &cause, &err)) {
		(void)error_set(&drying->why, ERROR_REFUSED, "%s: %s", cause, err.text);
		tell_guess(drying);
	}
}

static bool wait_for_document(struct drying *drying, struct error *err)
{
	struct fetcher *fetcher = drying->poller.fetcher;
	while (!drying->is_done) {
		struct pollfd ready = {.fd = fetcher_fd(fetcher), .events = POLLIN};
		if (poll(&ready, 1, fetcher_timeout_ms(fetcher) == 0 ? 0 : TICK_MS) < 0 &&
		    errno != EINTR)
			return error_errno(err, "poll");
		if (!fetcher_turn(fetcher, err))
			return false;
	}
	return true;
}

static bool fetch_all(struct drying *drying, struct error *err)
{
	const struct feed_run *wanted = feed_intake_wants(drying->job.run);
	while (wanted != NULL && drying->why.code == ERROR_NONE) {
		AUTO_JOB_REQUEST struct job_request request = {0};
		drying->is_done = false;
		tell_request(drying, wanted);
		if (!job_request_make(&drying->job, wanted, &request, err) ||
		    !fetcher_start(drying->poller.fetcher, &request.request, fetched, drying, NULL,
				   err) ||
		    !wait_for_document(drying, err))
			return false;
		wanted = feed_intake_wants(drying->job.run);
	}
	return drying->why.code == ERROR_NONE ||
	       error_set(err, drying->why.code, "%s", drying->why.text);
}

static void print_refusals(const struct drying *drying)
{
	const struct feed_refusal *refusals = NULL;
	size_t count = feed_intake_refusals(drying->job.run, &refusals);
	for (size_t i = 0; i < count; i++)
		(void)fprintf(drying->run->complaints, "refused: %s: '%s': %s\n", refusals[i].place,
			      refusals[i].found, refusals[i].why);
}

static void print_unseen(const struct drying *drying)
{
	enum feed_slot unseen[FEED_SLOTS];
	size_t count = feed_intake_unseen(drying->job.run, unseen);
	for (size_t i = 0; i < count; i++)
		(void)fprintf(drying->run->complaints,
			      "note: no record has what %s says ('%s'): right if it may be missing "
			      "from all of them, else a slip\n",
			      feed_slot_key(unseen[i]),
			      feed_slot_given(&drying->job.feed->mapping, unseen[i]));
}

static void print_unread(const struct drying *drying)
{
	struct span rest = span_of(feed_intake_unread(drying->job.run));
	for (size_t left = UNREAD_SHOWN; rest.len > 0 && left > 0; left--) {
		AUTO_TEXT struct text shown = text_with_limit(FEED_UNREAD_BYTES * 4);
		unicode_show(&shown, span_cut(&rest, '\n'));
		if (shown.failed)
			return;
		(void)fprintf(drying->run->complaints,
			      "note: column '%.*s' is passed over, because no pattern of csv.wide "
			      "fits it: right if it holds no values\n",
			      SPAN_ARGS(text_span(&shown)));
	}
}

static bool begin(struct drying *drying, struct problems *problems, struct error *err)
{
	const struct dry_run *run = drying->run;
	struct job *job = &drying->job;
	const struct setup_source source = {.path = run->path, .method_at = method_name_at};
	if (!setup_load(&source, &drying->desk.setup, problems, err) ||
	    !zone_open(drying->desk.setup->config->timezone, &drying->desk.zone, err))
		return false;
	job->feed = config_feed_find(drying->desk.setup->config, span_of(run->feed));
	if (job->feed == NULL)
		return error_set(err, ERROR_NOT_FOUND, "there is no feed '%s' in %s", run->feed,
				 run->path);
	drying->poller = (struct poller){
		.clock = run->clock, .desk = &drying->desk, .spool_dir = temporary_place()};
	job->poller = &drying->poller;
	job->intake = desk_intake(&drying->desk, run->clock->now(run->clock->self), "envgapd");
	if (!open_ledger(drying, err) || !job_shown_url(job->feed, &job->shown, err) ||
	    !fetcher_new(&drying->poller.fetcher, err))
		return false;
	job->intake.apply.ledger = drying->desk.ledger;
	return feed_intake_new(&job->intake, job->feed, true, &job->run, err);
}

bool dry_run(const struct dry_run *run, struct problems *problems, struct error *err)
{
	AUTO(drying_done) struct drying drying = {.run = run};
	struct feed_intake_counts counts;
	struct feed_state state = {0};
	const char *cause = "";
	if (!begin(&drying, problems, err))
		return false;
	if (run->with_records) {
		(void)fputs(heading, run->out);
		feed_intake_watch(drying.job.run, print_record, &drying);
	}
	bool fetched = fetch_all(&drying, err);
	bool done = fetched &&
		    feed_intake_end(drying.job.run, &drying.job.got, &state, &counts, &cause, err);
	print_refusals(&drying); /* ratios and duplicates are judged at the end only */
	print_unseen(&drying);
	print_unread(&drying);
	if (!fetched)
		return error_within(err, "feed '%s'", run->feed);
	if (!done)
		return error_within(err, "feed '%s': %s", run->feed, cause);
	(void)fprintf(run->complaints,
		      "feed '%s': %zu rows, %zu read, %zu refused, %zu passed over; %zu would be "
		      "new (%zu revisions), %zu "
		      "unchanged, %zu withdrawn\n",
		      run->feed, counts.rows, counts.taken, counts.refused, counts.passed,
		      counts.appended, counts.revised, counts.unchanged, counts.withdrawn);
	return true;
}
