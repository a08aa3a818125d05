/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/day.h"

#include <stdio.h>

#include "obs/shape.h"

/* Days from a civil date by whole eras of 400 years that begin on 1 March, so that the leap day is
 * the last of its year. */
enum { ERA_YEARS = 400, ERA_DAYS = 146097, EPOCH_DAYS = 719468, YEAR_DIGITS = 4, PART_DIGITS = 2 };

static int floor_div(int a, int b)
{
	return a / b - (a % b < 0);
}

int32_t day_from_parts(int year, int month, int day)
{
	int y = year - (month <= 2);
	int era = floor_div(y, ERA_YEARS);
	int year_of_era = y - era * ERA_YEARS;
	int month_from_march = month > 2 ? month - 3 : month + 9;
	int day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * ERA_DAYS + day_of_era - EPOCH_DAYS;
}

struct day_parts day_parts(int32_t day)
{
	int64_t z = (int64_t)day + EPOCH_DAYS;
	int64_t era = z / ERA_DAYS - (z % ERA_DAYS < 0);
	int day_of_era = (int)(z - era * ERA_DAYS);
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month_from_march = (5 * day_of_year + 2) / 153;
	int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
	return (struct day_parts){
		.year = (int)era * ERA_YEARS + year_of_era + (month <= 2),
		.month = month,
		.day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
	};
}

int day_month_length(int year, int month)
{
	static const unsigned char length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month == 2 && leap ? 29 : length[month - 1];
}

/* Day, month and year of "08/10/2021" and its like. */
static bool read_written_date(struct span text, struct day_parts *ret)
{
	static const char *const shapes[] = {"00/00/0000", "00.00.0000", "00-00-0000"};
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		if (shape_matches(text, shapes[i])) {
			*ret = (struct day_parts){shape_number(text, 6, YEAR_DIGITS),
						  shape_number(text, 3, PART_DIGITS),
						  shape_number(text, 0, PART_DIGITS)};
			return true;
		}
	}
	return false;
}

static bool exists(int year, int month, int day)
{
	return year >= DAY_YEAR_MIN && year <= DAY_YEAR_MAX && month >= 1 && month <= 12 &&
	       day >= 1 && day <= day_month_length(year, month);
}

static bool refuse_shape(struct span text, const char *like, struct error *err)
{
	struct day_parts date;
	if (!read_written_date(text, &date))
		return error_set(err, ERROR_INPUT, "'%.*s' is not a date such as %s",
				 shape_clip(text), text.start, like);
	bool day_first = exists(date.year, date.month, date.day);
	bool month_first = date.month != date.day && exists(date.year, date.day, date.month);
	char first[DAY_BYTES] = "", second[DAY_BYTES] = "";
	if (day_first)
		(void)day_print(day_from_parts(date.year, date.month, date.day), first);
	if (month_first)
		(void)day_print(day_from_parts(date.year, date.day, date.month), second);
	if (!day_first && !month_first)
		return error_set(err, ERROR_INPUT, "'%.*s' is not a date such as %s",
				 SPAN_ARGS(text), like);
	if (day_first && month_first)
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not a date in ISO 8601; write %s or %s",
				 SPAN_ARGS(text), first, second);
	return error_set(err, ERROR_INPUT, "'%.*s' is not a date in ISO 8601; write %s",
			 SPAN_ARGS(text), day_first ? first : second);
}

/* The year, the month and the day that the text has, as many as its length tells. */
static bool read_parts(struct span text, int count, struct day_parts *ret, struct error *err)
{
	struct day_parts parts = {shape_number(text, 0, YEAR_DIGITS), 1, 1};
	if (!shape_check_part(text, "year", parts.year, DAY_YEAR_MIN, DAY_YEAR_MAX, err))
		return false;
	if (count > 1) {
		parts.month = shape_number(text, 5, PART_DIGITS);
		if (!shape_check_part(text, "month", parts.month, 1, 12, err))
			return false;
	}
	if (count > 2) {
		parts.day = shape_number(text, 8, PART_DIGITS);
		int length = day_month_length(parts.year, parts.month);
		if (!shape_check_part(text, "day", parts.day, 1, length, err))
			return false;
	}
	*ret = parts;
	return true;
}

bool day_parse(struct span text, int32_t *ret, struct error *err)
{
	struct day_parts parts;
	if (!shape_matches(text, "0000-00-00"))
		return refuse_shape(text, "2021-10-08", err);
	if (!read_parts(text, 3, &parts, err))
		return false;
	*ret = day_from_parts(parts.year, parts.month, parts.day);
	return true;
}

const char *day_print(int32_t day, char buffer[DAY_BYTES])
{
	buffer[0] = '\0';
	if (day == DAY_NONE)
		return buffer;
	struct day_parts parts = day_parts(day);
	/* Days far from ours have years of more digits; what counts fits. */
	int len = snprintf(buffer, DAY_BYTES, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
	if (len >= DAY_BYTES)
		buffer[0] = '\0';
	return buffer;
}

bool day_parse_published(struct span text, int32_t *ret_last, struct error *err)
{
	static const char *const shapes[] = {"0000", "0000-00", "0000-00-00"};
	if (text.len == 0) {
		*ret_last = DAY_NONE;
		return true;
	}
	int count = 0;
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		if (shape_matches(text, shapes[i]))
			count = (int)i + 1;
	}
	struct day_parts parts;
	if (count == 0)
		return refuse_shape(text, "2025, 2025-01 or 2025-01-06", err);
	if (!read_parts(text, count, &parts, err))
		return false;
	if (count == 1)
		parts.month = 12;
	if (count <= 2)
		parts.day = day_month_length(parts.year, parts.month);
	*ret_last = day_from_parts(parts.year, parts.month, parts.day);
	return true;
}
