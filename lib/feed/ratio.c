/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/ratio.h"

#include "feed/status.h"
#include "obs/shape.h"

enum { PERCENT = 100 };

bool feed_ratio_has_part(const struct feed_mapping *mapping, struct span series)
{
	const struct feed_ratio *ratios = mapping->ratios.items;
	for (size_t i = 0; i < mapping->ratios.count; i++)
		if (span_is(series, ratios[i].numerator) || span_is(series, ratios[i].denominator))
			return true;
	return false;
}

static bool check_one(const struct feed_mapping *mapping, size_t at, struct error *err)
{
	const struct feed_ratio *ratios = mapping->ratios.items;
	const struct feed_ratio *ratio = &ratios[at];
	if (ratio->series == NULL || ratio->numerator == NULL || ratio->denominator == NULL)
		return error_set(err, ERROR_INPUT,
				 "ratio %zu needs series, numerator and denominator", at + 1);
	if (strcmp(ratio->numerator, ratio->denominator) == 0)
		return error_set(err, ERROR_INPUT,
				 "ratio '%s': numerator and denominator are both '%s'",
				 ratio->series, ratio->numerator);
	if (feed_ratio_has_part(mapping, span_of(ratio->series)))
		return error_set(err, ERROR_INPUT,
				 "ratio '%s' has the name of a numerator or denominator",
				 ratio->series);
	if (ratio->factor.is_set && ratio->factor.value == 0)
		return error_set(err, ERROR_INPUT, "ratio '%s': factor 0 would make every value 0",
				 ratio->series);
	for (size_t i = 0; i < at; i++)
		if (strcmp(ratios[i].series, ratio->series) == 0)
			return error_set(err, ERROR_INPUT, "there are two ratios '%s'",
					 ratio->series);
	return true;
}

bool feed_ratio_check(const struct feed_mapping *mapping, struct error *err)
{
	if (mapping->keep_parts && mapping->ratios.count == 0)
		return error_set(err, ERROR_INPUT, "keep_parts says nothing without ratios");
	for (size_t i = 0; i < mapping->ratios.count; i++)
		if (!check_one(mapping, i, err))
			return false;
	return true;
}

static bool is_same(const struct feed_kept *a, const struct feed_kept *b)
{
	return a->is_missing == b->is_missing && a->status_parsed == b->status_parsed &&
	       (a->is_missing || number_equal(a->number.value, b->number.value));
}

/* Find the part; when there are several, as the policy for duplicates has it. */
static bool find_part(const struct feed_ratio_case *subject, const char *series,
		      const struct feed_kept **ret, struct error *why)
{
	int policy = subject->mapping->duplicates;
	*ret = NULL;
	for (size_t i = 0; i < subject->count; i++) {
		const struct feed_kept *kept = subject->group[i];
		if (kept->is_gone || kept->has_parts || !span_is(kept->series, series))
			continue;
		bool is_fine = *ret == NULL || policy == FEED_DUPLICATES_FIRST ||
			       policy == FEED_DUPLICATES_LAST ||
			       (policy == FEED_DUPLICATES_SAME && is_same(*ret, kept));
		if (!is_fine)
			return error_set(why, ERROR_INPUT,
					 "'%s' stands twice: '%.*s' at %.*s and '%.*s' at %.*s",
					 series, SPAN_ARGS((*ret)->value), SPAN_ARGS((*ret)->place),
					 SPAN_ARGS(kept->value), SPAN_ARGS(kept->place));
		if (*ret == NULL || policy == FEED_DUPLICATES_LAST)
			*ret = kept;
	}
	return true;
}

static bool check_bounds(const struct feed_ratio *ratio, double value, struct error *why)
{
	char shown[NUMBER_BYTES];
	char bound[NUMBER_BYTES];
	if (ratio->min.is_set && value < ratio->min.value)
		return error_set(why, ERROR_INPUT, "%s is below %s, the smallest that is plausible",
				 number_print(value, shown), number_print(ratio->min.value, bound));
	if (ratio->max.is_set && value > ratio->max.value)
		return error_set(why, ERROR_INPUT, "%s is above %s, the largest that is plausible",
				 number_print(value, shown), number_print(ratio->max.value, bound));
	return true;
}

