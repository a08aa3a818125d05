/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>

#include "config/table.h"
#include "obs/catalogue.h"

struct row {
	char id[ID_BYTES], label[ID_BYTES], breakdown[BREAKDOWN_BYTES];
	char *text;
	struct column_ids ids;
	double number;
	bool has_number, flag, yes;
	int decimals, integer, choice;
	int32_t day, last_day;
	struct period period;
	enum frequency frequency;
	enum target_op op;
	int line;
};

#define ROW(name, type, fallback)                                                                  \
	{                                                                                          \
#name, type, offsetof(struct row, name), false, fallback, 0, 0, 0, 0, words, ""    \
	}

static const struct column_choice words[] = {{"small", 0}, {"large", 1}, {0}};
static const struct column columns[] = {
	{"id", COLUMN_ID, offsetof(struct row, id), true, NULL, 0, 0, 0, 0, NULL, ""},
	ROW(label, COLUMN_LABEL, NULL),
	ROW(breakdown, COLUMN_BREAKDOWN, NULL),
	ROW(text, COLUMN_TEXT, NULL),
	ROW(ids, COLUMN_ID_LIST, NULL),
	{"number", COLUMN_NUMBER, offsetof(struct row, number), false, NULL,
	 offsetof(struct row, has_number), offsetof(struct row, decimals), 0, 0, NULL, ""},
	ROW(integer, COLUMN_INTEGER, "-1"),
	ROW(choice, COLUMN_CHOICE, "large"),
	ROW(flag, COLUMN_FLAG, NULL),
	ROW(yes, COLUMN_SWITCH, NULL),
	ROW(day, COLUMN_DAY, NULL),
	ROW(last_day, COLUMN_LAST_DAY, NULL),
	ROW(period, COLUMN_PERIOD, NULL),
	ROW(frequency, COLUMN_FREQUENCY, NULL),
	ROW(op, COLUMN_OP, NULL),
	{0},
};

static const struct table table = {
	"things.csv", true, "", columns, sizeof(struct row), offsetof(struct row, line), 3};

static void read_as(const char *document, struct table_rows *rows, struct problems *problems)
{
	assert_true(table_read(&table, span_of(document), "things.csv", problems, rows, NULL));
}

static void every_type_of_cell_reaches_its_field(void **state)
{
	(void)state;
	struct problems problems = {0};
	struct table_rows rows = {0};
	read_as("id,label,breakdown,text,ids,number,integer,choice,flag,yes,day,period,frequency,"
		"op\n"
		"a,µg/m3,sex=f;age=y,\"say \"\"so\"\"\",b; c,91.70,12,small,large,TRUE,2021-10-08,"
		"2021-01/2021-09,Q,>=\n",
		&rows, &problems);
	assert_int_equal(problems.errors, 0);
	assert_int_equal(rows.count, 1);
	const struct row *row = rows.items;
	assert_string_equal(row->label, "µg/m3");
	assert_string_equal(row->breakdown, "age=y;sex=f"); /* dimensions in the order of names */
	assert_string_equal(row->text, "say \"so\"");
	assert_int_equal(row->ids.count, 2);
	assert_string_equal(row->ids.items[1], "c");
	assert_true(row->has_number && row->number == 91.7);
	assert_int_equal(row->decimals, 2);
	assert_int_equal(row->integer, 12);
	assert_int_equal(row->choice, 0);
	assert_true(row->flag && row->yes);
	assert_int_equal(row->day, 18908); /* date -d 2021-10-08 +%s / 86400 */
	assert_int_equal(row->period.from, 18628);
	assert_int_equal(row->period.to, 18901); /* 2021-01-01 and 2021-10-01 */
	assert_int_equal(row->frequency, FREQUENCY_QUARTER);
	assert_int_equal(row->op, TARGET_AT_LEAST);
	assert_int_equal(row->line, 2);
	table_rows_free(&table, &rows);
	problems_done(&problems);
}

static void cells_and_columns_that_are_not_there_take_their_fallback(void **state)
{
	(void)state;
	struct problems problems = {0};
	struct table_rows rows = {0};
	read_as("id,day\n\na,\n", &rows, &problems);
	assert_int_equal(problems.errors, 0);
	assert_int_equal(rows.count, 1);
	const struct row *row = rows.items;
	assert_string_equal(row->text, "");
	assert_false(row->has_number);
	assert_int_equal(row->integer, -1);
	assert_int_equal(row->choice, 1);
	assert_int_equal(row->day, DAY_NONE);
	assert_int_equal(row->period.from, row->period.to);
	assert_int_equal(row->line, 3);
	table_rows_free(&table, &rows);
	problems_done(&problems);
}

