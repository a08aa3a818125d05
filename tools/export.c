/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "apply/apply.h"
#include "base/version.h"
#include "intake/restore.h"
#include "ledger/hash.h"
#include "query/export_whole.h"
#include "tools/alone.h"
#include "tools/answer.h"

enum { DIRECTORY_MODE = 0777, FILE_MODE = 0666, TAG_BYTES = 4096, MANIFEST_BYTES = 1 << 30 };

/* A bag of RFC 8493 that is being written.  The manifest of its manifest comes last, so that what
 * was broken off is none. */
struct writing {
	const char *path;
	int directory, file; /* -1: none */
	struct hashing *hashing;
	char name[BAG_NAME_BYTES];
	struct text manifest;
	int64_t bytes;
	size_t count;
};

static void writing_done(struct writing *writing)
{
	if (writing->file >= 0)
		(void)close(writing->file);
	if (writing->directory >= 0)
		(void)close(writing->directory);
	hashing_free(&writing->hashing);
	text_done(&writing->manifest);
}

static bool end_file(struct writing *writing, struct error *err)
{
	char hex[SHA256_TEXT_BYTES];
	if (writing->file < 0)
		return true;
	bool done = fsync(writing->file) == 0;
	done = close(writing->file) == 0 && done;
	writing->file = -1;
	if (!done)
		return error_errno(err, "%s/%s", writing->path, writing->name);
	const struct sha256 hash = hashing_end(writing->hashing);
	text_addf(&writing->manifest, "%s  %s\n", sha256_print(&hash, hex), writing->name);
	return text_ok(&writing->manifest, "the manifest of the export", err);
}

static bool begin_file(struct writing *writing, const char *name, struct error *err)
{
	if (!end_file(writing, err))
		return false;
	(void)snprintf(writing->name, sizeof writing->name, "%s", name);
	writing->file = openat(writing->directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			       FILE_MODE);
	return writing->file >= 0 || error_errno(err, "%s/%s", writing->path, name);
}

static bool add(struct writing *writing, struct span piece, struct error *err)
{
	hashing_add(writing->hashing, piece);
	while (piece.len > 0) {
		ssize_t written = write(writing->file, piece.start, piece.len);
		if (written <= 0)
			return error_errno(err, "%s/%s", writing->path, writing->name);
		piece.start += written;
		piece.len -= (size_t)written;
	}
	return true;
}

static bool begin_payload(void *self, const char *name, struct error *err)
{
	struct writing *writing = self;
	char below[BAG_NAME_BYTES];
	(void)snprintf(below, sizeof below, "data/%s", name);
	writing->count++;
	return begin_file(writing, below, err);
}

static bool take_payload(void *self, struct span piece, struct error *err)
{
	struct writing *writing = self;
	writing->bytes += (int64_t)piece.len;
	return add(writing, piece, err);
}

static bool write_tag(struct writing *writing, const char *name, struct span text,
		      struct error *err)
{
	return begin_file(writing, name, err) && add(writing, text, err) && end_file(writing, err);
}

