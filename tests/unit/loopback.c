/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/loopback.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TURNS_MAX = 100000, TURN_MS = 100, QUIET_TURNS_MAX = 100 };

/* In the child: what the parent writes comes in, what the child says goes out. */
static void become(const char *const *argv, const char *dir, int input, int output)
{
	int quiet = open("/dev/null", O_RDWR);
	dup2(input >= 0 ? input : quiet, STDIN_FILENO);
	dup2(output >= 0 ? output : quiet, STDOUT_FILENO);
	dup2(quiet, STDERR_FILENO);
	if (dir != NULL && chdir(dir) != 0)
		_exit(126);
	/* execvp() changes nothing of what it is given, whatever its type says */
	char *args[32] = {0};
	for (size_t i = 0; argv[i] != NULL && i < COUNT_OF(args) - 1; i++)
		memcpy(&args[i], &argv[i], sizeof args[i]);
	if (args[0] != NULL)
		execvp(args[0], args);
	_exit(127);
}

/* Start a server that says `word` and its port on a line of its own. */
static struct loopback start(const char *const *argv, const char *dir, const char *word)
{
	int in[2], out[2], port = 0;
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		become(argv, dir, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	FILE *said = fdopen(out[0], "r");
	assert_non_null(said);
	char line[256];
	while (port == 0 && fgets(line, sizeof line, said) != NULL) {
		if (strncmp(line, word, strlen(word)) == 0)
			port = atoi(line + strlen(word));
	}
	/* the pipe stays open until the server ends: it may say more */
	if (port == 0)
		fail_msg("'%s' does not say where it listens", argv[0]);
	int kept = dup(fileno(said));
	fclose(said);
	assert_true(kept >= 0);
	return (struct loopback){.pid = pid, .input = in[1], .output = kept, .port = port};
}

struct loopback loopback_start(const char *dir)
{
	const char *out = getenv("OUT");
	char program[4096];
	snprintf(program, sizeof program, "%s/tests/fakes/fakehttp",
		 out != NULL ? out : "build/release");
	const char *const argv[] = {program, "-e", "-i", "60", dir != NULL ? "-d" : NULL,
				    dir,     NULL};
	return start(argv, NULL, "port ");
}

struct loopback loopback_start_tls(const char *dir, const char *name)
{
	char certificate[256];
	snprintf(certificate, sizeof certificate, "%s.pem", name);
	const char *const argv[] = {"openssl", "s_server",  "-accept", "127.0.0.1:0", "-HTTP",
				    "-cert",   certificate, "-key",    "key.pem",     NULL};
	return start(argv, dir, "ACCEPT 127.0.0.1:");
}

void loopback_stop(struct loopback *loopback)
{
	close(loopback->input);
	kill(loopback->pid, SIGTERM);
	waitpid(loopback->pid, NULL, 0);
	close(loopback->output);
}

void loopback_run(const char *const *argv)
{
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		become(argv, NULL, -1, -1);
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (status != 0)
		fail_msg("'%s %s' ended with %d", argv[0], argv[1], status);
}

void loopback_keep(void *self, struct fetch_result *result)
{
	struct loopback_seen *seen = self;
	seen->calls++;
	seen->result = *result;
	result->body = (struct spool){0};
}

void loopback_turn(struct fetcher *fetcher)
{
	struct error err = {0};
	struct pollfd fd = {.fd = fetcher_fd(fetcher), .events = POLLIN};
	int quiet = 0;
	for (int i = 0; fetcher_count(fetcher) > 0 && i < TURNS_MAX; i++) {
		int timeout_ms = fetcher_timeout_ms(fetcher);
		int ready = poll(&fd, 1, timeout_ms < 0 ? TURN_MS : timeout_ms);
		quiet = ready == 0 && timeout_ms < 0 ? quiet + 1 : 0;
		assert_true(quiet < QUIET_TURNS_MAX);
		if (!fetcher_turn(fetcher, &err))
			fail_msg("%s", err.text);
	}
	assert_int_equal(fetcher_count(fetcher), 0);
}

struct fetch_result loopback_fetch(struct fetcher *fetcher, const struct fetch_request *request)
{
	struct error err = {0};
	struct loopback_seen seen = {0};
	if (!fetcher_start(fetcher, request, loopback_keep, &seen, NULL, &err))
		fail_msg("%s", err.text);
	assert_int_equal(seen.calls, 0);
	loopback_turn(fetcher);
	assert_int_equal(seen.calls, 1);
	return seen.result;
}
