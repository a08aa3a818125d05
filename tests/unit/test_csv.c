/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/csv_write.h"

/* Rows are shown as "LINE|cell|'quoted cell'" and a line end each. */
static bool show(void *self, const struct csv_row *row, struct error *err)
{
	(void)err;
	struct text *out = self;
	text_addf(out, "%d", row->line);
	for (size_t i = 0; i < row->count; i++) {
		assert_int_equal(strlen(row->cells[i].start), row->cells[i].len);
		text_addf(out, row->quoted[i] ? "|'%s'" : "|%s", row->cells[i].start);
	}
	text_add_char(out, '\n');
	return true;
}

/* As csv_read, in pieces of this size. */
static bool read_pieces(struct span document, const struct csv_dialect *dialect, size_t size,
			struct text *out, struct error *err)
{
	AUTO_CSV_READER struct csv_reader *reader = NULL;
	if (!csv_reader_new(dialect, show, out, &reader, err))
		return false;
	for (size_t at = 0; at < document.len; at += size) {
		size_t left = document.len - at;
		struct span piece = {document.start + at, left < size ? left : size};
		if (!csv_reader_push(reader, piece, err))
			return false;
	}
	return csv_reader_end(reader, err);
}

/* The same rows, or the same failure, in pieces of every size. */
static void assert_pieces(struct span document, const struct csv_dialect *dialect)
{
	AUTO_TEXT struct text want = text_with_limit(4096);
	struct error why = {0};
	bool ok = csv_read(document, dialect, show, &want, &why);
	for (size_t size = 1; size < document.len; size++) {
		AUTO_TEXT struct text got = text_with_limit(4096);
		struct error err = {0};
		assert_int_equal(read_pieces(document, dialect, size, &got, &err), ok);
		assert_true(span_equal(text_span(&got), text_span(&want)));
		assert_string_equal(err.text, why.text);
		assert_int_equal(err.line, why.line);
	}
}

