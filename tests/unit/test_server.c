/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/server.h"
#include "tools/client.h"

enum { PATH_BYTES = 96, ANSWER_BYTES = 4096 };

/* A server whose handler notes what it was asked, and the time. */
struct fixture {
	char directory[64], path[PATH_BYTES];
	struct server *server;
	int64_t now_ms;
	bool is_late; /* answers come later */
	int handled;
	size_t client;
	char verb[64], file[64], user[SERVER_NAME_BYTES];
};

static bool handle(void *self, const struct server_request *request, struct control_message *answer)
{
	struct fixture *fixture = self;
	const char *verb = control_get(request->message, "verb");
	fixture->handled++;
	fixture->client = request->client;
	(void)snprintf(fixture->verb, sizeof fixture->verb, "%s", verb ? verb : "");
	(void)snprintf(fixture->user, sizeof fixture->user, "%s", request->user);
	if (request->file >= 0) {
		ssize_t len = pread(request->file, fixture->file, sizeof fixture->file - 1, 0);
		fixture->file[len > 0 ? len : 0] = '\0';
	}
	control_set_integer(answer, "exit", 0);
	control_set(answer, "text", "done\n");
	return !fixture->is_late;
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof *fixture);
	if (fixture == NULL)
		return -1;
	(void)snprintf(fixture->directory, sizeof fixture->directory, "/tmp/envgap-server-XXXXXX");
	if (mkdtemp(fixture->directory) == NULL)
		return -1;
	(void)snprintf(fixture->path, sizeof fixture->path, "%s/control", fixture->directory);
	const struct server_options options = {fixture->path, "no-such-group", handle, fixture};
	assert_true(server_open(&options, &fixture->server, NULL));
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	server_close(fixture->server);
	int status = rmdir(fixture->directory); /* the socket is gone */
	free(fixture);
	return status;
}

#define WITH_SERVER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* As the loop does it, until nothing is ready. */
static void turn(struct fixture *fixture)
{
	for (int ready = 1, turns = 0; ready > 0 && turns < 100; turns++) {
		struct pollfd polls[SERVER_POLLS_MAX];
		size_t count = server_polls(fixture->server, polls);
		ready = poll(polls, count, 0);
		server_turn(fixture->server, polls, count, fixture->now_ms);
	}
}

static size_t clients_of(const struct fixture *fixture)
{
	struct pollfd polls[SERVER_POLLS_MAX];
	return server_polls(fixture->server, polls) - 1;
}

static int connect_to(const struct fixture *fixture)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	assert_true(fd >= 0);
	assert_true(span_copy(span_of(fixture->path), address.sun_path, sizeof address.sun_path));
	assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

static void say(int fd, const char *bytes)
{
	assert_int_equal(send(fd, bytes, strlen(bytes), MSG_NOSIGNAL), strlen(bytes));
}

/* What came; "" when nothing did, NULL when the other side has closed without a word. */
static const char *hear(int fd, char answer[ANSWER_BYTES])
{
	ssize_t len = recv(fd, answer, ANSWER_BYTES - 1, 0);
	if (len == 0)
		return NULL;
	answer[len > 0 ? len : 0] = '\0';
	return answer;
}

static const char good[] = "envgap 1\nverb verify\n.\n";
static const char done[] = "envgap 1\nexit 0\ntext done\\n\n.\n";

static void a_request_is_handled_and_answered_once(void **state)
{
	struct fixture *fixture = *state;
	char answer[ANSWER_BYTES];
	int fd = connect_to(fixture);
	say(fd, good);
	turn(fixture);
	assert_int_equal(fixture->handled, 1);
	assert_string_equal(fixture->verb, "verify");
	assert_string_not_equal(fixture->user, "");
	assert_string_equal(hear(fd, answer), done);
	assert_null(hear(fd, answer));
	assert_int_equal(clients_of(fixture), 0);
	(void)close(fd);
}

static void a_request_may_come_in_pieces(void **state)
{
	struct fixture *fixture = *state;
	char answer[ANSWER_BYTES];
	int fd = connect_to(fixture);
	for (size_t i = 0; i + 1 < sizeof good; i++) {
		assert_int_equal(fixture->handled, 0);
		assert_int_equal(send(fd, good + i, 1, 0), 1);
		turn(fixture);
	}
	assert_string_equal(hear(fd, answer), done);
	(void)close(fd);
}

static void a_request_that_is_none_gets_a_reason(void **state)
{
	struct fixture *fixture = *state;
	char answer[ANSWER_BYTES];
	int fd = connect_to(fixture);
	say(fd, "envgap 9\nverb verify\n.\n");
	turn(fixture);
	assert_int_equal(fixture->handled, 0);
	assert_non_null(strstr(hear(fd, answer), "exit 3\nerror the other side does not speak"));
	(void)close(fd);
}

