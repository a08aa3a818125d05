/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/deadline.h"

#include "base/number.h"
#include "base/unicode.h"
#include "obs/shape.h"

enum { MONTHS = 12, DAYS_MOST = 31, LEAP_DAY = 29, FEBRUARY = 2, PART_DIGITS = 2 };

struct reading {
	struct span text; /* all of it, for messages */
	const struct rhythm *rhythm;
	struct error *err;
};

/* A year with a 29 February. */
enum { LEAP_YEAR = 2000 };

static const char *when_of(const struct rhythm *rhythm)
{
	switch (rhythm->frequency) {
	case FREQUENCY_NONE:
		return "a date such as 2023-09-15";
	case FREQUENCY_YEAR:
		return "a month and day such as 12-10 or next 01-15";
	case FREQUENCY_HALF:
	case FREQUENCY_QUARTER:
	case FREQUENCY_MONTH:
	case FREQUENCY_WEEK:
	case FREQUENCY_DAY:
		break;
	}
	return "'day 20', 'month-end' or '15 days after'";
}

static bool refuse_when(const struct reading *reading, struct span when)
{
	return error_set(reading->err, ERROR_INPUT, "'%.*s': '%.*s' is not %s",
			 shape_clip(reading->text), reading->text.start, shape_clip(when),
			 when.start, when_of(reading->rhythm));
}

static bool check_month(const struct reading *reading, struct span when, int month, int day)
{
	if (month >= 1 && month <= MONTHS)
		return true;
	if (month >= 1 && month <= DAYS_MOST && day >= 1 && day <= MONTHS)
		return error_set(reading->err, ERROR_INPUT,
				 "'%.*s' has no month %d; the month goes first: %02d-%02d",
				 shape_clip(when), when.start, month, day, month);
	return error_set(reading->err, ERROR_INPUT, "'%.*s' has no month between 01 and 12",
			 shape_clip(when), when.start);
}

static bool check_yearly(const struct reading *reading, struct span when)
{
	enum frequency frequency = reading->rhythm->frequency;
	if (frequency == FREQUENCY_YEAR || frequency == FREQUENCY_NONE)
		return true;
	return error_set(reading->err, ERROR_INPUT,
			 "'%.*s' is for what is owed each year; for each %s write %s",
			 shape_clip(when), when.start, frequency_name(frequency),
			 when_of(reading->rhythm));
}

static bool read_month_day(const struct reading *reading, struct span when, int years,
			   struct deadline_day *ret)
{
	int month = shape_number(when, 0, PART_DIGITS);
	int day = shape_number(when, 3, PART_DIGITS);
	if (!check_yearly(reading, when) || !check_month(reading, when, month, day))
		return false;
	int length = day_month_length(LEAP_YEAR, month);
	if (day < 1 || day > length)
		return error_set(reading->err, ERROR_INPUT,
				 "'%.*s' is no day: month %02d has days 01 to %02d",
				 shape_clip(when), when.start, month, length);
	*ret = (struct deadline_day){
		.base = DEADLINE_MONTH_DAY, .month = month, .day = day, .years = years};
	return true;
}

static bool check_once(const struct reading *reading, struct span when)
{
	if (reading->rhythm->frequency == FREQUENCY_NONE)
		return true;
	return error_set(reading->err, ERROR_INPUT,
			 "'%.*s' is for what is owed once; for each %s write %s", shape_clip(when),
			 when.start, frequency_name(reading->rhythm->frequency),
			 when_of(reading->rhythm));
}

static bool read_date(const struct reading *reading, struct span when, struct deadline_day *ret)
{
	struct deadline_day day = {.base = DEADLINE_DATE};
	if (!check_once(reading, when) || !day_parse(when, &day.date, reading->err))
		return false;
	*ret = day;
	return true;
}

/* The next word of *rest; blanks in a row are one. */
static struct span next_word(struct span *rest)
{
	*rest = span_trim(*rest);
	struct span word = span_cut(rest, ' ');
	*rest = span_trim(*rest);
	return word;
}

/* "day 20", "day 20 of period" */
static bool read_day_of_month(const struct reading *reading, struct span when,
			      struct deadline_day *ret)
{
	int64_t day = 0;
	struct span rest = when;
	(void)next_word(&rest);
	struct span number = next_word(&rest);
	bool is_within = span_is(rest, "of period");
	if ((rest.len > 0 && !is_within) || !number_read_integer(number, 1, DAYS_MOST, &day, NULL))
		return error_set(reading->err, ERROR_INPUT,
				 "'%.*s' is not a day of a month such as 'day 20' or 'day 20 of "
				 "period'",
				 shape_clip(when), when.start);
	*ret = (struct deadline_day){.base = is_within ? DEADLINE_DAY_WITHIN : DEADLINE_DAY_NEXT,
				     .day = (int)day};
	return true;
}

