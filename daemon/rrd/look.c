/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/rrd/look.h"

#include "base/unicode.h"

const char *look_publisher_colour(int publisher)
{
	static const char *const colours[] = {"#0072B2", "#009E73", "#CC79A7",
					      "#E69F00", "#56B4E9", "#000000"};
	return colours[(size_t)publisher % COUNT_OF(colours)];
}

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case ':':
		return "&#58;";
	case '\\':
		return "&#92;";
	default:
		return NULL;
	}
}

void look_escape(struct text *out, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char *spelled = entity(text.start[i]);
		if (spelled != NULL)
			text_add_string(out, spelled);
		else
			text_add_char(out, text.start[i]);
	}
}

void look_escape_path(struct text *out, const char *path)
{
	for (; *path != '\0'; path++) {
		if (*path == ':' || *path == '\\')
			text_add_char(out, '\\');
		text_add_char(out, *path);
	}
}

static size_t line_length(struct span text, int columns)
{
	size_t head = unicode_head(text, columns).len, len = head;
	while (len < text.len && len > 0 && text.start[len] != ' ')
		len--;
	if (len > 0)
		return len;
	return head > 0 ? head : text.len;
}

struct span look_cut_line(struct span *rest, int columns)
{
	struct span text = span_trim(*rest);
	size_t len = line_length(text, columns > 0 ? columns : 1);
	*rest = span_trim(span_behind(text, len));
	return (struct span){text.start, len};
}

/* DejaVu Sans takes 0.74 pixels a point and column at librrd's 96 dots an inch, bold 0.83. */
static const double pixels_a_point = 0.74, bold_pixels_a_point = 0.83;

int look_columns(int pixels, double points)
{
	return (int)(pixels / (pixels_a_point * points));
}

int look_bold_columns(int pixels, double points)
{
	return (int)(pixels / (bold_pixels_a_point * points));
}
