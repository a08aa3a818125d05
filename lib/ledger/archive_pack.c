/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/archive_pack.h"

#include <stdlib.h>
#include <zstd.h>

#include "ledger/archive_files.h"

/* A megabyte to look back at keeps the compressor's memory small beside a large document. */
enum { LEVEL = 3, WINDOW_LOG = 20, CHUNK_BYTES = 16 << 10 };

struct archive_pack {
	char *state_dir;
	ZSTD_CCtx *context;
	struct spool packed;
};

void archive_pack_free(struct archive_pack **slot)
{
	struct archive_pack *pack = *slot;

	*slot = NULL;
	if (pack == NULL)
		return;
	(void)ZSTD_freeCCtx(pack->context);
	spool_done(&pack->packed);
	free(pack->state_dir);
	free(pack);
}

bool archive_touch_document(const char *state_dir, const struct sha256 *hash)
{
	if (!archive_file_exists(state_dir, hash, ARCHIVE_DOCUMENT))
		return false;
	archive_touch(state_dir, hash, ARCHIVE_DOCUMENT);
	return true;
}

static bool zstd_ok(size_t result, struct error *err)
{
	return !ZSTD_isError(result) ||
	       error_set(err, ERROR_SYSTEM, "zstd: %s", ZSTD_getErrorName(result));
}

static bool set_up(ZSTD_CCtx *context, size_t len, struct error *err)
{
	return zstd_ok(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, LEVEL), err) &&
	       zstd_ok(ZSTD_CCtx_setPledgedSrcSize(context, len), err) &&
	       (len < (size_t)1 << WINDOW_LOG ||
		zstd_ok(ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, WINDOW_LOG), err));
}

bool archive_pack_new(const char *state_dir, size_t len, struct archive_pack **ret,
		      struct error *err)
{
	AUTO_ARCHIVE_PACK struct archive_pack *pack = calloc(1, sizeof *pack);

	if (pack == NULL)
		return error_memory(err);
	pack->state_dir = span_dup(span_of(state_dir));
	pack->context = ZSTD_createCCtx();
	if (pack->state_dir == NULL || pack->context == NULL)
		return error_memory(err);
	if (!set_up(pack->context, len, err) ||
	    !spool_init(&pack->packed, state_dir, ZSTD_compressBound(len), err))
		return error_within(err, "archive");
	*ret = ptr_take(&pack);
	return true;
}

/* Hand bytes to the compressor, or (none) let it end; and keep what it gives. */
static bool press(struct archive_pack *pack, struct span bytes, ZSTD_EndDirective how,
		  struct error *err)
{
	char chunk[CHUNK_BYTES];
	ZSTD_inBuffer in = {bytes.start, bytes.len, 0};
	size_t left;

	chunk[0] = '\0';
	do {
		ZSTD_outBuffer out = {chunk, sizeof chunk, 0};
		left = ZSTD_compressStream2(pack->context, &out, &in, how);
		if (!zstd_ok(left, err) ||
		    !spool_add(&pack->packed, (struct span){chunk, out.pos}, err))
			return error_within(err, "archive");
	} while (in.pos < in.size || (how == ZSTD_e_end && left > 0));
	return true;
}

bool archive_pack_add(struct archive_pack *pack, struct span bytes, struct error *err)
{
	return press(pack, bytes, ZSTD_e_continue, err);
}

bool archive_pack_end(struct archive_pack *pack, const struct sha256 *hash, struct error *err)
{
	if (!press(pack, (struct span){"", 0}, ZSTD_e_end, err))
		return false;
	return archive_write(pack->state_dir, hash, ARCHIVE_DOCUMENT, &pack->packed, err) ||
	       error_within(err, "archive");
}
