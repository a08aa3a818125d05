/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a document looks like, for whoever configured another format. */

#include "feed/feed.h"

/* The format of which the start of a document, some thousand bytes, has the marks; NULL when there
 * is none, or when it is the one that the mapping names. */
const struct feed_format *feed_guess(struct span start, const struct feed_mapping *mapping);

/* What people take for a table by mistake, "a PDF document": by its first bytes; else NULL. */
const char *feed_guess_file(struct span start);
