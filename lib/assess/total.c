/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/total.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

enum { PERCENT = 100, RATIO_DECIMALS = 2 };

static bool resolve_target(const struct catalogue *catalogue, const struct indicator *indicator,
			   struct aim *ret)
{
	const struct standing nothing = {0};
	const struct yearly no_years = {0};
	const struct target *target = catalogue_target(catalogue, span_of(indicator->total_target));
	const struct indicator *counted =
		target ? catalogue_indicator(catalogue, span_of(target->indicator)) : NULL;
	return counted != NULL &&
	       aim_resolve(target, counted, &nothing, &no_years, ret) == REASON_NONE &&
	       ret->kind != METHOD_DIRECTION;
}

bool total_rule_of(const struct catalogue *catalogue, const struct indicator *indicator,
		   struct total_rule *ret)
{
	struct total_rule rule = {
		.form = indicator->total,
		.scale = strcmp(indicator->unit, "%") == 0 ? PERCENT : 1,
		.coverage = indicator->total_coverage,
		.has_weight = indicator->total_weight[0] != '\0',
	};
	if (rule.form == TOTAL_COUNT && !resolve_target(catalogue, indicator, &rule.aim))
		return false;
	*ret = rule;
	return true;
}

static const char *const part_names[] = {
	[PART_USED] = "used",		[PART_REBUILT] = "rebuilt",
	[PART_NO_VALUE] = "no_value",	[PART_NO_PARTS] = "no_parts",
	[PART_NO_WEIGHT] = "no_weight", [PART_IN_VAIN] = "others_missing",
};

static const char *const fault_names[] = {
	[TOTAL_FINE] = "",
	[TOTAL_LACKS_MEMBERS] = "members_missing",
	[TOTAL_LACKS_WEIGHT] = "weight_missing",
	[TOTAL_WEIGHT_UNKNOWN] = "weight_unknown",
	[TOTAL_NOTHING_TO_DIVIDE] = "nothing_to_divide",
};

const char *total_part_name(enum total_part part)
{
	return part_names[part];
}

bool total_part_find(const char *name, enum total_part *ret)
{
	for (size_t i = 0; i < COUNT_OF(part_names); i++)
		if (strcmp(part_names[i], name) == 0) {
			*ret = (enum total_part)i;
			return true;
		}
	return false;
}

const char *total_fault_name(enum total_fault fault)
{
	return fault_names[fault];
}

bool total_fault_find(const char *name, enum total_fault *ret)
{
	for (size_t i = 0; i < COUNT_OF(fault_names); i++)
		if (strcmp(fault_names[i], name) == 0) {
			*ret = (enum total_fault)i;
			return true;
		}
	return false;
}

void exact_add(struct exact_sum *sum, double value)
{
	double next = sum->sum + value;
	sum->rest += fabs(sum->sum) >= fabs(value) ? (sum->sum - next) + value
						   : (value - next) + sum->sum;
	sum->sum = next;
}

double exact_value(const struct exact_sum *sum)
{
	return number_round15(sum->sum + sum->rest);
}

static enum total_part part_of(const struct total_rule *rule, const struct total_member *member)
{
	if (member->figure == NULL)
		return PART_NO_VALUE;
	if (rule->form == TOTAL_RATIO && !member->figure->has_parts)
		return PART_NO_PARTS;
	if (rule->has_weight && !member->weight.is_set)
		return PART_NO_WEIGHT;
	return member->is_rebuilt ? PART_REBUILT : PART_USED;
}

/* A numerator of nothing is nothing; what methods may use is never F or M. */
static enum obs_status worse(enum obs_status a, const struct total_figure *figure)
{
	if (a == OBS_ESTIMATED || figure->status == OBS_ESTIMATED || figure->stand_in)
		return OBS_ESTIMATED;
	return a == OBS_PROVISIONAL || figure->status == OBS_PROVISIONAL ? OBS_PROVISIONAL
									 : OBS_NORMAL;
}

