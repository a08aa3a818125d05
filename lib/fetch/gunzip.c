/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/gunzip.h"

enum { CHUNK_BYTES = 32 << 10, GZIP_ONLY = 16 };

static bool start(struct gunzip *gunzip, struct error *err)
{
	if (gunzip->started)
		return true;
	if (inflateInit2(&gunzip->stream, MAX_WBITS + GZIP_ONLY) != Z_OK)
		return error_memory(err);
	gunzip->started = true;
	return true;
}

static bool refuse(const struct gunzip *gunzip, int result, struct error *err)
{
	if (result == Z_MEM_ERROR)
		return error_memory(err);
	const char *why = gunzip->stream.msg != NULL ? gunzip->stream.msg : "damaged stream";
	return error_set(err, ERROR_INPUT, "gzip: %s%s", why,
			 gunzip->stream.total_in <= 2 ? " (not gzip, or more behind its end)" : "");
}

/* One round of inflate(); a member that follows another begins a new stream. */
static bool step(struct gunzip *gunzip, struct spool *out, struct error *err)
{
	if (gunzip->ended) {
		(void)inflateReset(&gunzip->stream);
		gunzip->ended = false;
	}
	unsigned char chunk[CHUNK_BYTES];
	gunzip->stream.next_out = chunk;
	gunzip->stream.avail_out = sizeof chunk;
	int result = inflate(&gunzip->stream, Z_NO_FLUSH);
	if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
		return refuse(gunzip, result, err);
	gunzip->ended = result == Z_STREAM_END;
	const struct span decoded = {(const char *)chunk, sizeof chunk - gunzip->stream.avail_out};
	return spool_add(out, decoded, err);
}

bool gunzip_add(struct gunzip *gunzip, struct span bytes, struct spool *out, struct error *err)
{
	if (!start(gunzip, err))
		return false;
	gunzip->stream.next_in = (const Bytef *)bytes.start;
	gunzip->stream.avail_in = (uInt)bytes.len;
	/* a full chunk may leave more to come although all input is taken */
	bool more = bytes.len > 0;
	while (more) {
		if (!step(gunzip, out, err))
			return false;
		more = gunzip->stream.avail_in > 0 ||
		       (gunzip->stream.avail_out == 0 && !gunzip->ended);
	}
	return true;
}

void gunzip_done(struct gunzip *gunzip)
{
	if (gunzip->started)
		(void)inflateEnd(&gunzip->stream);
	*gunzip = (struct gunzip){0};
}
