/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/duties.h"

#include "query/duties.h"
#include "tools/answer.h"

enum { CHECK_BYTES = 4096 };

static bool read_question(const struct session *session, struct duties_question *ret,
			  struct error *err)
{
	const char *before = session_option(session, OPTION_DUE_BEFORE);
	struct duties_question question = {
		.duty = session_argument(session, 0),
		.period = session_option(session, OPTION_PERIOD),
		.owner = session_option(session, OPTION_OWNER),
		.state = session_option(session, OPTION_STATE),
		.due_before = DAY_NONE,
		.all = options_has(&session->options, OPTION_ALL),
	};
	if (before != NULL && !day_parse(span_of(before), &question.due_before, err))
		return error_within(err, "--due-before");
	*ret = question;
	return true;
}

static bool print_letters(struct session *session, const struct answer *answer,
			  const struct duties_question *question, struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(REPORT_OUTPUT_BYTES);
	return query_duties_letters(&answer->query, question, &out, err) &&
	       text_ok(&out, "the letters", err) && session_print(session, text_span(&out), err);
}

static bool ask(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO_REPORT struct report *report = NULL;
	struct duties_question question;
	bool reminds = options_has(&session->options, OPTION_REMIND);
	if (!read_question(session, &question, err) || !answer_open(session, &answer, err))
		return false;
	if (reminds && answer.format == REPORT_TABLE)
		return print_letters(session, &answer, &question, err);
	return (reminds ? query_duties_reminders(&answer.query, &question, &report, err)
			: query_duties(&answer.query, &question, &report, err)) &&
	       answer_print(session, &answer, report, err);
}

static bool check(struct session *session, struct text *out, enum check_status *ret,
		  struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	struct duties_question question;
	return read_question(session, &question, err) && answer_open(session, &answer, err) &&
	       query_duties_check(&answer.query, &question, out, ret, err);
}

bool duties_run(struct session *session, struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(CHECK_BYTES);
	enum check_status status = CHECK_UNKNOWN;
	if (!options_has(&session->options, OPTION_CHECK))
		return ask(session, err);
	if (options_has(&session->options, OPTION_REMIND))
		return error_set(err, ERROR_INPUT, "--check and --remind exclude one another");
	if (!check(session, &out, &status, err))
		return false;
	session->status = (int)status;
	return text_ok(&out, "the line", err) && session_print(session, text_span(&out), err);
}