static bool divide(const struct feed_ratio *ratio, struct feed_kept *made, struct error *why)
{
	double factor = ratio->factor.is_set ? ratio->factor.value : PERCENT;
	char printed[NUMBER_BYTES];
	if (made->denominator == 0)
		return error_set(why, ERROR_INPUT, "the denominator '%s' is 0", ratio->denominator);
	made->number = (struct number){
		.value = number_round15(made->numerator * factor / made->denominator),
		.decimals = -1};
	if (ratio->decimals >= 0) {
		number_print_fixed(made->number.value, (int)ratio->decimals, '.', printed);
		if (!number_read_json(span_of(printed), &made->number, why))
			return false;
	}
	return check_bounds(ratio, made->number.value, why);
}

/* "under" above the line is under, below the line over. */
static enum obs_qualifier qualifier_of(enum obs_qualifier above, enum obs_qualifier below)
{
	if (below == QUALIFIER_BELOW)
		below = QUALIFIER_ABOVE;
	else if (below == QUALIFIER_ABOVE)
		below = QUALIFIER_BELOW;
	if (above == QUALIFIER_NONE || above == below)
		return below;
	return below == QUALIFIER_NONE ? above : QUALIFIER_ABOUT;
}

static void combine(const struct feed_ratio *ratio, const struct feed_kept *above,
		    const struct feed_kept *below, struct feed_kept *ret)
{
	*ret = *above;
	ret->series = span_of(ratio->series);
	ret->unit = span_of(ratio->unit);
	ret->is_missing = above->is_missing || below->is_missing;
	ret->is_break = above->is_break || below->is_break;
	ret->has_parts = !ret->is_missing;
	ret->divided_by = below->value;
	ret->numerator = above->number.value;
	ret->denominator = below->number.value;
	ret->status_parsed = feed_status_weaker(above->status_parsed, below->status_parsed);
	ret->qualifier = qualifier_of(above->qualifier, below->qualifier);
	if (feed_kept_compare_text(below->published, above->published) > 0)
		ret->published = below->published;
}

enum feed_ratio_result feed_ratio_make(const struct feed_ratio_case *subject, struct feed_kept *ret,
				       struct error *why)
{
	const struct feed_ratio *ratio = subject->ratio;
	const struct feed_kept *above = NULL;
	const struct feed_kept *below = NULL;
	bool ok = find_part(subject, ratio->numerator, &above, why) &&
		  find_part(subject, ratio->denominator, &below, why);
	const struct feed_kept *any = above != NULL ? above : below;
	if (any == NULL)
		return FEED_RATIO_NONE; /* a part that stands twice is there */
	*ret = *any;
	if (!ok)
		return FEED_RATIO_REFUSED;
	if (above == NULL || below == NULL) {
		(void)error_set(why, ERROR_INPUT, "there is no %s '%s' beside it for '%s'",
				above == NULL ? "numerator" : "denominator",
				above == NULL ? ratio->numerator : ratio->denominator,
				ratio->series);
		return FEED_RATIO_REFUSED;
	}
	if (above->unit.len > 0 && below->unit.len > 0 && !span_equal(above->unit, below->unit)) {
		(void)error_set(why, ERROR_INPUT,
				"the units of '%s' and '%s' differ: '%.*s', '%.*s'",
				ratio->numerator, ratio->denominator, shape_clip(above->unit),
				above->unit.start, shape_clip(below->unit), below->unit.start);
		return FEED_RATIO_REFUSED;
	}
	struct feed_kept made;
	combine(ratio, above, below, &made);
	if (!made.is_missing && !divide(ratio, &made, why))
		return FEED_RATIO_REFUSED;
	*ret = made;
	return FEED_RATIO_MADE;
}
