/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "assess/aside.h"
#include "query/methods.h"
#include "query/phrase.h"
#include "tests/unit/mo_maker.h"
#include "tests/unit/query_world.h"

enum { PO_BYTES = 1 << 20 };

static const struct language english = {0};

static char *ask(const struct language *language, const char *name, enum report_format format)
{
	struct report *report = NULL;
	struct error err = {0};
	const struct query query = {.language = language};
	if (!query_methods(&query, name, &report, &err))
		fail_msg("%s", err.text);
	return query_world_render(report, format, 100);
}

static void the_list_names_every_method_and_what_stands_beside(void **state)
{
	(void)state;
	AUTO_FREE char *table = ask(&english, NULL, REPORT_TABLE);
	for (size_t i = 0; method_at(i) != NULL; i++)
		assert_says(table, method_at(i)->title);
	assert_says(table, "weather   weather symbols (Germany)                            4\n");
	assert_says(table, "jmp, astat, thurgau, oecd stand beside the methods");
	assert_lacks(table, "thunderstorm");
}

static void one_method_is_told_with_all_that_belongs_to_it(void **state)
{
	(void)state;
	AUTO_FREE char *table = ask(&english, "weather", REPORT_TABLE);
	assert_says(table, "weather: weather symbols (Germany)\n"
			   "used where a target names no method\n\nThe mean annual change");
	assert_says(table, "Values: at least 4; provisional with fewer than 6\n");
	assert_says(table,
		    "\nFormula: a = (x1 - x0) / (t1 - t0); p = x1 + a (tT - t1); measure = s "
		    "(T - p)\n  / |T - x1|, else a\n");
	assert_says(table, "\nPublished: Destatis");
	assert_says(table, "cloud                off track\nthunderstorm         worsening\n");
	assert_says(table, "share of the gap missed, sun below               0.05\n");
	assert_lacks(table, "stands beside");
	AUTO_FREE char *score = ask(&english, "opensdg", REPORT_TABLE);
	assert_says(score, "\nValues: at least 2\n");
	assert_says(score, "\nScore: points from -5 to 5\n");
}

static void what_stands_beside_says_nothing_of_targets(void **state)
{
	(void)state;
	AUTO_FREE char *table = ask(&english, "oecd", REPORT_TABLE);
	assert_says(table, "stands beside the methods; a target cannot name it\n");
	AUTO_FREE char *json = ask(&english, "astat", REPORT_JSON);
	assert_says(json, "\"judges_targets\": false");
	assert_says(json, "\"category\": \"stable\",\n   \"state\": null");
}

static void machines_get_everything_of_all_in_english(void **state)
{
	(void)state;
	AUTO_FREE char *json = ask(&english, NULL, REPORT_JSON);
	for (size_t i = 0; method_at(i) != NULL; i++) {
		assert_says(json, method_at(i)->paragraph);
		assert_says(json, method_at(i)->formula);
	}
	assert_says(json, "\"category\": \"reverse\",\n   \"state\": \"worsening\"");
	assert_says(json, "\"value\": 0.95");
}

static void a_name_that_is_not_there_is_answered_with_one_that_is_near(void **state)
{
	(void)state;
	struct report *report = NULL;
	struct error err = {0};
	const struct query query = {.language = &english};
	assert_false(query_methods(&query, "wether", &report, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_string_equal(err.text, "there is no method 'wether'; did you mean 'weather'?");
	err = (struct error){0};
	assert_false(query_methods(&query, "crystal", &report, &err));
	assert_string_equal(err.text,
			    "there is no method 'crystal'; \"envgap methods\" names them");
}

static void assert_translated(const char *po, const char *text)
{
	char line[2048];
	if (text == NULL)
		return;
	(void)snprintf(line, sizeof line, "\nmsgid \"%s\"\nmsgstr \"", text);
	assert_says(po, line);
}

static void assert_row_is_whole(const char *po, const struct method *method)
{
	const char *const texts[] = {method->title, method->needs, method->formula, method->measure,
				     method->paragraph};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		assert_true(texts[i] != NULL && texts[i][0] != '\0');
		assert_translated(po, texts[i]);
	}
	assert_translated(po, method->score);
	for (size_t i = 0; method->thresholds[i].name != NULL; i++)
		assert_translated(po, method->thresholds[i].name);
	for (size_t i = 0; method->categories[i] != NULL; i++)
		assert_translated(po, phrase_symbol(&english, method->categories[i]));
	assert_true(method->min_values >= 1 && method->sure_values >= method->min_values);
	assert_non_null(strstr(method->citation, ", "));
}

static void every_row_of_the_table_is_whole_and_translated(void **state)
{
	(void)state;
	AUTO_FREE char *po = calloc(1, PO_BYTES);
	FILE *file = fopen("po/vi.po", "r");
	assert_non_null(file);
	assert_non_null(po);
	assert_in_range(fread(po, 1, PO_BYTES - 1, file), 1, PO_BYTES - 2);
	assert_int_equal(fclose(file), 0);
	assert_translated(po, METHOD_LETTERS);
	for (size_t i = 0; method_at(i) != NULL; i++) {
		assert_row_is_whole(po, method_at(i));
		assert_non_null(method_at(i)->states);
		assert_non_null(method_at(i)->judge);
	}
	for (size_t i = 0; aside_at(i) != NULL; i++)
		assert_row_is_whole(po, aside_at(i));
}

static void people_read_it_in_their_language(void **state)
{
	(void)state;
	static const struct mo_pair loud[] = {{"stable", "STABLE"}};
	AUTO_TONGUE struct tongue *tongue = mo_make_tongue(loud, COUNT_OF(loud));
	const struct language other = {.tongue = tongue};
	AUTO_FREE char *table = ask(&other, "astat", REPORT_TABLE);
	assert_says(table, "\nSTABLE ");
	AUTO_FREE char *json = ask(&other, "astat", REPORT_JSON);
	assert_lacks(json, "STABLE");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_names_every_method_and_what_stands_beside),
		cmocka_unit_test(one_method_is_told_with_all_that_belongs_to_it),
		cmocka_unit_test(what_stands_beside_says_nothing_of_targets),
		cmocka_unit_test(machines_get_everything_of_all_in_english),
		cmocka_unit_test(a_name_that_is_not_there_is_answered_with_one_that_is_near),
		cmocka_unit_test(every_row_of_the_table_is_whole_and_translated),
		cmocka_unit_test(people_read_it_in_their_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
