/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/unicode.h"
#include "report/report.h"
#include "tests/unit/query_world.h"

static const struct report_column people[] = {
	{"name", "NAME", COLUMN_BOTH | COLUMN_SHRINK, 0},
	{"value", "VALUE", COLUMN_BOTH | COLUMN_RIGHT, 0},
	{"note", "NOTE", COLUMN_HUMAN, 1},
	{"id", "ID", COLUMN_HUMAN, COLUMN_EXTRA},
	{"hidden", NULL, COLUMN_MACHINE, 0},
};

static struct report_table *add_people(struct report *report)
{
	return report_add_table(report, "people", people, COUNT_OF(people));
}

static void add_row(struct report_table *table, const char *name, double value, const char *note)
{
	cell_text(table, name);
	cell_number(table, true, value);
	cell_text(table, note);
	cell_textf(table, "id-%d", 7);
	cell_switch(table, true);
	table_end_row(table);
}

static void columns_line_up_also_where_letters_are_wide_or_have_marks(void **state)
{
	(void)state;
	struct report *report = report_new();
	struct report_table *table = add_people(report);
	add_row(table, "Đồng Nai", 1.5, "a");
	add_row(table, "中文", 100, NULL); /* four columns */
	add_row(table, "plain", -2, "e\u0301x");
	AUTO_FREE char *text = query_world_render(report, REPORT_TABLE, 0);
	assert_string_equal(text, "NAME      VALUE  NOTE  ID\n"
				  "Đồng Nai    1.5  a     id-7\n"
				  "中文        100  -     id-7\n"
				  "plain        -2  e\u0301x    id-7\n");
}

static struct report *wide(void)
{
	struct report *report = report_new();
	add_row(add_people(report), "a name of twenty-six signs", 1, "a note of sixteen");
	return report;
}

static void a_narrow_terminal_loses_extras_then_letters_then_columns(void **state)
{
	(void)state;
	/* 26 + 2 + 5 + 2 + 17 + 2 + 4 = 58 */
	AUTO_FREE char *all = query_world_render(wide(), REPORT_TABLE, 58);
	assert_says(all, "id-7");
	AUTO_FREE char *without_extra = query_world_render(wide(), REPORT_TABLE, 57);
	assert_lacks(without_extra, "id-7");
	assert_says(without_extra, "a name of twenty-six signs");
	AUTO_FREE char *cut = query_world_render(wide(), REPORT_TABLE, 45);
	assert_says(cut, "a name of twenty-s…      1  a note of sixteen\n");
	/* 16 + 2 + 5 + 2 + 17 = 42 is the least with a note; without it the name is whole again. */
	AUTO_FREE char *less = query_world_render(wide(), REPORT_TABLE, 41);
	assert_string_equal(less, "NAME                        VALUE\n"
				  "a name of twenty-six signs      1\n");
	AUTO_FREE char *least = query_world_render(wide(), REPORT_TABLE, 5);
	assert_says(least, "a name of twent…      1\n");
}

static void a_column_that_wraps_loses_nothing(void **state)
{
	(void)state;
	static const struct report_column columns[] = {
		{"x", "X", COLUMN_BOTH, 0},
		{"who", "WHO MADE IT AND WHEN", COLUMN_BOTH | COLUMN_WRAP, 0},
		{"n", "N", COLUMN_BOTH | COLUMN_RIGHT, 0},
	};
	static const char *const names[] = {"Bộ Nông nghiệp và Môi trường", "-",
					    "abcdefghijklmnopqrstuvwxyz",
					    "congress-2030-facilities"};
	struct report *report = report_new();
	struct report_table *table = report_add_table(report, "t", columns, COUNT_OF(columns));
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		cell_textf(table, "%zu", i);
		cell_text(table, names[i]);
		cell_integer(table, true, (long)i);
		table_end_row(table);
	}
	/* 1 + 2 + 16 + 2 + 1 = 22 */
	AUTO_FREE char *text = query_world_render(report, REPORT_TABLE, 22);
	assert_string_equal(text, "X  WHO MADE IT AND   N\n"
				  "   WHEN\n"
				  "0  Bộ Nông nghiệp    0\n"
				  "   và Môi trường\n"
				  "1  -                 1\n"
				  "2  abcdefghijklmnop  2\n"
				  "   qrstuvwxyz\n"
				  "3  congress-2030-    3\n"
				  "   facilities\n");
}

