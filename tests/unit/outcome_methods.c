/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/outcome.h"

#include <string.h>

#include "assess/method.h"

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

static void ask(const char *method, const struct method_call *call, struct outcome *out)
{
	struct method_result result;
	method_find(method)->judge(call, &result);
	out->measure = result.measure;
	out->category = result.category;
	outcome_add(out, "score", result.score);
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

const struct outcome_runner outcome_method_runners[] = {
	{"eurostat", run_eurostat},
	{"germany_weather", run_weather},
	{"opensdg", run_opensdg},
	{NULL, NULL},
};
