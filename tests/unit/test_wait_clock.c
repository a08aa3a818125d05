/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "daemon/wait_clock.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/version.h"

/* A clock that says 1970 a few times. */
struct slow_clock {
	int looks, right_after;
	bool terminates; /* asks the process to end at the second look */
};

static int64_t now(void *self)
{
	struct slow_clock *slow = self;
	if (slow->terminates && slow->looks == 1)
		(void)raise(SIGTERM);
	return ++slow->looks > slow->right_after ? ENVGAP_RELEASED : 100;
}

static int64_t elapsed_ms(void *self)
{
	(void)self;
	return 0;
}

static bool wait_for(struct slow_clock *slow, bool *ret_stopped)
{
	const struct clock clock = {now, elapsed_ms, slow};
	const struct log quiet = {.level = 0};
	struct error err = {0};
	*ret_stopped = false;
	return wait_clock(&clock, &quiet, ret_stopped, &err) && err.code == ERROR_NONE;
}

static void a_clock_that_is_right_is_not_waited_for(void **state)
{
	struct slow_clock slow = {0};
	bool is_stopped;
	(void)state;
	assert_true(wait_for(&slow, &is_stopped));
	assert_false(is_stopped);
	assert_int_equal(slow.looks, 1);
}

static void a_clock_that_is_wrong_is_waited_for(void **state)
{
	struct slow_clock slow = {.right_after = 2};
	bool is_stopped;
	(void)state;
	assert_true(wait_for(&slow, &is_stopped));
	assert_false(is_stopped);
	assert_int_equal(slow.looks, 3);
}

static void sigterm_ends_the_waiting(void **state)
{
	struct slow_clock slow = {.right_after = 1000, .terminates = true};
	bool is_stopped;
	(void)state;
	assert_true(wait_for(&slow, &is_stopped));
	assert_true(is_stopped);
	assert_int_equal(slow.looks, 2);
}

/* systemd's end of NOTIFY_SOCKET, see sd_notify(3). */
static int listen_as_systemd(char path[64])
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	(void)snprintf(path, 64, "/tmp/envgap-notify-%ld", (long)getpid());
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(setenv("NOTIFY_SOCKET", path, 1), 0);
	return fd;
}

static void systemd_is_told_and_does_not_lose_its_patience(void **state)
{
	struct slow_clock slow = {.right_after = 2};
	bool is_stopped;
	char path[64];
	char said[256] = "";
	(void)state;
	int fd = listen_as_systemd(path);
	assert_true(wait_for(&slow, &is_stopped));
	assert_true(read(fd, said, sizeof said - 1) > 0);
	assert_string_equal(said,
			    "STATUS=waits for the clock to be set: it says 1970-01-01T00:01:40Z");
	memset(said, 0, sizeof said);
	assert_true(read(fd, said, sizeof said - 1) > 0);
	assert_string_equal(said, "EXTEND_TIMEOUT_USEC=30000000");
	(void)unsetenv("NOTIFY_SOCKET");
	(void)close(fd);
	(void)unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_clock_that_is_right_is_not_waited_for),
		cmocka_unit_test(a_clock_that_is_wrong_is_waited_for),
		cmocka_unit_test(sigterm_ends_the_waiting),
		cmocka_unit_test(systemd_is_told_and_does_not_lose_its_patience),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