static void rows_cells_lines_and_quotes_are_told(void **state)
{
	(void)state;
	static const struct {
		struct csv_dialect dialect;
		const char *document, *want, *why;
	} cases[] = {
		{{0}, "", "", "nothing"},
		{{0}, "a,b\n1,2\n", "1|a|b\n2|1|2\n", "the plain case"},
		{{0}, "a,b\r\n1,2", "1|a|b\n2|1|2\n", "CRLF, no line end at the end"},
		{{0}, "a,b\r1,2\r", "1|a|b\n2|1|2\n", "CR alone"},
		{{0}, "\xEF\xBB\xBF\"a\",b\n", "1|'a'|b\n", "a BOM before a quote"},
		{{0}, "\xEF\xBB\xBF", "", "a BOM and nothing"},
		{{0},
		 "a,\"x\ny\r\nz\rw\"\nb,c\n",
		 "1|a|'x\ny\r\nz\rw'\n5|b|c\n",
		 "line ends in quotes"},
		{{0}, "\"a \"\"b\"\"\",\"\"\n", "1|'a \"b\"'|''\n", "quotes in quotes"},
		{{0}, " a , \" b \" \n", "1|a|' b '\n", "blanks count in quotes only"},
		{{0}, "a,\n,b\n", "1|a|\n2||b\n", "empty cells at either end"},
		{{0}, "a\n\n,,\n \n\"\"\nb\n", "1|a\n6|b\n", "blank rows are passed over"},
		{{.keep_blank_rows = true}, "a\n\n,\n \n", "1|a\n2|\n3||\n4|\n", "or kept"},
		{{0}, "5\" pipe,x\n", "1|5\" pipe|x\n", "a quote inside a cell is itself"},
		{{0}, "a;b,c;d\n1;2,5;3\n", "1|a|b,c|d\n2|1|2,5|3\n", "a guessed semicolon"},
		{{0}, "a\tb\n \t\n1\t\n", "1|a|b\n3|1|\n", "a guessed tab"},
		{{.delimiter = ';'}, "a,b\n", "1|a,b\n", "a declared delimiter"},
		{{.quote = '\''}, "'a,b',\"c\"\n", "1|'a,b'|\"c\"\n", "a declared quote"},
		{{0}, "Th\xC3\xA0nh,\xE2\x82\xAC\n", "1|Th\xC3\xA0nh|\xE2\x82\xAC\n", "UTF-8"},
		{{0},
		 "\"a\",\"b\"\r\n\"c\",\"d\"\r\n",
		 "1|'a'|'b'\n2|'c'|'d'\n",
		 "all quoted, CRLF"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text out = text_with_limit(4096);
		text_add_string(&out, "");
		struct error err = {0};
		if (!csv_read(span_of(cases[i].document), &cases[i].dialect, show, &out, &err))
			fail_msg("%s: %s", cases[i].why, err.text);
		if (!span_is(text_span(&out), cases[i].want))
			fail_msg("%s: got\n%s", cases[i].why, out.data);
		assert_pieces(span_of(cases[i].document), &cases[i].dialect);
	}
}

/* Rows without quotes are cut apart by us, others by libcsv: a quoted cell behind a row must change
 * nothing about what is before it.  All rows of six of these characters, 7^6 of them. */
static void a_quoted_cell_changes_nothing_about_the_others(void **state)
{
	(void)state;
	static const char letters[] = {'a', ' ', '\t', ',', ';', '.', '\xC3'};
	enum { LETTERS = sizeof letters, ROW_LETTERS = 6, ROWS = 117649 };
	const struct csv_dialect dialects[] = {
		{.delimiter = ',', .keep_blank_rows = true},
		{.delimiter = ';', .keep_blank_rows = true},
		{.delimiter = '\t', .keep_blank_rows = true},
	};
	for (unsigned row = 0; row < ROWS; row++) {
		const struct csv_dialect *dialect = &dialects[row % COUNT_OF(dialects)];
		AUTO_TEXT struct text plain = text_with_limit(256);
		AUTO_TEXT struct text quoted = text_with_limit(256);
		AUTO_TEXT struct text document = text_with_limit(256);
		unsigned rest = row;
		for (int i = 0; i < ROW_LETTERS; i++, rest /= LETTERS) {
			text_add_char(&document, letters[rest % LETTERS]);
			if (letters[rest % LETTERS] == '\xC3')
				text_add_char(&document, '\xA0');
		}
		struct error err = {0};
		assert_true(csv_read(text_span(&document), dialect, show, &plain, &err));
		text_addf(&document, "%c\"q\"\n", dialect->delimiter);
		assert_true(csv_read(text_span(&document), dialect, show, &quoted, &err));
		plain.len--; /* its line end */
		text_add_string(&plain, "|'q'\n");
		assert_string_equal(plain.data, quoted.data);
	}
}

static const struct {
	struct csv_dialect dialect;
	struct span document;
	enum error_code code;
	int line;
	const char *message;
} bad_cases[] = {
	{{0}, {"a,b\nc,\"d\ne\n", 11}, ERROR_INPUT, 2, "a quote is opened here and never closed"},
	{{0}, {"a\n\"x\ny\",\"z", 10}, ERROR_INPUT, 3, "a quote is opened here and never closed"},
	{{0},
	 {"a\n\"b\"c\n", 7},
	 ERROR_INPUT,
	 2,
	 "text between a closing quote and the next delimiter"},
	{{0},
	 {"\"b\" c\n", 6},
	 ERROR_INPUT,
	 1,
	 "text between a closing quote and the next delimiter"},
	{{0},
	 {"\"b\" \"\n", 6},
	 ERROR_INPUT,
	 1,
	 "text between a closing quote and the next delimiter"},
	{{0}, {"a\nb\xFF\n", 5}, ERROR_INPUT, 2, "byte 0xFF is not UTF-8; save the table as UTF-8"},
	{{0},
	 {"a\n\"x\n\xE9\"\n", 8},
	 ERROR_INPUT,
	 3,
	 "byte 0xE9 is not UTF-8; save the table as UTF-8"},
	{{0}, {"a\nb\0c\n", 6}, ERROR_INPUT, 2, "a NUL byte; tables are text in UTF-8"},
	{{0}, {"a\n\0\0\0", 5}, ERROR_INPUT, 2, "a NUL byte; tables are text in UTF-8"},
	{{.max_row_bytes = 5},
	 {"12345\n123456\n", 13},
	 ERROR_LIMIT,
	 2,
	 "row is longer than 5 bytes"},
	{{.max_row_bytes = 5},
	 {"a\n\"bcdefgh", 10},
	 ERROR_LIMIT,
	 2,
	 "row is longer than 5 bytes; is a quote not closed?"},
	{{.max_columns = 3},
	 {"1,2,3\n1,2,3,4\n", 14},
	 ERROR_LIMIT,
	 2,
	 "more than 3 columns in a row"},
};

static void a_bad_document_is_refused_with_the_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad_cases); i++) {
		AUTO_TEXT struct text out = text_with_limit(4096);
		struct error err = {0};
		assert_false(
			csv_read(bad_cases[i].document, &bad_cases[i].dialect, show, &out, &err));
		assert_string_equal(err.text, bad_cases[i].message);
		assert_int_equal(err.code, bad_cases[i].code);
		assert_int_equal(err.line, bad_cases[i].line);
	}
}