static void who_goes_away_or_says_too_much_is_forgotten(void **state)
{
	struct fixture *fixture = *state;
	int fd = connect_to(fixture);
	say(fd, "envgap 1\nverb ver");
	turn(fixture);
	assert_int_equal(clients_of(fixture), 1);
	(void)close(fd);
	turn(fixture);
	assert_int_equal(clients_of(fixture), 0);

	fd = connect_to(fixture);
	static char much[CONTROL_MESSAGE_BYTES / 16];
	memset(much, 'x', sizeof much - 1);
	for (int i = 0; i < 20 && send(fd, much, sizeof much - 1, MSG_NOSIGNAL) > 0; i++)
		turn(fixture);
	turn(fixture);
	assert_int_equal(clients_of(fixture), 0);
	assert_int_equal(fixture->handled, 0);
	(void)close(fd);
}

static void who_dawdles_is_sent_away(void **state)
{
	struct fixture *fixture = *state;
	char answer[ANSWER_BYTES];
	int fd = connect_to(fixture);
	say(fd, "envgap 1\n");
	turn(fixture);
	fixture->now_ms = SERVER_PATIENCE_MS;
	turn(fixture);
	assert_int_equal(clients_of(fixture), 1);
	fixture->now_ms = SERVER_PATIENCE_MS + 1;
	turn(fixture);
	assert_int_equal(clients_of(fixture), 0);
	assert_null(hear(fd, answer));
	(void)close(fd);
}

static void a_late_answer_finds_its_client(void **state)
{
	struct fixture *fixture = *state;
	AUTO_MESSAGE struct control_message late = {0};
	char answer[ANSWER_BYTES];
	int first = connect_to(fixture);
	int second = connect_to(fixture);
	fixture->is_late = true;
	say(first, good);
	turn(fixture);
	size_t client = fixture->client;
	say(second, good);
	turn(fixture);
	/* who waits for the end of a poll is not sent away */
	fixture->now_ms = 10 * SERVER_PATIENCE_MS;
	turn(fixture);
	assert_int_equal(clients_of(fixture), 2);
	control_set_integer(&late, "exit", 1);
	server_answer(fixture->server, client, &late);
	turn(fixture);
	assert_string_equal(hear(first, answer), "envgap 1\nexit 1\n.\n");
	assert_string_equal(hear(second, answer), "");
	(void)close(second);
	turn(fixture);
	assert_int_equal(clients_of(fixture), 0);
	server_answer(fixture->server, fixture->client, &late); /* nobody is there */
	(void)close(first);
}

static void one_client_too_many_is_turned_away(void **state)
{
	struct fixture *fixture = *state;
	char answer[ANSWER_BYTES];
	int clients[SERVER_CLIENTS_MAX + 1];
	for (size_t i = 0; i < COUNT_OF(clients); i++) {
		clients[i] = connect_to(fixture);
		turn(fixture);
	}
	assert_int_equal(clients_of(fixture), SERVER_CLIENTS_MAX);
	assert_null(hear(clients[SERVER_CLIENTS_MAX], answer));
	(void)close(clients[0]);
	turn(fixture);
	int again = connect_to(fixture);
	say(again, good);
	turn(fixture);
	assert_string_equal(hear(again, answer), done);
	(void)close(again);
	for (size_t i = 1; i < COUNT_OF(clients); i++)
		(void)close(clients[i]);
}

static size_t open_files(void)
{
	size_t count = 0;
	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) != -1;
	return count;
}

/* With several descriptors the first counts, the others are closed. */
static void a_file_comes_with_the_request(void **state)
{
	struct fixture *fixture = *state;
	char control[CMSG_SPACE(3 * sizeof(int))] __attribute__((aligned(8))) = {0};
	char bytes[sizeof good];
	int files[3];
	int fd = connect_to(fixture);
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		files[i] = open(fixture->directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
		assert_true(files[i] >= 0);
		assert_int_equal(write(files[i], i == 0 ? "table" : "other", 5), 5);
	}
	memcpy(bytes, good, sizeof good);
	struct iovec part = {bytes, sizeof good - 1};
	struct msghdr header = {.msg_iov = &part,
				.msg_iovlen = 1,
				.msg_control = control,
				.msg_controllen = sizeof control};
	struct cmsghdr *right = CMSG_FIRSTHDR(&header);
	right->cmsg_level = SOL_SOCKET;
	right->cmsg_type = SCM_RIGHTS;
	right->cmsg_len = CMSG_LEN(sizeof files);
	memcpy(CMSG_DATA(right), files, sizeof files);
	assert_int_equal(sendmsg(fd, &header, 0), sizeof good - 1);
	size_t before = open_files();
	turn(fixture);
	assert_string_equal(fixture->file, "table");
	assert_int_equal(open_files(), before); /* none of them is left open */
	for (size_t i = 0; i < COUNT_OF(files); i++)
		(void)close(files[i]);
	(void)close(fd);
}

