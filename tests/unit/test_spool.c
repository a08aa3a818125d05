/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "base/spool.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { BIG_BYTES = 1000000, PIECE_BYTES = 7777 };

/* A byte that differs from those around it. */
static char byte_at(size_t at)
{
	return (char)('a' + at * 31 / 7 % 26);
}

static struct spool spool_of(const char *directory, size_t bytes)
{
	struct error err = {0};
	struct spool spool = {0};
	char piece[PIECE_BYTES];
	if (!spool_init(&spool, directory, BIG_BYTES, &err))
		fail_msg("%s", err.text);
	for (size_t at = 0; at < bytes;) {
		size_t len = 0;
		while (len < sizeof piece && at < bytes)
			piece[len++] = byte_at(at++);
		if (!spool_add(&spool, (struct span){piece, len}, &err))
			fail_msg("%s", err.text);
	}
	return spool;
}

static void expect_bytes(const struct spool *spool, size_t bytes, size_t room)
{
	char buffer[4096];
	struct error err = {0};
	struct span piece;
	assert_int_equal(spool_len(spool), bytes);
	for (size_t at = 0; at < bytes; at += piece.len) {
		if (!spool_read(spool, at, buffer, room, &piece, &err))
			fail_msg("%s", err.text);
		assert_in_range(piece.len, 1, room);
		for (size_t i = 0; i < piece.len; i++)
			assert_int_equal(piece.start[i], byte_at(at + i));
	}
	assert_true(spool_read(spool, bytes, buffer, room, &piece, &err));
	assert_int_equal(piece.len, 0);
}

static const char *directory(void)
{
	const char *tmp = getenv("TMPDIR");
	return tmp != NULL ? tmp : "/tmp";
}

static void what_was_added_is_read_again_however_long_it_is(void **state)
{
	static const size_t lengths[] = {
		0,	  1, SPOOL_MEMORY_BYTES - 1, SPOOL_MEMORY_BYTES, SPOOL_MEMORY_BYTES + 1,
		BIG_BYTES};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		AUTO_SPOOL struct spool here = spool_of(NULL, lengths[i]);
		AUTO_SPOOL struct spool there = spool_of(directory(), lengths[i]);
		expect_bytes(&here, lengths[i], 4096);
		expect_bytes(&there, lengths[i], 4096);
		expect_bytes(&there, lengths[i], 1000); /* once more */
	}
}

static size_t count_names(const char *path)
{
	size_t count = 0;
	DIR *names = opendir(path);
	assert_non_null(names);
	while (readdir(names) != NULL)
		count++;
	closedir(names);
	return count;
}

static void a_long_one_holds_little_memory_and_leaves_no_file(void **state)
{
	(void)state;
	size_t before = count_names(directory());
	struct spool spool = spool_of(directory(), BIG_BYTES);
	assert_true(spool.file > 0);
	assert_in_range(spool.held.room, 1, 2 * SPOOL_MEMORY_BYTES);
	assert_int_equal(count_names(directory()), before);
	spool_done(&spool);
	assert_int_equal(count_names(directory()), before);
}

static void one_byte_beyond_the_ceiling_is_refused(void **state)
{
	struct error err = {0};
	(void)state;
	AUTO_SPOOL struct spool spool = spool_of(directory(), BIG_BYTES);
	assert_false(spool_add(&spool, span_of("x"), &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_string_equal(err.text, "the document has more than 1000000 bytes");
	expect_bytes(&spool, BIG_BYTES, 4096);
	AUTO_SPOOL struct spool none = {0};
	assert_true(spool_add(&none, span_of(""), NULL));
	assert_false(spool_add(&none, span_of("x"), NULL));
}

static void what_is_forgotten_makes_room(void **state)
{
	(void)state;
	AUTO_SPOOL struct spool spool = spool_of(directory(), BIG_BYTES);
	spool_clear(&spool);
	assert_int_equal(spool_len(&spool), 0);
	assert_int_equal(spool.file, 0);
	assert_true(spool_add(&spool, span_of("ax"), NULL));
	assert_int_equal(spool_len(&spool), 2);
}

static void one_that_was_moved_is_empty_where_it_was(void **state)
{
	(void)state;
	AUTO_SPOOL struct spool spool = spool_of(directory(), BIG_BYTES);
	AUTO_SPOOL struct spool moved = spool_take(&spool);
	expect_bytes(&moved, BIG_BYTES, 4096);
	assert_int_equal(spool_len(&spool), 0);
}

static void a_directory_that_cannot_be_written_is_named(void **state)
{
	struct error err = {0};
	struct spool spool = {0};
	char bytes[PIECE_BYTES] = {0};
	(void)state;
	assert_true(spool_init(&spool, "/nowhere/at/all", BIG_BYTES, NULL));
	while (spool_add(&spool, (struct span){bytes, sizeof bytes}, &err))
		assert_in_range(spool_len(&spool), 1, SPOOL_MEMORY_BYTES);
	assert_string_equal(err.text,
			    "a temporary file in '/nowhere/at/all': No such file or directory");
	spool_done(&spool);
}

/* As on a full disk: the file may not grow. */
static void a_file_that_cannot_grow_is_a_failure_with_its_reason(void **state)
{
	const struct rlimit little = {SPOOL_MEMORY_BYTES, RLIM_INFINITY};
	const struct rlimit much = {RLIM_INFINITY, RLIM_INFINITY};
	struct error err = {0};
	struct spool spool = {0};
	char bytes[PIECE_BYTES] = {0};
	(void)state;
	assert_true(spool_init(&spool, directory(), BIG_BYTES, NULL));
	assert_true(signal(SIGXFSZ, SIG_IGN) != SIG_ERR);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	while (spool_add(&spool, (struct span){bytes, sizeof bytes}, &err))
		assert_in_range(spool_len(&spool), 1, BIG_BYTES);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &much), 0);
	assert_int_equal(err.code, ERROR_SYSTEM);
	assert_non_null(strstr(err.text, "cannot be written: File too large"));
	spool_done(&spool);
}

static void a_file_that_became_shorter_is_a_failure(void **state)
{
	struct error err = {0};
	struct span piece;
	char buffer[10];
	(void)state;
	AUTO_SPOOL struct spool spool = spool_of(directory(), BIG_BYTES);
	assert_int_equal(ftruncate(spool.file, 5), 0);
	assert_true(spool_read(&spool, 0, buffer, sizeof buffer, &piece, &err));
	assert_int_equal(piece.len, 5);
	assert_false(spool_read(&spool, 5, buffer, sizeof buffer, &piece, &err));
	assert_string_equal(err.text, "a temporary file has become shorter");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_added_is_read_again_however_long_it_is),
		cmocka_unit_test(a_long_one_holds_little_memory_and_leaves_no_file),
		cmocka_unit_test(one_byte_beyond_the_ceiling_is_refused),
		cmocka_unit_test(what_is_forgotten_makes_room),
		cmocka_unit_test(one_that_was_moved_is_empty_where_it_was),
		cmocka_unit_test(a_directory_that_cannot_be_written_is_named),
		cmocka_unit_test(a_file_that_cannot_grow_is_a_failure_with_its_reason),
		cmocka_unit_test(a_file_that_became_shorter_is_a_failure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
