/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/period_pattern.h"

#include <stddef.h>
#include <strings.h>

#include "base/unicode.h"
#include "feed/mangled.h"
#include "obs/day.h"
#include "obs/shape.h"

/* "1998-02" is a range, "2021-07" is none. */
enum { RANGE_YEARS_MAX = 50, ANY_TEXTS_MAX = 3 };

const struct feed_period_name feed_period_names[] = {
	{"ISO", "", "2021, 2021-S2, 2021-Q3, 2021-07, 2021-W05, 2021-10-08, 2021-01/2021-09"},
	{"YYYY", "{year}", "2021"},
	{"YYYY.0", "{year}.0", "2021.0, as spreadsheets and databases write it"},
	{"[YYYY]", "[{year}]", "[2021]"},
	{"YYYY-MM", "{year}-{month}", "2021-07"},
	{"YYYYMM", "{year}{month}", "202107"},
	{"YYYY MM", "{year} {month}", "2021 07"},
	{"YYYYMmm", "{year}M{month}", "2021M07"},
	{"YYYY-Mmm", "{year}-M{month}", "2021-M07"},
	{"MM/YYYY", "{month}/{year}", "07/2021"},
	{"YYYYQn", "{year}Q{quarter}", "2021Q3"},
	{"YYYY-Qn", "{year}-Q{quarter}", "2021-Q3"},
	{"YYYY Qn", "{year} Q{quarter}", "2021 Q3"},
	{"Qn YYYY", "Q{quarter} {year}", "Q3 2021"},
	{"Qn/YYYY", "Q{quarter}/{year}", "Q3/2021"},
	{"YYYYSn", "{year}S{half}", "2021S2"},
	{"YYYY-Sn", "{year}-S{half}", "2021-S2"},
	{"YYYYHn", "{year}H{half}", "2021H2"},
	{"YYYYWww", "{year}W{week}", "2021W05"},
	{"YYYY-Www", "{year}-W{week}", "2021-W05"},
	{"YYYY-MM-DD", "{year}-{month}-{day}", "2021-10-08"},
	{"YYYYMMDD", "{year}{month}{day}", "20211008"},
	{"DD/MM/YYYY", "{d}/{m}/{year}", "8/10/2021 for 8 October"},
	{"MM/DD/YYYY", "{m}/{d}/{year}", "10/8/2021 for 8 October"},
	{"DD.MM.YYYY", "{d}.{m}.{year}", "8.10.2021 for 8 October"},
	{"YYYY/YY", "{year}/{next_yy}", "2019/20, a split year"},
	{"YYYY/YYYY", "{year}/{next_year}", "2019/2020, a split year"},
	{"YYYY-YY", "{year}-{to_yy}", "2003-05, a range of years"},
	{"YYYY-YYYY", "{year}-{to_year}", "2003-2005, a range of years"},
	{"YYYY to YYYY", "{year} to {to_year}", "2003 to 2005, a range of years"},
	{NULL, NULL, NULL},
};

/* What the groups of a pattern found; 0 where there was none. */
struct parts {
	int year, month, quarter, half, week, day;
	int next_year, next_yy, to_year, to_yy, to_month, to_quarter;
};

struct group {
	const char *name;
	int digits_min, digits_max;
	size_t part;
	bool is_split, is_range;
};

#define GROUP(name, min, max, part, split, range)                                                  \
	{                                                                                          \
		name, min, max, offsetof(struct parts, part), split, range                         \
	}

static const struct group groups[] = {
	GROUP("year", 4, 4, year, false, false),
	GROUP("month", 2, 2, month, false, false),
	GROUP("m", 1, 2, month, false, false),
	GROUP("quarter", 1, 1, quarter, false, false),
	GROUP("half", 1, 1, half, false, false),
	GROUP("week", 2, 2, week, false, false),
	GROUP("day", 2, 2, day, false, false),
	GROUP("d", 1, 2, day, false, false),
	GROUP("next_year", 4, 4, next_year, true, false),
	GROUP("next_yy", 2, 2, next_yy, true, false),
	GROUP("to_year", 4, 4, to_year, false, true),
	GROUP("to_yy", 2, 2, to_yy, false, true),
	GROUP("to_month", 2, 2, to_month, false, false),
	GROUP("to_quarter", 1, 1, to_quarter, false, false),
	{NULL, 0, 0, 0, false, false},
};

static const struct group any_text = {"*", 0, 0, 0, false, false};
static const struct group month_name = {"mon", 0, 0, offsetof(struct parts, month), false, false};

/* A step through a spelled pattern: either one literal character or a group. */
struct element {
	char literal;
	const struct group *group; /* NULL: literal, or a group that is not known */
	struct span name;
};

