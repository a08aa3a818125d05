/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/period_pattern.h"

#include <stddef.h>
#include <strings.h>

#include "base/unicode.h"
#include "feed/mangled.h"
#include "feed/period_group.h"
#include "obs/day.h"
#include "obs/shape.h"

enum { ANY_TEXTS_MAX = 3, MILLISECONDS = 1000, CENTURY = 100 };

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
	{"YYYY-Dddd", "{year}-D{year_day}", "2021-D281, the 281st day of 2021"},
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

static bool fail_group(const struct feed_period_pattern *pattern, struct span name,
		       struct error *err)
{
	if (name.start == NULL)
		return error_set(err, ERROR_INPUT, "period pattern '%s' has a '{' without its '}'",
				 pattern->name);
	AUTO_TEXT struct text names = text_with_limit(ERROR_TEXT_BYTES);
	feed_period_list_groups(&names);
	return error_set(
		err, ERROR_INPUT,
		"period pattern '%s' has a group '{%.*s}'; there are %s, {half=1} for what "
		"is not written and {year-543} for the years of another calendar",
		pattern->name, SPAN_ARGS(name), names.failed ? "others" : names.data);
}

static void note_group(struct feed_period_pattern *pattern, const struct feed_period_group *group)
{
	struct feed_period_kinds *kinds = &pattern->kinds;
	kinds->is_split = kinds->is_split || group->kind == FEED_PERIOD_SPLIT;
	kinds->is_range = kinds->is_range || group->kind == FEED_PERIOD_RANGE;
	kinds->is_epoch = kinds->is_epoch || feed_period_is_epoch(group);
	if (group->reading != FEED_PERIOD_ANY && !feed_period_is_epoch(group))
		kinds->parts |= 1u << (group->part / sizeof(int));
}

/* Is there a year, or the second one of a split year? */
static bool has_year(const struct feed_period_kinds *kinds)
{
	const unsigned second = FEED_PERIOD_PART(next_year) | FEED_PERIOD_PART(next_yy);
	return kinds->is_epoch || (kinds->parts & FEED_PERIOD_PART(year)) != 0 ||
	       ((kinds->parts & second) != 0 && !kinds->is_range);
}

/* What is counted while the groups are looked at. */
struct years {
	int texts, shifted, plain;
};

static bool check_group(struct feed_period_pattern *pattern,
			const struct feed_period_element *element, struct years *years,
			struct error *err)
{
	const struct feed_period_group *group = element->group;
	if (element->literal == '{' && group == NULL)
		return fail_group(pattern, element->name, err);
	if (group == NULL)
		return true;
	if (element->is_the_next && (pattern->kinds.parts & FEED_PERIOD_PART(year)) == 0)
		return error_set(err, ERROR_INPUT,
				 "period pattern '%s' has no {year} before its {next_year=+1}",
				 pattern->name);
	bool is_read_year = group->is_year && element->fixed == 0 && !element->is_the_next;
	years->texts += group->reading == FEED_PERIOD_ANY;
	years->shifted += is_read_year && element->shift != 0;
	years->plain += is_read_year && element->shift == 0;
	note_group(pattern, group);
	return true;
}

/* Do the groups together make a period? */
static bool check_groups(struct feed_period_pattern *pattern, struct error *err)
{
	const char *rest = pattern->spelled;
	struct feed_period_element element;
	struct years years = {0};
	while (feed_period_next(&rest, &element))
		if (!check_group(pattern, &element, &years, err))
			return false;
	if (years.texts > ANY_TEXTS_MAX)
		return error_set(err, ERROR_INPUT, "period pattern '%s' has more than %d {*}",
				 pattern->name, ANY_TEXTS_MAX);
	if (years.shifted > 0 && years.plain > 0)
		return error_set(
			err, ERROR_INPUT,
			"period pattern '%s' adds to one of its years and not to the other",
			pattern->name);
	return has_year(&pattern->kinds) ||
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
	struct feed_period_element element;
	size_t len = 0;
	while (len + 5 < FEED_SHAPE_BYTES && feed_period_next(&rest, &element)) {
		const struct feed_period_group *group = element.group;
		if (group == NULL)
			shape[len++] = element.literal;
		else if (element.fixed != 0 || element.is_the_next)
			continue;
		else if (group->reading == FEED_PERIOD_ANY)
			shape[len++] = '*';
		else if (group->reading == FEED_PERIOD_MONTH)
			shape[len++] = '7';
		else if (feed_period_is_epoch(group))
			shape[len++] = '6';
		else if (group->digits_min != group->digits_max)
			shape[len++] = '8';
		else
			for (int i = 0; i < group->digits_max; i++)
				shape[len++] = '9';
	}
	shape[len] = '\0';
}

