/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/figure.h"

#include <stdio.h>

#include "assess/lint.h"
#include "base/number.h"
#include "base/unicode.h"
#include "intake/nearest.h"
#include "obs/area_lookup.h"

enum { PERCENT = 100 };

static bool is_given(const char *text)
{
	return text != NULL && text[0] != '\0';
}

static struct span given(const char *text)
{
	return span_trim(span_of(text));
}

/* One step of the check; the first that fails names the reason. */
typedef bool check_fn(const struct intake *intake, const struct figure *figure,
		      struct checked_figure *checked, struct error *err);

static bool check_indicator(const struct intake *intake, const struct figure *figure,
			    struct checked_figure *checked, struct error *err)
{
	checked->indicator = catalogue_indicator(intake->apply.catalogue, given(figure->indicator));
	return checked->indicator != NULL ||
	       nearest_fail(intake->apply.catalogue, NEAREST_INDICATOR, given(figure->indicator),
			    err);
}

static bool check_area(const struct intake *intake, const struct figure *figure,
		       struct checked_figure *checked, struct error *err)
{
	const struct catalogue *catalogue = intake->apply.catalogue;
	struct span written = given(figure->area);
	struct error why = {0};
	if (area_lookup(catalogue, written, checked->obs.period, &checked->area, &why))
		return true;
	return why.code == ERROR_NOT_FOUND ? nearest_fail(catalogue, NEAREST_AREA, written, err)
					   : error_set(err, why.code, "%s", why.text);
}

static bool check_source(const struct intake *intake, const struct figure *figure,
			 struct checked_figure *checked, struct error *err)
{
	if (!is_given(figure->source))
		return error_set(err, ERROR_INPUT,
				 "the source is missing: who publishes this figure?");
	if (catalogue_source(intake->apply.catalogue, given(figure->source)) == NULL)
		return nearest_fail(intake->apply.catalogue, NEAREST_SOURCE, given(figure->source),
				    err);
	return span_copy(given(figure->source), checked->obs.source, sizeof checked->obs.source) ||
	       error_set(err, ERROR_INPUT, "source '%s' is too long", figure->source);
}

static bool check_breakdown(const struct intake *intake, const struct figure *figure,
			    struct checked_figure *checked, struct error *err)
{
	(void)intake;
	return breakdown_normalise(given(figure->breakdown), checked->breakdown, err);
}

static bool check_period(const struct intake *intake, const struct figure *figure,
			 struct checked_figure *checked, struct error *err)
{
	(void)intake;
	return period_parse(given(figure->period), &checked->obs.period, err) ||
	       error_within(err, "period");
}

static bool check_time(const struct intake *intake, const struct figure *figure,
		       struct checked_figure *checked, struct error *err)
{
	int32_t first = period_first_day(checked->obs.period);
	char today[DAY_BYTES];
	if (first > intake_day(intake) && checked->obs.status != OBS_FORECAST)
		return error_set(err, ERROR_INPUT,
				 "period '%s' has not begun (today is %s); only a forecast (status "
				 "F) can be "
				 "about it",
				 figure->period, day_print(intake_day(intake), today));
	return area_check_period(intake->apply.catalogue, checked->area, checked->obs.period, err);
}

static bool check_status(const struct intake *intake, const struct figure *figure,
			 struct checked_figure *checked, struct error *err)
{
	(void)intake;
	checked->obs.status = OBS_NORMAL;
	if (span_is(given(figure->status), "W"))
		return error_set(err, ERROR_INPUT,
				 "status 'W' is for withdrawals: use 'envgap withdraw'");
	if (is_given(figure->status) &&
	    !obs_status_parse(given(figure->status), &checked->obs.status, err))
		return false;
	return !is_given(figure->qualifier) ||
	       obs_qualifier_parse(given(figure->qualifier), &checked->obs.qualifier, err);
}

/* A decimal comma is the commonest slip: say how to write it.  What is no such leaves err as it is.
 */
static void explain_comma(const char *text, const char *what, struct error *err)
{
	enum { THOUSAND_DIGITS = 3 };
	char point[NUMBER_BYTES];
	char plain[NUMBER_BYTES];
	struct number number;
	struct span whole = given(text);
	const char *comma = span_find_char(whole, ',');
	if (comma == NULL || !span_copy(whole, point, sizeof point))
		return;
	size_t at = (size_t)(comma - whole.start);
	point[at] = '.';
	if (!number_read(span_of(point), &number, NULL))
		return;
	*err = (struct error){0};
	(void)snprintf(plain, sizeof plain, "%.*s%s", (int)at, point, point + at + 1);
	if (whole.len - at - 1 == THOUSAND_DIGITS && at > 0)
		(void)error_set(err, ERROR_INPUT,
				"%s '%s' has a comma; write %s or %s, whichever is meant", what,
				text, plain, point);
	else
		(void)error_set(
			err, ERROR_INPUT,
			"%s '%s' has a comma; write %s with a decimal point, if that is meant",
			what, text, point);
}

/* The unit is the indicator's. */
static void explain_percent(const char *text, const char *what, struct error *err)
{
	struct number number;
	struct span whole = given(text);
	if (whole.len == 0 || whole.start[whole.len - 1] != '%')
		return;
	struct span bare = span_trim((struct span){whole.start, whole.len - 1});
	if (!number_read(bare, &number, NULL))
		return;
	*err = (struct error){0};
	(void)error_set(err, ERROR_INPUT, "%s '%s' has a percent sign; write %.*s", what, text,
			SPAN_ARGS(bare));
}

