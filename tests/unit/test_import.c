/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/desk_world.h"

#include <stdlib.h>

#include "intake/import.h"
#include "intake/request.h"

enum { FINDINGS_BYTES = 1 << 16 };

static const char heading[] = "indicator,area,period,value,source\n";

/* Import and give what was said about the rows, a line each. */
static bool import(struct desk_world *world, const char *table, struct import_counts *ret,
		   struct text *said)
{
	AUTO_PROBLEMS struct problems findings = {0};
	bool done =
		import_table(&world->intake, "t.csv", span_of(table), ret, &findings, &world->err);
	problems_print(&findings, said);
	return done;
}

static void assert_refused(struct desk_world *world, const char *table, const char *said)
{
	AUTO_TEXT struct text out = text_with_limit(FINDINGS_BYTES);
	struct import_counts counts = {.rows = 77};
	assert_false(import(world, table, &counts, &out));
	assert_string_equal(out.data ? out.data : "", said);
	assert_int_equal(world->err.code, ERROR_INPUT);
	assert_int_equal(counts.rows, 77);
	assert_int_equal(desk_world_rows(world), 0);
	desk_world_asserts(world, "SELECT count(*) FROM load WHERE kind = 'import'", "0");
	world->err = (struct error){0};
}

static void every_bad_row_is_named_and_nothing_is_changed(void **state)
{
	assert_refused(
		*state,
		"indicator,area,period,value,source\n"
		"usw,VN,2019,85,gso\n"
		"usw,VN,2020,\"86,5\",gso\n"
		"\n"
		"uswx,VN,2020,86,gso\n"
		"usw,VN,2021,87,gso,more\n"
		"usw,VN,2022,88\n",
		"t.csv:3: value '86,5' has a comma; write 86.5 with a decimal point, if that is "
		"meant\n"
		"t.csv:5: indicator 'uswx' is not in indicators.csv; did you mean 'usw'?\n"
		"t.csv:6: 6 cells, but the heading has 5 columns\n"
		"t.csv:7: the source is missing: who publishes this figure?\n");
}

static void a_heading_says_all_that_is_wrong_with_it(void **state)
{
	assert_refused(*state, "indicator,areas,period,value,value,seq\nusw,VN,2019,85,85,1\n",
		       "t.csv:1: column 'areas' is not known; did you mean 'area'?\n"
		       "t.csv:1: column 'value' is there twice\n"
		       "t.csv:1: column 'seq' is not known\n"
		       "t.csv:1: column 'area' is missing\n"
		       "t.csv:1: column 'source' is missing\n");
}

static void a_table_that_is_none_is_refused(void **state)
{
	assert_refused(*state, "", "t.csv: the table is empty\n");
	assert_refused(*state, "indicator,area,period,value,source\nusw,\"VN,2019,85,gso\n",
		       "t.csv:2: a quote is opened here and never closed\n");
}

static void the_same_figure_twice_in_a_table_is_refused(void **state)
{
	assert_refused(
		*state,
		"indicator,area,period,value,source,published,place\n"
		"usw,VN,2019,85,gso,2020,page 1\n"
		"usw,VN,2019,86,gso,2020,page 9\n",
		"t.csv:2: the figure of usw VN 2019 from gso is there twice, also in line 3\n"
		"t.csv:3: the figure of usw VN 2019 from gso is there twice, also in line 2\n");
}

static void a_spreadsheet_is_told_from_a_table(void **state)
{
	assert_refused(
		*state, "PK\3\4 and so on",
		"t.csv: this is a spreadsheet (.xlsx, .ods) or another zip archive, not CSV; "
		"save the sheet as \"CSV UTF-8\"\n");
}

