/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/period_pattern.h"

#include <stddef.h>
#include <strings.h>

#include "base/number.h"
#include "base/unicode.h"
#include "feed/mangled.h"
#include "obs/day.h"
#include "obs/shape.h"

enum { ANY_TEXTS_MAX = 3, EPOCH_DIGITS_MAX = 15, MILLISECONDS = 1000 };

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

enum kind { PLAIN, SPLIT, RANGE };

struct group {
	const char *name;
	int digits_min, digits_max;
	size_t part;
	enum kind kind;
};

#define GROUP(name, min, max, part, kind)                                                          \
	{                                                                                          \
		name, min, max, offsetof(struct feed_period_parts, part), kind                     \
	}

static const struct group groups[] = {
	GROUP("year", 4, 4, year, PLAIN),
	GROUP("month", 2, 2, month, PLAIN),
	GROUP("m", 1, 2, month, PLAIN),
	GROUP("quarter", 1, 1, quarter, PLAIN),
	GROUP("half", 1, 1, half, PLAIN),
	GROUP("week", 2, 2, week, PLAIN),
	GROUP("day", 2, 2, day, PLAIN),
	GROUP("d", 1, 2, day, PLAIN),
	GROUP("year_day", 3, 3, year_day, PLAIN),
	GROUP("next_year", 4, 4, next_year, SPLIT),
	GROUP("next_yy", 2, 2, next_yy, SPLIT),
	GROUP("to_year", 4, 4, to_year, RANGE),
	GROUP("to_yy", 2, 2, to_yy, RANGE),
	GROUP("to_next_year", 4, 4, to_next_year, SPLIT),
	GROUP("to_next_yy", 2, 2, to_next_yy, SPLIT),
	GROUP("to_month", 2, 2, to_month, PLAIN),
	GROUP("to_m", 1, 2, to_month, PLAIN),
	GROUP("to_quarter", 1, 1, to_quarter, PLAIN),
	GROUP("to_half", 1, 1, to_half, PLAIN),
	GROUP("to_day", 2, 2, to_day, PLAIN),
	GROUP("to_d", 1, 2, to_day, PLAIN),
	{NULL, 0, 0, 0, PLAIN},
};

/* Those that are not just digits. */
static const struct group any_text = {"*", 0, 0, 0, PLAIN};
static const struct group month_name = GROUP("mon", 0, 0, month, PLAIN);
static const struct group to_month_name = GROUP("to_mon", 0, 0, to_month, PLAIN);
static const struct group short_year = GROUP("yy", 2, 2, year, PLAIN);
static const struct group epoch_s = {"epoch_s", 1, EPOCH_DIGITS_MAX, 0, PLAIN};
static const struct group epoch_ms = {"epoch_ms", 1, EPOCH_DIGITS_MAX, 0, PLAIN};
static const struct group *const special_groups[] = {&any_text,	  &month_name, &to_month_name,
						     &short_year, &epoch_s,    &epoch_ms};

static bool is_epoch(const struct group *group)
{
	return group == &epoch_s || group == &epoch_ms;
}

static bool is_month_name(const struct group *group)
{
	return group == &month_name || group == &to_month_name;
}

/* A step through a spelled pattern: either one literal character or a group. */
struct element {
	char literal;
	const struct group *group; /* NULL: literal, or a group that is not known */
	struct span name;
	int64_t fixed; /* of {half=1}: it stands for no text; 0: it is read */
};

