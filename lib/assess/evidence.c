/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/evidence.h"

#include "assess/judgement.h"

static struct samples recent(const struct yearly *yearly)
{
	size_t left_out = yearly->count > TREND_VALUES_MAX ? yearly->count - TREND_VALUES_MAX : 0;
	return (struct samples){yearly->times + left_out, yearly->values + left_out,
				yearly->count - left_out};
}

bool assess_evidence(const struct assess_input *input, struct evidence *ret, struct error *err)
{
	AUTO_JUDGEMENT struct judgement judgement = {0};
	if (!judgement_make(input, &judgement, err))
		return false;
	struct samples samples = recent(&judgement.yearly);
	struct evidence evidence = {.count = samples.count};
	if (!trend_sen(&samples, &evidence.sen, err))
		return false;
	trend_mann_kendall(&samples, &evidence.mann_kendall);
	trend_fit_line(&samples, judgement.aim.due_time, &evidence.line);
	if (samples.count > 0) {
		double last = samples.values[samples.count - 1];
		double years = judgement.aim.due_time - samples.times[samples.count - 1];
		struct mark mark = aim_mark(&judgement.aim, last);
		if (judgement.has_level)
			evidence.attainment =
				trend_attainment(&evidence.line, mark.sense, mark.value);
		if (evidence.sen.slope.is_set && years > 0)
			evidence.sen_projected =
				measure_of(last + evidence.sen.slope.value * years);
	}
	*ret = evidence;
	return true;
}

bool assess_by_method(const struct assess_input *input, const struct method *method,
		      struct method_result *ret, struct error *err)
{
	AUTO_JUDGEMENT struct judgement judgement = {0};
	if (!judgement_make(input, &judgement, err))
		return false;
	judgement_ask(&judgement, method);
	*ret = judgement.result;
	return true;
}