/* "15 days after" */
static bool read_days_after(const struct reading *reading, struct span when,
			    struct deadline_day *ret)
{
	int64_t days = 0;
	struct span rest = when;
	struct span number = next_word(&rest);
	if (!span_is(rest, "days after") && !span_is(rest, "day after"))
		return refuse_when(reading, when);
	if (!number_read_integer(number, 0, DEADLINE_DAYS_AFTER_MAX, &days, NULL))
		return error_set(reading->err, ERROR_INPUT,
				 "'%.*s': the number of days is between 0 and %d", shape_clip(when),
				 when.start, DEADLINE_DAYS_AFTER_MAX);
	*ret = (struct deadline_day){.base = DEADLINE_DAYS_AFTER, .day = (int)days};
	return true;
}

static bool read_when(const struct reading *reading, struct span when, struct deadline_day *ret)
{
	struct span rest = when;
	struct span word = next_word(&rest);
	if (shape_matches(when, "00-00"))
		return read_month_day(reading, when, 0, ret);
	if (span_is(word, "next") && shape_matches(rest, "00-00"))
		return read_month_day(reading, rest, 1, ret);
	if (shape_matches(when, "0000-00-00"))
		return read_date(reading, when, ret);
	if (span_is(word, "day"))
		return read_day_of_month(reading, when, ret);
	if (span_is(when, "month-end")) {
		*ret = (struct deadline_day){
			.base = DEADLINE_DAY_NEXT, .day = DAYS_MOST, .is_end = true};
		return true;
	}
	if (span_is(when, "period-end")) {
		*ret = (struct deadline_day){.base = DEADLINE_DAYS_AFTER};
		return true;
	}
	return read_days_after(reading, when, ret);
}

static bool read_window(const struct reading *reading, struct span rest, struct deadline *ret)
{
	static const char to[] = " to ";
	struct deadline deadline = {.word = DEADLINE_WINDOW};
	const char *at = span_find(rest, to);
	if (at == NULL)
		return error_set(reading->err, ERROR_INPUT,
				 "'%.*s' has no end; write 'from 08-20 to 08-31'",
				 shape_clip(reading->text), reading->text.start);
	struct span first = {rest.start, (size_t)(at - rest.start)};
	struct span last = {at + sizeof to - 1, rest.len - first.len - (sizeof to - 1)};
	if (!read_when(reading, span_trim(first), &deadline.first) ||
	    !read_when(reading, span_trim(last), &deadline.last))
		return false;
	*ret = deadline;
	return true;
}

static bool read_month(const struct reading *reading, struct span when, int years,
		       struct deadline *ret)
{
	int month = shape_number(when, 0, PART_DIGITS);
	if (!check_yearly(reading, when) || !check_month(reading, when, month, 0))
		return false;
	*ret = (struct deadline){
		.word = DEADLINE_IN,
		.first = {.month = month, .day = 1, .years = years},
		.last = {.month = month, .day = DAYS_MOST, .years = years},
	};
	return true;
}

/* "in 08", "in next 03", "in year", "in 2023", "in 2023-08" */
static bool read_in(const struct reading *reading, struct span rest, struct deadline *ret)
{
	struct period period;
	struct span next = rest;
	struct span word = next_word(&next);
	if (shape_matches(rest, "00"))
		return read_month(reading, rest, 0, ret);
	if (span_is(word, "next") && shape_matches(next, "00"))
		return read_month(reading, next, 1, ret);
	if (span_is(rest, "year")) {
		*ret = (struct deadline){.word = DEADLINE_IN,
					 .first = {.month = 1, .day = 1},
					 .last = {.month = MONTHS, .day = DAYS_MOST}};
		return check_yearly(reading, rest);
	}
	if (!period_parse(rest, &period, NULL))
		return error_set(reading->err, ERROR_INPUT,
				 "'%.*s' names no time; write 'in 08', 'in next 03', 'in year' "
				 "or, for what is owed once, 'in 2023-08'",
				 shape_clip(reading->text), reading->text.start);
	*ret = (struct deadline){.word = DEADLINE_IN,
				 .first = {.base = DEADLINE_DATE, .date = period_first_day(period)},
				 .last = {.base = DEADLINE_DATE, .date = period_last_day(period)}};
	return check_once(reading, rest);
}

