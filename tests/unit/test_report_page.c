/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "query/report_words.h"
#include "report/page.h"
#include "report/svg.h"
#include "report/xml.h"
#include "tests/unit/query_world.h"

enum { PO_BYTES = 1 << 20 };

static void assert_translated(const char *po, const char *word)
{
	AUTO_TEXT struct text line = text_with_limit(PO_BYTES);
	text_add_string(&line, "\nmsgid \"");
	for (const char *c = word; *c != '\0'; c++)
		text_addf(&line, "%s%c", *c == '"' ? "\\" : "", *c);
	text_add_string(&line, "\"\nmsgstr \"");
	assert_says(po, line.data);
}

static void every_word_of_an_account_is_there_and_is_translated(void **state)
{
	AUTO_FREE char *po = calloc(1, PO_BYTES);
	FILE *file = fopen("po/vi.po", "r");
	(void)state;
	assert_non_null(file);
	assert_non_null(po);
	assert_in_range(fread(po, 1, PO_BYTES - 1, file), 1, PO_BYTES - 2);
	assert_int_equal(fclose(file), 0);
	for (int i = 0; i < REPORT_WORDS; i++) {
		assert_non_null(report_word_english((enum report_word)i));
		assert_translated(po, report_word_english((enum report_word)i));
	}
}

static void what_means_something_to_xml_is_escaped(void **state)
{
	AUTO_TEXT struct text out = text_with_limit(1000);
	(void)state;
	xml_add_string(&out, "<a href=\"x\">'&'</a>\x01\n");
	xml_add_string(&out, NULL);
	assert_string_equal(out.data, "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt; \n");
}

static void label_value(void *self, double number, struct text *out)
{
	char buffer[NUMBER_BYTES];
	(void)self;
	text_add_string(out, number_print(number, buffer));
}

static const struct svg_point points[] = {
	{2020, 60, false, false},
	{2021, 64, true, false},
	{2022, 90, false, true},
	{2023, 88, false, false},
};

static const struct svg_vertex path[] = {{2020, 60}, {2025, 80}, {2030, 100}};

static struct svg_chart chart(void)
{
	return (struct svg_chart){
		.id = "c1",
		.title = "Waste <script>alert(1)</script>",
		.description = "4 values & a target",
		.unit = "%",
		.points = points,
		.point_count = COUNT_OF(points),
		.path = path,
		.path_count = COUNT_OF(path),
		.levels = {{100, 2020, 2030}},
		.level_count = 1,
		.has_projection = true,
		.has_band = true,
		.from = {2023, 88},
		.to = {2030, 104},
		.band_low = 80,
		.band_high = 120,
		.has_bounds = true,
		.bound_low = 0,
		.bound_high = 100,
		.words = {"value", "estimate", "path", "target", "projection", "band", "break"},
		.label_value = label_value,
		.label_index = label_value,
	};
}

static size_t count_of(const char *text, const char *piece)
{
	size_t count = 0;
	for (const char *at = text; (at = strstr(at, piece)) != NULL; at++)
		count++;
	return count;
}

static void a_chart_is_small_and_says_what_it_shows(void **state)
{
	AUTO_TEXT struct text out = text_with_limit(SVG_CHART_BYTES);
	const struct svg_chart made = chart();
	struct error err = {0};
	(void)state;
	assert_true(svg_chart_write(&made, &out, &err));
	assert_in_range(out.len, 1000, 6000);
	assert_says(out.data, "role=\"img\"");
	assert_says(out.data, "aria-labelledby=\"c1-t c1-d\"");
	assert_says(out.data, "<title id=\"c1-t\">Waste &lt;script&gt;alert(1)&lt;/script&gt;<");
	assert_says(out.data, "<desc id=\"c1-d\">4 values &amp; a target<");
	assert_lacks(out.data, "<script");
	/* Four points and two keys; of these one and one are hollow. */
	assert_int_equal(count_of(out.data, "<circle"), 6);
	assert_int_equal(count_of(out.data, "<circle class=\"e\""), 2);
	/* Two runs: the line is lifted once more than at its beginning. */
	const char *line = strstr(out.data, "<path class=\"line\" d=\"");
	assert_non_null(line);
	AUTO_FREE char *curve = span_dup((struct span){line, (size_t)(strchr(line, '>') - line)});
	assert_int_equal(count_of(curve, "M"), 2);
	assert_int_equal(count_of(out.data, "class=\"break\""), 2);
	assert_int_equal(count_of(out.data, "class=\"stone\""), 1);
	assert_int_equal(count_of(out.data, "class=\"way\""), 2);
}

/* 60 to 120 are in steps of 20, with room from 40, and stop at the bound 100, over the 168 units
 * from 190 up to 22: 88 lies at 190 - 48/60 * 168 = 55.6; 2020 to 2030 go over the 544 units from
 * 62: 2023 at 62 + 163.2. */
static void a_value_stands_where_the_axes_say(void **state)
{
	AUTO_TEXT struct text out = text_with_limit(SVG_CHART_BYTES);
	const struct svg_chart made = chart();
	struct error err = {0};
	(void)state;
	assert_true(svg_chart_write(&made, &out, &err));
	assert_says(out.data, "<circle cx=\"225.2\" cy=\"55.6\" r=\"3.5\"/>");
}

