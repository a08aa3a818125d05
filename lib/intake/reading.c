/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/reading.h"

#include <stdlib.h>

#include "feed/guess.h"
#include "feed/reader.h"
#include "ledger/archive_pack.h"

enum { PIECE_BYTES = 32 << 10 };

enum phase { PHASE_HASH, PHASE_ARCHIVE, PHASE_READ, PHASE_END, PHASES };

struct reading {
	struct reading_order order;
	struct spool document;
	enum phase phase;
	size_t at; /* of the document, in this phase */
	struct hashing *hashing;
	struct archive_pack *pack;
	struct feed_reader *reader;
	struct sha256 hash;
	struct feed_page page;
	enum reading_state result; /* of PHASE_END */
	char *piece; /* PIECE_BYTES; on the heap, where nobody clears it again and again */
};

void reading_free(struct reading **slot)
{
	struct reading *reading = *slot;
	*slot = NULL;
	if (reading == NULL)
		return;
	hashing_free(&reading->hashing);
	archive_pack_free(&reading->pack);
	feed_reader_free(&reading->reader);
	spool_done(&reading->document);
	feed_page_done(&reading->page);
	free(reading->piece);
	free(reading);
}

bool reading_new(const struct reading_order *order, struct spool *document, struct reading **ret,
		 struct error *err)
{
	struct reading *reading = calloc(1, sizeof *reading);
	if (reading == NULL)
		return error_memory(err);
	reading->order = *order;
	reading->result = READING_DONE;
	reading->piece = malloc(PIECE_BYTES);
	if (reading->piece == NULL)
		(void)error_memory(err);
	if (reading->piece == NULL || !hashing_new(&reading->hashing, err)) {
		reading_free(&reading);
		return false;
	}
	reading->document = spool_take(document);
	*ret = reading;
	return true;
}

static void enter(struct reading *reading, enum phase phase)
{
	reading->phase = phase;
	reading->at = 0;
}

static bool begin_read(struct reading *reading, struct error *err)
{
	enter(reading, PHASE_READ);
	return feed_reader_new(reading->order.mapping, reading->order.sink, &reading->page,
			       &reading->reader, err);
}

static bool hash_piece(struct reading *reading, struct span piece, struct error *err)
{
	(void)err;
	hashing_add(reading->hashing, piece);
	return true;
}

static bool is_content(const struct reading *reading, const struct sha256 *hash)
{
	return sha256_is_set(hash) && sha256_equal(hash, &reading->hash);
}

static bool end_hash(struct reading *reading, struct error *err)
{
	const char *state_dir = reading->order.state_dir;
	reading->hash = hashing_end(reading->hashing);
	if (is_content(reading, &reading->order.known))
		reading->result = READING_IS_KNOWN;
	else if (is_content(reading, &reading->order.held))
		reading->result = READING_IS_HELD;
	if (reading->result != READING_DONE) {
		enter(reading, PHASE_END);
		return true;
	}
	if (state_dir == NULL || archive_touch_document(state_dir, &reading->hash))
		return begin_read(reading, err);
	enter(reading, PHASE_ARCHIVE);
	return archive_pack_new(state_dir, spool_len(&reading->document), &reading->pack, err);
}

static bool pack_piece(struct reading *reading, struct span piece, struct error *err)
{
	return archive_pack_add(reading->pack, piece, err);
}

static bool end_pack(struct reading *reading, struct error *err)
{
	if (!archive_pack_end(reading->pack, &reading->hash, err))
		return false;
	archive_pack_free(&reading->pack);
	return begin_read(reading, err);
}

static bool read_piece(struct reading *reading, struct span piece, struct error *err)
{
	if (!feed_reader_push(reading->reader, piece, err))
		return false;
	if (feed_reader_wants_again(reading->reader))
		reading->at = spool_len(&reading->document) - piece.len;
	return true;
}

static bool end_read(struct reading *reading, struct error *err)
{
	bool again = false;
	if (!feed_reader_end(reading->reader, &again, err))
		return false;
	enter(reading, again ? PHASE_READ : PHASE_END);
	return true;
}

/* What happens to each piece, and after the last one. */
static const struct {
	bool (*take)(struct reading *reading, struct span piece, struct error *err);
	bool (*end)(struct reading *reading, struct error *err);
} phases[PHASES] = {
	[PHASE_HASH] = {hash_piece, end_hash},
	[PHASE_ARCHIVE] = {pack_piece, end_pack},
	[PHASE_READ] = {read_piece, end_read},
};

/* One piece; *ret_bytes is what it cost. */
static bool step(struct reading *reading, size_t limit_bytes, size_t *ret_bytes, struct error *err)
{
	struct span piece;
	size_t room = limit_bytes < PIECE_BYTES ? limit_bytes : PIECE_BYTES;
	if (!spool_read(&reading->document, reading->at, reading->piece, room, &piece, err))
		return false;
	*ret_bytes = piece.len;
	if (piece.len == 0)
		return phases[reading->phase].end(reading, err);
	if (!phases[reading->phase].take(reading, piece, err))
		return false;
	reading->at += piece.len;
	return true;
}

bool reading_step(struct reading *reading, size_t limit_bytes, enum reading_state *ret,
		  struct error *err)
{
	size_t bytes = 0;
	for (size_t left = limit_bytes; left > 0 && reading->phase != PHASE_END; left -= bytes) {
		if (!step(reading, left, &bytes, err))
			return false;
	}
	*ret = reading->phase == PHASE_END ? reading->result : READING_GOES_ON;
	return true;
}

struct sha256 reading_hash(const struct reading *reading)
{
	return reading->hash;
}

const struct feed_page *reading_page(const struct reading *reading)
{
	return &reading->page;
}

const struct feed_format *reading_guess(const struct reading *reading)
{
	struct span start;
	enum feed_cause cause = reading->page.cause;
	bool is_another = cause == FEED_CAUSE_SHAPE || cause == FEED_CAUSE_SYNTAX;
	if (!is_another ||
	    !spool_read(&reading->document, 0, reading->piece, PIECE_BYTES, &start, NULL))
		return NULL;
	return feed_guess(start, reading->order.mapping);
}
