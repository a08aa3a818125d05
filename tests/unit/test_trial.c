/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/scratch.h"
#include "trial/trial.h"

enum { PATH_BYTES = 512, NOW = 1795348800 }; /* 2026-11-22 12:00 UTC */

/* Of every test a directory of its own with these files; {0} ends a list. */
struct file {
	const char *name, *text;
};

static const char document[] = "Area;Year;Share\n"
			       "North;2021;12,5\n"
			       "North;2022;13\n"
			       "South;2022;..\n"
			       "South;2023;1.5\n";

#define READ                                                                                       \
	"read = { format = \"csv\"; fields = { area = \"Area\"; period = \"Year\"; "               \
	"series = \"=share\"; value = \"Share\"; }; periods = { patterns = [ \"YYYY\" ]; }; "      \
	"numbers = { decimal = \",\"; missing = [ \"..\" ]; }; };\n"
#define FEED                                                                                       \
	"feeds = ({ id = \"share\"; enabled = false; url = \"https://example.org/a\"; "            \
	"source = \"office\"; indicator = \"share\"; area_scheme = \"name\"; " READ " });\n"
#define GOOD                                                                                       \
	"area,period,series,value,status\n"                                                        \
	"South,2022,share,,M\n"                                                                    \
	"North,2022,share,13.0,A\n"                                                                \
	"North,2021,share,12.50,A\n"
#define REFUSED                                                                                    \
	"place,why\n\"line 5, column 'Share'\",'1.5' is not a number with the decimal sign ','\n"

static void write_file(const char *directory, const struct file *file)
{
	char path[PATH_BYTES];
	(void)snprintf(path, sizeof path, "%s/%s", directory, file->name);
	FILE *out = fopen(path, "we");
	assert_non_null(out);
	(void)fputs(file->text, out);
	assert_int_equal(fclose(out), 0);
}

/* Every mention of the directory is taken out of the findings. */
static char *without(const char *text, const char *directory)
{
	AUTO_TEXT struct text out = text_with_limit(TRIAL_FINDINGS_BYTES);
	char prefix[PATH_BYTES];
	(void)snprintf(prefix, sizeof prefix, "%s/", directory);
	for (const char *at = strstr(text, prefix); at != NULL; at = strstr(text, prefix)) {
		text_add(&out, text, (size_t)(at - text));
		text = at + strlen(prefix);
	}
	text_add_string(&out, text);
	return text_take(&out);
}

static char *run(const struct file *files, const char *configuration)
{
	char directory[SCRATCH_BYTES];
	char scratch[SCRATCH_BYTES];
	char path[PATH_BYTES];
	struct error err = {0};
	AUTO_TRIAL struct trial *trial = NULL;
	AUTO_TRIAL_FINDINGS struct trial_findings findings = {0};
	assert_true(scratch_make(directory, &err) && scratch_make(scratch, &err));
	(void)snprintf(path, sizeof path, "%s/catalogue", directory);
	assert_int_equal(mkdir(path, 0700), 0);
	for (; files->name != NULL; files++)
		write_file(directory, files);
	(void)snprintf(path, sizeof path, "%s/a.test", directory);
	const struct trial_how how = {.now = NOW, .scratch = scratch};
	bool done = trial_read(path, configuration, &trial, &err) &&
		    trial_run(trial, &how, &findings, &err);
	if (!done)
		print_error("%s\n", err.text);
	assert_true(done);
	scratch_remove(scratch);
	char *said = without(findings.text.data ? findings.text.data : "", directory);
	scratch_remove(directory);
	return said;
}

static void expect(const struct file *files, const char *findings)
{
	char *said = run(files, NULL);
	assert_string_equal(said, findings);
	free(said);
}

static void a_trial_passes_when_all_that_was_expected_came_in_any_order(void **state)
{
	(void)state;
	expect((const struct file[]){{"a.test", "documents = [ \"a.csv\" ]; observations = "
						"\"o.csv\"; refusals = \"r.csv\";\n" READ},
				     {"a.csv", document},
				     {"o.csv", GOOD},
				     {"r.csv", "place\n\"line 5, column 'Share'\"\n"},
				     {0}},
	       "");
}

