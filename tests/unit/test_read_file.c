/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "base/read_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* The reading end of a pipe with these bytes in it. */
static int pipe_with(const char *bytes)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], bytes, strlen(bytes)), (ssize_t)strlen(bytes));
	assert_int_equal(close(ends[1]), 0);
	return ends[0];
}

static void a_pipe_is_read_to_its_end(void **state)
{
	static const char *const contents[] = {"", "abc", "two\nlines\n"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(contents); i++) {
		AUTO_FREE char *got = NULL;
		size_t len = 99;
		int fd = pipe_with(contents[i]);
		assert_true(read_file(fd, 10, &got, &len, NULL));
		assert_int_equal(len, strlen(contents[i]));
		assert_string_equal(got, contents[i]);
		assert_int_equal(close(fd), 0);
	}
}

static void what_is_longer_than_the_ceiling_is_not_read(void **state)
{
	struct error err = {0};
	char *got = NULL;
	size_t len = 0;
	(void)state;
	int fd = pipe_with("abcd");
	assert_false(read_file(fd, 3, &got, &len, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_null(got);
	assert_int_equal(close(fd), 0);
}

static void what_cannot_be_read_is_said(void **state)
{
	struct error err = {0};
	char *got = NULL;
	size_t len = 0;
	(void)state;
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_false(read_file(fd, 3, &got, &len, &err));
	assert_int_equal(err.code, ERROR_SYSTEM);
	assert_string_equal(err.text, "cannot read the file: Is a directory");
	assert_int_equal(close(fd), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pipe_is_read_to_its_end),
		cmocka_unit_test(what_is_longer_than_the_ceiling_is_not_read),
		cmocka_unit_test(what_cannot_be_read_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