static void two_vintages_in_a_table_are_two_rows(void **state)
{
	struct desk_world *world = *state;
	AUTO_TEXT struct text said = text_with_limit(FINDINGS_BYTES);
	struct import_counts counts;
	desk_world_must(world, import(world,
				      "indicator,area,period,value,source,published\n"
				      "usw,VN,2019,86,gso,2021\n"
				      "usw,VN,2019,85,gso,2020\n",
				      &counts, &said));
	assert_int_equal(counts.rows, 2);
	assert_int_equal(counts.appended, 2);
	assert_int_equal(counts.revised, 1);
	desk_world_asserts(world, "SELECT group_concat(value) FROM observation", "85.0,86.0");
}

static void a_table_that_was_taken_in_brings_nothing_the_second_time(void **state)
{
	struct desk_world *world = *state;
	AUTO_TEXT struct text said = text_with_limit(FINDINGS_BYTES);
	struct import_counts counts;
	static const char table[] = "\xEF\xBB\xBFsource;value;note;period;area;indicator\r\n"
				    "gso;85;first;2019;VN;usw\r\n"
				    "gso;14000;;2020;VN;forest\r\n";
	desk_world_must(world, import(world, table, &counts, &said));
	assert_int_equal(counts.appended, 2);
	assert_int_equal(counts.revised + counts.unchanged, 0);
	assert_true(counts.load > 0);
	desk_world_must(world, import(world, table, &counts, &said));
	assert_int_equal(counts.appended, 0);
	assert_int_equal(counts.unchanged, 2);
	assert_int_equal(counts.load, 0);
	assert_int_equal(desk_world_rows(world), 2);
	desk_world_asserts(world, "SELECT count(*) FROM load WHERE kind = 'import'", "1");
	desk_world_asserts(world, "SELECT locator FROM observation WHERE seq = 1", "t.csv line 2");
}

static void a_table_that_was_taken_in_counts_again_when_the_log_went_on(void **state)
{
	struct desk_world *world = *state;
	AUTO_TEXT struct text said = text_with_limit(FINDINGS_BYTES);
	struct import_counts counts;
	static const char first[] = "indicator,area,period,value,source,published\n"
				    "usw,VN,2019,85,gso,2020\n";
	static const char other[] = "indicator,area,period,value,source,published\n"
				    "usw,VN,2019,86,gso,2020\n";
	desk_world_must(world, import(world, first, &counts, &said));
	desk_world_must(world, import(world, other, &counts, &said));
	desk_world_must(world, import(world, first, &counts, &said));
	assert_int_equal(counts.revised, 1);
	desk_world_asserts(world, "SELECT group_concat(value) FROM observation", "85.0,86.0,85.0");
}

#define IN_FORCE                                                                                   \
	"SELECT group_concat(CAST(value AS INTEGER), ' ') FROM (SELECT value FROM observation o "  \
	"WHERE NOT EXISTS"                                                                         \
	" (SELECT 1 FROM observation n WHERE n.from_day = o.from_day AND n.source_id ="            \
	" o.source_id AND (n.known_day, n.seq) > (o.known_day, o.seq)) AND value IS NOT NULL"      \
	" ORDER BY from_day, source_id DESC)"

/* The figure of 2021 is withdrawn today, 2026-11-22; what was published before stands behind it. */
static void a_figure_behind_a_withdrawal_is_kept_and_told(void **state)
{
	static const struct {
		const char *table, *said, *in_force, *why;
	} cases[] = {
		{"usw,VN,2021,84.5,gso,2021-12-31\n",
		 "t.csv:2: warning: a withdrawal of a later day is in force, so the figure does "
		 "not count from that day on; 'envgap record' makes it stand again: 2026-11-22\n",
		 "", "published before the withdrawal"},
		{"usw,VN,2020,84,gso,2021-12-31\n", "", "84", "of another period"},
		{"usw,VN,2021,83,monre,2022-12-31\n", "", "84 83", "of another publisher"},
		{"usw,VN,2021,82,gso,2026-11-22\n", "", "84 83 82",
		 "published on the day of the withdrawal, and came after it"},
		{"usw,VN,2021,81,gso,2021-06-30\n",
		 "t.csv:2: warning: published before its "
		 "period ended, and not marked as an estimate, provisional or a forecast: "
		 "2021-06-30; 2021-12-31\n",
		 "84 83 82", "the withdrawal is not in force any more"},
	};
	struct desk_world *world = *state;
	struct figure_result result = desk_world_record(world, "2021", "85", "gso", "2022-06-30");
	const struct figure figure = {
		.indicator = "usw", .area = "VN", .period = "2021", .source = "gso"};
	desk_world_must(world, figure_withdraw(&world->intake, &figure, "of another indicator",
					       &result, &world->err));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text table = text_with_limit(FINDINGS_BYTES);
		AUTO_TEXT struct text said = text_with_limit(FINDINGS_BYTES);
		struct import_counts counts;
		text_addf(&table, "indicator,area,period,value,source,published\n%s",
			  cases[i].table);
		desk_world_must(world, import(world, table.data, &counts, &said));
		print_message("%s\n", cases[i].why);
		assert_int_equal(counts.appended, 1);
		assert_string_equal(said.data ? said.data : "", cases[i].said);
		desk_world_asserts(world, IN_FORCE, cases[i].in_force);
	}
}

