/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rrd/worker.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STOP_MS = 1000 };

struct rrd_worker rrd_worker_none(void)
{
	return (struct rrd_worker){.pid = 0, .fd = -1};
}

/* Signals as a new program expects them, whatever the caller blocks or ignores. */
static void set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;
	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	(void)posix_spawnattr_setsigmask(attributes, &none);
	(void)posix_spawnattr_setsigdefault(attributes, &all);
	(void)posix_spawnattr_setpgroup(attributes, 0);
	(void)posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
							   POSIX_SPAWN_SETPGROUP);
}

static int set_descriptors(posix_spawn_file_actions_t *actions, int fd)
{
	int failed = posix_spawn_file_actions_adddup2(actions, fd, STDIN_FILENO);
	if (failed == 0)
		failed = posix_spawn_file_actions_adddup2(actions, fd, STDOUT_FILENO);
	if (failed == 0)
		failed = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
	return failed;
}

static int spawn(const char *program, const char *state_dir, int fd, pid_t *ret)
{
	char name[] = "envgap-rrd";
	char *argv[] = {name, (char *)(uintptr_t)state_dir, NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int failed = posix_spawn_file_actions_init(&actions);
	if (failed != 0)
		return failed;
	failed = posix_spawnattr_init(&attributes);
	if (failed == 0) {
		set_attributes(&attributes);
		failed = set_descriptors(&actions, fd);
		if (failed == 0)
			failed = posix_spawn(ret, program, &actions, &attributes, argv, environ);
		(void)posix_spawnattr_destroy(&attributes);
	}
	(void)posix_spawn_file_actions_destroy(&actions);
	return failed;
}

bool rrd_worker_start(struct rrd_worker *worker, const char *program, const char *state_dir,
		      struct error *err)
{
	int ends[2];
	pid_t pid;
	if (worker->pid != 0)
		return true;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return error_errno(err, "make a socket for the RRD worker");
	int failed = spawn(program, state_dir, ends[1], &pid);
	(void)close(ends[1]);
	if (failed != 0) {
		(void)close(ends[0]);
		errno = failed;
		return error_errno(err, "start RRD worker '%s'", program);
	}
	*worker = (struct rrd_worker){.pid = pid, .fd = ends[0]};
	return true;
}

/* Collect the process; a worker that was found dead has no more to do. */
static int reap(struct rrd_worker *worker)
{
	int status = 0;
	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	(void)close(worker->fd);
	*worker = rrd_worker_none();
	return status;
}

/* How did it end?  It has closed its side, so it is about to; should it not, it is killed. */
static bool say_end(struct rrd_worker *worker, struct error *err)
{
	int pidfd = pidfd_open(worker->pid, 0);
	struct pollfd gone = {.fd = pidfd, .events = POLLIN};
	if (pidfd < 0 || poll(&gone, 1, STOP_MS) < 1)
		(void)kill(-worker->pid, SIGKILL);
	if (pidfd >= 0)
		(void)close(pidfd);
	int status = reap(worker);
	if (WIFSIGNALED(status))
		return error_set(err, ERROR_SYSTEM, "RRD worker died of signal %d (%s)",
				 WTERMSIG(status), strsignal(WTERMSIG(status)));
	return error_set(err, ERROR_SYSTEM, "RRD worker ended by itself with status %d",
			 WEXITSTATUS(status));
}

static bool say_late(struct rrd_worker *worker, const struct rrd_turn *turn, struct error *err)
{
	rrd_worker_kill(worker);
	if (turn->timeout_ms % 1000 == 0)
		return error_set(err, ERROR_SYSTEM, "RRD worker took longer than %ld s",
				 turn->timeout_ms / 1000);
	return error_set(err, ERROR_SYSTEM, "RRD worker took longer than %ld ms", turn->timeout_ms);
}

/* Wait until the socket is ready. */
static bool await(struct rrd_worker *worker, const struct rrd_turn *turn, short events,
		  struct error *err)
{
	struct pollfd ready = {.fd = worker->fd, .events = events};
	for (;;) {
		int64_t left_ms = turn->deadline_ms - turn->clock->elapsed_ms(turn->clock->self);
		if (left_ms <= 0)
			return say_late(worker, turn, err);
		int count = poll(&ready, 1, (int)left_ms);
		if (count > 0)
			return true;
		if (count < 0 && errno != EINTR)
			return error_errno(err, "wait for the RRD worker");
	}
}

bool rrd_worker_send(struct rrd_worker *worker, const struct rrd_turn *turn, struct span bytes,
		     size_t *ret_sent, struct error *err)
{
	for (;;) {
		ssize_t sent =
			send(worker->fd, bytes.start, bytes.len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent > 0) {
			*ret_sent = (size_t)sent;
			return true;
		}
		if (sent < 0 && errno != EAGAIN && errno != EINTR)
			return say_end(worker, err);
		if (!await(worker, turn, POLLOUT, err))
			return false;
	}
}

bool rrd_worker_receive(struct rrd_worker *worker, const struct rrd_turn *turn, char *bytes,
			size_t size, size_t *ret_got, struct error *err)
{
	for (;;) {
		ssize_t got = recv(worker->fd, bytes, size, MSG_DONTWAIT);
		if (got > 0) {
			*ret_got = (size_t)got;
			return true;
		}
		if (got == 0 || (errno != EAGAIN && errno != EINTR))
			return say_end(worker, err);
		if (!await(worker, turn, POLLIN, err))
			return false;
	}
}

void rrd_worker_stop(struct rrd_worker *worker)
{
	struct error ignored = {0};
	if (worker->pid == 0)
		return;
	(void)shutdown(worker->fd, SHUT_RDWR);
	(void)say_end(worker, &ignored);
}

void rrd_worker_kill(struct rrd_worker *worker)
{
	if (worker->pid == 0)
		return;
	(void)kill(-worker->pid, SIGKILL);
	(void)reap(worker);
}
