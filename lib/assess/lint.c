/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/lint.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "obs/day.h"

enum { POWERS = 3, OLD_DAYS = 730, VALUE_BYTES = NUMBER_BYTES + PERIOD_BYTES, PERCENT = 100 };

static const struct lint_row rows[LINT_RULES + 1] = {
	[LINT_PARTS] = {"parts", "the value is not what numerator by denominator gives", false},
	[LINT_JUMP] = {"jump", "the change is greater than is credible in the time", false},
	[LINT_POWER] = {"power",
			"the value looks shifted by decimal places beside its neighbours: a lost "
			"decimal sign, grouped digits, or a share for per cent?",
			false},
	[LINT_TARGET] = {"target", "the value is exactly its own target: is it a measurement?",
			 false},
	[LINT_YEAR] = {"year", "the value is the year of its period", false},
	[LINT_EARLY] = {"early",
			"published before its period ended, and not marked as an estimate, "
			"provisional or a forecast",
			false},
	[LINT_FUTURE] = {"future", "published in the future", false},
	[LINT_OLD] = {"old", "published long after its period, and nothing newer is there", false},
	[LINT_TWICE] = {"twice",
			"the same figure was sent before, by another or for another period", false},
	[LINT_ENDED] = {"ended",
			"the area ended before the period did: is it about what it became?", false},
	[LINT_GONE] = {"withdrawn",
		       "a withdrawal of a later day is in force, so the figure does not count from "
		       "that day on; 'envgap record' makes it stand again",
		       false},
	[LINT_GROUP] = {"group",
			"the digits as printed can be read in two ways: is the sign in them a "
			"decimal sign?",
			false},
	[LINT_UNIT] = {"no-unit", "the figure is printed without its unit", false},
	[LINT_BOUNDS] = {"bounds", "the value is not within what the indicator can be", true},
	[LINT_POINTS] = {"points",
			 "points are a difference of shares, and the indicator is a share", true},
	[LINT_OTHER_UNIT] = {"unit", "the unit is not that of the indicator", true},
	[LINT_RULES] = {"", "", false},
};

const struct lint_row *lint_row(enum lint_rule rule)
{
	return &rows[rule];
}

/* "87.2 (2020)" */
static const char *print_value(const struct lint_value *value, char buffer[VALUE_BYTES])
{
	char number[NUMBER_BYTES];
	char period[PERIOD_BYTES];
	(void)snprintf(buffer, VALUE_BYTES, "%s (%s)", number_print(value->value, number),
		       period_print(value->period, period));
	return buffer;
}

/* One rule: does it find something, and which detail? */
typedef bool rule_fn(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES]);

/* Does the printed value agree with its parts, within half of its last printed digit? */
static bool look_parts(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	char value[NUMBER_BYTES];
	char ratio[NUMBER_BYTES];
	const struct observation *obs = subject->obs;
	if (!obs->has_num || !obs->has_den || obs->decimals < 0 || obs->den == 0)
		return false;
	double scale = strcmp(subject->indicator->unit, "%") == 0 ? PERCENT : 1;
	double half_digit = 0.5 * pow(10, -obs->decimals);
	double computed = number_round15(obs->num * scale / obs->den);
	if (fabs(computed - obs->value) <= half_digit * (1 + 1e-9))
		return false;
	(void)snprintf(detail, LINT_DETAIL_BYTES, "%s; %s", number_print(obs->value, value),
		       number_print_fixed(computed, obs->decimals + 2, '.', ratio));
	return true;
}

/* How many periods lie between their beginnings. */
static double periods_between(struct period a, struct period b)
{
	double apart = fabs((double)a.from - (double)b.from) / (double)(a.to - a.from);
	return fmax(1, round(apart));
}

static bool look_jump(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	char here[NUMBER_BYTES];
	char there[VALUE_BYTES];
	const struct observation *obs = subject->obs;
	const struct lint_value *near = subject->before_count > 0  ? &subject->before[0]
					: subject->after_count > 0 ? &subject->after[0]
								   : NULL;
	if (!subject->indicator->has_jump || near == NULL)
		return false;
	double change = fabs(number_difference(obs->value, near->value));
	if (change <= subject->indicator->jump * periods_between(obs->period, near->period))
		return false;
	(void)snprintf(detail, LINT_DETAIL_BYTES, "%s; %s", number_print(obs->value, here),
		       print_value(near, there));
	return true;
}

