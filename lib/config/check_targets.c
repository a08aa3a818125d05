/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/check_targets.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/unicode.h"

enum { TARGET_TEXT_BYTES = 1024, KINDS_MAX = 64 };

/* A target with what it names; NULL where that is not there. */
struct subject {
	const struct raw *raw;
	const struct target *target;
	const struct act *act;
	const struct indicator *indicator;
	const struct area *area;
};

static void PRINTF_LIKE(3, 4)
	say(const struct subject *subject, enum problem_level level, const char *fmt, ...)
{
	char text[TARGET_TEXT_BYTES];
	va_list args;
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	raw_problem(subject->raw, level, TABLE_TARGETS, subject->target->line, "target '%s': %s",
		    subject->target->id, text);
}

static struct subject find_subject(const struct raw *raw, const struct target *target)
{
	char who[ID_BYTES + 16];
	(void)snprintf(who, sizeof who, "target '%s': ", target->id);
	struct raw_reference ref = {.from = TABLE_TARGETS, .line = target->line, .who = who};
	struct subject subject = {.raw = raw, .target = target};
	ref.column = "act";
	ref.id = target->act;
	ref.to = TABLE_ACTS;
	subject.act = raw_refer(raw, &ref);
	ref.column = "indicator";
	ref.id = target->indicator;
	ref.to = TABLE_INDICATORS;
	subject.indicator = raw_refer(raw, &ref);
	ref.column = "area";
	ref.id = target->area;
	ref.to = TABLE_AREAS;
	subject.area = raw_refer(raw, &ref);
	return subject;
}

/* What each operator needs: y has to be there, n must not, anything else may. */
struct needs {
	enum target_op op;
	char value, high, tolerance;
};

static void check_cell(const struct subject *subject, char need, bool has, const char *column)
{
	const char *op = target_op_code(subject->target->op);
	if (need == 'y' && !has)
		say(subject, PROBLEM_ERROR, "op '%s' needs a %s", op, column);
	if (need == 'n' && has)
		say(subject, PROBLEM_ERROR, "op '%s' takes no %s", op, column);
}

static void check_op(const struct subject *subject)
{
	static const struct needs rows[] = {
		{TARGET_AT_LEAST, 'y', 'n', 'n'}, {TARGET_ABOVE, 'y', 'n', 'n'},
		{TARGET_AT_MOST, 'y', 'n', 'n'},  {TARGET_BELOW, 'y', 'n', 'n'},
		{TARGET_ABOUT, 'y', 'n', '-'},	  {TARGET_RANGE, 'y', 'y', 'n'},
		{TARGET_KEEP, '-', 'n', '-'},	  {TARGET_BETTER, 'n', 'n', 'n'},
		{TARGET_NONE, 'n', 'n', 'n'},
	};
	const struct target *target = subject->target;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (rows[i].op != target->op)
			continue;
		check_cell(subject, rows[i].value, target->has_value, "value");
		check_cell(subject, rows[i].high, target->has_high, "value_high");
		check_cell(subject, rows[i].tolerance, target->has_tolerance, "tolerance");
	}
	char low[NUMBER_BYTES];
	char high[NUMBER_BYTES];
	if (target->has_value && target->has_high && target->value >= target->value_high)
		say(subject, PROBLEM_ERROR, "value %s is not below value_high %s",
		    number_print(target->value, low), number_print(target->value_high, high));
}

static bool is_set(struct period period)
{
	return period.from < period.to;
}

static void check_base(const struct subject *subject)
{
	const struct target *target = subject->target;
	bool has_base = is_set(target->base_period);
	if (target->has_base && !has_base)
		say(subject, PROBLEM_ERROR, "base_value needs a base_period");
	if (target->relative && !has_base)
		say(subject, PROBLEM_ERROR, "relative needs a base_period");
	if (target->relative && !target->has_value)
		say(subject, PROBLEM_ERROR, "relative needs a value");
	if (target->op == TARGET_BETTER && !has_base)
		say(subject, PROBLEM_ERROR, "op 'better' needs a base_period");
	if (target->op == TARGET_KEEP && !target->has_value && !has_base)
		say(subject, PROBLEM_ERROR, "op 'keep' needs a value or a base_period");
	char base[PERIOD_BYTES];
	char period[PERIOD_BYTES];
	if (has_base && target->base_period.to > target->period.from)
		say(subject, PROBLEM_ERROR, "base_period %s does not end before period %s begins",
		    period_print(target->base_period, base), period_print(target->period, period));
}

