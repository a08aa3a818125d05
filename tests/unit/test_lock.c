/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/disk.h"
#include "tests/unit/ledger_world.h"

/* A child that has its own descriptors: says 0 when `call` with our lock's directory was well. */
static int in_child(const struct ledger_world *world, int (*call)(const char *directory))
{
	pid_t child = fork();
	int status;

	if (child == 0)
		_exit(call(world->directory));
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int take(const char *directory)
{
	struct writer_lock *lock = NULL;
	struct error err = {0};
	char want[64];

	(void)snprintf(want, sizeof want, "process %d is the writer", (int)getppid());
	if (writer_lock_take(directory, 100, &lock, &err))
		return 0;
	return err.code == ERROR_BUSY && strstr(err.text, want) != NULL ? 10 : 11;
}

static int share(const char *directory)
{
	struct writer_lock *lock = NULL;
	struct error err = {0};

	return writer_lock_share(directory, &lock, &err) ? 0 : (int)err.code;
}

static void a_second_writer_is_told_who_the_first_is(void **state)
{
	struct ledger_world *world = *state;
	pid_t holder;

	assert_int_equal(in_child(world, take), 10);
	ledger_world_must(world, writer_lock_holder(world->directory, &holder, &world->err));
	assert_int_equal(holder, getpid());
	assert_string_equal(writer_lock_directory(world->lock), world->directory);
	ledger_world_close(world);
	ledger_world_must(world, writer_lock_holder(world->directory, &holder, &world->err));
	assert_int_equal(holder, 0);
	assert_int_equal(in_child(world, take), 0);
	/* The child died without letting go: its number is still there, its lock is not. */
	ledger_world_must(world, writer_lock_holder(world->directory, &holder, &world->err));
	assert_int_equal(holder, 0);
	ledger_world_open(world);
}

static void readers_share_and_keep_a_writer_out(void **state)
{
	struct ledger_world *world = *state;
	AUTO_WRITER_LOCK struct writer_lock *shared = NULL;
	AUTO_WRITER_LOCK struct writer_lock *lock = NULL;

	assert_int_equal(in_child(world, share), ERROR_BUSY);
	ledger_world_close(world);
	ledger_world_must(world, writer_lock_share(world->directory, &shared, &world->err));
	assert_int_equal(in_child(world, share), 0);
	ledger_world_expect(world, writer_lock_take(world->directory, 40, &lock, &world->err),
			    ERROR_BUSY, "somebody is reading");
}

static void a_directory_that_is_not_there_is_named(void **state)
{
	struct ledger_world *world = *state;
	struct writer_lock *lock = NULL;
	char path[5000];
	int64_t bytes;
	pid_t holder;

	ledger_world_expect(world, writer_lock_take("/nonexistent", 0, &lock, &world->err),
			    ERROR_NOT_FOUND, "/nonexistent/writer.lock");
	ledger_world_expect(world, writer_lock_share("/nonexistent", &lock, &world->err),
			    ERROR_NOT_FOUND, "/nonexistent/writer.lock");
	ledger_world_must(world, writer_lock_holder("/nonexistent", &holder, &world->err));
	assert_int_equal(holder, 0);
	memset(path, 'x', sizeof path);
	path[sizeof path - 1] = '\0';
	ledger_world_expect(world, writer_lock_share(path, &lock, &world->err), ERROR_LIMIT,
			    "longer than");
	ledger_world_expect(world, writer_lock_holder(path, &holder, &world->err), ERROR_LIMIT,
			    "longer than");
	ledger_world_expect(world, ledger_free_bytes("/nonexistent", &bytes, &world->err),
			    ERROR_SYSTEM, "/nonexistent");
	ledger_world_expect(world, ledger_check_blocks("/nonexistent", &world->err), ERROR_SYSTEM,
			    "/nonexistent");
}

static void free_bytes_are_some(void **state)
{
	struct ledger_world *world = *state;
	int64_t bytes = -1;

	ledger_world_must(world, ledger_free_bytes(world->directory, &bytes, &world->err));
	assert_true(bytes > 0);
	ledger_world_must(world, ledger_check_blocks(world->directory, &world->err));
}

static void the_lock_file_is_not_followed_elsewhere(void **state)
{
	struct ledger_world *world = *state;
	char path[96];
	struct writer_lock *lock = NULL;

	ledger_world_close(world);
	(void)snprintf(path, sizeof path, "%s/writer.lock", world->directory);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	ledger_world_expect(world, writer_lock_take(world->directory, 0, &lock, &world->err),
			    ERROR_SYSTEM, "writer.lock");
}

#define TEST(name)                                                                                 \
	cmocka_unit_test_setup_teardown(name, ledger_world_set_up, ledger_world_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_second_writer_is_told_who_the_first_is),
		TEST(readers_share_and_keep_a_writer_out),
		TEST(a_directory_that_is_not_there_is_named),
		TEST(free_bytes_are_some),
		TEST(the_lock_file_is_not_followed_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
