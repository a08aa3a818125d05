/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "feed/encoding.h"

#include "feed/feed.h"

enum { OUT_BYTES_MAX = 4 * FEED_DOCUMENT_MAX_BYTES };

void feed_encoding_done(struct feed_encoding *encoding)
{
	text_done(&encoding->out);
	feed_charset_done(&encoding->charset);
}

bool feed_encoding_is_wide(struct span document)
{
	return span_starts(document, "\xFF\xFE") || span_starts(document, "\xFE\xFF");
}

/* Look for the mark of UTF-16; false as long as there are too few bytes to say. */
static bool begin(struct feed_encoding *encoding, struct span *piece)
{
	while (encoding->held_count < 2 && piece->len > 0) {
		encoding->held[encoding->held_count++] = (unsigned char)*piece->start;
		*piece = span_behind(*piece, 1);
	}
	if (encoding->held_count < 2)
		return false;
	encoding->is_begun = true;
	if (encoding->held[0] == 0xff && encoding->held[1] == 0xfe)
		encoding->kind = FEED_UTF_16LE;
	else if (encoding->held[0] == 0xfe && encoding->held[1] == 0xff)
		encoding->kind = FEED_UTF_16BE;
	return true;
}

static bool push(struct feed_encoding *encoding, struct span piece, struct error *err)
{
	if (encoding->kind != FEED_UTF_8)
		return feed_charset_push(&encoding->charset, encoding->kind, piece, &encoding->out,
					 err);
	text_add(&encoding->out, piece.start, piece.len);
	return true;
}

bool feed_encoding_push(struct feed_encoding *encoding, struct span piece, struct span *ret,
			struct error *err)
{
	if (encoding->is_begun && encoding->kind == FEED_UTF_8) {
		*ret = piece;
		return true;
	}
	struct span whole = piece;
	*ret = (struct span){0};
	if (encoding->out.limit_bytes == 0)
		encoding->out = text_with_limit(OUT_BYTES_MAX);
	text_clear(&encoding->out);
	bool was_begun = encoding->is_begun;
	bool has_all = encoding->held_count == 0;
	if (!was_begun && !begin(encoding, &piece))
		return true;
	/* most documents come in one piece and are UTF-8: that is not copied */
	if (!was_begun && has_all && encoding->kind == FEED_UTF_8) {
		encoding->held_count = 0;
		*ret = whole;
		return true;
	}
	struct span first = {(const char *)encoding->held, encoding->held_count};
	encoding->held_count = 0;
	bool is_good = push(encoding, first, err) && push(encoding, piece, err);
	*ret = text_span(&encoding->out);
	return is_good && text_ok(&encoding->out, "the document in UTF-8", err);
}

bool feed_encoding_end(struct feed_encoding *encoding, struct span *ret, struct error *err)
{
	struct span held = {(const char *)encoding->held, encoding->held_count};
	if (encoding->out.limit_bytes == 0)
		encoding->out = text_with_limit(OUT_BYTES_MAX);
	text_clear(&encoding->out);
	bool is_good = push(encoding, held, err) &&
		       feed_charset_end(&encoding->charset, &encoding->out, err);
	encoding->held_count = 0;
	*ret = text_span(&encoding->out);
	return is_good && text_ok(&encoding->out, "the document in UTF-8", err);
}
