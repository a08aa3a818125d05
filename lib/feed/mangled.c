/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/mangled.h"

#include "obs/mangled.h"
#include "obs/shape.h"

static struct span shown(struct span text)
{
	return (struct span){text.start, (size_t)shape_clip(text)};
}

static bool fail_shown(struct span text, const struct mangled *found, struct error *err)
{
	return error_set(err, ERROR_INPUT, "'%.*s' is what a spreadsheet shows for %s",
			 SPAN_ARGS(shown(text)), found->what);
}

bool feed_mangled_check_code(struct span text, struct error *err)
{
	struct mangled found;
	if (!mangled_recognise(text, &found))
		return true;
	if (found.original[0] != '\0')
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is %s that a spreadsheet has made of it; it may have been "
				 "'%s'",
				 SPAN_ARGS(shown(text)), found.what, found.original);
	if (text.start[0] == '#')
		return fail_shown(text, &found, err);
	/* a date or time without an original may well be the source's own writing */
	return true;
}

/* 1..12 when the text is the short English name of a month, else 0. */
static int month_of(struct span text)
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
					     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	for (size_t i = 0; i < COUNT_OF(months); i++)
		if (span_is(text, months[i]))
			return (int)i + 1;
	return 0;
}

bool feed_mangled_check_value(struct span text, struct error *err)
{
	struct mangled found;
	if (!mangled_recognise(text, &found))
		return true;
	if (text.start[0] == '#')
		return fail_shown(text, &found, err);
	struct span tail = text;
	struct span head = span_cut(&tail, '-');
	int month = month_of(head) + month_of(tail);
	if (month == 0)
		return error_set(err, ERROR_INPUT,
				 "'%.*s' is no value: a spreadsheet has made %s of it%s%s",
				 SPAN_ARGS(shown(text)), found.what,
				 found.original[0] != '\0' ? ", perhaps of " : "", found.original);
	struct span other = month_of(head) != 0 ? tail : head;
	return error_set(err, ERROR_INPUT,
			 "'%.*s' is %s that a spreadsheet has made of a value; it may have been "
			 "'%.*s.%d' or '%d.%.*s'",
			 SPAN_ARGS(shown(text)), found.what, SPAN_ARGS(other), month, month,
			 SPAN_ARGS(other));
}
