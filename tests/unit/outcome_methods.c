/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/outcome.h"

#include <string.h>

#include "assess/band.h"
#include "assess/escap.h"
#include "assess/jmp.h"
#include "assess/sdr.h"
#include "assess/trend.h"

/* What all rows have in common; without a target the direction alone counts. */
static struct method_call call_of(const struct vector *row)
{
	return (struct method_call){
		.kind = row->target.is_set ? METHOD_BY_YEAR : METHOD_DIRECTION,
		.mark = {.sense = row->sense, .value = outcome_number(row->target, 0)},
		.times = row->times,
		.values = row->values,
		.count = row->count,
		.due = outcome_number(row->target_year, 0),
		.horizon = row->target_year,
		.base_time = row->base_year,
		.limit = vector_extra_number(row, "limit"),
	};
}

static void take(const struct method_result *result, struct outcome *out)
{
	out->measure = result->measure;
	out->category = result->category;
	outcome_add(out, "score", result->score);
}

static void ask(const char *method, const struct method_call *call, struct outcome *out)
{
	struct method_result result;
	method_find(method)->judge(call, &result);
	take(&result, out);
}

static void run_weather(const struct vector *row, struct outcome *out)
{
	static const struct {
		const char *word;
		enum method_kind kind;
	} kinds[] = {{"target_year", METHOD_BY_YEAR},
		     {"annual", METHOD_HOLD},
		     {"direction", METHOD_DIRECTION}};
	struct span type;
	struct method_call call = call_of(row);
	out->unknown = true;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!vector_extra(row, "type", &type) || !span_is(type, kinds[i].word))
			continue;
		call.kind = kinds[i].kind;
		out->unknown = false;
	}
	ask("weather", &call, out);
}

static void run_eurostat(const struct vector *row, struct outcome *out)
{
	struct method_call call = call_of(row);
	ask("eurostat", &call, out);
}

static void run_opensdg(const struct vector *row, struct outcome *out)
{
	struct method_call call = call_of(row);
	ask("opensdg", &call, out);
}

static void run_sdr(const struct vector *row, struct outcome *out)
{
	struct method_call call = call_of(row);
	struct measure required_from = vector_extra_number(row, "required_from");
	struct method_result result;
	if (required_from.is_set)
		sdr_judge_from(&call, required_from.value, &result);
	else
		method_find("sdr")->judge(&call, &result);
	take(&result, out);
	out->six_digits = strcmp(row->kind, "hand") != 0;
}

/* The edition of 2019 counted what is required from 2015. */
static void run_sdr_2019(const struct vector *row, struct outcome *out)
{
	struct method_call call = call_of(row);
	struct method_result result;
	sdr_judge_from(&call, 2015, &result);
	take(&result, out);
	out->six_digits = true;
}

static void run_unchart(const struct vector *row, struct outcome *out)
{
	static const struct logit_scale percent = {.low = 0, .high = 100, .step = 0.1};
	struct method_call call = call_of(row);
	call.scale = &percent;
	ask("unchart", &call, out);
}

static void take_outlook(const struct escap_outlook *outlook, struct outcome *out)
{
	out->measure = outlook->predicted;
	out->category = escap_category(outlook->gap_pct);
	outcome_add(out, "base_value", outlook->base);
	outcome_add(out, "anticipated_progress_0_10", outlook->anticipated);
	outcome_add(out, "current_status_0_10", outlook->status);
}

/* The last part of the case names the form.  "hand" rows give the prediction and ask for AP, "rule"
 * rows ask for what the method itself says. */
static void run_escap(const struct vector *row, struct outcome *out)
{
	static const struct {
		const char *part;
		enum forecast_form form;
	} forms[] = {
		{"ref_reg", FORECAST_LOGIT},
		{"ref_wreg", FORECAST_LOGIT_WEIGHTED},
		{"ref_gm", FORECAST_GEOMETRIC},
		{"ref_cagr", FORECAST_LOGIT_CHANGE},
		{"wls_logit", FORECAST_LOGIT_WEIGHTED},
		{"wls_linear", FORECAST_LINEAR_WEIGHTED},
		{"ols_linear", FORECAST_LINEAR},
	};
	static const struct logit_scale percent = {.low = 0, .high = 100, .step = 0.1};
	struct method_call call = call_of(row);
	struct escap_outlook outlook;
	call.scale = &percent;
	if (strncmp(row->name, "hand", 4) == 0) {
		ask("escap", &call, out);
		escap_assess(&call, FORECAST_LOGIT_WEIGHTED, &outlook);
		outcome_add(out, "progress_gap_P", outlook.gap_pct);
		out->six_digits = true;
		return;
	}
	out->unknown = true;
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		if (strcmp(vector_part(row), forms[i].part) != 0)
			continue;
		escap_assess(&call, forms[i].form, &outlook);
		take_outlook(&outlook, out);
		out->unknown = false;
	}
}

static void run_jmp(const struct vector *row, struct outcome *out)
{
	struct samples surveys = {row->times, row->values, row->count};
	out->measure = jmp_estimate(&surveys, outcome_number(row->target_year, 0));
	out->category = jmp_category(out->measure);
}

static void run_bands(const struct vector *row, struct outcome *out)
{
	bool is_thurgau = strncmp(row->name, "Thurgau", 7) == 0;
	out->unknown = !is_thurgau && strncmp(row->name, "ASTAT", 5) != 0;
	out->measure = band_growth(row->times, row->values, row->count);
	out->category =
		band_word(band_find(is_thurgau ? "thurgau" : "astat"), out->measure, row->sense);
}

static void run_distance(const struct vector *row, struct outcome *out)
{
	struct mark mark = {.sense = row->sense, .value = outcome_number(row->target, 0)};
	out->measure = band_distance(&mark, row->values[row->count - 1],
				     outcome_number(vector_extra_number(row, "sd"), 0));
}

const struct outcome_runner outcome_method_runners[] = {
	{"cagr_variants", run_bands},
	{"escap", run_escap},
	{"eurostat", run_eurostat},
	{"germany_weather", run_weather},
	{"jmp", run_jmp},
	{"oecd_distance", run_distance},
	{"opensdg", run_opensdg},
	{"sdr", run_sdr},
	{"sdr2019_trends", run_sdr_2019},
	{"sdr2020_trends", run_sdr},
	{"sdr2021_trends", run_sdr},
	{"un_progress_chart", run_unchart},
	{NULL, NULL},
};
