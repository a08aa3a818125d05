/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/config.h"
#include "config/keys.h"
#include "config/secret.h"
#include "config/setup.h"

enum { PATH_BYTES = 512 };

static const char *source_path(const char *path, char buffer[PATH_BYTES])
{
	const char *root = getenv("SRC");
	(void)snprintf(buffer, PATH_BYTES, "%s/%s", root != NULL ? root : ".", path);
	return buffer;
}

static int make_directory(void **state)
{
	char path[PATH_BYTES];
	const char *tmp = getenv("TMPDIR");
	(void)snprintf(path, sizeof path, "%s/config-XXXXXX", tmp != NULL ? tmp : "/tmp");
	*state = mkdtemp(path) != NULL ? strdup(path) : NULL;
	return *state == NULL ? -1 : 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static int remove_directory(void **state)
{
	int rc = nftw(*state, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(*state);
	return rc;
}

static const char *write_file(const char *directory, const char *name, const char *content,
			      mode_t mode, char path[PATH_BYTES])
{
	(void)snprintf(path, PATH_BYTES, "%s/%s", directory, name);
	FILE *file = fopen(path, "we");
	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(path, mode), 0);
	return path;
}

static struct config *load(const char *path, struct problems *problems)
{
	struct config *config = NULL;
	struct error err = {0};
	assert_true(config_load(path, &config, problems, &err));
	assert_non_null(config);
	return config;
}

static void a_file_with_nothing_in_it_means_the_defaults(void **state)
{
	char path[PATH_BYTES];
	struct problems problems = {0};
	struct config *config = load(write_file(*state, "empty.conf", "", 0644, path), &problems);
	assert_int_equal(problems.errors + problems.warnings, 0);
	assert_string_equal(config->state_dir, "/var/lib/envgap");
	assert_string_equal(config->control, "/run/envgap/control");
	assert_string_equal(config->catalogue, "/etc/envgap/catalogue");
	assert_string_equal(config->timezone, "UTC");
	assert_null(config->worker);
	assert_int_equal(config->concurrency, 8);
	assert_int_equal(config->max_document_bytes, 64L * 1024 * 1024);
	assert_int_equal(config->keep_fetches_s, 90L * 24 * 3600);
	assert_int_equal(config->keep_documents_s, 30L * 24 * 3600);
	assert_int_equal(config->min_free_space_bytes, 256L * 1024 * 1024);
	assert_true(config->has_rrd);
	assert_int_equal(config->log_level, CONFIG_LOG_INFO);
	assert_int_equal(config->feeds.count, 0);
	config_free(config);
	problems_done(&problems);
}

static void check_waste(const struct config_feed *feed)
{
	assert_non_null(feed);
	assert_string_equal(feed->url, "file:waste.csv");
	assert_non_null(strstr(feed->file_root, "tests/config/good/documents"));
	assert_int_equal(feed->file_root[0], '/');
	assert_string_equal(feed->indicator, "usw");
	assert_string_equal(feed->mapping.fields.series, "=usw");
	assert_int_equal(feed->mapping.numbers.decimal, ',');
	assert_true(feed->mapping.numbers.scale.is_set && feed->mapping.numbers.scale.value == 0.5);
	assert_true(feed->mapping.numbers.max.value == 100);
	assert_string_equal(key_map_get(&feed->areas, span_of("Hà Nội (cũ)")), "P1");
	assert_int_equal(feed->every_s, 86400);
	assert_int_equal(feed->max_document_bytes, 16L * 1024 * 1024); /* the root's */
	assert_true(feed->is_enabled);
	assert_int_equal(config_feed_line(feed, "url", -1), 24);
	assert_int_equal(config_feed_line(feed, "unit", -1), 21); /* where the feed begins */
}

static void check_world(const struct config_feed *feed)
{
	struct config_series series;
	assert_non_null(feed);
	assert_non_null(strstr(feed->file, "feeds.d/feeds.conf"));
	assert_int_equal(feed->every_s, 12 * 3600);
	assert_int_equal(feed->jitter_s, 600);
	assert_int_equal(feed->timeout_s, 30);
	assert_int_equal(feed->mapping.format, FEED_WORLDBANK);
	assert_int_equal(feed->unknown_area, CONFIG_UNKNOWN_IGNORE);
	assert_int_equal(feed->unknown_series, CONFIG_UNKNOWN_REFUSE);
	assert_true(feed->is_complete);
	assert_int_equal(feed->series.count, 2);
	assert_true(config_series_parse(span_of(feed->series.items[1].value), &series, NULL));
	assert_string_equal(series.indicator, "pm25");
	assert_string_equal(series.breakdown, "station=all");
}

static void a_configuration_is_read_with_what_it_includes(void **state)
{
	(void)state;
	char path[PATH_BYTES];
	struct problems problems = {0};
	struct config *config = load(source_path("tests/config/good/envgap.conf", path), &problems);
	assert_int_equal(problems.errors, 0);
	assert_int_equal(config->log_level, CONFIG_LOG_NOTICE);
	assert_false(config->has_rrd);
	assert_int_equal(config->per_host_pace_s, 2);
	assert_non_null(strstr(config->state_dir, "tests/config/good/state"));
	assert_non_null(strstr(config->control, "tests/config/good/run/control"));
	assert_int_equal(config->feeds.count, 2);
	assert_int_equal(config->files.count, 2);
	check_waste(config_feed_find(config, span_of("waste-file")));
	check_world(config_feed_find(config, span_of("world")));
	assert_null(config_feed_find(config, span_of("worl")));
	config_free(config);
	problems_done(&problems);
}

#define FEED_HEAD                                                                                  \
	"feeds = ( { id = \"a\"; source = \"s\"; indicator = \"i\";"                               \
	" read = { format = \"worldbank\"; };"

static void a_secret_that_others_may_read_is_a_warning(void **state)
{
	char path[PATH_BYTES];
	struct problems problems = {0};
	write_file(*state, "open.key", "geheim\n", 0640, path);
	write_file(*state, "own.key", "geheim\n", 0600, path);
	write_file(*state, "c.conf",
		   FEED_HEAD " url = \"https://example.org/?k={own}&l={open}\";\n"
			     "secrets = { own = \"own.key\";\n open = \"open.key\"; }; } );\n",
		   0644, path);
	struct config *config = load(path, &problems);
	assert_int_equal(problems.errors, 0);
	assert_int_equal(problems.warnings, 1);
	assert_int_equal(problems.items[0].line, 3);
	assert_non_null(strstr(problems.items[0].text, "has mode 0640, others may read it"));
	const struct config_feed *feed = config_feed_at(config, 0);
	char *secret = NULL;
	assert_true(secret_read(key_map_get(&feed->secrets, span_of("own")), &secret, NULL));
	assert_string_equal(secret, "geheim");
	free(secret);
	config_free(config);
	problems_done(&problems);
}

static void a_secret_over_plain_http_is_a_warning(void **state)
{
	char path[PATH_BYTES];
	struct problems problems = {0};
	write_file(*state, "own.key", "x", 0600, path);
	write_file(*state, "c.conf",
		   FEED_HEAD " url = \"http://example.org/?k={own}\"; allow_http = true;\n"
			     "secrets = { own = \"own.key\"; }; } );\n",
		   0644, path);
	struct config *config = load(path, &problems);
	assert_int_equal(problems.errors, 0);
	assert_int_equal(problems.warnings, 1);
	assert_string_equal(problems.items[0].text,
			    "feed 'a': the secret is sent without encryption");
	config_free(config);
	problems_done(&problems);
}

static void a_secret_file_that_holds_none_is_refused_without_showing_it(void **state)
{
	static const struct {
		const char *content, *want, *why;
	} cases[] = {
		{"\nsecond line", "has no text on its first line", "an empty first line"},
		{"", "has no text on its first line", "an empty file"},
	};
	char path[PATH_BYTES];
	char *secret = NULL;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct error err = {0};
		print_message("%s\n", cases[i].why);
		write_file(*state, "s.key", cases[i].content, 0600, path);
		assert_false(secret_read(path, &secret, &err));
		assert_non_null(strstr(err.text, cases[i].want));
		assert_null(strstr(err.text, "second"));
	}
	struct error err = {0};
	assert_false(secret_read("/nonexistent/key", &secret, &err));
	assert_int_equal(err.code, ERROR_SYSTEM);
}

