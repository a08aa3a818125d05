/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/evidence.h"

#include "assess/judgement.h"

static bool gather(const struct judgement *j, const struct trend_fit *line, struct evidence *ret,
		   struct error *err)
{
	struct samples samples = judgement_samples(j);
	struct evidence evidence = {.count = samples.count, .line = *line};
	if (!trend_sen(&samples, &evidence.sen, err))
		return false;
	trend_mann_kendall(&samples, &evidence.mann_kendall);
	if (samples.count > 0) {
		double last = samples.values[samples.count - 1];
		double years = j->aim.due_time - samples.times[samples.count - 1];
		struct mark mark = aim_mark(&j->aim, last);
		if (j->has_level)
			evidence.attainment = trend_attainment(line, mark.sense, mark.value);
		if (evidence.sen.slope.is_set && years > 0)
			evidence.sen_projected =
				measure_of(last + evidence.sen.slope.value * years);
	}
	*ret = evidence;
	return true;
}

bool assess_evidence(const struct assess_input *input, struct evidence *ret, struct error *err)
{
	AUTO_JUDGEMENT struct judgement judgement = {0};
	if (!judgement_make(input, &judgement, err))
		return false;
	struct trend_fit line;
	judgement_fit(&judgement, &line);
	return gather(&judgement, &line, ret, err);
}

bool assess_panel(const struct assess_input *input, struct panel *ret, struct error *err)
{
	AUTO_JUDGEMENT struct judgement judgement = {0};
	if (!judgement_make(input, &judgement, err))
		return false;
	struct trend_fit line;
	judgement_fit(&judgement, &line);
	judgement_show(&judgement, &line, &ret->verdict);
	if (!gather(&judgement, &line, &ret->evidence, err))
		return false;
	const struct method *own = judgement.method;
	const struct method_result said = judgement.result;
	for (ret->count = 0; ret->count < PANEL_METHODS_MAX; ret->count++) {
		struct panel_answer *answer = &ret->answers[ret->count];
		answer->method = method_at(ret->count);
		if (answer->method == NULL)
			break;
		if (answer->method == own) {
			judgement.method = own;
			judgement.result = said;
		} else {
			judgement_ask(&judgement, answer->method);
		}
		answer->result = judgement.result;
		judgement_decide(&judgement, &answer->state, &answer->reason);
	}
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