static const struct group *find_group(struct span name)
{
	for (size_t i = 0; i < COUNT_OF(special_groups); i++)
		if (span_is(name, special_groups[i]->name))
			return special_groups[i];
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
	struct span value = ret->name;
	ret->group = find_group(span_cut(&value, '='));
	bool has_value = value.start != NULL;
	if (has_value &&
	    (ret->group == NULL || ret->group->digits_max == 0 || is_epoch(ret->group) ||
	     !number_read_integer(value, 1, DAY_YEAR_MAX, &ret->fixed, NULL)))
		ret->group = NULL;
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

static bool fail_group(const struct feed_period_pattern *pattern, struct span name,
		       struct error *err)
{
	if (name.start == NULL)
		return error_set(err, ERROR_INPUT, "period pattern '%s' has a '{' without its '}'",
				 pattern->name);
	AUTO_TEXT struct text names = text_with_limit(ERROR_TEXT_BYTES);
	for (const struct group *group = groups; group->name != NULL; group++)
		text_addf(&names, "%s ", group->name);
	for (size_t i = 0; i < COUNT_OF(special_groups); i++)
		text_addf(&names, "%s%s", i > 0 ? " " : "", special_groups[i]->name);
	return error_set(err, ERROR_INPUT,
			 "period pattern '%s' has a group '{%.*s}'; there are %s, and {half=1} for "
			 "what is not written",
			 pattern->name, SPAN_ARGS(name), names.failed ? "others" : names.data);
}

static void note_group(struct feed_period_pattern *pattern, const struct group *group)
{
	struct feed_period_kinds *kinds = &pattern->kinds;
	kinds->is_split = kinds->is_split || group->kind == SPLIT;
	kinds->is_range = kinds->is_range || group->kind == RANGE;
	kinds->is_epoch = kinds->is_epoch || is_epoch(group);
	if (group != &any_text && !is_epoch(group))
		kinds->parts |= 1u << (group->part / sizeof(int));
}

/* Do the groups together make a period? */
static bool check_groups(struct feed_period_pattern *pattern, struct error *err)
{
	const char *rest = pattern->spelled;
	struct element element;
	bool has_year = false;
	int texts = 0;
	while (next_element(&rest, &element)) {
		if (element.literal == '{' && element.group == NULL)
			return fail_group(pattern, element.name, err);
		if (element.group == NULL)
			continue;
		has_year = has_year || element.group == &groups[0] || element.group == &short_year;
		texts += element.group == &any_text;
		note_group(pattern, element.group);
	}
	if (texts > ANY_TEXTS_MAX)
		return error_set(err, ERROR_INPUT, "period pattern '%s' has more than %d {*}",
				 pattern->name, ANY_TEXTS_MAX);
	return has_year || pattern->kinds.is_epoch ||
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
		else if (element.fixed != 0)
			continue;
		else if (group == &any_text)
			shape[len++] = '*';
		else if (is_month_name(group))
			shape[len++] = '7';
		else if (is_epoch(group))
			shape[len++] = '6';
		else if (group->digits_min != group->digits_max)
			shape[len++] = '8';
		else
			for (int i = 0; i < group->digits_max; i++)
				shape[len++] = '9';
	}
	shape[len] = '\0';
}

static void set_part(const struct group *group, int value, struct feed_period_parts *parts)
{
	memcpy((char *)parts + group->part, &value, sizeof value);
}

/* Take the digits of a group; false when there are too few. */
static bool take_digits(const struct group *group, struct span *text,
			struct feed_period_parts *parts)
{
	int value = 0;
	int taken = 0;
	while (taken < group->digits_max && text->len > 0 && is_digit(text->start[0])) {
		value = value * 10 + (text->start[0] - '0');
		*text = span_behind(*text, 1);
		taken++;
	}
	set_part(group, group == &short_year ? feed_period_century(value) : value, parts);
	return taken >= group->digits_min;
}

/* A quarter or half may be a Roman numeral, I to IV. */
static bool take_roman(const struct group *group, struct span *text,
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

static bool take_epoch(const struct group *group, struct span *text,
		       struct feed_period_parts *parts)
{
	bool is_negative = text->len > 0 && text->start[0] == '-';
	size_t len = is_negative;
	int64_t value = 0;
	while (len < text->len && len - is_negative < EPOCH_DIGITS_MAX &&
	       is_digit(text->start[len]))
		value = value * 10 + (text->start[len++] - '0');
	bool is_there = len > (size_t)is_negative;
	*text = span_behind(*text, len);
	if (is_negative)
		value = -value;
	if (group == &epoch_ms)
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

static bool take_month(const struct group *group, struct span *text,
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

/* Take what an element stands for; any text is not among them. */
static bool take_element(const struct element *element, struct span *text,
			 struct feed_period_parts *parts)
{
	const struct group *group = element->group;
	if (group != NULL && element->fixed != 0) {
		set_part(group, (int)element->fixed, parts);
		return true;
	}
	if (group != NULL && is_month_name(group))
		return take_month(group, text, parts);
	if (group != NULL && is_epoch(group))
		return take_epoch(group, text, parts);
	if (group != NULL)
		return take_roman(group, text, parts) || take_digits(group, text, parts);
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
	struct element element;
	while (next_element(&pattern, &element)) {
		if (element.group == &any_text)
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
		struct error why = {0};
		return feed_period_of_parts(&patterns[i].kinds, settings, &parts, ret, &why) ||
		       fail_period(&why, text, err);
	}
	if (count == 1 && patterns[0].is_iso)
		return period_parse(text, ret, err);
	return no_pattern(patterns, count, text, err);
}