static void a_secret_file_over_the_ceiling_is_refused(void **state)
{
	char path[PATH_BYTES];
	char content[SECRET_MAX_BYTES + 2];
	char *secret = NULL;
	struct error err = {0};
	memset(content, 'k', sizeof content - 1);
	content[sizeof content - 1] = '\0';
	write_file(*state, "long.key", content, 0600, path);
	assert_false(secret_read(path, &secret, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_null(strstr(err.text, "kkk"));
}

static void files_that_change_appear_or_go_are_noticed(void **state)
{
	char path[PATH_BYTES];
	char other[PATH_BYTES];
	struct problems problems = {0};
	write_file(*state, "d.conf", "feeds = ( );", 0644, other);
	write_file(*state, "main.conf", "include = [ \"d*.conf\" ];", 0644, path);
	struct config *config = load(path, &problems);
	assert_int_equal(problems.errors, 0);
	assert_true(config_files_unchanged(&config->files));
	write_file(*state, "d2.conf", "", 0644, other);
	assert_false(config_files_unchanged(&config->files));
	assert_int_equal(unlink(other), 0);
	assert_true(config_files_unchanged(&config->files));
	write_file(*state, "d.conf", "feeds = ( ); ", 0644, other);
	assert_false(config_files_unchanged(&config->files));
	config_free(config);
	problems_done(&problems);
}

static void a_file_that_is_not_there_is_a_problem_of_its_own(void **state)
{
	(void)state;
	struct problems problems = {0};
	struct config *config = load("/nonexistent/envgap.conf", &problems);
	assert_true(config->is_unread);
	assert_int_equal(problems.errors, 1);
	assert_string_equal(problems.items[0].file, "/nonexistent/envgap.conf");
	assert_string_equal(problems.items[0].text, "there is no such file");
	config_free(config);
	problems_done(&problems);
	config = load("/", &problems);
	assert_string_equal(problems.items[0].text, "is not a regular file");
	config_free(config);
	problems_done(&problems);
}

static void a_setup_has_both_and_is_refused_as_a_whole(void **state)
{
	(void)state;
	char path[PATH_BYTES];
	struct problems problems = {0};
	struct error err = {0};
	struct setup *setup = NULL;
	assert_true(setup_load(
		&(struct setup_source){.path = source_path("tests/config/good/envgap.conf", path)},
		&setup, &problems, &err));
	assert_true(setup_unchanged(setup));
	assert_int_equal(setup->files.count, TABLE_COUNT);
	assert_non_null(catalogue_indicator(setup->catalogue, span_of("usw")));
	setup_free(setup);
	setup = NULL;
	assert_false(
		setup_load(&(struct setup_source){.path = source_path(
							  "tests/config/syntax/envgap.conf", path)},
			   &setup, &problems, &err));
	assert_null(setup);
	assert_int_equal(err.code, ERROR_INPUT);
	assert_int_equal(problems.errors, 1); /* nothing about a catalogue nobody named */
	problems_done(&problems);
}

/* Does the page have an item for this word? */
static bool page_has(const char *page, const char *name)
{
	char item[PATH_BYTES];
	(void)snprintf(item, sizeof item, "\n.It Ic %s\n", name);
	bool alone = strstr(page, item) != NULL;
	(void)snprintf(item, sizeof item, "\n.It Ic %s ", name);
	return alone || strstr(page, item) != NULL;
}

static int count_unsaid(const char *page, const struct key *keys)
{
	int unsaid = 0;
	for (const struct key *key = keys; key->name != NULL; key++) {
		if (!page_has(page, key->name)) {
			print_message("envgap.conf.5 has no '%s'\n", key->name);
			unsaid++;
		}
		if (key->group != NULL && key->group != config_feed_keys)
			unsaid += count_unsaid(page, key->group);
	}
	return unsaid;
}

static void every_key_has_its_item_in_the_manual(void **state)
{
	(void)state;
	char path[PATH_BYTES];
	struct config_files files = {0};
	struct span page;
	assert_true(config_files_read(&files, source_path("man/envgap.conf.5", path), NULL, &page,
				      NULL));
	assert_int_equal(count_unsaid(page.start, config_root_keys), 0);
	assert_int_equal(count_unsaid(page.start, config_feed_keys), 0);
	assert_true(config_files_read(&files, source_path("man/envgap-tables.5", path), NULL, &page,
				      NULL));
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		assert_non_null(strstr(page.start, config_tables[i].name));
		for (const struct column *c = config_tables[i].columns; c->name != NULL; c++) {
			print_message("%s %s\n", config_tables[i].name, c->name);
			assert_true(page_has(page.start, c->name));
		}
	}
	config_files_done(&files);
}

static bool is_bare(const struct key *key)
{
	return key->type == KEY_SWITCH || key->type == KEY_INTEGER || key->type == KEY_NUMBER;
}

static void the_sample_has_every_key_with_its_default_and_no_problems(void **state)
{
	(void)state;
	char path[PATH_BYTES];
	struct problems problems = {0};
	struct config *config = load(source_path("conf/envgap.conf", path), &problems);
	assert_int_equal(problems.errors + problems.warnings, 0);
	const char *sample = config->files.items[0].bytes;
	for (const struct key *key = config_root_keys; key->name != NULL; key++) {
		char line[PATH_BYTES];
		const char *value = key->fallback != NULL ? key->fallback : "";
		const char *quote = is_bare(key) ? "" : "\"";
		(void)snprintf(line, sizeof line, "\n#%s = %s%s%s;", key->name, quote, value,
			       quote);
		if (value[0] == '\0')
			(void)snprintf(line, sizeof line, "\n#%s = ", key->name);
		print_message("%s\n", key->name);
		assert_non_null(strstr(sample, line));
	}
	config_free(config);
	problems_done(&problems);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_with_nothing_in_it_means_the_defaults),
		cmocka_unit_test(a_configuration_is_read_with_what_it_includes),
		cmocka_unit_test(a_secret_that_others_may_read_is_a_warning),
		cmocka_unit_test(a_secret_over_plain_http_is_a_warning),
		cmocka_unit_test(a_secret_file_that_holds_none_is_refused_without_showing_it),
		cmocka_unit_test(a_secret_file_over_the_ceiling_is_refused),
		cmocka_unit_test(files_that_change_appear_or_go_are_noticed),
		cmocka_unit_test(a_file_that_is_not_there_is_a_problem_of_its_own),
		cmocka_unit_test(a_setup_has_both_and_is_refused_as_a_whole),
		cmocka_unit_test(every_key_has_its_item_in_the_manual),
		cmocka_unit_test(the_sample_has_every_key_with_its_default_and_no_problems),
	};
	return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