static void check_wrong_side(const struct subject *subject)
{
	const struct target *target = subject->target;
	char value[NUMBER_BYTES];
	char base[NUMBER_BYTES];
	if (!target->has_value || !target->has_base || target->relative ||
	    target->op == TARGET_RANGE || target->op == TARGET_KEEP || subject->indicator == NULL)
		return;
	int sense = target_sense(target, subject->indicator);
	if ((sense > 0 && target->value < target->base_value) ||
	    (sense < 0 && target->value > target->base_value))
		say(subject, PROBLEM_WARNING,
		    "value %s is on the wrong side of base_value %s: %s is better",
		    number_print(target->value, value), number_print(target->base_value, base),
		    sense > 0 ? "higher" : "lower");
}

/* Does an operator ask for the opposite of what the indicator calls better? */
static void check_direction(const struct subject *subject)
{
	const struct indicator *indicator = subject->indicator;
	enum target_op op = subject->target->op;
	if (indicator == NULL || subject->target->relative)
		return;
	bool wants_up = op == TARGET_AT_LEAST || op == TARGET_ABOVE;
	bool wants_down = op == TARGET_AT_MOST || op == TARGET_BELOW;
	if ((wants_up && indicator->direction == DIRECTION_DOWN) ||
	    (wants_down && indicator->direction == DIRECTION_UP))
		say(subject, PROBLEM_WARNING,
		    "op '%s' goes against indicator '%s', where %s is "
		    "better",
		    target_op_code(op), indicator->id, wants_up ? "lower" : "higher");
}

static void check_bounds(const struct subject *subject, bool has, double value, const char *column)
{
	const struct indicator *indicator = subject->indicator;
	char number[NUMBER_BYTES];
	char bound[NUMBER_BYTES];
	if (!has || indicator == NULL)
		return;
	bool is_low = indicator->has_low && value < indicator->low;
	bool is_high = indicator->has_high && value > indicator->high;
	if (is_low || is_high)
		say(subject, PROBLEM_WARNING, "%s %s is %s %s %s of indicator '%s'", column,
		    number_print(value, number), is_low ? "below" : "above",
		    is_low ? "low" : "high",
		    number_print(is_low ? indicator->low : indicator->high, bound), indicator->id);
}

static void check_all_bounds(const struct subject *subject)
{
	const struct target *target = subject->target;
	check_bounds(subject, target->has_value && !target->relative, target->value, "value");
	check_bounds(subject, target->has_high && !target->relative, target->value_high,
		     "value_high");
	check_bounds(subject, target->has_base, target->base_value, "base_value");
}

static void check_days(const struct subject *subject)
{
	const struct target *target = subject->target;
	char first[DAY_BYTES];
	char second[DAY_BYTES];
	if (subject->act == NULL || subject->act->adopted == DAY_NONE)
		return;
	int32_t adopted = subject->act->adopted;
	const struct area *area = subject->area;
	if (area != NULL && area->valid_to != DAY_NONE && adopted >= area->valid_to)
		say(subject, PROBLEM_WARNING,
		    "area '%s' ended on %s, before the act was adopted on %s", area->id,
		    day_print(area->valid_to, first), day_print(adopted, second));
	if (target_due(target) < adopted)
		say(subject, PROBLEM_WARNING, "it is due on %s, before the act was adopted on %s",
		    day_print(target_due(target), first), day_print(adopted, second));
}