struct range {
	double low, high;
	size_t count;
};

static void widen(struct range *range, const struct lint_value *values, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		range->low = fmin(range->low, values[i].value);
		range->high = fmax(range->high, values[i].value);
		range->count++;
	}
}

/* The neighbours have to agree among themselves, and a factor of ten needs two of them and has to
 * be hit closely: tenfold changes happen, hundredfold ones hardly. */
static bool is_shifted(double value, const struct range *range)
{
	static const double near[POWERS] = {0.08, 0.18, 0.3}; /* in decimal logarithms */
	double middle = sqrt(range->low * range->high);
	double places = fabs(log10(value / middle));
	for (int i = range->count > 1 ? 0 : 1; i < POWERS; i++)
		if (fabs(places - (i + 1)) <= near[i])
			return true;
	return false;
}

static bool look_power(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	enum { APART = 2 }; /* times */
	char here[NUMBER_BYTES];
	char there[VALUE_BYTES];
	struct range range = {(double)INFINITY, -(double)INFINITY, 0};
	double value = subject->obs->value;
	widen(&range, subject->before, subject->before_count);
	widen(&range, subject->after, subject->after_count);
	if (range.count == 0 || value <= 0 || range.low <= 0 || range.high > APART * range.low ||
	    !is_shifted(value, &range))
		return false;
	(void)snprintf(
		detail, LINT_DETAIL_BYTES, "%s; %s", number_print(value, here),
		print_value(subject->before_count > 0 ? &subject->before[0] : &subject->after[0],
			    there));
	return true;
}

/* A bound is reached by many: 100 % is no surprise. */
static bool is_bound(const struct indicator *indicator, double value)
{
	return (indicator->has_low && number_equal(value, indicator->low)) ||
	       (indicator->has_high && number_equal(value, indicator->high));
}

static bool look_target(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	const struct observation *obs = subject->obs;
	if (subject->target_count == 0 || is_bound(subject->indicator, obs->value))
		return false;
	for (size_t i = 0; i < subject->target_count; i++) {
		const struct target *target = subject->targets[i];
		if (!target->has_value || target->relative ||
		    !period_contains(target->period, obs->period) ||
		    !number_equal(target->value, obs->value))
			continue;
		(void)snprintf(detail, LINT_DETAIL_BYTES, "%s", target->id);
		return true;
	}
	return false;
}

static bool look_year(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	const struct observation *obs = subject->obs;
	if (obs->value != floor(obs->value))
		return false;
	struct period year = period_of_day(FREQUENCY_YEAR, period_last_day(obs->period));
	char name[PERIOD_BYTES];
	char value[NUMBER_BYTES];
	(void)period_print(year, name);
	if (strcmp(name, number_print(obs->value, value)) != 0)
		return false;
	(void)snprintf(detail, LINT_DETAIL_BYTES, "%s", name);
	return true;
}

static bool look_early(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	char known[DAY_BYTES];
	char last[DAY_BYTES];
	const struct observation *obs = subject->obs;
	if (obs->status != OBS_NORMAL || obs->known_day >= period_last_day(obs->period))
		return false;
	(void)snprintf(detail, LINT_DETAIL_BYTES, "%s; %s", day_print(obs->known_day, known),
		       day_print(period_last_day(obs->period), last));
	return true;
}

static bool look_future(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	char today[DAY_BYTES];
	const char *published = subject->obs->published;
	if (published[0] == '\0')
		return false;
	(void)day_print(subject->today, today);
	if (strncmp(published, today, strlen(published)) <= 0)
		return false;
	(void)snprintf(detail, LINT_DETAIL_BYTES, "%s", published);
	return true;
}

static bool look_old(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	char period[PERIOD_BYTES];
	const struct observation *obs = subject->obs;
	int32_t length = obs->period.to - obs->period.from;
	int32_t allowed = OLD_DAYS + length + subject->indicator->release_lag_days;
	if (!subject->is_last || subject->after_count > 0 || obs->published[0] == '\0' ||
	    obs->known_day - obs->period.to <= allowed)
		return false;
	(void)snprintf(detail, LINT_DETAIL_BYTES, "%s; %s", obs->published,
		       period_print(obs->period, period));
	return true;
}

