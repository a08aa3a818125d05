/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From the text of a libconfig file into a struct, by the rows of its keys.  The home of
 * libconfig. */

#include "base/keys.h"
#include "base/problem.h"
#include "config/config.h"

struct reader {
	struct problems *problems;
	const char *file;	    /* for messages and marks */
	struct span bytes;	    /* of that file */
	char who[ID_BYTES + 16];    /* "feed 'wb': " in front of messages, or "" */
	struct config_marks *marks; /* of the record that is being read; may be NULL */
	bool no_memory;
	bool is_unread; /* the text was not understood at all */
	/* Called for a new item of a list of groups, after its fallbacks and before its keys. May
	 * change `marks` and `who`; both are as before when the item is done. */
	void (*begin)(struct reader *reader, const struct key *key, void *record, int line);
	/* What unknown keys of the top level may belong to; may be NULL. */
	const struct key *elsewhere;
};

/* Add a problem about this line of the file, with `who` in front. */
void reader_problem(struct reader *reader, enum problem_level level, int line, const char *fmt, ...)
	PRINTF_LIKE(4, 5);

/* Read a document into a record that has its fallbacks.  What is wrong goes to the problems; false:
 * memory. */
MUST_CHECK bool reader_read(struct reader *reader, struct span document, const struct key *keys,
			    void *record, struct error *err);
