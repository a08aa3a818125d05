/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/questions.h"

#include "base/number.h"
#include "query/status.h"
#include "tools/answer.h"

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