static bool has_same_parts(const struct observation *obs, const struct lint_value *value)
{
	return obs->has_num && obs->has_den && value->has_parts && obs->num != 0 &&
	       number_equal(obs->num, value->num) && number_equal(obs->den, value->den);
}

/* That two publishers agree is good news; that they do so on one day, or in both parts, looks like
 * one figure under two names. */
static bool is_same_figure(const struct observation *a, const struct observation *b)
{
	if (strcmp(a->source, b->source) == 0 || !number_equal(a->value, b->value))
		return false;
	bool same_day = a->published[0] != '\0' && strcmp(a->published, b->published) == 0;
	return same_day || (a->has_num && a->has_den && b->has_num && b->has_den &&
			    number_equal(a->num, b->num) && number_equal(a->den, b->den));
}

static bool look_twice(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	char period[VALUE_BYTES];
	const struct observation *obs = subject->obs;
	for (size_t i = 0; i < subject->other_count; i++) {
		if (!is_same_figure(obs, &subject->others[i]))
			continue;
		(void)snprintf(detail, LINT_DETAIL_BYTES, "%s", subject->others[i].source);
		return true;
	}
	if (subject->before_count == 0 || !has_same_parts(obs, &subject->before[0]))
		return false;
	(void)snprintf(detail, LINT_DETAIL_BYTES, "%s", print_value(&subject->before[0], period));
	return true;
}

static bool look_ended(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	char day[DAY_BYTES];
	const struct area *area = subject->area;
	bool is_known = subject->successors != NULL && subject->successors[0] != '\0';
	if (area == NULL || area->valid_to == DAY_NONE ||
	    period_last_day(subject->obs->period) < area->valid_to)
		return false;
	(void)snprintf(detail, LINT_DETAIL_BYTES, "%s%s%s", day_print(area->valid_to - 1, day),
		       is_known ? "; " : "", is_known ? subject->successors : "");
	return true;
}

static bool look_gone(const struct lint_case *subject, char detail[LINT_DETAIL_BYTES])
{
	const struct observation *withdrawal = subject->withdrawal;
	if (withdrawal == NULL || withdrawal->known_day <= subject->obs->known_day)
		return false;
	(void)day_print(withdrawal->known_day, detail);
	return true;
}

size_t lint_look(const struct lint_case *subject, struct lint_finding ret[LINT_RULES])
{
	static const struct {
		enum lint_rule rule;
		rule_fn *look;
	} rules[] = {
		{LINT_PARTS, look_parts}, {LINT_JUMP, look_jump},     {LINT_POWER, look_power},
		{LINT_YEAR, look_year},	  {LINT_TARGET, look_target}, {LINT_EARLY, look_early},
		{LINT_OLD, look_old},	  {LINT_FUTURE, look_future}, {LINT_TWICE, look_twice},
		{LINT_ENDED, look_ended}, {LINT_GONE, look_gone},
	};
	size_t count = 0;
	if (!subject->obs->has_value)
		return 0;
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		ret[count].rule = rules[i].rule;
		count += rules[i].look(subject, ret[count].detail);
	}
	return count;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One to three digits, a sign, and exactly three digits: 1.234 or 1,234.  How long; 0: not so. */
static size_t find_ambiguous(struct span raw)
{
	enum { GROUP = 3 };
	size_t head = 0;
	while (head < raw.len && is_digit(raw.start[head]))
		head++;
	if (head == 0 || head > GROUP || raw.start[0] == '0' || raw.len < head + 1 + GROUP ||
	    (raw.start[head] != '.' && raw.start[head] != ','))
		return 0;
	size_t tail = head + 1;
	while (tail < raw.len && is_digit(raw.start[tail]))
		tail++;
	bool is_end = tail == raw.len || (raw.start[tail] != '.' && raw.start[tail] != ',');
	return tail == head + 1 + GROUP && is_end ? tail : 0;
}

static bool contains(struct span text, const char *piece)
{
	return span_find(text, piece) != NULL;
}

size_t lint_look_text(const struct indicator *indicator, struct span raw, struct span unit,
		      struct lint_finding ret[LINT_RULES])
{
	size_t count = 0;
	if (raw.len == 0)
		return 0;
	size_t len = find_ambiguous(raw);
	if (len > 0) {
		ret[count].rule = LINT_GROUP;
		(void)snprintf(ret[count++].detail, LINT_DETAIL_BYTES, "%.*s", (int)len, raw.start);
	}
	if (unit.len == 0 && strcmp(indicator->unit, "%") == 0 && !contains(raw, "%")) {
		ret[count].rule = LINT_UNIT;
		(void)snprintf(ret[count++].detail, LINT_DETAIL_BYTES, "%s", indicator->unit);
	}
	return count;
}

