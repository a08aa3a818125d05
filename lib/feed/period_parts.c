/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/period_parts.h"

/* "1998-02" is a range, "2021-07" is none. */
enum { RANGE_YEARS_MAX = 50, CENTURY_BEGINS = 70, DAY_SECONDS = 86400, MINUTE_SECONDS = 60 };

int feed_period_century(int yy)
{
	return yy + (yy < CENTURY_BEGINS ? 2000 : 1900);
}

bool feed_period_years(int first, int last, int month, struct period *ret, struct error *err)
{
	if (first < DAY_YEAR_MIN || last > DAY_YEAR_MAX)
		return error_set(err, ERROR_INPUT, "year %d is not within %d..%d",
				 first < DAY_YEAR_MIN ? first : last, DAY_YEAR_MIN, DAY_YEAR_MAX);
	*ret = (struct period){day_from_parts(first, month, 1), day_from_parts(last + 1, month, 1)};
	return true;
}

/* A later year that was written with four digits or with two. */
static int later_year(int from, int year, int yy)
{
	int same_century = from / 100 * 100 + yy;
	if (year != 0)
		return year;
	return same_century < from ? same_century + 100 : same_century;
}

static bool read_split(const struct feed_period_parts *parts, const struct feed_periods *settings,
		       struct period *ret, struct error *err)
{
	int last = later_year(parts->year, parts->next_year, parts->next_yy);
	if (last != parts->year + 1)
		return error_set(err, ERROR_INPUT, "%d is not the year after %d", last,
				 parts->year);
	if (settings->split_year == FEED_SPAN_WHOLE)
		return feed_period_years(parts->year, parts->year, (int)settings->split_month, ret,
					 err);
	int year = settings->split_year == FEED_SPAN_FIRST ? parts->year : last;
	return feed_period_years(year, year, 1, ret, err);
}

/* The first and last year of a range as the mapping wants it. */
static bool choose_years(const struct feed_period_parts *parts, int span, int *ret_first,
			 int *ret_last, struct error *err)
{
	int first = parts->year;
	int last = later_year(first, parts->to_year, parts->to_yy);
	if (last <= first)
		return error_set(err, ERROR_INPUT, "the range ends in %d, not after %d", last,
				 first);
	if (parts->to_year == 0 && last - first > RANGE_YEARS_MAX)
		return error_set(err, ERROR_INPUT, "%d to %d is no range that two digits stand for",
				 first, last);
	if (span == FEED_SPAN_MIDDLE && (last - first) % 2 != 0)
		return error_set(err, ERROR_INPUT, "%d to %d has no year in the middle", first,
				 last);
	if (span == FEED_SPAN_MIDDLE)
		first = last = (first + last) / 2;
	*ret_first = span == FEED_SPAN_LAST ? last : first;
	*ret_last = span == FEED_SPAN_FIRST ? first : last;
	return true;
}

static bool read_range(const struct feed_period_parts *parts, const struct feed_periods *settings,
		       struct period *ret, struct error *err)
{
	int first;
	int last;
	return choose_years(parts, settings->range, &first, &last, err) &&
	       feed_period_years(first, last, 1, ret, err);
}

/* "2007/08 to 2009/10": the range chooses among split years, each of which is what a split year
 * is. */
static bool read_split_range(const struct feed_period_parts *parts,
			     const struct feed_periods *settings, struct period *ret,
			     struct error *err)
{
	struct feed_period_parts end = {
		.year = later_year(parts->year, parts->to_year, parts->to_yy),
		.next_year = parts->to_next_year,
		.next_yy = parts->to_next_yy};
	struct period from;
	struct period to;
	int first;
	int last;
	if (end.next_year == 0 && end.next_yy == 0)
		end.next_year = end.year + 1;
	/* what is not chosen has to be right, too */
	if (!read_split(parts, settings, &from, err) || !read_split(&end, settings, &to, err) ||
	    !choose_years(parts, settings->range, &first, &last, err))
		return false;
	if (!read_split(&(struct feed_period_parts){.year = first, .next_year = first + 1},
			settings, &from, err) ||
	    !read_split(&(struct feed_period_parts){.year = last, .next_year = last + 1}, settings,
			&to, err))
		return false;
	*ret = (struct period){from.from, to.to};
	return true;
}

enum {
	TO_MONTH = FEED_PERIOD_PART(to_month),
	TO_QUARTER = FEED_PERIOD_PART(to_quarter),
	TO_HALF = FEED_PERIOD_PART(to_half),
	TO_DAY = FEED_PERIOD_PART(to_day),
	TO_PARTS = TO_MONTH | TO_QUARTER | TO_HALF | TO_DAY,
	MONTH = FEED_PERIOD_PART(month),
};

