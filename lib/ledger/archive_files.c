/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/archive_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DIRECTORY_MODE = 0750, FILE_MODE = 0640, TEMPORARY_ROOM = 8, CHUNK_BYTES = 64 << 10 };

static const char *const endings[] = {[ARCHIVE_DOCUMENT] = ".zst", [ARCHIVE_PAGES] = ".pages"};

static bool fits(int len, const char *state_dir, struct error *err)
{
	if (len < LEDGER_PATH_BYTES - TEMPORARY_ROOM)
		return true;
	return error_set(err, ERROR_LIMIT, "the path '%.60s...' is longer than %d bytes", state_dir,
			 LEDGER_PATH_BYTES - 1);
}

bool archive_path(const char *state_dir, const struct sha256 *hash, enum archive_kind kind,
		  char ret[LEDGER_PATH_BYTES], struct error *err)
{
	char hex[SHA256_TEXT_BYTES];

	(void)sha256_print(hash, hex);
	return fits(snprintf(ret, LEDGER_PATH_BYTES, "%s/archive/%.2s/%s%s", state_dir, hex, hex,
			     endings[kind]),
		    state_dir, err);
}

bool archive_file_exists(const char *state_dir, const struct sha256 *hash, enum archive_kind kind)
{
	char path[LEDGER_PATH_BYTES];

	return archive_path(state_dir, hash, kind, path, NULL) && access(path, F_OK) == 0;
}

void archive_touch(const char *state_dir, const struct sha256 *hash, enum archive_kind kind)
{
	char path[LEDGER_PATH_BYTES];

	if (archive_path(state_dir, hash, kind, path, NULL))
		(void)utimensat(AT_FDCWD, path, NULL, 0);
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

#define AUTO_FD AUTO(close_fd)

static bool sync_directory(const char *path, struct error *err)
{
	AUTO_FD int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fsync(fd) != 0)
		return error_errno(err, "%s", path);
	return true;
}

/* Make it, and sync its parent when it is new. */
static bool make_directory(const char *parent, const char *path, struct error *err)
{
	if (mkdir(path, DIRECTORY_MODE) != 0)
		return errno == EEXIST || error_errno(err, "%s", path);
	return sync_directory(parent, err);
}

/* Mostly it is there: then nothing has to be made or synced. */
static bool is_directory(const char *path)
{
	return access(path, W_OK) == 0;
}

static bool make_directories(const char *state_dir, const struct sha256 *hash,
			     char ret[LEDGER_PATH_BYTES], struct error *err)
{
	char archive[LEDGER_PATH_BYTES];
	char hex[SHA256_TEXT_BYTES];

	(void)sha256_print(hash, hex);
	if (!fits(snprintf(archive, sizeof archive, "%s/archive", state_dir), state_dir, err) ||
	    !fits(snprintf(ret, LEDGER_PATH_BYTES, "%s/archive/%.2s", state_dir, hex), state_dir,
		  err))
		return false;
	if (is_directory(ret))
		return true;
	if (!make_directory(state_dir, archive, err))
		return false;
	return make_directory(archive, ret, err);
}

static bool write_all(int fd, struct span bytes)
{
	while (bytes.len > 0) {
		ssize_t written = write(fd, bytes.start, bytes.len);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		bytes.start += written;
		bytes.len -= (size_t)written;
	}
	return true;
}

static bool write_pieces(int fd, const struct spool *bytes, struct error *err)
{
	AUTO_FREE char *chunk = malloc(CHUNK_BYTES);
	struct span piece;

	if (chunk == NULL)
		return error_memory(err);
	for (size_t at = 0; at < spool_len(bytes); at += piece.len) {
		if (!spool_read(bytes, at, chunk, CHUNK_BYTES, &piece, err))
			return false;
		if (!write_all(fd, piece))
			return error_errno(err, "write");
	}
	return true;
}

static bool write_temporary(const char *path, const struct spool *bytes, struct error *err)
{
	AUTO_FD int fd =
		open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);

	if (fd < 0)
		return error_errno(err, "%s", path);
	bool done = write_pieces(fd, bytes, err) && (fsync(fd) == 0 || error_errno(err, "fsync"));
	if (done)
		return true;
	(void)unlink(path);
	return error_within(err, "%s", path);
}

bool archive_write(const char *state_dir, const struct sha256 *hash, enum archive_kind kind,
		   const struct spool *bytes, struct error *err)
{
	char path[LEDGER_PATH_BYTES], temporary[LEDGER_PATH_BYTES], directory[LEDGER_PATH_BYTES];

	if (!archive_path(state_dir, hash, kind, path, err) ||
	    !make_directories(state_dir, hash, directory, err))
		return false;
	(void)snprintf(temporary, sizeof temporary, "%.*s%s", LEDGER_PATH_BYTES - TEMPORARY_ROOM,
		       path, ARCHIVE_TEMPORARY);
	if (!write_temporary(temporary, bytes, err))
		return false;
	if (rename(temporary, path) != 0)
		return error_errno(err, "%s", path);
	return sync_directory(directory, err);
}

bool archive_parse_name(const char *name, struct sha256 *ret, enum archive_kind *ret_kind)
{
	const size_t digits = SHA256_TEXT_BYTES - 1;

	if (strlen(name) <= digits || !sha256_parse((struct span){name, digits}, ret, NULL))
		return false;
	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		if (strcmp(name + digits, endings[i]) != 0)
			continue;
		*ret_kind = (enum archive_kind)i;
		return true;
	}
	return false;
}
