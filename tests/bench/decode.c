/* SPDX-License-Identifier: GPL-3.0-or-later */

/* decode FILE [whole]: read a document of the World Bank in pieces, as it comes from the network,
 * and count its records; prints them and the peak of the resident set in KiB.  whole: by a tree of
 * the whole document, for comparison. */

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "feed/reader.h"

enum { PIECE_BYTES = 16 << 10, EXIT_UNABLE = 3 };

static bool take(void *self, const struct feed_record *record, struct error *err)
{
	(void)err;
	*(double *)self += record->number.value;
	return true;
}

static bool refuse(void *self, const struct feed_refusal *refusal, struct error *err)
{
	(void)self;
	return error_set(err, ERROR_REFUSED, "%s: %s", refusal->place, refusal->why);
}

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

static bool decode(const struct feed_mapping *mapping, FILE *file, bool is_whole, struct error *err)
{
	AUTO_FEED_READER struct feed_reader *reader = NULL;
	AUTO_FEED_PAGE struct feed_page page = {0};
	double sum = 0;
	struct feed_sink sink = {take, refuse, &sum};
	bool again = true;
	bool ok = feed_reader_new(mapping, &sink, &page, &reader, err);
	if (ok && is_whole)
		feed_reader_force_whole(reader);
	while (ok && again)
		ok = push(reader, file, err) && feed_reader_end(reader, &again, err);
	struct rusage usage = {0};
	if (!ok || getrusage(RUSAGE_SELF, &usage) != 0)
		return false;
	return printf("%zu records, sum %.6f, %ld KiB\n", page.taken, sum, usage.ru_maxrss) > 0;
}

int main(int argc, char **argv)
{
	struct error err = {0};
	AUTO_FEED_MAPPING struct feed_mapping mapping = {0};
	FILE *file = argc > 1 ? fopen(argv[1], "re") : NULL;
	if (file == NULL || !feed_mapping_init(&mapping, &err))
		return EXIT_UNABLE;
	mapping.format = FEED_WORLDBANK;
	bool ok = decode(&mapping, file, argc > 2, &err);
	if (!ok)
		(void)fprintf(stderr, "decode: %s\n", err.text);
	return fclose(file) != 0 || !ok ? EXIT_UNABLE : EXIT_SUCCESS;
}