static void a_doubtful_row_is_taken_and_said(void **state)
{
	struct desk_world *world = *state;
	AUTO_TEXT struct text said = text_with_limit(FINDINGS_BYTES);
	struct import_counts counts;
	desk_world_must(world, import(world,
				      "indicator,area,period,value,source,num,den,raw\n"
				      "usw,VN,2019,79,gso,221,283,79 %\n",
				      &counts, &said));
	assert_string_equal(said.data, "t.csv:2: warning: the value is not what numerator by "
				       "denominator gives: 79; 78.09\n");
	desk_world_asserts(world, "SELECT warning || '|' || raw FROM observation",
			   "parts: 79; 78.09|79 %");
}

/* -- restore */

static const char export_heading[] =
	"indicator,breakdown,area,period,value,unit,status,source,published,num,den,qualifier,"
	"place,"
	"raw,seq,known,received,actor,load,load_kind,feed,document,mapping,break,warning\n";

static bool restore(struct desk_world *world, const char *rows, struct import_counts *ret,
		    struct text *said)
{
	AUTO_PROBLEMS struct problems findings = {0};
	AUTO_TEXT struct text table = text_with_limit(FINDINGS_BYTES);
	text_add_string(&table, export_heading);
	text_add_string(&table, rows);
	bool done = import_restore(&world->intake, "e.csv", text_span(&table), ret, &findings,
				   &world->err);
	problems_print(&findings, said);
	return done;
}

static void an_export_comes_back_under_its_own_numbers(void **state)
{
	struct desk_world *world = *state;
	AUTO_TEXT struct text said = text_with_limit(FINDINGS_BYTES);
	struct import_counts counts;
	desk_world_must(world, restore(world,
				       "usw,,VN,2019,85,%,A,gso,2020,,,,p. 1,85 "
				       "%,3,2020-12-31,2024-05-06T07:08:09Z,"
				       "anna,7,record,,,,,\n"
				       "gone,sex=f,XX,2020-Q1,,kg,M,old,,,,,,,9,2024-05-07,2024-05-"
				       "07T00:00:00Z,bo,8,"
				       "import,,,,B,odd\n"
				       "usw,,VN,2019,,%,W,gso,,,,,,made "
				       "up,10,2024-05-08,2024-05-08T00:00:00Z,bo,9,"
				       "record,,,,,\n",
				       &counts, &said));
	assert_int_equal(counts.rows, 3);
	assert_int_equal(counts.load, 9);
	desk_world_asserts(world,
			   "SELECT group_concat(seq || ':' || load_id || status, ' ') FROM "
			   "observation",
			   "3:7A 9:8M 10:9W");
	desk_world_asserts(world, "SELECT actor || kind || received FROM load WHERE load_id = 7",
			   "annarecord1714979289"); /* 2024-05-06 07:08:09 UTC */
	desk_world_apply(world);
	desk_world_asserts(world, "SELECT count(*) FROM standing", "0");
}

