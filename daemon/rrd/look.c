/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/rrd/look.h"

#include "base/unicode.h"

const char *look_publisher_colour(int publisher)
{
	static const char *const colours[] = {"#0072B2", "#009E73", "#CC79A7",
					      "#E69F00", "#56B4E9", "#000000"};
	return colours[(size_t)publisher % COUNT_OF(colours)];
}

void look_escape_markup(struct text *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '&')
			text_add_string(out, "&amp;");
		else if (*text == '<')
			text_add_string(out, "&lt;");
		else if (*text == '>')
			text_add_string(out, "&gt;");
		else
			text_add_char(out, *text);
	}
}

void look_markup(struct text *out, const char *tag, const char *text)
{
	text_addf(out, "<%s>", tag);
	look_escape_markup(out, text);
	text_addf(out, "</%s>", tag);
}

void look_escape_colons(struct text *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == ':' || *text == '\\')
			text_add_char(out, '\\');
		text_add_char(out, *text);
	}
}

/* DejaVu Sans is 0.68 pixels wide a point and column on average at librrd's 96 dots an inch; bold
 * titles are a little wider. */
static const double column_pixels_a_point = 0.74;

int look_columns(int pixels, double points)
{
	return (int)(pixels / (column_pixels_a_point * points));
}

double look_fitting_points(const char *text, int pixels, double points)
{
	int columns = unicode_width(span_of(text));
	double fitting = columns > 0 ? pixels / (column_pixels_a_point * columns) : points;
	return fitting < points ? fitting : points;
}