static const struct group *find_group(struct span name)
{
	if (span_is(name, any_text.name))
		return &any_text;
	if (span_is(name, month_name.name))
		return &month_name;
	for (const struct group *group = groups; group->name != NULL; group++)
		if (span_is(name, group->name))
			return group;
	return NULL;
}

/* Take the next element off the pattern; false at its end. */
static bool next_element(const char **pattern, struct element *ret)
{
	const char *at = *pattern;
	const char *close = *at == '{' ? strchr(at, '}') : NULL;
	*ret = (struct element){.literal = *at};
	if (*at == '\0')
		return false;
	if (close == NULL) {
		*pattern = at + 1;
		return true;
	}
	ret->name = (struct span){at + 1, (size_t)(close - at) - 1};
	ret->group = find_group(ret->name);
	*pattern = close + 1;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool name_unknown(const char *written, struct error *err)
{
	const char *names[COUNT_OF(feed_period_names)];
	size_t count = 0;
	for (const struct feed_period_name *row = feed_period_names; row->name != NULL; row++)
		names[count++] = row->name;
	const char *nearest = unicode_nearest(span_of(written), names, count);
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(names[i], written) == 0)
			nearest = names[i];
	return error_set(err, ERROR_INPUT,
			 "period pattern '%s' is neither a name such as '%s' nor spelt out with "
			 "groups such as '{year}-{month}'",
			 written, nearest != NULL ? nearest : "YYYY-MM");
}

/* Do the groups together make a period? */
static bool check_groups(struct feed_period_pattern *pattern, struct error *err)
{
	const char *rest = pattern->spelled;
	struct element element;
	bool has_year = false;
	int texts = 0;
	while (next_element(&rest, &element)) {
		if (element.literal == '{' && element.name.start == NULL)
			return error_set(err, ERROR_INPUT,
					 "period pattern '%s' has a '{' without its '}'",
					 pattern->name);
		if (element.literal == '{' && element.group == NULL)
			return error_set(
				err, ERROR_INPUT,
				"period pattern '%s' has a group '{%.*s}'; there are year "
				"month m mon quarter half week day d next_year next_yy to_year "
				"to_yy to_month to_quarter *",
				pattern->name, SPAN_ARGS(element.name));
		if (element.group == NULL)
			continue;
		has_year = has_year || element.group == &groups[0];
		texts += element.group == &any_text;
		pattern->is_split = pattern->is_split || element.group->is_split;
		pattern->is_range = pattern->is_range || element.group->is_range;
	}
	if (texts > ANY_TEXTS_MAX)
		return error_set(err, ERROR_INPUT, "period pattern '%s' has more than %d {*}",
				 pattern->name, ANY_TEXTS_MAX);
	return has_year ||
	       error_set(err, ERROR_INPUT, "period pattern '%s' has no {year}", pattern->name);
}

bool feed_period_pattern_parse(const char *written, struct feed_period_pattern *ret,
			       struct error *err)
{
	struct feed_period_pattern pattern = {.name = written};
	for (const struct feed_period_name *row = feed_period_names; row->name != NULL; row++)
		if (strcmp(row->name, written) == 0)
			pattern.spelled = row->pattern;
	pattern.is_iso = pattern.spelled != NULL && pattern.spelled[0] == '\0';
	if (pattern.spelled == NULL && strchr(written, '{') == NULL)
		return name_unknown(written, err);
	if (pattern.spelled == NULL)
		pattern.spelled = written;
	pattern.is_year = strcmp(pattern.spelled, "{year}") == 0;
	if (!pattern.is_iso && !check_groups(&pattern, err))
		return false;
	*ret = pattern;
	return true;
}

void feed_period_pattern_shape(const struct feed_period_pattern *pattern,
			       char shape[FEED_SHAPE_BYTES])
{
	const char *rest = pattern->spelled;
	struct element element;
	size_t len = 0;
	while (len + 5 < FEED_SHAPE_BYTES && next_element(&rest, &element)) {
		const struct group *group = element.group;
		if (group == NULL)
			shape[len++] = element.literal;
		else if (group == &any_text)
			shape[len++] = '*';
		else if (group == &month_name)
			shape[len++] = '7';
		else if (group->digits_min != group->digits_max)
			shape[len++] = '8';
		else
			for (int i = 0; i < group->digits_max; i++)
				shape[len++] = '9';
	}
	shape[len] = '\0';
}

/* Take the digits of a group; false when there are too few. */
static bool take_digits(const struct group *group, struct span *text, struct parts *parts)
{
	int value = 0;
	int taken = 0;
	while (taken < group->digits_max && text->len > 0 && is_digit(text->start[0])) {
		value = value * 10 + (text->start[0] - '0');
		*text = (struct span){text->start + 1, text->len - 1};
		taken++;
	}
	memcpy((char *)parts + group->part, &value, sizeof value);
	return taken >= group->digits_min;
}