static void only_owner_and_group_may_connect(void **state)
{
	const struct fixture *fixture = *state;
	struct stat status;
	assert_int_equal(stat(fixture->path, &status), 0);
	assert_true(S_ISSOCK(status.st_mode));
	assert_int_equal(status.st_mode & 0777, 0660);
}

static void an_old_socket_is_replaced_and_taken_away_at_the_end(void **state)
{
	struct fixture *fixture = *state;
	const struct server_options options = {fixture->path, NULL, handle, fixture};
	char answer[ANSWER_BYTES];
	struct server *second = NULL;
	assert_true(server_open(&options, &second, NULL));
	server_close(fixture->server);
	fixture->server = second;
	/* the first took the name away with it: a second daemon never gets so far */
	assert_int_equal(access(fixture->path, F_OK), -1);
	server_close(fixture->server);
	assert_true(server_open(&options, &fixture->server, NULL));
	int fd = connect_to(fixture);
	say(fd, good);
	turn(fixture);
	assert_string_equal(hear(fd, answer), done);
	(void)close(fd);
}

static void a_path_that_is_too_long_or_not_there_is_refused(void **state)
{
	struct server *server = NULL;
	struct error err = {0};
	char path[200];
	(void)state;
	memset(path, 'x', sizeof path - 1);
	path[0] = '/';
	path[sizeof path - 1] = '\0';
	struct server_options options = {path, NULL, handle, NULL};
	assert_false(server_open(&options, &server, &err));
	assert_non_null(strstr(err.text, "is longer than 106 bytes"));
	options.path = "/nowhere/control";
	err = (struct error){0};
	assert_false(server_open(&options, &server, &err));
	assert_string_equal(err.text,
			    "control socket '/nowhere/control': No such file or directory");
}

/* Put one in the place of the other, all of which go on listening; then say so and wait. */
static _Noreturn void replace_often(const char *path, int ready)
{
	enum { REPLACED = 300 };
	const struct server_options options = {path, NULL, handle, NULL};
	for (int i = 0; i < REPLACED; i++) {
		struct server *server = NULL;
		if (!server_open(&options, &server, NULL))
			_exit(1);
	}
	(void)close(ready);
	for (;;)
		(void)pause();
}

static void under_its_name_there_is_only_a_socket_that_answers(void **state)
{
	struct fixture *fixture = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int status = 0, met = 0, refused = 0, ready[2];
	assert_true(span_copy(span_of(fixture->path), address.sun_path, sizeof address.sun_path));
	assert_int_equal(pipe2(ready, O_CLOEXEC | O_NONBLOCK), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		replace_often(fixture->path, ready[1]);
	(void)close(ready[1]);
	for (char byte; read(ready[0], &byte, 1) < 0;) {
		int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		assert_true(fd >= 0);
		bool is_there = connect(fd, (const struct sockaddr *)&address, sizeof address) == 0;
		met += is_there;
		refused += !is_there && errno != EAGAIN; /* there are many before us */
		(void)close(fd);
	}
	(void)close(ready[0]);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && met > 0);
	assert_int_equal(refused, 0);
}

/* -- the other end */

static void without_a_listener_there_is_nobody(void **state)
{
	struct fixture *fixture = *state;
	AUTO_MESSAGE struct control_message request = {0};
	AUTO_MESSAGE struct control_message answer = {0};
	struct error err = {0};
	bool there = true;
	assert_true(client_ask("/nowhere/control", &request, -1, &answer, &there, &err));
	assert_false(there);
	there = true;
	char left[PATH_BYTES + 8];
	(void)snprintf(left, sizeof left, "%s.old", fixture->path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	assert_true(span_copy(span_of(left), address.sun_path, sizeof address.sun_path));
	assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
	(void)close(fd);
	assert_true(client_ask(left, &request, -1, &answer, &there, &err));
	assert_false(there);
	assert_int_equal(unlink(left), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SERVER(a_request_is_handled_and_answered_once),
		WITH_SERVER(a_request_may_come_in_pieces),
		WITH_SERVER(a_request_that_is_none_gets_a_reason),
		WITH_SERVER(who_goes_away_or_says_too_much_is_forgotten),
		WITH_SERVER(who_dawdles_is_sent_away),
		WITH_SERVER(a_late_answer_finds_its_client),
		WITH_SERVER(one_client_too_many_is_turned_away),
		WITH_SERVER(a_file_comes_with_the_request),
		WITH_SERVER(only_owner_and_group_may_connect),
		WITH_SERVER(an_old_socket_is_replaced_and_taken_away_at_the_end),
		WITH_SERVER(a_path_that_is_too_long_or_not_there_is_refused),
		WITH_SERVER(under_its_name_there_is_only_a_socket_that_answers),
		WITH_SERVER(without_a_listener_there_is_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