static void what_shares_a_group_has_one_line_above(void **state)
{
	(void)state;
	static const struct report_column columns[] = {
		{"group", "GROUP", COLUMN_HUMAN | COLUMN_GROUP, 0},
		{"x", "X", COLUMN_BOTH, 0},
	};
	static const char *const groups[] = {"one", "one", "two"};
	struct report *report = report_new();
	struct report_table *table = report_add_table(report, "t", columns, COUNT_OF(columns));
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		cell_text(table, groups[i]);
		cell_integer(table, true, (long)i);
		table_end_row(table);
	}
	assert_int_equal(table_rows(table), 3);
	AUTO_FREE char *text = query_world_render(report, REPORT_TABLE, 80);
	assert_string_equal(text, "  X\none\n  0\n  1\ntwo\n  2\n");
}

static void lines_are_broken_at_blanks_and_empty_ones_do_not_pile_up(void **state)
{
	(void)state;
	struct report *report = report_new();
	report_line(report, "%s", "");
	report_line(report, "one two three");
	report_line(report, "%s", "");
	(void)add_people(report); /* without rows nothing is shown */
	report_line(report, "%s", "");
	report_line(report, "fourfivesixseven");
	AUTO_FREE char *text = query_world_render(report, REPORT_TABLE, 8);
	assert_string_equal(text, "one two\nthree\n\nfourfive\nsixseven\n");
}

static void a_table_for_machines_leaves_no_trace_for_people(void **state)
{
	(void)state;
	static const struct report_column columns[] = {{"x", NULL, COLUMN_MACHINE, 0}};
	struct report *report = report_new();
	struct report_table *table = report_add_table(report, "t", columns, COUNT_OF(columns));
	cell_integer(table, true, 1);
	table_end_row(table);
	AUTO_FREE char *text = query_world_render(report, REPORT_TABLE, 80);
	assert_true(text == NULL || text[0] == '\0');
}

static void json_escapes_and_has_null_for_what_is_not_there(void **state)
{
	(void)state;
	struct report *report = report_new();
	report_field_text(report, "text", "a \"quote\"\n\\ Đ");
	report_field_text(report, "none", NULL);
	report_field_number(report, "number", true, 0.1);
	report_field_number(report, "unset", false, 5);
	report_field_integer(report, "count", 3);
	report_field_switch(report, "on", false);
	struct report_table *table = add_people(report);
	cell_span(table, span_of("n"));
	cell_none(table);
	cell_none(table);
	cell_none(table);
	cell_switch(table, false);
	table_end_row(table);
	report_line(report, "for people only");
	AUTO_FREE char *text = query_world_render(report, REPORT_JSON, 0);
	assert_string_equal(text, "{\n"
				  " \"version\": 1,\n"
				  " \"text\": \"a \\\"quote\\\"\\n\\\\ Đ\",\n"
				  " \"none\": null,\n"
				  " \"number\": 0.1,\n"
				  " \"unset\": null,\n"
				  " \"count\": 3,\n"
				  " \"on\": false,\n"
				  " \"people\": [\n"
				  "  {\n"
				  "   \"name\": \"n\",\n"
				  "   \"value\": null,\n"
				  "   \"hidden\": false\n"
				  "  }\n"
				  " ]\n"
				  "}\n");
}

static void csv_quotes_what_needs_it_and_shows_the_first_table(void **state)
{
	(void)state;
	struct report *report = report_new();
	struct report_table *table = add_people(report);
	add_row(table, "a,b", 1, NULL);
	add_row(table, "say \"x\"", 2.25, NULL);
	cell_none(table);
	cell_none(table);
	cell_none(table);
	cell_none(table);
	cell_none(table);
	table_end_row(table);
	(void)add_people(report);
	AUTO_FREE char *text = query_world_render(report, REPORT_CSV, 0);
	assert_string_equal(text, "name,value,hidden\n\"a,b\",1,true\n\"say \"\"x\"\"\",2.25,true\n"
				  ",,\n");
}

static void tsv_has_neither_tabs_nor_line_ends_in_its_cells(void **state)
{
	(void)state;
	struct report *report = report_new();
	add_row(add_people(report), "a\tb\nc", 1, NULL);
	AUTO_FREE char *text = query_world_render(report, REPORT_TSV, 0);
	assert_string_equal(text, "name\tvalue\thidden\na b c\t1\ttrue\n");
}

