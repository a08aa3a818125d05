/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/questions.h"

#include <stdlib.h>

#include "assess/backtest.h"
#include "base/number.h"
#include "query/areas.h"
#include "query/backtest.h"
#include "query/check.h"
#include "query/events.h"
#include "query/explain_verdict.h"
#include "query/feeds.h"
#include "query/gaps.h"
#include "query/methods.h"
#include "query/show.h"
#include "query/status.h"
#include "query/totals.h"
#include "query/warnings.h"
#include "tools/answer.h"
#include "tools/cell.h"
#include "tools/try_feed.h"
#include "tools/write.h"

enum { CHECK_BYTES = 4096 };

static bool read_filter(const struct session *session, struct query_filter *ret, struct error *err)
{
	int64_t year = 0;
	const char *due = session_option(session, OPTION_DUE);
	if (due != NULL &&
	    !number_read_integer(span_of(due), DAY_YEAR_MIN, DAY_YEAR_MAX, &year, err))
		return error_within(err, "--due");
	*ret = (struct query_filter){
		.indicator = session_option(session, OPTION_INDICATOR),
		.area = session_option(session, OPTION_AREA),
		.breakdown = session_option(session, OPTION_BREAKDOWN),
		.act = session_option(session, OPTION_ACT),
		.target = session_option(session, OPTION_TARGET),
		.state = session_option(session, OPTION_STATE),
		.due_year = (int)year,
		.all = options_has(&session->options, OPTION_ALL),
	};
	return true;
}

bool status_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	struct query_filter filter;
	return read_filter(session, &filter, err) && answer_open(session, &answer, err) &&
	       query_status(&answer.query, &filter, &report, err) &&
	       answer_print(session, &answer, report, err);
}

bool gaps_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	struct query_filter filter;
	return read_filter(session, &filter, err) && answer_open(session, &answer, err) &&
	       query_gaps(&answer.query, &filter, &report, err) &&
	       answer_print(session, &answer, report, err);
}

/* INDICATOR AREA [PERIOD] --breakdown */
static bool find_series(const struct session *session, const struct answer *answer,
			struct query_series *ret, struct error *err)
{
	const struct query_written written = {
		.indicator = session_argument(session, 0),
		.area = session_argument(session, 1),
		.breakdown = session_option(session, OPTION_BREAKDOWN),
		.period = session_argument(session, 2),
	};
	return query_find_series(&answer->query, &written, ret, err);
}

bool show_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	struct query_series series;
	return answer_open(session, &answer, err) && find_series(session, &answer, &series, err) &&
	       query_show(&answer.query, &series, options_has(&session->options, OPTION_ABOUT),
			  &report, err) &&
	       answer_print(session, &answer, report, err);
}

/* Each form has its own options. */
static bool check_explain(const struct session *session, struct error *err)
{
	bool has_period = session->argument_count > 2;
	if (has_period && options_has(&session->options, OPTION_TARGET))
		return error_set(err, ERROR_INPUT,
				 "--target is for 'explain' without a period; with one, --source");
	if (!has_period && options_has(&session->options, OPTION_SOURCE))
		return error_set(err, ERROR_INPUT,
				 "--source is for 'explain' with a period; without one, --target");
	return true;
}

static bool explain_value(const struct session *session, const struct answer *answer,
			  const struct query_series *series, struct report **ret, struct error *err)
{
	const struct explain_question question = {
		.series = series,
		.period = session_argument(session, 2),
		.source = session_option(session, OPTION_SOURCE),
		.reader = {cell_read, session->config},
	};
	return query_explain_value(&answer->query, &question, ret, err);
}

bool explain_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	struct query_series series;
	return check_explain(session, err) && answer_open(session, &answer, err) &&
	       find_series(session, &answer, &series, err) &&
	       (session->argument_count > 2
			? explain_value(session, &answer, &series, &report, err)
			: query_explain_verdict(&answer.query, &series,
						session_option(session, OPTION_TARGET), &report,
						err)) &&
	       answer_print(session, &answer, report, err);
}

static bool check(struct session *session, struct text *out, enum check_status *ret,
		  struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	struct query_series series;
	const struct check_options options = {
		.target = session_option(session, OPTION_TARGET),
		.acknowledged_ok = options_has(&session->options, OPTION_ACKNOWLEDGED_OK),
	};
	return answer_open(session, &answer, err) && find_series(session, &answer, &series, err) &&
	       query_check(&answer.query, &series, &options, out, ret, err);
}

bool check_run(struct session *session, struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(CHECK_BYTES);
	enum check_status status = CHECK_UNKNOWN;
	if (!check(session, &out, &status, err))
		return false;
	session->status = (int)status;
	return text_ok(&out, "the line", err) && session_print(session, text_span(&out), err);
}