static void check_kind(const struct subject *subject)
{
	const char *kinds[KINDS_MAX];
	size_t count = 0;
	const char *wanted = subject->target->each_kind;
	if (wanted[0] == '\0' || subject->raw->rows[TABLE_AREAS].is_partial)
		return;
	for (size_t i = 0; i < subject->raw->rows[TABLE_AREAS].count; i++) {
		const struct area *areas = subject->raw->rows[TABLE_AREAS].items;
		if (strcmp(areas[i].kind, wanted) == 0)
			return;
		if (count < KINDS_MAX)
			kinds[count++] = areas[i].kind;
	}
	const char *nearest = unicode_nearest(span_of(wanted), kinds, count);
	say(subject, PROBLEM_ERROR,
	    nearest != NULL ? "each_kind '%s' is no kind of areas.csv; did you mean '%s'?"
			    : "each_kind '%s' is no kind of areas.csv",
	    wanted, nearest);
}

static void set_member_day(const struct subject *subject, struct target *target)
{
	if (target->member_day == DAY_NONE && subject->act != NULL)
		target->member_day = subject->act->adopted;
	if (target->each_kind[0] == '\0' || target->member_day != DAY_NONE || subject->act == NULL)
		return;
	say(subject, PROBLEM_ERROR,
	    "each_kind needs a member_day, because act '%s' has no day of adoption", target->act);
}

static void check_target(const struct raw *raw, struct target *target)
{
	typedef void check_fn(const struct subject *subject);
	static check_fn *const checks[] = {check_op,	    check_base, check_wrong_side,
					   check_direction, check_days, check_kind,
					   check_all_bounds};
	const struct subject subject = find_subject(raw, target);
	for (size_t i = 0; i < COUNT_OF(checks); i++)
		checks[i](&subject);
	set_member_day(&subject, target);
}

/* A bound and a share of the way from a base are two targets, also of one act and period. */
static int compare_same(const struct target *a, const struct target *b)
{
	int order = strcmp(a->act, b->act);
	order = order != 0 ? order : strcmp(a->indicator, b->indicator);
	order = order != 0 ? order : strcmp(a->breakdown, b->breakdown);
	order = order != 0 ? order : strcmp(a->area, b->area);
	order = order != 0 ? order : strcmp(a->each_kind, b->each_kind);
	order = order != 0 ? order : (int)a->relative - (int)b->relative;
	return order != 0 ? order : period_compare(a->period, b->period);
}

static int compare_targets(const void *a, const void *b)
{
	const struct target *const *left = a;
	const struct target *const *right = b;
	int order = compare_same(*left, *right);
	return order != 0 ? order : (*left > *right) - (*left < *right);
}

static bool check_same(const struct raw *raw, struct error *err)
{
	size_t count = 0;
	AUTO_FREE const struct target **sorted =
		calloc(raw->rows[TABLE_TARGETS].count + 1, sizeof *sorted);
	if (sorted == NULL)
		return error_memory(err);
	for (size_t i = 0; i < raw->rows[TABLE_TARGETS].count; i++) {
		const struct target *target = raw_row(raw, TABLE_TARGETS, i);
		if (target != NULL)
			sorted[count++] = target;
	}
	qsort(sorted, count, sizeof *sorted, compare_targets);
	for (size_t i = 1; i < count; i++) {
		const struct subject subject = {.raw = raw, .target = sorted[i]};
		if (compare_same(sorted[i - 1], sorted[i]) == 0)
			say(&subject, PROBLEM_WARNING,
			    "target '%s' on line %d is of the same act, series and period",
			    sorted[i - 1]->id, sorted[i - 1]->line);
	}
	return true;
}

bool check_targets(const struct raw *raw, struct error *err)
{
	struct target *targets = raw->rows[TABLE_TARGETS].items;
	for (size_t i = 0; i < raw->rows[TABLE_TARGETS].count; i++) {
		if (raw_row(raw, TABLE_TARGETS, i) != NULL)
			check_target(raw, &targets[i]);
	}
	return check_same(raw, err);
}
