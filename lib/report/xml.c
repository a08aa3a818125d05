/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/xml.h"

static const char *escape_of(char c)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void xml_add(struct text *out, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.start[i];
		const char *escape = escape_of(c);
		bool is_control = (unsigned char)c < ' ' && c != '\n' && c != '\t';
		if (escape != NULL)
			text_add_string(out, escape);
		else
			text_add_char(out, is_control || c == 0x7f ? ' ' : c);
	}
}

void xml_add_string(struct text *out, const char *text)
{
	xml_add(out, span_of(text));
}
