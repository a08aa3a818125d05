/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/period.h"

#include <stdio.h>

#include "obs/shape.h"

enum {
	EPOCH_YEAR = 1970,
	YEAR_MONTHS = 12,
	WEEK_DAYS = 7,
	EPOCH_WEEK_DAY = 3, /* 1970-01-01 is a Thursday, three days into its week */
	YEAR_BYTES = 4,
};

static const double mean_year_days = 365.25;

/* Everything about one kind of period. */
struct kind {
	enum frequency frequency;
	const char *name;
	const char *shape;
	size_t part_at, part_digits;
	int parts;  /* in a year; 0: not so simple */
	int months; /* in one; 0: counted in days */
};

static const struct kind kinds[] = {
	{FREQUENCY_YEAR, "year", "0000", 0, 0, 1, 12},
	{FREQUENCY_HALF, "half", "0000-S0", 6, 1, 2, 6},
	{FREQUENCY_QUARTER, "quarter", "0000-Q0", 6, 1, 4, 3},
	{FREQUENCY_MONTH, "month", "0000-00", 5, 2, 12, 1},
	{FREQUENCY_WEEK, "week", "0000-W00", 6, 2, 0, 0},
	{FREQUENCY_DAY, "day", "0000-00-00", 0, 0, 0, 0},
};

struct frequency_word {
	const char *word;
	enum frequency frequency;
};

static const struct frequency_word frequency_words[] = {
	{"A", FREQUENCY_YEAR},		{"Y", FREQUENCY_YEAR},
	{"S", FREQUENCY_HALF},		{"H", FREQUENCY_HALF},
	{"Q", FREQUENCY_QUARTER},	{"M", FREQUENCY_MONTH},
	{"W", FREQUENCY_WEEK},		{"D", FREQUENCY_DAY},
	{"year", FREQUENCY_YEAR},	{"yearly", FREQUENCY_YEAR},
	{"annual", FREQUENCY_YEAR},	{"half", FREQUENCY_HALF},
	{"half-year", FREQUENCY_HALF},	{"half-yearly", FREQUENCY_HALF},
	{"quarter", FREQUENCY_QUARTER}, {"quarterly", FREQUENCY_QUARTER},
	{"month", FREQUENCY_MONTH},	{"monthly", FREQUENCY_MONTH},
	{"week", FREQUENCY_WEEK},	{"weekly", FREQUENCY_WEEK},
	{"day", FREQUENCY_DAY},		{"daily", FREQUENCY_DAY},
};

static int32_t floor_div(int32_t a, int32_t b)
{
	return a / b - (a % b < 0);
}

static const struct kind *kind_of(enum frequency frequency)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (kinds[i].frequency == frequency)
			return &kinds[i];
	}
	return NULL;
}

/* The first day of the month with this number; 0 is January 1970. */
static int32_t month_day(int32_t month)
{
	int32_t year = floor_div(month, YEAR_MONTHS);
	return day_from_parts(EPOCH_YEAR + year, month - year * YEAR_MONTHS + 1, 1);
}

static int32_t month_index(int32_t day)
{
	struct day_parts parts = day_parts(day);
	return (parts.year - EPOCH_YEAR) * YEAR_MONTHS + parts.month - 1;
}

static struct period months_from(int32_t month, int32_t months)
{
	return (struct period){month_day(month), month_day(month + months)};
}

int32_t period_index(enum frequency frequency, int32_t day)
{
	const struct kind *kind = kind_of(frequency);
	if (kind != NULL && kind->months > 0)
		return floor_div(month_index(day), kind->months);
	return frequency == FREQUENCY_WEEK ? floor_div(day + EPOCH_WEEK_DAY, WEEK_DAYS) : day;
}

struct period period_at_index(enum frequency frequency, int32_t index)
{
	const struct kind *kind = kind_of(frequency);
	if (kind != NULL && kind->months > 0)
		return months_from(index * kind->months, kind->months);
	if (frequency == FREQUENCY_WEEK) {
		int32_t from = index * WEEK_DAYS - EPOCH_WEEK_DAY;
		return (struct period){from, from + WEEK_DAYS};
	}
	return (struct period){index, index + 1};
}

struct period period_of_day(enum frequency frequency, int32_t day)
{
	return period_at_index(frequency, period_index(frequency, day));
}

