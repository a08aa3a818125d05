/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/milestone.h"

#include "assess/judgement.h"

const char *milestone_state_name(enum milestone_state state)
{
	static const char *const names[] = {
		[MILESTONE_AHEAD] = "ahead",
		[MILESTONE_MET] = "met",
		[MILESTONE_MISSED] = "missed",
		[MILESTONE_NO_VALUE] = "no_data",
	};
	return names[state];
}

static struct milestone_verdict judge(const struct judgement *j, const struct milestone *milestone)
{
	const struct assess_input *in = j->in;
	bool is_over = in->today > period_last_day(milestone->period);
	struct milestone_verdict verdict = {.state =
						    is_over ? MILESTONE_NO_VALUE : MILESTONE_AHEAD};
	struct period_value value;
	if (!j->has_level)
		return verdict;
	verdict.level = measure_of(aim_level(in->target, &j->aim, milestone->value));
	if (!series_value(in->indicator, in->standing, milestone->period, &value))
		return verdict;
	verdict.value = measure_of(value.value);
	verdict.point = value.point;
	struct mark mark = aim_mark(&j->aim, value.value);
	mark.value = verdict.level.value;
	if (mark_reached(&mark, value.value))
		verdict.state = MILESTONE_MET;
	else if (is_over)
		verdict.state = MILESTONE_MISSED;
	return verdict;
}

bool assess_milestones(const struct assess_input *input, struct milestone_verdict *ret,
		       struct error *err)
{
	AUTO_JUDGEMENT struct judgement judgement = {0};
	if (!judgement_make(input, &judgement, err))
		return false;
	for (size_t i = 0; i < input->target->milestone_count; i++)
		ret[i] = judge(&judgement, &input->target->milestones[i]);
	return true;
}
