/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/archive.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>

#include "ledger/archive_files.h"
#include "ledger/archive_pack.h"

enum { CHUNK_BYTES = 128 << 10 };

static void close_file(FILE **file)
{
	if (*file != NULL)
		(void)fclose(*file);
}

#define AUTO_FILE AUTO(close_file)

static void free_stream(ZSTD_DStream **stream)
{
	(void)ZSTD_freeDStream(*stream);
}

#define AUTO_STREAM AUTO(free_stream)

bool archive_put(const char *state_dir, struct span bytes, struct sha256 *ret, struct error *err)
{
	AUTO_ARCHIVE_PACK struct archive_pack *pack = NULL;
	struct sha256 hash = sha256_of(bytes);

	if (!archive_touch_document(state_dir, &hash) &&
	    (!archive_pack_new(state_dir, bytes.len, &pack, err) ||
	     !archive_pack_add(pack, bytes, err) || !archive_pack_end(pack, &hash, err)))
		return false;
	*ret = hash;
	return true;
}

bool archive_has(const char *state_dir, const struct sha256 *hash)
{
	return archive_file_exists(state_dir, hash, ARCHIVE_DOCUMENT) ||
	       archive_file_exists(state_dir, hash, ARCHIVE_PAGES);
}

static bool open_file(const char *path, FILE **ret, struct error *err)
{
	FILE *file = fopen(path, "rbe");

	if (file == NULL && errno == ENOENT)
		return error_set(err, ERROR_NOT_FOUND, "%s: not in the archive", path);
	if (file == NULL)
		return error_errno(err, "%s", path);
	*ret = file;
	return true;
}

/* One chunk of compressed bytes; *left is 0 when a frame has ended. */
static bool unpack_chunk(ZSTD_DStream *stream, ZSTD_inBuffer *in, char *chunk, struct text *out,
			 size_t *left)
{
	ZSTD_outBuffer unpacked = {chunk, CHUNK_BYTES, 0};

	do {
		unpacked.pos = 0;
		*left = ZSTD_decompressStream(stream, &unpacked, in);
		if (ZSTD_isError(*left))
			return false;
		text_add(out, chunk, unpacked.pos);
	} while (!out->failed && (in->pos < in->size || unpacked.pos == CHUNK_BYTES));
	return true;
}

static bool unpack(FILE *file, struct text *out, struct error *err)
{
	AUTO_STREAM ZSTD_DStream *stream = ZSTD_createDStream();
	AUTO_FREE char *packed = malloc(CHUNK_BYTES);
	AUTO_FREE char *chunk = malloc(CHUNK_BYTES);
	size_t left = 1, len;

	if (stream == NULL || packed == NULL || chunk == NULL)
		return error_memory(err);
	while ((len = fread(packed, 1, CHUNK_BYTES, file)) > 0 && !out->failed) {
		ZSTD_inBuffer in = {packed, len, 0};
		if (!unpack_chunk(stream, &in, chunk, out, &left))
			return error_set(err, ERROR_SYSTEM, "the file is damaged (%s)",
					 ZSTD_getErrorName(left));
	}
	if (ferror(file))
		return error_errno(err, "read");
	if (!text_ok(out, "a document of the archive", err))
		return false;
	return left == 0 || error_set(err, ERROR_SYSTEM, "the file is damaged (it ends early)");
}

bool archive_get(const char *state_dir, const struct sha256 *hash, struct text *out,
		 struct error *err)
{
	AUTO_FILE FILE *file = NULL;
	char path[LEDGER_PATH_BYTES];
	struct sha256 found;

	text_clear(out);
	if (!archive_path(state_dir, hash, ARCHIVE_DOCUMENT, path, err) ||
	    !open_file(path, &file, err))
		return false;
	if (!unpack(file, out, err))
		return error_within(err, "%s", path);
	found = sha256_of(text_span(out));
	return sha256_equal(&found, hash) ||
	       error_set(err, ERROR_SYSTEM, "%s: the file is damaged (its hash is another)", path);
}