static void add_figure(const struct total_rule *rule, struct total_sum *sum,
		       const struct total_member *member)
{
	const struct total_figure *figure = member->figure;
	struct total *total = &sum->total;
	double factor = rule->form == TOTAL_WEIGHTED ? member->weight.value : 1;
	exact_add(&sum->value, figure->value * factor);
	if (figure->has_parts) {
		exact_add(&sum->num, figure->num);
		exact_add(&sum->den, figure->den);
	}
	if (rule->form == TOTAL_COUNT)
		sum->met += aim_meets(&rule->aim, figure->value);
	total->status = worse(total->used == 0 ? OBS_NORMAL : total->status, figure);
	if (figure->qualifier != QUALIFIER_NONE)
		total->qualifier = QUALIFIER_ABOUT;
	if (total->used == 0 || figure->known_day > total->known_day)
		total->known_day = figure->known_day;
	if (total->used == 0 || figure->decimals > total->decimals)
		total->decimals = figure->decimals;
	total->rebuilt += member->is_rebuilt;
	total->used++;
}

static struct total_gap gap_of(const struct total_member *member, enum total_part part)
{
	return member->gap.lacks != NULL ? member->gap
					 : (struct total_gap){.area = member->area, .part = part};
}

enum total_part total_add(const struct total_rule *rule, struct total_sum *sum,
			  const struct total_member *member)
{
	struct total *total = &sum->total;
	enum total_part part = part_of(rule, member);
	size_t missing = total->expected - total->used;
	total->expected++;
	if (rule->has_weight && !member->weight.is_set)
		sum->has_unknown_weight = true;
	if (member->weight.is_set)
		exact_add(&sum->weight_all, member->weight.value);
	if (part != PART_USED && part != PART_REBUILT) {
		if (missing < TOTAL_MISSING_SHOWN)
			total->missing[missing] = gap_of(member, part);
		return part;
	}
	if (member->weight.is_set)
		exact_add(&sum->weight, member->weight.value);
	add_figure(rule, sum, member);
	return part;
}

/* A share that is a rounding error short is not short. */
static bool is_short(double share, double coverage)
{
	return share < coverage * (1 - 1e-12);
}

static enum total_fault check_coverage(const struct total_rule *rule, const struct total_sum *sum,
				       const struct total *total)
{
	if (total->used == 0 ||
	    is_short((double)total->used / (double)total->expected, rule->coverage))
		return TOTAL_LACKS_MEMBERS;
	if (!rule->has_weight)
		return TOTAL_FINE;
	if (sum->has_unknown_weight)
		return TOTAL_WEIGHT_UNKNOWN;
	if (!total->weight_share.is_set)
		return TOTAL_NOTHING_TO_DIVIDE;
	return is_short(total->weight_share.value, rule->coverage) ? TOTAL_LACKS_WEIGHT
								   : TOTAL_FINE;
}

static struct measure divide(double a, double b)
{
	return b > 0 ? measure_of(number_round15(a / b)) : (struct measure){0};
}

static void set_value(const struct total_rule *rule, const struct total_sum *sum,
		      struct total *total)
{
	switch (rule->form) {
	case TOTAL_RATIO:
		total->num = measure_of(exact_value(&sum->num));
		total->den = measure_of(exact_value(&sum->den));
		/* The product of what people count is exact: only the division rounds. */
		total->value = divide(total->num.value * rule->scale, total->den.value);
		total->decimals = RATIO_DECIMALS;
		break;
	case TOTAL_WEIGHTED:
		total->value = divide(exact_value(&sum->value), exact_value(&sum->weight));
		total->decimals = RATIO_DECIMALS;
		break;
	case TOTAL_COUNT:
		total->value = measure_of((double)sum->met);
		total->decimals = 0;
		break;
	case TOTAL_SUM:
	case TOTAL_NONE:
		total->value = measure_of(exact_value(&sum->value));
		break;
	}
	if (!total->value.is_set)
		total->fault = TOTAL_NOTHING_TO_DIVIDE;
}

