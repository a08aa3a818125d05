/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/outcome.h"

#include <string.h>

#include "assess/gap.h"
#include "assess/path.h"

void outcome_add(struct outcome *out, const char *key, struct measure value)
{
	out->extra[out->extra_count++] = (struct outcome_extra){key, value};
}

double outcome_number(struct measure measure, double other)
{
	return measure.is_set ? measure.value : other;
}

static void run_gap(const struct vector *row, struct outcome *out)
{
	static const struct {
		const char *name;
		size_t offset;
	} measures[] = {
		{"absolute_gap", offsetof(struct gap_measures, absolute_gap)},
		{"share_of_distance_covered", offsetof(struct gap_measures, covered)},
		{"actual_annual_change_endpoints", offsetof(struct gap_measures, actual_change)},
		{"required_annual_change", offsetof(struct gap_measures, required_change)},
		{"required_over_actual", offsetof(struct gap_measures, required_over_actual)},
		{"required_cagr_pct", offsetof(struct gap_measures, required_growth_pct)},
		{"linear_trajectory_value_now", offsetof(struct gap_measures, path_now)},
		{"deviation_from_trajectory", offsetof(struct gap_measures, deviation)},
		{"projected_value", offsetof(struct gap_measures, projected)},
		{"projected_gap", offsetof(struct gap_measures, projected_gap)},
		{"projected_year_of_attainment", offsetof(struct gap_measures, attainment_year)},
	};
	struct gap_input input = {
		.mark = {.sense = row->sense, .value = outcome_number(row->target, 0)},
		.now = {row->times[row->count - 1], row->values[row->count - 1]},
		.due = outcome_number(row->target_year, 0),
		.base_time = row->base_year,
		.base_value = vector_value_in(row, outcome_number(row->base_year, 0)),
		.slope = vector_extra_number(row, "slope_used"),
	};
	struct gap_measures gap;
	gap_measure(&input, &gap);
	out->unknown = true;
	for (size_t i = 0; i < COUNT_OF(measures); i++) {
		if (strcmp(vector_part(row), measures[i].name) != 0)
			continue;
		memcpy(&out->measure, (const char *)&gap + measures[i].offset, sizeof out->measure);
		out->unknown = false;
	}
	out->category = out->measure.is_set ? "" : "n/a";
}

/* Everything that a path is made of. */
struct way {
	struct waypoint from, to;
	struct waypoint
		interim[VECTOR_VALUES_MAX + 2]; /* stepped: these; piecewise: with from, to */
	size_t interim_count;
	double at;
};

static struct measure way_linear(const struct way *way)
{
	return path_linear(way->from, way->to, way->at);
}

static struct measure way_geometric(const struct way *way)
{
	return path_geometric(way->from, way->to, way->at);
}

static struct measure way_stepped(const struct way *way)
{
	return path_stepped(way->interim + 1, way->interim_count, way->at);
}

static struct measure way_piecewise(const struct way *way)
{
	return path_piecewise(way->interim, way->interim_count + 2, way->at);
}

static struct measure way_res(const struct way *way)
{
	return path_by_law(path_law_find("eu-res-2009"), way->from.value, way->to.value, way->at);
}

static struct measure way_governance(const struct way *way)
{
	return path_by_law(path_law_find("eu-governance-2018"), way->from.value, way->to.value,
			   way->at);
}

static void read_way(const struct vector *row, struct way *ret)
{
	double times[VECTOR_VALUES_MAX], values[VECTOR_VALUES_MAX];
	struct span text;
	*ret = (struct way){
		.from = {outcome_number(row->base_year, 0),
			 outcome_number(vector_value_in(row, outcome_number(row->base_year, 0)),
					0)},
		.to = {outcome_number(row->target_year, 0), outcome_number(row->target, 0)},
		.at = outcome_number(vector_extra_number(row, "at"), 0),
	};
	if (vector_extra(row, "interim", &text) &&
	    !vector_read_pairs(text, times, values, &ret->interim_count, NULL))
		ret->interim_count = 0;
	for (size_t i = 0; i < ret->interim_count; i++)
		ret->interim[i + 1] = (struct waypoint){times[i], values[i]};
	ret->interim[0] = ret->from;
	ret->interim[ret->interim_count + 1] = ret->to;
}

