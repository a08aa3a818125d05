/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* JSON Lines, a value on each line, to one list.  A page of markup stays what it is. */

#include "base/text.h"

struct feed_json_lines {
	bool is_begun;	/* something is there */
	bool is_markup; /* which is none of it */
	bool has_ended; /* a value, by the end of its line */
	struct text out;
};

/* Frees what it holds. */
void feed_json_lines_done(struct feed_json_lines *lines);

/* The next bytes as a part of the list, valid until the next call. */
MUST_CHECK bool feed_json_lines_push(struct feed_json_lines *lines, struct span piece,
				     struct span *ret, struct error *err);

/* The end of the list. */
struct span feed_json_lines_end(const struct feed_json_lines *lines);