static void an_export_with_a_bad_row_changes_nothing_and_names_it(void **state)
{
	static const struct {
		const char *row, *said;
	} cases[] = {
		{"usw,,VN,2019,x,%,A,gso,2020,,,,,,3,2020-12-31,2024-05-06T07:08:09Z,anna,7,record,"
		 ",,,,"
		 "\n",
		 "e.csv:2: 'x' is not a number: 'x' has no place in it\n"},
		{"usw,,VN,2019,,%,A,gso,2020,,,,,,3,2020-12-31,2024-05-06T07:08:09Z,anna,7,record,,"
		 ",,,"
		 "\n",
		 "e.csv:2: status 'A' and value '' do not go together\n"},
		{"usw,,VN,2019,1,%,A,gso,2020,,,,,,0,2020-12-31,2024-05-06T07:08:09Z,anna,7,record,"
		 ",,,,"
		 "\n",
		 "e.csv:2: '0' is not a whole number from 1 to 9223372036854775807\n"},
		{"usw,,VN,2019,1,%,A,gso,2020,,,,,,1,2020-12-31,yesterday,anna,7,record,,,,,\n",
		 NULL},
		{"usw,,VN,2019,1,%,A,gso,2020,,,,,,1,2020-12-31,2024-05-06T07:08:09Z,anna,7,gift,,,"
		 ",,\n",
		 NULL},
	};
	struct desk_world *world = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text said = text_with_limit(FINDINGS_BYTES);
		struct import_counts counts;
		assert_false(restore(world, cases[i].row, &counts, &said));
		if (cases[i].said != NULL)
			assert_string_equal(said.data, cases[i].said);
		assert_non_null(strstr(said.data, "e.csv:2: "));
		assert_int_equal(desk_world_rows(world), 0);
		world->err = (struct error){0};
	}
}

static void an_export_goes_into_an_empty_log_only(void **state)
{
	struct desk_world *world = *state;
	AUTO_TEXT struct text said = text_with_limit(FINDINGS_BYTES);
	struct import_counts counts;
	(void)desk_world_record(world, "2021", "87", "gso", "2022");
	desk_world_refuses(
		world, restore(world, "", &counts, &said), ERROR_REFUSED,
		"the log has 1 row already; an export can only be restored into an empty "
		"ledger");
}

/* -- requests, as the socket brings them */

static void assert_answer(struct desk_world *world, const struct control_message *request,
			  const char *document, const char *want)
{
	AUTO_MESSAGE struct control_message answer = {0};
	AUTO_TEXT struct text got = text_with_limit(FINDINGS_BYTES);
	request_carry_out(&world->intake, request, span_of(document), &answer);
	text_addf(&got, "%s|%s|%s", control_get(&answer, "exit"), control_get(&answer, "text"),
		  control_get(&answer, "error"));
	assert_string_equal(got.data, want);
}

static void ask(struct desk_world *world, const char *const words[], const char *document,
		const char *want)
{
	AUTO_MESSAGE struct control_message request = {0};
	for (size_t i = 0; words[i] != NULL; i += 2)
		control_set(&request, words[i], words[i + 1]);
	assert_answer(world, &request, document, want);
}

#define ASK(world, document, want, ...)                                                            \
	ask(world, (const char *const[]){__VA_ARGS__, NULL}, document, want)