static bool refuse_word(const struct reading *reading, struct span word)
{
	static const char *const words[] = {"before", "by", "from", "in"};
	struct deadline_day day;
	const struct reading quiet = {reading->text, reading->rhythm, NULL};
	const char *nearest = unicode_nearest(word, words, COUNT_OF(words));
	if (read_when(&quiet, reading->text, &day))
		return error_set(reading->err, ERROR_INPUT,
				 "'%.*s' does not say whether that day is in time; write 'before "
				 "%.*s' or 'by %.*s'",
				 shape_clip(reading->text), reading->text.start,
				 shape_clip(reading->text), reading->text.start,
				 shape_clip(reading->text), reading->text.start);
	return error_set(reading->err, ERROR_INPUT,
			 "'%.*s' does not begin with before, by, from or in%s%s%s",
			 shape_clip(reading->text), reading->text.start,
			 nearest ? "; did you mean '" : "", nearest ? nearest : "",
			 nearest ? "'?" : "");
}

/* Does the window have its end behind its beginning?  Windows of a rule move together, so that one
 * period can stand for all; a leap year has every day. */
static bool check_order(const struct reading *reading, const struct deadline *deadline)
{
	const struct period leap_year = {day_from_parts(LEAP_YEAR, 1, 1),
					 day_from_parts(LEAP_YEAR + 1, 1, 1)};
	struct due_days due = deadline_due(deadline, leap_year);
	if (due.first == DAY_NONE || due.first <= due.latest)
		return true;
	return error_set(reading->err, ERROR_INPUT,
			 "'%.*s' ends before it begins; write 'next' before a day of the year "
			 "after",
			 shape_clip(reading->text), reading->text.start);
}

bool deadline_parse(struct span text, const struct rhythm *rhythm, struct deadline *ret,
		    struct error *err)
{
	const struct reading reading = {span_trim(text), rhythm, err};
	struct deadline deadline = {0};
	struct span rest = reading.text;
	struct span word = next_word(&rest);
	bool ok = false;
	if (span_is(word, "before") || span_is(word, "by")) {
		deadline.word = span_is(word, "by") ? DEADLINE_BY : DEADLINE_BEFORE;
		ok = read_when(&reading, rest, &deadline.last);
	} else if (span_is(word, "from")) {
		ok = read_window(&reading, rest, &deadline);
	} else if (span_is(word, "in")) {
		ok = read_in(&reading, rest, &deadline);
	} else {
		ok = refuse_word(&reading, word);
	}
	if (!ok || !check_order(&reading, &deadline))
		return false;
	*ret = deadline;
	return true;
}

/* A day of a month; the end of the month when it is shorter. */
static int32_t day_of_month(int year, int month, int day)
{
	int length = day_month_length(year, month);
	return day_from_parts(year, month, day < length ? day : length);
}

static int32_t day_in_month_after(int32_t last, int months, int day)
{
	struct day_parts parts = day_parts(last);
	int index = parts.month - 1 + months;
	return day_of_month(parts.year + index / MONTHS, index % MONTHS + 1, day);
}

static int32_t resolve(const struct deadline_day *day, struct period period)
{
	int32_t last = period_last_day(period);
	switch (day->base) {
	case DEADLINE_MONTH_DAY:
		return day_of_month(day_parts(last).year + day->years, day->month, day->day);
	case DEADLINE_DATE:
		return day->date;
	case DEADLINE_DAY_NEXT:
		return day_in_month_after(last, 1, day->day);
	case DEADLINE_DAY_WITHIN:
		return day_in_month_after(last, 0, day->day);
	case DEADLINE_DAYS_AFTER:
		break;
	}
	return last + day->day;
}

/* A day that the month does not have would come after its end, so that all of it is before; its
 * end is a day that it has. */
static bool is_beyond_month(const struct deadline_day *day, int32_t resolved)
{
	bool is_of_month = day->base == DEADLINE_MONTH_DAY || day->base == DEADLINE_DAY_NEXT ||
			   day->base == DEADLINE_DAY_WITHIN;
	return is_of_month && !day->is_end && day_parts(resolved).day < day->day;
}

struct due_days deadline_due(const struct deadline *deadline, struct period period)
{
	struct due_days due = {.word = deadline->word, .first = DAY_NONE};
	due.named = resolve(&deadline->last, period);
	due.latest = due.named;
	if (deadline->word == DEADLINE_BEFORE && !is_beyond_month(&deadline->last, due.named))
		due.latest--;
	if (deadline->word == DEADLINE_WINDOW || deadline->word == DEADLINE_IN)
		due.first = resolve(&deadline->first, period);
	return due;
}