static void print_begin(unsigned has, const struct feed_period_parts *parts, struct text *iso)
{
	text_addf(iso, "%04d", parts->year);
	if ((has & FEED_PERIOD_PART(quarter)) != 0)
		text_addf(iso, "-Q%d", parts->quarter);
	else if ((has & FEED_PERIOD_PART(half)) != 0)
		text_addf(iso, "-S%d", parts->half);
	else if ((has & FEED_PERIOD_PART(week)) != 0)
		text_addf(iso, "-W%02d", parts->week);
	else if ((has & MONTH) != 0)
		text_addf(iso, "-%02d", parts->month);
	if ((has & FEED_PERIOD_PART(day)) != 0)
		text_addf(iso, "-%02d", parts->day);
}

static void print_end(unsigned has, const struct feed_period_parts *parts, struct text *iso)
{
	int to_month = (has & TO_MONTH) != 0 ? parts->to_month : parts->month;
	bool is_range = (has & (FEED_PERIOD_PART(to_year) | FEED_PERIOD_PART(to_yy))) != 0;
	text_addf(iso, "/%04d",
		  is_range ? later_year(parts->year, parts->to_year, parts->to_yy) : parts->year);
	if ((has & TO_QUARTER) != 0)
		text_addf(iso, "-Q%d", parts->to_quarter);
	else if ((has & TO_HALF) != 0)
		text_addf(iso, "-S%d", parts->to_half);
	else
		text_addf(iso, "-%02d", to_month);
	if ((has & TO_DAY) != 0)
		text_addf(iso, "-%02d", parts->to_day);
}

/* Print what was found as an ISO period, so that one place knows which dates exist. */
static bool read_parts(unsigned has, const struct feed_period_parts *parts, struct period *ret,
		       struct error *err)
{
	AUTO_TEXT struct text iso = text_with_limit(PERIOD_BYTES * 2);
	print_begin(has, parts, &iso);
	if ((has & TO_PARTS) != 0)
		print_end(has, parts, &iso);
	return text_ok(&iso, "a period", err) && period_parse(text_span(&iso), ret, err);
}

static bool read_epoch(const struct feed_period_parts *parts, const struct feed_periods *settings,
		       struct period *ret, struct error *err)
{
	const int32_t first = day_from_parts(DAY_YEAR_MIN, 1, 1);
	const int32_t end = day_from_parts(DAY_YEAR_MAX + 1, 1, 1);
	int64_t seconds = parts->epoch_s + settings->utc_offset * MINUTE_SECONDS;
	int64_t day = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
	if (day < first || day >= end)
		return error_set(err, ERROR_INPUT,
				 "this is no date between %d and %d; is it in seconds "
				 "({epoch_s}) or in milliseconds ({epoch_ms})?",
				 DAY_YEAR_MIN, DAY_YEAR_MAX);
	*ret = (struct period){(int32_t)day, (int32_t)day + 1};
	return true;
}

/* The day of the year, of 365 or 366. */
static bool read_year_day(const struct feed_period_parts *parts, struct period *ret,
			  struct error *err)
{
	struct period year;
	if (!feed_period_years(parts->year, parts->year, 1, &year, err))
		return false;
	if (parts->year_day < 1 || parts->year_day > year.to - year.from)
		return error_set(err, ERROR_INPUT, "%d has no day %d, its days are 1 to %d",
				 parts->year, parts->year_day, year.to - year.from);
	int32_t day = year.from + parts->year_day - 1;
	*ret = (struct period){day, day + 1};
	return true;
}

static bool read_kind(const struct feed_period_kinds *kinds, const struct feed_periods *settings,
		      const struct feed_period_parts *parts, struct period *ret, struct error *err)
{
	if (kinds->is_epoch)
		return read_epoch(parts, settings, ret, err);
	if (kinds->is_split && kinds->is_range)
		return read_split_range(parts, settings, ret, err);
	if (kinds->is_split)
		return read_split(parts, settings, ret, err);
	if (kinds->is_range && (kinds->parts & TO_PARTS) == 0)
		return read_range(parts, settings, ret, err);
	if ((kinds->parts & FEED_PERIOD_PART(year_day)) != 0)
		return read_year_day(parts, ret, err);
	return read_parts(kinds->parts, parts, ret, err);
}

struct period feed_period_widen(const struct feed_periods *settings, struct period period)
{
	if (settings->dates == FREQUENCY_NONE || period.to - period.from != 1)
		return period;
	return period_of_day((enum frequency)settings->dates, period.from);
}

bool feed_period_of_parts(const struct feed_period_kinds *kinds,
			  const struct feed_periods *settings,
			  const struct feed_period_parts *parts, struct period *ret,
			  struct error *err)
{
	if (!read_kind(kinds, settings, parts, ret, err))
		return false;
	*ret = feed_period_widen(settings, *ret);
	return true;
}