/* ISO 8601: week 1 has 4 January in it. */
static int32_t first_week(int year)
{
	return period_index(FREQUENCY_WEEK, day_from_parts(year, 1, 4));
}

static bool parse_week(struct span text, int year, int week, struct period *ret, struct error *err)
{
	int32_t first = first_week(year);
	if (!shape_check_part(text, "week", week, 1, first_week(year + 1) - first, err))
		return false;
	*ret = period_at_index(FREQUENCY_WEEK, first + week - 1);
	return true;
}

static bool parse_day(struct span text, struct period *ret, struct error *err)
{
	int32_t day;
	if (!day_parse(text, &day, err))
		return false;
	*ret = (struct period){day, day + 1};
	return true;
}

static bool parse_kind(const struct kind *kind, struct span text, struct period *ret,
		       struct error *err)
{
	if (kind->frequency == FREQUENCY_DAY)
		return parse_day(text, ret, err);
	int year = shape_number(text, 0, YEAR_BYTES);
	int part = kind->part_digits ? shape_number(text, kind->part_at, kind->part_digits) : 1;
	if (!shape_check_part(text, "year", year, DAY_YEAR_MIN, DAY_YEAR_MAX, err))
		return false;
	if (kind->frequency == FREQUENCY_WEEK)
		return parse_week(text, year, part, ret, err);
	if (!shape_check_part(text, kind->name, part, 1, kind->parts, err))
		return false;
	*ret = period_at_index(kind->frequency, (year - EPOCH_YEAR) * kind->parts + part - 1);
	return true;
}

static bool refuse(struct span text, struct error *err)
{
	if (shape_matches(text, "0000-0000"))
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not a period; a range of years is written %.4s/%.4s",
				 SPAN_ARGS(text), text.start, text.start + 5);
	if (shape_matches(text, "00/00/0000") || shape_matches(text, "00.00.0000")) {
		int32_t unused;
		return day_parse(text, &unused, err);
	}
	return error_set(
		err, ERROR_INPUT,
		"'%.*s' is not a period such as 2021, 2021-S1, 2021-Q3, 2021-07, 2021-W05, "
		"2021-10-08 or 2021-01/2021-09",
		shape_clip(text), text.start);
}

static bool parse_single(struct span text, struct period *ret, const struct kind **ret_kind,
			 struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (shape_matches(text, kinds[i].shape)) {
			*ret_kind = &kinds[i];
			return parse_kind(&kinds[i], text, ret, err);
		}
	}
	return refuse(text, err);
}

static bool parse_range(struct span text, struct span first_text, struct span last_text,
			struct period *ret, struct error *err)
{
	struct period first, last;
	const struct kind *first_kind, *last_kind;
	if (!parse_single(first_text, &first, &first_kind, err) ||
	    !parse_single(last_text, &last, &last_kind, err))
		return error_within(err, "range '%.*s'", SPAN_ARGS(text));
	if (first_kind != last_kind)
		return error_set(err, ERROR_INPUT,
				 "range '%.*s' goes from a %s to a %s; both must be of one kind",
				 SPAN_ARGS(text), first_kind->name, last_kind->name);
	if (last.to <= first.from)
		return error_set(err, ERROR_INPUT, "range '%.*s' ends before it begins",
				 SPAN_ARGS(text));
	*ret = (struct period){first.from, last.to};
	return true;
}

bool period_parse(struct span text, struct period *ret, struct error *err)
{
	struct span rest = text;
	struct span first = span_cut(&rest, '/');
	bool is_range =
		rest.start != NULL && text.len < PERIOD_BYTES && !shape_matches(text, "00/00/0000");
	if (is_range)
		return parse_range(text, first, rest, ret, err);

	struct period period;
	const struct kind *kind;
	if (!parse_single(text, &period, &kind, err))
		return false;
	*ret = period;
	return true;
}

