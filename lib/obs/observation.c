/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/observation.h"

#include "base/number.h"
#include "obs/shape.h"

struct word {
	const char *text;
	int value;
};

static const struct word status_words[] = {
	{"A", OBS_NORMAL},
	{"P", OBS_PROVISIONAL},
	{"E", OBS_ESTIMATED},
	{"F", OBS_FORECAST},
	{"M", OBS_MISSING},
	{"normal", OBS_NORMAL},
	{"provisional", OBS_PROVISIONAL},
	{"estimated", OBS_ESTIMATED},
	{"forecast", OBS_FORECAST},
	{"missing", OBS_MISSING},
};

static const struct word qualifier_words[] = {
	{"", QUALIFIER_NONE},	    {"~", QUALIFIER_ABOUT},	{"<", QUALIFIER_BELOW},
	{">", QUALIFIER_ABOVE},	    {"about", QUALIFIER_ABOUT}, {"nearly", QUALIFIER_BELOW},
	{"under", QUALIFIER_BELOW}, {"over", QUALIFIER_ABOVE},
};

static bool find_word(const struct word *words, size_t count, struct span text, int *ret)
{
	for (size_t i = 0; i < count; i++) {
		if (span_is(text, words[i].text)) {
			*ret = words[i].value;
			return true;
		}
	}
	return false;
}

bool obs_status_parse(struct span text, enum obs_status *ret, struct error *err)
{
	int value;
	if (!find_word(status_words, COUNT_OF(status_words), text, &value))
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not a status; use A (normal), P (provisional), "
				 "E (estimated), F (forecast) or M (missing)",
				 shape_clip(text), text.start);
	*ret = (enum obs_status)value;
	return true;
}

const char *obs_status_code(enum obs_status status)
{
	switch (status) {
	case OBS_NORMAL:
		return "A";
	case OBS_PROVISIONAL:
		return "P";
	case OBS_ESTIMATED:
		return "E";
	case OBS_FORECAST:
		return "F";
	case OBS_MISSING:
		return "M";
	case OBS_WITHDRAWN:
		return "W";
	}
	return "";
}

bool obs_qualifier_parse(struct span text, enum obs_qualifier *ret, struct error *err)
{
	int value;
	if (!find_word(qualifier_words, COUNT_OF(qualifier_words), text, &value))
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is not a qualifier; use ~ (about), < (nearly, under), "
				 "> (over) or nothing",
				 shape_clip(text), text.start);
	*ret = (enum obs_qualifier)value;
	return true;
}

const char *obs_qualifier_code(enum obs_qualifier qualifier)
{
	switch (qualifier) {
	case QUALIFIER_NONE:
		return "";
	case QUALIFIER_ABOUT:
		return "~";
	case QUALIFIER_BELOW:
		return "<";
	case QUALIFIER_ABOVE:
		return ">";
	}
	return "";
}

int32_t obs_known_day(int32_t published_last, int32_t received_day)
{
	bool published_first = published_last != DAY_NONE && published_last < received_day;
	return published_first ? published_last : received_day;
}

static bool number_differs(bool has_a, double a, bool has_b, double b)
{
	return has_a != has_b || (has_a && !number_equal(a, b));
}

bool obs_differs(const struct observation *a, const struct observation *b)
{
	return number_differs(a->has_value, a->value, b->has_value, b->value) ||
	       number_differs(a->has_num, a->num, b->has_num, b->num) ||
	       number_differs(a->has_den, a->den, b->has_den, b->den) ||
	       a->qualifier != b->qualifier || a->status != b->status;
}