int feed_period_month(struct span text, size_t *ret_len)
{
	static const char *const names[] = {"january",	 "february", "march",	 "april",
					    "may",	 "june",     "july",	 "august",
					    "september", "october",  "november", "december"};
	size_t len = 0;
	while (len < text.len && (text.start[len] | 32) >= 'a' && (text.start[len] | 32) <= 'z')
		len++;
	for (size_t i = 0; len >= 3 && i < COUNT_OF(names); i++) {
		if (len > strlen(names[i]) || strncasecmp(text.start, names[i], len) != 0)
			continue;
		*ret_len = len + (len < text.len && text.start[len] == '.');
		return (int)i + 1;
	}
	return 0;
}

static bool take_month(struct span *text, struct parts *parts)
{
	size_t len = 0;
	parts->month = feed_period_month(*text, &len);
	if (parts->month == 0)
		return false;
	*text = (struct span){text->start + len, text->len - len};
	return true;
}

static bool match(const char *pattern, struct span text, struct parts *parts);

/* {*} takes the shortest text with which the rest fits. */
static bool match_after_text(const char *rest, struct span text, struct parts *parts)
{
	size_t len = *rest == '\0' ? text.len : 0;
	if (text.len > FEED_SHAPE_BYTES)
		return false;
	for (; len <= text.len; len++) {
		struct parts found = *parts;
		struct span tail = text;
		if (len > 0)
			tail = (struct span){text.start + len, text.len - len};
		if (!match(rest, tail, &found))
			continue;
		*parts = found;
		return true;
	}
	return false;
}

/* Does the text have the pattern's shape?  *parts is what it says. */
static bool match(const char *pattern, struct span text, struct parts *parts)
{
	struct element element;
	while (next_element(&pattern, &element)) {
		bool ok;
		if (element.group == &any_text)
			return match_after_text(pattern, text, parts);
		if (element.group == &month_name)
			ok = take_month(&text, parts);
		else if (element.group != NULL)
			ok = take_digits(element.group, &text, parts);
		else
			ok = text.len > 0 && text.start[0] == element.literal;
		if (!ok)
			return false;
		if (element.group == NULL)
			text = (struct span){text.start + 1, text.len - 1};
	}
	return text.len == 0;
}

/* The last year of a range or split year from two digits or four; 0: there is none. */
static int last_year(const struct parts *parts, bool is_split)
{
	int yy = is_split ? parts->next_yy : parts->to_yy;
	int year = is_split ? parts->next_year : parts->to_year;
	if (year != 0)
		return year;
	int same_century = parts->year / 100 * 100 + yy;
	return same_century < parts->year ? same_century + 100 : same_century;
}

static bool years_period(int first, int last, int month, struct period *ret, struct error *err)
{
	if (first < DAY_YEAR_MIN || last > DAY_YEAR_MAX)
		return error_set(err, ERROR_INPUT, "year %d is not within %d..%d",
				 first < DAY_YEAR_MIN ? first : last, DAY_YEAR_MIN, DAY_YEAR_MAX);
	*ret = (struct period){day_from_parts(first, month, 1), day_from_parts(last + 1, month, 1)};
	return true;
}

static bool read_split(const struct parts *parts, const struct feed_periods *settings,
		       struct period *ret, struct error *err)
{
	int last = last_year(parts, true);
	if (last != parts->year + 1)
		return error_set(err, ERROR_INPUT, "%d is not the year after %d", last,
				 parts->year);
	if (settings->split_year == FEED_SPAN_WHOLE)
		return years_period(parts->year, parts->year, (int)settings->split_month, ret, err);
	int year = settings->split_year == FEED_SPAN_FIRST ? parts->year : last;
	return years_period(year, year, 1, ret, err);
}

static bool read_year_range(const struct parts *parts, const struct feed_periods *settings,
			    struct period *ret, struct error *err)
{
	int first = parts->year;
	int last = last_year(parts, false);
	if (last <= first)
		return error_set(err, ERROR_INPUT, "the range ends in %d, not after %d", last,
				 first);
	if (parts->to_year == 0 && last - first > RANGE_YEARS_MAX)
		return error_set(err, ERROR_INPUT, "%d to %d is no range that two digits stand for",
				 first, last);
	if (settings->range == FEED_SPAN_MIDDLE && (last - first) % 2 != 0)
		return error_set(err, ERROR_INPUT, "%d to %d has no year in the middle", first,
				 last);
	if (settings->range == FEED_SPAN_MIDDLE)
		first = last = (first + last) / 2;
	else if (settings->range == FEED_SPAN_FIRST)
		last = first;
	else if (settings->range == FEED_SPAN_LAST)
		first = last;
	return years_period(first, last, 1, ret, err);
}