static void one_value_or_one_level_is_enough_for_a_chart(void **state)
{
	struct error err = {0};
	struct svg_chart made = chart();
	AUTO_TEXT struct text one = text_with_limit(SVG_CHART_BYTES);
	AUTO_TEXT struct text level = text_with_limit(SVG_CHART_BYTES);
	AUTO_TEXT struct text none = text_with_limit(SVG_CHART_BYTES);
	(void)state;
	made.path_count = 0;
	made.has_projection = false;
	made.words.path = NULL;
	made.point_count = 0;
	assert_true(svg_chart_write(&made, &level, &err));
	assert_int_equal(count_of(level.data, "<circle"), 0);
	made.level_count = 0;
	assert_false(svg_chart_write(&made, &none, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	made.point_count = 1;
	assert_true(svg_chart_write(&made, &one, &err));
	assert_int_equal(count_of(one.data, "<circle"), 2);
	assert_lacks(one.data, "nan");
	made.point_count = SVG_POINTS_MAX + 1;
	err = (struct error){0};
	assert_false(svg_chart_write(&made, &none, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

static void write_page(enum page_format format, struct text *out)
{
	static const struct page_column columns[] = {{"A|B", PAGE_PLAIN}, {"N", PAGE_NUMBER}};
	const struct page_head head = {"vi", "T <i>", "Trang"};
	struct page page = {.format = format, .out = out};
	page_begin(&page, &head);
	page_heading(&page, 1, "T <i>");
	page_paragraph(&page, "> a*b");
	page_small(&page, "small");
	page_group_begin(&page);
	page_facts_begin(&page);
	page_fact(&page, "Cause", "<script>x</script>");
	page_facts_end(&page);
	page_picture(&page, span_of("<svg/>"));
	page_group_end(&page);
	page_table_begin(&page, "Cap", columns, COUNT_OF(columns));
	page_cell(&page, PAGE_PLAIN, "a|b");
	page_cell(&page, PAGE_NUMBER, "1");
	page_cell(&page, PAGE_BAD, "x\ny");
	page_cell(&page, PAGE_UNKNOWN, "2");
	page_table_end(&page);
	page_end(&page);
}

static void a_page_of_html_is_one_whole_document(void **state)
{
	AUTO_TEXT struct text out = text_with_limit(PAGE_BYTES);
	(void)state;
	write_page(PAGE_HTML, &out);
	assert_says(out.data, "<!DOCTYPE html>\n<html lang=\"vi\">");
	assert_says(out.data, "<title>T &lt;i&gt;</title>");
	assert_says(out.data, "content:\"Trang \" counter(page)");
	assert_says(out.data, "<dt>Cause</dt><dd>&lt;script&gt;x&lt;/script&gt;</dd>");
	assert_says(out.data, "<th scope=\"row\">a|b</th><td class=\"n\">1</td></tr>");
	assert_says(out.data, "<th scope=\"row\" class=\"bad\">x\ny</th>"
			      "<td class=\"unknown\">2</td></tr>");
	assert_says(out.data, "<figure>\n<svg/></figure>");
	assert_lacks(out.data, "<script");
	assert_says(out.data, "</main>\n</body>\n</html>\n");
}

static void on_a_narrow_screen_a_cell_says_what_it_is_of(void **state)
{
	static const struct page_column named[] = {
		{"Who", PAGE_PLAIN}, {"A<b", PAGE_PLAIN}, {"B", PAGE_NUMBER}, {"C", PAGE_PLAIN}};
	static const struct page_column years[] = {
		{"1", PAGE_NUMBER}, {"2", PAGE_NUMBER}, {"3", PAGE_NUMBER}, {"4", PAGE_NUMBER}};
	AUTO_TEXT struct text out = text_with_limit(PAGE_BYTES);
	struct page page = {.format = PAGE_HTML, .out = &out};
	(void)state;
	page_table_begin(&page, NULL, named, COUNT_OF(named));
	for (size_t i = 0; i < COUNT_OF(named); i++)
		page_cell(&page, PAGE_PLAIN, "x");
	page_table_end(&page);
	assert_says(out.data, "<table class=\"stacked\">");
	assert_says(out.data, "<th scope=\"row\">x</th><td data-h=\"A&lt;b\">x</td>");
	/* Too few to be too wide, and values by year. */
	text_clear(&out);
	page_table_begin(&page, NULL, named, COUNT_OF(named) - 1);
	page_table_begin(&page, NULL, years, COUNT_OF(years));
	page_cell(&page, PAGE_NUMBER, "x");
	page_cell(&page, PAGE_NUMBER, "y");
	assert_lacks(out.data, "stacked");
	assert_lacks(out.data, "data-h");
}

static void a_page_of_markdown_says_the_same(void **state)
{
	AUTO_TEXT struct text out = text_with_limit(PAGE_BYTES);
	(void)state;
	write_page(PAGE_MARKDOWN, &out);
	assert_string_equal(out.data, "# T \\<i>\n\n"
				      "\\> a\\*b\n\n"
				      "small\n\n"
				      "- **Cause**: \\<script>x\\</script>\n\n"
				      "**Cap**\n\n"
				      "| A\\|B | N |\n| --- | --: |\n"
				      "| a\\|b | 1 |\n| **x y** | 2 |\n\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_word_of_an_account_is_there_and_is_translated),
		cmocka_unit_test(what_means_something_to_xml_is_escaped),
		cmocka_unit_test(a_chart_is_small_and_says_what_it_shows),
		cmocka_unit_test(a_value_stands_where_the_axes_say),
		cmocka_unit_test(one_value_or_one_level_is_enough_for_a_chart),
		cmocka_unit_test(a_page_of_html_is_one_whole_document),
		cmocka_unit_test(on_a_narrow_screen_a_cell_says_what_it_is_of),
		cmocka_unit_test(a_page_of_markdown_says_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