static bool write_tags(struct writing *writing, struct error *err)
{
	char info[TAG_BYTES];
	AUTO_FREE char *manifest = NULL;
	AUTO_FREE char *tags = NULL;
	if (!end_file(writing, err))
		return false;
	manifest = text_take(&writing->manifest);
	writing->manifest = text_with_limit(TAG_BYTES);
	(void)snprintf(info, sizeof info,
		       "Bag-Software-Agent: envgap %s\nEnvgap-Export: 1\nPayload-Oxum: %lld.%zu\n",
		       ENVGAP_VERSION, (long long)writing->bytes, writing->count);
	if (!write_tag(writing, "bagit.txt",
		       span_of("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), err) ||
	    !write_tag(writing, "bag-info.txt", span_of(info), err) ||
	    !write_tag(writing, "manifest-sha256.txt", span_of(manifest), err))
		return false;
	tags = text_take(&writing->manifest);
	return write_tag(writing, "tagmanifest-sha256.txt", span_of(tags), err);
}

/* It must not be there yet, so that nothing of another export gets into it. */
static bool make_directories(const char *path, struct writing *writing, struct error *err)
{
	if (mkdir(path, DIRECTORY_MODE) != 0 && errno == EEXIST)
		return error_set(
			err, ERROR_REFUSED,
			"-o: '%s' is there already; an export makes a directory of its own", path);
	writing->directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (writing->directory < 0 || mkdirat(writing->directory, "data", DIRECTORY_MODE) != 0 ||
	    mkdirat(writing->directory, "data/documents", DIRECTORY_MODE) != 0)
		return error_errno(err, "-o: %s", path);
	return true;
}

static bool say_written(struct session *session, const struct writing *writing, size_t missing,
			struct error *err)
{
	char said[TAG_BYTES];
	(void)snprintf(said, sizeof said,
		       "%s: %zu files, %lld bytes; check them with "
		       "'sha256sum -c manifest-sha256.txt' in it\n",
		       writing->path, writing->count, (long long)writing->bytes);
	return session_say(session, span_of(said), err) &&
	       (missing == 0 ||
		error_set(err, ERROR_REFUSED,
			  "documents that are not in the archive any more: %zu, named in "
			  "%s/data/missing.csv; all else was exported",
			  missing, writing->path));
}

static bool export_whole(struct session *session, const char *path, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	AUTO(writing_done)
	struct writing writing = {.path = path,
				  .directory = -1,
				  .file = -1,
				  .manifest = text_with_limit(MANIFEST_BYTES)};
	const struct export_files files = {begin_payload, take_payload, &writing};
	size_t missing = 0;
	return answer_open(session, &answer, err) && hashing_new(&writing.hashing, err) &&
	       make_directories(path, &writing, err) &&
	       query_export_whole(&answer.query, &files, &missing, err) &&
	       write_tags(&writing, err) && say_written(session, &writing, missing, err);
}

static bool print_piece(void *self, struct span piece, struct error *err)
{
	const struct session *session = self;
	return session_print(session, piece, err);
}

bool export_run(struct session *session, struct error *err)
{
	AUTO_ANSWER struct answer answer = {0};
	const char *path = session_option(session, OPTION_OUTPUT);
	if (path != NULL)
		return export_whole(session, path, err);
	return answer_open(session, &answer, err) &&
	       query_export(&answer.query, print_piece, session, err);
}

/* -- back */

bool export_is_whole(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool say_restored(struct session *session, const char *path,
			 const struct restore_counts *counts, struct error *err)
{
	AUTO_TEXT struct text out = text_with_limit(TAG_BYTES * 2);
	text_addf(&out,
		  "%s: restored: figures %zu, events %zu, deliveries %zu, notes %zu, files of "
		  "documents %zu\n",
		  path, counts->observations, counts->rows[TRANSFER_EVENTS],
		  counts->rows[TRANSFER_DELIVERIES], counts->rows[TRANSFER_NOTES],
		  counts->documents);
	if (counts->missing > 0)
		text_addf(&out,
			  "documents that were missing when it was exported: %zu, named in "
			  "%s/data/missing.csv\n",
			  counts->missing, path);
	return text_ok(&out, "the answer", err) && session_say(session, text_span(&out), err);
}

static bool restore_at(struct desk *desk, const struct session *session, const struct bag *bag,
		       struct restore_counts *ret, struct error *err)
{
	char actor[ALONE_NAME_BYTES];
	alone_name_user(actor);
	struct intake intake = desk_intake(desk, session->now, actor);
	return restore_bag(&intake, bag, ret, err) &&
	       ((desk_begin(desk, session->now, actor, err) &&
		 apply_all(&intake.apply, NULL, err)) ||
		error_within(err, "everything is restored, but was not judged yet"));
}

bool export_restore(struct session *session, const char *path, struct error *err)
{
	AUTO_BAG struct bag *bag = NULL;
	AUTO_DESK struct desk desk = {0};
	struct restore_counts counts;
	return bag_open(path, &bag, err) && session_read_config(session, err) &&
	       alone_open_blank(session, &desk, err) &&
	       restore_at(&desk, session, bag, &counts, err) &&
	       say_restored(session, path, &counts, err);
}