static void each_verb_answers_with_status_text_and_complaint(void **state)
{
	struct desk_world *world = *state;
	ASK(world, "", "2||there is no request of this name\n", "verb", "dance");
	ASK(world, "", "2||there is no request of this name\n", "indicator", "usw");
	ASK(world, "", "0|usw VN 2021 from 'gso': recorded as row 1\n|", "verb", "record",
	    "indicator", "usw", "area", "VN", "period", "2021", "value", "88", "source", "gso");
	desk_world_asserts(world, "SELECT state FROM assessment WHERE target_id = 'usw-2021'",
			   "met");
	ASK(world, "",
	    "0|usw VN 2021 from 'gso': recorded as row 2; before: 88 (row 1)\n|warning: the value "
	    "is "
	    "not what numerator by denominator gives: 79; 78.09\n",
	    "verb", "record", "indicator", "usw", "area", "VN", "period", "2021", "value", "79",
	    "num", "221", "den", "283", "source", "gso", "qualifier", "about");
	ASK(world, "", "0|usw VN 2021 from 'gso': withdrawn by row 3; before: ~79 (row 2)\n|",
	    "verb", "withdraw", "indicator", "usw", "area", "VN", "period", "2021", "source", "gso",
	    "why", "no");
	ASK(world, "", "2||a withdrawal says why (--why TEXT)\n", "verb", "withdraw", "indicator",
	    "usw", "area", "VN", "period", "2021", "source", "gso");
	ASK(world, "indicator,area,period,value,source\nusw,VN,2020,86,gso\n",
	    "0|t.csv: 1 row: 1 new (0 of them revisions), 0 unchanged\n|", "verb", "import", "name",
	    "t.csv");
	ASK(world, "indicator,area,period,value,source\nusw,VN,2020,860,gso\n",
	    "2||t.csv:2: value 860 is above what usw can be: at most 100 %; is a decimal sign "
	    "lost, and 86 meant?\n1 error, nothing was "
	    "changed\n",
	    "verb", "import", "name", "t.csv");
	ASK(world, heading,
	    "1||the log has 4 rows already; an export can only be restored into an "
	    "empty ledger\n",
	    "verb", "import", "name", "t.csv", "restore", "1");
	ASK(world, "", "0|rebuilt from the log: 1 series, 3 assessments\n|", "verb", "rebuild");
}

/* 219 bad rows; an answer has room for 200 of them. */
static void what_an_answer_has_no_room_for_is_counted_once(void **state)
{
	enum { BAD_ROWS = 219 };
	static const char wanted[] = "t.csv:201: source 's199' is not in sources.csv\nand 19 "
				     "more\n219 errors, nothing was changed\n";
	struct desk_world *world = *state;
	AUTO_MESSAGE struct control_message request = {0};
	AUTO_MESSAGE struct control_message answer = {0};
	AUTO_TEXT struct text table = text_with_limit(FINDINGS_BYTES);
	text_add_string(&table, heading);
	for (int i = 0; i < BAD_ROWS; i++)
		text_addf(&table, "usw,VN,2020,860,s%d\n", i);
	control_set(&request, "verb", "import");
	control_set(&request, "name", "t.csv");
	request_carry_out(&world->intake, &request, text_span(&table), &answer);
	const char *said = control_get(&answer, "error");
	assert_non_null(said);
	assert_true(strlen(said) > strlen(wanted));
	assert_string_equal(said + strlen(said) - strlen(wanted), wanted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DESK(every_bad_row_is_named_and_nothing_is_changed),
		WITH_DESK(a_heading_says_all_that_is_wrong_with_it),
		WITH_DESK(a_table_that_is_none_is_refused),
		WITH_DESK(the_same_figure_twice_in_a_table_is_refused),
		WITH_DESK(a_spreadsheet_is_told_from_a_table),
		WITH_DESK(two_vintages_in_a_table_are_two_rows),
		WITH_DESK(a_table_that_was_taken_in_brings_nothing_the_second_time),
		WITH_DESK(a_table_that_was_taken_in_counts_again_when_the_log_went_on),
		WITH_DESK(a_figure_behind_a_withdrawal_is_kept_and_told),
		WITH_DESK(a_doubtful_row_is_taken_and_said),
		WITH_DESK(an_export_comes_back_under_its_own_numbers),
		WITH_DESK(an_export_with_a_bad_row_changes_nothing_and_names_it),
		WITH_DESK(an_export_goes_into_an_empty_log_only),
		WITH_DESK(each_verb_answers_with_status_text_and_complaint),
		WITH_DESK(what_an_answer_has_no_room_for_is_counted_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