static bool read_number(const char *text, const char *what, struct number *ret, struct error *err)
{
	static const struct number_rule point = {.decimal = '.'};
	struct error why = {0};
	if (number_read_by(&point, given(text), ret, &why))
		return true;
	(void)error_within(&why, "%s", what);
	explain_comma(text, what, &why);
	explain_percent(text, what, &why);
	return error_set(err, why.code, "%s", why.text);
}

static bool check_unit(const struct intake *intake, const struct figure *figure,
		       struct checked_figure *checked, struct error *err)
{
	(void)intake;
	return lint_check_unit(checked->indicator, given(figure->unit), err);
}

static bool check_parts(const struct intake *intake, const struct figure *figure,
			struct checked_figure *checked, struct error *err)
{
	struct number number;
	struct observation *obs = &checked->obs;
	(void)intake;
	if (is_given(figure->num)) {
		if (!read_number(figure->num, "numerator", &number, err))
			return false;
		obs->has_num = true;
		obs->num = number.value;
	}
	if (is_given(figure->den)) {
		if (!read_number(figure->den, "denominator", &number, err))
			return false;
		if (number.value == 0)
			return error_set(err, ERROR_INPUT, "denominator is 0");
		obs->has_den = true;
		obs->den = number.value;
	}
	return true;
}

static double ratio_of(const struct checked_figure *checked)
{
	double scale = strcmp(checked->indicator->unit, "%") == 0 ? PERCENT : 1;
	/* The product of what people count is exact: only the division rounds. */
	return number_round15(checked->obs.num * scale / checked->obs.den);
}

static bool set_value(const struct figure *figure, struct checked_figure *checked,
		      struct error *err)
{
	struct observation *obs = &checked->obs;
	struct number number;
	if (is_given(figure->value)) {
		if (!read_number(figure->value, "value", &number, err))
			return false;
		obs->value = number.value;
		obs->decimals = number.decimals;
	} else if (obs->has_num && obs->has_den) {
		obs->value = ratio_of(checked);
		obs->decimals = -1;
	} else {
		return error_set(
			err, ERROR_INPUT,
			"the value is missing; a figure that its publisher says to be missing has "
			"status M");
	}
	obs->has_value = true;
	return true;
}

/* What the text alone makes doubtful; the rest is seen beside the series. */
static bool look_at_text(const struct figure *figure, struct checked_figure *checked,
			 struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(sizeof checked->warning);
	struct lint_finding findings[LINT_RULES];
	lint_write(&out, findings,
		   lint_look_text(checked->indicator, given(figure->raw), given(figure->unit),
				  findings));
	return text_ok(&out, "the warnings of a figure", err) &&
	       span_copy(text_span(&out), checked->warning, sizeof checked->warning);
}

static bool check_value(const struct intake *intake, const struct figure *figure,
			struct checked_figure *checked, struct error *err)
{
	struct observation *obs = &checked->obs;
	(void)intake;
	if (obs->status == OBS_MISSING)
		return !is_given(figure->value) ||
		       error_set(err, ERROR_INPUT,
				 "a figure of status M (missing) has no value, but '%s' is given",
				 figure->value);
	return set_value(figure, checked, err) &&
	       lint_check_bounds(checked->indicator, obs->value, obs->period, err) &&
	       look_at_text(figure, checked, err);
}

static bool check_published(const struct intake *intake, const struct figure *figure,
			    struct checked_figure *checked, struct error *err)
{
	struct observation *obs = &checked->obs;
	struct span published = given(figure->published);
	char today[DAY_BYTES];
	int32_t last = DAY_NONE;
	if (!day_parse_published(published, &last, err))
		return error_within(err, "published");
	if (!span_copy(published, obs->published, sizeof obs->published))
		return error_set(err, ERROR_INPUT, "published '%s' is too long", figure->published);
	(void)day_print(intake_day(intake), today);
	if (published.len > 0 && strncmp(obs->published, today, published.len) > 0)
		return error_set(err, ERROR_INPUT, "published '%s' is after today (%s)",
				 obs->published, today);
	if (last != DAY_NONE && last < obs->period.from && obs->status != OBS_FORECAST)
		return error_set(err, ERROR_INPUT,
				 "published '%s' is before the period '%s' began; only a forecast "
				 "(status F) can "
				 "be",
				 obs->published, figure->period);
	obs->known_day = obs_known_day(last, intake_day(intake));
	return true;
}

static bool run_checks(const struct intake *intake, const struct figure *figure,
		       check_fn *const *checks, struct checked_figure *ret, struct error *err)
{
	struct checked_figure checked = {0};
	for (size_t i = 0; checks[i] != NULL; i++) {
		if (!checks[i](intake, figure, &checked, err))
			return false;
	}
	*ret = checked;
	return true;
}

bool figure_check(const struct intake *intake, const struct figure *figure,
		  struct checked_figure *ret, struct error *err)
{
	static check_fn *const checks[] = {
		check_indicator, check_period, check_area,	check_source,
		check_breakdown, check_status, check_time,	check_unit,
		check_parts,	 check_value,  check_published, NULL,
	};
	return run_checks(intake, figure, checks, ret, err);
}

bool figure_check_key(const struct intake *intake, const struct figure *figure,
		      struct checked_figure *ret, struct error *err)
{
	static check_fn *const checks[] = {
		check_indicator, check_period, check_area, check_source, check_breakdown, NULL,
	};
	return run_checks(intake, figure, checks, ret, err);
}