static void csv_has_no_text_that_a_spreadsheet_computes(void **state)
{
	(void)state;
	static const struct {
		const char *text, *shown, *why;
	} cases[] = {
		{"=HYPERLINK(1)", "'=HYPERLINK(1)", "a formula"},
		{"@SUM(A1)", "'@SUM(A1)", "a formula, too"},
		{"+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0", "computed and started"},
		{"-2+3", "'-2+3", "5, for a spreadsheet"},
		{"=1,2", "\"'=1,2\"", "quoted beside"},
		{"-5.3", "-5.3", "a number"},
		{"+5", "+5", "a number"},
		{"-", "-", "a dash"},
		{"a=1", "a=1", "no formula, it does not begin with it"},
		{">=95", ">=95", "no formula"},
		{"\x1B[31m\x07\xC2\x9B"
		 "1m",
		 "?[31m??1m", "orders to a terminal"},
		{"\r\x7F"
		 "e\xCC\x81 \xC2\xA0.",
		 "??e\xCC\x81 \xC2\xA0.", "letters stay"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char wanted[96];
		struct report *report = report_new();
		add_row(add_people(report), cases[i].text, 1, NULL);
		AUTO_FREE char *text = query_world_render(report, REPORT_CSV, 0);
		(void)snprintf(wanted, sizeof wanted, "name,value,hidden\n%s,1,true\n",
			       cases[i].shown);
		if (strcmp(text, wanted) != 0)
			fail_msg("%s: %s", cases[i].why, text);
	}
}

static void tsv_has_no_orders_to_a_terminal(void **state)
{
	(void)state;
	struct report *report = report_new();
	add_row(add_people(report), "=1\x1B]0;t\x07\xC2\x9Bm \xC4\x90", 1, NULL);
	AUTO_FREE char *text = query_world_render(report, REPORT_TSV, 0);
	assert_string_equal(text, "name\tvalue\thidden\n=1?]0;t??m \xC4\x90\t1\ttrue\n");
}

static void a_row_with_a_wrong_number_of_cells_fails_the_report(void **state)
{
	(void)state;
	struct error err = {0};
	AUTO_REPORT struct report *report = report_new();
	AUTO_TEXT struct text out = text_with_limit(1000);
	const struct report_look look = {0};
	struct report_table *table = add_people(report);
	cell_text(table, "only one");
	table_end_row(table);
	report_line(report, "comes too late");
	add_row(add_people(report), "x", 1, NULL);
	report_field_text(report, "text", "x");
	assert_false(report_render(report, REPORT_JSON, &look, &out, &err));
	assert_int_equal(err.code, ERROR_MEMORY);
}

static void formats_are_known_by_name(void **state)
{
	(void)state;
	enum report_format format = REPORT_TABLE;
	struct error err = {0};
	assert_true(report_format_parse(span_of("tsv"), &format, NULL));
	assert_int_equal(format, REPORT_TSV);
	assert_false(report_format_parse(span_of("xml"), &format, &err));
	assert_string_equal(err.text, "format 'xml' is not one of table, json, csv, tsv");
	assert_int_equal(format, REPORT_TSV);
}

static void colour_is_only_around_headings(void **state)
{
	(void)state;
	AUTO_REPORT struct report *report = wide();
	AUTO_TEXT struct text out = text_with_limit(1000);
	const struct report_look look = {.width = 80, .colour = true};
	assert_true(report_render(report, REPORT_TABLE, &look, &out, NULL));
	assert_int_equal(strncmp(out.data, "\033[1mNAME", 8), 0);
	assert_says(out.data, "ID\n\033[0ma name");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_line_up_also_where_letters_are_wide_or_have_marks),
		cmocka_unit_test(a_narrow_terminal_loses_extras_then_letters_then_columns),
		cmocka_unit_test(a_column_that_wraps_loses_nothing),
		cmocka_unit_test(what_shares_a_group_has_one_line_above),
		cmocka_unit_test(lines_are_broken_at_blanks_and_empty_ones_do_not_pile_up),
		cmocka_unit_test(a_table_for_machines_leaves_no_trace_for_people),
		cmocka_unit_test(json_escapes_and_has_null_for_what_is_not_there),
		cmocka_unit_test(csv_quotes_what_needs_it_and_shows_the_first_table),
		cmocka_unit_test(tsv_has_neither_tabs_nor_line_ends_in_its_cells),
		cmocka_unit_test(csv_has_no_text_that_a_spreadsheet_computes),
		cmocka_unit_test(tsv_has_no_orders_to_a_terminal),
		cmocka_unit_test(a_row_with_a_wrong_number_of_cells_fails_the_report),
		cmocka_unit_test(formats_are_known_by_name),
		cmocka_unit_test(colour_is_only_around_headings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
