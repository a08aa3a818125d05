/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/unicode.h"
#include "feed/period_pattern.h"
#include "obs/ids.h"
#include "obs/instant.h"
#include "obs/period.h"
#include "tests/fuzz/fuzz.h"

/* Numbers, periods, days and names as people write them.  The first byte chooses what is read, the
 * second by which rule. */

typedef void read_fn(struct span text, uint8_t rule);

static void check_number(struct number number)
{
	char printed[NUMBER_BYTES];
	struct number again;
	fuzz_must(isfinite(number.value), "a number is finite");
	fuzz_must(number.decimals >= 0 && number.digits >= 0, "digits are counted");
	fuzz_must(number_read_json(span_of(number_print(number.value, printed)), &again, NULL) &&
			  number_equal(number.value, again.value),
		  "a number that is printed can be read");
}

/* Only a failure is told, and only a success is written. */
static void check_told(bool ok, const struct error *err)
{
	if (!ok)
		fuzz_must_be_told(err);
	else
		fuzz_must(err->code == ERROR_NONE, "only a failure is told");
}

static void read_number(struct span text, uint8_t rule)
{
	static const char decimals[] = {0, '.', ','};
	static const char groupings[] = {0, '.', ',', ' ', '\''};
	struct number_rule by = {.decimal = decimals[rule % 3],
				 .grouping = groupings[rule / 3 % 5],
				 .scale = rule & 0x40 ? 1000 : 0,
				 .exponents = rule & 0x80};
	struct number number = {0};
	struct error err = {0};
	bool ok = number_read_by(&by, text, &number, &err);
	check_told(ok, &err);
	if (ok)
		check_number(number);
}

static void read_plain(struct span text, uint8_t rule)
{
	struct number number = {0};
	struct error err = {0};
	bool ok =
		rule & 1 ? number_read(text, &number, &err) : number_read_json(text, &number, &err);
	check_told(ok, &err);
	if (ok)
		check_number(number);
}

static void read_integer(struct span text, uint8_t rule)
{
	int64_t min = rule & 1 ? INT64_MIN : -5;
	int64_t max = rule & 2 ? INT64_MAX : 1000;
	int64_t value = 0;
	struct error err = {0};
	bool ok = number_read_integer(text, min, max, &value, &err);
	check_told(ok, &err);
	fuzz_must(!ok || (value >= min && value <= max), "a whole number is within its bounds");
}

static void check_period(struct period period)
{
	char printed[PERIOD_BYTES];
	struct period again;
	fuzz_must(period.from < period.to, "a period has a day");
	fuzz_must(period_parse(span_of(period_print(period, printed)), &again, NULL) &&
			  period_equal(period, again),
		  "a period that is printed can be read");
	fuzz_must(isfinite(period_time(period_frequency(period), period)), "a period has a time");
}

static void read_period(struct span text, uint8_t rule)
{
	struct period period = {0};
	struct error err = {0};
	bool ok = period_parse(text, &period, &err);
	(void)rule;
	check_told(ok, &err);
	if (ok)
		check_period(period);
}

static void read_day(struct span text, uint8_t rule)
{
	char printed[DAY_BYTES];
	int32_t day = 0;
	int32_t again = 0;
	struct error err = {0};
	bool ok = rule & 1 ? day_parse(text, &day, &err) : day_parse_published(text, &day, &err);
	check_told(ok, &err);
	if (ok && day != DAY_NONE)
		fuzz_must(day_parse(span_of(day_print(day, printed)), &again, NULL) && again == day,
			  "a day that is printed can be read");
}

static void read_instant(struct span text, uint8_t rule)
{
	char printed[INSTANT_BYTES];
	int64_t at = 0;
	struct error err = {0};
	bool ok = instant_parse(text, &at, &err);
	(void)rule;
	check_told(ok, &err);
	if (ok)
		fuzz_must(span_is(text, instant_print(at, printed)), "only one spelling is read");
}

/* A pattern, a line end, a text that it is to read. */
static void read_pattern(struct span text, uint8_t rule)
{
	static const struct feed_periods settings[] = {
		{.split_year = FEED_SPAN_WHOLE, .range = FEED_SPAN_WHOLE, .split_month = 7},
		{.split_year = FEED_SPAN_FIRST, .range = FEED_SPAN_MIDDLE},
		{.split_year = FEED_SPAN_LAST, .range = FEED_SPAN_LAST},
	};
	AUTO_FREE char *written = span_dup(span_cut(&text, '\n'));
	struct feed_period_pattern pattern;
	char shape[FEED_SHAPE_BYTES];
	struct period period = {0};
	struct error err = {0};
	fuzz_must(written != NULL, "there is memory");
	bool ok = feed_period_pattern_parse(written, &pattern, &err);
	check_told(ok, &err);
	if (!ok)
		return;
	feed_period_pattern_shape(&pattern, shape);
	fuzz_must(memchr(shape, '\0', sizeof shape) != NULL, "a shape ends");
	ok = feed_period_read(&pattern, 1, &settings[rule % 3], text, &period, &err);
	check_told(ok, &err);
	if (ok)
		check_period(period);
}

static void read_breakdown(struct span text, uint8_t rule)
{
	char canonical[BREAKDOWN_BYTES];
	char again[BREAKDOWN_BYTES];
	struct error err = {0};
	bool ok = breakdown_normalise(text, canonical, &err);
	check_told(ok, &err);
	if (ok)
		fuzz_must(breakdown_normalise(span_of(canonical), again, NULL) &&
				  strcmp(canonical, again) == 0,
			  "what is canonical stays so");
	err = (struct error){0};
	ok = id_check(text, rule & 1 ? "area" : "indicator", &err);
	check_told(ok, &err);
}

static void read_name(struct span text, uint8_t rule)
{
	struct error err = {0};
	(void)rule;
	AUTO_FREE char *folded = unicode_fold(text, &err);
	check_told(folded != NULL, &err);
	if (folded == NULL)
		return;
	AUTO_FREE char *again = unicode_fold(span_of(folded), &err);
	fuzz_must(again != NULL && strcmp(folded, again) == 0, "what is folded stays so");
	fuzz_must(unicode_width(text) >= 0, "a width is not negative");
	fuzz_must(unicode_head(text, rule % 80).len <= text.len, "a head is no longer");
	AUTO_FREE char *nfc = unicode_nfc(text, &err);
	check_told(nfc != NULL, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static read_fn *const readers[] = {read_number,	 read_plain,	 read_integer,
					   read_period,	 read_day,	 read_instant,
					   read_pattern, read_breakdown, read_name};
	struct span input = {(const char *)data, size};
	read_fn *reader = readers[fuzz_take_byte(&input) % COUNT_OF(readers)];
	uint8_t rule = fuzz_take_byte(&input);
	AUTO_FREE char *text = fuzz_copy(input);
	reader((struct span){text, input.len}, rule);
	return 0;
}