void lint_write(struct text *out, const struct lint_finding *findings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		text_addf(out, "%s%s: %s", out->len > 0 ? " | " : "", rows[findings[i].rule].code,
			  findings[i].detail);
}

/* Which rule has this code; LINT_RULES when none has. */
static enum lint_rule find_rule(struct span code)
{
	int i = 0;
	while (i < LINT_RULES && !span_is(code, rows[i].code))
		i++;
	return (enum lint_rule)i;
}

bool lint_read(struct span *rest, struct lint_finding *ret)
{
	struct span part = span_trim(span_cut(rest, '|'));
	struct span detail = part;
	if (part.len == 0)
		return false;
	enum lint_rule rule = find_rule(span_cut(&detail, ':'));
	*ret = (struct lint_finding){.rule = rule};
	if (rule == LINT_RULES)
		detail = part;
	detail = span_trim(detail);
	(void)snprintf(ret->detail, sizeof ret->detail, "%.*s", SPAN_ARGS(detail));
	return true;
}

void lint_say(struct text *out, const struct lint_finding *finding)
{
	const char *says = rows[finding->rule].says;
	text_addf(out, "%s%s%s", says, says[0] ? ": " : "", finding->detail);
}

/* What was perhaps meant by a value that is far beyond its bound. */
static void add_hint(const struct indicator *indicator, double value, struct period period,
		     char hint[LINT_DETAIL_BYTES])
{
	char number[NUMBER_BYTES];
	const struct observation obs = {.value = value, .period = period};
	const struct lint_case subject = {.indicator = indicator, .obs = &obs};
	char year[LINT_DETAIL_BYTES];
	hint[0] = '\0';
	if (look_year(&subject, year)) {
		(void)snprintf(hint, LINT_DETAIL_BYTES, "; is it the year?");
		return;
	}
	if (indicator->high <= 0 || value < 2 * indicator->high || value != floor(value))
		return;
	double meant = value;
	for (int power = 0; power < POWERS && meant > indicator->high; power++)
		meant /= 10;
	if (meant <= indicator->high)
		(void)snprintf(hint, LINT_DETAIL_BYTES, "; is a decimal sign lost, and %s meant?",
			       number_print(meant, number));
}

bool lint_check_bounds(const struct indicator *indicator, double value, struct period period,
		       struct error *err)
{
	char said[NUMBER_BYTES];
	char bound[NUMBER_BYTES];
	char hint[LINT_DETAIL_BYTES];
	if (indicator->has_low && value < indicator->low)
		return error_set(err, ERROR_INPUT,
				 "value %s is below what %s can be: at least %s %s",
				 number_print(value, said), indicator->id,
				 number_print(indicator->low, bound), indicator->unit);
	if (!indicator->has_high || value <= indicator->high)
		return true;
	add_hint(indicator, value, period, hint);
	return error_set(err, ERROR_INPUT, "value %s is above what %s can be: at most %s %s%s",
			 number_print(value, said), indicator->id,
			 number_print(indicator->high, bound), indicator->unit, hint);
}

/* How points of per cent are written in English and Vietnamese. */
static bool is_points(struct span unit)
{
	static const char *const names[] = {
		"pp",	    "p.p.", "pts",    "points",		"percentage points",
		"% points", "điểm", "điểm %", "điểm phần trăm",
	};
	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (span_is(unit, names[i]))
			return true;
	return false;
}

bool lint_check_unit(const struct indicator *indicator, struct span unit, struct error *err)
{
	if (unit.len == 0 || span_is(unit, indicator->unit))
		return true;
	if (strcmp(indicator->unit, "%") == 0 && is_points(unit))
		return error_set(err, ERROR_INPUT,
				 "unit '%.*s' is that of a difference: %s is a share in '%%', so "
				 "its level is needed, not its change",
				 SPAN_ARGS(unit), indicator->id);
	return error_set(err, ERROR_INPUT, "unit '%.*s' is not that of %s: '%s'", SPAN_ARGS(unit),
			 indicator->id, indicator->unit);
}
