/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/number.h"
#include "ledger/disk.h"

enum { WAIT_STEP_MS = 20, LOCK_MODE = 0640 };

struct writer_lock {
	int fd;
	bool exclusive;
	char *directory;
};

void writer_lock_free(struct writer_lock **slot)
{
	struct writer_lock *lock = *slot;

	if (lock == NULL)
		return;
	*slot = NULL;
	if (lock->fd >= 0) {
		if (lock->exclusive)
			(void)!ftruncate(lock->fd, 0);
		(void)close(lock->fd);
	}
	free(lock->directory);
	free(lock);
}

/* Opened, not yet locked.  A reader makes the file only where it may. */
static bool open_file(const char *state_dir, int flags, struct writer_lock **ret, struct error *err)
{
	AUTO_WRITER_LOCK struct writer_lock *lock = calloc(1, sizeof *lock);
	char path[LEDGER_PATH_BYTES];

	if (lock == NULL)
		return error_memory(err);
	lock->fd = -1;
	lock->directory = span_dup(span_of(state_dir));
	if (lock->directory == NULL)
		return error_memory(err);
	if (snprintf(path, sizeof path, "%s/writer.lock", state_dir) >= (int)sizeof path)
		return error_set(err, ERROR_LIMIT, "the path '%.60s...' is longer than %d bytes",
				 state_dir, LEDGER_PATH_BYTES - 1);
	lock->fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW, LOCK_MODE);
	if (lock->fd < 0 && errno == ENOENT)
		return error_set(err, ERROR_NOT_FOUND, "%s: there is no such file", path);
	if (lock->fd < 0)
		return error_errno(err, "%s", path);
	*ret = ptr_take(&lock);
	return true;
}

static pid_t written_pid(int fd)
{
	char digits[16];
	ssize_t len = pread(fd, digits, sizeof digits, 0);
	int64_t pid;

	if (len <= 0 || digits[len - 1] != '\n')
		return 0;
	if (!number_read_integer((struct span){digits, (size_t)len - 1}, 1, INT32_MAX, &pid, NULL))
		return 0;
	return (pid_t)pid;
}

static bool write_pid(const struct writer_lock *lock, struct error *err)
{
	char digits[16];
	int len = snprintf(digits, sizeof digits, "%d\n", (int)getpid());

	if (ftruncate(lock->fd, 0) != 0 || pwrite(lock->fd, digits, (size_t)len, 0) != len)
		return error_errno(err, "%s/writer.lock", lock->directory);
	return true;
}

/* Is it a writer, and not only readers, who has it? */
static bool has_writer(int fd)
{
	if (flock(fd, LOCK_SH | LOCK_NB) != 0)
		return true;
	(void)flock(fd, LOCK_UN);
	return false;
}

static bool busy(const struct writer_lock *lock, struct error *err)
{
	pid_t pid = written_pid(lock->fd);

	if (!has_writer(lock->fd))
		return error_set(err, ERROR_BUSY,
				 "%s: somebody is reading the ledger; try again when it is done",
				 lock->directory);
	if (pid == 0)
		return error_set(err, ERROR_BUSY, "%s: another process is the writer",
				 lock->directory);
	return error_set(err, ERROR_BUSY, "%s: process %d is the writer", lock->directory,
			 (int)pid);
}

/* Step by step, so that a lock that only readers hold is waited for. */
static bool lock_exclusively(struct writer_lock *lock, int wait_ms, struct error *err)
{
	for (;;) {
		if (flock(lock->fd, LOCK_EX | LOCK_NB) == 0)
			return true;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return error_errno(err, "%s/writer.lock", lock->directory);
		if (wait_ms <= 0 || has_writer(lock->fd))
			return busy(lock, err);
		(void)poll(NULL, 0, WAIT_STEP_MS);
		wait_ms -= WAIT_STEP_MS;
	}
}

bool writer_lock_take(const char *state_dir, int wait_ms, struct writer_lock **ret,
		      struct error *err)
{
	AUTO_WRITER_LOCK struct writer_lock *lock = NULL;

	if (!open_file(state_dir, O_RDWR | O_CREAT, &lock, err) ||
	    !lock_exclusively(lock, wait_ms, err))
		return false;
	lock->exclusive = true;
	if (!write_pid(lock, err))
		return false;
	*ret = ptr_take(&lock);
	return true;
}

bool writer_lock_share(const char *state_dir, struct writer_lock **ret, struct error *err)
{
	AUTO_WRITER_LOCK struct writer_lock *lock = NULL;

	if (!open_file(state_dir, O_RDONLY, &lock, err))
		return false;
	if (flock(lock->fd, LOCK_SH | LOCK_NB) != 0)
		return busy(lock, err);
	*ret = ptr_take(&lock);
	return true;
}

bool writer_lock_holder(const char *state_dir, pid_t *ret, struct error *err)
{
	AUTO_WRITER_LOCK struct writer_lock *lock = NULL;
	struct error why = {0};

	if (!open_file(state_dir, O_RDONLY, &lock, &why)) {
		if (why.code != ERROR_NOT_FOUND)
			return error_set(err, why.code, "%s", why.text);
		*ret = 0;
		return true;
	}
	*ret = has_writer(lock->fd) ? written_pid(lock->fd) : 0;
	return true;
}

const char *writer_lock_directory(const struct writer_lock *lock)
{
	return lock->directory;
}
