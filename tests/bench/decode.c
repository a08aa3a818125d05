/* SPDX-License-Identifier: GPL-3.0-or-later */

/* decode FILE [pieces|tree]: read a document of the World Bank: as it is in memory, in pieces as
 * they come from the network, or by a tree of the whole of it.  Prints how many records it has, and
 * the peak of the resident set in KiB. */

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "feed/reader.h"

enum { PIECE_BYTES = 16 << 10, EXIT_UNABLE = 3 };

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	(void)self;
	(void)record;
	(void)err;
	return true;
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	(void)self;
	return error_set(err, ERROR_REFUSED, "%s: %s", refusal->place, refusal->why);
}

static const struct feed_sink nobody = {take, refuse, NULL};

static bool push(struct feed_reader *reader, FILE *file, struct error *err)
{
	char piece[PIECE_BYTES];
	size_t len;
	rewind(file);
	while ((len = fread(piece, 1, sizeof piece, file)) > 0)
		if (!feed_reader_push(reader, (struct span){piece, len}, err))
			return false;
	return true;
}

static bool decode_pieces(const struct feed_mapping *mapping, FILE *file, bool is_tree,
			  struct feed_page *page, struct error *err)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	bool again = true;
	bool ok = feed_reader_new(mapping, &nobody, page, &reader, err);
	if (ok && is_tree)
		feed_reader_force_whole(reader);
	while (ok && again)
		ok = push(reader, file, err) && feed_reader_end(reader, &again, err);
	return ok;
}

static bool decode_memory(const struct feed_mapping *mapping, FILE *file, struct feed_page *page,
			  struct error *err)
{
	AUTO_TEXT struct text document = text_with_limit(FEED_DOCUMENT_MAX_BYTES);
	char piece[PIECE_BYTES];
	size_t len;
	while ((len = fread(piece, 1, sizeof piece, file)) > 0)
		text_add(&document, piece, len);
	return text_ok(&document, "the document", err) &&
	       feed_decode(mapping, text_span(&document), &nobody, page, err);
}

int main(int argc, char **argv)
{
	struct error err = {0};
	struct rusage usage = {0};
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	AUTO_FEED_PAGE struct feed_page page = {0};
	FILE *file = argc > 1 ? fopen(argv[1], "re") : NULL;
	if (file == NULL || !feed_mapping_init(&mapping, &err))
		return EXIT_UNABLE;
	mapping.format = FEED_WORLDBANK;
	bool ok = argc > 2
			  ? decode_pieces(&mapping, file, strcmp(argv[2], "tree") == 0, &page, &err)
			  : decode_memory(&mapping, file, &page, &err);
	if (ok && getrusage(RUSAGE_SELF, &usage) == 0)
		printf("%zu records, %ld KiB\n", page.taken, usage.ru_maxrss);
	else
		(void)fprintf(stderr, "decode: %s\n", err.text);
	return fclose(file) != 0 || !ok ? EXIT_UNABLE : EXIT_SUCCESS;
}