/* At most 12 bytes: days of `int32_t` have years of up to 7 digits. */
static void print_kind(enum frequency frequency, int32_t day, char buffer[PERIOD_BYTES])
{
	struct day_parts parts = day_parts(day);
	const struct kind *kind = kind_of(frequency);
	int part = kind && kind->months ? (parts.month - 1) / kind->months + 1 : 0;
	char name[PERIOD_BYTES];
	int len = 0;
	switch (frequency) {
	case FREQUENCY_YEAR:
		len = snprintf(name, sizeof name, "%04d", parts.year);
		break;
	case FREQUENCY_HALF:
	case FREQUENCY_QUARTER:
		len = snprintf(name, sizeof name, "%04d-%c%d", parts.year, (char)frequency, part);
		break;
	case FREQUENCY_MONTH:
		len = snprintf(name, sizeof name, "%04d-%02d", parts.year, parts.month);
		break;
	case FREQUENCY_WEEK:
		/* The year of a week is that of its Thursday. */
		parts = day_parts(day + EPOCH_WEEK_DAY);
		part = period_index(FREQUENCY_WEEK, day) - first_week(parts.year) + 1;
		len = snprintf(name, sizeof name, "%04d-W%02d", parts.year, part);
		break;
	case FREQUENCY_NONE:
	case FREQUENCY_DAY:
		(void)day_print(day, name);
		len = (int)strlen(name);
		break;
	}
	memcpy(buffer, name, (size_t)len + 1);
}

static enum frequency range_unit(struct period period)
{
	int months = period_months(period);
	if (months == 0)
		return FREQUENCY_DAY;
	bool years = months % YEAR_MONTHS == 0 && day_parts(period.from).month == 1;
	return years ? FREQUENCY_YEAR : FREQUENCY_MONTH;
}

const char *period_print(struct period period, char buffer[PERIOD_BYTES])
{
	enum frequency frequency = period_frequency(period);
	if (frequency != FREQUENCY_NONE) {
		print_kind(frequency, period.from, buffer);
		return buffer;
	}
	char last[PERIOD_BYTES];
	frequency = range_unit(period);
	print_kind(frequency, period.from, buffer);
	print_kind(frequency, period_last_day(period), last);
	size_t len = strlen(buffer);
	size_t last_len = strlen(last);
	if (len + last_len + 2 <= PERIOD_BYTES) {
		buffer[len] = '/';
		memcpy(buffer + len + 1, last, last_len + 1);
	}
	return buffer;
}

enum frequency period_frequency(struct period period)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (period_equal(period_of_day(kinds[i].frequency, period.from), period))
			return kinds[i].frequency;
	}
	return FREQUENCY_NONE;
}

bool frequency_parse(struct span text, enum frequency *ret, struct error *err)
{
	for (size_t i = 0; i < COUNT_OF(frequency_words); i++) {
		if (span_is(text, frequency_words[i].word)) {
			*ret = frequency_words[i].frequency;
			return true;
		}
	}
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is not a frequency; use year, half, quarter, month, week or day",
			 shape_clip(text), text.start);
}

const char *frequency_name(enum frequency frequency)
{
	const struct kind *kind = kind_of(frequency);
	return kind != NULL ? kind->name : "";
}

struct period period_step(struct period period, int n)
{
	enum frequency frequency = period_frequency(period);
	if (frequency != FREQUENCY_NONE)
		return period_at_index(frequency, period_index(frequency, period.from) + n);
	int months = period_months(period);
	if (months > 0)
		return months_from(month_index(period.from) + n * months, months);
	int32_t days = n * (period.to - period.from);
	return (struct period){period.from + days, period.to + days};
}

int period_compare(struct period a, struct period b)
{
	if (a.from != b.from)
		return a.from < b.from ? -1 : 1;
	return (a.to > b.to) - (a.to < b.to);
}

bool period_equal(struct period a, struct period b)
{
	return a.from == b.from && a.to == b.to;
}

bool period_contains(struct period outer, struct period inner)
{
	return outer.from <= inner.from && inner.to <= outer.to;
}

int32_t period_first_day(struct period period)
{
	return period.from;
}

int32_t period_last_day(struct period period)
{
	return period.to - 1;
}

int period_months(struct period period)
{
	if (period.to <= period.from || day_parts(period.from).day != 1 ||
	    day_parts(period.to).day != 1)
		return 0;
	return month_index(period.to) - month_index(period.from);
}

double period_time(enum frequency frequency, struct period reporting)
{
	const struct kind *kind = kind_of(frequency);
	int32_t index = period_index(frequency, reporting.from);
	if (kind != NULL && kind->months > 0) {
		int32_t year = floor_div(index, kind->parts);
		return EPOCH_YEAR + year + (index - year * kind->parts) / (double)kind->parts;
	}
	int32_t days = frequency == FREQUENCY_WEEK ? index * WEEK_DAYS : index;
	return EPOCH_YEAR + days / mean_year_days;
}
