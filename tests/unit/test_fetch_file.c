/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/loopback.h"

struct place {
	char dir[64], root[128]; /* root is dir/root */
	struct fetcher *fetcher;
	struct loopback server; /* serves root */
};

static void write_file(const struct place *place, const char *name, const char *content)
{
	char path[256];
	snprintf(path, sizeof path, "%s/%s", place->dir, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
	struct place *place = calloc(1, sizeof *place);
	struct error err = {0};
	char path[256], target[256];
	snprintf(place->dir, sizeof place->dir, "/tmp/envgap-fetch-XXXXXX");
	assert_non_null(mkdtemp(place->dir));
	snprintf(place->root, sizeof place->root, "%s/root", place->dir);
	assert_int_equal(mkdir(place->root, 0755), 0);
	snprintf(path, sizeof path, "%s/roots", place->dir);
	assert_int_equal(mkdir(path, 0755), 0);
	write_file(place, "root/a.csv", "a,b\n1,2\n");
	write_file(place, "root/a.csv?page=2", "a,b\n3,4\n");
	write_file(place, "root/empty.csv", "");
	write_file(place, "outside.csv", "secret");
	write_file(place, "roots/beside.csv", "secret");
	snprintf(path, sizeof path, "%s/leads-out.csv", place->root);
	assert_int_equal(symlink("../outside.csv", path), 0);
	snprintf(path, sizeof path, "%s/leads-in.csv", place->root);
	snprintf(target, sizeof target, "%s/a.csv", place->root);
	assert_int_equal(symlink(target, path), 0);
	snprintf(path, sizeof path, "%s/leads-round.csv", place->root);
	assert_int_equal(symlink("leads-round.csv", path), 0);
	snprintf(path, sizeof path, "%s/fifo", place->root);
	assert_int_equal(mkfifo(path, 0644), 0);
	assert_true(fetcher_new(&place->fetcher, &err));
	place->server = loopback_start(place->root);
	*state = place;
	return 0;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about;
	(void)kind;
	(void)where;
	return remove(path);
}

static int tear_down(void **state)
{
	struct place *place = *state;
	fetcher_free(place->fetcher);
	loopback_stop(&place->server);
	nftw(place->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(place);
	return 0;
}

/* `pattern` has %s where the root goes, or none. */
static struct fetch_result read_from(struct place *place, const char *pattern, size_t max_bytes)
{
	char url[512];
	const char *mark = strstr(pattern, "ROOT");
	if (mark != NULL)
		snprintf(url, sizeof url, "%.*s%s%s", (int)(mark - pattern), pattern, place->root,
			 mark + strlen("ROOT"));
	else
		snprintf(url, sizeof url, "%s", pattern);
	struct fetch_request request = {
		.url = url,
		.shown_url = pattern,
		.file_root = place->root,
		.limits = {.max_bytes = max_bytes},
	};
	return loopback_fetch(place->fetcher, &request);
}

static void files_below_the_directory_are_read(void **state)
{
	static const char *const urls[] = {"file:a.csv",	 "file:ROOT/a.csv",
					   "file://ROOT/a.csv",	 "FILE:./a.csv",
					   "file:../root/a.csv", "file:leads-in.csv"};
	for (size_t i = 0; i < COUNT_OF(urls); i++) {
		struct fetch_result result = read_from(*state, urls[i], 0);
		if (result.outcome != FETCH_OK)
			fail_msg("%s: %s", urls[i], result.text);
		assert_string_equal(result.body.held.data, "a,b\n1,2\n");
		assert_int_equal(spool_len(&result.body), 8);
		assert_string_equal(result.host, "");
		fetch_result_done(&result);
	}
}

static void other_files_are_refused(void **state)
{
	static const struct {
		const char *url, *cause, *text;
	} cases[] = {
		{"file:../outside.csv", "not_allowed", "it is not below '"},
		{"file:leads-out.csv", "not_allowed", "it is not below '"},
		{"file:../roots/beside.csv", "not_allowed", "it is not below '"},
		{"file:///etc/passwd", "not_allowed", "it is not below '"},
		{"file:.", "not_allowed", "it is not below '"},
		{"file:fifo", "not_allowed", "it is not a regular file"},
		{"file:none.csv", "file", "'file:none.csv': no such file in '/tmp/envgap-fetch-"},
		{"file:a.csv/none.csv", "file",
		 "'file:a.csv/none.csv': no such file in '/tmp/envgap-fetch-"},
		{"file:///nowhere/none.csv", "file", "'file:///nowhere/none.csv': no such file"},
		{"file:leads-round.csv", "file",
		 "'file:leads-round.csv': it cannot be found: Too many levels of symbolic links"},
		{"file:empty.csv", "empty", "file:empty.csv answered with success and no document"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fetch_result result = read_from(*state, cases[i].url, 0);
		assert_int_equal(result.outcome, FETCH_FAILED);
		assert_string_equal(fetch_cause_name(result.cause), cases[i].cause);
		if (strstr(result.text, cases[i].text) == NULL)
			fail_msg("%s: %s", cases[i].url, result.text);
		assert_int_equal(spool_len(&result.body), 0);
	}
}

static void a_file_has_the_same_ceiling_as_a_document(void **state)
{
	struct fetch_result result = read_from(*state, "file:a.csv", 8);
	assert_int_equal(result.outcome, FETCH_OK);
	fetch_result_done(&result);
	result = read_from(*state, "file:a.csv", 7);
	assert_string_equal(fetch_cause_name(result.cause), "too_large");
}

static void a_path_that_is_too_long_is_refused(void **state)
{
	static char url[5000];
	memset(url, 'a', sizeof url - 1);
	memcpy(url, "file:", 5);
	struct place *place = *state;
	struct fetch_request request = {.url = url, .file_root = place->root};
	struct fetch_result result = loopback_fetch(place->fetcher, &request);
	assert_string_equal(result.text, "'(unnamed)': its path is longer than 4096 bytes");
	request.url = "file:a.csv";
	request.file_root = "/nowhere/at/all";
	result = loopback_fetch(place->fetcher, &request);
	assert_string_equal(fetch_cause_name(result.cause), "file");
	assert_non_null(strstr(result.text, "the directory for file: '/nowhere/at/all'"));
}

static struct fetch_result ask(struct place *place, const char *path, const char *etag,
			       const char *last_modified)
{
	char url[256];
	snprintf(url, sizeof url, "http://127.0.0.1:%d%s", place->server.port, path);
	struct fetch_request request = {
		.url = url, .allow_http = true, .etag = etag, .last_modified = last_modified};
	return loopback_fetch(place->fetcher, &request);
}

static void what_has_not_changed_is_not_sent_again(void **state)
{
	struct fetch_result first = ask(*state, "/a.csv", NULL, NULL);
	assert_int_equal(first.outcome, FETCH_OK);
	assert_string_equal(first.content_type, "text/csv; charset=utf-8");
	assert_true(first.etag[0] != '\0' && first.last_modified[0] != '\0');
	fetch_result_done(&first);

	const char *const validators[][2] = {
		{first.etag, ""}, {"", first.last_modified}, {first.etag, first.last_modified}};
	for (size_t i = 0; i < COUNT_OF(validators); i++) {
		struct fetch_result again =
			ask(*state, "/a.csv", validators[i][0], validators[i][1]);
		assert_int_equal(again.outcome, FETCH_NOT_MODIFIED);
		assert_int_equal(again.cause, FETCH_CAUSE_NONE);
		assert_int_equal(again.http_status, 304);
		assert_string_equal(again.etag, first.etag);
		assert_int_equal(spool_len(&again.body), 0);
	}
	struct fetch_result other = ask(*state, "/a.csv", "\"other\"", first.last_modified);
	assert_int_equal(other.outcome, FETCH_OK);
	fetch_result_done(&other);
}

static void the_fake_serves_files_after_their_query_and_none_outside(void **state)
{
	struct fetch_result second = ask(*state, "/a.csv?page=2", NULL, NULL);
	assert_string_equal(second.body.held.data, "a,b\n3,4\n");
	fetch_result_done(&second);
	struct fetch_result other = ask(*state, "/a.csv?page=9", NULL, NULL);
	assert_string_equal(other.body.held.data, "a,b\n1,2\n");
	fetch_result_done(&other);
	static const char *const absent[] = {"/none.csv", "/", "/fifo", "/..%2foutside.csv"};
	for (size_t i = 0; i < COUNT_OF(absent); i++) {
		struct fetch_result result = ask(*state, absent[i], NULL, NULL);
		assert_int_equal(result.http_status, 404);
	}
}

/* A document that is larger than what is held in memory, at a place whose disk takes it or not. */
static struct fetch_result read_large(struct place *place, const char *spool_dir)
{
	char path[512];
	char kilobyte[1024];
	(void)snprintf(path, sizeof path, "%s/large.csv", place->root);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	memset(kilobyte, 'x', sizeof kilobyte);
	for (int i = 0; i < 300; i++)
		assert_int_equal(fwrite(kilobyte, 1, sizeof kilobyte, file), sizeof kilobyte);
	assert_int_equal(fclose(file), 0);
	struct fetch_request request = {
		.url = "file:large.csv",
		.shown_url = "file:large.csv",
		.file_root = place->root,
		.spool_dir = spool_dir,
	};
	return loopback_fetch(place->fetcher, &request);
}

static void a_large_document_waits_on_disk(void **state)
{
	struct place *place = *state;
	struct fetch_result result = read_large(place, place->root);
	if (result.outcome != FETCH_OK)
		fail_msg("%s", result.text);
	assert_int_equal(spool_len(&result.body), 300 * 1024);
	assert_true(result.body.file > 0);
	fetch_result_done(&result);
}

static void a_disk_that_does_not_take_it_is_a_cause_of_its_own(void **state)
{
	struct fetch_result result = read_large(*state, "/nowhere/at/all");
	assert_int_equal(result.outcome, FETCH_FAILED);
	assert_string_equal(fetch_cause_name(result.cause), "storage");
	assert_non_null(strstr(result.text, "a temporary file in '/nowhere/at/all'"));
	fetch_result_done(&result);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_large_document_waits_on_disk),
		cmocka_unit_test(a_disk_that_does_not_take_it_is_a_cause_of_its_own),
		cmocka_unit_test(files_below_the_directory_are_read),
		cmocka_unit_test(other_files_are_refused),
		cmocka_unit_test(a_file_has_the_same_ceiling_as_a_document),
		cmocka_unit_test(a_path_that_is_too_long_is_refused),
		cmocka_unit_test(what_has_not_changed_is_not_sent_again),
		cmocka_unit_test(the_fake_serves_files_after_their_query_and_none_outside),
	};
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