static bool write_list(const char *state_dir, const struct sha256 *hash, struct span list,
		       struct error *err)
{
	AUTO_SPOOL struct spool spool = {0};

	return spool_init(&spool, NULL, list.len, err) && spool_add(&spool, list, err) &&
	       archive_write(state_dir, hash, ARCHIVE_PAGES, &spool, err);
}

bool archive_put_pages(const char *state_dir, const struct sha256 *pages, size_t count,
		       struct sha256 *ret, struct error *err)
{
	AUTO_TEXT struct text list =
		text_with_limit((size_t)ARCHIVE_PAGES_MAX * SHA256_TEXT_BYTES + 1);
	char hex[SHA256_TEXT_BYTES];
	struct sha256 hash;

	if (count == 1) {
		*ret = pages[0];
		return true;
	}
	if (count > ARCHIVE_PAGES_MAX)
		return error_set(err, ERROR_LIMIT, "a document has more than %d pages",
				 ARCHIVE_PAGES_MAX);
	for (size_t i = 0; i < count; i++) {
		text_add_string(&list, sha256_print(&pages[i], hex));
		text_add_char(&list, '\n');
	}
	if (!text_ok(&list, "a list of pages", err))
		return false;
	hash = sha256_of(text_span(&list));
	if (archive_file_exists(state_dir, &hash, ARCHIVE_PAGES))
		archive_touch(state_dir, &hash, ARCHIVE_PAGES);
	else if (!write_list(state_dir, &hash, text_span(&list), err))
		return error_within(err, "archive");
	*ret = hash;
	return true;
}

static bool add_page(struct sha256 **pages, size_t *room, size_t *count, struct span line,
		     struct error *err)
{
	return array_grow(pages, room, *count, sizeof **pages, ARCHIVE_PAGES_MAX,
			  "pages of a document", err) &&
	       sha256_parse(line, &(*pages)[(*count)++], err);
}

/* A list of pages as it lies there, into memory. */
static bool read_list(const char *path, struct text *out, struct error *err)
{
	AUTO_FILE FILE *file = NULL;
	char chunk[4096];
	size_t len;

	if (!open_file(path, &file, err))
		return false;
	while ((len = fread(chunk, 1, sizeof chunk, file)) > 0)
		text_add(out, chunk, len);
	return text_ok(out, "a list of pages", err);
}

static bool read_pages(const char *path, const struct sha256 *hash, struct sha256 **ret_pages,
		       size_t *ret_count, struct error *err)
{
	AUTO_TEXT struct text list =
		text_with_limit((size_t)ARCHIVE_PAGES_MAX * SHA256_TEXT_BYTES + 1);
	AUTO_FREE struct sha256 *pages = NULL;
	struct sha256 found;
	struct span rest;
	size_t room = 0, count = 0;

	if (!read_list(path, &list, err))
		return false;
	rest = text_span(&list);
	found = sha256_of(rest);
	if (!sha256_equal(&found, hash))
		return error_set(err, ERROR_SYSTEM, "%s: the file is damaged (its hash is another)",
				 path);
	while (rest.len > 0)
		if (!add_page(&pages, &room, &count, span_cut(&rest, '\n'), err))
			return error_within(err, "%s", path);
	*ret_pages = ptr_take(&pages);
	*ret_count = count;
	return true;
}

bool archive_get_pages(const char *state_dir, const struct sha256 *hash, struct sha256 **ret_pages,
		       size_t *ret_count, struct error *err)
{
	char path[LEDGER_PATH_BYTES];

	if (archive_file_exists(state_dir, hash, ARCHIVE_PAGES))
		return archive_path(state_dir, hash, ARCHIVE_PAGES, path, err) &&
		       read_pages(path, hash, ret_pages, ret_count, err);
	struct sha256 *page = malloc(sizeof *page);
	if (page == NULL)
		return error_memory(err);
	*page = *hash;
	*ret_pages = page;
	*ret_count = 1;
	return true;
}
