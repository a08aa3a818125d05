/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/archive.h"
#include "ledger/archive_expire.h"
#include "ledger/feed_state.h"
#include "tests/unit/ledger_world.h"

static struct sha256 put(struct ledger_world *world, const char *document)
{
	struct sha256 hash;

	ledger_world_must(world,
			  archive_put(world->directory, span_of(document), &hash, &world->err));
	return hash;
}

static void path_of(const struct ledger_world *world, const struct sha256 *hash, const char *ending,
		    char path[256])
{
	char hex[SHA256_TEXT_BYTES];

	(void)sha256_print(hash, hex);
	(void)snprintf(path, 256, "%s/archive/%.2s/%s%s", world->directory, hex, hex, ending);
}

/* The value for "abc" is the example of FIPS 180-2, appendix B.1. */
static void the_hash_is_sha_256(void **state)
{
	static const char want[] =
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	struct sha256 hash = sha256_of(span_of("abc")), read, none = {0};
	struct error err = {0};
	char hex[SHA256_TEXT_BYTES];

	(void)state;
	assert_string_equal(sha256_print(&hash, hex), want);
	assert_true(sha256_parse(span_of(want), &read, &err));
	assert_true(sha256_equal(&hash, &read));
	assert_true(sha256_is_set(&hash));
	assert_false(sha256_is_set(&none));
	assert_true(sha256_parse(
		span_of("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"), &read,
		&err));
	assert_true(sha256_equal(&hash, &read));
	assert_false(sha256_parse(span_of("ba78"), &read, &err));
	assert_non_null(strstr(err.text, "has 4 digits, not 64"));
	err = (struct error){0};
	assert_false(sha256_parse(
		span_of("xa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &read,
		&err));
	assert_non_null(strstr(err.text, "not hexadecimal"));
}

static void a_document_comes_back_byte_for_byte(void **state)
{
	struct ledger_world *world = *state;
	AUTO_TEXT struct text big = text_with_limit(4 << 20);
	AUTO_TEXT struct text read = text_with_limit(4 << 20);
	struct sha256 hash;
	struct stat first, second;
	char path[256];

	/* More than one chunk of the unpacking, and not quite the same all over. */
	for (unsigned i = 0; i < 100000; i++)
		text_addf(&big, "%u,%u\n", i, i * i % 1013);
	ledger_world_must(world,
			  archive_put(world->directory, text_span(&big), &hash, &world->err));
	ledger_world_must(world, archive_get(world->directory, &hash, &read, &world->err));
	assert_true(span_equal(text_span(&big), text_span(&read)));
	path_of(world, &hash, ".zst", path);
	assert_int_equal(stat(path, &first), 0);
	assert_true((size_t)first.st_size < big.len);
	ledger_world_must(world,
			  archive_put(world->directory, text_span(&big), &hash, &world->err));
	assert_int_equal(stat(path, &second), 0);
	assert_int_equal(first.st_ino, second.st_ino);
	struct sha256 nothing = put(world, "");
	ledger_world_must(world, archive_get(world->directory, &nothing, &read, &world->err));
	assert_int_equal(read.len, 0);
}

static void overwrite(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_TRUNC);

	assert_int_equal(write(fd, bytes, len), (ssize_t)len);
	assert_int_equal(close(fd), 0);
}

static void what_cannot_be_given_back_is_said(void **state)
{
	struct ledger_world *world = *state;
	AUTO_TEXT struct text out = text_with_limit(64);
	AUTO_TEXT struct text small = text_with_limit(8);
	struct sha256 hash = put(world, "a document of some length");
	struct sha256 other = put(world, "another"), absent = sha256_of(span_of("absent"));
	char path[256], bytes[128];

	ledger_world_expect(world, archive_get(world->directory, &absent, &out, &world->err),
			    ERROR_NOT_FOUND, "not in the archive");
	ledger_world_expect(world, archive_get(world->directory, &hash, &small, &world->err),
			    ERROR_LIMIT, "document of the archive");
	path_of(world, &hash, ".zst", path);
	int fd = open(path, O_RDONLY);
	ssize_t len = read(fd, bytes, sizeof bytes);
	(void)close(fd);
	overwrite(path, bytes, (size_t)len - 3);
	ledger_world_expect(world, archive_get(world->directory, &hash, &out, &world->err),
			    ERROR_SYSTEM, "it ends early");
	overwrite(path, "rubbish, not zstd", 17);
	ledger_world_expect(world, archive_get(world->directory, &hash, &out, &world->err),
			    ERROR_SYSTEM, "the file is damaged");
	overwrite(path, bytes, (size_t)len);
	char elsewhere[256];
	path_of(world, &other, ".zst", elsewhere);
	assert_int_equal(rename(path, elsewhere), 0);
	ledger_world_expect(world, archive_get(world->directory, &other, &out, &world->err),
			    ERROR_SYSTEM, "its hash is another");
	assert_false(archive_has(world->directory, &hash));
	assert_true(archive_has(world->directory, &other));
}

static void a_directory_that_cannot_be_written_is_named(void **state)
{
	struct ledger_world *world = *state;
	struct sha256 hash;

	ledger_world_expect(world, archive_put("/proc", span_of("x"), &hash, &world->err),
			    ERROR_SYSTEM, "/proc/archive");
	ledger_world_expect(world, archive_put("/nonexistent", span_of("x"), &hash, &world->err),
			    ERROR_SYSTEM, "/nonexistent/archive");
}

