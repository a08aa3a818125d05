/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The lines before the header of a table, which fields name as ^1, ^2 ... */

#include "base/text.h"

enum { FEED_TITLES_MAX = 20, FEED_TITLE_BYTES = 1024 };

/* Is this the text of the first cell of the line? */
bool feed_title_begins_with(struct span line, const char *first, char quote);

/* Is it the line with which a spreadsheet is told the delimiter: "sep=;"? */
bool feed_title_is_delimiter(struct span line);

/* Zeroed by the caller. */
struct feed_titles {
	struct text lines[FEED_TITLES_MAX];
	size_t count;
};

/* Keep a line, without blanks, empty cells at its end and quotes around it; what is longer than
 * FEED_TITLE_BYTES is cut off, lines beyond the last that a field can name are not kept. */
MUST_CHECK bool feed_titles_add(struct feed_titles *titles, struct span line, char quote,
				struct error *err);

/* Frees them. */
void feed_titles_done(struct feed_titles *titles);
