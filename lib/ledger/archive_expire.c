/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/archive_expire.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/archive.h"
#include "ledger/archive_files.h"
#include "ledger/sql.h"

static const char HASHES_IN_USE[] =
	"SELECT document FROM load WHERE document IS NOT NULL"
	" UNION SELECT mapping FROM load WHERE mapping IS NOT NULL"
	" UNION SELECT content FROM feed_state WHERE content IS NOT NULL"
	" UNION SELECT mapping FROM feed_state"
	"  WHERE mapping IS NOT NULL"
	" UNION SELECT document FROM feed_good UNION SELECT section FROM feed_good"
	" UNION SELECT document FROM feed_held UNION SELECT section FROM feed_held"
	" UNION SELECT document FROM delivery WHERE document IS NOT NULL";

struct kept {
	struct sha256 *hashes;
	size_t count, room;
};

struct expiry {
	const char *state_dir;
	const struct kept *kept;
	int64_t before;
	size_t removed;
};

static void free_kept(struct kept *kept)
{
	free(kept->hashes);
}

static void close_directory(DIR **directory)
{
	if (*directory != NULL)
		(void)closedir(*directory);
}

#define AUTO_DIRECTORY AUTO(close_directory)

static bool keep(struct kept *kept, const struct sha256 *hash, struct error *err)
{
	if (!array_grow(&kept->hashes, &kept->room, kept->count, sizeof *kept->hashes,
			ARCHIVE_HASHES_MAX, "documents in use", err))
		return false;
	kept->hashes[kept->count++] = *hash;
	return true;
}

/* The document itself, and its pages when it is a list. */
static bool keep_document(const char *state_dir, struct kept *kept, const struct sha256 *hash,
			  struct error *err)
{
	AUTO_FREE struct sha256 *pages = NULL;
	size_t count;

	if (!keep(kept, hash, err))
		return false;
	if (!archive_file_exists(state_dir, hash, ARCHIVE_PAGES))
		return true;
	if (!archive_get_pages(state_dir, hash, &pages, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!keep(kept, &pages[i], err))
			return false;
	return true;
}

static int compare_hashes(const void *a, const void *b)
{
	return memcmp(a, b, SHA256_BYTES);
}

static bool collect_kept(struct ledger *ledger, struct kept *kept, struct error *err)
{
	AUTO_SQL struct sql sql = sql_use(ledger, HASHES_IN_USE);

	while (sql_next(&sql)) {
		struct sha256 hash = sql_read_hash(&sql);
		if (!keep_document(ledger_directory(ledger), kept, &hash, err))
			return false;
	}
	if (kept->count > 0)
		qsort(kept->hashes, kept->count, sizeof *kept->hashes, compare_hashes);
	return sql_ok(&sql, err);
}

static bool is_kept(const struct kept *kept, const struct sha256 *hash)
{
	return kept->count > 0 &&
	       bsearch(hash, kept->hashes, kept->count, sizeof *hash, compare_hashes) != NULL;
}

/* Files that a kill left half-made: whoever would rename them is gone, as we are the one writer. */
static bool is_left(const char *name)
{
	const size_t len = strlen(name), ending = strlen(ARCHIVE_TEMPORARY);

	return len > ending && strcmp(name + len - ending, ARCHIVE_TEMPORARY) == 0;
}

static bool is_in_use(const struct expiry *expiry, const char *name)
{
	struct sha256 hash;
	enum archive_kind kind;

	return archive_parse_name(name, &hash, &kind) && is_kept(expiry->kept, &hash);
}

static bool expire_file(struct expiry *expiry, int directory, const char *name, struct error *err)
{
	struct stat info;

	if (fstatat(directory, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT || error_errno(err, "archive: %s", name);
	if (!S_ISREG(info.st_mode))
		return true;
	if (!is_left(name) && (info.st_mtime >= expiry->before || is_in_use(expiry, name)))
		return true;
	if (unlinkat(directory, name, 0) != 0)
		return error_errno(err, "archive: %s", name);
	expiry->removed++;
	return true;
}

static bool expire_directory(struct expiry *expiry, unsigned number, struct error *err)
{
	char path[LEDGER_PATH_BYTES];
	const struct dirent *entry;

	if (snprintf(path, sizeof path, "%s/archive/%02x", expiry->state_dir, number) >=
	    (int)sizeof path)
		return error_set(err, ERROR_LIMIT, "the path '%.60s...' is longer than %d bytes",
				 expiry->state_dir, LEDGER_PATH_BYTES - 1);
	AUTO_DIRECTORY DIR *directory = opendir(path);
	if (directory == NULL)
		return errno == ENOENT || error_errno(err, "%s", path);
	while ((entry = readdir(directory)) != NULL)
		if (!expire_file(expiry, dirfd(directory), entry->d_name, err))
			return false;
	return true;
}

bool archive_expire(struct ledger *ledger, int64_t before, size_t *ret_removed, struct error *err)
{
	AUTO(free_kept) struct kept kept = {0};
	struct expiry expiry = {ledger_directory(ledger), &kept, before, 0};

	if (!collect_kept(ledger, &kept, err))
		return false;
	for (unsigned number = 0; number < 256; number++)
		if (!expire_directory(&expiry, number, err))
			return false;
	*ret_removed = expiry.removed;
	return true;
}
