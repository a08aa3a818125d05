/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* librrd with its errors as ours.  Its error is sticky: a call after one that failed fails with the
 * old text, so each of these clears it first. */

#include <stdint.h>

#include "base/text.h"

/* Arguments as librrd takes them: words one after the other.  A failed add is remembered and told
 * by the call that uses them. */
struct words {
	struct text bytes;
	size_t count;
};

#define AUTO_WORDS AUTO(words_done)

enum { WORDS_MAX_BYTES = 8 << 20 };

/* No words yet; free with words_done. */
struct words words_new(void);

/* Free the words; none are left. */
void words_done(struct words *words);

/* Add one word, formatted; it may hold any byte but NUL. */
void words_add(struct words *words, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* An empty RRD at this path with these DS and RRA words; its first row ends a step after start. */
MUST_CHECK bool librrd_create(const char *path, int64_t start_s, int32_t step_s,
			      const struct words *words, struct error *err);

/* Feed "TIME:VALUE..." words. */
MUST_CHECK bool librrd_update(const char *path, const struct words *words, struct error *err);

/* The rows of a file with one data source. */
struct librrd_rows {
	int64_t start_s; /* row i ends at start_s + (i + 1) * step_s */
	int64_t step_s;
	size_t count;
	double *values; /* librrd's memory, freed with librrd_rows_done */
};

/* The latest `rows` rows of a file; refuses one with another step or more data sources. */
MUST_CHECK bool librrd_fetch(const char *path, int64_t rows, int32_t step_s,
			     struct librrd_rows *ret, struct error *err);

/* Give the values back to librrd. */
void librrd_rows_done(struct librrd_rows *rows);

/* What librrd made of a picture. */
struct librrd_picture {
	int plot_width; /* of the plot within the picture, in pixels before zoom */
};

/* Draw; the picture's bytes are appended to `out`. */
MUST_CHECK bool librrd_graph(const struct words *words, struct text *out,
			     struct librrd_picture *ret, struct error *err);
