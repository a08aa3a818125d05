/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zone_rule.h"

enum {
	HOUR_S = 3600,
	DAY_S = 86400,
	CHANGE_AT_S = 2 * HOUR_S, /* when the rule does not say */
	ERA_YEARS = 400,
	ERA_DAYS = 146097,
};

static bool take_char(struct span *rest, char c)
{
	if (rest->len == 0 || rest->start[0] != c)
		return false;
	*rest = span_behind(*rest, 1);
	return true;
}

static bool take_int(struct span *rest, int min, int max, int *ret)
{
	size_t len = 0;
	int value = 0;
	for (; len < rest->len && len < 4; len++) {
		int digit = rest->start[len] - '0';
		if (digit < 0 || digit > 9)
			break;
		value = value * 10 + digit;
	}
	if (len == 0 || value < min || value > max)
		return false;
	*rest = span_behind(*rest, len);
	*ret = value;
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "CET" or "<+07>"; what it is called does not matter here. */
static bool take_name(struct span *rest)
{
	if (take_char(rest, '<')) {
		struct span after = *rest;
		(void)span_cut(&after, '>');
		if (after.start == NULL)
			return false;
		*rest = after;
		return true;
	}
	size_t len = 0;
	while (len < rest->len && is_letter(rest->start[len]))
		len++;
	*rest = span_behind(*rest, len);
	return len >= 3;
}

/* "[+-]hh[:mm[:ss]]" */
static bool take_clock(struct span *rest, int hours_max, int32_t *ret)
{
	bool negative = take_char(rest, '-');
	if (!negative)
		(void)take_char(rest, '+');
	int hours, minutes = 0, seconds = 0;
	if (!take_int(rest, 0, hours_max, &hours))
		return false;
	if (take_char(rest, ':')) {
		if (!take_int(rest, 0, 59, &minutes))
			return false;
		if (take_char(rest, ':') && !take_int(rest, 0, 59, &seconds))
			return false;
	}
	int32_t value = hours * HOUR_S + minutes * 60 + seconds;
	*ret = negative ? -value : value;
	return true;
}

static bool take_change_day(struct span *rest, struct zone_change *change)
{
	if (take_char(rest, 'M')) {
		change->kind = ZONE_DAY_MONTH_WEEK;
		return take_int(rest, 1, 12, &change->month) && take_char(rest, '.') &&
		       take_int(rest, 1, 5, &change->week) && take_char(rest, '.') &&
		       take_int(rest, 0, 6, &change->weekday);
	}
	bool julian = take_char(rest, 'J');
	change->kind = julian ? ZONE_DAY_JULIAN : ZONE_DAY_ZERO_BASED;
	return take_int(rest, julian, 365, &change->day);
}

static bool take_change(struct span *rest, struct zone_change *change)
{
	change->second = CHANGE_AT_S;
	return take_char(rest, ',') && take_change_day(rest, change) &&
	       (!take_char(rest, '/') || take_clock(rest, 167, &change->second));
}

bool zone_rule_parse(struct span text, struct zone_rule *ret)
{
	struct zone_rule rule = {0};
	int32_t west_s;
	if (!take_name(&text) || !take_clock(&text, 24, &west_s))
		return false;
	rule.standard_s = -west_s;
	if (text.len > 0) {
		rule.has_summer = true;
		rule.summer_s = rule.standard_s + HOUR_S;
		if (!take_name(&text))
			return false;
		if (text.len > 0 && text.start[0] != ',') {
			if (!take_clock(&text, 24, &west_s))
				return false;
			rule.summer_s = -west_s;
		}
		if (!take_change(&text, &rule.begins) || !take_change(&text, &rule.ends))
			return false;
	}
	if (text.len > 0)
		return false;
	*ret = rule;
	return true;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool is_leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* The day number of 1 January, 1970-01-01 = 0. */
static int64_t day_of_year(int64_t year)
{
	int64_t before = year - 1;
	return 365 * (year - 1970) + floor_div(before, 4) - floor_div(before, 100) +
	       floor_div(before, 400) - 477;
}

static int64_t year_of_day(int64_t day)
{
	int64_t year = 1970 + floor_div(day * ERA_YEARS, ERA_DAYS);
	while (day_of_year(year) > day)
		year--;
	while (day_of_year(year + 1) <= day)
		year++;
	return year;
}

static int64_t month_week_day(const struct zone_change *change, int64_t year)
{
	static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
	bool leap = is_leap(year);
	int64_t first = day_of_year(year) + before[change->month - 1] + (leap && change->month > 2);
	int length =
		before[change->month] - before[change->month - 1] + (leap && change->month == 2);
	int64_t weekday = first + 4 - floor_div(first + 4, 7) * 7; /* 1970-01-01: a Thursday */
	int64_t day = (change->weekday - weekday + 7) % 7 + (change->week - 1) * 7;
	return first + (day < length ? day : day - 7);
}

/* Its second of local time, by the clock before the change. */
static int64_t change_local_s(const struct zone_change *change, int64_t year)
{
	int64_t day = 0;
	switch (change->kind) {
	case ZONE_DAY_MONTH_WEEK:
		day = month_week_day(change, year);
		break;
	case ZONE_DAY_JULIAN:
		day = day_of_year(year) + change->day - 1 + (is_leap(year) && change->day > 59);
		break;
	case ZONE_DAY_ZERO_BASED:
		day = day_of_year(year) + change->day;
		break;
	}
	return day * DAY_S + change->second;
}

int32_t zone_rule_offset_s(const struct zone_rule *rule, int64_t at)
{
	if (!rule->has_summer)
		return rule->standard_s;
	int64_t year = year_of_day(floor_div(at + rule->standard_s, DAY_S));
	int64_t begins = change_local_s(&rule->begins, year) - rule->standard_s;
	int64_t ends = change_local_s(&rule->ends, year) - rule->summer_s;
	bool summer = begins < ends ? at >= begins && at < ends : at >= begins || at < ends;
	return summer ? rule->summer_s : rule->standard_s;
}