static void run_path(const struct vector *row, struct outcome *out)
{
	static const struct {
		const char *begins;
		struct measure (*find)(const struct way *way);
	} paths[] = {
		{"linear", way_linear},
		{"geometric", way_geometric},
		{"stepped annual plan", way_stepped},
		{"piecewise linear", way_piecewise},
		{"EU RES directive", way_res},
		{"EU Governance Regulation", way_governance},
	};
	struct way way;
	read_way(row, &way);
	out->unknown = true;
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		if (strncmp(row->name, paths[i].begins, strlen(paths[i].begins)) != 0)
			continue;
		out->measure = paths[i].find(&way);
		out->unknown = false;
	}
}

static void take_sen(const struct samples *samples, const struct vector *row, struct outcome *out)
{
	(void)row;
	struct sen_line line;
	if (!trend_sen(samples, &line, NULL))
		return;
	out->measure = line.slope;
	outcome_add(out, "intercept_median_y_minus_bx", line.intercept);
}

static void take_mann_kendall(const struct samples *samples, const struct vector *row,
			      struct outcome *out)
{
	(void)row;
	struct mann_kendall trend;
	trend_mann_kendall(samples, &trend);
	out->measure = measure_of(trend.s);
	outcome_add(out, "n", measure_of((double)trend.count));
	outcome_add(out, "varS", measure_of(trend.var_s));
	outcome_add(out, "Z", measure_of(trend.z));
	outcome_add(out, "p_normal", trend.p_normal);
	outcome_add(out, "p_exact", trend.p_exact);
	outcome_add(out, "tau", trend.tau);
}

static void take_fit(const struct trend_fit *fit, struct outcome *out)
{
	out->measure = measure_of(fit->value);
	outcome_add(out, "lo90", measure_of(fit->low));
	outcome_add(out, "hi90", measure_of(fit->high));
}

static void take_line(const struct samples *samples, const struct vector *row, struct outcome *out)
{
	struct trend_fit fit;
	trend_fit_line(samples, outcome_number(row->target_year, 0), &fit);
	take_fit(&fit, out);
	outcome_add(out, "slope", measure_of(fit.slope));
	outcome_add(out, "se_slope", measure_of(fit.se_slope));
	outcome_add(out, "p_slope", measure_of(trend_slope_p(&fit)));
	outcome_add(out, "prob_attain",
		    trend_attainment(&fit, row->sense, outcome_number(row->target, 0)));
}

static void take_logit(const struct samples *samples, const struct vector *row, struct outcome *out)
{
	static const struct logit_scale scale = {.low = 0, .high = 100, .step = 0.1};
	struct trend_fit fit;
	if (trend_fit_logit(samples, &scale, outcome_number(row->target_year, 0), &fit, NULL))
		take_fit(&fit, out);
}

static void run_trend(const struct vector *row, struct outcome *out)
{
	static const struct {
		const char *part;
		void (*take)(const struct samples *samples, const struct vector *row,
			     struct outcome *out);
	} trends[] = {
		{"sen_slope", take_sen},
		{"mann_kendall_S", take_mann_kendall},
		{"min two-sided", take_mann_kendall},
		{"ols_fit_at_target", take_line},
		{"logit_fit_at_target", take_logit},
	};
	struct samples samples = {row->times, row->values, row->count};
	out->unknown = true;
	for (size_t i = 0; i < COUNT_OF(trends); i++) {
		if (strncmp(vector_part(row), trends[i].part, strlen(trends[i].part)) != 0)
			continue;
		out->unknown = false;
		trends[i].take(&samples, row, out);
	}
}

const struct outcome_runner outcome_evidence_runners[] = {
	{"gap_measures", run_gap},
	{"robust", run_trend},
	{"trajectories", run_path},
	{NULL, NULL},
};
