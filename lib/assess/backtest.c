/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/backtest.h"

#include <math.h>

#include "assess/judgement.h"
#include "assess/window.h"

/* Of the standard normal distribution, two-sided 5 %. */
#define WILSON_Z 1.959963984540054

/* Times of periods are fractions of years. */
#define SAME_TIME 1e-6

/* One target on one series, as it is known today. */
struct test {
	const struct backtest_input *in;
	struct yearly yearly;
	struct aim aim;
};

/* What was known when the figure of a year first was. */
struct past {
	struct standing standing;
	struct yearly yearly;
	bool is_cut;
};

static void past_done(struct past *past)
{
	yearly_done(&past->yearly);
	standing_done(&past->standing);
}

static bool is_figure(const struct observation *row)
{
	return row->has_value && row->status != OBS_FORECAST && row->status != OBS_MISSING &&
	       row->status != OBS_WITHDRAWN;
}

/* The day on which a figure for the reporting period first was known. */
static int32_t first_known(const struct standing_input *rows, struct period reporting)
{
	int32_t first = rows->as_of.day;
	for (size_t i = 0; i < rows->count; i++) {
		const struct observation *row = &rows->rows[i];
		int32_t day = rows->as_of.by_receipt ? rows->received_days[i] : row->known_day;
		if (is_figure(row) && day < first && period_contains(reporting, row->period))
			first = day;
	}
	return first;
}

static void cut(struct past *past, struct period reporting)
{
	struct standing *standing = &past->standing;
	while (standing->count > 0 &&
	       standing->points[standing->count - 1].reporting.from >= reporting.to) {
		standing->count--;
		past->is_cut = past->is_cut || standing->points[standing->count].usable;
	}
}

static bool look_back(const struct test *test, size_t index, struct past *ret, struct error *err)
{
	const struct assess_input *in = &test->in->assess;
	struct period reporting = in->standing->points[test->yearly.points[index]].reporting;
	struct standing_input rows = test->in->past;
	rows.as_of.day = first_known(&rows, reporting);
	if (!standing_build(&rows, &ret->standing, err))
		return false;
	cut(ret, reporting);
	struct series_place place = {in->catalogue, in->indicator, in->area->id,
				     in->target->period};
	return yearly_build(&place, &ret->standing, &ret->yearly, err);
}

/* Where the way to the target began, as one would have said in the year t. */
static void set_base(const struct test *test, double t, struct method_call *call)
{
	const struct aim *aim = &test->aim;
	if (aim->base_time.is_set && aim->base_time.value < t) {
		call->base_time = aim->base_time;
		call->base_value = aim->base_value;
	} else if (aim->base_time.is_set || t <= WINDOW_BASE_YEAR) {
		call->base_time = measure_of(t - test->in->years);
	}
}

/* The verdicts on one question; -1: none, else whether it said that the level will be reached. */
static size_t ask(const struct method_call *call, int said[BACKTEST_METHODS_MAX])
{
	size_t methods = 0;
	for (; methods < BACKTEST_METHODS_MAX && method_at(methods) != NULL; methods++) {
		const struct method *method = method_at(methods);
		struct method_result result;
		method->judge(call, &result);
		bool is_verdict = call->count >= method->min_values &&
				  assess_state_rank(result.state) <= assess_state_rank(STATE_MET);
		said[methods] = is_verdict ? result.state == STATE_ON_TRACK : -1;
	}
	return methods;
}

static void count(const struct method_call *call, bool came, struct backtest *sum)
{
	int said[BACKTEST_METHODS_MAX];
	size_t methods = ask(call, said);
	bool is_shared = true;
	for (size_t i = 0; i < methods; i++)
		is_shared = is_shared && said[i] >= 0;
	for (size_t i = 0; i < methods; i++) {
		struct backtest_score *score = &sum->scores[i];
		if (said[i] < 0)
			continue;
		bool is_true = (said[i] == 1) == came;
		score->verdicts++;
		score->came_true += is_true;
		score->false_alarms += !is_true && came;
		score->missed_gaps += !is_true && !came;
		score->still_true += !came;
		score->shared += is_shared;
		score->shared_true += is_shared && is_true;
	}
}

/* Put the question of the year at `index` whose answer is at `later`. */
static bool ask_about(const struct test *test, size_t index, size_t later, struct backtest *sum,
		      struct error *err)
{
	const struct assess_input *in = &test->in->assess;
	AUTO(past_done) struct past past = {0};
	if (!look_back(test, index, &past, err))
		return false;
	size_t known = past.yearly.count;
	double t = test->yearly.times[index], due = test->yearly.times[later];
	if (known == 0 || fabs(past.yearly.times[known - 1] - t) > SAME_TIME)
		return true;
	struct waypoint now = {t, past.yearly.values[known - 1]};
	struct method_call call = {
		.kind = METHOD_BY_YEAR,
		.mark = aim_mark(&test->aim, now.value),
		.times = past.yearly.times,
		.values = past.yearly.values,
		.count = known,
		.due = due,
	};
	struct logit_scale scale;
	bool is_own = fabs(due - test->aim.due_time) <= SAME_TIME;
	struct measure level = measure_of(call.mark.value);
	if (!is_own)
		level = aim_path_from(in->target, in->indicator, &test->aim, now, due);
	if (!level.is_set)
		return true;
	call.mark.value = level.value;
	set_base(test, t, &call);
	judgement_bounds(in->indicator, &call, &scale);
	if (mark_reached(&call.mark, now.value)) {
		sum->reached++;
		return true;
	}
	sum->questions++;
	sum->own += is_own;
	sum->cut += past.is_cut;
	count(&call, mark_reached(&call.mark, test->yearly.values[later]), sum);
	return true;
}

static bool ask_all(const struct test *test, struct backtest *sum, struct error *err)
{
	const struct yearly *yearly = &test->yearly;
	for (size_t i = 0; i < yearly->count; i++) {
		double due = yearly->times[i] + test->in->years;
		if (due > test->aim.due_time + SAME_TIME)
			return true;
		size_t later = i + 1;
		while (later < yearly->count && yearly->times[later] < due - SAME_TIME)
			later++;
		if (later < yearly->count && yearly->times[later] <= due + SAME_TIME &&
		    !ask_about(test, i, later, sum, err))
			return false;
	}
	return true;
}

bool backtest_target(const struct backtest_input *input, struct backtest *sum, struct error *err)
{
	AUTO_JUDGEMENT struct judgement judgement = {0};
	if (!judgement_make(&input->assess, &judgement, err))
		return false;
	if (!judgement.has_level || judgement.aim.kind != METHOD_BY_YEAR)
		return true;
	const struct test test = {input, judgement.yearly, judgement.aim};
	return ask_all(&test, sum, err);
}

void backtest_interval(long hits, long count, double *ret_low, double *ret_high)
{
	double n = (double)count, p = (double)hits / n, z2 = WILSON_Z * WILSON_Z;
	double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
	double reach = WILSON_Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
	*ret_low = fmax(0, middle - reach);
	*ret_high = fmin(1, middle + reach);
}
