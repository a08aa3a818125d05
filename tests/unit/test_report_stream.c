/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <jansson.h>
#include <stdlib.h>

#include "report/report.h"

static const struct report_column columns[] = {
	{"shown", "Shown", COLUMN_HUMAN, 0}, {"id", NULL, COLUMN_MACHINE, 0},
	{"text", NULL, COLUMN_BOTH, 0},	     {"number", NULL, COLUMN_MACHINE, 0},
	{"count", NULL, COLUMN_MACHINE, 0},  {"on", NULL, COLUMN_MACHINE, 0},
	{"last", "Last", COLUMN_HUMAN, 0},
};

static const struct {
	const char *text;
	double number;
	const char *why;
} rows[] = {
	{"plain", 1.5, "nothing to escape"},
	{"a \"quote\", a comma", 21, "a whole number is still a real"},
	{"tab\tand\nline\r", -0.0, "controls; no negative zero"},
	{"back\\slash \x7f", 1e20, "an exponent"},
	{"Việt Nam · ≥", 1e-7, "not ASCII; a small exponent"},
	{"", 10.5333333333333, "empty; fifteen digits"},
	{NULL, 0.1 + 0.2, "none; rounded to fifteen"},
	{"</script> \x01", -123456.75, "a control without a name"},
};

static void fill(struct report *report, size_t count)
{
	report_field_text(report, "as_of", "2026-11-22");
	report_field_number(report, "share", true, 3);
	report_line(report, "%s", "for people");
	struct report_table *table =
		report_add_table(report, "targets", columns, COUNT_OF(columns));
	for (size_t i = 0; i < count; i++) {
		cell_text(table, "for people");
		cell_textf(table, "row-%zu", i);
		cell_text(table, rows[i].text);
		cell_number(table, i != 3, rows[i].number);
		cell_integer(table, i != 4, (long)i - 2);
		cell_switch(table, i % 2 == 0);
		cell_span(table, (struct span){"people", 3});
		table_end_row(table);
	}
	struct report_table *second = report_add_table(report, "more", columns + 1, 1);
	cell_text(second, "x");
	table_end_row(second);
}

/* The answer in a format; to be freed. */
static char *render(enum report_format kept_for, enum report_format format, size_t count)
{
	const struct report_look look = {0};
	struct error err = {0};
	AUTO_REPORT struct report *report = report_new_for(kept_for);
	struct text out = text_with_limit(1 << 20);
	assert_non_null(report);
	fill(report, count);
	if (!report_render(report, format, &look, &out, &err))
		fail_msg("%s", err.text);
	return text_take(&out);
}

static void a_report_that_keeps_nothing_says_the_same(void **state)
{
	(void)state;
	static const enum report_format formats[] = {REPORT_JSON, REPORT_CSV, REPORT_TSV};
	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		for (size_t count = 0; count <= COUNT_OF(rows); count++) {
			AUTO_FREE char *kept = render(REPORT_TABLE, formats[i], count);
			AUTO_FREE char *streamed = render(formats[i], formats[i], count);
			assert_string_equal(streamed, kept);
		}
	}
}

/* jansson reads the answer and writes it again: that is the other computation. */
static void json_is_what_jansson_would_have_written(void **state)
{
	(void)state;
	for (size_t count = 0; count <= COUNT_OF(rows); count++) {
		AUTO_FREE char *ours = render(REPORT_JSON, REPORT_JSON, count);
		json_t *root = json_loads(ours, JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(root);
		char *theirs = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
		assert_int_equal(ours[strlen(ours) - 1], '\n');
		ours[strlen(ours) - 1] = '\0';
		assert_string_equal(ours, theirs);
		free(theirs);
		json_decref(root);
	}
}

static void a_tab_separated_row_is_what_was_put_into_it(void **state)
{
	(void)state;
	AUTO_FREE char *tsv = render(REPORT_TSV, REPORT_TSV, 3);
	assert_string_equal(tsv, "id\ttext\tnumber\tcount\ton\n"
				 "row-0\tplain\t1.5\t-2\ttrue\n"
				 "row-1\ta \"quote\", a comma\t21\t-1\tfalse\n"
				 "row-2\ttab and line \t0\t0\ttrue\n");
}

static void another_format_than_it_was_made_for_is_refused(void **state)
{
	(void)state;
	const struct report_look look = {0};
	struct error err = {0};
	AUTO_REPORT struct report *report = report_new_for(REPORT_TSV);
	AUTO_TEXT struct text out = text_with_limit(1 << 20);
	fill(report, 1);
	assert_false(report_is_for_people(report));
	assert_false(report_render(report, REPORT_JSON, &look, &out, &err));
	assert_string_equal(err.text, "the answer was made for another format");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_report_that_keeps_nothing_says_the_same),
		cmocka_unit_test(json_is_what_jansson_would_have_written),
		cmocka_unit_test(a_tab_separated_row_is_what_was_put_into_it),
		cmocka_unit_test(another_format_than_it_was_made_for_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