/* A day of an option; DAY_NONE when it is not given. */
static bool read_day(const struct session *session, enum option_id option, int32_t *ret,
		     struct error *err)
{
	const char *written = session_option(session, option);
	*ret = DAY_NONE;
	return written == NULL || day_parse(span_of(written), ret, err) ||
	       error_within(err, "--%s", option_row(option)->name);
}

static bool read_events_filter(const struct session *session, struct query_events_filter *ret,
			       struct error *err)
{
	int64_t last = 0;
	const char *written = session_option(session, OPTION_LAST);
	struct query_events_filter filter = {
		.indicator = session_option(session, OPTION_INDICATOR),
		.area = session_option(session, OPTION_AREA),
		.target = session_option(session, OPTION_TARGET),
		.state = session_option(session, OPTION_STATE),
	};
	if (written != NULL && !number_read_integer(span_of(written), 1, INT32_MAX, &last, err))
		return error_within(err, "--last");
	filter.last = (size_t)last;
	if (!read_day(session, OPTION_SINCE, &filter.since, err) ||
	    !read_day(session, OPTION_UNTIL, &filter.until, err))
		return false;
	*ret = filter;
	return true;
}

bool events_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	struct query_events_filter filter;
	return read_events_filter(session, &filter, err) && answer_open(session, &answer, err) &&
	       query_events(&answer.query, &filter, &report, err) &&
	       answer_print(session, &answer, report, err);
}

/* The feeds as they are configured, for query/feeds.h. */
static bool list_feeds(const struct config *config, struct query_feed **ret, struct error *err)
{
	size_t count = config->feeds.count;
	struct query_feed *feeds = calloc(count ? count : 1, sizeof *feeds);
	if (feeds == NULL)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		const struct config_feed *feed = config_feed_at(config, i);
		feeds[i] = (struct query_feed){feed->id,
					       feed->name,
					       feed->url,
					       feed->is_enabled,
					       feed->every_s,
					       {feed->documentation, feed->licence,
						feed->attribution, feed->limits, feed->verified}};
	}
	*ret = feeds;
	return true;
}

static bool ask_feeds(const struct session *session, const struct answer *answer,
		      const struct query_feeds *feeds, struct report **ret, struct error *err)
{
	const char *id = session_argument(session, 0);
	if (options_has(&session->options, OPTION_REJECTS))
		return query_feed_rejects(&answer->query, feeds, id, ret, err);
	if (options_has(&session->options, OPTION_WARNINGS))
		return query_warnings(&answer->query, &(struct warnings_filter){.feed = id}, ret,
				      err);
	if (id != NULL)
		return query_feed_runs(&answer->query, feeds, id, ret, err);
	return query_feeds(&answer->query, feeds, ret, err);
}

bool feeds_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	AUTO_FREE struct query_feed *list = NULL;
	if (options_has(&session->options, OPTION_TEST))
		return try_feed_run(session, err);
	if (options_has(&session->options, OPTION_ACCEPT))
		return write_accept(session, err);
	if (!answer_open(session, &answer, err) || !list_feeds(session->config, &list, err))
		return false;
	const struct query_feeds feeds = {list, session->config->feeds.count};
	return ask_feeds(session, &answer, &feeds, &report, err) &&
	       answer_print(session, &answer, report, err);
}

static bool read_backtest(const struct session *session, struct backtest_question *ret,
			  struct error *err)
{
	enum { YEARS = 3 };
	int64_t years = YEARS;
	const char *written = session_option(session, OPTION_YEARS);
	if (written != NULL &&
	    !number_read_integer(span_of(written), 1, BACKTEST_YEARS_MAX, &years, err))
		return error_within(err, "--years");
	*ret = (struct backtest_question){
		.indicator = session_argument(session, 0),
		.area = session_argument(session, 1),
		.method = session_option(session, OPTION_METHOD),
		.years = (int)years,
	};
	return true;
}

bool backtest_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	struct backtest_question question;
	return read_backtest(session, &question, err) && answer_open(session, &answer, err) &&
	       query_backtest(&answer.query, &question, &report, err) &&
	       answer_print(session, &answer, report, err);
}

bool areas_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	return answer_open(session, &answer, err) &&
	       query_areas(&answer.query,
			   session->argument_count > 0 ? session_argument(session, 0) : NULL,
			   &report, err) &&
	       answer_print(session, &answer, report, err);
}

bool totals_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	struct query_series series;
	return answer_open(session, &answer, err) && find_series(session, &answer, &series, err) &&
	       query_totals(&answer.query, &series,
			    session->argument_count > 2 ? session_argument(session, 2) : NULL,
			    &report, err) &&
	       answer_print(session, &answer, report, err);
}

bool methods_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	return answer_begin(session, &answer, err) &&
	       query_methods(&answer.query, session_argument(session, 0), &report, err) &&
	       answer_print(session, &answer, report, err);
}
