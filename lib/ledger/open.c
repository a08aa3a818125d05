/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/open.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>

#include "ledger/disk.h"
#include "ledger/ledger.h"
#include "ledger/sql.h"

enum { WAIT_STEP_MS = 20, URI_BYTES = 3 * LEDGER_PATH_BYTES + 32 };

static bool path_of(const char *state_dir, const char *name, char path[LEDGER_PATH_BYTES],
		    struct error *err)
{
	if (snprintf(path, LEDGER_PATH_BYTES, "%s/%s", state_dir, name) < LEDGER_PATH_BYTES)
		return true;
	return error_set(err, ERROR_LIMIT, "the path '%.60s...' is longer than %d bytes", state_dir,
			 LEDGER_PATH_BYTES - 1);
}

/* One thread uses a connection.  Failures of opening keep theirs, which has the words. */
static bool open_file(const char *path, int flags, sqlite3 **ret, struct error *err)
{
	sqlite3 *db = NULL;
	int status = sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX,
				     NULL);

	if (status == SQLITE_OK) {
		*ret = db;
		return true;
	}
	(void)sql_fail(db, status, err);
	(void)sqlite3_close_v2(db);
	return error_within(err, "%s", path);
}

bool open_for_writing(const char *state_dir, sqlite3 **ret, struct error *err)
{
	char path[LEDGER_PATH_BYTES];

	return path_of(state_dir, "ledger.db", path, err) &&
	       open_file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, ret, err);
}

/* Size of a file beside the ledger; -1 when it is not there. */
static bool size_of(const char *state_dir, const char *name, int64_t *ret, struct error *err)
{
	char path[LEDGER_PATH_BYTES];
	struct stat info;

	if (!path_of(state_dir, name, path, err))
		return false;
	if (stat(path, &info) != 0 && errno != ENOENT)
		return error_errno(err, "%s", path);
	*ret = stat(path, &info) == 0 ? (int64_t)info.st_size : -1;
	return true;
}

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("/._-+", c) != NULL);
}

/* A file that cannot change while we look: only with the writers locked out. */
static bool open_immutable(const char *state_dir, sqlite3 **ret, struct error *err)
{
	char path[LEDGER_PATH_BYTES];
	AUTO_TEXT struct text uri = text_with_limit(URI_BYTES);

	if (!path_of(state_dir, "ledger.db", path, err))
		return false;
	text_add_string(&uri, "file:");
	for (const char *c = path; *c != '\0'; c++) {
		if (is_plain(*c))
			text_add_char(&uri, *c);
		else
			text_addf(&uri, "%%%02X", (unsigned)(unsigned char)*c);
	}
	text_add_string(&uri, "?immutable=1");
	return text_ok(&uri, "the path of the ledger", err) &&
	       open_file(uri.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, ret, err);
}

static bool open_shared(const char *state_dir, sqlite3 **ret, struct error *err)
{
	char path[LEDGER_PATH_BYTES];

	return path_of(state_dir, "ledger.db", path, err) &&
	       open_file(path, SQLITE_OPEN_READONLY, ret, err);
}

/* Nobody is there and the shared memory file is missing.  What lies in a write-ahead log would not
 * be seen by an immutable reader, so there the ordinary way has to do. */
static bool open_alone(const char *state_dir, sqlite3 **ret, struct error *err)
{
	int64_t wal_bytes;

	if (!size_of(state_dir, "ledger.db-wal", &wal_bytes, err))
		return false;
	return wal_bytes > 0 ? open_shared(state_dir, ret, err)
			     : open_immutable(state_dir, ret, err);
}

/* Has the writer that keeps us out put its shared memory file there by now? */
static bool wait_for_writer(const char *state_dir, const struct error *why, struct error *err)
{
	int64_t shm_bytes = -1;

	for (int waited_ms = 0; waited_ms < LEDGER_BUSY_MS; waited_ms += WAIT_STEP_MS) {
		if (!size_of(state_dir, "ledger.db-shm", &shm_bytes, err))
			return false;
		if (shm_bytes >= 0)
			return true;
		(void)poll(NULL, 0, WAIT_STEP_MS);
	}
	return error_set(err, why->code, "%s", why->text);
}

bool open_for_reading(const char *state_dir, sqlite3 **ret, struct writer_lock **ret_lock,
		      struct error *err)
{
	AUTO_WRITER_LOCK struct writer_lock *lock = NULL;
	struct error why = {0};
	int64_t db_bytes, shm_bytes;

	if (!size_of(state_dir, "ledger.db", &db_bytes, err))
		return false;
	if (db_bytes < 0)
		return error_set(err, ERROR_NOT_FOUND,
				 "%s: there is no ledger yet; the first 'envgap record' or "
				 "'envgap import' makes it, or envgapd when it starts",
				 state_dir);
	if (!size_of(state_dir, "ledger.db-shm", &shm_bytes, err))
		return false;
	if (shm_bytes >= 0)
		return open_shared(state_dir, ret, err);
	if (writer_lock_share(state_dir, &lock, &why)) {
		if (!open_alone(state_dir, ret, err))
			return false;
		*ret_lock = ptr_take(&lock);
		return true;
	}
	if (why.code != ERROR_BUSY)
		return error_set(err, why.code, "%s", why.text);
	return wait_for_writer(state_dir, &why, err) && open_shared(state_dir, ret, err);
}
