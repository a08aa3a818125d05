/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/tell.h"

#include <stdio.h>

#include "base/number.h"

enum { YEAR_BYTES = 12, MONTHS = 12, RATIO_DECIMALS = 1 }; /* of a ratio that we computed */

static void add_number(struct text *out, const struct language *language, const char *number)
{
	for (; *number != '\0'; number++)
		text_add_char(out, *number == '.' && language->has_decimal_comma ? ',' : *number);
}

void tell_number(struct text *out, const struct language *language, double value, int decimals)
{
	char number[NUMBER_BYTES];
	if (decimals < 0)
		(void)number_print(value, number);
	else
		(void)number_print_fixed(value, decimals, '.', number);
	add_number(out, language, number);
}

void tell_computed(struct text *out, const struct language *language, double value, int decimals)
{
	char number[NUMBER_BYTES];
	(void)number_print_fixed(value, decimals < 0 ? 0 : decimals, '.', number);
	size_t len = strlen(number);
	if (strchr(number, '.') != NULL) {
		while (number[len - 1] == '0')
			len--;
		len -= number[len - 1] == '.';
	}
	number[len] = '\0';
	add_number(out, language, strcmp(number, "-0") == 0 ? "0" : number);
}

void tell_amount(struct text *out, const struct language *language,
		 const struct indicator *indicator, double value, int decimals)
{
	tell_number(out, language, value, decimals);
	if (indicator->unit[0] != '\0')
		text_addf(out, " %s", indicator->unit);
}

void tell_day(struct text *out, const struct language *language, int32_t day)
{
	char iso[DAY_BYTES];
	if (day == DAY_NONE) {
		text_add_string(out, "-");
	} else if (!language->is_day_first) {
		text_add_string(out, day_print(day, iso));
	} else {
		struct day_parts parts = day_parts(day);
		text_addf(out, "%02d/%02d/%d", parts.day, parts.month, parts.year);
	}
}

void tell_published(struct text *out, const struct language *language, const char *published)
{
	int32_t day;
	size_t len = strlen(published);
	if (len == 0)
		text_add_string(out, "-");
	else if (!language->is_day_first || len == strlen("2025"))
		text_add_string(out, published);
	else if (day_parse(span_of(published), &day, NULL))
		tell_day(out, language, day);
	else
		text_addf(out, "%s/%.4s", published + strlen("2025-"), published);
}

/* From the beginning of a month to the end of another one of the same year. */
static bool is_months_of_year(struct period period)
{
	return period_months(period) > 0 &&
	       day_parts(period_first_day(period)).year == day_parts(period_last_day(period)).year;
}

static void tell_months(struct text *out, const struct language *language, struct period period)
{
	char year[YEAR_BYTES];
	char from[YEAR_BYTES];
	char to[YEAR_BYTES];
	struct day_parts first = day_parts(period_first_day(period));
	struct day_parts last = day_parts(period_last_day(period));
	(void)snprintf(year, sizeof year, "%d", first.year);
	(void)snprintf(from, sizeof from, "%02d", first.month);
	(void)snprintf(to, sizeof to, "%02d", last.month);
	if (first.month == last.month)
		word_add(out, language, WORD_PERIOD_MONTH, year, from);
	else if (first.month == 1)
		word_add(out, language, WORD_PERIOD_FIRST_MONTHS, year, to);
	else
		word_add(out, language, WORD_PERIOD_MONTHS, year, from, to);
}

void tell_period(struct text *out, const struct language *language, struct period period)
{
	char iso[PERIOD_BYTES];
	char year[YEAR_BYTES];
	char quarter[YEAR_BYTES];
	enum frequency frequency = period_frequency(period);
	struct day_parts first = day_parts(period_first_day(period));
	(void)snprintf(year, sizeof year, "%d", first.year);
	(void)snprintf(quarter, sizeof quarter, "%d", (first.month - 1) / 3 + 1);
	if (frequency == FREQUENCY_QUARTER)
		word_add(out, language, WORD_PERIOD_QUARTER, year, quarter);
	else if (frequency == FREQUENCY_DAY)
		tell_day(out, language, period.from);
	else if (frequency != FREQUENCY_YEAR && frequency != FREQUENCY_HALF &&
		 frequency != FREQUENCY_WEEK && is_months_of_year(period))
		tell_months(out, language, period);
	else
		text_add_string(out, period_print(period, iso));
}

int tell_decimals(const struct indicator *indicator, int printed)
{
	return indicator->decimals >= 0 ? indicator->decimals : printed;
}

bool tell_is_estimate(const struct observation *row, bool stand_in)
{
	return stand_in || row->status == OBS_ESTIMATED;
}

static void tell_qualified(struct text *out, const struct language *language,
			   enum obs_qualifier qualifier, const char *amount)
{
	switch (qualifier) {
	case QUALIFIER_NONE:
		text_add_string(out, amount);
		return;
	case QUALIFIER_ABOUT:
		word_add(out, language, WORD_ABOUT, amount);
		return;
	case QUALIFIER_BELOW:
		word_add(out, language, WORD_NEARLY, amount);
		return;
	case QUALIFIER_ABOVE:
		word_add(out, language, WORD_OVER, amount);
		return;
	}
}

void tell_value(struct text *out, const struct language *language,
		const struct indicator *indicator, const struct observation *row, bool stand_in)
{
	if (row->status == OBS_WITHDRAWN || !row->has_value) {
		text_add_string(out, word_of(language, row->status == OBS_WITHDRAWN
							       ? WORD_WITHDRAWN
							       : WORD_SAID_MISSING));
		return;
	}
	AUTO_TEXT struct text amount = TELL_TEXT;
	int decimals = tell_decimals(indicator, row->decimals);
	bool is_ratio = row->has_num && row->has_den;
	tell_amount(&amount, language, indicator, row->value,
		    decimals < 0 && is_ratio ? RATIO_DECIMALS : decimals);
	tell_qualified(out, language, row->qualifier, text_part(&amount, out));
	if (tell_is_estimate(row, stand_in))
		text_addf(out, " %s", word_of(language, WORD_MARK_ESTIMATE));
	else if (row->status == OBS_PROVISIONAL)
		text_addf(out, " %s", word_of(language, WORD_MARK_PROVISIONAL));
	else if (row->status == OBS_FORECAST)
		text_addf(out, " %s", word_of(language, WORD_MARK_FORECAST));
}

void tell_distance(struct text *out, const struct language *language,
		   const struct indicator *indicator, double value, int decimals)
{
	AUTO_TEXT struct text number = TELL_TEXT;
	tell_computed(&number, language, value, decimals);
	const char *shown = text_part(&number, out);
	if (strcmp(indicator->unit, "%") != 0) {
		text_add_string(out, shown);
		if (indicator->unit[0] != '\0')
			text_addf(out, " %s", indicator->unit);
	} else if (strcmp(shown, "1") == 0) {
		text_add_string(out, word_of(language, WORD_POINT));
	} else {
		word_add(out, language, WORD_POINTS, shown);
	}
}
