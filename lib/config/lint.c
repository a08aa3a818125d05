/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config/lint.h"

#include <stdint.h>

#include "base/number.h"
#include "base/unicode.h"

struct scan {
	const char *at, *end;
	int line;
};

static bool is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       c == '_' || c == '-' || c == '+' || c == '.' || c == '*' || c == '@';
}

static bool starts(const struct scan *scan, const char *prefix)
{
	return span_starts((struct span){scan->at, (size_t)(scan->end - scan->at)}, prefix);
}

static void step(struct scan *scan, size_t n)
{
	for (; n > 0 && scan->at < scan->end; n--)
		scan->line += *scan->at++ == '\n';
}

static bool skip_text(struct scan *scan, struct error *err)
{
	int begin = scan->line;
	step(scan, 1);
	while (scan->at < scan->end && *scan->at != '"')
		step(scan, *scan->at == '\\' ? 2 : 1);
	if (scan->at == scan->end) {
		(void)error_set(err, ERROR_INPUT, "the text that begins here has no closing \"");
		return error_at(err, begin, 0);
	}
	step(scan, 1);
	return true;
}

static bool skip_comment(struct scan *scan, struct error *err)
{
	if (!starts(scan, "/*")) {
		while (scan->at < scan->end && *scan->at != '\n')
			scan->at++;
		return true;
	}
	int begin = scan->line;
	step(scan, 2);
	while (scan->at < scan->end && !starts(scan, "*/"))
		step(scan, 1);
	if (scan->at == scan->end) {
		(void)error_set(err, ERROR_INPUT, "the comment that begins here has no closing */");
		return error_at(err, begin, 0);
	}
	step(scan, 2);
	return true;
}

static bool is_decimal(struct span word)
{
	size_t i = word.len > 0 && (word.start[0] == '-' || word.start[0] == '+') ? 1 : 0;
	size_t first = i;
	while (i < word.len && word.start[i] >= '0' && word.start[i] <= '9')
		i++;
	return i == word.len && i > first;
}

static bool check_word(struct scan *scan, struct error *err)
{
	struct span word = {scan->at, 0};
	while (scan->at < scan->end && is_word(*scan->at)) {
		scan->at++;
		word.len++;
	}
	if (span_is(word, "@include")) {
		(void)error_set(
			err, ERROR_INPUT,
			"@include is not used here; write include = [ \"feeds.d/*.conf\" ]");
		return error_at(err, scan->line, 0);
	}
	int64_t value;
	if (is_decimal(word) && word.start[0] == '+') {
		word.start++;
		word.len--;
	}
	if (is_decimal(word) && !number_read_integer(word, INT32_MIN, INT32_MAX, &value, NULL)) {
		(void)error_set(err, ERROR_INPUT,
				"%.*s is too large for a plain number; write it in quotes with a "
				"unit, such as \"5G\" or \"90d\"",
				SPAN_ARGS(word));
		return error_at(err, scan->line, 0);
	}
	return true;
}

static bool check_next(struct scan *scan, struct error *err)
{
	if (*scan->at == '"')
		return skip_text(scan, err);
	if (*scan->at == '#' || starts(scan, "//") || starts(scan, "/*"))
		return skip_comment(scan, err);
	if (is_word(*scan->at))
		return check_word(scan, err);
	step(scan, 1);
	return true;
}

static int line_of(struct span document, size_t at)
{
	int line = 1;
	for (size_t i = 0; i < at; i++)
		line += document.start[i] == '\n';
	return line;
}

bool lint_check(struct span document, struct error *err)
{
	size_t bad;
	if (!unicode_valid(document, &bad)) {
		(void)error_set(err, ERROR_INPUT, "the file is not UTF-8 here");
		return error_at(err, line_of(document, bad), 0);
	}
	struct scan scan = {document.start, document.start + document.len, 1};
	while (scan.at < scan.end) {
		if (!check_next(&scan, err))
			return false;
	}
	return true;
}