static void set_part(const struct feed_period_group *group, int value,
		     struct feed_period_parts *parts)
{
	memcpy((char *)parts + group->part, &value, sizeof value);
}

/* The year that digits stand for; of the last two digits of a later year the last two. */
static int year_of(const struct feed_period_element *element, int value)
{
	const struct feed_period_group *group = element->group;
	int shifted = value + (int)element->shift;
	if (element->shift == 0)
		return group->reading == FEED_PERIOD_CENTURY ? feed_period_century(value) : value;
	if (group->digits_max == 2 && group->part != offsetof(struct feed_period_parts, year))
		return ((shifted % CENTURY) + CENTURY) % CENTURY;
	return shifted;
}

/* Take the digits of a group; false when there are too few. */
static bool take_digits(const struct feed_period_element *element, struct span *text,
			struct feed_period_parts *parts)
{
	const struct feed_period_group *group = element->group;
	int value = 0;
	int taken = 0;
	while (taken < group->digits_max && text->len > 0 && is_digit(text->start[0])) {
		value = value * 10 + (text->start[0] - '0');
		*text = span_behind(*text, 1);
		taken++;
	}
	set_part(group, year_of(element, value), parts);
	return taken >= group->digits_min;
}

/* A quarter or half may be a Roman numeral, I to IV. */
static bool take_roman(const struct feed_period_group *group, struct span *text,
		       struct feed_period_parts *parts)
{
	static const char *const numerals[] = {"IV", "III", "II", "I"};
	static const int values[] = {4, 3, 2, 1};
	bool is_quarter = group->part == offsetof(struct feed_period_parts, quarter) ||
			  group->part == offsetof(struct feed_period_parts, to_quarter);
	bool is_half = group->part == offsetof(struct feed_period_parts, half) ||
		       group->part == offsetof(struct feed_period_parts, to_half);
	for (size_t i = 0; (is_quarter || is_half) && i < COUNT_OF(numerals); i++) {
		size_t len = strlen(numerals[i]);
		if (!span_starts(*text, numerals[i]))
			continue;
		set_part(group, values[i], parts);
		*text = span_behind(*text, len);
		return true;
	}
	return false;
}

static bool take_epoch(const struct feed_period_group *group, struct span *text,
		       struct feed_period_parts *parts)
{
	bool is_negative = text->len > 0 && text->start[0] == '-';
	size_t len = is_negative;
	int64_t value = 0;
	while (len < text->len && len - is_negative < FEED_EPOCH_DIGITS_MAX &&
	       is_digit(text->start[len]))
		value = value * 10 + (text->start[len++] - '0');
	bool is_there = len > (size_t)is_negative;
	*text = span_behind(*text, len);
	if (is_negative)
		value = -value;
	if (group->reading == FEED_PERIOD_MILLISECONDS)
		value = value / MILLISECONDS - (value % MILLISECONDS < 0);
	parts->epoch_s = value;
	return is_there;
}

/* The longest name with which the text begins; there are twelve, or twelve several times. */
static int listed_month(const struct key_texts *names, struct span text, size_t *ret_len)
{
	enum { MONTHS = 12 };
	size_t longest = 0;
	int month = 0;
	for (size_t i = 0; i < names->count; i++) {
		size_t len = strlen(names->items[i]);
		if (len <= longest || len > text.len ||
		    strncasecmp(text.start, names->items[i], len) != 0)
			continue;
		longest = *ret_len = len;
		month = (int)(i % MONTHS) + 1;
	}
	return month;
}

