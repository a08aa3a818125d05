/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/working.h"

#include <math.h>

#include "base/number.h"
#include "query/tell.h"

enum { LINE_COLUMNS = 98, DEEPER = 4 };

void working_open(struct working *working, const struct query *query, struct report *report)
{
	static const struct query_column columns[] = {
		{"method", WORD_NONE, COLUMN_MACHINE, 0},
		{"name", WORD_NONE, COLUMN_MACHINE, 0},
		{"expression", WORD_NONE, COLUMN_MACHINE, 0},
		{"result", WORD_NONE, COLUMN_MACHINE, 0},
	};
	*working = (struct working){.query = query, .report = report, .method = ""};
	working->table = query_add_table(query, report, "steps", columns, COUNT_OF(columns));
}

void working_number(struct text *out, double value)
{
	char number[NUMBER_BYTES];
	int decimals = 0;
	if (value != 0)
		decimals = WORKING_DIGITS - 1 - (int)floor(log10(fabs(value)));
	if (decimals > 15 || decimals < 0 || fabs(value) < 1e-5) {
		text_add_string(out, number_print(value, number));
		return;
	}
	(void)number_print_fixed(value, decimals, '.', number);
	size_t len = strlen(number);
	while (strchr(number, '.') != NULL && (number[len - 1] == '0' || number[len - 1] == '.')) {
		bool is_point = number[len - 1] == '.';
		number[--len] = '\0';
		if (is_point)
			break;
	}
	text_add_string(out, number);
}

void working_fill(struct text *out, const char *pattern, const double *numbers, size_t count)
{
	size_t next = 0;
	for (const char *at = pattern; *at != '\0'; at++) {
		if (at[0] != '{' || at[1] != '}' || next == count) {
			text_add_char(out, *at);
			continue;
		}
		bool is_negative = numbers[next] < 0;
		text_add_string(out, is_negative ? "(" : "");
		working_number(out, numbers[next++]);
		text_add_string(out, is_negative ? ")" : "");
		at++;
	}
}

/* Long sums go on in the next line, deeper. */
static void add_lines(const struct working *working, const struct text *line)
{
	struct span rest = text_span(line);
	const char *indent = "  ";
	size_t most = LINE_COLUMNS;
	if (line->failed)
		report_words(working->report, line);
	while (rest.len > 0) {
		size_t len = rest.len;
		if (len > most) {
			len = most;
			while (len > 1 && rest.start[len] != ' ')
				len--;
			len = len > 1 ? len : rest.len;
		}
		report_line(working->report, "%s%.*s", indent, (int)len, rest.start);
		rest.start += len;
		rest.len -= len;
		if (rest.len > 0 && rest.start[0] == ' ') {
			rest.start++;
			rest.len--;
		}
		indent = "      ";
		most = LINE_COLUMNS - DEEPER;
	}
}

/* For machines. */
static void add_row(const struct working *working, const char *name, const struct text *expression,
		    double result)
{
	cell_text(working->table, working->method[0] ? working->method : NULL);
	cell_text(working->table, name);
	if (expression->len > 0 || expression->failed)
		cell_words(working->table, expression);
	else
		cell_none(working->table);
	cell_number(working->table, true, result);
	table_end_row(working->table);
}

void working_step(const struct working *working, const char *name, const struct text *expression,
		  struct measure result)
{
	AUTO_TEXT struct text line = text_with_limit(WORKING_STEP_BYTES);
	if (!result.is_set)
		return;
	text_addf(&line, "%s = ", name);
	if (expression->len > 0 || expression->failed)
		text_addf(&line, "%s = ", text_part(expression, &line));
	working_number(&line, result.value);
	add_lines(working, &line);
	add_row(working, name, expression, result.value);
}

void working_put(const struct working *working, const char *name, struct measure result,
		 const char *pattern, const double *numbers, size_t count)
{
	AUTO_TEXT struct text expression = text_with_limit(WORKING_STEP_BYTES);
	working_fill(&expression, pattern, numbers, count);
	working_step(working, name, &expression, result);
}

void working_let(const struct working *working, const char *const *names, const double *values,
		 size_t count)
{
	const struct text nothing = {0};
	AUTO_TEXT struct text line = text_with_limit(WORKING_STEP_BYTES);
	for (size_t i = 0; i < count; i++) {
		text_addf(&line, "%s%s = ", i > 0 ? "; " : "", names[i]);
		working_number(&line, values[i]);
		add_row(working, names[i], &nothing, values[i]);
	}
	add_lines(working, &line);
}