static void of_a_month_or_year_the_last_day_counts(void **state)
{
	(void)state;
	static const struct {
		const char *cell;
		int32_t day;
		const char *why;
	} cases[] = {
		{"2021-10-08", 18908, "a day is itself"},
		{"2020-02", 18321, "2020-02-29: date -d 2020-02-29 +%s / 86400"},
		{"2019", 18261, "2019-12-31"},
		{"", DAY_NONE, "nothing is known"},
		{"2019-13", -1, "no such month"},
		{"Oct-21", -1, "what a spreadsheet makes of 2021-10"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct problems problems = {0};
		struct table_rows rows = {0};
		char document[64];
		(void)snprintf(document, sizeof document, "id,last_day\na,%s\n", cases[i].cell);
		read_as(document, &rows, &problems);
		const struct row *row = rows.items;
		if (problems.errors != (cases[i].day == -1) ||
		    (problems.errors == 0 && row->last_day != cases[i].day))
			fail_msg("%s", cases[i].why);
		table_rows_free(&table, &rows);
		problems_done(&problems);
	}
}

static void spreadsheets_may_choose_delimiter_line_end_and_order(void **state)
{
	(void)state;
	static const char *const documents[] = {
		"id,text,number\na,b,1.5\n",
		"\xEF\xBB\xBFnumber;id;text\r\n1.5;a;b\r\n",
		"text\tid\tnumber\t#seen\r\nb\ta\t1.5\tyes\r\n",
		"id,text,number,,\na, b ,1.5,,\n,,,,\n",
	};
	for (size_t i = 0; i < COUNT_OF(documents); i++) {
		struct problems problems = {0};
		struct table_rows rows = {0};
		read_as(documents[i], &rows, &problems);
		assert_int_equal(problems.errors, 0);
		assert_int_equal(rows.count, 1);
		const struct row *row = rows.items;
		assert_string_equal(row->id, "a");
		assert_string_equal(row->text, "b");
		assert_true(row->number == 1.5);
		table_rows_free(&table, &rows);
		problems_done(&problems);
	}
}

static void a_bad_row_is_marked_and_the_others_are_read(void **state)
{
	(void)state;
	struct problems problems = {0};
	struct table_rows rows = {0};
	read_as("id,ids,number\na,b;b,1\nc,,x\nd,,2\n", &rows, &problems);
	assert_int_equal(problems.errors, 2);
	assert_string_equal(problems.items[0].text, "ids 'b' is there twice");
	assert_int_equal(problems.items[1].line, 3);
	assert_int_equal(rows.count, 3);
	assert_true(rows.bad[0] && rows.bad[1] && !rows.bad[2]);
	assert_false(rows.is_partial);
	table_rows_free(&table, &rows);
	problems_done(&problems);
}

static void a_cell_that_is_refused_leaves_its_fallback(void **state)
{
	(void)state;
	struct problems problems = {0};
	struct table_rows rows = {0};
	read_as("id,text,integer,choice,day\na,#REF!,many,huge,soon\n", &rows, &problems);
	assert_int_equal(problems.errors, 4);
	assert_int_equal(rows.count, 1);
	assert_true(rows.bad[0]);
	const struct row *row = rows.items;
	assert_string_equal(row->text, "");
	assert_int_equal(row->integer, -1);
	assert_int_equal(row->choice, 1);
	assert_int_equal(row->day, DAY_NONE);
	table_rows_free(&table, &rows);
	problems_done(&problems);
}

static void a_table_with_a_bad_id_is_known_to_be_incomplete(void **state)
{
	(void)state;
	struct problems problems = {0};
	struct table_rows rows = {0};
	read_as("id\n1a\n", &rows, &problems);
	assert_true(rows.is_partial);
	table_rows_free(&table, &rows);
	problems_done(&problems);
}

static void more_rows_than_the_ceiling_are_refused_by_name(void **state)
{
	(void)state;
	struct problems problems = {0};
	struct table_rows rows = {0};
	read_as("id\na\nb\nc\nd\n", &rows, &problems);
	assert_int_equal(problems.errors, 1);
	assert_int_equal(problems.items[0].line, 5);
	assert_non_null(strstr(problems.items[0].text, "rows"));
	table_rows_free(&table, &rows);
	problems_done(&problems);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_of_cell_reaches_its_field),
		cmocka_unit_test(cells_and_columns_that_are_not_there_take_their_fallback),
		cmocka_unit_test(of_a_month_or_year_the_last_day_counts),
		cmocka_unit_test(spreadsheets_may_choose_delimiter_line_end_and_order),
		cmocka_unit_test(a_bad_row_is_marked_and_the_others_are_read),
		cmocka_unit_test(a_cell_that_is_refused_leaves_its_fallback),
		cmocka_unit_test(a_table_with_a_bad_id_is_known_to_be_incomplete),
		cmocka_unit_test(more_rows_than_the_ceiling_are_refused_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