int feed_period_month(const struct key_texts *listed, struct span text, size_t *ret_len)
{
	static const char *const names[] = {"january",	 "february", "march",	 "april",
					    "may",	 "june",     "july",	 "august",
					    "september", "october",  "november", "december"};
	if (listed != NULL && listed->count > 0)
		return listed_month(listed, text, ret_len);
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

static bool take_month(const struct feed_period_group *group, struct span *text,
		       struct feed_period_parts *parts)
{
	size_t len = 0;
	int month = feed_period_month(parts->months, *text, &len);
	if (month == 0)
		return false;
	set_part(group, month, parts);
	*text = span_behind(*text, len);
	return true;
}

/* Take what a group stands for; any text is not among them. */
static bool take_group(const struct feed_period_element *element, struct span *text,
		       struct feed_period_parts *parts)
{
	const struct feed_period_group *group = element->group;
	if (element->is_the_next || element->fixed != 0) {
		set_part(group, element->is_the_next ? parts->year + 1 : (int)element->fixed,
			 parts);
		return true;
	}
	if (group->reading == FEED_PERIOD_MONTH)
		return take_month(group, text, parts);
	if (feed_period_is_epoch(group))
		return take_epoch(group, text, parts);
	return take_roman(group, text, parts) || take_digits(element, text, parts);
}

static bool take_element(const struct feed_period_element *element, struct span *text,
			 struct feed_period_parts *parts)
{
	if (element->group != NULL)
		return take_group(element, text, parts);
	if (text->len == 0 || text->start[0] != element->literal)
		return false;
	*text = span_behind(*text, 1);
	return true;
}

static bool match(const char *pattern, struct span text, struct feed_period_parts *parts);

/* {*} takes the shortest text with which the rest fits. */
static bool match_after_text(const char *rest, struct span text, struct feed_period_parts *parts)
{
	size_t len = *rest == '\0' ? text.len : 0;
	if (text.len > FEED_SHAPE_BYTES)
		return false;
	for (; len <= text.len; len++) {
		struct feed_period_parts found = *parts;
		if (!match(rest, span_behind(text, len), &found))
			continue;
		*parts = found;
		return true;
	}
	return false;
}

/* Does the text have the pattern's shape?  *parts is what it says. */
static bool match(const char *pattern, struct span text, struct feed_period_parts *parts)
{
	struct feed_period_element element;
	while (feed_period_next(&pattern, &element)) {
		if (element.group != NULL && element.group->reading == FEED_PERIOD_ANY)
			return match_after_text(pattern, text, parts);
		if (!take_element(&element, &text, parts))
			return false;
	}
	return text.len == 0;
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
		      span_equal((struct span){told.start + 1, text.len}, text);
	if (quoted)
		return error_set(err, why->code, "period %s", why->text);
	return error_set(err, why->code, "period '%.*s': %s", shape_clip(text), text.start,
			 why->text);
}

/* Of a split year that is called by its second one: the first. */
static void find_first_year(const struct feed_period_kinds *kinds, struct feed_period_parts *parts)
{
	if (!kinds->is_split || (kinds->parts & FEED_PERIOD_PART(year)) != 0)
		return;
	if ((kinds->parts & FEED_PERIOD_PART(next_year)) == 0)
		parts->next_year = feed_period_century(parts->next_yy);
	parts->year = parts->next_year - 1;
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
	       feed_period_years(year, year, 1, ret, NULL);
}

bool feed_period_read(const struct feed_period_pattern *patterns, size_t count,
		      const struct feed_periods *settings, struct span text, struct period *ret,
		      struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (patterns[i].is_year && read_year(text, ret))
			return true;
		if (patterns[i].is_iso && period_parse(text, ret, NULL)) {
			*ret = feed_period_widen(settings, *ret);
			return true;
		}
		struct feed_period_parts parts = {.months = &settings->months};
		if (patterns[i].is_iso || !match(patterns[i].spelled, text, &parts))
			continue;
		find_first_year(&patterns[i].kinds, &parts);
		struct error why = {0};
		return feed_period_of_parts(&patterns[i].kinds, settings, &parts, ret, &why) ||
		       fail_period(&why, text, err);
	}
	if (count == 1 && patterns[0].is_iso)
		return period_parse(text, ret, err);
	return no_pattern(patterns, count, text, err);
}
