/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "tools/commands.h"
#include "tools/help.h"

enum { WORDS_MAX = 12, HELP_BYTES = 1 << 16 };

/* argv as the kernel gives it; getopt moves its words about. */
struct line {
	char *argv[WORDS_MAX + 1];
	int argc;
};

static struct line line_of(const char *const words[])
{
	struct line line = {.argv = {strdup("envgap")}, .argc = 1};
	for (size_t i = 0; words[i] != NULL; i++)
		line.argv[line.argc++] = strdup(words[i]);
	return line;
}

static void line_done(struct line *line)
{
	for (int i = 0; i < line->argc; i++)
		free(line->argv[i]);
}

static void options_stand_before_and_after_the_command(void **state)
{
	static const char *const words[] = {"-c",	  "x.conf", "status", "--as-of",
					    "2021-12-31", "--all",  "more",   NULL};
	(void)state;
	AUTO(line_done) struct line line = line_of(words);
	struct options options;
	assert_true(options_read(line.argc, line.argv, &options, NULL));
	assert_string_equal(options.values[OPTION_CONFIG], "x.conf");
	assert_string_equal(options.values[OPTION_AS_OF], "2021-12-31");
	assert_true(options_has(&options, OPTION_ALL));
	assert_false(options_has(&options, OPTION_TARGET));
	assert_int_equal(options.word_count, 2);
	assert_string_equal(options.words[0], "status");
	assert_string_equal(options.words[1], "more");
}

static void behind_two_dashes_there_are_no_options(void **state)
{
	static const char *const words[] = {"record", "--num=4", "--", "-3.5", "--all", NULL};
	(void)state;
	AUTO(line_done) struct line line = line_of(words);
	struct options options;
	assert_true(options_read(line.argc, line.argv, &options, NULL));
	assert_string_equal(options.values[OPTION_NUM], "4");
	assert_int_equal(options.word_count, 3);
	assert_string_equal(options.words[1], "-3.5");
}

static void wrong_options_are_named(void **state)
{
	static const struct {
		const char *words[4];
		const char *text;
	} cases[] = {
		{{"--frmat", "json"}, "option '--frmat' is not known; did you mean '--format'?"},
		{{"--qqqqqqqq"}, "option '--qqqqqqqq' is not known"},
		{{"-x"}, "option '-x' is not known"},
		{{"record", "-3.5"}, "'-3.5' is not an option; put -- before a negative number"},
		{{"--format"}, "option '--format' needs an argument: FORMAT"},
		{{"-c"}, "option '--config' needs an argument: FILE"},
		{{"--all=yes"}, "option '--all' takes no argument"},
		{{"--lang", "en", "--lang=vi"}, "option '--lang' is given twice"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *words[5] = {0};
		memcpy(words, cases[i].words, sizeof cases[i].words);
		AUTO(line_done) struct line line = line_of(words);
		struct options options;
		struct error err = {0};
		assert_false(options_read(line.argc, line.argv, &options, &err));
		assert_string_equal(err.text, cases[i].text);
		assert_int_equal(err.code, ERROR_INPUT);
	}
}

static void a_command_takes_its_own_options_only(void **state)
{
	(void)state;
	const struct options options = {.values = {[OPTION_AS_OF] = "x", [OPTION_ALL] = ""}};
	struct error err = {0};
	assert_true(options_check(&options, "status", TAKES(OPTION_ALL), NULL));
	assert_false(options_check(&options, "show", TAKES(OPTION_ABOUT), &err));
	assert_string_equal(err.text, "'show' takes no option '--all'");
}

static void commands_are_in_order_and_can_be_found(void **state)
{
	(void)state;
	for (size_t i = 0; command_at(i) != NULL; i++) {
		const struct command *command = command_at(i);
		assert_ptr_equal(command_find(command->name), command);
		assert_non_null(command->run);
		assert_true(command->least <= command->most);
		if (i > 0)
			assert_true(strcmp(command_at(i - 1)->name, command->name) < 0);
	}
	assert_null(command_find("stat"));
	assert_string_equal(command_nearest("staus"), "status");
	assert_null(command_nearest("zzzzzzzzzz"));
}

static void help_has_every_command_and_every_option_it_takes(void **state)
{
	(void)state;
	AUTO_TEXT struct text all = text_with_limit(HELP_BYTES);
	commands_help(NULL, &all);
	for (size_t i = 0; command_at(i) != NULL; i++) {
		const struct command *command = command_at(i);
		AUTO_TEXT struct text out = text_with_limit(HELP_BYTES);
		assert_non_null(strstr(all.data, command->help));
		command_help(command, NULL, &out);
		for (int option = 0; option < OPTIONS; option++) {
			bool taken = option < OPTIONS_COMMON || (command->options & TAKES(option));
			AUTO_TEXT struct text name = text_with_limit(100);
			text_addf(&name, "--%s ", option_row((enum option_id)option)->name);
			assert_int_equal(strstr(out.data, name.data) != NULL, taken);
		}
	}
}

static void an_unknown_command_is_answered_with_the_nearest(void **state)
{
	(void)state;
	struct error err = {0};
	assert_false(help_unknown("gap", &err));
	assert_string_equal(err.text, "'gap' is not a command; did you mean 'gaps'?");
	err = (struct error){0};
	assert_false(help_unknown("zzzzzz", &err));
	assert_string_equal(err.text, "'zzzzzz' is not a command; 'envgap help' lists them");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_before_and_after_the_command),
		cmocka_unit_test(behind_two_dashes_there_are_no_options),
		cmocka_unit_test(wrong_options_are_named),
		cmocka_unit_test(a_command_takes_its_own_options_only),
		cmocka_unit_test(commands_are_in_order_and_can_be_found),
		cmocka_unit_test(help_has_every_command_and_every_option_it_takes),
		cmocka_unit_test(an_unknown_command_is_answered_with_the_nearest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
