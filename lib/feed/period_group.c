/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/period_group.h"

#include <stddef.h>

#include "base/number.h"
#include "obs/day.h"

#define PART(part) offsetof(struct feed_period_parts, part)
#define GROUP(name, min, max, part)                                                                \
	{                                                                                          \
		name, min, max, PART(part), FEED_PERIOD_PLAIN, FEED_PERIOD_DIGITS, false, false    \
	}
#define YEAR(name, min, max, part, kind)                                                           \
	{                                                                                          \
		name, min, max, PART(part), kind, FEED_PERIOD_DIGITS, true, false                  \
	}
#define OTHER(name, max, part, reading)                                                            \
	{                                                                                          \
		name, (max) > 0, max, part, FEED_PERIOD_PLAIN, reading, false, false               \
	}

static const struct feed_period_group groups[] = {
	YEAR("year", 4, 4, year, FEED_PERIOD_PLAIN),
	{"yy", 2, 2, PART(year), FEED_PERIOD_PLAIN, FEED_PERIOD_CENTURY, true, false},
	{"yyy", 3, 3, PART(year), FEED_PERIOD_PLAIN, FEED_PERIOD_DIGITS, true, true},
	{"y", 1, 2, PART(year), FEED_PERIOD_PLAIN, FEED_PERIOD_DIGITS, true, true},
	GROUP("month", 2, 2, month),
	GROUP("m", 1, 2, month),
	GROUP("quarter", 1, 1, quarter),
	GROUP("half", 1, 1, half),
	GROUP("week", 2, 2, week),
	GROUP("day", 2, 2, day),
	GROUP("d", 1, 2, day),
	GROUP("year_day", 3, 3, year_day),
	YEAR("next_year", 4, 4, next_year, FEED_PERIOD_SPLIT),
	YEAR("next_yy", 2, 2, next_yy, FEED_PERIOD_SPLIT),
	YEAR("to_year", 4, 4, to_year, FEED_PERIOD_RANGE),
	YEAR("to_yy", 2, 2, to_yy, FEED_PERIOD_RANGE),
	YEAR("to_next_year", 4, 4, to_next_year, FEED_PERIOD_SPLIT),
	YEAR("to_next_yy", 2, 2, to_next_yy, FEED_PERIOD_SPLIT),
	GROUP("to_month", 2, 2, to_month),
	GROUP("to_m", 1, 2, to_month),
	GROUP("to_quarter", 1, 1, to_quarter),
	GROUP("to_half", 1, 1, to_half),
	GROUP("to_day", 2, 2, to_day),
	GROUP("to_d", 1, 2, to_day),
	OTHER("mon", 0, PART(month), FEED_PERIOD_MONTH),
	OTHER("to_mon", 0, PART(to_month), FEED_PERIOD_MONTH),
	OTHER("epoch_s", FEED_EPOCH_DIGITS_MAX, 0, FEED_PERIOD_SECONDS),
	OTHER("epoch_ms", FEED_EPOCH_DIGITS_MAX, 0, FEED_PERIOD_MILLISECONDS),
	OTHER("*", 0, 0, FEED_PERIOD_ANY),
};

bool feed_period_is_epoch(const struct feed_period_group *group)
{
	return group->reading == FEED_PERIOD_SECONDS || group->reading == FEED_PERIOD_MILLISECONDS;
}

void feed_period_list_groups(struct text *out)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		text_addf(out, "%s%s", i > 0 ? " " : "", groups[i].name);
}

static const struct feed_period_group *find_group(struct span name)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if (span_is(name, groups[i].name))
			return &groups[i];
	return NULL;
}

/* {half=1}, {next_year=+1} */
static bool read_fixed(struct span value, struct feed_period_element *element)
{
	const struct feed_period_group *group = element->group;
	bool is_number = group->digits_max > 0 && !feed_period_is_epoch(group);
	element->is_the_next = group->part == PART(next_year) && span_is(value, "+1");
	return element->is_the_next ||
	       (is_number && number_read_integer(value, 1, DAY_YEAR_MAX, &element->fixed, NULL));
}

/* {year-543}, {yyy+1911} */
static bool read_shift(char sign, struct span value, struct feed_period_element *element)
{
	int64_t shift;
	if (!element->group->is_year ||
	    !number_read_integer(value, 1, FEED_YEAR_SHIFT_MAX, &shift, NULL))
		return false;
	element->shift = sign == '-' ? -shift : shift;
	return true;
}

static bool read_group(struct feed_period_element *element)
{
	struct span name = element->name;
	size_t len = 0;
	while (len < name.len && strchr("+-=", name.start[len]) == NULL)
		len++;
	element->group = find_group((struct span){name.start, len});
	if (element->group == NULL)
		return false;
	if (len == name.len)
		return !element->group->is_shifted;
	struct span value = span_behind(name, len + 1);
	return name.start[len] == '=' ? read_fixed(value, element)
				      : read_shift(name.start[len], value, element);
}

bool feed_period_next(const char **pattern, struct feed_period_element *ret)
{
	const char *at = *pattern;
	const char *close = *at == '{' ? strchr(at, '}') : NULL;
	*ret = (struct feed_period_element){.literal = *at};
	if (*at == '\0')
		return false;
	if (close == NULL) {
		*pattern = at + 1;
		return true;
	}
	ret->name = (struct span){at + 1, (size_t)(close - at) - 1};
	if (!read_group(ret))
		ret->group = NULL;
	*pattern = close + 1;
	return true;
}