static void a_document_in_pages_has_one_hash(void **state)
{
	struct ledger_world *world = *state;
	struct sha256 pages[3] = {put(world, "one"), put(world, "two"), put(world, "one")};
	AUTO_FREE struct sha256 *read = NULL;
	AUTO_FREE struct sha256 *alone = NULL;
	struct sha256 hash, again;
	size_t count;
	char path[256];

	ledger_world_must(world, archive_put_pages(world->directory, pages, 3, &hash, &world->err));
	ledger_world_must(world,
			  archive_put_pages(world->directory, pages, 3, &again, &world->err));
	assert_true(sha256_equal(&hash, &again));
	assert_true(archive_has(world->directory, &hash));
	ledger_world_must(world,
			  archive_get_pages(world->directory, &hash, &read, &count, &world->err));
	assert_int_equal(count, 3);
	assert_memory_equal(read, pages, sizeof pages);
	ledger_world_must(world,
			  archive_put_pages(world->directory, pages, 1, &again, &world->err));
	assert_true(sha256_equal(&again, &pages[0]));
	ledger_world_must(world,
			  archive_get_pages(world->directory, &again, &alone, &count, &world->err));
	assert_int_equal(count, 1);
	assert_true(sha256_equal(alone, &pages[0]));
	path_of(world, &hash, ".pages", path);
	overwrite(path, "rubbish\n", 8);
	ledger_world_expect(world,
			    archive_get_pages(world->directory, &hash, &alone, &count, &world->err),
			    ERROR_SYSTEM, "its hash is another");
	ledger_world_expect(world,
			    archive_put_pages(world->directory, pages, ARCHIVE_PAGES_MAX + 1, &hash,
					      &world->err),
			    ERROR_LIMIT, "more than 100000 pages");
}

/* Made older than everything that the tests put. */
static void age(const struct ledger_world *world, const struct sha256 *hash, const char *ending)
{
	const struct timespec long_ago[2] = {{1000, 0}, {1000, 0}};
	char path[256];

	path_of(world, hash, ending, path);
	assert_int_equal(utimensat(AT_FDCWD, path, long_ago, 0), 0);
}

static void only_what_nobody_needs_expires(void **state)
{
	struct ledger_world *world = *state;
	struct sha256 loaded = put(world, "loaded"), mapping = put(world, "mapping");
	struct sha256 last = put(world, "last good"), old = put(world, "old");
	struct sha256 fresh = put(world, "fresh"), pages[2] = {put(world, "p1"), put(world, "p2")};
	struct load load = {.kind = LOAD_POLL, .actor = "envgapd", .mapping = mapping};
	struct feed_state feed = {.feed = "wb", .content = last};
	const struct sha256 *const aged[] = {&loaded, &mapping, &last, &old, &pages[0], &pages[1]};
	char path[256], temporary[300];
	struct sha256 list;
	size_t removed;
	int64_t id;

	ledger_world_must(world, archive_put_pages(world->directory, pages, 2, &list, &world->err));
	for (size_t i = 0; i < COUNT_OF(aged); i++)
		age(world, aged[i], ".zst");
	age(world, &list, ".pages");
	path_of(world, &loaded, ".zst", path);
	(void)snprintf(temporary, sizeof temporary, "%s.tmp", path); /* left by a kill just now */
	assert_int_equal(close(open(temporary, O_CREAT | O_WRONLY, 0600)), 0);
	ledger_world_must(world, ledger_begin(world->ledger, &world->err));
	load.document = loaded;
	ledger_world_must(world, load_add(world->ledger, &load, &id, &world->err));
	load.document = list;
	ledger_world_must(world, load_add(world->ledger, &load, &id, &world->err));
	ledger_world_must(world, feed_state_put(world->ledger, &feed, &world->err));
	ledger_world_must(world, ledger_commit(world->ledger, &world->err));
	ledger_world_must(world, archive_expire(world->ledger, 2000, &removed, &world->err));
	assert_int_equal(removed, 2); /* `old` and what the kill left */
	assert_false(archive_has(world->directory, &old));
	assert_int_equal(access(temporary, F_OK), -1);
	assert_true(archive_has(world->directory, &fresh));
	for (size_t i = 0; i < COUNT_OF(aged); i++)
		assert_true(aged[i] == &old || archive_has(world->directory, aged[i]));
}

static void what_is_put_again_is_young_again(void **state)
{
	struct ledger_world *world = *state;
	struct sha256 hash = put(world, "said twice");
	size_t removed;

	age(world, &hash, ".zst");
	(void)put(world, "said twice");
	ledger_world_must(world, archive_expire(world->ledger, 2000, &removed, &world->err));
	assert_int_equal(removed, 0);
}

/* A file where a directory should be, and a path that no file can have. */
static void a_place_that_is_no_archive_is_named(void **state)
{
	struct ledger_world *world = *state;
	char path[96], deep[5000];
	struct sha256 hash = sha256_of(span_of("x"));
	size_t removed = 0;
	FILE *file;

	(void)snprintf(path, sizeof path, "%s/archive", world->directory);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fclose(file), 0);
	ledger_world_expect(world, archive_put(world->directory, span_of("x"), &hash, &world->err),
			    ERROR_SYSTEM, "archive");
	ledger_world_expect(world, archive_expire(world->ledger, 1, &removed, &world->err),
			    ERROR_SYSTEM, "archive");
	memset(deep, 'd', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	ledger_world_expect(world, archive_put(deep, span_of("x"), &hash, &world->err), ERROR_LIMIT,
			    "is longer than");
	assert_false(archive_has(deep, &hash));
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_hash_is_sha_256),
		TEST(a_document_comes_back_byte_for_byte),
		TEST(what_cannot_be_given_back_is_said),
		TEST(a_directory_that_cannot_be_written_is_named),
		TEST(a_document_in_pages_has_one_hash),
		TEST(only_what_nobody_needs_expires),
		TEST(what_is_put_again_is_young_again),
		TEST(a_place_that_is_no_archive_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