/* Print what was found as an ISO period, so that one place knows which dates exist. */
static bool read_parts(const struct parts *parts, const char *spelled, struct period *ret,
		       struct error *err)
{
	AUTO_TEXT struct text iso = text_with_limit(PERIOD_BYTES * 2);
	int to_year = parts->to_year != 0 ? parts->to_year : parts->year;
	text_addf(&iso, "%04d", parts->year);
	if (strstr(spelled, "{quarter}") != NULL)
		text_addf(&iso, "-Q%d", parts->quarter);
	else if (strstr(spelled, "{half}") != NULL)
		text_addf(&iso, "-S%d", parts->half);
	else if (strstr(spelled, "{week}") != NULL)
		text_addf(&iso, "-W%02d", parts->week);
	else if (strstr(spelled, "{month}") != NULL || strstr(spelled, "{m}") != NULL ||
		 strstr(spelled, "{mon}") != NULL)
		text_addf(&iso, "-%02d", parts->month);
	if (strstr(spelled, "{day}") != NULL || strstr(spelled, "{d}") != NULL)
		text_addf(&iso, "-%02d", parts->day);
	if (strstr(spelled, "{to_month}") != NULL)
		text_addf(&iso, "/%04d-%02d", to_year, parts->to_month);
	else if (strstr(spelled, "{to_quarter}") != NULL)
		text_addf(&iso, "/%04d-Q%d", to_year, parts->to_quarter);
	return text_ok(&iso, "a period", err) && period_parse(text_span(&iso), ret, err);
}

static bool read_by(const struct feed_period_pattern *pattern, const struct feed_periods *settings,
		    const struct parts *parts, struct period *ret, struct error *err)
{
	bool part_range = strstr(pattern->spelled, "{to_month}") != NULL ||
			  strstr(pattern->spelled, "{to_quarter}") != NULL;
	if (pattern->is_split)
		return read_split(parts, settings, ret, err);
	if (pattern->is_range && !part_range)
		return read_year_range(parts, settings, ret, err);
	return read_parts(parts, pattern->spelled, ret, err);
}

static bool no_pattern(const struct feed_period_pattern *patterns, size_t count, struct span text,
		       struct error *err)
{
	AUTO_TEXT struct text names = text_with_limit(ERROR_TEXT_BYTES);
	if (!feed_mangled_check_code(text, err))
		return error_within(err, "period");
	for (size_t i = 0; i < count; i++)
		text_addf(&names, "%s'%s'", i > 0 ? ", " : "", patterns[i].name);
	return error_set(err, ERROR_INPUT, "period '%.*s' is not written as %s", shape_clip(text),
			 text.start, names.failed ? "any of the patterns" : names.data);
}

/* Put what was written in front, unless the reason begins with it. */
static bool fail_period(const struct error *why, struct span text, struct error *err)
{
	struct span told = span_of(why->text);
	bool quoted = told.len > text.len + 2 && told.start[0] == '\'' &&
		      memcmp(told.start + 1, text.start, text.len) == 0;
	if (quoted)
		return error_set(err, why->code, "period %s", why->text);
	return error_set(err, why->code, "period '%.*s': %s", shape_clip(text), text.start,
			 why->text);
}

/* Most patterns are this one. */
static bool read_year(struct span text, struct period *ret)
{
	enum { YEAR_DIGITS = 4 };
	int year = 0;
	if (text.len != YEAR_DIGITS)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.start[i] < '0' || text.start[i] > '9')
			return false;
		year = year * 10 + (text.start[i] - '0');
	}
	return year >= DAY_YEAR_MIN && year <= DAY_YEAR_MAX &&
	       years_period(year, year, 1, ret, NULL);
}

bool feed_period_read(const struct feed_period_pattern *patterns, size_t count,
		      const struct feed_periods *settings, struct span text, struct period *ret,
		      struct error *err)
{
	struct error why = {0};
	for (size_t i = 0; i < count; i++) {
		struct parts parts = {0};
		if (patterns[i].is_year && read_year(text, ret))
			return true;
		if (patterns[i].is_iso && period_parse(text, ret, NULL))
			return true;
		if (patterns[i].is_iso || !match(patterns[i].spelled, text, &parts))
			continue;
		return read_by(&patterns[i], settings, &parts, ret, &why) ||
		       fail_period(&why, text, err);
	}
	if (count == 1 && patterns[0].is_iso)
		return period_parse(text, ret, err);
	return no_pattern(patterns, count, text, err);
}