static bool refuse_second(void *self, const struct csv_row *row, struct error *err)
{
	++*(int *)self;
	return row->line < 3 || error_set(err, ERROR_INPUT, "not this one");
}

static void the_taker_stops_the_reading_and_its_reason_gets_the_line(void **state)
{
	(void)state;
	int taken = 0;
	struct error err = {0};
	const struct csv_dialect dialect = {0};
	assert_false(csv_read(span_of("a\n\nb\nc\n"), &dialect, refuse_second, &taken, &err));
	assert_int_equal(taken, 2);
	assert_string_equal(err.text, "not this one");
	assert_int_equal(err.line, 3);
}

static void the_delimiter_is_the_commonest_outside_quotes_in_the_first_line(void **state)
{
	(void)state;
	static const struct {
		const char *document;
		char want;
		const char *why;
	} cases[] = {
		{"a,b,c", ',', "commas"},
		{"a;b;c,d", ';', "more semicolons"},
		{"a\tb", '\t', "a tab"},
		{"a", ',', "none: the usual one"},
		{"a,b;c", ',', "a tie: the usual one"},
		{"\"a;b;c;d\",e", ',', "those in quotes do not count"},
		{"a,b\nc;d;e;f", ',', "nor those of later lines"},
		{"\xEF\xBB\xBF"
		 "a;b",
		 ';', "behind a BOM"},
		{"", ',', "nothing"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		if (csv_guess_delimiter(span_of(cases[i].document)) != cases[i].want)
			fail_msg("%s", cases[i].why);
	}
}

static bool take_one(void *self, const struct csv_row *row, struct error *err)
{
	(void)err;
	struct span *want = self;
	assert_int_equal(row->count, 2);
	assert_true(span_equal(row->cells[0], *want));
	assert_true(span_equal(row->cells[1], *want));
	return true;
}

static void what_is_written_reads_back_the_same(void **state)
{
	(void)state;
	static const struct {
		const char *field, *written;
	} cases[] = {
		{"a", "a,a\n"},
		{"a b", "a b,a b\n"},
		{"a,b", "\"a,b\",\"a,b\"\n"},
		{"\"", "\"\"\"\",\"\"\"\"\n"},
		{"x\ny", "\"x\ny\",\"x\ny\"\n"},
		{"x\ry", "\"x\ry\",\"x\ry\"\n"},
		{" a", "\" a\",\" a\"\n"},
		{"a\t", "\"a\t\",\"a\t\"\n"},
		{"\xC2\xA0"
		 "a",
		 "\"\xC2\xA0"
		 "a\",\"\xC2\xA0"
		 "a\"\n"},
		{"-5;3", "-5;3,-5;3\n"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text out = text_with_limit(4096);
		struct span field = span_of(cases[i].field);
		csv_write_field(&out, field, true);
		csv_write_field(&out, field, false);
		csv_write_end(&out);
		assert_string_equal(out.data, cases[i].written);
		struct error err = {0};
		const struct csv_dialect dialect = {.delimiter = ','};
		assert_true(csv_read(text_span(&out), &dialect, take_one, &field, &err));
	}
}

static bool count_rows(void *self, const struct csv_row *row, struct error *err)
{
	(void)err;
	++*(size_t *)self;
	return row->count == 3;
}

static void a_long_row_and_a_long_document_are_no_trouble(void **state)
{
	(void)state;
	AUTO_TEXT struct text document = text_with_limit(32 << 20);
	text_add_string(&document, "a,\"");
	for (int i = 0; i < 100000; i++)
		text_add_string(&document, "long\n");
	text_add_string(&document, "\",c\n");
	for (int i = 0; i < 200000; i++)
		text_addf(&document, "%d,x y,\"z\"\n", i);
	size_t rows = 0;
	struct error err = {0};
	const struct csv_dialect dialect = {0};
	assert_true(csv_read(text_span(&document), &dialect, count_rows, &rows, &err));
	assert_int_equal(rows, 200001);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_cells_lines_and_quotes_are_told),
		cmocka_unit_test(a_quoted_cell_changes_nothing_about_the_others),
		cmocka_unit_test(a_bad_document_is_refused_with_the_line),
		cmocka_unit_test(the_taker_stops_the_reading_and_its_reason_gets_the_line),
		cmocka_unit_test(the_delimiter_is_the_commonest_outside_quotes_in_the_first_line),
		cmocka_unit_test(what_is_written_reads_back_the_same),
		cmocka_unit_test(a_long_row_and_a_long_document_are_no_trouble),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