void total_close(const struct total_rule *rule, const struct total_sum *sum, struct period period,
		 struct total *ret)
{
	struct total total = sum->total;
	total.period = period;
	if (rule->has_weight && !sum->has_unknown_weight)
		total.weight_share =
			divide(exact_value(&sum->weight), exact_value(&sum->weight_all));
	total.fault = check_coverage(rule, sum, &total);
	if (total.fault == TOTAL_FINE)
		set_value(rule, sum, &total);
	*ret = total;
}

bool total_figure_from(const struct total_rule *rule, const struct total *total,
		       struct total_figure *ret)
{
	/* Nothing of nothing adds nothing to a ratio; by itself it is no figure. */
	if (total->expected == 0 || total->used < total->expected ||
	    (!total->value.is_set && rule->form != TOTAL_RATIO))
		return false;
	*ret = (struct total_figure){
		.value = total->value.value,
		.num = total->num.value,
		.den = total->den.value,
		.known_day = total->known_day,
		.decimals = (int16_t)total->decimals,
		.has_parts = rule->form == TOTAL_RATIO,
		.status = (char)total->status,
		.qualifier = (char)total->qualifier,
	};
	return true;
}

void total_row(const struct total *total, struct observation *ret)
{
	*ret = (struct observation){
		.period = total->period,
		.has_value = total->value.is_set,
		.value = total->value.value,
		.has_num = total->num.is_set,
		.num = total->num.value,
		.has_den = total->den.is_set,
		.den = total->den.value,
		.decimals = total->decimals,
		.qualifier = total->qualifier,
		.status = total->status,
		.known_day = total->known_day,
	};
}

static bool takes_its_place(const struct standing_point *point, const struct observation *row)
{
	return !point->usable && period_equal(point->reporting, row->period);
}

static struct standing_point point_of(const struct indicator *indicator,
				      const struct observation *row)
{
	return (struct standing_point){
		.reporting = row->period,
		.row = row,
		.usable = true,
		.computed = true,
		.time = period_time(indicator->frequency, row->period),
	};
}

/* Which comes next: < 0 the point, > 0 the row, 0 both, which are of one period. */
static int compare_heads(const struct standing *standing, size_t i, const struct observation *rows,
			 size_t count, size_t j)
{
	if (j == count)
		return -1;
	if (i == standing->count)
		return 1;
	return period_compare(standing->points[i].reporting, rows[j].period);
}

bool standing_add_totals(struct standing *standing, const struct indicator *indicator,
			 const struct observation *rows, size_t count, struct error *err)
{
	if (count == 0)
		return true;
	struct standing_point *points = calloc(standing->count + count, sizeof *points);
	size_t made = 0, i = 0, j = 0;
	if (points == NULL)
		return error_memory(err);
	while (i < standing->count || j < count) {
		int order = compare_heads(standing, i, rows, count, j);
		bool is_kept = order < 0 ||
			       (order == 0 && !takes_its_place(&standing->points[i], &rows[j]));
		points[made++] = is_kept ? standing->points[i] : point_of(indicator, &rows[j]);
		i += order <= 0;
		j += order >= 0;
	}
	free(standing->points);
	standing->points = points;
	standing->count = made;
	return true;
}

bool total_ratio(const struct indicator *indicator, const struct observation *row, double *ret)
{
	double scale = strcmp(indicator->unit, "%") == 0 ? PERCENT : 1;
	if (!row->has_value || !row->has_num || !row->has_den || row->den == 0 ||
	    row->decimals < 0 || row->seq == 0)
		return false;
	*ret = number_round15(row->num * scale / row->den);
	return true;
}

bool total_agrees(double value, int decimals, double other)
{
	double room = decimals < 0 ? fabs(other) * 1e-12 : 0.5 * pow(10, -decimals);
	return fabs(value - other) <= room * (1 + 1e-9);
}
