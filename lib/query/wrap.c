/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/wrap.h"

#include "base/unicode.h"
#include "query/tell.h"

enum { LINE_COLUMNS = 78 };

void wrap_add(struct report *report, const struct text *whole, const char *indent)
{
	struct span rest = text_span(whole);
	AUTO_TEXT struct text line = TELL_TEXT;
	int used = 0;
	while (rest.start != NULL && rest.len > 0) {
		struct span word = span_cut(&rest, ' ');
		int width = unicode_width(word);
		if (used > 0 && used + 1 + width > LINE_COLUMNS) {
			report_words(report, &line);
			text_clear(&line);
			text_add_string(&line, indent);
			used = (int)strlen(indent);
		}
		bool is_first = used == (int)strlen(indent) && line.len == strlen(indent);
		if (line.len > 0 && !is_first)
			text_add_char(&line, ' ');
		text_add(&line, word.start, word.len);
		used += width + !is_first;
	}
	line.failed = line.failed || whole->failed;
	report_words(report, &line);
}

void wrap_text(struct text *out, const char *first, const char *indent, struct span whole)
{
	int used = unicode_width(span_of(first));
	bool is_begin = true;
	text_add_string(out, first);
	while (whole.start != NULL && whole.len > 0) {
		struct span word = span_cut(&whole, ' ');
		int width = unicode_width(word);
		if (!is_begin && used + 1 + width > LINE_COLUMNS) {
			text_addf(out, "\n%s", indent);
			used = unicode_width(span_of(indent));
			is_begin = true;
		}
		if (!is_begin)
			text_add_char(out, ' ');
		text_add(out, word.start, word.len);
		used += width + !is_begin;
		is_begin = false;
	}
	text_add_char(out, '\n');
}