static void what_differs_is_told_line_by_line(void **state)
{
	(void)state;
	static const struct {
		const char *why, *observations, *findings;
	} cases[] = {
		{"a number differs",
		 "area,period,value\nNorth,2021,12.6\nNorth,2022,13\nSouth,2022,\n",
		 "o.csv:2: North 2021: value is '12.5', not '12.6' (line 2, column 'Share')\n"},
		{"missing is not zero",
		 "area,period,value,status\nNorth,2021,12.5,A\nNorth,2022,13,A\nSouth,2022,0,M\n",
		 "o.csv:4: South 2022: value is '', not '0' (line 4, column 'Share')\n"},
		{"a row too few and one too many",
		 "area,period,value\nNorth,2021,12.5\nNorth,2020,13\nSouth,2022,\n",
		 "o.csv:3: North 2020: did not come\n"
		 "came, and is not expected: North 2022: value '13' (line 3, column 'Share')\n"},
		{"the same row twice is two",
		 "area,period,value\nNorth,2021,12.5\nNorth,2021,12.5\nNorth,2022,13\nSouth,2022,"
		 "\n",
		 "o.csv:3: North 2021: did not come\n"},
		{"only what has a column is compared", "period\n2021\n2022\n2022\n", ""},
		{"a column that there is not", "area,perid\nNorth,2021\n",
		 "o.csv:1: column 'perid' is not known; did you mean 'period'?\n"},
		{"a number that is none", "area,period,value\nNorth,2021,\"12,5\"\n",
		 "o.csv:2: value: '12,5' is not a number: ',' has no place in it\n"},
		{"a row that is too short", "area,period,value\nNorth,2021\n",
		 "o.csv:2: 2 cells, and the header has 3\n"},
		{"an empty table", "", "o.csv: it is empty; its first row names the columns\n"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		print_message("%s\n", cases[i].why);
		expect((const struct file[]){{"a.test",
					      "documents = [ \"a.csv\" ]; observations = \"o.csv\";"
					      " refusals = \"r.csv\";\n" READ},
					     {"a.csv", document},
					     {"o.csv", cases[i].observations},
					     {"r.csv", "place\n\"line 5, column 'Share'\"\n"},
					     {0}},
		       cases[i].findings);
	}
}

static void refusals_causes_and_counts_are_expected_too(void **state)
{
	(void)state;
	static const struct {
		const char *why, *test, *findings;
	} cases[] = {
		{"nothing was to be refused", "observations = \"o.csv\";",
		 "refused, and that is not expected: line 5, column 'Share': found '1.5', why "
		 "''1.5' is not a number: '.' is neither the decimal sign ',' nor a declared "
		 "grouping'\n"},
		{"it is an answer", "cause = \"empty\";",
		 "it is an answer; expected was none, for the cause 'empty'\n"},
		{"the right cause", "cause = \"shape\"; documents = [ \"b.csv\" ];", ""},
		{"another cause", "cause = \"markup\"; documents = [ \"b.csv\" ];",
		 "it is no answer for the cause 'shape', not 'markup': there is no column 'Area'; "
		 "the columns are 'Place', 'Year', 'Share'\n"},
		{"another reason", "cause = \"shape\"; why = \"so\"; documents = [ \"b.csv\" ];",
		 "it is no answer because 'there is no column 'Area'; the columns are 'Place', "
		 "'Year', 'Share'', not because 'so'\n"},
		{"no answer at all", "observations = \"o.csv\"; documents = [ \"b.csv\" ];",
		 "it is no answer: shape: there is no column 'Area'; the "
		 "columns are 'Place', 'Year', 'Share'\n"},
		{"no document", "cause = \"paging\"; documents = [ ];", ""},
		{"records passed over",
		 "observations = \"o.csv\"; refusals = \"r.csv\"; passed_over = 1;",
		 "filters passed over 0 records, not 1\n"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char test[4096];
		bool has = strstr(cases[i].test, "documents") != NULL;
		print_message("%s\n", cases[i].why);
		(void)snprintf(test, sizeof test, "%s%s\n" READ, cases[i].test,
			       has ? "" : " documents = [ \"a.csv\" ];");
		expect((const struct file[]){{"a.test", test},
					     {"a.csv", document},
					     {"b.csv", "Place;Year;Share\nNorth;2021;1\n"},
					     {"o.csv", GOOD},
					     {"r.csv", "place\n\"line 5, column 'Share'\"\n"},
					     {0}},
		       cases[i].findings);
	}
}

static void a_wrong_file_is_named_with_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *test, *findings;
	} cases[] = {
		{"observations = \"o.csv\";\n",
		 "a.test: key 'feed' or 'read' is missing: it says how the documents are read\n"},
		{"feed = \"x\";\n",
		 "a.test: it expects nothing: key 'observations', 'refusals' or "
		 "'cause' is missing\n"
		 "a.test: key 'configuration' is missing: it says where feed 'x' "
		 "stands\n"},
		{"feed = \"x\";\n" READ,
		 "a.test: feed and read do not go together; give one of them\n"
		 "a.test: key 'configuration' is missing: it says where feed 'x' stands\n"},
		{"cause = \"empty\"; refusals = \"r.csv\";\n" READ,
		 "a.test: cause says that it is no answer; then nothing comes out, and "
		 "observations "
		 "and refusals do not go with it\n"},
		{"why = \"so\"; refusals = \"r.csv\";\n" READ,
		 "a.test: why needs cause beside it\n"},
		{"catalogue = \"catalogue\"; cause = \"empty\";\n" READ,
		 "a.test: catalogue needs a feed: a mapping alone does not say what the figures "
		 "are "
		 "about\n"},
		{"cause = \"empty\";\ntoday = \"soon\";\n" READ,
		 "a.test:2: today: 'soon' is not a date such as 2021-10-08\n"},
		{"cause = \"empty\";\nfed = \"x\";\n" READ,
		 "a.test:2: key 'fed' is not known; did you mean 'feed'?\n"},
		{"cause = \"empty\"; documents = [ \"n.csv\" ]; configuration = \"n.conf\"; feed = "
		 "\"x\";\n",
		 "n.conf: there is no such file\n"},
		{"cause = \"mapping\"; read = { };\n", ""},
		{"cause = \"mapping\"; why = \"so\"; read = { };\n",
		 "a.test:1: key 'format' is missing: what the documents are\n"},
		{"configuration = \"envgap.conf\"; feed = \"shar\"; cause = \"empty\";\n",
		 "a.test: feed 'shar' is not in envgap.conf\n"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		print_message("%s\n", cases[i].test);
		expect((const struct file[]){{"a.test", cases[i].test}, {"envgap.conf", FEED}, {0}},
		       cases[i].findings);
	}
	expect((const struct file[]){{0}}, "a.test: trial: there is no such file\n");
}

/* 2026-01-31 is not yet 2027; P1 is 'North' in areas.csv; South is nowhere. */
static void with_a_catalogue_what_would_stand_in_the_ledger_is_compared(void **state)
{
	(void)state;
	static const struct file tables[] = {
		{"envgap.conf", FEED},
		{"catalogue/sources.csv", "id,name\noffice,Our office\n"},
		{"catalogue/areas.csv", "id,kind,name\nP1,province,North\n"},
		{"catalogue/indicators.csv", "id,name,unit,direction,low,high,frequency,"
					     "basis\nshare,Share,%,up,0,100,year,mean\n"},
		{"a.csv", "Area;Year;Share\nNorth;2021;12,5\nNorth;2022;130\nSouth;2022;1\n"
			  "North;2023;4\nNorth;2023;5\nNorth;2027;6\n"},
		{"o.csv", "area,period,indicator,breakdown,value,status,source,num,break\n"
			  "P1,2021,share,,12.5,A,office,,\n"},
		{"r.csv", "place,found\n"
			  "\"line 3, column 'Share'\",share North 2022 130\n"
			  "\"line 4, column 'Share'\",share South 2022 1\n"
			  "\"line 5, column 'Share'\",share P1 2023 4\n"
			  "\"line 6, column 'Share'\",share P1 2023 5\n"
			  "\"line 7, column 'Share'\",share North 2027 6\n"},
	};
	static const struct {
		const char *test, *findings;
	} cases[] = {
		{"observations = \"o.csv\"; refusals = \"r.csv\"; passed_over = 0;", ""},
		{"observations = \"o.csv\"; refusals = \"r.csv\"; passed_over = 7;",
		 "filters passed over 0 records, not 7\n"},
		{"cause = \"paging\";",
		 "it is an answer; expected was none, for the cause 'paging'\n"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct file files[COUNT_OF(tables) + 2] = {{0}};
		char test[1024];
		(void)snprintf(
			test, sizeof test,
			"configuration = \"envgap.conf\"; feed = \"share\"; catalogue = "
			"\"catalogue\"; today = \"2026-01-31\"; documents = [ \"a.csv\" ]; %s\n",
			cases[i].test);
		memcpy(files, tables, sizeof tables);
		files[COUNT_OF(tables)] = (struct file){"a.test", test};
		expect(files, cases[i].findings);
	}
}

static void a_catalogue_that_is_wrong_is_named(void **state)
{
	(void)state;
	expect(
		(const struct file[]){
			{"envgap.conf", FEED},
			{"a.csv", document},
			{"o.csv", "area\n"},
			{"a.test", "configuration = \"envgap.conf\"; feed = \"share\"; catalogue = "
				   "\"catalogue\"; observations = \"o.csv\";\n"},
			{"catalogue/sources.csv", "id,name\n"},
			{"catalogue/areas.csv", "id,kind,name\n"},
			{0}},
		"catalogue/indicators.csv: there is no such file; the catalogue needs it\n");
}

static void many_findings_are_counted_and_some_are_told(void **state)
{
	(void)state;
	AUTO_TEXT struct text table = text_with_limit(1 << 16);
	text_add_string(&table, "area,period,value\n");
	for (int i = 0; i < 2 * TRIAL_FINDINGS_SHOWN; i++)
		text_addf(&table, "A%03d,2021,1\n", i);
	char *said = run(
		(const struct file[]){
			{"a.test", "documents = [ \"a.csv\" ]; observations = \"o.csv\";\n" READ},
			{"a.csv", "Area;Year;Share\nZ;2021;1\n"},
			{"o.csv", table.data},
			{0}},
		NULL);
	/* 200 that did not come and one that came */
	assert_non_null(strstr(said, "o.csv:101: A099 2021: did not come\nand 101 more\n"));
	free(said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_trial_passes_when_all_that_was_expected_came_in_any_order),
		cmocka_unit_test(what_differs_is_told_line_by_line),
		cmocka_unit_test(refusals_causes_and_counts_are_expected_too),
		cmocka_unit_test(a_wrong_file_is_named_with_its_line),
		cmocka_unit_test(with_a_catalogue_what_would_stand_in_the_ledger_is_compared),
		cmocka_unit_test(a_catalogue_that_is_wrong_is_named),
		cmocka_unit_test(many_findings_are_counted_and_some_are_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
